package network

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// A Field is the receptive field of a tensor's positions: from which to which
// input position each depends, along up to three spatial axes. It is not cut
// at the input's border.
type Field struct {
	axes [3]fieldAxis
	rank int
	grid *[3]int64 // how many positions the input has; nil: it depends on none
}

// Along an axis, positions see alike in turns: the one at q·P + r sees the
// inputs of span r, q·jump further on. Behind convolutions and poolings P is
// 1; behind a transposed convolution of stride 2 it is 2.
type fieldAxis struct {
	jump int64
	one  span   // of all turns, where they are not told apart
	more *turns // nil: P is 1
}

// Turns are told apart, or each is taken to see what any of them does.
type turns struct {
	count int64  // P
	n     int64  // positions that there are
	spans []span // of each; nil: they are not told apart
}

// A span is a range of input positions, both ends included; it may be empty.
type span struct{ low, high int64 }

var nothing = span{low: 1, high: 0}

func (s span) empty() bool { return s.low > s.high }

func (s span) union(t span) span {
	switch {
	case s.empty():
		return t
	case t.empty():
		return s
	}
	return span{min(s.low, t.low), max(s.high, t.high)}
}

// turns is P.
func (a *fieldAxis) turns() int64 {
	if a.more == nil {
		return 1
	}
	return a.more.count
}

// apart is how many positions in a row it takes to see all turns.
func (a *fieldAxis) apart() int64 {
	if a.more == nil {
		return 1
	}
	return int64(max(len(a.more.spans), 1))
}

// at is what position o sees.
func (a *fieldAxis) at(k *checked, o int64) span {
	s, q := a.one, o
	if t := a.more; t != nil {
		if q = k.floor(o, t.count); t.spans != nil {
			s = t.spans[o-q*t.count]
		}
	}
	if s.empty() {
		return s
	}
	shift := k.times(q, a.jump)
	return span{k.plus(s.low, shift), k.plus(s.high, shift)}
}

// size is the number of inputs that the position which sees most depends on.
func (a *fieldAxis) size() int64 {
	most := a.most()
	return max(most.high-most.low+1, 0)
}

// most is the span of the position that sees most.
func (a *fieldAxis) most() span {
	most := a.one
	if a.more == nil || a.more.spans == nil {
		return most
	}
	for i, s := range a.more.spans[:min(a.more.count, a.more.n)] {
		if i == 0 || s.high-s.low > most.high-most.low {
			most = s
		}
	}
	return most
}

// Sizes is the number of input positions along each axis; nil: it is not
// followed so far, or there is no input.
func (f *Field) Sizes() []int64 {
	if !f.Known() {
		return nil
	}
	sizes := make([]int64, f.rank)
	for i := range sizes {
		sizes[i] = f.axes[i].size()
	}
	return sizes
}

// Known reports a field that there is and that is followed.
func (f *Field) Known() bool { return f != nil && f.grid != nil }

// Seen is the first and the last input position that the output position
// which sees most depends on, along an axis; both may lie beyond the border.
func (f *Field) Seen(axis int) (first, last int64) {
	most := f.axes[axis].most()
	return most.low, most.high
}

// Jump is how many input positions further on the next turn looks, along an
// axis.
func (f *Field) Jump(axis int) int64 { return f.axes[axis].jump }

// PointField is the field of an input: every position sees itself.
func PointField(s layer.Shape) *Field {
	if s.Spatial() == 0 || s.Spatial() > 3 {
		return nil
	}
	f := &Field{rank: s.Spatial(), grid: new([3]int64)}
	for i := range f.axes[:f.rank] {
		f.axes[i].jump = 1
		f.grid[i] = s.At(i)
	}
	return f
}

// EmptyField is that of a tensor that depends on no input.
func EmptyField(s layer.Shape) *Field {
	if s.Spatial() == 0 || s.Spatial() > 3 {
		return nil
	}
	f := &Field{rank: s.Spatial()}
	for i := range f.axes[:f.rank] {
		f.axes[i].one = nothing
	}
	return f
}

// mostTurns bounds how many turns a field tells apart, mostSpans how many all
// fields of a network do.
const (
	mostTurns = 256
	mostSpans = 1 << 20
)

// A Follower follows receptive fields through a network.
type Follower struct {
	Spans int // that all fields keep for their turns
}

// Through is the field behind a layer: the union of those of the tensors
// it takes, seen through its window. False: it does not fit 64 bits.
func (w *Follower) Through(fields []*Field, c *layer.Call) (*Field, bool) {
	apart := w.Spans < mostSpans
	f, ok := united(fields, c, apart)
	if !ok {
		return nil, false
	}
	if f, ok = f.through(c, apart); f != nil && !slices.Contains(fields, f) {
		w.Spans += f.spans()
	}
	return f, ok
}

