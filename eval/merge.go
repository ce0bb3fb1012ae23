package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// inputs finds the rows whose tensors a layer takes: the current one, or
// those of its branches, or the current one and those behind `with`.
func (m *machine) inputs(n *lang.Layer, kind *layer.Kind, args layer.Args) (from []int32, ok bool) {
	if !kind.Merges {
		m.checkAlone(n, kind)
	}
	switch {
	case kind.Source:
		return nil, true
	case kind.Begins:
		return nil, m.beginsBranch(n, kind)
	case m.here == network.None:
		m.noInput(n)
		return nil, false
	case kind.Merges:
		return m.merged(n, kind)
	case len(n.Bodies) == 1 && kind.Branch != "":
		return m.ownBranch(n, kind, args)
	case len(n.With) > 0 && kind.Beside.Max > 0, kind.Beside.Min > 0:
		return m.beside(n, kind, args)
	}
	return m.one(m.here), true
}

// merged are the tensors that come together: those of branches, or the
// current one and those behind `with`.
func (m *machine) merged(n *lang.Layer, kind *layer.Kind) (from []int32, ok bool) {
	here := m.here
	from = m.branches(n.Bodies)
	switch {
	case len(n.Bodies) > 0 && len(n.With) > 0:
		m.errorf(lang.Argument, n.With[0].Span, kind.Name+" takes branches or with, not both", "", "put what stands behind with into braces of its own: { from "+m.text(n.With[0].Span)+" }")
	case len(n.With) > 0 && m.optionBehindWith(n, kind):
	case len(n.With) > 0:
		more, ok := m.rows(n.With)
		if ok && slices.Contains(more, here) {
			m.twice(n, here, len(more))
		}
		return append([]int32{here}, more...), ok
	case len(n.Bodies) == 1:
		m.errorf(lang.Argument, opening(n.Bodies[0]), kind.Name+" needs two branches or more", "found one", "{ } is the tensor before the branches: "+kind.Name+" { ... } { }")
	case len(n.Bodies) == 0:
		m.errorf(lang.Argument, n.Kind.Span(), kind.Name+" needs tensors to bring together", "found no branches and no with", "write "+kind.Name+" { ... } { } or "+kind.Name+" with NAME")
	default:
		return from, true
	}
	return nil, false
}

// twice tells that a merge takes the current tensor as it is and once more.
func (m *machine) twice(n *lang.Layer, here int32, more int) {
	name := m.net.Path(here)
	if more == 1 && (strings.HasSuffix(m.text(n.With[0].Span), "]") || !strings.HasSuffix(name, "]")) {
		return // which is plainly meant; of a loop's layer perhaps all were
	}
	span := lang.Span{Start: n.With[0].Span.Start, End: n.With[len(n.With)-1].Span.End}
	m.tell(lang.Note, lang.Naming, span, n.Kind.Text+" takes "+name+" twice", "the current tensor comes first by itself, and it is among those behind with", "leave it out there, unless it is meant twice")
}

// beside are the current tensor and those that a layer looks at beside it.
func (m *machine) beside(n *lang.Layer, kind *layer.Kind, args layer.Args) (from []int32, ok bool) {
	if len(n.With) > 0 && m.optionBehindWith(n, kind) {
		return nil, false
	}
	more, ok := m.rows(n.With)
	switch most := kind.Beside.Max; {
	case !ok:
		return nil, false
	case len(more) == 0:
		found := "found no with"
		if len(n.With) > 0 {
			found = lang.Quote(m.text(n.With[0].Span)) + " is an empty range"
		}
		m.errorf(lang.Argument, n.Kind.Span(), kind.Name+" needs a second tensor", found, "write "+kind.Name+" with NAME")
		return nil, false
	case len(more) > most:
		m.errorf(lang.Argument, n.With[0].Span, kind.Name+" takes "+layer.Counted(int64(most), "tensors")+" behind with", "found "+itoa(len(more)), "")
		return nil, false
	}
	if i := kind.Find(kind.Branch); i >= 0 && args != nil && args[i].Len > 0 && args[i].N[0] != 0 {
		m.errorf(lang.Argument, n.With[0].Span, kind.Branch+" is of one tensor", "found with "+n.With[0].Head.Text, "leave out "+kind.Branch+", or leave out with")
		return nil, false
	}
	return append([]int32{m.here}, more...), true
}

// ownBranch runs the braces behind a kind's own option, from the tensor that
// the kind begins them with.
func (m *machine) ownBranch(n *lang.Layer, kind *layer.Kind, args layer.Args) (from []int32, ok bool) {
	fork := m.here
	i := kind.Find(kind.Branch)
	if in := m.net.Nodes[fork].Out; args == nil || !in.Known() || args[i].Len == 0 || args[i].N[0] == 0 {
		if args != nil && in.Known() {
			m.errorf(lang.Argument, opening(n.Bodies[0]), kind.Name+" has braces behind "+kind.Branch+" only", "found { }", "write "+kind.Branch+" before them")
		}
		m.lose()
		m.withinOwn(n)
		m.here = fork
		return nil, false
	}
	shape := kind.BeginSize(&layer.Call{Kind: kind, In: m.net.Nodes[fork].Out, Args: args})
	b := bound{args: layer.Args{layer.Num(shape.Axes()...)}, ok: true}
	if !m.place(n, b, &network.Node{Kind: kind.Begin, At: n.Kind.At, Args: b.args, Owner: network.None, Bias: network.None, Tie: network.None}, nil) {
		return nil, false
	}
	m.withinOwn(n)
	end := m.here
	m.here = fork
	return []int32{fork, end}, true
}

