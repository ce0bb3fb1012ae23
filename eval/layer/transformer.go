package layer

import (
	"fmt"
	"strconv"
)

// What transformers learn beside attention: token, position, scale; and param, a
// tensor that takes no input.

var token = &Kind{
	Name:     "token",
	Doc:      "a learned position in front of a sequence, as a class token",
	Example:  "token",
	Sentence: func(*Call) string { return "a learned position in front" },
	Takes:    Range{1, 1},
	Output: func(c *Call) {
		c.Axis(c.size(0).Plus(c.Sheet.Term("token", 1)))
		c.Axis(c.channels())
	},
	Learn:     func(c *Call) []Bank { return []Bank{{Fan: c.Sheet.Term("token", 1), Units: c.channels()}} },
	Positions: Positions{Own: 1},
	Window: func(*Call, int) Window {
		return Window{Taps: 1, Step: 1, Before: 1, Stride: 1, Across: 1}
	},
}

var position = &Kind{
	Name:     "position",
	Doc:      "a learned vector for every position, added to it",
	Example:  "position",
	Params:   []Param{{Name: "length", Doc: "how many positions the table has; not given: those of the input", Type: Count, Min: 1, Learned: true, Said: "a table of %s position(s)"}},
	Sentence: func(*Call) string { return "a learned vector for every position" },
	Takes:    Range{1, 3},
	Output: func(c *Call) {
		length, here := c.arg("length"), c.positions(c.In, TermInput)
		if length.Len > 0 && length.N[0] < here.Value() {
			c.Refuse(Fault{Param: "length", Summary: "the table has fewer positions than the input", Detail: fmt.Sprintf("it has %d, the input %s has %d", length.N[0], c.In, here.Value()), Hint: "it has as many positions as the input, or more", Instead: []string{strconv.FormatInt(here.Value(), 10)}})
		}
		unchanged(c)
	},
	Learn: func(c *Call) []Bank {
		rows := c.positions(c.In, TermInput)
		if c.arg("length").Len > 0 {
			rows = c.count("length")
		}
		return []Bank{{Fan: c.channels(), Units: rows}}
	},
}

var param = &Kind{
	Name:    "param",
	Doc:     "a learned tensor that takes no input; it begins a branch",
	Example: "add { param 1x1x3 } { }",
	Params: []Param{
		{Name: "size", Doc: "the tensor's shape, channels last", Type: Extent, Value: true, Min: 1, Shown: Num(16, 60, 8)},
		{Name: "fixed", Doc: "its numbers are given once and for all, and so are no parameters", Type: Flag, Learned: true, Said: "fixed"},
	},
	Sentence: func(c *Call) string { return "a tensor of " + c.written("size") + " that takes no input" },
	Tensors:  Tensors{Begins: true},
	Output: func(c *Call) {
		for _, n := range c.arg("size").Sides() {
			c.Axis(c.Sheet.Measure("size", "", n))
		}
	},
	Learn: func(c *Call) []Bank {
		if c.is("fixed") {
			return nil
		}
		sides := c.arg("size").Sides()
		fan := c.Sheet.Term("number", 1)
		for i, n := range sides[:len(sides)-1] {
			if side := c.Sheet.Measure("size", "", n); i == 0 {
				fan = side
			} else {
				fan = fan.Times(side)
			}
		}
		return []Bank{{Fan: fan, Units: c.Sheet.Measure("size", "", sides[len(sides)-1])}}
	},
	Standing: Standing{Free: true},
}

var scale = &Kind{
	Name:     "scale",
	Doc:      "multiplies every channel by a learned factor",
	Example:  "scale",
	Params:   []Param{{Name: "bias", Doc: "adds a learned number to every channel too", Type: Flag, Learned: true, Said: "and a bias"}},
	Sentence: func(*Call) string { return "a learned factor for every channel" },
	Output:   unchanged,
	Learn: func(c *Call) []Bank {
		return []Bank{{Fan: c.Sheet.Term("factor", 1), Bias: c.flag("bias"), Units: c.channels()}}
	},
}
