package diagnose

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// biasEntries: each filter or unit has one bias, added once, the same at all
// positions.
func biasEntries() []*Entry {
	return []*Entry{
		{ID: "no-bias", Catalogue: []string{"M01"}, Rate: .16, Group: "bias", Scopes: "ako", fits: hasBias,
			Belief: "no bias is counted", Rule: "Every filter and every unit has one bias of its own, beside its weights.", Teacher: "weights alone, without biases",
			rewrite: rewrite{banks: biased(func(_ *place, b *layer.Bank) { b.Bias = calc.Expr{} })}},
		{ID: "bias-twice", Catalogue: []string{"M02"}, Rate: .02, Group: "bias", Scopes: "ako", fits: hasBias,
			Belief: "the bias is counted twice", Rule: "One bias for each filter or unit is inside the brackets already.", Teacher: "two biases a filter or unit",
			rewrite: rewrite{banks: biased(func(_ *place, b *layer.Bank) { b.Bias = b.Bias.Plus(b.Bias) })}},
		{ID: "one-bias", Catalogue: []string{"M03"}, Rate: .06, Group: "bias", Scopes: "ako", fits: both(hasBias, ofClass(convClass, denseClass)),
			Belief: "a layer has one bias in all", Rule: "A layer has as many biases as it has filters or units.", Teacher: "one bias a layer",
			rewrite: rewrite{banks: oneBias}},
		{ID: "bias-per-weight", Catalogue: []string{"M04"}, Rate: .012, Group: "bias", Scopes: "ao", fits: both(hasBias, full),
			Belief: "every weight of the window has a bias", Rule: "The bias is added once to the whole sum of a filter.", Teacher: "a bias for each weight of the window, in every filter",
			rewrite: rewrite{banks: biased(func(_ *place, b *layer.Bank) { b.Bias = find(b.Fan, layer.TermKernel) })}},
		{ID: "bias-per-channel", Catalogue: []string{"M04"}, Rate: .012, Group: "bias", Scopes: "ao", fits: both(hasBias, full, manyChannels),
			Belief: "a filter has a bias for each input channel", Rule: "A filter sums over all input channels and adds one bias at the end.", Teacher: "a bias for each input channel, in every filter",
			rewrite: rewrite{banks: biased(func(p *place, b *layer.Bank) { b.Bias = p.channels() })}},
		{ID: "bias-of-inputs", Catalogue: []string{"M04"}, Rate: .006, Group: "bias", Scopes: "ao", fits: both(hasBias, full, manyChannels),
			Belief: "there is one bias for each input channel", Rule: "Biases belong to the filters, one each.", Teacher: "as many biases as input channels",
			rewrite: rewrite{banks: biasOfInputs}},
		{ID: "bias-per-output", Catalogue: []string{"M05"}, Rate: .015, Group: "bias", Scopes: "ao", fits: both(hasBias, ofClass(convClass)),
			Belief: "every number of the output has a bias", Rule: "All positions of a filter's map share one bias.", Teacher: "a bias for each output position, in every filter",
			rewrite: rewrite{banks: biased(func(p *place, b *layer.Bank) { b.Bias = p.outputPositions() })}},
		{ID: "bias-added", Catalogue: []string{"M27"}, Rate: .05, Group: "bias", Scopes: "ako", fits: lacksBias,
			Belief: "layers without biases are given some", Rule: "The layers here are stated to be without biases.", Teacher: "one bias a filter or unit, where there is none",
			rewrite: rewrite{banks: addBias}},
	}
}

func lacksBias(g *Engine, i int32) bool {
	c, r := g.classes[i], g.truth.rows[i]
	return (c == convClass || c == denseClass) && r.biases == 0 && r.weights > 0 && g.net.Nodes[i].Bias == network.None
}

func oneBias(p *place, banks []layer.Bank) []layer.Bank {
	banks = slices.Clone(banks)
	for i := range banks {
		if banks[i].Bias.Present() {
			banks[i].Bias = calc.Expr{}
			return append(banks, layer.Bank{Bias: p.term(layer.TermBias, 1), Units: p.number(1)})
		}
	}
	return banks
}

func biasOfInputs(p *place, banks []layer.Bank) []layer.Bank {
	banks = slices.Clone(banks)
	banks[0].Bias = calc.Expr{}
	return append(banks, layer.Bank{Bias: p.term(layer.TermBias, 1), Units: p.channels()})
}

func addBias(p *place, banks []layer.Bank) []layer.Bank {
	banks = slices.Clone(banks)
	if len(banks) > 0 {
		banks[len(banks)-1].Bias = p.term(layer.TermBias, 1)
	}
	return banks
}
