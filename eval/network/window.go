package network

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// One axis of a receptive field, looked at through a layer's window.

// through looks through a window with n outputs. They take turns as the
// window's steps do against the parts of an input position, and those of the
// field before.
func (a *fieldAxis) through(k *step, w layer.Window, n int64) (next fieldAxis) {
	switch {
	case w.Stays():
		return a.of(n)
	case w.Uneven:
		k.cannot(uneven)
		return *a
	case a.unordered():
		k.cannot(aRow)
		return *a
	case a.isParted():
		parts := make([]fieldAxis, len(a.more.parts))
		for i := range parts {
			parts[i] = a.more.parts[i].through(k, w, n)
		}
		next = k.together(parts, n)
		if parts = next.parts(); len(parts) == 1 {
			next = parts[0]
		}
	case w.Cell > 0:
		next = a.inCells(k, w, n)
	default:
		next = a.inTaps(k, w, n)
	}
	if most := next.most(0); !most.empty() && most.high-most.low+1 <= 0 {
		k.overflow = true
	}
	return next
}

// of is an axis of n positions, as many as before or fewer.
func (a *fieldAxis) of(n int64) fieldAxis {
	if a.more == nil || a.more.n == n {
		return *a
	}
	more := *a.more
	more.n = n
	return fieldAxis{jump: a.jump, one: a.one, more: &more}
}

func (a *fieldAxis) inTaps(k *step, w layer.Window, n int64) fieldAxis {
	parts := k.times(w.Across, a.turns())
	turns := parts / max(calc.GCD(parts, w.Stride), 1)
	jump := k.times(w.Stride/max(calc.GCD(parts, w.Stride), 1), a.jump)
	if w.Wrap > 0 {
		turns, jump = w.Wrap, 0
	}
	see := func(o int64) span {
		first, step, taps := tapped(w, k, o)
		return a.taps(k, first, step, taps)
	}
	switch {
	case k.overflow:
		return fieldAxis{}
	case w.Stride == 0:
		return fieldAxis{one: see(0)}
	case tooMany(turns, min(w.Taps, max(a.apart(), w.Across))):
		k.cannot(manyTurns)
		return fieldAxis{one: see(0).union(see(n - 1))}
	case !k.apart:
		last := k.plus(k.minus(k.times(turns-1, w.Stride), w.Before), k.times(w.Taps-1, w.Step))
		return alike(turns, jump, n, a.over(k, k.floor(-w.Before, w.Across), k.floor(last, w.Across)))
	}
	return newAxis(turns, jump, n, see)
}

// tooMany reports turns that are too many to be told apart, or to look at so many
// positions in each.
func tooMany(turns, looks int64) bool { return turns > mostTurns || turns > mostLooks/looks }

// inCells looks through cells: every position sees the whole of its own.
func (a *fieldAxis) inCells(k *step, w layer.Window, n int64) fieldAxis {
	turns := a.turns() / calc.GCD(a.turns(), w.Cell) * w.Cell
	begin := func(o int64) int64 { return k.plus(k.floor(o+w.Before, w.Cell)*w.Cell, -w.Before) }
	see := func(o int64) span { return a.over(k, begin(o), begin(o)+w.Cell-1) }
	jump := k.times(turns/a.turns(), a.jump)
	switch {
	case tooMany(turns, 2*a.apart()):
		k.cannot(manyTurns)
		return fieldAxis{one: see(0).union(see(n - 1))}
	case !k.apart:
		return alike(turns, jump, n, a.over(k, begin(0), begin(turns-1)+w.Cell-1))
	}
	return newAxis(turns, jump, n, see)
}

// taps is what so many positions see together, each step behind the one
// before.
func (a *fieldAxis) taps(k *step, first, step, taps int64) (all span) {
	all = nothing
	last := k.plus(first, k.times(step, taps-1))
	for t := int64(0); t < min(taps, a.apart()); t++ {
		all = all.union(a.at(k, first+t*step)).union(a.at(k, last-t*step))
	}
	return all
}

// tapped are the positions that output o looks at: the taps of the window
// that fall on whole input positions.
func tapped(w layer.Window, k *step, o int64) (first, step, taps int64) {
	at := k.minus(k.times(o, w.Stride), w.Before)
	if w.Across == 1 {
		return at, w.Step, w.Taps
	}
	if middle := at + (w.Middle-1)*w.Step; w.Middle > 0 && middle%w.Across == 0 {
		return middle / w.Across, 1, 1
	}
	skip := int64(0)
	if w.Step == 1 {
		skip = -at - k.floor(-at, w.Across)*w.Across
	}
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
