package layer

import (
	"fmt"
	"strconv"

	"cnnl/eval/calc"
)

// The normalizations: batchnorm, groupnorm, instancenorm, layernorm, rmsnorm, and
// lrn, which learns nothing. Gamma is a weight, beta a bias.

var (
	gammaParam = Param{Name: "gamma", Doc: "a learned scale", Type: Flag, Default: On, Learned: true, Told: true}
	betaParam  = Param{Name: "beta", Doc: "a learned shift", Type: Flag, Default: On, Learned: true, Told: true}
	overParam  = Param{Name: "over", Doc: "what is normalized together: the last axis, or all numbers", Type: Choice, Default: Arg{Word: 1},
		Words: []string{"last", "all"}, Learned: true, Told: true}
)

var batchnorm = &Kind{
	Name:    "batchnorm",
	Doc:     "normalizes every channel over the batch, then scales and shifts it",
	Example: "batchnorm",
	Params: []Param{gammaParam, betaParam,
		{Name: "stats", Doc: "a running mean and variance for each channel, kept but not trained", Type: Flag, Default: On, Learned: true},
	},
	Sentence: func(c *Call) string {
		return "batch normalization of every channel" + c.scaled("every channel")
	},
	Output: unchanged,
	Learn:  scaleAndShift((*Call).channels),
	Stats: func(c *Call) calc.Expr {
		if !c.is("stats") {
			return calc.Expr{}
		}
		return c.Sheet.Term(TermStatistics, 2).Times(c.channels())
	},
}

var groupnorm = &Kind{
	Name:    "groupnorm",
	Doc:     "normalizes groups of channels, then scales and shifts every channel",
	Example: "conv 32 3x3; groupnorm 8",
	Params: []Param{
		{Name: "groups", Doc: "parts the channels are split into", Type: Count, Value: true, Min: 1},
		gammaParam, betaParam,
	},
	Sentence: func(c *Call) string {
		return "normalization of " + c.counted("groups") + " of channels" + c.scaled("every channel")
	},
	Output: func(c *Call) {
		if rest := c.In.Channels() % c.arg("groups").N[0]; rest != 0 {
			c.refuseGroups(rest)
		}
		unchanged(c)
	},
	Learn: scaleAndShift((*Call).channels),
}

// refuseGroups tells of channels that cannot be split evenly.
func (c *Call) refuseGroups(rest int64) {
	channels, groups := c.In.Channels(), c.arg("groups").N[0]
	c.Refuse(Fault{Param: "groups", Summary: "the groups do not divide the input channels",
		Detail: fmt.Sprintf("%d input channels in %d groups leave a rest of %d", channels, groups, rest),
		Hint:   fmt.Sprintf("%d divides %d", calc.GCD(channels, groups), channels), Instead: []string{strconv.FormatInt(calc.GCD(channels, groups), 10)}})
}

var instancenorm = &Kind{
	Name:     "instancenorm",
	Doc:      "normalizes every channel of every example, then scales and shifts it",
	Example:  "instancenorm",
	Params:   []Param{scaledUnsaid(gammaParam), betaParam},
	Sentence: func(c *Call) string { return "normalization of every channel by itself" + c.scaled("every channel") },
	Output:   unchanged,
	Learn:    scaleAndShift((*Call).channels),
}

// scaledUnsaid is gamma where PyTorch learns neither a scale nor a shift unless it
// is told to: affine of InstanceNorm2d is False.
func scaledUnsaid(p Param) Param {
	p.Silence = Silence{Unsaid: "scale and shift: learned", Reading: "no gamma no beta", Whose: []string{"PyTorch"}, Along: "beta"}
	return p
}

// overUnsaid is what is normalized together where PyTorch's example of an image, in
// the documentation of LayerNorm, takes all numbers, as the inventors do
// (arXiv 1607.06450), and Keras the last axis.
func overUnsaid(p Param) Param {
	p.Silence = Silence{Unsaid: "normalized: the last axis", Reading: "all", Whose: []string{"PyTorch's example of an image"},
		Where: func(c *Call) bool { return c.In.Spatial() > 1 }}
	return p
}

var layernorm = &Kind{
	Name:     "layernorm",
	Doc:      "normalizes every position over its channels, then scales and shifts",
	Example:  "layernorm",
	Params:   []Param{gammaParam, betaParam, overUnsaid(overParam)},
	Sentence: func(c *Call) string { return "layer normalization" + c.over() },
	Output:   unchanged,
	Learn:    scaleAndShift((*Call).normalized),
}

var rmsnorm = &Kind{
	Name:     "rmsnorm",
	Article:  "an",
	Doc:      "divides every position by its root mean square, then scales",
	Example:  "rmsnorm",
	Params:   []Param{gammaParam, overParam},
	Sentence: func(c *Call) string { return "normalization by the root mean square" + c.over() },
	Output:   unchanged,
	Learn:    scaleAndShift((*Call).normalized),
}

var lrn = &Kind{
	Name:     "lrn",
	Article:  "an",
	Doc:      "local response normalization",
	Example:  "lrn",
	Output:   unchanged,
	Standing: Standing{Light: true},
}

// scaleAndShift learns a gamma and a beta for each of a number of units.
func scaleAndShift(units func(*Call) calc.Expr) func(*Call) []Bank {
	return func(c *Call) []Bank {
		return []Bank{{Fan: c.flag("gamma"), Bias: c.flag("beta"), Units: units(c)}}
	}
}

// normalized is what a layernorm normalizes together.
func (c *Call) normalized() calc.Expr {
	if c.word("over") == "all" {
		return c.elements()
	}
	return c.channels()
}

// over says what is normalized together and scaled.
func (c *Call) over() string {
	if c.word("over") == "all" {
		return " of all numbers together" + c.scaled("every number")
	}
	return " of every position over its channels" + c.scaled("every channel")
}

// scaled says which of scale and shift are learned.
func (c *Call) scaled(of string) string {
	switch scale, shift := c.is("gamma"), c.is("beta"); {
	case scale && shift:
		return ", then a scale and a shift for " + of
	case scale:
		return ", then a scale for " + of
	case shift:
		return ", then a shift for " + of
	}
	return ""
}
