package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// inputs finds the rows whose tensors a layer takes: the current one, or
// those of its branches, or the current one and those behind `with`.
func (m *machine) inputs(l *resolve.Layer, args layer.Args) (from []int32, ok bool) {
	n, kind := l.Node, l.Kind
	if !kind.Merges {
		resolve.CheckAlone(m.errorf, m.Text, n, kind)
	}
	switch {
	case kind.Source:
		return nil, true
	case kind.Begins:
		return nil, m.beginsBranch(l)
	case m.here == none:
		m.noInput(l)
		return nil, false
	case kind.Merges:
		return m.merged(l)
	case len(n.Bodies) == 1 && kind.Branch != "":
		return m.ownBranch(l, args)
	case len(n.With) > 0 && kind.Beside.Max > 0, kind.Beside.Min > 0:
		return m.beside(l, args)
	}
	return m.List(m.here), true
}

// merged are the tensors that come together: those of branches, or the
// current one and those behind `with`.
func (m *machine) merged(l *resolve.Layer) (from []int32, ok bool) {
	n, kind, here := l.Node, l.Kind, m.here
	from = m.branches(l)
	switch {
	case !resolve.CheckMerge(m.errorf, m.Text, n, kind):
		return nil, false
	case len(n.With) > 0:
		return m.listed(n, here)
	}
	return from, true
}

// listed are the current tensor and those behind `with`. Where a range of a loop's
// layers has it among them, they are all: it is taken once, in its place.
func (m *machine) listed(n *lang.Layer, here int32) (from []int32, ok bool) {
	more, ok := m.nodes(n.With)
	switch {
	case !ok || !slices.Contains(more, here):
	case len(more) > 1 && m.ranged(n.With, here):
		return more, true
	default:
		m.twice(n, here, len(more))
	}
	return append([]int32{here}, more...), ok
}

// ranged reports a node that a range names.
func (m *machine) ranged(refs []lang.Ref, node int32) bool {
	return slices.ContainsFunc(refs, func(r lang.Ref) bool {
		places, _ := m.places(&r, true)
		return resolve.Several(r) && slices.ContainsFunc(places, func(p place) bool { return p.node == node })
	})
}

// twice tells that a merge takes the current tensor as it is and once more.
func (m *machine) twice(n *lang.Layer, here int32, more int) {
	name := m.Net.Path(here)
	if more == 1 && (strings.HasSuffix(m.Text(n.With[0].Span), "]") || !strings.HasSuffix(name, "]")) {
		return // which is plainly meant; of a loop's layer perhaps all were
	}
	span := lang.Span{Start: n.With[0].Span.Start, End: n.With[len(n.With)-1].Span.End}
	m.tell(lang.Note, lang.Naming, span, n.Kind.Text+" takes "+name+" twice", "the current tensor comes first by itself, and it is among those behind with", "behind with it is there once more")
}

// beside are the current tensor and those that a layer looks at beside it.
func (m *machine) beside(l *resolve.Layer, args layer.Args) (from []int32, ok bool) {
	n, kind := l.Node, l.Kind
	more, ok := m.nodes(n.With)
	found := "found no with"
	if len(more) == 0 && len(n.With) > 0 {
		found = lang.Quote(m.Text(n.With[0].Span)) + " is an empty range"
	}
	if !ok || !resolve.CheckBeside(m.errorf, n, kind, len(more), found) {
		return nil, false
	}
	if i := kind.Find(kind.Branch); i >= 0 && args != nil && args[i].Len > 0 && args[i].N[0] != 0 {
		m.errorf(lang.Argument, n.With[0].Span, kind.Branch+" is of one tensor", "found with "+n.With[0].Head.Text, "", lang.Edit{Span: m.spanOf(l, kind.Branch)}, lang.Edit{Span: lang.Span{Start: resolve.EndOfWords(n), End: n.With[len(n.With)-1].Span.End}})
		return nil, false
	}
	return append([]int32{m.here}, more...), true
}

// ownBranch runs the braces behind a kind's own option, from the tensor that
// the kind begins them with.
func (m *machine) ownBranch(l *resolve.Layer, args layer.Args) (from []int32, ok bool) {
	n, kind, fork := l.Node, l.Kind, m.here
	i := kind.Find(kind.Branch)
	if in := m.Net.Nodes[fork].Out; args == nil || !in.Known() || args[i].Len == 0 || args[i].N[0] == 0 {
		if args != nil && in.Known() {
			m.errorf(lang.Argument, resolve.Opening(n.Bodies[0]), kind.Name+" has braces behind "+kind.Branch+" only", "found { }", "", lang.Edit{Span: lang.Span{Start: resolve.Opening(n.Bodies[0]).Start, End: resolve.Opening(n.Bodies[0]).Start}, Text: kind.Branch + " "})
		}
		m.lose()
		m.withinOwn(l)
		m.here = fork
		return nil, false
	}
	shape := kind.BeginSize(&layer.Call{Kind: kind, In: m.Net.Nodes[fork].Out, Args: args})
	begin := resolve.Layer{Node: n, Kind: kind.Begin, Args: layer.Args{layer.Num(shape.Axes()...)}, OK: true}
	if !m.place(&begin, &network.Node{Kind: kind.Begin, At: n.Kind.At, Args: begin.Args, Group: m.group, Owner: none, Bias: none, Tie: none}, true) {
		return nil, false
	}
	m.withinOwn(l)
	end := m.here
	m.here = fork
	return []int32{fork, end}, true
}

// withinOwn runs the braces of a kind's own option from the current tensor.
func (m *machine) withinOwn(l *resolve.Layer) {
	outer := m.fork
	m.fork = m.here
	m.run(l.More.Bodies[0])
	m.fork = outer
}

// beginsBranch holds a layer that takes no tensor to the beginning of a
// branch: further on it would throw away what the branch has computed.
func (m *machine) beginsBranch(l *resolve.Layer) bool {
	n, kind := l.Node, l.Kind
	if l.More != nil && l.More.Braces && m.here != m.fork {
		m.errorf(lang.Shape, n.Kind.Span(), kind.Name+" begins a branch", "here it would replace what the branch has computed", "it has a branch of its own: add { ... } { "+kind.Name+" ... }")
		return false
	}
	return true
}

func (m *machine) noInput(l *resolve.Layer) {
	m.errorf(lang.Shape, l.Node.Kind.Span(), "there is no input before the first layer", "", "an input comes first, as in input 120x120 rgb")
	m.Fail()
}

// branches runs each body from the current tensor and gives the nodes they
// end in.
func (m *machine) branches(l *resolve.Layer) (ends []int32) {
	if l.More == nil {
		return nil
	}
	fork, outer := m.here, m.fork
	for _, body := range l.More.Bodies {
		m.here, m.fork = fork, fork
		m.run(body)
		ends = append(ends, m.here)
	}
	m.fork = outer
	return ends
}

// nodes finds the nodes of several references.
func (m *machine) nodes(refs []lang.Ref) (nodes []int32, ok bool) {
	ok = true
	for i := range refs {
		places, found := m.places(&refs[i], true)
		ok = ok && found
		for _, p := range places {
			nodes = append(nodes, p.node)
		}
	}
	return nodes, ok
}
