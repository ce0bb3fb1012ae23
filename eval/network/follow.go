package network

import (
	"slices"

	"cnnl/eval/layer"
)

// A Follower follows receptive fields through a network.
type Follower struct {
	Spans int // that all fields keep for their turns
	step  step
}

// mostTurns bounds how many turns a field tells apart, mostSpans how many all
// fields of a network do; mostLooks how many positions one layer looks at along an
// axis, and mostParts how many speeds that keeps.
const (
	mostTurns = 4096
	mostLooks = 1 << 20
	mostSpans = 1 << 20
	mostParts = 16
)

// Through is the field behind a layer, which is to be node i: the union of those
// of the tensors that it takes, seen through its window. False: it does not fit 64
// bits.
func (w *Follower) Through(fields []*Field, c *layer.Call, i int32) (*Field, bool) {
	k := &w.step
	*k = step{apart: w.Spans < mostSpans}
	f := k.through(k.united(fields, c), c)
	if k.overflow {
		return nil, false
	}
	if k.loss.why != "" {
		if k.loss.at == None {
			k.loss.at = i
		}
		return k.lost(fields), true
	}
	if f != nil && !slices.Contains(fields, f) {
		w.Spans += f.spans()
	}
	return f, true
}

// taken is the shape of a layer's tensor i.
func taken(c *layer.Call, i int) layer.Shape {
	if i == 0 {
		return c.In
	}
	return c.With[i-1]
}

// united is the union of the fields of all tensors that a layer takes. A tensor
// without positions, such as a vector of gates, is left out, and so is one that
// depends on no input.
func (k *step) united(fields []*Field, c *layer.Call) (u *Field) {
	if axis := joinedAlong(c); axis >= 0 {
		return k.behind(fields, c, axis)
	}
	for i, f := range fields {
		shape := taken(c, i)
		switch {
		case f == nil, shape.Spatial() == 0 && c.Out.Spatial() > 0 && len(fields) > 1:
			continue
		case f.isLost():
		case c.Out.Spatial() == 0 && shape.Spatial() > 0:
			f = k.all(f, shape, c.Out)
		case i > 0 && !c.Kind.Merges:
			f = k.lookedAt(f, c, shape)
		case len(fields) > 1:
			f = k.stretched(f, c, shape)
		}
		u = k.union(u, f, c)
	}
	return u
}

// joinedAlong is the axis of positions along which a layer puts tensors behind each
// other, or -1.
func joinedAlong(c *layer.Call) int {
	if c.Kind.Joins != nil && len(c.With) > 0 {
		if axis := c.Kind.Joins(c); axis < c.Out.Spatial() {
			return axis
		}
	}
	return -1
}

// lookedAt is the field of a tensor that a layer looks at beside its input: from
// every position at all of its own, but along axes that are taken place by place.
func (k *step) lookedAt(f *Field, c *layer.Call, shape layer.Shape) *Field {
	if c.Kind.Places == nil || shape.Spatial() != c.Out.Spatial() {
		return k.all(f, shape, c.Out)
	}
	l, axes := f.laid(shape), f.axes
	for j := range shape.Spatial() {
		if !c.Kind.Places(c, j) || shape.At(j) < c.Out.At(j) {
			k.gather(&axes, &l, j)
		}
	}
	return f.placed(axes, l, c.Out)
}

// stretched sees from everywhere along an axis what the one position there sees,
// where an axis of 1 is made longer.
func (k *step) stretched(f *Field, c *layer.Call, shape layer.Shape) *Field {
	l, axes := f.laid(shape), f.axes
	for j := range shape.Spatial() {
		if shape.At(j) < c.Out.At(j) {
			k.gather(&axes, &l, j)
		}
	}
	if axes == f.axes {
		return f
	}
	return f.placed(axes, l, c.Out)
}

