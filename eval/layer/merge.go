package layer

import (
	"fmt"
	"slices"

	"cnnl/eval/calc"
)

// Where tensors come together: add, sub, mul, max, concat. They learn
// nothing and count no multiply-accumulates.

func merge(name, doc string, commutes bool) *Kind {
	return &Kind{Name: name, Doc: doc, Example: name + " { conv 3 3x3 pad 1 } { }", Tensors: Tensors{Merges: true, Commutes: commutes}, Output: elementwise}
}

var (
	add      = merge("add", "adds tensors, number by number", true)
	maxMerge = merge("max", "the largest of each number's counterparts", true)
	mul      = merge("mul", "multiplies tensors, number by number", true)
	sub      = merge("sub", "the first tensor less the others", false)
)

// axisWords are the names of axes, as options take them.
var axisWords = []string{"channels", "length", "height", "width", "depth"}

var concat = &Kind{
	Name:    "concat",
	Doc:     "joins tensors along an axis",
	Example: "concat { conv 8 1x1 } { conv 8 3x3 pad 1 }",
	Params: []Param{{Name: "along", Doc: "the axis that grows", Type: Choice, Default: Arg{Word: 1}, Words: axisWords,
		Said: "along the %s"}},
	Tensors:   Tensors{Merges: true},
	Positions: Positions{Joins: (*Call).joinAxis},
	Output:    joined,
}

// elementwise is the shape rule of add and its like: equal shapes, where an
// axis of 1 stretches and a vector has one position.
func elementwise(c *Call) {
	widest := c.In
	for _, s := range c.With {
		if s.Rank() > widest.Rank() {
			widest = s
		}
	}
	for i := range widest.Rank() {
		n, from := int64(1), widest
		for _, s := range c.tensors() {
			size, ok := stretched(s, widest, i)
			switch {
			case !ok:
				c.refuseUnequal(s, widest)
			case size != 1 && n != 1 && size != n:
				c.refuseUnequal(from, s)
			case size != 1:
				n, from = size, s
			}
		}
		c.Axis(c.Sheet.Measure(TermInput, widest.axisName(i), n))
	}
}

// tensors are all that come together.
func (c *Call) tensors() []Shape { return append([]Shape{c.In}, c.With...) }

// stretched is axis i of s seen as a tensor of the rank of like; false: it
// cannot be seen so.
func stretched(s, like Shape, i int) (int64, bool) {
	switch {
	case s.Rank() == like.Rank():
		return s.At(i), true
	case s.Rank() == 1 && i < like.Rank()-1:
		return 1, true
	case s.Rank() == 1:
		return s.At(0), true
	}
	return 1, false
}

func (c *Call) refuseUnequal(a, b Shape) {
	c.Refuse(Fault{Summary: c.Kind.Name + " needs tensors of equal shape", Detail: "found " + a.String() + " and " + b.String(), Hint: bridge(a, b)})
}

// bridge is advice for two tensors that do not fit together.
func bridge(a, b Shape) string {
	if a.Rank() != b.Rank() {
		return "flatten or global pooling brings both to one form"
	}
	if a.With(b.Channels()) == b {
		return fmt.Sprintf("a 1x1 convolution changes the channels: conv %d 1x1", a.Channels())
	}
	return "stride and padding must be such that both keep one size; crop to cuts the larger one"
}

// joinAxis is the axis along which tensors are joined, or -1.
func (c *Call) joinAxis() int { return slices.Index(c.In.AxisNames(), c.word("along")) }

// joined is the shape rule of concat: one axis adds up, the others are equal.
func joined(c *Call) {
	name, along := c.word("along"), c.joinAxis()
	if along < 0 {
		c.Refuse(Fault{Param: "along", Summary: fmt.Sprintf("there is no %s to join along", name), Detail: "the first tensor is " + c.In.WithForm()})
		return
	}
	for i := range c.In.Rank() {
		var sum calc.Expr
		for _, s := range c.tensors() {
			switch {
			case s.Rank() != c.In.Rank(), i != along && s.At(i) != c.In.At(i):
				c.refuseUnjoined(s, name)
				return
			case i == along:
				sum = calc.Sum(sum, c.Sheet.Measure(TermInput, name, s.At(i)))
			}
		}
		if i != along {
			sum = c.size(i)
		}
		c.Axis(sum)
	}
}

func (c *Call) refuseUnjoined(other Shape, along string) {
	hint := "crop to cuts the larger one; pad same keeps sizes"
	if c.In.Rank() != other.Rank() {
		hint = "flatten or global pooling brings both to one form"
	}
	c.Refuse(Fault{Summary: "concat needs tensors that differ in their " + along + " only", Detail: "found " + c.In.String() + " and " + other.String(), Hint: hint})
}
