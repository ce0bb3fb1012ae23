package layer

import (
	"fmt"

	"cnnl/eval/calc"
)

// Kinds that change the size without learning: zeropad, crop, upsample,
// pixelshuffle, pixelunshuffle, and shuffle, which only mixes channels.

var toParam = Param{Name: "to", Doc: "size of the output, whatever the input", Type: Extent, Min: 1, Alone: true}

var zeropad = &Kind{
	Name:    "zeropad",
	Doc:     "zeros around the positions",
	Example: "zeropad 1",
	Params: []Param{
		{Name: "pad", Doc: "zeros on each side", Type: PerAxis, Value: true, Channels: true},
		{Name: "before", Doc: "zeros in front only", Type: PerAxis, Default: Num(0), Instead: true, Channels: true},
		{Name: "after", Doc: "zeros behind only", Type: PerAxis, Default: Num(0), Instead: true, Channels: true},
	},
	Sentence: func(c *Call) string {
		if c.arg("pad").Len == 0 {
			return "zeros around the positions"
		}
		return "zeros around the positions, " + c.written("pad") + " on each side"
	},
	Takes: Range{1, 3},
	Output: func(c *Call) {
		for i := range c.In.Rank() {
			size := c.size(i)
			if c.pads("pad", i) {
				size = size.Plus(c.Sheet.Const(2).Times(c.side("pad", i)))
			}
			for _, end := range [...]string{"before", "after"} {
				if c.arg("pad").Len == 0 && c.pads(end, i) {
					size = size.Plus(c.side(end, i))
				}
			}
			c.Axis(size)
		}
	},
	Window: func(c *Call, axis int) Window {
		return Window{Taps: 1, Step: 1, Before: c.along("pad", axis) + c.along("before", axis), Stride: 1, Across: 1}
	},
}

// pads reports whether a padding is of an axis: of the channels only where it
// has a side for them.
func (c *Call) pads(param string, axis int) bool {
	sides := int(c.arg(param).Len)
	return sides > 0 && (axis < c.In.Spatial() || sides == c.In.Rank())
}

var crop = &Kind{
	Name:    "crop",
	Doc:     "cuts positions off on each side",
	Example: "crop 2",
	Params: []Param{
		{Name: "cut", Doc: "positions cut off on each side", Type: PerAxis, Value: true},
		toParam,
	},
	Sentence: func(c *Call) string {
		if c.is("to") {
			return "the middle " + c.window("to") + " positions"
		}
		return "the positions without the outer " + c.written("cut") + " on each side"
	},
	Takes: Range{1, 3},
	Output: func(c *Call) {
		c.resized(func(i int) calc.Expr {
			if !c.is("to") {
				return c.size(i).Minus(c.Sheet.Const(2).Times(c.side("cut", i)))
			}
			if c.along("to", i) > c.In.At(i) {
				c.Refuse(Fault{Param: "to", Summary: "crop cannot make the input larger",
					Detail: fmt.Sprintf("its %s is %d, and %d are wanted", c.In.axisName(i), c.In.At(i), c.along("to", i)), Hint: "zeropad adds zeros; upsample to stretches"})
			}
			return c.side("to", i)
		})
	},
	Window: func(c *Call, axis int) Window {
		return Window{Taps: 1, Step: 1, Before: -(c.In.At(axis) - c.Out.At(axis)) / 2, Stride: 1, Across: 1}
	},
}

var upsample = &Kind{
	Name:    "upsample",
	Doc:     "repeats or blends positions so that there are more of them",
	Example: "upsample 2",
	Params: []Param{
		{Name: "factor", Doc: "how many positions one becomes", Type: PerAxis, Value: true, Min: 1},
		{Name: "to", Doc: toParam.Doc, Type: Extent, Min: 1, Instead: true},
		{Name: "nearest", Doc: "each position is one of the input's, as it is where nothing is said", Type: Flag, Said: "from the nearest", Group: "mode", Implied: true},
		{Name: "bilinear", Doc: "each position is blended of the two around it along each axis", Type: Flag, Said: "blended of two along each axis", Group: "mode",
			Silence: Silence{Unsaid: "upsampling: nearest", Reading: "bilinear"}},
		{Name: "bicubic", Doc: "each position is blended of the four around it along each axis", Type: Flag, Said: "blended of four along each axis", Group: "mode"},
		{Name: "area", Doc: "each position is the mean of those that it covers", Type: Flag, Said: "the mean of those covered", Group: "mode"},
	},
	Sentence: func(c *Call) string {
		if c.is("to") {
			return "the positions stretched to " + c.window("to")
		}
		return "each position made " + c.window("factor")
	},
	Takes: Range{1, 3},
	Output: func(c *Call) {
		c.resized(func(i int) calc.Expr {
			if c.is("to") {
				return c.side("to", i)
			}
			return c.size(i).Times(c.side("factor", i))
		})
	},
	Window: func(c *Call, axis int) Window {
		n, o := c.In.At(axis), c.Out.At(axis)
		g := calc.GCD(n, o)
		n, o = n/g, o/g
		switch c.chosen("mode") {
		case "bilinear":
			return blendWindow(n, o, 1)
		case "bicubic":
			return blendWindow(n, o, 2)
		case "area":
			return adaptiveWindow(n, o)
		}
		return nearestWindow(n, o)
	},
}

