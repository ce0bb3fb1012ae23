package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A use is what a use of a block was given, and the frame of its names.
type use struct {
	args   layer.Args
	values []value.Value
	frame  *frame
}

// useBlock runs a statement that uses a block.
func (m *machine) useBlock(s *resolve.Stmt, l *resolve.Layer) {
	if len(l.Node.Bodies) > 0 {
		resolve.CheckAlone(m.errorf, m.Text, &lang.Layer{Kind: l.Node.Kind, Bodies: l.Node.Bodies}, l.Kind)
	}
	u, tie, ok := m.given(l)
	with, found := m.blockTensors(l)
	if m.here == none {
		m.noInput(l)
		found = false
	}
	if !ok || !found || !m.enterable(s) {
		m.defineLost(l.Name)
		if !m.halted {
			m.lose()
		}
		return
	}
	block := l.More.Block
	if tie == none {
		tie = m.counterpart(block)
	}
	group := m.OpenGroup(network.Group{Name: m.nameFor(l), Kind: l.Kind, At: s.Span.Start, Source: block.Unit.Source, Parent: m.group, Tie: tie,
		From: append([]int32{m.here}, with...)})
	m.use(block.Unit) // a library may be another under what is assumed here
	outer := m.enter(s, block, group, with)
	m.noteUse(block.Body)
	m.setParams(block, &u)
	u.frame = m.frame
	m.uses = append(m.uses, u)
	m.Net.Groups[group].Args = u.arguments(block)
	m.run(block.Body)
	m.leave(outer, group)
	m.tellOverruled(l)
	m.define(l.Name, place{m.here, group}, l.Loop)
}

func (m *machine) defineLost(n *resolve.Name) {
	if n != nil && m.layersOf(n).state == unset {
		m.layersOf(n).state = lost
	}
}

// given is what the parameters of a block are given, and the use whose
// parameters it shares, or none.
func (m *machine) given(l *resolve.Layer) (u use, tie int32, ok bool) {
	if !l.OK {
		return u, none, false
	}
	u.args, u.values, tie = slices.Clone(l.Args), slices.Clone(l.More.Values), none
	if l.Node.Tie != nil {
		if tie, ok = m.tiedBlock(l, &u); !ok {
			return u, none, false
		}
	}
	f := m.filler(l.Kind)
	for _, o := range l.More.Open {
		if arg, ok := f.Argument(o); ok {
			u.args[o.Param] = arg
			u.values[o.Param] = f.Value
		}
	}
	return u, tie, f.OK
}

// tiedBlock takes over what another use of the same block was given. That
// both unfold into the same layers is seen when they do.
func (m *machine) tiedBlock(l *resolve.Layer, u *use) (tie int32, ok bool) {
	places, ok := m.places(l.Node.Tie, false)
	if !ok {
		return none, false
	}
	p := places[0]
	if p.group == none {
		if kind := m.Net.Nodes[p.node].Kind; kind != nil {
			m.notOfOneKind(l, kind.Name, m.Net.Nodes[p.node].Name)
		}
		return none, false
	}
	if owner := &m.Net.Groups[p.group]; owner.Kind != l.Kind {
		m.notOfOneKind(l, owner.Kind.Name, owner.Name)
		return none, false
	}
	theirs := &m.uses[p.group]
	for i := range u.args {
		if u.args[i].From != layer.Given {
			u.args[i], u.values[i] = theirs.args[i], theirs.values[i]
		}
	}
	return p.group, true
}

// enterable holds the use of blocks to the limits.
func (m *machine) enterable(s *resolve.Stmt) bool {
	switch {
	case m.depth >= m.opts.Limits.Depth:
		m.limit(s.Span, "depth", m.opts.Limits.Depth, "blocks use each other more than %s deep")
	case len(m.Net.Groups) >= m.opts.Limits.Layers:
		m.limit(s.Span, "layers", m.opts.Limits.Layers, "the network has more than %s blocks")
	}
	return !m.halted
}

