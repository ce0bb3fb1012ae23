package layer

import (
	"math/bits"
	"strconv"
)

// MaxAxes is how many axes a tensor may have.
const MaxAxes = 8

// A Shape is the size of one tensor, without the batch: a vector N, a
// sequence LxC, an image HxWxC, a volume DxHxWxC. The last axis is the
// channels, those before it are spatial. Tokens are ids, one per step, that
// have no channels yet. The zero Shape is unknown. Shapes compare with ==.
type Shape struct {
	axes   [MaxAxes]int64
	rank   uint8
	tokens bool
}

// NewShape makes a shape of up to MaxAxes axes.
func NewShape(axes ...int64) Shape {
	s := Shape{rank: uint8(len(axes))}
	copy(s.axes[:], axes)
	return s
}

// Tokens makes the shape of n ids.
func Tokens(n int64) Shape { return Shape{axes: [MaxAxes]int64{n}, rank: 1, tokens: true} }

// Known reports whether s is a shape at all.
func (s Shape) Known() bool { return s.rank > 0 }

// IsTokens reports whether s is ids rather than numbers.
func (s Shape) IsTokens() bool { return s.tokens }

// Axes lists the sizes in order, channels last.
func (s *Shape) Axes() []int64 { return s.axes[:s.rank] }

// Rank is the number of axes.
func (s Shape) Rank() int { return int(s.rank) }

// Spatial is the number of axes before the channels.
func (s Shape) Spatial() int {
	if s.tokens || s.rank == 0 {
		return int(s.rank)
	}
	return int(s.rank) - 1
}

// At is the size of axis i, from 0.
func (s Shape) At(i int) int64 { return s.axes[i] }

// Channels is the size of the last axis; 0 for tokens.
func (s Shape) Channels() int64 {
	if s.tokens || s.rank == 0 {
		return 0
	}
	return s.axes[s.rank-1]
}

// Size is the number of elements, and false if it does not fit 64 bits.
func (s Shape) Size() (int64, bool) {
	n := uint64(1)
	for _, a := range s.Axes() {
		high, low := bits.Mul64(n, uint64(a))
		if high != 0 || low > 1<<63-1 {
			return 0, false
		}
		n = low
	}
	return int64(n), true
}

// With returns s with its last axis changed.
func (s Shape) With(channels int64) Shape {
	s.axes[s.rank-1] = channels
	return s
}

// String writes a shape as a script does: 120x120x4.
func (s Shape) String() string {
	if !s.Known() {
		return "?"
	}
	text := strconv.AppendInt(nil, s.axes[0], 10)
	for _, a := range s.axes[1:s.rank] {
		text = strconv.AppendInt(append(text, 'x'), a, 10)
	}
	if s.tokens {
		text = append(text, " tokens"...)
	}
	return string(text)
}

// forms names a tensor by its rank.
var forms = [...]string{"unknown", "vector", "sequence", "image", "volume"}

// Form is the word for what s is: vector, sequence, image, volume, tokens.
func (s Shape) Form() string {
	switch {
	case s.tokens:
		return "tokens"
	case int(s.rank) < len(forms):
		return forms[s.rank]
	}
	return strconv.Itoa(int(s.rank)) + "-axis tensor"
}

// axisNames are the names of the axes, channels last, by the number of
// spatial ones.
var axisNames = [...][]string{0: {"channels"}, 1: {"length", "channels"}, 2: {"height", "width", "channels"}, 3: {"depth", "height", "width", "channels"}}

// AxisNames names the axes of a shape in order, channels last.
func (s Shape) AxisNames() []string {
	spatial := s.Spatial()
	switch {
	case !s.Known():
		return nil
	case spatial >= len(axisNames):
		names := make([]string, s.rank)
		for i := range names {
			names[i] = "axis " + strconv.Itoa(i+1)
		}
		return names
	case s.tokens:
		return axisNames[spatial][:spatial]
	}
	return axisNames[spatial]
}

// Axis finds an axis by its name: height, width, depth, length or channels.
func (s Shape) Axis(name string) (int64, bool) {
	for i, n := range s.AxisNames() {
		if n == name {
			return s.axes[i], true
		}
	}
	return 0, false
}

// axisName names axis i of a shape, channels included.
func (s Shape) axisName(i int) string { return s.AxisNames()[i] }

// WithForm is the shape with its word: the image 120x120x4.
func (s Shape) WithForm() string { return "the " + s.Form() + " " + s.String() }
