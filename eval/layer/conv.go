package layer

import (
	"fmt"

	"cnnl/eval/calc"
)

// The convolutions: conv, depthwise, separable, localconv; deconv stands by itself.

var (
	filtersParam    = Param{Name: "filters", Doc: "number of filters, the output's channels", Type: Count, Value: true, Min: 1, Learned: true}
	kernelParam     = Param{Name: "kernel", Doc: "size of the window", Type: PerAxis, Value: true, Min: 1, Learned: true}
	strideParam     = Param{Name: "stride", Doc: "step of the window", Type: PerAxis, Min: 1, Default: Num(1)}
	dilationParam   = Param{Name: "dilation", Doc: "distance between the window's taps", Type: PerAxis, Min: 1, Default: Num(1), Shown: Num(2)}
	groupsParam     = Param{Name: "groups", Doc: "parts the channels are split into", Type: Count, Min: 1, Default: Num(1), Shown: Num(2), Learned: true, Said: "in %s group(s)"}
	multiplierParam = Param{Name: "multiplier", Doc: "filters for each input channel", Type: Count, Min: 1, Default: Num(1), Shown: Num(2), Learned: true, Told: true}
	biasParam       = Param{Name: "bias", Doc: "one bias for each output channel", Type: Flag, Default: On, Learned: true}
	untiedParam     = Param{Name: "untied", Doc: "a bias for each output channel at every position", Type: Flag, Learned: true, Said: "biases of its own at every position"}
)

// padWords say how many zeros a word for the padding adds along an axis. Same is
// TensorFlow's rule (tensorflow/core/framework/common_shape_fns.cc).
var padWords = map[string]string{
	"same":   samePad,
	"causal": "dilation·(kernel - 1) zeros, all in front",
}

const samePad = "max((output - 1)·stride + dilation·(kernel - 1) + 1 - input, 0) zeros in all, half of them on each side, an odd one behind"

// padParam is the padding; words are the ones the kind takes beside numbers.
func padParam(words ...string) Param {
	about := make([]string, len(words))
	for i, w := range words {
		about[i] = padWords[w]
	}
	return Param{Name: "pad", Doc: "zeros added on each side", Type: PerAxis, Default: Arg{Word: 1}, Words: words, About: about,
		Said: "padding %s", Silence: Silence{Unsaid: "padding: none", Reading: "same"}}
}

var conv = &Kind{
	Name:     "conv",
	Doc:      "convolution: each filter looks at all input channels",
	Example:  "conv c1 20 3x3 stride 2 pad 1",
	Common:   true,
	Params:   []Param{filtersParam, kernelParam, strideParam, padParam("valid", "causal", "same"), dilationParam, groupsParam, biasParam, untiedParam},
	Sentence: func(c *Call) string { return "convolution with " + c.counted("filters") + " of " + c.window("kernel") },
	Takes:    Range{1, 3},
	Check:    (*Call).checkFilters,
	Output:   slideToFilters,
	Learn:    convBanks,
	Window:   slideWindow,
	Remark:   unusedRows,
	Standing: Standing{Plainer: plainerConv},
}

var depthwise = &Kind{
	Name:     "depthwise",
	Doc:      "convolution of every channel by itself",
	Example:  "depthwise 3x3 pad 1",
	Common:   true,
	Params:   []Param{kernelParam, multiplierParam, strideParam, padParam("valid", "causal", "same"), dilationParam, biasParam},
	Sentence: func(c *Call) string { return "depthwise convolution: " + c.flatFilters() },
	Takes:    Range{1, 3},
	Output: func(c *Call) {
		slide(c)
		c.Axis(calc.Product(c.channels(), c.many("multiplier")))
	},
	Learn:  func(c *Call) []Bank { return []Bank{c.perChannel(c.flag("bias"))} },
	Window: slideWindow,
	Remark: unusedRows,
}