// blockTensors finds the tensors behind `with`.
func (m *machine) blockTensors(l *resolve.Layer) ([]int32, bool) {
	n := l.Node
	nodes, ok := m.nodes(n.With)
	want := len(l.More.Block.With)
	if !ok || len(nodes) == want {
		return nodes, ok
	}
	span := n.Kind.Span()
	if len(n.With) > 0 {
		span = lang.Span{Start: n.With[0].Span.Start, End: n.With[len(n.With)-1].Span.End}
	}
	takes, detail := "no tensors", "found "+itoa(len(nodes))
	if want > 0 {
		names := make([]string, want)
		for i, w := range l.More.Block.Node.With {
			names[i] = w.Text
		}
		takes, detail = layer.Counted(int64(want), "tensors"), "it takes "+lang.Join(names)+", "+detail
	}
	hint, ways := m.withTensors(n, want)
	m.errorf(lang.Argument, span, l.Kind.Name+" takes "+takes+" behind with", detail, hint, ways...)
	return nil, false
}

// withTensors shows a use of a block with as many tensors as it wants, or takes out
// those that it does not want.
func (m *machine) withTensors(n *lang.Layer, want int) (hint string, ways []lang.Edit) {
	end := resolve.EndOfWords(n)
	if want == 0 {
		return "", []lang.Edit{{Span: lang.Span{Start: end, End: n.With[len(n.With)-1].Span.End}}}
	}
	return "as in " + m.Text(lang.Span{Start: n.Kind.At, End: end}) + " with" + strings.Repeat(" NAME", want), nil
}

// counterpart is the use of a block that one inside a tied block shares with.
func (m *machine) counterpart(block *resolve.Block) int32 {
	f, groups := m.follow, m.Net.Groups
	if f == nil || f.broken || m.group == none || groups[m.group].Tie == none {
		return none
	}
	for f.use < len(groups) && groups[f.use].First < f.next {
		f.use++
	}
	for i := f.use; i < len(groups) && groups[i].First == f.next; i++ {
		if g := &groups[i]; g.Parent == groups[m.group].Tie && g.Kind == block.Kind {
			f.use = i + 1
			return int32(i)
		}
		m.steps++
	}
	return none
}

// enter begins the run of a block's statements, with names of its own.
func (m *machine) enter(s *resolve.Stmt, block *resolve.Block, group int32, with []int32) (outer *frame) {
	outer = m.frame
	f := newFrame(block.Unit, block.Scope)
	f.block, f.group, f.in, f.caller, f.site, f.depth = block, group, m.here, m.frame, s.Span, m.depth+1
	f.follow = m.follow
	if g := &m.Net.Groups[group]; g.Tie != none && (f.follow == nil || f.follow.broken) {
		f.follow = &follow{group: group, use: int(g.Tie) + 1, next: m.Net.Groups[g.Tie].First, end: m.Net.Groups[g.Tie].End, from: outer, span: s.Span}
	}
	m.frame = f
	for i, name := range block.With {
		m.define(name, place{with[i], none}, false)
	}
	return outer
}

// leave ends it.
func (m *machine) leave(outer *frame, group int32) {
	if f := m.follow; f != nil && f.group == group {
		m.followed(f)
	}
	m.CloseGroup(group, m.here)
	m.frame = outer
}

// setParams gives the parameters their values, in order: a default knows
// those before it.
func (m *machine) setParams(block *resolve.Block, u *use) {
	for i, name := range block.Params {
		p, node := &block.Kind.Params[i], &block.Node.Params[i]
		switch {
		case u.args[i].From != layer.Given:
			u.values[i] = m.calc.Value(node.Default)
			if v := u.values[i]; p.Type == layer.Flag && v.Known() && v.Sort != value.Boolean {
				m.errorf(lang.Value, node.Default.Span(), p.Name+" is true or false", "found "+v.String(), "")
			}
		case p.Type == layer.Flag:
			u.values[i] = value.Truth(u.args[i].N[0] == 1)
		}
		if name != nil {
			m.setValue(name, u.values[i])
		}
	}
}

// arguments are a block's arguments, as they were given or by default.
func (u *use) arguments(block *resolve.Block) []network.Argument {
	list := make([]network.Argument, len(block.Kind.Params))
	for i := range list {
		list[i] = network.Argument{Param: &block.Kind.Params[i], Value: u.values[i], Given: u.args[i].From == layer.Given}
	}
	return list
}
