// Package compare sets two networks side by side: which layers stand for each
// other, which differ, and how a difference carries on. It is data; render
// writes it down, and grading counts it.
//
//	d := compare.Networks(a, b)
//	if d.First >= 0 { ... d.Pairs[d.First] ... }
package compare

import (
	"slices"
	"strings"

	"cnnl/eval/network"
)

// None is the row of no layer.
const None = -1

// A Diff is two networks layer by layer, up to the first of either that
// failed.
type Diff struct {
	A, B  *network.Network
	Pairs []Pair
	First int // the first pair that differs in itself, or None
}

// A Pair is two layers that stand for each other, or one that has no
// counterpart.
type Pair struct {
	A, B  int32  // rows, or None
	Parts []Part // in what the statements differ; none: they are the same in effect
}

// A Part is one thing in which two statements differ.
type Part struct{ Name, A, B string }

// Alone reports a layer without a counterpart.
func (p *Pair) Alone() bool { return p.A == None || p.B == None }

// Differs reports a pair that is not the same statement in effect.
func (p *Pair) Differs() bool { return p.Alone() || len(p.Parts) > 0 }

// Networks compares two networks in the order in which they are written.
func Networks(a, b *network.Network) *Diff { return inOrder(a, b, rows(a), rows(b)) }

// Flows compares two networks whichever branch is written first.
func Flows(a, b *network.Network) *Diff { return inOrder(a, b, Flow(a), Flow(b)) }

func inOrder(a, b *network.Network, of, to []int32) *Diff {
	d := &Diff{A: a, B: b, First: None, Pairs: paired(Align(a, b, of, to))}
	d.cut()
	m := Match(a, b, d.Pairs)
	for i := range d.Pairs {
		p := &d.Pairs[i]
		if !p.Alone() {
			p.Parts = slices.Concat(m.Statements(p.A, p.B), m.wiring(p.A, p.B), m.trained(p.A, p.B))
		}
		if d.First == None && p.Differs() {
			d.First = i
		}
	}
	return d
}

// Carried reports a pair that is the same statement, but gives another
// output or other counts, because of what comes before it.
func (d *Diff) Carried(p *Pair) bool {
	if p.Differs() {
		return false
	}
	a, b := &d.A.Nodes[p.A], &d.B.Nodes[p.B]
	return a.Out != b.Out || slices.ContainsFunc(network.InOrder(), func(m *network.Measure) bool { return m.OfNode(a) != m.OfNode(b) })
}

// Equal reports two networks that are the same in effect, whatever their
// layers are called, and count alike.
func (d *Diff) Equal() bool {
	return d.First == None && !d.A.Failed && !d.B.Failed && !slices.ContainsFunc(d.Pairs, func(p Pair) bool { return d.Carried(&p) })
}

// cut leaves out what stands behind the end of a network that failed: whether
// it has it, nobody knows.
func (d *Diff) cut() {
	for n := len(d.Pairs); n > 0; n-- {
		if p := &d.Pairs[n-1]; !(p.A == None && d.A.Failed || p.B == None && d.B.Failed) {
			return
		}
		d.Pairs = d.Pairs[:n-1]
	}
}

// paired pairs layers of different kinds that stand in one place: as many
// that only one network has as only the other has.
func paired(pairs []Pair) (list []Pair) {
	for i := 0; i < len(pairs); {
		end, onlyA, onlyB := i, []int32{}, []int32{}
		for ; end < len(pairs) && pairs[end].Alone(); end++ {
			if pairs[end].A != None {
				onlyA = append(onlyA, pairs[end].A)
			} else {
				onlyB = append(onlyB, pairs[end].B)
			}
		}
		switch {
		case end == i:
			list, i = append(list, pairs[i]), i+1
			continue
		case len(onlyA) == len(onlyB):
			for k := range onlyA {
				list = append(list, Pair{A: onlyA[k], B: onlyB[k]})
			}
		default:
			list = append(list, pairs[i:end]...)
		}
		i = end
	}
	return list
}