// union sees, at every position of the output, what either field sees.
func (k *step) union(f, other *Field, c *layer.Call) *Field {
	switch {
	case f == nil || f == other || other.isLost():
		return other
	case f.isLost():
	case *f.grid != *other.grid:
		k.cannot(inputs)
	case f.lie == nil && other.lie == nil:
		axes := f.axes
		for i := range f.rank {
			axes[i] = axes[i].union(k, &other.axes[i], 0, c.Out.At(i))
		}
		return f.with(axes)
	default:
		return k.unionLaid(f, other, c)
	}
	return f
}

// with is the field with other axes, or itself.
func (f *Field) with(axes [3]fieldAxis) *Field {
	if axes == f.axes {
		return f
	}
	return &Field{axes: axes, rank: f.rank, grid: f.grid, lie: f.lie}
}

// unionLaid is the union where positions lie elsewhere than in place.
func (k *step) unionLaid(f, other *Field, c *layer.Call) *Field {
	l, m := f.laid(c.Out), other.laid(c.Out)
	var blind [2]bool // which of the two has positions that see nothing, where the other sees the same everywhere
	for j := range c.Out.Spatial() {
		blind[0] = blind[0] || m.along[j].n == 0 && l.blind(j, c.Out.At(j))
		blind[1] = blind[1] || l.along[j].n == 0 && m.blind(j, c.Out.At(j))
		k.meet(&l, &m, j)
	}
	axes := f.axes
	for i := range f.rank {
		first, last := l.ends(uint8(i))
		axes[i] = axes[i].union(k, &other.axes[i], first, last+1)
	}
	if blind[0] && axes != other.axes || blind[1] && axes != f.axes {
		k.cannot(across)
	}
	return f.placed(axes, l, c.Out)
}

// meet lays along an axis of a tensor what lies along that of another one, where one
// of them sees the same everywhere along it.
func (k *step) meet(l, m *layout, j int) {
	elsewhere := func(axis uint8) bool { return m.home(axis, j) != j }
	switch {
	case m.along[j].n == 0 && !slices.ContainsFunc(l.along[j].list(), elsewhere), l.like(m, j):
	case l.along[j].n == 0:
		l.along[j] = m.along[j]
		for _, axis := range m.along[j].list() {
			l.sides[axis] = m.sides[axis]
		}
	default:
		k.cannot(across)
	}
}

// through is the field behind a layer that takes the positions of one.
func (k *step) through(f *Field, c *layer.Call) *Field {
	switch {
	case f == nil || f.isLost():
		return f
	case c.Kind.Rows:
		return k.regrouped(f, c)
	case c.Kind.Order != nil:
		return k.reordered(f, c)
	case c.Kind.Window == nil:
		return f
	case f.lie == nil && c.Kind.Own == 0:
		axes := f.axes
		for i := range f.rank {
			axes[i] = axes[i].through(k, c.Kind.Window(c, i), c.Out.At(i))
		}
		return f.with(axes)
	}
	return k.throughLaid(f, c)
}

// throughLaid looks through the window along each axis of a tensor whose positions
// lie elsewhere than in place.
func (k *step) throughLaid(f *Field, c *layer.Call) *Field {
	l, axes := f.laid(c.In), f.axes
	for j := range c.Out.Spatial() {
		w, g, n := c.Kind.Window(c, j), &l.along[j], c.Out.At(j)
		switch {
		case g.n == 0, w.Stays() && c.In.At(j) == n:
		case w.Everything(c.In.At(j)):
			k.gather(&axes, &l, j)
		case !g.straight():
			k.shift(w, g, &l, c.In.At(j), n)
		default:
			axis := g.axes[0]
			first, behind := int64(0), n
			if by, ok := w.Shift(); ok {
				first, behind = g.own+by, min(g.own+by+l.sides[axis], n)
			}
			g.own = min(max(first, 0), n)
			l.sides[axis] = max(behind-g.own, 0)
			axes[axis] = axes[axis].through(k, w, g.own+l.sides[axis])
		}
	}
	return f.placed(axes, l, c.Out)
}

// lost is the field behind a layer through which it is not followed: that of a
// tensor before, where that is so already.
func (k *step) lost(fields []*Field) *Field {
	for _, f := range fields {
		if f != nil && f.loss == k.loss {
			return f
		}
	}
	return &Field{loss: k.loss}
}
