package network

import (
	"cnnl/eval/layer"
)

// Fields through layers that put positions elsewhere: into rows, along other axes,
// behind each other.

// A stretch is a part of an axis of a tensor: so many positions, and what lies along
// them.
type stretch struct {
	size int64
	lying
}

// A mover takes positions from one tensor to another.
type mover struct {
	*step
	axes     [3]fieldAxis
	from, to layout
	rest     []stretch // of the one tensor, in the order of its numbers
}

// regrouped is the field where the numbers stay in their order, row by row, and the
// axes are others.
func (k *step) regrouped(f *Field, c *layer.Call) *Field {
	if c.Out == c.In {
		return f
	}
	m := mover{step: k, axes: f.axes, from: f.laid(c.In), to: layout{spatial: c.Out.Spatial()}}
	m.to.sides = m.from.sides
	m.cut(c.In)
	for j := range c.Out.Spatial() {
		m.to.along[j] = m.lay(m.take(c.Out.At(j), j == c.Out.Spatial()-1))
	}
	for _, s := range m.rest {
		m.drop(s)
	}
	return f.placed(m.axes, m.to, c.Out)
}

// cut makes stretches of a tensor's axes, its channels the last.
func (m *mover) cut(s layer.Shape) {
	for j, n := range s.Axes() {
		g := m.from.along[j]
		if g.loose || g.own > 0 || m.from.row(&g) != n { // or else all those of its axes, and no others
			m.add(stretch{n, g})
			continue
		}
		for _, axis := range g.list() {
			m.add(stretch{m.from.sides[axis], lying{axes: [3]uint8{axis}, n: 1}})
		}
	}
}

// add appends a stretch; those along which all see the same are one.
func (m *mover) add(s stretch) {
	if s.size == 1 {
		m.drop(s)
		return
	}
	if last := len(m.rest) - 1; last >= 0 && s.n == 0 && m.rest[last].n == 0 {
		m.rest[last].size *= s.size
		return
	}
	m.rest = append(m.rest, s)
}

// take takes the next n positions of the one tensor for an axis of the other. What
// is over of a stretch may only go into the channels.
func (m *mover) take(n int64, last bool) (list []stretch) {
	for n > 1 {
		s := &m.rest[0]
		if n%s.size == 0 {
			list = append(list, *s)
			n /= s.size
			m.rest = m.rest[1:]
			continue
		}
		if s.size%n != 0 || s.n > 0 && !(last && m.isWhole(s)) {
			m.cannot(elsewhere)
			return nil
		}
		part := stretch{n, s.lying}
		if s.size /= n; s.n > 0 {
			m.look(s.axes[0], layer.Window{Taps: s.size, Step: 1, Stride: s.size, Across: 1}, n)
			s.lying = lying{}
		}
		return append(list, part)
	}
	return list
}

// isWhole reports a stretch of all positions of one axis, and no others.
func (m *mover) isWhole(s *stretch) bool {
	return s.straight() && m.to.sides[s.axes[0]] == s.size
}

// look looks along one axis of the field through a window of n outputs.
func (m *mover) look(axis uint8, w layer.Window, n int64) {
	m.axes[axis] = m.axes[axis].through(m.step, w, n)
	m.to.sides[axis] = n
}

// drop sees all along a stretch that goes into the channels, or of one position.
func (m *mover) drop(s stretch) {
	for _, axis := range s.list() {
		m.axes[axis] = fieldAxis{one: m.from.over(m.step, &m.axes[axis], axis)}
	}
}

// lay lays stretches along one axis.
func (m *mover) lay(list []stretch) (g lying) {
	moving, plain := 0, true
	for i, s := range list {
		if s.n > 0 {
			moving, plain = moving+1, plain && m.isWhole(&s)
			g = list[i].lying
		}
	}
	switch {
	case len(list) == 1:
		return g
	case moving == 1 && plain:
		m.repeat(list, g.axes[0])
		return g
	case moving == len(list) && plain:
		g.n = 0
		for _, s := range list {
			g.axes[g.n] = s.axes[0]
			g.n++
		}
		return g
	}
	m.cannot(elsewhere)
	return lying{}
}

// repeat lays along one axis positions and others that see the same: those behind
// make several of each position, those in front repeat them all.
func (m *mover) repeat(list []stretch, axis uint8) {
	n := int64(1)
	for i := len(list) - 1; i >= 0; i-- {
		s := list[i]
		switch {
		case s.n > 0:
			m.look(axis, layer.Window{Taps: n, Step: 1, Before: n - 1, Stride: 1, Across: n}, n*s.size)
		case i < len(list)-1:
			m.look(axis, layer.Window{Taps: 1, Stride: 1, Across: 1, Wrap: n}, n*s.size)
		}
		n *= s.size
	}
}

// reordered is the field where the axes come in another order.
func (k *step) reordered(f *Field, c *layer.Call) *Field {
	l, axes := f.laid(c.In), f.axes
	to := layout{spatial: c.Out.Spatial()}
	for i, number := range c.Kind.Order(c) {
		if from := int(number) - 1; i < to.spatial {
			to.along[i] = l.along[from]
		} else {
			k.gather(&axes, &l, from)
		}
	}
	to.sides = l.sides
	return f.placed(axes, to, c.Out)
}

// behind is the field of tensors put behind each other along an axis.
func (k *step) behind(fields []*Field, c *layer.Call, axis int) (u *Field) {
	front := int64(0)
	for i, f := range fields {
		shape := taken(c, i)
		switch {
		case f == nil:
		case f.isLost():
			k.lose(f.loss)
		case u == nil:
			u = k.infront(f, c, shape, axis, front)
		case *f.grid != *u.grid:
			k.cannot(inputs)
		default:
			u = k.beside(u, f, c, shape, axis)
		}
		front += shape.At(axis)
	}
	return u
}

// infront is the field of a tensor in a longer one, so many positions further on.
func (k *step) infront(f *Field, c *layer.Call, shape layer.Shape, j int, front int64) *Field {
	l, axes := f.laid(shape), f.axes
	g := &l.along[j]
	if g.straight() {
		w := layer.Window{Taps: 1, Before: front, Stride: 1, Across: 1}
		axes[g.axes[0]] = axes[g.axes[0]].through(k, w, front+g.own+l.sides[g.axes[0]])
	}
	if g.n > 0 {
		g.own += front
	}
	return f.placed(axes, l, c.Out)
}

// beside is the field of two tensors behind each other. Positions of both are then
// in no order; along the other axes they must see the same of both.
func (k *step) beside(f, other *Field, c *layer.Call, shape layer.Shape, j int) *Field {
	l, m := f.laid(c.Out), other.laid(shape)
	axes := f.axes
	mixed := lying{loose: true}
	for i := range l.spatial {
		if i != j && !l.like(&m, i) {
			k.cannot(meets)
			return f
		}
	}
	for i := range f.rank {
		axis, a, b := uint8(i), &axes[i], &other.axes[i]
		aside := l.home(axis, j) != j
		switch {
		case a.equal(b) && (a.same() || aside):
			continue
		case aside:
			k.cannot(meets)
			return f
		}
		mixed.axes[mixed.n] = axis
		mixed.n++
		all := l.over(k, a, axis).union(m.over(k, b, axis))
		*a = unordered(l.most(a, axis).longer(m.most(b, axis)), all)
		l.sides[i] += m.sides[i]
	}
	l.along[j] = mixed
	return f.placed(axes, l, c.Out)
}
