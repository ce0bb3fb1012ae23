package layer

import "cnnl/eval/calc"

// The normalizations: batchnorm, groupnorm, instancenorm, layernorm, rmsnorm.
// Gamma is a weight, beta a bias.

var (
	gammaParam = Param{Name: "gamma", Doc: "a learned scale", Type: Flag, Default: On, Learned: true, Foreign: []string{"scale", "affine", "elementwise_affine"}}
	betaParam  = Param{Name: "beta", Doc: "a learned shift", Type: Flag, Default: On, Learned: true, Foreign: []string{"center", "bias"}}
	overParam  = Param{Name: "over", Doc: "what is normalized together: the last axis, or all numbers", Type: Choice, Default: Arg{Word: 1},
		Words: []string{"last", "all"}, Learned: true, Foreign: []string{"axis", "normalized_shape"}}
)

var batchnorm = &Kind{
	Name:    "batchnorm",
	Doc:     "normalizes every channel over the batch, then scales and shifts it",
	Example: "batchnorm",
	Foreign: []string{"bn", "batchnorm1d", "batchnorm2d", "batchnorm3d", "batchnormalization", "batch_normalization", "batch_norm", "syncbatchnorm"},
	Params: []Param{gammaParam, betaParam,
		{Name: "stats", Doc: "a running mean and variance for each channel, kept but not trained", Type: Flag, Default: On, Learned: true, Foreign: []string{"track_running_stats"}},
	},
	Says: func(c *Call) string {
		return "batch normalization of every channel" + c.scaled("every channel")
	},
	Tells:  scales,
	Output: unchanged,
	Learn:  scaleAndShift((*Call).channels),
	Stats: func(c *Call) calc.Expr {
		if !c.is("stats") {
			return calc.Expr{}
		}
		return c.Sheet.Term("statistics", 2).Times(c.channels())
	},
}

var groupnorm = &Kind{
	Name:    "groupnorm",
	Doc:     "normalizes groups of channels, then scales and shifts every channel",
	Example: "conv 32 3x3; groupnorm 8",
	Foreign: []string{"groupnormalization", "group_norm"},
	Params: []Param{
		{Name: "groups", Doc: "parts the channels are split into", Type: Count, Value: true, Min: 1, Foreign: []string{"num_groups"}},
		gammaParam, betaParam,
	},
	Says: func(c *Call) string {
		return "normalization of " + c.counted("groups") + " of channels" + c.scaled("every channel")
	},
	Tells: scales,
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
		Detail: fmtInts("%d input channels in %d groups leave a rest of %d", channels, groups, rest),
		Hint:   fmtInts("take a number that divides %d, such as %d", channels, calc.GCD(channels, groups))})
}

var instancenorm = &Kind{
	Name:    "instancenorm",
	Doc:     "normalizes every channel of every example, then scales and shifts it",
	Example: "instancenorm",
	Foreign: []string{"instancenorm1d", "instancenorm2d", "instancenorm3d", "instancenormalization", "instance_norm"},
	Params:  []Param{gammaParam, betaParam},
	Says:    func(c *Call) string { return "normalization of every channel by itself" + c.scaled("every channel") },
	Tells:   scales,
	Output:  unchanged,
	Learn:   scaleAndShift((*Call).channels),
}

var layernorm = &Kind{
	Name:    "layernorm",
	Doc:     "normalizes every position over its channels, then scales and shifts",
	Example: "layernorm",
	Foreign: []string{"layernormalization", "layer_norm", "ln"},
	Params:  []Param{gammaParam, betaParam, overParam},
	Says:    func(c *Call) string { return "layer normalization" + c.over() },
	Tells:   scales,
	Output:  unchanged,
	Learn:   scaleAndShift((*Call).normalized),
}

var rmsnorm = &Kind{
	Name:    "rmsnorm",
	Doc:     "divides every position by its root mean square, then scales",
	Example: "rmsnorm",
	Foreign: []string{"rms_norm", "rmsnormalization"},
	Params:  []Param{gammaParam, overParam},
	Says:    func(c *Call) string { return "normalization by the root mean square" + c.over() },
	Tells:   scales,
	Output:  unchanged,
	Learn:   scaleAndShift((*Call).normalized),
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

// scales are the options that sentences of norms tell.
var scales = []string{"gamma", "beta", "over"}

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
