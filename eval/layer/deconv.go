package layer

import (
	"fmt"

	"cnnl/eval/calc"
)

// The transposed convolution. Its numbers are PyTorch's, and Keras' where PyTorch
// has no such option.

var outpadParam = Param{Name: "outpad", Doc: "added at the far end of the output; not given: none, with same what makes it n·stride; auto: what fills a stride larger than the window", Type: PerAxis, Words: []string{"auto"}, Shown: Num(1), Said: "output padding %s",
	Silence: Silence{Unsaid: "output padding: none", Reading: "auto", Whose: []string{"Keras"}}}

// deconvPad is the padding of what a convolution would have to have to give the
// input: places are taken off.
var deconvPad = Param{Name: "pad", Doc: "places taken off on each side; same: so many that the output is input·stride", Type: PerAxis, Default: Arg{Word: 1}, Words: []string{"valid", "same"},
	Said: "padding %s", Silence: Silence{Unsaid: "padding: none", Reading: "same"}}

var deconv = &Kind{
	Name:    "deconv",
	Doc:     "transposed convolution: spreads every input over a window of the output",
	Example: "deconv 64 2x2 stride 2",
	Common:  true,
	Params:  []Param{filtersParam, kernelParam, strideParam, deconvPad, outpadParam, dilationParam, groupsParam, biasParam},
	Sentence: func(c *Call) string {
		return "transposed convolution with " + c.counted("filters") + " of " + c.window("kernel")
	},
	Takes: Range{1, 3},
	Check: func(c *Call) {
		c.checkFilters()
		c.checkOutpad()
	},
	Output: func(c *Call) {
		c.checkGroups()
		for i := range c.In.Spatial() {
			c.Axis(spread(c, i))
		}
		c.Axis(c.count("filters"))
	},
	Learn: func(c *Call) []Bank {
		banks := convBanks(c)
		banks[0].Uses = c.positions(c.In, TermInput)
		return banks
	},
	Turned:    Turned{Turns: []string{"conv"}, Turn: turnedConv},
	Positions: Positions{Spreads: true},
	Window: func(c *Call, axis int) Window {
		reach := c.reach(axis)
		before := reach - c.along("pad", axis)
		if c.word("pad") == "same" {
			before = reach - max((c.In.At(axis)-1)*c.along("stride", axis)+reach+1-c.Out.At(axis), 0)/2
		}
		return Window{Taps: c.along("kernel", axis), Step: c.along("dilation", axis), Before: before, Stride: 1, Across: c.along("stride", axis)}
	},
}

// turnedConv gives a deconv the window of a conv, and as many filters as that has
// input channels.
func turnedConv(c, owner *Call) {
	*c.arg("filters") = Num(owner.In.Channels())
	for _, name := range [...]string{"kernel", "stride", "pad", "dilation", "groups"} {
		*c.arg(name) = *owner.arg(name)
	}
	if owner.arg("pad").Word > 0 {
		*c.arg("pad") = Arg{Word: 1}
	}
	if owner.word("pad") == "same" {
		*c.arg("pad") = Arg{Word: 2}
	}
}

// spread is the size of a transposed convolution's output along an axis:
// (n-1)s - 2p + d(k-1) + 1 + outpad. With same padding and an outpad, p is half
// of the window's extent, rounded down; without one the size is n·s. Both, and
// what auto is, are Keras' rule (keras/src/backend/common/backend_utils.py).
func spread(c *Call, axis int) calc.Expr {
	n, stride, one := c.size(axis), c.side("stride", axis), c.Sheet.Const(1)
	extent, pad := c.extent(axis), c.side("pad", axis)
	if c.word("pad") == "same" {
		if c.arg("outpad").Len == 0 {
			return n.Times(stride)
		}
		pad = extent.FloorOver(c.Sheet.Const(2))
	}
	grown := n.Minus(one).Times(stride).Minus(c.Sheet.Const(2).Times(pad)).Plus(extent)
	switch added := c.outpad(axis); {
	case added == 0:
		return grown
	case c.word("outpad") == "auto":
		return grown.Plus(stride.Minus(extent))
	}
	return grown.Plus(c.side("outpad", axis))
}

// outpad is what is added at the far end of the output along an axis, whether it
// is stated, auto, or what same padding adds by itself.
func (c *Call) outpad(axis int) int64 {
	stride, extent := c.along("stride", axis), c.reach(axis)+1
	switch {
	case c.arg("outpad").Len > 0:
		return c.along("outpad", axis)
	case c.word("pad") == "same":
		return stride - extent%2
	case c.word("outpad") == "auto":
		return max(stride-extent, 0)
	}
	return 0
}

// checkOutpad holds the output's padding to what a stride leaves open, as
// PyTorch does, and with same padding Keras.
func (c *Call) checkOutpad() {
	for i := range max(c.arg("outpad").Len, c.arg("stride").Len, c.arg("dilation").Len) {
		pad, stride, dilation := c.along("outpad", int(i)), c.along("stride", int(i)), c.along("dilation", int(i))
		if c.word("pad") == "same" && pad >= stride {
			c.Refuse(Fault{Param: "outpad", Summary: "with pad same outpad must be smaller than the stride",
				Detail: fmt.Sprintf("outpad %d, stride %d", pad, stride), Hint: fmt.Sprintf("the most is outpad %d", stride-1), Instead: []string{fmt.Sprintf("outpad %d", stride-1)}})
		} else if pad >= max(stride, dilation) {
			c.Refuse(Fault{Param: "outpad", Summary: "outpad must be smaller than the stride or the dilation",
				Detail: fmt.Sprintf("outpad %d, stride %d, dilation %d", pad, stride, dilation), Hint: fmt.Sprintf("the most is outpad %d", max(stride, dilation)-1), Instead: []string{fmt.Sprintf("outpad %d", max(stride, dilation)-1)}})
		}
	}
}
