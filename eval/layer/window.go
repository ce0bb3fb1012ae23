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
}
