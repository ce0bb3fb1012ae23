package eval

import (
	"slices"
	"strings"

	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// An Evaluation is a script that has been run and can be asked.
type Evaluation struct {
	Network *network.Network
	Diags   lang.Diagnostics
	m       *machine
}

// Evaluate runs a script.
func Evaluate(file *lang.File, opts Options) *Evaluation {
	opts.Limits = opts.Limits.withDefaults()
	prog := resolve.Script(file, opts.resolve())
	m := newMachine(prog, opts, len(file.Stmts))
	m.run(prog.Script.Body)
	if opts.Place {
		m.names.find(m.Net, none, "") // several may ask later, at once
	}
	return &Evaluation{m.Net, m.finish(), m}
}

// Steps is what running the script has taken, as Limits.Steps counts it.
func (v *Evaluation) Steps() int { return v.m.steps }

// Refuted are the claims that one number is another than it is, in the order in which
// they were met.
func (v *Evaluation) Refuted() []claim.Failed { return v.m.refuted }

// Ask computes a calculation at the end of the script; src is where it is
// written.
func (v *Evaluation) Ask(e *lang.Expr, src *lang.Source) (value.Value, lang.Diagnostics) {
	return v.m.ask(e, src)
}

// ask computes a calculation that is no part of the script, by the names at its
// end; nothing is kept of it.
func (m *machine) ask(e *lang.Expr, src *lang.Source) (value.Value, lang.Diagnostics) {
	q := &question{src: src}
	var diags lang.Diagnostics
	q.uses, diags = m.prog.Question(e, src)
	result := m.newEnvironment(q).calc.Value(e)
	diags.Merge(q.log.All())
	return result, diags
}

// AskAs is Ask with the names of a key: nodes gives for each node of the key the
// node here that stands for it, or -1. Missing reports that one of the names
// stands for nothing.
func (v *Evaluation) AskAs(key *Evaluation, nodes []int32, e *lang.Expr, src *lang.Source) (result value.Value, missing bool) {
	q := &question{src: src, as: &counterparts{key: key.m, nodes: nodes}}
	q.uses, _ = key.m.prog.Question(e, src)
	result = v.m.newEnvironment(q).calc.Value(e)
	return result, q.as.missing
}

// counterparts let a script answer to the names of another.
type counterparts struct {
	key     *machine
	nodes   []int32 // for each of the key: that which stands for it, or -1
	missing bool
}

// ofCounterpart computes a name of the key in the network that stands in for it.
func (e *environment) ofCounterpart(r *lang.Ref) value.Value {
	as := e.asked.as
	key := as.key.newEnvironment(&question{src: e.asked.src, uses: e.asked.uses})
	key.muted, e.muted = 1, 1
	n := key.nameAt(r.Head.At)
	switch {
	case n == nil:
		return value.Value{}
	case n.Sort == resolve.AValue:
		return e.calc.Plain(r, as.key.valueOf(n))
	}
	g := key.layersNamed(n, r.Head)
	if g == nil {
		return value.Value{}
	}
	places, path, ok := key.locate(r, g, false)
	if !ok {
		return value.Value{}
	}
	node := as.of(places[0].node)
	if node == none {
		as.missing = true
		return value.Value{}
	}
	if places[0].group == none {
		return e.propertyOf(r, path, node, node, node+1)
	}
	first, end := as.key.Extent(places[0].group)
	from, to := node, node+1
	for i := first; i < end; i++ {
		if j := as.nodes[i]; j != none {
			from, to = min(from, j), max(to, j+1)
		}
	}
	return e.propertyOf(r, path, node, from, to)
}

// of is the node that stands for one of the key. Layers that grading passes
// over, as relu, are seen in the one before them.
func (c *counterparts) of(i int32) int32 {
	for c.nodes[i] == none {
		n := &c.key.Net.Nodes[i]
		if n.Kind == nil || !n.Kind.Light || len(n.From) != 1 {
			return none
		}
		i = n.From[0]
	}
	return c.nodes[i]
}

// A Quantity is something that a layer, or the use of a block, can be asked for.
type Quantity struct {
	Path     string      // of the layer or the use: c[2], b1.conv2
	Property string      // out, params, field.height
	Node     int32       // the layer; of a block's use its last
	Group    int32       // of a count of all layers of a block's use: the use; otherwise -1
	Value    value.Value // where a claim names it: what it is there
}

// Sum reports that it counts all layers of a block's use.
func (q Quantity) Sum() bool { return q.Group >= 0 }

// String is the quantity in its one spelling: c[2].out for c in a loop of two
// turns; the tensor of a block's use is its last layer's.
func (q Quantity) String() string { return q.Path + "." + q.Property }

// OfTensor reports whether it is a layer's shape or receptive field, and no
// count.
func (q Quantity) OfTensor() bool {
	return !slices.Contains(network.TotalProperties, q.Property) || q.Property == "field"
}

// Quantity finds what a reference names at the end of the script or, of a claim's
// when Options.Place is set, where that stands; false: no layer.
func (v *Evaluation) Quantity(r *lang.Ref, src *lang.Source) (q Quantity, ok bool) {
	if q, ok := v.m.placed[r]; ok {
		return q, true
	}
	return v.m.quantityOf(r, src)
}

// quantityOf finds what a reference names at the end of the script.
func (m *machine) quantityOf(r *lang.Ref, src *lang.Source) (Quantity, bool) {
	ask := &question{src: src}
	ask.uses = m.prog.Meanings(&lang.Expr{First: lang.Operand{Ref: r, Span: r.Span}}, src)
	e := m.newEnvironment(ask)
	e.muted = 1
	return e.quantity(r)
}

func (e *environment) quantity(r *lang.Ref) (q Quantity, ok bool) {
	if len(r.Args) > 0 || lang.Reserved(r.Head.Text) {
		return q, false
	}
	g := e.meaning(r)
	if g == nil {
		return q, false
	}
	places, rest, ok := e.locate(r, g, false)
	if !ok {
		return q, false
	}
	p, net := places[0], e.m.Net
	q = Quantity{Path: net.Path(p.node), Property: propertyName(rest), Node: p.node, Group: none}
	if p.group != none && !q.OfTensor() {
		q.Path, q.Group = net.GroupPath(p.group), p.group
	}
	return q, true
}

// propertyName is what is asked, in its one spelling.
func propertyName(steps []lang.Step) string {
	var words []string
	for _, s := range steps {
		if s.Index != nil {
			return ""
		}
		words = append(words, s.Attr.Text)
	}
	if len(words) > 1 && words[0] == "out" {
		words = words[1:]
	}
	if len(words) == 0 {
		return "out"
	}
	return strings.Join(words, ".")
}

// Property is one property of a node: params, out, macs.
func (v *Evaluation) Property(node int32, name string) value.Value {
	e := v.m.newEnvironment(&question{src: v.m.unit.Source})
	e.muted = 1
	r := &lang.Ref{Head: lang.Key{Text: "layer"}}
	return e.propertyOf(r, []lang.Step{{Attr: lang.Attr{Text: name}}}, node, node, node+1)
}
