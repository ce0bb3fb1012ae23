package layer

import (
	"fmt"
	"strings"

	"cnnl/eval/calc"
)

// Kinds for sequences: embedding, simplernn, lstm, gru.

var embedding = &Kind{
	Name:    "embedding",
	Doc:     "a learned vector for every id",
	Example: "embedding 10_000 64",
	Params: []Param{
		{Name: "vocabulary", Doc: "how many different ids there are", Type: Count, Value: true, Min: 1, Learned: true},
		{Name: "dimensions", Doc: "length of each vector, the output's channels", Type: Count, Value: true, Min: 1, Learned: true},
	},
	Sentence: func(c *Call) string {
		return "embedding: " + Counted(c.arg("dimensions").N[0], "numbers") + " for each of " + Counted(c.arg("vocabulary").N[0], "ids")
	},
	Takes:   Range{1, 3},
	Tensors: Tensors{Tokens: true},
	Output: func(c *Call) {
		for i := range c.In.Rank() {
			c.Axis(c.size(i))
		}
		c.Axis(c.count("dimensions"))
	},
	Learn: func(c *Call) []Bank {
		return []Bank{{Fan: c.count("dimensions"), Units: c.count("vocabulary")}}
	},
}

var (
	simplernn = recurrent("simplernn", "recurrent layer: a hidden state goes from step to step", 1, 4, 1, []string{"PyTorch"})
	lstm      = projectedLSTM(recurrent("lstm", "long short-term memory: four gates on a hidden state", 4, 21, 2, []string{"PyTorch"}))
	gru       = recurrent("gru", "gated recurrent unit: three gates on a hidden state", 3, 17, 1, []string{"PyTorch", "Keras"})
)

// recurrent makes a kind with that many gates, each of which sees the input
// and the hidden state: gates·(H·(H + X) + H) parameters. Some tools have two
// bias vectors in each gate. In a step it computes so many numbers for each unit: in
// a gate the products with the input and with the state, their sum and its function,
// 4; an lstm f·c, i·g, their sum, its tanh and o·tanh; a gru r·h, 1 - z, both products
// and their sum.
func recurrent(name, doc string, gates, computed int64, states int, twoBiases []string) *Kind {
	return &Kind{
		Name:    name,
		Doc:     doc,
		Example: name + " 64",
		Params: []Param{
			{Name: "units", Doc: "size of the hidden state", Type: Count, Value: true, Min: 1, Learned: true},
			{Name: "sequence", Doc: "gives the state after every step, not only after the last", Type: Flag, Said: "a state for every step"},
			{Name: "bidirectional", Doc: "a second one runs backwards; both states are joined", Type: Flag, Learned: true, Said: "in both directions"},
			{Name: "bias", Doc: "bias vectors of each gate: 1, or 2 as in " + strings.Join(twoBiases, " and "), Type: Count, Default: Num(1), Off: true, Most: 2, Learned: true, Said: "%s bias vector(s) a gate",
				Silence: Silence{Unsaid: "bias vectors: one a gate", Reading: "2", Whose: twoBiases}},
		},
		Sentence:  func(c *Call) string { return "recurrent layer (" + name + ") of " + c.counted("units") },
		Takes:     Range{1, 1},
		Tensors:   Tensors{Beside: Range{0, states}},
		Positions: Positions{Keeps: "with sequence it keeps the steps"},
		Output: func(c *Call) {
			c.checkStates()
			if c.is("sequence") {
				c.Axis(c.size(0))
			}
			c.Axis(calc.Product(c.directions(), c.state()))
		},
		Learn:  func(c *Call) []Bank { return c.gateBanks(gates) },
		Inside: func(c *Call) calc.Expr { return c.recurrentInside(computed) },
		Window: wholeSequence,
	}
}

// gateBanks are the gates of a recurrent layer, each with a weight for every input
// and for every number of the state, and the projection behind them, if any.
func (c *Call) gateBanks(gates int64) []Bank {
	var bias calc.Expr
	if c.is("bias") {
		bias = c.count("bias")
	}
	var gateTerm calc.Expr
	if gates > 1 {
		gateTerm = c.Sheet.Term(TermGates, gates)
	}
	steps := c.Sheet.Term(TermSteps, c.In.At(0))
	banks := []Bank{{
		Fan:        c.channels().Plus(c.Sheet.Measure(TermHidden, "", c.state().Value())),
		Bias:       bias,
		Units:      calc.Product(gateTerm, c.directions(), c.count("units")),
		Multiplies: true,
		Uses:       steps,
	}}
	if c.is("project") {
		banks = append(banks, Bank{Fan: c.count("units"), Units: calc.Product(c.directions(), c.state()), Multiplies: true, Uses: steps})
	}
	return banks
}

// recurrentInside is what a recurrent layer computes beside its output.
func (c *Call) recurrentInside(computed int64) calc.Expr {
	each := calc.Product(c.Sheet.Term("numbers a unit", computed), c.count("units"))
	if c.is("project") {
		each = each.Plus(c.state())
	}
	given := calc.Product(c.directions(), c.state())
	if c.is("sequence") {
		given = calc.Product(c.size(0), given)
	}
	return calc.Product(c.directions(), c.Sheet.Term(TermSteps, c.In.At(0)), each).Minus(given)
}

// projectedLSTM gives an lstm a matrix behind it that makes its state smaller, as
// Sak et al. have it (arXiv 1402.1128) and PyTorch as proj_size.
func projectedLSTM(k *Kind) *Kind {
	k.Article = "an"
	k.Hands = cell
	k.Params = append(k.Params, Param{Name: "project", Doc: "a matrix makes the state so small before it is given and goes to the next step", Type: Count, Min: 1, Learned: true,
		Said: "projected to %s"})
	return k
}

// cell is the second of the states that an lstm hands on, which is not projected.
func cell(c *Call, place int) Shape {
	if place == 2 && c.is("project") {
		return c.Out.With(c.Out.Channels() / c.arg("project").N[0] * c.arg("units").N[0])
	}
	return c.Out
}

// state is the size of the hidden state that a layer gives.
func (c *Call) state() calc.Expr {
	if c.is("project") {
		return c.count("project")
	}
	return c.count("units")
}

// checkStates holds first states to their sizes: each a vector, or a sequence
// whose last step is taken. The second, of an lstm, is not projected.
func (c *Call) checkStates() {
	for i, s := range c.With {
		units, what := c.arg("units").N[0], "cell"
		if i == 0 {
			units, what = c.state().Value(), "state"
		}
		if c.is("bidirectional") {
			units *= 2
		}
		if s.Spatial() > 1 || s.Channels() != units { // of ids there are no channels
			c.Refuse(Fault{Param: "units", Summary: "the first " + what + " does not fit", Detail: fmt.Sprintf("the %s has %d numbers, and the first one is %s", what, units, s.WithForm()),
				Hint: fmt.Sprintf("dense %d brings it to that size", units)})
		}
	}
}

// directions is 2 where a second layer runs backwards, else absent.
func (c *Call) directions() calc.Expr {
	if !c.is("bidirectional") {
		return calc.Expr{}
	}
	return c.Sheet.Term(TermDirections, 2)
}

// wholeSequence is the view of a layer whose last output has seen every
// step: the largest view counts, and it does not move.
func wholeSequence(c *Call, axis int) Window {
	return Window{Taps: c.In.At(axis), Step: 1, Stride: 0, Across: 1}
}
