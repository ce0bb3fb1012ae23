package network

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// How measures of a node are calculated. What another node owns has no
// calculation here.

// Calculated reports a measure that a layer's rules calculate. Others follow
// from it, or from the shape of the output.
func (m *Measure) Calculated() bool { return m.calc != nil }

// Calculation is how a node comes to its number, of a call that was run; absent
// where nothing is to calculate.
func (m *Measure) Calculation(c *layer.Call, r *Node) calc.Expr {
	if m.calc == nil {
		return calc.Expr{}
	}
	return m.calc(c, r)
}

// Rule is the calculation for a layer that shares nothing.
func (m *Measure) Rule(c *layer.Call) calc.Expr {
	return m.Calculation(c, &Node{Owner: None, Bias: None})
}

func ownParams(c *layer.Call, r *Node) calc.Expr {
	if r.Owner == None {
		return usedParams(c, r)
	}
	return ownBiases(c, r)
}

func usedParams(c *layer.Call, _ *Node) (e calc.Expr) {
	for _, b := range c.Banks() {
		e = calc.Sum(e, b.Params())
	}
	return e
}

func ownWeights(c *layer.Call, r *Node) (e calc.Expr) {
	if r.Owner != None {
		return e
	}
	for _, b := range c.Banks() {
		e = calc.Sum(e, b.Weights())
	}
	return e
}

func ownBiases(c *layer.Call, r *Node) (e calc.Expr) {
	if r.Bias != None {
		return e
	}
	for _, b := range c.Banks() {
		e = calc.Sum(e, b.Biases())
	}
	return e
}

func ownStats(c *layer.Call, r *Node) calc.Expr {
	if r.Owner != None || c.Kind.Stats == nil {
		return calc.Expr{}
	}
	return c.Kind.Stats(c)
}

// Rules shows how a kind's numbers are calculated, for the first sample that it
// takes: the sides of the output, then every measure that is no part and no
// other count of one before.
func Rules(k *layer.Kind) []layer.Rule {
	c := k.Sample()
	if c == nil {
		return nil
	}
	rules := c.OutputRules()
	for i := range Measures {
		m := &Measures[i]
		if e := m.Rule(c); m.Beside == "" && !m.Under && e.Present() {
			rules = append(rules, layer.Rule{What: m.Title, Rule: e.Names(), In: c.In})
		}
	}
	return rules
}
