package eval

import (
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// An environment answers what calculations ask for: of the network as far as it
// has been run, by the names of the frame being run or, for a question that is no
// part of the script, by those at its end.
type environment struct {
	m      *machine
	calc   value.Evaluator // in this environment
	muted  int             // above 0 nothing is told
	claims bool            // an expect is computed
	asked  *question       // nil: what is asked for is part of the script
}

// A question is a calculation that is no part of the script.
type question struct {
	src  *lang.Source
	uses resolve.Uses
	log  resolve.Log
	as   *counterparts // its names are those of another script
}

// newEnvironment is an environment for a question. It has a machine of its own:
// asking changes nothing.
func (m *machine) newEnvironment(asked *question) *environment {
	copied := *m
	copied.steps, copied.halted = 0, false
	e := &environment{m: &copied, claims: true, asked: asked}
	e.calc = value.Evaluator{Context: e}
	return e
}

// Tell takes a mistake in a calculation.
func (e *environment) Tell(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	e.errorf(code, span, summary, detail, hint, ways...)
}

// Mute says that from here on nothing matters, or again.
func (e *environment) Mute(by int) { e.muted += by }

// Text is what is written somewhere.
func (e *environment) Text(span lang.Span) string { return e.source().Text[span.Start:span.End] }

// source is what messages quote.
func (e *environment) source() *lang.Source {
	if e.asked != nil {
		return e.asked.src
	}
	return e.m.unit.Source
}

// errorf tells of a mistake, unless what it stands in does not matter.
func (e *environment) errorf(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	e.tell(lang.Error, code, span, summary, detail, hint, ways...)
}

func (e *environment) tell(severity lang.Severity, code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	d := lang.Diagnostic{Severity: severity, Code: code, Source: e.source(), Span: span, Summary: summary, Detail: detail, Hint: hint, Ways: ways}
	switch {
	case e.muted > 0:
	case e.asked != nil:
		e.asked.log.Tell(d)
	case !e.m.prog.Log.Told(d.Source, span, code):
		d.Calls = e.m.calls()
		e.m.prog.Log.Tell(d)
	}
}

// nameAt is what the name that is written somewhere means; nil: nothing that is
// known, which has been told.
func (e *environment) nameAt(at int) *resolve.Name {
	if e.asked != nil {
		return e.asked.uses.At(at)
	}
	return e.m.unit.Uses.At(at)
}

// meaning is what a reference to layers stands for; nil: nothing, which is told.
func (e *environment) meaning(r *lang.Ref) *given {
	n := e.nameAt(r.Head.At)
	if n == nil || n.Sort == resolve.AValue || n.Sort == resolve.Missing {
		return nil
	}
	return e.layersNamed(n, r.Head)
}

// layersNamed is what a name of layers stands for so far.
func (e *environment) layersNamed(n *resolve.Name, key lang.Key) *given {
	if n.Sort == resolve.Automatic {
		if p, ok := e.m.names.find(e.m.Net, e.m.group, key.Text); ok {
			return &given{place: p, state: set}
		}
		e.errorf(lang.Naming, key.Span(), "there is no layer called "+key.Text, "so many of its kind there are not", "")
		return nil
	}
	switch g := e.m.layersOf(n); g.state {
	case set:
		return g
	case unset:
		e.notGiven(n, key)
	}
	return nil
}

// notGiven tells of a name that only a statement gives that did not run.
func (e *environment) notGiven(n *resolve.Name, key lang.Key) {
	if len(n.Given) == 0 || e.m.Failed {
		return // told already
	}
	e.errorf(lang.Naming, key.Span(), "there is no layer called "+key.Text, "line "+itoa(n.Line())+" gives that name, and did not run", "give it in every case")
}

// Dollar is the value of $name.
func (e *environment) Dollar(lit lang.Lit) value.Value {
	if n := e.nameAt(lit.At); n != nil && n.Sort == resolve.AValue {
		return e.m.valueOf(n)
	}
	return value.Value{}
}

// Count is count(KIND): the nodes of a kind, or the uses of a block, so far.
func (e *environment) Count(r *lang.Ref) value.Value {
	name := r.Args[0].First.Ref
	if name == nil {
		return value.Value{}
	}
	n, net := int64(0), e.m.Net
	e.m.steps += (len(net.Nodes) + len(net.Groups)) / 64
	if kind := layer.Find(name.Head.Text); kind != nil {
		for i := range net.Nodes {
			if net.Nodes[i].Kind == kind {
				n++
			}
		}
		return value.Whole(n)
	}
	for i := range net.Groups {
		if net.Groups[i].Kind.Name == name.Head.Text {
			n++
		}
	}
	return value.Whole(n)
}

// Ref computes a name and the way on from it.
func (e *environment) Ref(r *lang.Ref) value.Value {
	switch r.Head.Text {
	case "total":
		return e.total(r)
	case "here":
		return e.tensor(r, e.m.here, "here is the current tensor, and there is none yet")
	case "in":
		return e.entered(r)
	case "all":
		e.errorf(lang.Naming, r.Head.Span(), "all stands only behind freeze", "", "")
		return value.Value{}
	}
	if e.asked != nil && e.asked.as != nil {
		return e.ofCounterpart(r)
	}
	n := e.nameAt(r.Head.At)
	switch {
	case n == nil:
		return value.Value{}
	case n.Sort == resolve.AValue:
		return e.calc.Plain(r, e.m.valueOf(n))
	}
	g := e.layersNamed(n, r.Head)
	if g == nil {
		return value.Value{}
	}
	return e.property(r, g)
}

// total computes total and total.macs and so on.
func (e *environment) total(r *lang.Ref) value.Value {
	if e.m.Failed {
		return value.Value{}
	}
	if len(r.Path) == 0 {
		return value.Whole(e.m.Net.Totals.Params())
	}
	return e.counted(r, r.Path, network.TotalProperties, &e.m.Net.Totals)
}

// entered computes in: the tensor that entered the block, in a claim outside
// all blocks the first input.
func (e *environment) entered(r *lang.Ref) value.Value {
	if e.m.block == nil && !e.claims {
		hint, ways := e.insteadOfIn(r)
		e.errorf(lang.Naming, r.Head.Span(), "in stands only inside a block", "it is the tensor that entered the block", hint, ways...)
		return value.Value{}
	}
	return e.tensor(r, e.m.in, "in is the first input, and there is none yet")
}

// insteadOfIn is what stands outside blocks for in.
func (e *environment) insteadOfIn(r *lang.Ref) (hint string, ways []lang.Edit) {
	if len(r.Path) > 0 && e.m.here != none {
		return "here is the current tensor; an input can have a name, as in input img 120x120 rgb", []lang.Edit{{Span: r.Head.Span(), Text: "here"}}
	}
	return "an input can have a name, as in input img 120x120 rgb", nil
}

// tensor computes here and in.
func (e *environment) tensor(r *lang.Ref, node int32, none string) value.Value {
	if node < 0 {
		e.errorf(lang.Naming, r.Head.Span(), "there is no tensor yet", none, "an input comes first, as in input 120x120 rgb")
		return value.Value{}
	}
	return e.measure(r, r.Path, e.m.Net.Nodes[node].Out)
}
