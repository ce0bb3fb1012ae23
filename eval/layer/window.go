package layer

// A Window tells which inputs an output position looks at along an axis, in
// parts of an input position: Across of them make one. Output o has its first
// tap at o·Stride - Before, and Taps of them, each Step behind the one before;
// those that fall between input positions see nothing. For a convolution a
// position has one part; for a transposed one, as many as its stride.
type Window struct {
	Taps, Step     int64
	Before         int64
	Stride, Across int64
	// Cell, where it is not 0: an output sees the whole cell of so many
	// positions that it lies in; one begins at -Before.
	Cell int64
	// Wrap, where it is not 0: after so many outputs the next ones look again
	// where the first did.
	Wrap int64
	// Middle, where it is not 0: an output whose tap of that number, from 1, falls
	// on an input position sees only that.
	Middle int64
	// Uneven is set where outputs look at places that lie in no even order, as those
	// that a slice picks by hand.
	Uneven bool
}

// ownPlace is the view of a layer that leaves every position where it is.
var ownPlace = Window{Taps: 1, Step: 1, Stride: 1, Across: 1}

// Stays reports a window through which every position sees itself.
func (w Window) Stays() bool { return w == ownPlace }

// Everything reports a window through which every output sees all n positions.
func (w Window) Everything(n int64) bool {
	return w.Stride == 0 && w.Before == 0 && w.Step == 1 && w.Taps >= n
}

// Shift reports a window through which output o sees the position o - by.
func (w Window) Shift() (by int64, ok bool) {
	by, w.Before = w.Before, 0
	return by, w.Stays()
}