var separable = &Kind{
	Name:    "separable",
	Doc:     "a depthwise convolution and a 1x1 convolution, with one bias at the end",
	Example: "separable 64 3x3 pad same",
	Common:  true,
	Params:  []Param{filtersParam, kernelParam, multiplierParam, strideParam, padParam("valid", "causal", "same"), dilationParam, biasParam},
	Sentence: func(c *Call) string {
		return "separable convolution: " + c.flatFilters() + ", then " + c.counted("filters") + " across the channels"
	},
	Takes:  Range{1, 3},
	Output: slideToFilters,
	Learn: func(c *Call) []Bank {
		fan := calc.Product(c.channels(), c.many("multiplier"))
		return []Bank{
			c.perChannel(calc.Expr{}),
			{Fan: fan, Bias: c.flag("bias"), Units: c.count("filters"), Multiplies: true, Uses: c.positions(c.Out, TermOutput)},
		}
	},
	Inside: func(c *Call) calc.Expr {
		return calc.Product(c.positions(c.Out, TermOutput), c.channels(), c.many("multiplier"))
	},
	Window: slideWindow,
	Remark: unusedRows,
}

var localconv = &Kind{
	Name:    "localconv",
	Doc:     "convolution whose filters differ at every position",
	Example: "localconv 16 3x3",
	Params:  []Param{filtersParam, kernelParam, strideParam, padParam("valid", "same"), biasParam, untiedUnsaid(untiedParam)},
	Sentence: func(c *Call) string {
		text := "unshared convolution: " + c.counted("filters") + " of " + c.window("kernel") + ", others at every position"
		if c.is("bias") && !c.is("untied") {
			text += ", with one bias each"
		}
		return text
	},
	Takes:  Range{1, 3},
	Output: slideToFilters,
	Learn: func(c *Call) []Bank {
		units := calc.Product(c.positions(c.Out, TermOutput), c.count("filters"))
		weights := Bank{Fan: calc.Product(c.area(), c.channels()), Units: units, Multiplies: true}
		if !c.is("untied") {
			return []Bank{weights, {Bias: c.flag("bias"), Units: c.count("filters")}}
		}
		weights.Bias = c.flag("bias")
		return []Bank{weights}
	},
	Window: slideWindow,
	Remark: unusedRows,
}

// untiedUnsaid is on by itself, as the weights are; in Lasagne only those are
// (untie_biases of LocallyConnected2DLayer).
func untiedUnsaid(p Param) Param {
	p.Default = On
	p.Told = true
	p.Silence = Silence{Unsaid: "biases: others at every position", Reading: "no untied", Whose: []string{"Lasagne"}}
	return p
}

// slideToFilters is the shape rule of convolutions: positions of the window,
// and a channel for each filter.
func slideToFilters(c *Call) {
	c.checkGroups()
	slide(c)
	c.Axis(c.count("filters"))
}

// slide adds the spatial axes of a sliding window.
func slide(c *Call) {
	spatial := c.In.Spatial()
	if spatial > 1 && c.word("pad") == "causal" {
		c.Refuse(Fault{Param: "pad", Summary: "pad causal needs a sequence", Detail: "the input is " + c.In.WithForm(), Hint: "other inputs are padded on both sides, as by pad same", Instead: []string{"pad same"}})
	}
	for i := range spatial {
		c.Axis(slidePlaces(c, i))
	}
}

// slidePlaces is how many places the window has along an axis:
// floor((n + 2p - d(k-1) - 1)/s) + 1, with same and causal padding
// ceil(n/s) (Dumoulin and Visin, A guide to convolution arithmetic, 2016).
func slidePlaces(c *Call, axis int) calc.Expr {
	n, stride := c.size(axis), c.side("stride", axis)
	if word := c.word("pad"); word == "same" || word == "causal" {
		c.extent(axis) // does not decide, but has to fit
		return n.CeilOver(stride)
	}
	return c.room(n, axis).FloorOver(stride).Plus(c.Sheet.Const(1))
}

// room is how far the window can move: n + 2p less its extent.
func (c *Call) room(n calc.Expr, axis int) calc.Expr {
	return n.Plus(c.Sheet.Const(2).Times(c.side("pad", axis))).Minus(c.extent(axis))
}

