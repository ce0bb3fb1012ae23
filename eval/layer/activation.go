package layer

import (
	"fmt"

	"cnnl/eval/calc"
)

// The activations. They keep the shape, and only prelu learns.

func activation(name, doc string) *Kind {
	return &Kind{Name: name, Doc: doc, Example: name, Output: unchanged, Standing: Standing{Light: true}}
}

func sloped(name, doc string, slope Arg) *Kind {
	k := activation(name, doc)
	k.Params = []Param{{Name: "slope", Doc: "the factor below 0", Type: Slope, Default: slope, Said: "slope %s"}}
	return k
}

var (
	absKind     = activation("abs", "|x|")
	elu         = sloped("elu", "x above 0, slope·(exp(x) - 1) below", Arg{N: [4]int64{1, 1}, Len: 2})
	gelu        = activation("gelu", "x·Φ(x), Φ the normal distribution")
	hardsigmoid = activation("hardsigmoid", "a sigmoid of straight lines")
	hardswish   = activation("hardswish", "x·hardsigmoid(x)")
	leaky       = sloped("leaky", "x above 0, slope·x below", Arg{N: [4]int64{1, 100}, Len: 2})
	mish        = activation("mish", "x·tanh(softplus(x))")
	relu        = activation("relu", "x above 0, else 0")
	relu6       = activation("relu6", "relu, at most 6")
	selu        = activation("selu", "1.0507·elu with the slope 1.6733, so that means and variances are kept")
	sigmoid     = activation("sigmoid", "1/(1 + exp(-x))")
	silu        = activation("silu", "x·sigmoid(x)")
	softmax     = activation("softmax", "positive numbers that add up to 1")
	softplus    = activation("softplus", "log(1 + exp(x))")
	tanh        = activation("tanh", "hyperbolic tangent")
)

// identity passes its input on; nothing new is computed.
var identity = &Kind{
	Name:     "identity",
	Doc:      "passes its input on",
	Example:  "identity",
	Tensors:  Tensors{Ids: true},
	Output:   unchanged,
	Standing: Standing{Free: true, Light: true},
}

// glu is the gated linear unit of Dauphin et al. (arXiv 1612.08083).
var glu = &Kind{
	Name:    "glu",
	Doc:     "the first half of the channels times the sigmoid of the second",
	Example: "conv 8 1x1; glu",
	Output: func(c *Call) {
		if c.In.Channels()%2 != 0 {
			c.Refuse(Fault{Summary: "glu needs an even number of channels", Detail: "the input is " + c.In.WithForm(), Hint: fmt.Sprintf("the layer before it could have %d", c.In.Channels()+1)})
		}
		for i := range c.In.Spatial() {
			c.Axis(c.size(i))
		}
		c.Axis(c.channels().FloorOver(c.Sheet.Const(2)))
	},
}

var prelu = &Kind{
	Name:    "prelu",
	Doc:     "leaky relu whose slopes are learned, one for each channel",
	Example: "prelu",
	Params: []Param{
		{Name: "single", Doc: "one slope for everything", Type: Flag, Learned: true, Said: "one for everything", Silence: Silence{Unsaid: "slopes: one a channel", Reading: "single", Whose: []string{"PyTorch"}}, Group: "slopes"},
		{Name: "each", Doc: "one slope for every number", Type: Flag, Learned: true, Said: "one for every number", Silence: Silence{Unsaid: "slopes: one a channel", Reading: "each", Whose: []string{"Keras"}}, Group: "slopes"},
	},
	Sentence: func(*Call) string { return "prelu: leaky relu whose slopes are learned" },
	Output:   unchanged,
	Learn: func(c *Call) []Bank {
		var units calc.Expr
		switch {
		case c.is("single"):
			units = c.Sheet.Const(1)
		case c.is("each"):
			units = c.elements()
		default:
			units = c.channels()
		}
		return []Bank{{Fan: c.Sheet.Term("slope", 1), Units: units}}
	},
}
