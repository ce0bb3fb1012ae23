package layer

import (
	"fmt"

	"cnnl/eval/calc"
)

// Dense layers and what comes before them: dense, flatten.

var dense = &Kind{
	Name:    "dense",
	Doc:     "fully connected layer: every unit sees every input",
	Example: "dense f1 30",
	Foreign: []string{"linear", "fc", "fully_connected", "fullyconnected", "innerproduct", "inner_product", "affine", "mlp"},
	Common:  true,
	Params: []Param{
		{Name: "units", Doc: "number of neurons, the size of the output", Type: Count, Value: true, Min: 1, Learned: true, Foreign: []string{"out_features", "neurons"}},
		{Name: "each", Doc: "works on the channels of every position by itself", Type: Flag},
		biasParam,
	},
	Output: func(c *Call) {
		if c.In.Rank() > 1 && !c.is("each") {
			c.refuseUnflattened()
			return
		}
		for i := range c.In.Spatial() {
			c.Axis(c.size(i))
		}
		c.Axis(c.count("units"))
	},
	Learn: func(c *Call) []Bank {
		return []Bank{{Fan: c.channels(), Bias: c.flag("bias"), Units: c.count("units"), Multiplies: true, Uses: c.positions(c.In, "input")}}
	},
}

// refuseUnflattened shows both things a dense layer on an image may mean.
func (c *Call) refuseUnflattened() {
	flat := c.elements()
	c.Refuse(Fault{
		Summary: "dense needs a vector; its input is " + c.In.withForm(),
		Detail:  fmt.Sprintf("flatten first makes a vector of %s = %d", flat, flat.Value()),
		Hint: fmt.Sprintf("put flatten before it; or dense %d each, which gives %s and works on the %d channels of every position",
			c.arg("units").N[0], c.In.With(c.arg("units").N[0]), c.In.Channels()),
	})
}

var flatten = &Kind{
	Name:    "flatten",
	Doc:     "all numbers in a row",
	Example: "flatten",
	Foreign: []string{"view", "ravel", "squeeze"},
	Params:  []Param{{Name: "sequence", Doc: "puts the positions in a row and keeps the channels", Type: Flag}},
	Free:    true,
	Output: func(c *Call) {
		if c.is("sequence") && c.In.Rank() > 1 {
			c.Axis(c.positions(c.In, "input"))
			c.Axis(c.channels())
			return
		}
		c.Axis(c.elements())
	},
}

var dropout = &Kind{
	Name:    "dropout",
	Doc:     "sets a part of the numbers to 0 while training",
	Example: "dropout 0.5",
	Foreign: []string{"spatialdropout2d", "dropout2d", "alphadropout"},
	Params:  []Param{{Name: "rate", Doc: "the part set to 0, from 0 up to below 1", Type: Rate, Value: true, Foreign: []string{"p"}}},
	Free:    true,
	Output:  unchanged,
}

var batchnorm = &Kind{
	Name:    "batchnorm",
	Doc:     "normalizes every channel over the batch, then scales and shifts it",
	Example: "batchnorm",
	Foreign: []string{"bn", "batchnorm1d", "batchnorm2d", "batchnorm3d", "batchnormalization", "batch_normalization", "batch_norm"},
	Params: []Param{
		{Name: "gamma", Doc: "a learned scale for each channel", Type: Flag, Default: On, Learned: true, Foreign: []string{"scale", "affine"}},
		{Name: "beta", Doc: "a learned shift for each channel", Type: Flag, Default: On, Learned: true, Foreign: []string{"center", "bias"}},
		{Name: "stats", Doc: "a running mean and variance for each channel, kept but not trained", Type: Flag, Default: On, Learned: true, Foreign: []string{"track_running_stats"}},
	},
	Output: unchanged,
	Learn: func(c *Call) []Bank {
		return []Bank{{Fan: c.flag("gamma"), Bias: c.flag("beta"), Units: c.channels()}}
	},
	Stats: func(c *Call) calc.Expr {
		if !c.is("stats") {
			return calc.Expr{}
		}
		return c.Sheet.Term("mean and variance", 2).Times(c.channels())
	},
}
