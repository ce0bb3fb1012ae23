package layer

import "cnnl/eval/calc"

// A Rule is one calculation of a kind in words: the tree that gives the
// number, written with the names of its terms.
type Rule struct {
	What string // output height, weights, ...
	Rule string
	In   Shape // the input that it was taken from
}

// samples are inputs to show rules for, one of each form of tensor.
var samples = []Shape{NewShape(32, 30, 8), NewShape(48, 8), NewShape(48), Tokens(48), NewShape(16, 14, 12, 8)}

// Rules shows a kind's rules for the first sample that it takes.
func (k *Kind) Rules() (rules []Rule) {
	if k.Source {
		return nil
	}
	for _, in := range samples {
		for _, with := range [...]Shape{in, turned(in)} {
			c := &Call{Kind: k, In: in, Args: k.sampleArgs(), Sheet: new(calc.Sheet)}
			if k.Merges || k.Beside.Min > 0 {
				c.With = []Shape{with}
			}
			if c.Run(); c.Fault == nil {
				return c.rules()
			}
		}
	}
	return nil
}

// turned is a shape with its last two axes swapped, as a product wants it.
func turned(s Shape) Shape {
	if n := s.Rank(); n > 1 {
		s.axes[n-1], s.axes[n-2] = s.axes[n-2], s.axes[n-1]
	}
	return s
}

// sampleArgs gives every value a number that fits most inputs.
func (k *Kind) sampleArgs() Args {
	args := k.Defaults()
	for i := range k.Params {
		switch p := &k.Params[i]; {
		case p.Shown.Len > 0 || p.Shown.Word > 0:
			args[i] = p.Shown
		case p.Value:
			args[i] = Num(2)
		}
	}
	return args
}

func (c *Call) rules() (rules []Rule) {
	add := func(what string, e calc.Expr) {
		if e.Present() {
			rules = append(rules, Rule{what, e.Names(), c.In})
		}
	}
	for i, e := range c.Axes() {
		add("output "+c.axisName(i), e)
	}
	var params calc.Expr
	for _, b := range c.Banks() {
		params = calc.Sum(params, b.Params())
	}
	add("parameters", params)
	if c.Kind.Stats != nil {
		add("running statistics", c.Kind.Stats(c))
	}
	add("multiply-accumulates", c.Macs())
	return rules
}
