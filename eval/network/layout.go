package network

import (
	"slices"

	"cnnl/eval/layer"
)

// A layout tells where in a tensor the positions of a field lie, which go along the
// input's axes. Along an axis of the tensor there may be several of these, as
// behind flatten sequence, or none: then all positions along it see the same.
type layout struct {
	spatial int // axes of the tensor before its channels
	along   [layer.MaxAxes]lying
	sides   [3]int64 // how many positions there are along each axis of the field
}

// A lying is what lies along an axis of a tensor: positions of some axes of the
// field, the last of them in a row.
type lying struct {
	axes  [3]uint8
	n     uint8
	loose bool  // in no order that is known
	own   int64 // in front of them, positions that see nothing
}

func (g *lying) list() []uint8 { return g.axes[:g.n] }

// straight reports positions that lie as they do along one axis of the field.
func (g *lying) straight() bool { return g.n == 1 && !g.loose }

// row is how many positions lie along an axis of a tensor, where their order is known.
func (l *layout) row(g *lying) int64 {
	n := int64(1)
	for _, axis := range g.list() {
		n *= l.sides[axis]
	}
	return n
}

// blind reports positions that see nothing among the n along an axis of a tensor.
func (l *layout) blind(j int, n int64) bool {
	g := &l.along[j]
	return g.n > 0 && (g.own > 0 || !g.loose && l.row(g) < n)
}

// laid is where the positions of a tensor lie.
func (f *Field) laid(s layer.Shape) layout {
	if f.lie != nil {
		return *f.lie
	}
	l := layout{spatial: s.Spatial()}
	for j := range f.rank {
		l.sides[j] = s.At(j)
		if !f.axes[j].same() {
			l.along[j] = lying{axes: [3]uint8{uint8(j)}, n: 1}
		}
	}
	return l
}

// ends are the first and the last position along an axis of the field.
func (l *layout) ends(axis uint8) (first, last int64) {
	for j := range l.along[:l.spatial] {
		if g := &l.along[j]; g.straight() && g.axes[0] == axis {
			first = g.own
		}
	}
	return first, first + l.sides[axis] - 1
}

// over is what all positions along an axis of the field see together.
func (l *layout) over(k *step, a *fieldAxis, axis uint8) span {
	if first, last := l.ends(axis); first <= last || a.same() {
		return a.over(k, first, last)
	}
	return nothing
}

// most is what the position that sees most of an axis of the field sees: none of those
// in front, which see nothing.
func (l *layout) most(a *fieldAxis, axis uint8) span {
	if first, last := l.ends(axis); first <= last || a.same() {
		return a.most(first)
	}
	return nothing
}

// home is the axis of the tensor along which those of an axis of the field lie, or
// else another.
func (l *layout) home(axis uint8, otherwise int) int {
	for j := range l.along[:l.spatial] {
		if slices.Contains(l.along[j].list(), axis) {
			return j
		}
	}
	return otherwise
}

// like reports that the same lies along an axis of two tensors.
func (l *layout) like(m *layout, j int) bool {
	for _, axis := range l.along[j].list() {
		if l.sides[axis] != m.sides[axis] {
			return false
		}
	}
	return l.along[j] == m.along[j]
}

// placed makes a field of axes that lie so in a tensor; they lie in place where
// that says the same.
func (f *Field) placed(axes [3]fieldAxis, l layout, s layer.Shape) *Field {
	next := &Field{axes: axes, rank: f.rank, grid: f.grid}
	natural := l.spatial == f.rank
	for j := range l.along[:l.spatial] {
		g := &l.along[j]
		if !slices.ContainsFunc(g.list(), func(axis uint8) bool { return !axes[axis].same() }) {
			*g = lying{}
		}
		natural = natural && (g.n == 0 || *g == lying{axes: [3]uint8{uint8(j)}, n: 1} && l.sides[j] == s.At(j))
	}
	if !natural {
		next.lie = &l
	}
	return next
}

// gather sees from everywhere along axis j of a tensor what all positions along it
// see together.
func (k *step) gather(axes *[3]fieldAxis, l *layout, j int) {
	for _, axis := range l.along[j].list() {
		axes[axis] = fieldAxis{one: l.over(k, &axes[axis], axis)}
	}
}

// all is the field of positions each of which sees all that those of a tensor see.
func (k *step) all(f *Field, from, to layer.Shape) *Field {
	l, axes := f.laid(from), f.axes
	for j := range l.along[:l.spatial] {
		k.gather(&axes, &l, j)
	}
	return f.placed(axes, layout{spatial: to.Spatial()}, to)
}

// unordered makes an axis of positions in no order.
func unordered(most, all span) fieldAxis {
	return fieldAxis{one: most, more: &turns{all: &all}}
}

// shift looks through a window that only moves positions, from n of them to others:
// they can be followed where all of a row are still there.
func (k *step) shift(w layer.Window, g *lying, l *layout, from, n int64) {
	by, ok := w.Shift()
	row := l.row(g)
	if g.loose {
		row = from - g.own
	}
	if g.own += by; !ok {
		k.cannot(aRow)
	} else if g.own < 0 || g.own+row > n {
		k.cannot(someOfRow)
	}
}