// spans is how many spans a field keeps for its turns.
func (f *Field) spans() (n int) {
	for _, a := range f.axes {
		if a.more != nil {
			n += len(a.more.spans)
		}
	}
	return n
}

// united is the union of fields. A tensor without positions, such as a vector
// of gates, is left out, and so is one that depends on no input; one whose field
// is not known, or that sees another grid of positions, leaves none.
func united(fields []*Field, c *layer.Call, apart bool) (f *Field, ok bool) {
	for i, other := range fields {
		shape := c.In
		if i > 0 {
			shape = c.With[i-1]
		}
		if i > 0 && !c.Kind.Merges {
			other = other.lookedAt(c, shape)
		}
		switch {
		case other == nil && shape.Spatial() > 0:
			return nil, true
		case other == nil || other == f:
		case f == nil, f.grid == nil:
			f = other
		case other.grid == nil:
		case f.rank != other.rank, *f.grid != *other.grid:
			return nil, true
		default:
			if f, ok = f.union(other, c, shape, apart); !ok {
				return nil, false
			}
		}
	}
	return f, true
}

// lookedAt is the field of a tensor that a layer looks at beside its input: from
// every position at all of its own.
func (f *Field) lookedAt(c *layer.Call, shape layer.Shape) *Field {
	if !f.Known() {
		return f
	}
	var k checked
	all := &Field{rank: f.rank, grid: f.grid, axes: f.axes}
	for axis := range all.axes[:f.rank] {
		if c.Kind.Places == nil || !c.Kind.Places(c, axis) {
			all.axes[axis] = fieldAxis{one: f.axes[axis].over(&k, 0, shape.At(axis)-1)}
		}
	}
	if k.overflow {
		return nil // it is not followed so far
	}
	return all
}

// union sees, at every position, what either field sees. An axis of 1
// stretches: every position sees the same there.
func (f *Field) union(other *Field, c *layer.Call, shape layer.Shape, apart bool) (*Field, bool) {
	u := &Field{rank: f.rank, grid: f.grid}
	for axis := range u.axes[:u.rank] {
		b := other.axes[axis]
		if shape.At(axis) == 1 {
			b.jump = 0
		}
		var ok bool
		u.axes[axis], ok = f.axes[axis].union(b, c.Out.At(axis), apart)
		if most := u.axes[axis].most(); !ok || !most.empty() && most.high-most.low+1 <= 0 {
			return nil, false
		}
	}
	return u, true
}

// union is along one axis of n positions. Where the two move on at different
// speeds, every position is taken to see what they see anywhere.
func (a fieldAxis) union(b fieldAxis, n int64, apart bool) (fieldAxis, bool) {
	var k checked
	turns := a.turns() / calc.GCD(a.turns(), b.turns()) * b.turns()
	jump := k.times(turns/a.turns(), a.jump)
	if jump != k.times(turns/b.turns(), b.jump) || turns > mostTurns {
		return fieldAxis{one: a.over(&k, 0, n-1).union(b.over(&k, 0, n-1))}, !k.overflow
	}
	if !apart {
		return alike(turns, jump, n, a.over(&k, 0, turns-1).union(b.over(&k, 0, turns-1))), !k.overflow
	}
	return newAxis(turns, jump, n, func(r int64) span { return a.at(&k, r).union(b.at(&k, r)) }), !k.overflow
}

// alike makes an axis of n positions whose turns are not told apart.
func alike(count, jump, n int64, all span) fieldAxis {
	if count == 1 {
		return fieldAxis{jump: jump, one: all}
	}
	return fieldAxis{jump: jump, one: all, more: &turns{count: count, n: n}}
}

// newAxis makes an axis of n positions that take so many turns, or one where
// that says the same.
func newAxis(count, jump, n int64, at func(r int64) span) fieldAxis {
	if count == 1 {
		return fieldAxis{jump: jump, one: at(0)}
	}
	spans := make([]span, count)
	even := jump%count == 0
	for r := range spans {
		spans[r] = at(int64(r))
		shift := jump / count * int64(r)
		even = even && spans[r] == span{spans[0].low + shift, spans[0].high + shift}
	}
	if even {
		return fieldAxis{jump: jump / count, one: spans[0]}
	}
	return fieldAxis{jump: jump, more: &turns{count, n, spans}}
}

// over is what the positions from first to last see together. As spans only
// move on from turn to turn, the ends decide.
func (a *fieldAxis) over(k *checked, first, last int64) (all span) {
	all = nothing
	apart := a.apart()
	for o := first; o <= last && o < first+apart; o++ {
		all = all.union(a.at(k, o))
	}
	for o := last; o > first && o > last-apart; o-- {
		all = all.union(a.at(k, o))
	}
	return all
}