// rows are all good rows of a network.
func rows(n *network.Network) []int32 {
	list := make([]int32, n.Good)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// A Matching is which rows of two networks stand for each other.
type Matching struct {
	a, b side
}

// A side is one network and the rows of the other that its own stand for.
type side struct {
	net   *network.Network
	other []int32 // or None
}

// Match makes a matching of pairs.
func Match(a, b *network.Network, pairs []Pair) *Matching {
	m := &Matching{side{a, none(a)}, side{b, none(b)}}
	for _, p := range pairs {
		if !p.Alone() {
			m.a.other[p.A], m.b.other[p.B] = p.B, p.A
		}
	}
	return m
}

func none(n *network.Network) []int32 {
	return slices.Repeat([]int32{None}, len(n.Nodes))
}

// A is the row of a that stands for a row of b, or None.
func (m *Matching) A(j int32) int32 { return m.b.other[j] }

// Of gives for each row of b the row of a that stands for it, or None.
func (m *Matching) Of() []int32 { return m.b.other }

// Statements lists in what two rows differ as statements: kind, values,
// options, tie.
func (m *Matching) Statements(i, j int32) (parts []Part) {
	a, b := &m.a.net.Nodes[i], &m.b.net.Nodes[j]
	switch {
	case a.Kind.Name != b.Kind.Name:
		return []Part{{"kind", a.Kind.Name, b.Kind.Name}}
	case a.Kind.Source && a.Out != b.Out:
		return []Part{{"size", a.Out.String(), b.Out.String()}}
	case a.Kind.Source:
		return nil
	}
	parts = m.arguments(i, j)
	if learns := a.PerUse > 0 || b.PerUse > 0; learns && (!m.alike(a.Owner, b.Owner) || !m.alike(a.Bias, b.Bias) || a.Turned != b.Turned) {
		parts = append(parts, m.toldApart(Part{"shares", m.a.sharing(a), m.b.sharing(b)}, owners(b)))
	}
	return parts
}

// wiring tells of two rows whose tensors come from different layers.
func (m *Matching) wiring(i, j int32) []Part {
	a, b := &m.a.net.Nodes[i], &m.b.net.Nodes[j]
	if a.Kind != b.Kind || m.fromAlike(a.From, b.From, a.Kind.Commutes) {
		return nil
	}
	return []Part{m.toldApart(Part{"takes", m.a.origins(a), m.b.origins(b)}, b.From)}
}

// toldApart says of rows of b what they stand for, where both sides of a part
// would read alike: one name can be that of unlike layers.
func (m *Matching) toldApart(p Part, rows []int32) Part {
	if p.A != p.B {
		return p
	}
	names := make([]string, len(rows))
	for k, j := range rows {
		names[k] = m.b.net.Path(j)
		if i := m.A(j); i == None {
			names[k] += " (which has no counterpart)"
		} else if stands := m.a.net.Path(i); stands != names[k] {
			names[k] += " (which stands for " + stands + ")"
		}
	}
	p.B = strings.Join(names, ", ")
	return p
}

// owners are the rows whose weights and biases a row uses, each once.
func owners(r *network.Node) (rows []int32) {
	for _, i := range []int32{r.Owner, r.Bias} {
		if i >= 0 && !slices.Contains(rows, i) {
			rows = append(rows, i)
		}
	}
	return rows
}

// trained tells of parameters that only one of two rows trains.
func (m *Matching) trained(i, j int32) []Part {
	a, b := &m.a.net.Nodes[i], &m.b.net.Nodes[j]
	if a.Kind != b.Kind || a.FrozenWords() == b.FrozenWords() || a.PerUse == 0 || b.PerUse == 0 {
		return nil
	}
	words := func(r *network.Node) string {
		if text := r.FrozenWords(); text != "" {
			return text
		}
		return "all trained"
	}
	return []Part{{"training", words(a), words(b)}}
}

// arguments lists the values and options in which two rows differ. What both
// have from the layer they share with is that layer's difference.
func (m *Matching) arguments(i, j int32) (parts []Part) {
	a, b := &m.a.net.Nodes[i], &m.b.net.Nodes[j]
	if sameArgs(a, b) {
		return nil
	}
	one, other := m.a.net.Call(int(i)).InEffect(), m.b.net.Call(int(j)).InEffect()
	for k := range one {
		p := &a.Kind.Params[k]
		if one[k].Same(other[k]) || m.alike(a.Tie, b.Tie) && m.a.inherits(a, k) && m.b.inherits(b, k) {
			continue
		}
		part := Part{p.Name, p.Text(a.Args[k]), p.Text(b.Args[k])}
		if part.A == "" || part.B == "" {
			part.A, part.B = p.Text(one[k]), p.Text(other[k])
		}
		parts = append(parts, part)
	}
	return parts
}

// inherits reports an argument that a row has from the one it is tied to.
func (s *side) inherits(r *network.Node, k int) bool {
	if r.Tie < 0 {
		return false
	}
	tie := &s.net.Nodes[r.Tie]
	return tie.Kind == r.Kind && tie.Args[k].Same(r.Args[k])
}

// alike reports rows that stand for each other, or two that are none.
func (m *Matching) alike(i, j int32) bool {
	return i < 0 && j < 0 || i >= 0 && j >= 0 && m.a.other[i] == j
}

// fromAlike reports tensors that come from rows that stand for each other.
// What only one network has is looked through: a layer that was added or left
// out is a difference of its own.
// Where tensors commute their order does not count.
func (m *Matching) fromAlike(a, b []int32, commute bool) bool {
	if len(a) != len(b) {
		return false
	}
	var from, to []int32
	for k := range a {
		i, j := m.a.through(a[k]), m.b.through(b[k])
		if i < 0 || j < 0 {
			continue
		}
		from, to = append(from, m.a.other[i]), append(to, j)
	}
	if commute {
		slices.Sort(from)
		slices.Sort(to)
	}
	return slices.Equal(from, to)
}

// through goes back over layers without a counterpart, or gives None where
// several tensors meet in one.
func (s *side) through(i int32) int32 {
	for s.other[i] == None {
		if from := s.net.Nodes[i].From; len(from) == 1 {
			i = from[0]
		} else {
			return None
		}
	}
	return i
}

func (s *side) sharing(r *network.Node) string {
	switch owner := s.net.Shares(r); {
	case owner == "":
		return "nothing"
	case r.Turned:
		return owner + " transposed"
	default:
		return owner
	}
}

func (s *side) origins(r *network.Node) string {
	names := make([]string, len(r.From))
	for i, from := range r.From {
		names[i] = s.net.Path(from)
	}
	return strings.Join(names, ", ")
}

// Pairs is how many rows stand for each other.
func (m *Matching) Pairs() (n int) {
	for _, j := range m.a.other {
		if j != None {
			n++
		}
	}
	return n
}
