package layer

import (
	"fmt"

	"cnnl/eval/calc"
)

var matmul = &Kind{
	Name:    "matmul",
	Doc:     "matrix product with another tensor: LxC by CxM, for every place of the axes before them",
	Example: "matmul transpose with input",
	Params:  []Param{{Name: "transpose", Doc: "the other one is turned first: MxC becomes CxM", Type: Flag, Said: "the other turned"}},
	Takes:   Range{1, MaxAxes - 1},
	Tensors: Tensors{Beside: Range{1, 1}, Places: func(c *Call, axis int) bool { return axis < c.In.Rank()-2 }},
	Output: func(c *Call) {
		other, inner, outer := c.factors()
		if other.Rank() != c.In.Rank() {
			c.Refuse(Fault{Summary: "matmul multiplies tensors of as many axes", Detail: "found " + c.In.WithForm() + " and " + other.WithForm(), Hint: "reshape gives a tensor other axes; flatten sequence puts positions in a row"})
			return
		}
		for i := range c.In.Rank() - 2 {
			if other.At(i) != c.In.At(i) && min(other.At(i), c.In.At(i)) != 1 {
				c.Refuse(Fault{Summary: "there are not as many matrices on both sides", Detail: fmt.Sprintf("%s by %s: %d meet %d", c.In, other, c.In.At(i), other.At(i)), Hint: "all axes but the last two are alike, or 1"})
			}
		}
		if other.At(inner) != c.In.Channels() {
			hint := "matmul transpose multiplies by the other one turned"
			if c.is("transpose") {
				hint = "without transpose its steps are multiplied"
			}
			c.Refuse(Fault{Summary: "the matrices do not fit", Detail: fmt.Sprintf("%s by %s: %d channels meet %d", c.In, other, c.In.Channels(), other.At(inner)), Hint: hint})
		}
		for i := range c.In.Spatial() {
			c.Axis(c.multiplied(i))
		}
		c.Axis(c.Sheet.Measure("other", other.axisName(outer), other.At(outer)))
	},
	Work: func(c *Call) (n calc.Expr) {
		other, _, outer := c.factors()
		for i := range c.In.Spatial() {
			n = calc.Product(n, c.multiplied(i))
		}
		return calc.Product(n, c.channels(), c.Sheet.Measure("other", other.axisName(outer), other.At(outer)))
	},
}

// multiplied is the size of an axis of a product but its last: of the axes before
// the matrices one of 1 stretches.
func (c *Call) multiplied(axis int) calc.Expr {
	if other := c.With[0]; axis < c.In.Rank()-2 && c.In.At(axis) == 1 {
		return c.Sheet.Measure("other", other.axisName(axis), other.At(axis))
	}
	return c.size(axis)
}

// factors are the other tensor of a product, its axis that the channels meet
// and the one that is left.
func (c *Call) factors() (other Shape, inner, outer int) {
	other = c.With[0]
	inner, outer = other.Rank()-2, other.Rank()-1
	if c.is("transpose") {
		inner, outer = outer, inner
	}
	return other, inner, outer
}