// nearestWindow is the view where output i is the input at floor(i·n/o), as in
// PyTorch.
func nearestWindow(n, o int64) Window {
	return Window{Taps: o, Step: 1, Before: o - 1, Stride: n, Across: o}
}

// blendWindow is the view where output i lies at (i + 1/2)·n/o - 1/2, the corners
// of both not aligned, and is blended of the inputs nearer than reach; where it
// lies on an input, it is that.
func blendWindow(n, o, reach int64) Window {
	middle := 2 * o * reach
	return Window{Taps: 2*middle - 1, Step: 1, Before: o - n + middle - 1, Stride: 2 * n, Across: 2 * o, Middle: middle}
}

// spreadWindow is the view where each position becomes r.
func spreadWindow(r int64) Window {
	return Window{Taps: r, Step: 1, Before: r - 1, Stride: 1, Across: r}
}

// resized changes every spatial axis and keeps the channels.
func (c *Call) resized(side func(axis int) calc.Expr) {
	for i := range c.In.Spatial() {
		c.Axis(side(i))
	}
	c.Axis(c.channels())
}

var factorParam = Param{Name: "factor", Doc: "how many along each axis", Type: PerAxis, Value: true, Min: 1}

var pixelshuffle = &Kind{
	Name:    "pixelshuffle",
	Doc:     "turns groups of channels into finer positions",
	Example: "conv 12 1x1; pixelshuffle 2",
	Params:  []Param{factorParam},
	Sentence: func(c *Call) string {
		return "groups of channels turned into " + c.window("factor") + " positions each"
	},
	Takes: Range{1, 3},
	Output: func(c *Call) {
		for i := range c.In.Spatial() {
			c.Axis(c.size(i).Times(c.factor(i)))
		}
		cells := c.cells()
		if rest := c.In.Channels() % max(cells.Value(), 1); rest != 0 {
			c.Refuse(Fault{Param: "factor", Summary: "the channels do not fill the finer positions",
				Detail: fmt.Sprintf("%d channels over %s = %d leave a rest of %d", c.In.Channels(), cells, cells.Value(), rest)})
			return
		}
		c.Axis(c.channels().Over(cells))
	},
	Window: func(c *Call, axis int) Window { return spreadWindow(c.along("factor", axis)) },
}

var pixelunshuffle = &Kind{
	Name:     "pixelunshuffle",
	Doc:      "turns blocks of positions into channels",
	Example:  "pixelunshuffle 2",
	Params:   []Param{factorParam},
	Sentence: func(c *Call) string { return "blocks of " + c.window("factor") + " positions turned into channels" },
	Takes:    Range{1, 3},
	Output: func(c *Call) {
		for i := range c.In.Spatial() {
			factor := c.along("factor", i)
			if rest := c.In.At(i) % factor; rest != 0 {
				c.Refuse(Fault{Param: "factor", Summary: "the factor does not divide the " + c.In.axisName(i),
					Detail: fmt.Sprintf("%d over %d leaves a rest of %d", c.In.At(i), factor, rest), Hint: "zeropad or crop before it gives the input another size"})
				return
			}
			c.Axis(c.size(i).Over(c.factor(i)))
		}
		c.Axis(c.channels().Times(c.cells()))
	},
	Window: func(c *Call, axis int) Window {
		factor := c.along("factor", axis)
		return Window{Taps: factor, Step: 1, Stride: factor, Across: 1}
	},
}

func (c *Call) factor(axis int) calc.Expr {
	return c.Sheet.Measure("factor", c.In.axisName(axis), c.along("factor", axis))
}

// cells is how many positions one channel becomes, or the other way round.
func (c *Call) cells() (n calc.Expr) {
	for i := range c.In.Spatial() {
		n = calc.Product(n, c.factor(i))
	}
	return n
}

var shuffle = &Kind{
	Name:     "shuffle",
	Doc:      "mixes the channels of groups (ShuffleNet)",
	Example:  "conv 8 1x1; shuffle 2",
	Params:   []Param{{Name: "groups", Doc: "parts the channels are split into", Type: Count, Value: true, Min: 1}},
	Sentence: func(c *Call) string { return "the channels of " + c.counted("groups") + " mixed" },
	Output: func(c *Call) {
		if rest := c.In.Channels() % c.arg("groups").N[0]; rest != 0 {
			c.refuseGroups(rest)
		}
		unchanged(c)
	},
}
