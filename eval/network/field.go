package network

import "cnnl/eval/layer"

// A Field is the receptive field of a tensor's positions: from which to which
// input position each depends, along up to three spatial axes of the input. It is
// not cut at the input's border. Nobody changes a Field: layers that leave it as it
// is share one. Where a tensor depends on no position of an input, as one that
// begins with a vector, it is nil.
type Field struct {
	axes [3]fieldAxis
	rank int
	grid *[3]int64 // how many positions the input has
	lie  *layout   // where its positions lie in the tensor; nil: along the same axes
	loss loss      // why it is not followed; then nothing else is known
}

// A loss is why a field is not followed, and the node behind which it is not.
type loss struct {
	why string
	at  int32
}

// PointField is the field of an input, node i: every position sees itself.
func PointField(s layer.Shape, i int32) *Field {
	switch {
	case s.Spatial() == 0:
		return nil
	case s.Spatial() > 3:
		return &Field{loss: loss{manyAxes, i}}
	}
	var both struct { // in one piece of memory
		Field
		grid [3]int64
	}
	f := &both.Field
	f.rank, f.grid = s.Spatial(), &both.grid
	for i := range f.axes[:f.rank] {
		f.axes[i].jump = 1
		f.grid[i] = s.At(i)
	}
	return f
}

// Known reports a field that there is and that is followed. A vector, which has no
// position, has none.
func (f *Field) Known() bool { return f.ofPositions() && !f.isLost() }

// Lost reports one that there is and that is not followed.
func (f *Field) Lost() bool { return f.ofPositions() && f.isLost() }

// Loss says why a field is not followed, as what is said of node at.
func (f *Field) Loss() (why string, at int32) { return f.loss.why, f.loss.at }

func (f *Field) ofPositions() bool { return f != nil && (f.lie == nil || f.lie.spatial > 0) }

func (f *Field) isLost() bool { return f.loss.why != "" }

// Sizes is the number of input positions along each axis of the input; nil: it is
// not followed, or there is none.
func (f *Field) Sizes() []int64 {
	if !f.Known() {
		return nil
	}
	sizes := make([]int64, f.rank)
	for i := range sizes {
		if sizes[i] = f.most(i).size(); sizes[i] == 0 {
			return make([]int64, f.rank) // no window reaches it, whatever it sees along other axes
		}
	}
	return sizes
}

// Seen is the first and the last input position that the output position
// which sees most depends on, along an axis; both may lie beyond the border.
func (f *Field) Seen(axis int) (first, last int64) {
	most := f.most(axis)
	return most.low, most.high
}

// most is what the position that sees most sees along an axis.
func (f *Field) most(axis int) span {
	if f.lie == nil {
		return f.axes[axis].most(0)
	}
	return f.lie.most(&f.axes[axis], uint8(axis))
}

// Jump is how many input positions further on the next turn looks, along an
// axis.
func (f *Field) Jump(axis int) int64 { return f.axes[axis].jump }

// InPlace reports that the tensor's axes are the input's.
func (f *Field) InPlace() bool { return f.lie == nil }

// Grid is the shape of the input's positions.
func (f *Field) Grid() []int64 { return f.grid[:f.rank] }

// Beyond reports a field that is larger than the input along some axis.
func (f *Field) Beyond() bool {
	for i, size := range f.Sizes() {
		if size > f.grid[i] {
			return true
		}
	}
	return false
}

// spans is how many spans a field keeps for its turns.
func (f *Field) spans() (n int) {
	for i := range f.axes {
		n += f.axes[i].spans()
	}
	return n
}

func (a *fieldAxis) spans() (n int) {
	if a.more == nil {
		return 0
	}
	for i := range a.more.parts {
		n += 1 + a.more.parts[i].spans()
	}
	return n + len(a.more.spans)
}
