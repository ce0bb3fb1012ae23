package eval

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A frame is one run of a file's or a block's statements: what its names stand
// for, each in the slot that the static pass has given it.
type frame struct {
	unit   *resolve.Unit
	scope  *resolve.Scope
	block  *resolve.Block // nil: a file's own statements
	values []value.Value
	layers []given
	counts []kindCount // layers of each kind so far, for automatic names
	few    [8]kindCount
	group  int32     // the block's use, or none
	in     int32     // the node of the tensor that entered; of a file, of its first input
	at     lang.Span // of the statement being run
	follow *follow
	caller *frame
	site   lang.Span // of the statement that runs the block
	depth  int
}

// A given layer is what a name of layers stands for.
type given struct {
	place
	state naming
	turns []place // of a name given inside a loop, each layer it has named
}

// A naming is whether a name stands for something.
type naming uint8

const (
	unset naming = iota
	lost         // what it was to stand for is wrong, which has been told
	set
)

// A place is a layer's node, or a block's use and the node it ends in.
type place struct{ node, group int32 }

type kindCount struct {
	kind *layer.Kind
	n    int
}

// top is the frame of a file's own statements.
func (m *machine) top(u *resolve.Unit) *frame {
	id := u.Scope.ID
	for len(m.tops) <= id {
		m.tops = append(m.tops, nil)
	}
	if m.tops[id] == nil {
		m.tops[id] = newFrame(u, u.Scope)
	}
	return m.tops[id]
}

func newFrame(u *resolve.Unit, s *resolve.Scope) *frame {
	f := new(frame)
	f.begin(u, s)
	return f
}

func (f *frame) begin(u *resolve.Unit, s *resolve.Scope) {
	f.unit, f.scope, f.group, f.in = u, s, none, none
	f.values, f.layers, f.counts = make([]value.Value, s.Values), make([]given, s.Layers), f.few[:0]
}

// frameOf is the frame that has a name: the one being run, or its file's.
func (m *machine) frameOf(n *resolve.Name) *frame {
	if n.Scope == m.scope {
		return m.frame
	}
	return m.top(m.unit)
}

// valueOf is what a name of a value stands for.
func (m *machine) valueOf(n *resolve.Name) value.Value {
	if f := m.frameOf(n); n.Slot < len(f.values) {
		return f.values[n.Slot]
	}
	return value.Value{}
}

func (m *machine) setValue(n *resolve.Name, v value.Value) {
	f := m.frame
	for len(f.values) <= n.Slot {
		f.values = append(f.values, value.Value{})
	}
	f.values[n.Slot] = v
}

// layersOf is what a name of layers stands for.
func (m *machine) layersOf(n *resolve.Name) *given {
	f := m.frameOf(n)
	for len(f.layers) <= n.Slot {
		f.layers = append(f.layers, given{})
	}
	return &f.layers[n.Slot]
}

// define gives a layer or a block's use its name, in a loop once more.
func (m *machine) define(n *resolve.Name, p place, loop bool) {
	if n == nil {
		return
	}
	g := m.layersOf(n)
	m.keep(n, *g)
	switch {
	case loop && g.state == set && g.turns == nil, !loop && g.state == set:
		m.taken(n, g)
	case loop:
		g.turns = append(g.turns, p)
		fallthrough
	default:
		g.place, g.state = p, set
	}
	if loop && g.turns == nil { // so that its turns are known, and what is said of them is not wrong too
		*g = given{place: p, state: set, turns: []place{p}}
	}
}

// keep notes what a name stood for, in a session.
func (m *machine) keep(n *resolve.Name, old given) {
	if m.past != nil {
		m.past.note(func() { *m.layersOf(n) = old })
	}
}

// taken tells of a name that stands for something already.
func (m *machine) taken(n *resolve.Name, g *given) {
	key, line := m.givenAt(n), 0
	if i := slices.IndexFunc(n.Given, func(at resolve.Giving) bool { return at.Span != key }); i >= 0 {
		line, _ = m.unit.Source.Position(n.Given[i].Span.Start)
	}
	m.errorf(lang.Naming, key, "the name "+n.Text+" is taken", "line "+itoa(line)+" gives it to "+m.words(g.place), "every name is given once")
}

