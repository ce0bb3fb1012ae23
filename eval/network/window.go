package network

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// A receptive field through a layer's window.

// through is the field behind a layer; false: it does not fit 64 bits. A
// layer without a window passes it on; one that changes the number of
// spatial axes ends it.
func (f *Field) through(c *layer.Call, apart bool) (*Field, bool) {
	switch {
	case f == nil || c.Kind.Moves != nil && c.Kind.Moves(c) || c.Out.Spatial() != f.rank || c.Kind.Learn == nil && c.Kind.Window == nil && !c.Kind.Merges && !sameSides(c.Out, c.In):
		return nil, true
	case c.Kind.Window == nil:
		return f, true
	}
	next := &Field{rank: f.rank, grid: f.grid}
	for i := range next.axes[:f.rank] {
		axis, ok := f.axes[i].through(c.Kind.Window(c, i), c.Out.At(i), apart)
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
func (a *fieldAxis) through(w layer.Window, n int64, apart bool) (fieldAxis, bool) {
	var k checked
	if w.Cell > 0 {
		return a.inCells(w, n, apart)
	}
	parts := k.times(w.Across, a.turns())
	turns := parts / max(calc.GCD(parts, w.Stride), 1)
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
	jump := k.times(w.Stride/calc.GCD(parts, w.Stride), a.jump)
	if !apart {
		last := k.plus(k.minus(k.times(turns-1, w.Stride), w.Before), k.times(w.Taps-1, w.Step))
		return alike(turns, jump, n, a.over(&k, k.floor(-w.Before, w.Across), k.floor(last, w.Across))), !k.overflow
	}
	return newAxis(turns, jump, n, see), !k.overflow
}

// inCells looks through cells: every position sees the whole of its own.
func (a *fieldAxis) inCells(w layer.Window, n int64, apart bool) (fieldAxis, bool) {
	var k checked
	turns := a.turns() / calc.GCD(a.turns(), w.Cell) * w.Cell
	begin := func(o int64) int64 { return k.plus(k.floor(o+w.Before, w.Cell)*w.Cell, -w.Before) }
	see := func(o int64) span { return a.over(&k, begin(o), begin(o)+w.Cell-1) }
	if turns > mostTurns {
		return fieldAxis{one: see(0).union(see(n - 1))}, !k.overflow
	}
	jump := k.times(turns/a.turns(), a.jump)
	if !apart {
		return alike(turns, jump, n, a.over(&k, begin(0), begin(turns-1)+w.Cell-1)), !k.overflow
	}
	return newAxis(turns, jump, n, see), !k.overflow
}

// taps is what so many positions see together, each step behind the one
// before.
func (a *fieldAxis) taps(k *checked, first, step, taps int64) (all span) {
	all = nothing
	last := k.plus(first, k.times(step, taps-1))
	for t := int64(0); t < min(taps, a.apart()); t++ {
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
	period := w.Across / calc.GCD(w.Across, w.Step)
	if skip >= w.Taps {
		return 0, 0, 0
	}
	return (at + skip*w.Step) / w.Across, period * w.Step / w.Across, (w.Taps-1-skip)/period + 1
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
func (k *checked) floor(a, b int64) int64 { n, ok := calc.FloorDiv(a, b); return k.keep(n, ok) }
