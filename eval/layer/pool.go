package layer

import (
	"strings"

	"fmt"

	"cnnl/eval/calc"
)

// The poolings: maxpool, avgpool.

var maxpool = pool("maxpool", "the largest number of each window")

var avgpool = pool("avgpool", "the mean of each window")

func pool(name, doc string) *Kind {
	kernel := kernelParam
	kernel.Learned = false
	stride := strideParam
	stride.Doc, stride.Default, stride.As = "step of the window; as large as the kernel where not given", Arg{}, "kernel"
	pad := Param{Name: "pad", Doc: "places added on each side", Type: PerAxis, Default: Num(0), Words: []string{"same"}, About: []string{strings.Replace(samePad, "zeros", "places", 1)}, Said: "padding %s"}
	most := strings.TrimSuffix(doc, " of each window")
	return &Kind{
		Name:    name,
		Doc:     doc,
		Example: name + " 2x2",
		Params: []Param{kernel, stride, pad, dilationParam,
			{Name: "ceil", Doc: "rounds the number of windows up instead of down", Type: Flag, Said: "rounding up", Silence: Silence{Unsaid: "windows that do not fit: left out", Reading: "ceil", Whose: []string{"Caffe"}}},
			toParam,
			{Name: "global", Doc: "one window over everything; gives a vector", Type: Flag, Alone: true},
		},
		Sentence: func(c *Call) string {
			switch {
			case c.is("global"):
				return "global pooling: " + most + " of every channel"
			case c.is("to"):
				return "pooling to a fixed size: " + most + " of each of " + c.window("to") + " regions"
			}
			return "pooling: " + most + " of each window of " + c.window("kernel")
		},
		Takes:     Range{1, 3},
		Output:    poolPlaces,
		Positions: Positions{Keeps: name + " to 1x1 keeps a position"},
		Window:    poolWindow,
		Standing:  Standing{Plainer: plainerPool},
		Remark: func(c *Call) string {
			if c.is("global") || c.is("to") || c.is("ceil") {
				return ""
			}
			return unusedRows(c.filled())
		},
	}
}

// poolPlaces is the shape rule of poolings.
func poolPlaces(c *Call) {
	if !c.is("global") {
		strided := c.filled()
		for i := range c.In.Spatial() {
			c.Axis(poolPlace(strided, i))
			c.checkPadded(i)
		}
	}
	c.Axis(c.channels())
}

// checkPadded refuses padding so wide that the first window would see nothing
// else: a convolution gives its bias there, a pooling has no number to give.
func (c *Call) checkPadded(axis int) {
	pad, reach := c.along("pad", axis), c.reach(axis)
	if !c.is("to") && pad > reach {
		c.Refuse(Fault{Param: "pad", Summary: fmt.Sprintf("a window would see only padding of %d", pad),
			Detail: fmt.Sprintf("a padding of %d is wider than what the window reaches beyond its first place, %d", pad, reach),
			Hint:   fmt.Sprintf("the most is pad %d", reach), Instead: []string{fmt.Sprintf("pad %d", reach)}})
	}
}

func poolPlace(c *Call, axis int) calc.Expr {
	switch {
	case c.is("to"):
		return c.side("to", axis)
	case c.is("ceil") && c.word("pad") == "":
		return ceilPlaces(c, axis)
	}
	return slidePlaces(c, axis)
}

// ceilPlaces rounds the number of windows up, but drops a last window that
// would begin in the far padding, as Caffe and PyTorch do.
func ceilPlaces(c *Call, axis int) calc.Expr {
	n, one := c.size(axis), c.Sheet.Const(1)
	places := c.room(n, axis).CeilOver(c.side("stride", axis)).Plus(one)
	if (places.Value()-1)*c.along("stride", axis) >= n.Value()+c.along("pad", axis) {
		return places.Minus(c.Sheet.Term("window that would begin in the padding", 1))
	}
	return places
}

func poolWindow(c *Call, axis int) Window {
	if c.is("to") {
		return adaptiveWindow(c.In.At(axis), c.Out.At(axis))
	}
	return slideWindow(c.filled(), axis)
}

// adaptiveWindow is the view of a pooling to a fixed size: output i sees the
// inputs from floor(i·n/o) up to ceil((i+1)·n/o), as in PyTorch.
func adaptiveWindow(n, o int64) Window {
	return Window{Taps: n + o - 1, Step: 1, Before: o - 1, Stride: n, Across: o}
}