// givenAt is where the statement being run gives a name.
func (m *machine) givenAt(n *resolve.Name) lang.Span {
	for _, g := range n.Given {
		if m.at.Start <= g.Span.Start && g.Span.End <= m.at.End {
			return g.Span
		}
	}
	return m.at
}

// words say what stands at a place.
func (m *machine) words(p place) string {
	if p.group != none {
		return "a block: " + m.Net.Groups[p.group].Kind.Name
	}
	return "a layer: " + m.Net.Nodes[p.node].Kind.Name
}

// turn is the number that a name gets in a loop.
func (m *machine) turn(n *resolve.Name) int {
	if n == nil {
		return 1
	}
	return len(m.layersOf(n).turns) + 1
}

// ofKind is how many layers of a kind the frame has so far, one more with it.
func (f *frame) ofKind(kind *layer.Kind) *int {
	for i := range f.counts {
		if f.counts[i].kind == kind {
			return &f.counts[i].n
		}
	}
	f.counts = append(f.counts, kindCount{kind: kind})
	return &f.counts[len(f.counts)-1].n
}

// keepCount notes how many layers of a kind there were, in a session.
func (m *machine) keepCount(kind *layer.Kind, was int) {
	if f := m.frame; m.past != nil {
		m.past.note(func() { *f.ofKind(kind) = was })
	}
}

// nameFor is the name a layer or a block's use gets within its block.
func (m *machine) nameFor(n *resolve.Layer) string {
	count := m.ofKind(n.Kind)
	m.keepCount(n.Kind, *count)
	*count++
	switch key := n.Given(); {
	case key == "":
		return m.automatic(n.Kind, count)
	case n.Loop:
		return key + "[" + itoa(m.turn(n.Name)) + "]"
	default:
		return key
	}
}

// automatic names a layer for which the script gives no name: its kind and
// its number among the layers of that kind.
func (m *machine) automatic(kind *layer.Kind, number *int) string {
	if kind.Source {
		return kind.Name
	}
	stem := resolve.AutomaticStem(kind.Name)
	for ; ; *number++ {
		name := stem + itoa(*number)
		if !m.scope.Numbered(name) && layer.Find(name) == nil && m.unit.Blocks[name] == nil {
			return name
		}
	}
}

// automaticNames finds layers and uses of blocks by the names that they have got
// by themselves. They are looked at only when somebody asks for one, and each
// once.
type automaticNames struct {
	nodes, groups int // looked at so far
	places        map[automaticName]place
}

type automaticName struct {
	group int32
	name  string
}

// find gives what an automatic name stands for within a use of a block.
func (a *automaticNames) find(net *network.Network, group int32, name string) (place, bool) {
	if a.places == nil {
		a.places = map[automaticName]place{}
	}
	if a.nodes > len(net.Nodes) || a.groups > len(net.Groups) { // an entry was taken back
		a.nodes, a.groups = min(a.nodes, len(net.Nodes)), min(a.groups, len(net.Groups))
	}
	for ; a.nodes < len(net.Nodes); a.nodes++ {
		n := &net.Nodes[a.nodes]
		a.add(n.Group, n.Name, place{int32(a.nodes), none})
	}
	for ; a.groups < len(net.Groups); a.groups++ {
		g := &net.Groups[a.groups]
		a.add(g.Parent, g.Name, place{none, int32(a.groups)})
	}
	p, ok := a.places[automaticName{group, name}]
	switch {
	case !ok:
	case p.group != none:
		if ok = int(p.group) < len(net.Groups) && net.Groups[p.group].Name == name && net.Groups[p.group].Parent == group; ok {
			p.node = net.Groups[p.group].Out
		}
	default:
		ok = int(p.node) < len(net.Nodes) && net.Nodes[p.node].Name == name && net.Nodes[p.node].Group == group
	}
	return p, ok
}

func (a *automaticNames) add(group int32, name string, p place) {
	if name != "" && '0' <= name[len(name)-1] && name[len(name)-1] <= '9' {
		a.places[automaticName{group, name}] = p
	}
}
