package layer

import "fmt"

// Dense layers and what stands between them: dense, dropout, droppath.

var dense = &Kind{
	Name:    "dense",
	Doc:     "fully connected layer: every unit sees every input",
	Example: "dense f1 30",
	Common:  true,
	Params: []Param{
		{Name: "units", Doc: "number of neurons, the size of the output", Type: Count, Value: true, Min: 1, Learned: true},
		{Name: "each", Doc: "works on the channels of every position by itself", Type: Flag, Said: "at every position by itself"},
		biasParam,
	},
	Sentence: func(c *Call) string {
		return "fully connected layer of " + Counted(c.arg("units").N[0], "neurons")
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
		return c.one(Bank{Fan: c.channels(), Bias: c.flag("bias"), Units: c.count("units"), Multiplies: true, Uses: c.positions(c.In, TermInput)})
	},
	Turned:   Turned{Turns: []string{"dense", "embedding"}, Turn: turnedDense},
	Standing: Standing{Plainer: plainerDense},
}

// turnedDense gives a dense layer a unit for each input of the owner: for each id
// of an embedding.
func turnedDense(c, owner *Call) {
	if owner.Kind == embedding {
		*c.arg("units") = *owner.arg("vocabulary")
		return
	}
	*c.arg("units") = Num(owner.In.Channels())
	*c.arg("each") = *owner.arg("each")
}

// refuseUnflattened shows both things a dense layer on an image may mean.
func (c *Call) refuseUnflattened() {
	flat := c.elements()
	c.Refuse(Fault{
		Summary: "dense needs a vector; its input is " + c.In.WithForm(),
		Detail:  fmt.Sprintf("flatten first makes a vector of %s = %d", flat, flat.Value()),
		Hint: fmt.Sprintf("flatten stands before a dense; each behind it gives %s and works on the %d channels of every position",
			c.In.With(c.arg("units").N[0]), c.In.Channels()),
	})
}

var dropout = &Kind{
	Name:    "dropout",
	Doc:     "sets a part of the numbers to 0 while training",
	Example: "dropout 0.5",
	Params:  []Param{rateParam},
	Sentence: func(c *Call) string {
		return "dropout: sets " + c.written("rate") + " of the numbers to 0 while training"
	},
	Output:   unchanged,
	Standing: Standing{Free: true, Light: true},
}

var droppath = &Kind{
	Name:    "droppath",
	Doc:     "leaves a whole branch out for a part of the examples while training (stochastic depth)",
	Example: "droppath 0.1",
	Params:  []Param{rateParam},
	Sentence: func(c *Call) string {
		return "stochastic depth: leaves the branch out for " + c.written("rate") + " of the examples while training"
	},
	Output:   unchanged,
	Standing: Standing{Free: true, Light: true},
}

var rateParam = Param{Name: "rate", Doc: "the part set to 0, from 0 up to below 1", Type: Rate, Value: true, Shown: Num(1, 2)}
