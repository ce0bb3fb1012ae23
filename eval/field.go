package eval

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// A Field is the receptive field of a tensor's positions: which input
// positions each depends on, along up to three spatial axes.
type Field struct {
	axes [3]fieldAxis
	rank int
}

// Along an axis, output o depends on the inputs from low + o·jump up to
// high + o·jump, all in units of 1/den: behind a transposed convolution the
// steps are parts of a pixel.
type fieldAxis struct{ low, high, jump, den int64 }

// Sizes is the number of input positions along each axis; of a part of one
// that a transposed convolution reaches, the whole ones.
func (f *Field) Sizes() []int64 {
	if f == nil {
		return nil
	}
	sizes := make([]int64, f.rank)
	for i := range sizes {
		sizes[i] = (f.axes[i].high-f.axes[i].low)/f.axes[i].den + 1
	}
	return sizes
}

// pointField is the field of an input: every position sees itself.
func pointField(s layer.Shape) *Field {
	if s.Spatial() == 0 {
		return nil
	}
	f := &Field{rank: s.Spatial()}
	for i := range f.axes[:f.rank] {
		f.axes[i] = fieldAxis{jump: 1, den: 1}
	}
	return f
}

// through is the field behind a layer; false: it does not fit 64 bits. A
// layer without a window passes it on; one that changes the number of
// spatial axes ends it.
func (f *Field) through(c *layer.Call) (*Field, bool) {
	switch {
	case f == nil || c.Out.Spatial() != f.rank || c.Kind.Learn == nil && c.Kind.Window == nil && c.Out != c.In:
		return nil, true
	case c.Kind.Window == nil:
		return f, true
	}
	next := &Field{rank: f.rank}
	for i := range next.axes[:f.rank] {
		axis, ok := f.axes[i].through(c.Kind.Window(c, i))
		if !ok {
			return nil, false
		}
		next.axes[i] = axis
	}
	return next, true
}

// through adds a window: the first input it sees lies Before ahead of an
// output's place, the last Reach further on.
func (a fieldAxis) through(w layer.Window) (fieldAxis, bool) {
	var s checked
	next := fieldAxis{
		low:  s.minus(s.times(a.low, w.Across), s.times(w.Before, a.jump)),
		high: s.minus(s.times(a.high, w.Across), s.times(w.Before-w.Reach, a.jump)),
		jump: s.times(a.jump, w.Stride),
		den:  s.times(a.den, w.Across),
	}
	s.minus(next.high, next.low)
	return next.reduced(), !s.overflow
}

// reduced divides by what all four have in common.
func (a fieldAxis) reduced() fieldAxis {
	if a.den == 1 {
		return a
	}
	d := gcd(gcd(a.den, a.jump), gcd(a.low, a.high))
	return fieldAxis{a.low / d, a.high / d, a.jump / d, a.den / d}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// checked is arithmetic that remembers whether anything overflowed.
type checked struct{ overflow bool }

func (s *checked) times(a, b int64) int64 {
	n, ok := calc.Mul(a, b)
	s.overflow = s.overflow || !ok
	return n
}

func (s *checked) minus(a, b int64) int64 {
	n, ok := calc.Sub(a, b)
	s.overflow = s.overflow || !ok
	return n
}