// extent is how many inputs the window spans: k, or d(k-1) + 1.
func (c *Call) extent(axis int) calc.Expr {
	kernel := c.side("kernel", axis)
	if c.along("dilation", axis) <= 1 {
		return kernel
	}
	one := c.Sheet.Const(1)
	return c.side("dilation", axis).Times(kernel.Minus(one)).Plus(one)
}

// side is a PerAxis along one axis as a named number.
func (c *Call) side(param string, axis int) calc.Expr {
	if c.arg(param).Len > 1 {
		return c.Sheet.Measure(param, c.In.axisName(axis), c.along(param, axis))
	}
	return c.Sheet.Measure(param, "", c.along(param, axis))
}

// many is a multiplier; absent where it is 1.
func (c *Call) many(param string) calc.Expr {
	if c.arg(param).N[0] == 1 {
		return calc.Expr{}
	}
	return c.count(param)
}

// area is the number of a window's taps.
func (c *Call) area() (n calc.Expr) {
	for i := range c.In.Spatial() {
		n = calc.Product(n, c.side("kernel", i))
	}
	return n
}

// convBanks is the filters of a convolution: k·k·(C/groups) weights and a
// bias each, or one at every position.
func convBanks(c *Call) []Bank {
	channels := c.channels()
	if c.arg("groups").N[0] > 1 {
		channels = channels.Over(c.count("groups"))
	}
	filters := Bank{Fan: calc.Product(c.area(), channels), Units: c.count("filters"), Multiplies: true, Uses: c.positions(c.Out, TermOutput)}
	if c.is("untied") {
		return []Bank{filters, {Bias: c.flag("bias"), Units: calc.Product(filters.Uses, filters.Units)}}
	}
	filters.Bias = c.flag("bias")
	return c.one(filters)
}

// perChannel is a flat filter for every channel, or several.
func (c *Call) perChannel(bias calc.Expr) Bank {
	return Bank{Fan: c.area(), Bias: bias, Units: calc.Product(c.channels(), c.many("multiplier")),
		Multiplies: true, Uses: c.positions(c.Out, TermOutput)}
}

// checkGroups holds the channels to the groups: those of the input, where
// there is one, and the filters.
func (c *Call) checkGroups() {
	c.checkDivided("input channels", c.In.Channels())
}

// flatFilters says how many filters every channel has.
func (c *Call) flatFilters() string {
	return Counted(c.arg("multiplier").N[0], "filters") + " of " + c.window("kernel") + " for every channel"
}

func (c *Call) checkFilters() {
	c.checkDivided("filters", c.arg("filters").N[0])
}

func (c *Call) checkDivided(what string, n int64) {
	groups := c.arg("groups").N[0]
	if groups == 0 || n%groups == 0 { // 0: the kind has none
		return
	}
	most := calc.GCD(max(c.In.Channels(), 1), c.arg("filters").N[0])
	c.Refuse(Fault{Param: "groups", Summary: "the groups do not divide the " + what,
		Detail: fmt.Sprintf("%d %s in %d groups leave a rest of %d", n, what, groups, n%groups),
		Hint:   fmt.Sprintf("groups divide both the input channels and the filters, as %d does", most), Instead: []string{fmt.Sprintf("groups %d", most)}})
}

// reach is the distance between a window's first and last tap.
func (c *Call) reach(axis int) int64 {
	return max(c.along("dilation", axis), 1) * (c.along("kernel", axis) - 1)
}

// slideWindow is the view of a sliding window. Same padding puts the odd
// pixel after, causal padding everything in front.
func slideWindow(c *Call, axis int) Window {
	reach, stride := c.reach(axis), c.along("stride", axis)
	w := Window{Taps: c.along("kernel", axis), Step: max(c.along("dilation", axis), 1), Before: c.along("pad", axis), Stride: stride, Across: 1}
	switch c.word("pad") {
	case "same":
		w.Before = max((c.Out.At(axis)-1)*stride+reach+1-c.In.At(axis), 0) / 2
	case "causal":
		w.Before = reach
	}
	return w
}