// withinOwn runs the braces of a kind's own option from the current tensor.
func (m *machine) withinOwn(n *lang.Layer) {
	outer := m.fork
	m.fork = m.here
	m.inBraces(&n.Bodies[0])
	m.fork = outer
}

// beginsBranch holds a layer that takes no tensor to the beginning of a
// branch: further on it would throw away what the branch has computed.
func (m *machine) beginsBranch(n *lang.Layer, kind *layer.Kind) bool {
	if m.braces > 0 && m.here != m.fork {
		m.errorf(lang.Shape, n.Kind.Span(), kind.Name+" begins a branch", "here it would replace what the branch has computed", "give it a branch of its own: add { ... } { "+kind.Name+" ... }")
		return false
	}
	return true
}

// optionBehindWith tells of an option that stands behind `with` and its names.
func (m *machine) optionBehindWith(n *lang.Layer, kind *layer.Kind) bool {
	for i := range n.With {
		head := n.With[i].Head
		if p := kind.Find(head.Text); p < 0 || kind.Params[p].Value || m.lookup(head.Text) != nil {
			continue
		}
		option, rest := m.src.Text[head.At:n.With[len(n.With)-1].Span.End], m.src.Text[n.With[0].Span.Start:head.At]
		m.errorf(lang.Argument, lang.Span{Start: head.At, End: n.With[len(n.With)-1].Span.End}, "options stand before with", "found "+lang.Quote(option)+" behind it",
			"write "+strings.Join(strings.Fields(m.src.Text[n.Kind.At:m.endOfWords(n)]+" "+option+" with "+rest), " "))
		return true
	}
	return false
}

// endOfWords is where the words of a layer end, before with and braces.
func (m *machine) endOfWords(n *lang.Layer) int {
	switch words := append(n.Words[:len(n.Words):len(n.Words)], n.Changes...); {
	case len(n.Changes) == 0 && n.Tie != nil:
		return n.Tie.Span.End
	case len(words) > 0:
		return words[len(words)-1].Span().End
	}
	return n.Kind.Span().End
}

// one is a list of one row, many of them in one piece of memory.
func (m *machine) one(row int32) []int32 {
	if len(m.ones) == cap(m.ones) {
		m.ones = make([]int32, 0, min(max(2*cap(m.ones), 16), 4096))
	}
	m.ones = append(m.ones, row)
	return m.ones[len(m.ones)-1 : len(m.ones) : len(m.ones)]
}

// opening is the place of a body's brace.
func opening(b lang.Body) lang.Span { return lang.Span{Start: b.Span.Start, End: b.Span.Start + 1} }

// checkAlone refuses what only kinds that merge take.
func (m *machine) checkAlone(n *lang.Layer, kind *layer.Kind) {
	if len(n.Bodies) > 0 && (kind.Branch == "" || len(n.Bodies) > 1) {
		m.errorf(lang.Argument, opening(n.Bodies[0]), kind.Name+" has no branches", "found { }", "put the layers of the braces on lines of their own")
	}
	if len(n.With) > 0 && kind.Beside.Max == 0 {
		m.errorf(lang.Argument, n.With[0].Span, kind.Name+" takes one tensor", "found with "+n.With[0].Head.Text, "take the with out; from "+n.With[0].Head.Text+" goes on from that tensor")
	}
}

func (m *machine) noInput(n *lang.Layer) {
	m.errorf(lang.Shape, n.Kind.Span(), "there is no input before the first layer", "", "begin with the input: input 120x120 rgb")
	m.fail()
}

// branches runs each body from the current tensor and gives the rows they
// end in.
func (m *machine) branches(bodies []lang.Body) (ends []int32) {
	fork, outer := m.here, m.fork
	for i := range bodies {
		m.here, m.fork = fork, fork
		m.inBraces(&bodies[i])
		ends = append(ends, m.here)
	}
	m.fork = outer
	return ends
}

// inBraces runs a body. Its lets and assumes end with it.
func (m *machine) inBraces(b *lang.Body) {
	locals, assumed := len(m.locals), m.assumed
	m.reached[b] = true
	m.braces++
	m.run(b.Stmts)
	m.braces--
	for _, name := range m.locals[locals:] {
		m.unset(name)
	}
	m.locals, m.assumed = m.locals[:locals], assumed
}

// rows finds the rows of several references.
func (m *machine) rows(refs []lang.Ref) (rows []int32, ok bool) {
	ok = true
	for i := range refs {
		places, found := m.places(&refs[i], true)
		ok = ok && found
		for _, p := range places {
			rows = append(rows, p.row)
		}
	}
	return rows, ok
}
