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

// Sample is a layer of the kind on the first sample that it takes, to show its
// rules with; nil of an input, which has none.
func (k *Kind) Sample() *Call {
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
				return c
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

// OutputRules are the calculations of the output's sides.
func (c *Call) OutputRules() (rules []Rule) {
	for i, e := range c.Axes() {
		rules = append(rules, Rule{"output " + c.axisName(i), e.Names(), c.In})
	}
	return rules
}

// WordRules are the first side of the output as it is with each word of an option
// that says what it does: output height, pad same.
func (c *Call) WordRules() (rules []Rule) {
	plain := c.OutputRules()
	for i := range c.Kind.Params {
		p := &c.Kind.Params[i]
		for w := range p.About {
			with := Call{Kind: c.Kind, In: c.In, With: c.With, Args: c.Kind.sampleArgs(), Sheet: new(calc.Sheet)}
			with.Args[i] = Arg{Word: uint8(w + 1), From: Given}
			if with.Run(); with.Fault != nil || p.About[w] == "" {
				continue
			}
			if rule := with.OutputRules()[0]; rule.Rule != plain[0].Rule {
				rules = append(rules, Rule{rule.What + ", " + p.Name + " " + p.Words[w], rule.Rule, c.In})
			}
		}
	}
	return rules
}
