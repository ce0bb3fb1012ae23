package diagnose

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// The families of sums and of what an input costs.

// sumEntries: every layer counts once, what is shared too.
func sumEntries() []*Entry {
	const once = "Shared weights are the same numbers: count them once."
	list := []*Entry{
		{ID: "per-use", Catalogue: []string{"M25"}, Rate: .12, Scopes: "t", fits: sharesAnything,
			Belief: "a shared layer is counted at each use", Rule: once + " Some summary tools count them at each use.", Teacher: "what is shared counted at each use",
			sum: func(t *tally, _ *change) {
				for i := range t.w.rows {
					if t.w.engine.shares(int32(i)) {
						t.anew[int32(i)] = true
					}
				}
			}},
		{ID: "per-use-one", Catalogue: []string{"M25"}, Rate: .03, Scopes: "o", fits: sharesBesideOthers,
			Belief: "a layer that shares is counted anew", Rule: once, Teacher: "one use of what is shared counted anew",
			sum: func(t *tally, c *change) { t.anew[c.rows[0]] = true }},
		{ID: "sharing-ignored", Catalogue: []string{"M25"}, Rate: .01, Scopes: "t", fits: sharesAnything,
			Belief: "shared layers are not counted at all", Rule: "What is shared counts, once.", Teacher: "what is shared counted nowhere",
			sum: func(t *tally, _ *change) {
				for i := range t.w.rows {
					if owner := t.w.engine.net.Nodes[i].Owner; owner != network.None {
						t.count(owner, 0)
					}
				}
			}},
		{ID: "conv-only", Catalogue: []string{"M28"}, Rate: .025, Scopes: "t", fits: mixed,
			Belief: "only the convolutions are summed", Rule: "The dense layers count too.", Teacher: "the sum without dense and recurrent layers",
			sum: leaveOut(func(g *Engine, i int32) bool { return g.classes[i] == denseClass || g.classes[i] == recurrentClass })},
		{ID: "dense-only", Catalogue: []string{"M28"}, Rate: .02, Scopes: "t", fits: mixed,
			Belief: "only the dense layers are summed", Rule: "The convolutions count too.", Teacher: "the sum of the dense layers",
			sum: leaveOut(func(g *Engine, i int32) bool { return g.classes[i] != denseClass })},
		{ID: "last-left-out", Catalogue: []string{"M28"}, Rate: .02, Scopes: "t", fits: always,
			Belief: "the last layer is left out", Rule: "The last layer has parameters too.", Teacher: "the sum without the last layer",
			sum: func(t *tally, _ *change) {
				for i := int32(len(t.w.rows)) - 1; i >= 0; i-- {
					if t.w.engine.learns(i) {
						t.count(i, 0)
						return
					}
				}
			}},
		{ID: "left-out", Catalogue: []string{"M28"}, Rate: .02, Scopes: "o", fits: (*Engine).learns,
			Belief: "a layer is left out", Rule: "Every layer that learns is in the sum.", Teacher: "the sum without this layer",
			sum: func(t *tally, c *change) { t.count(c.rows[0], 0) }},
		{ID: "counted-twice", Catalogue: []string{"M25"}, Rate: .012, Scopes: "o", fits: (*Engine).learns,
			Belief: "a layer is counted twice", Rule: "Every layer is in the sum once.", Teacher: "the sum with this layer twice",
			sum: func(t *tally, c *change) { t.count(c.rows[0], 2) }},
		{ID: "trainable", Catalogue: []string{"M20"}, Rate: .03, Scopes: "t", fits: anyFrozen,
			Belief: "frozen parameters are left out", Rule: "Frozen parameters are parameters too; they are not trained.", Teacher: "the sum without frozen layers",
			sum: leaveOut(func(g *Engine, i int32) bool { f := g.net.Nodes[i].Frozen; return f.Weights && f.Biases })},
	}
	for _, e := range list {
		e.Group = "sum"
	}
	return list
}

func sharesAnything(g *Engine, _ int32) bool { return g.net.Totals.PerUse != g.net.Totals.Params() }
func anyFrozen(g *Engine, _ int32) bool      { return g.net.Totals.Frozen > 0 }

// shares reports a node that uses what another owns.
func (g *Engine) shares(i int32) bool {
	r := &g.net.Nodes[i]
	return (r.Owner != network.None || r.Bias != network.None) && r.PerUse > 0
}

