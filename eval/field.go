package eval

import (
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
	one  span   // of the only turn, where P is 1
	more []span // of each turn, where P is more
	n    int64  // positions that there are, where P is more
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
func (a *fieldAxis) turns() int64 { return int64(max(len(a.more), 1)) }

// at is what position o sees.
func (a *fieldAxis) at(k *checked, o int64) span {
	s, q := a.one, o
	if len(a.more) > 0 {
		n := a.turns()
		q = floorDiv(o, n)
		s = a.more[o-q*n]
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
	for i, s := range a.more[:min(int64(len(a.more)), a.n)] {
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

// pointField is the field of an input: every position sees itself.
func pointField(s layer.Shape) *Field {
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

// emptyField is that of a tensor that depends on no input.
func emptyField(s layer.Shape) *Field {
	if s.Spatial() == 0 || s.Spatial() > 3 {
		return nil
	}
	f := &Field{rank: s.Spatial()}
	for i := range f.axes[:f.rank] {
		f.axes[i].one = nothing
	}
	return f
}

// fieldThrough is the field behind a layer: the union of those of the tensors
// it takes, seen through its window. False: it does not fit 64 bits.
func fieldThrough(fields []*Field, c *layer.Call) (*Field, bool) {
	f, ok := united(fields, c)
	if !ok {
		return nil, false
	}
	return f.through(c)
}

// united is the union of fields. A tensor without positions, such as a vector
// of gates, is left out; one whose field is not known, or that sees another grid
// of positions, leaves none.
func united(fields []*Field, c *layer.Call) (f *Field, ok bool) {
	for i, other := range fields {
		shape := c.In
		if i > 0 {
			shape = c.With[i-1]
		}
		switch {
		case i > 0 && !c.Kind.Merges: // what is looked at beside has positions of its own
		case other == nil && shape.Spatial() > 0:
			return nil, true
		case other == nil || other == f:
		case f == nil:
			f = other
		case f.rank != other.rank, f.grid != nil && other.grid != nil && *f.grid != *other.grid:
			return nil, true
		default:
			if f, ok = f.union(other, c, shape); !ok {
				return nil, false
			}
		}
	}
	return f, true
}

// union sees, at every position, what either field sees. An axis of 1
// stretches: every position sees the same there.
func (f *Field) union(other *Field, c *layer.Call, shape layer.Shape) (*Field, bool) {
	switch {
	case other.grid == nil:
		return f, true
	case f.grid == nil:
		return other, true
	}
	u := &Field{rank: f.rank, grid: f.grid}
	for axis := range u.axes[:u.rank] {
		b := other.axes[axis]
		if shape.At(axis) == 1 {
			b.jump = 0
		}
		var ok bool
		u.axes[axis], ok = f.axes[axis].union(b, c.Out.At(axis))
		if most := u.axes[axis].most(); !ok || !most.empty() && most.high-most.low+1 <= 0 {
			return nil, false
		}
	}
	return u, true
}

// union is along one axis of n positions. Where the two move on at different
// speeds, every position is taken to see what they see anywhere.
func (a fieldAxis) union(b fieldAxis, n int64) (fieldAxis, bool) {
	var k checked
	turns := a.turns() / gcd(a.turns(), b.turns()) * b.turns()
	jump := k.times(turns/a.turns(), a.jump)
	if jump != k.times(turns/b.turns(), b.jump) || turns > mostTurns {
		return fieldAxis{one: a.over(&k, 0, n-1).union(b.over(&k, 0, n-1))}, !k.overflow
	}
	return newAxis(turns, jump, n, func(r int64) span { return a.at(&k, r).union(b.at(&k, r)) }), !k.overflow
}

// mostTurns bounds how many turns are told apart.
const mostTurns = 256

// newAxis makes an axis of n positions that take so many turns, or one where
// that says the same.
func newAxis(turns, jump, n int64, at func(r int64) span) fieldAxis {
	if turns == 1 {
		return fieldAxis{jump: jump, one: at(0)}
	}
	a := fieldAxis{jump: jump, more: make([]span, turns), n: n}
	even := jump%turns == 0
	for r := range a.more {
		a.more[r] = at(int64(r))
		shift := jump / turns * int64(r)
		even = even && a.more[r] == span{a.more[0].low + shift, a.more[0].high + shift}
	}
	if even {
		return fieldAxis{jump: jump / turns, one: a.more[0]}
	}
	return a
}

// over is what the positions from first to last see together. As spans only
// move on from turn to turn, the ends decide.
func (a *fieldAxis) over(k *checked, first, last int64) (all span) {
	all = nothing
	turns := a.turns()
	for o := first; o <= last && o < first+turns; o++ {
		all = all.union(a.at(k, o))
	}
	for o := last; o > first && o > last-turns; o-- {
		all = all.union(a.at(k, o))
	}
	return all
}

// through is the field behind a layer; false: it does not fit 64 bits. A
// layer without a window passes it on; one that changes the number of
// spatial axes ends it.
func (f *Field) through(c *layer.Call) (*Field, bool) {
	switch {
	case f == nil || c.Kind.Moves != nil && c.Kind.Moves(c) || c.Out.Spatial() != f.rank || c.Kind.Learn == nil && c.Kind.Window == nil && !c.Kind.Merges && !sameSides(c.Out, c.In):
		return nil, true
	case c.Kind.Window == nil:
		return f, true
	}
	next := &Field{rank: f.rank, grid: f.grid}
	for i := range next.axes[:f.rank] {
		axis, ok := f.axes[i].through(c.Kind.Window(c, i), c.Out.At(i))
		if most := axis.most(); !ok || !most.empty() && most.high-most.low+1 <= 0 {
			return nil, false
		}
		next.axes[i] = axis
	}
	return next, true
}

func sameSides(a, b layer.Shape) bool { return a.Rank() == b.Rank() && a.With(1) == b.With(1) }

// through looks through a window with n outputs. They take turns as the
// window's steps do against the parts of an input position, and those of the
// field before.
func (a *fieldAxis) through(w layer.Window, n int64) (fieldAxis, bool) {
	var k checked
	if w.Cell > 0 {
		return a.inCells(w, n)
	}
	parts := k.times(w.Across, a.turns())
	turns := parts / max(gcd(parts, w.Stride), 1)
	see := func(o int64) span {
		first, step, taps := tapped(w, &k, o)
		return a.taps(&k, first, step, taps)
	}
	if k.overflow {
		return fieldAxis{}, false
	}
	if turns > mostTurns {
		return fieldAxis{one: see(0).union(see(n - 1))}, !k.overflow
	}
	if w.Stride == 0 {
		return fieldAxis{one: see(0)}, !k.overflow
	}
	jump := k.times(w.Stride/gcd(parts, w.Stride), a.jump)
	return newAxis(turns, jump, n, see), !k.overflow
}

// inCells looks through cells: every position sees the whole of its own.
func (a *fieldAxis) inCells(w layer.Window, n int64) (fieldAxis, bool) {
	var k checked
	turns := a.turns() / gcd(a.turns(), w.Cell) * w.Cell
	see := func(o int64) span {
		first := k.plus(floorDiv(o+w.Before, w.Cell)*w.Cell, -w.Before)
		return a.over(&k, first, first+w.Cell-1)
	}
	if turns > mostTurns {
		return fieldAxis{one: see(0).union(see(n - 1))}, !k.overflow
	}
	return newAxis(turns, k.times(turns/a.turns(), a.jump), n, see), !k.overflow
}

// taps is what so many positions see together, each step behind the one
// before.
func (a *fieldAxis) taps(k *checked, first, step, taps int64) (all span) {
	all = nothing
	turns := a.turns()
	last := k.plus(first, k.times(step, taps-1))
	for t := int64(0); t < min(taps, turns); t++ {
		all = all.union(a.at(k, first+t*step)).union(a.at(k, last-t*step))
	}
	return all
}

// tapped are the positions that output o looks at: the taps of the window
// that fall on whole input positions.
func tapped(w layer.Window, k *checked, o int64) (first, step, taps int64) {
	at := k.minus(k.times(o, w.Stride), w.Before)
	if w.Across == 1 {
		return at, w.Step, w.Taps
	}
	skip := int64(0)
	for ; (at+skip*w.Step)%w.Across != 0; skip++ {
		if skip == w.Across || skip == w.Taps {
			return 0, 0, 0
		}
	}
	period := w.Across / gcd(w.Across, w.Step)
	if skip >= w.Taps {
		return 0, 0, 0
	}
	return (at + skip*w.Step) / w.Across, period * w.Step / w.Across, (w.Taps-1-skip)/period + 1
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// checked is arithmetic that remembers whether anything overflowed.
type checked struct{ overflow bool }

func (k *checked) keep(n int64, ok bool) int64 {
	k.overflow = k.overflow || !ok
	return n
}

func (k *checked) times(a, b int64) int64 { n, ok := calc.Mul(a, b); return k.keep(n, ok) }
func (k *checked) plus(a, b int64) int64  { n, ok := calc.Add(a, b); return k.keep(n, ok) }
func (k *checked) minus(a, b int64) int64 { n, ok := calc.Sub(a, b); return k.keep(n, ok) }