func sharesBesideOthers(g *Engine, i int32) bool {
	n := 0
	for j := range g.net.Nodes {
		if g.shares(int32(j)) {
			n++
		}
	}
	return n > 1 && g.shares(i)
}

func mixed(g *Engine, _ int32) bool {
	conv, dense := false, false
	for i := range g.net.Nodes {
		if g.learns(int32(i)) {
			conv, dense = conv || g.classes[i] == convClass, dense || g.classes[i] == denseClass
		}
	}
	return conv && dense
}

// leaveOut does not count some layers.
func leaveOut(which func(g *Engine, i int32) bool) func(*tally, *change) {
	return func(t *tally, _ *change) {
		for i := range t.w.rows {
			if g := t.w.engine; (g.learns(int32(i)) || g.truth.rows[i].activations > 0) && which(g, int32(i)) {
				t.count(int32(i), 0)
			}
		}
	}
}

// costEntries: each weight multiplies once per output position; biases are added, and
// the input is given.
func costEntries() []*Entry {
	return []*Entry{
		{ID: "field-without-strides", Catalogue: []string{"M40"}, Rate: .1, Group: "field", Scopes: "a", fits: slides,
			Belief: "strides do not widen the receptive field", Rule: "Behind a stride every step of a window is that much wider in the image.", Teacher: "the sum of k - 1, without strides",
			rewrite: rewrite{flat: true}},
		{ID: "input-counted", Catalogue: []string{"M32"}, Rate: .06, Group: "act", Scopes: "t", Reading: true, fits: always,
			Belief: "the input is counted", Rule: "The input is given, not computed.", Teacher: "activations with the input",
			sum: func(t *tally, _ *change) { t.inputs++ }},
		{ID: "input-twice", Catalogue: []string{"M32"}, Rate: .02, Group: "act", Scopes: "t", fits: always,
			Belief: "the input is counted twice", Rule: "The input is given, not computed.", Teacher: "activations with the input twice",
			sum: func(t *tally, _ *change) { t.inputs += 2 }},
		{ID: "macs-with-bias", Catalogue: []string{"M29"}, Rate: .06, Group: "macs", Scopes: "a", fits: hasBias,
			Belief: "adding a bias is counted as a multiplication", Rule: "A bias is added, not multiplied.", Teacher: "(k·k·C + 1)·F·P",
			rewrite: rewrite{macs: func(_ *place, banks []layer.Bank, _ calc.Expr) calc.Expr {
				return multiplies(banks, func(b layer.Bank) calc.Expr { return calc.Product(calc.Sum(b.Fan, b.Bias), b.Units, b.Uses) })
			}}},
		{ID: "macs-over-input", Catalogue: []string{"M30"}, Rate: .04, Group: "macs", Scopes: "ao", fits: convSlides,
			Belief: "the window stands at every position of the input", Rule: "Count the positions of the output: only there does the window stop.", Teacher: "positions of the input, for those of the output",
			rewrite: rewrite{macs: func(p *place, banks []layer.Bank, _ calc.Expr) calc.Expr {
				return multiplies(banks, func(b layer.Bank) calc.Expr { return calc.Product(b.Fan, b.Units, p.inputPositions()) })
			}}},
		{ID: "macs-channels-twice", Catalogue: []string{"M31"}, Rate: .02, Group: "macs", Scopes: "ao", fits: both(full, manyChannels),
			Belief: "the input channels are multiplied in twice", Rule: "The channels are in the weights of a filter already.", Teacher: "C twice",
			rewrite: rewrite{macs: func(p *place, _ []layer.Bank, e calc.Expr) calc.Expr { return calc.Product(e, p.channels()) }}},
		{ID: "macs-once", Catalogue: []string{"M30"}, Rate: .03, Group: "macs", Scopes: "ao", fits: full,
			Belief: "each weight multiplies once", Rule: "Each weight multiplies at every position of the output.", Teacher: "k·k·C·F, without positions",
			rewrite: rewrite{macs: func(_ *place, _ []layer.Bank, e calc.Expr) calc.Expr {
				return drop(e, layer.TermOutput, layer.TermSteps)
			}}},
	}
}

// multiplies sums over the banks whose weights multiply.
func multiplies(banks []layer.Bank, of func(layer.Bank) calc.Expr) (sum calc.Expr) {
	for _, b := range banks {
		if b.Multiplies && b.Fan.Present() {
			sum = calc.Sum(sum, of(b))
		}
	}
	return sum
}
