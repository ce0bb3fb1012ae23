package diagnose

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// The families of groups, normalizations, layers without weights, dense and recurrent
// layers.

// groupEntries: a filter sees the channels of its own group.
func groupEntries() []*Entry {
	separable := isKind("separable")
	return []*Entry{
		{ID: "groups-ignored", Catalogue: []string{"M21"}, Rate: .06, Group: "groups", Scopes: "ao", fits: grouped,
			Belief: "every filter looks at all channels", Rule: "A filter sees only the channels of its own group.", Teacher: "all input channels a filter, for those of its group",
			rewrite: rewrite{banks: ungrouped}},
		{ID: "separable-bias", Catalogue: []string{"M22"}, Rate: .02, Group: "groups", Scopes: "ao", fits: separable,
			Belief: "the depthwise step has biases too", Rule: "A separable convolution has one set of biases, at its end.", Teacher: "biases in the depthwise step as well",
			rewrite: rewrite{banks: first(func(p *place, b *layer.Bank) { b.Bias = p.term(layer.TermBias, 1) })}},
		{ID: "no-pointwise", Catalogue: []string{"M22"}, Rate: .02, Group: "groups", Scopes: "ao", fits: separable,
			Belief: "only the depthwise step is counted", Rule: "A separable convolution has a second step, 1x1 over all channels.", Teacher: "the depthwise step alone",
			rewrite: rewrite{banks: func(_ *place, b []layer.Bank) []layer.Bank { return b[:1] }}},
		{ID: "no-depthwise", Catalogue: []string{"M22"}, Rate: .01, Group: "groups", Scopes: "ao", fits: separable,
			Belief: "only the 1x1 step is counted", Rule: "A separable convolution has a first step, one flat filter for each channel.", Teacher: "the pointwise step alone",
			rewrite: rewrite{banks: func(_ *place, b []layer.Bank) []layer.Bank { return b[1:] }}},
		{ID: "two-gpus", Catalogue: []string{"M26"}, Rate: .03, Group: "groups", Scopes: "a", fits: onTwoGPUs,
			Belief: "the filters are in two groups, as in AlexNet's paper", Rule: "Here every filter looks at all channels.", Teacher: "AlexNet's two groups",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) {
				b.Fan = swap(b.Fan, layer.TermChannels, p.channels().Over(p.term(layer.TermGroups, 2)))
			})}},
	}
}

func grouped(g *Engine, i int32) bool {
	return g.argument(i, layer.TermGroups) > 1 && g.isConv(i) || isKind("depthwise", "separable")(g, i)
}

func ungrouped(p *place, banks []layer.Bank) []layer.Bank {
	banks = slices.Clone(banks)
	switch b := &banks[0]; {
	case p.call.Kind.Name == "depthwise":
		b.Fan = calc.Product(b.Fan, p.channels())
	case len(banks) == 2 && p.call.Kind.Name == "separable":
		banks[1].Fan = calc.Product(b.Fan, banks[1].Fan)
		return banks[1:]
	default:
		b.Fan = drop(b.Fan, layer.TermGroups)
	}
	return banks
}

// onTwoGPUs reports a layer like those of AlexNet that were split (Krizhevsky and
// others, ImageNet classification with deep convolutional neural networks, 2012).
func onTwoGPUs(g *Engine, i int32) bool {
	c, f := g.in(i).Channels(), g.argument(i, layer.TermFilters)
	return g.net.Nodes[i].Kind.Name == "conv" && (c == 96 && f == 256 || c == 384 && (f == 384 || f == 256)) && g.argument(i, layer.TermGroups) == 1
}

// normEntries: a scale and a shift a channel are trained; mean and variance are kept.
func normEntries() []*Entry {
	batch := isKind("batchnorm")
	return []*Entry{
		{ID: "bn-statistics", Catalogue: []string{"M23"}, Rate: .06, Group: "bn", Scopes: "ao", fits: batch,
			Belief: "the running mean and variance are counted as trained", Rule: "The running mean and variance are kept, not trained: two parameters a channel.", Teacher: "4 a channel, for 2",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Fan = calc.Sum(b.Fan, p.term(layer.TermStatistics, 2)) })}},
		{ID: "bn-one", Catalogue: []string{"M23"}, Rate: .012, Group: "bn", Scopes: "ao", fits: batch,
			Belief: "batch normalization has one parameter a channel", Rule: "Batch normalization learns a scale and a shift for each channel.", Teacher: "1 a channel, for 2",
			rewrite: rewrite{banks: biased(func(_ *place, b *layer.Bank) { b.Bias = calc.Expr{} })}},
		{ID: "bn-none", Catalogue: []string{"M23"}, Rate: .025, Group: "bn", Scopes: "ao", fits: ofClass(normClass),
			Belief: "normalization has no parameters", Rule: "Normalization learns a scale and a shift for each channel.", Teacher: "0, for 2 a channel",
			rewrite: rewrite{banks: func(*place, []layer.Bank) []layer.Bank { return nil }}},
		{ID: "bn-layer", Catalogue: []string{"M23"}, Rate: .008, Group: "bn", Scopes: "ao", fits: batch,
			Belief: "normalization has one scale and one shift in all", Rule: "Batch normalization learns a scale and a shift for each channel.", Teacher: "2 a layer, for 2 a channel",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Units = p.number(1) })}},
		{ID: "bn-axis", Catalogue: []string{"M24"}, Rate: .01, Group: "axis", Scopes: "ao",
			fits:   func(g *Engine, i int32) bool { return batch(g, i) && g.in(i).Spatial() > 0 },
			Belief: "batch normalization goes over the width", Rule: "Batch normalization goes channel by channel.", Teacher: "2 for each place along the width",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Units = p.size(p.call.In.Spatial() - 1) })}},
	}
}

// freeEntries: pooling and flattening have nothing to learn.
func freeEntries() []*Entry {
	const rule = "Pooling has nothing to learn: it takes the largest number, or the mean."
	instead := func(f func(p *place) layer.Bank) rewrite {
		return rewrite{banks: func(p *place, _ []layer.Bank) []layer.Bank { return []layer.Bank{f(p)} }}
	}
	return []*Entry{
		{ID: "pool-window", Catalogue: []string{"M20"}, Rate: .02, Group: "free", Scopes: "ao", fits: poolSlides,
			Belief: "the window of a pooling is made of weights", Rule: rule, Teacher: "k·k weights a pooling",
			rewrite: instead(func(p *place) layer.Bank { return layer.Bank{Fan: p.window(), Units: p.number(1)} })},
		{ID: "pool-windows", Catalogue: []string{"M20"}, Rate: .006, Group: "free", Scopes: "ao", fits: poolSlides,
			Belief: "a pooling has a window of weights for each channel", Rule: rule, Teacher: "k·k·C weights a pooling",
			rewrite: instead(func(p *place) layer.Bank { return layer.Bank{Fan: p.window(), Units: p.channels()} })},
		{ID: "pool-trained", Catalogue: []string{"M20"}, Rate: .008, Group: "free", Scopes: "ao", fits: poolSlides,
			Belief: "a pooling has a weight and a bias for each channel", Rule: "Pooling has nothing to learn; only the subsampling of 1998 had.", Teacher: "2 a channel, as LeNet-5's subsampling",
			rewrite: instead(func(p *place) layer.Bank {
				return layer.Bank{Fan: p.term("weight", 1), Bias: p.term(layer.TermBias, 1), Units: p.channels()}
			})},
		{ID: "pool-as-conv", Catalogue: []string{"M20"}, Rate: .006, Group: "free", Scopes: "ao", fits: poolSlides,
			Belief: "a pooling is counted as a convolution", Rule: rule, Teacher: "(k·k·C + 1)·C for a pooling",
			rewrite: instead(func(p *place) layer.Bank {
				return layer.Bank{Fan: calc.Product(p.window(), p.channels()), Bias: p.term(layer.TermBias, 1), Units: p.channels()}
			})},
		{ID: "flatten-as-dense", Catalogue: []string{"M20"}, Rate: .01, Group: "free", Scopes: "o", fits: isFlatten,
			Belief: "flattening is a dense layer", Rule: "Flattening only writes the numbers in a row; it has nothing to learn.", Teacher: "N·N weights for flattening",
			rewrite: instead(func(p *place) layer.Bank {
				n, _ := p.call.In.Size()
				return layer.Bank{Fan: p.term(layer.TermInputs, n), Units: p.term(layer.TermUnits, p.call.Out.At(0))}
			})},
	}
}

// denseEntries: inputs times units.
func denseEntries() []*Entry {
	return []*Entry{
		{ID: "sizes-added", Catalogue: []string{"M36"}, Rate: .012, Group: "units", Scopes: "ao", fits: isKind("dense"),
			Belief: "inputs and units are added", Rule: "Every unit has a weight for every input: inputs times units.", Teacher: "N + U, for N·U + U",
			rewrite: rewrite{banks: func(p *place, _ []layer.Bank) []layer.Bank {
				return []layer.Bank{{Fan: p.channels().Plus(p.units()), Units: p.number(1)}}
			}}},
		{ID: "sizes-multiplied", Catalogue: []string{"M36"}, Rate: .03, Group: "sum", Scopes: "t", fits: onlyDense,
			Belief: "all sizes are multiplied through", Rule: "Each layer has its own weights: count them one layer after the other, and add.", Teacher: "the product of all sizes",
			sum: func(t *tally, _ *change) { t.multiply() }},
	}
}

func onlyDense(g *Engine, _ int32) bool {
	dense := 0
	for i := range g.net.Nodes {
		switch {
		case kindOf(g, "dense")(int32(i)):
			dense++
		case g.learns(int32(i)):
			return false
		}
	}
	return dense > 1
}

// multiply takes the product of all sizes for the parameters.
func (t *tally) multiply() {
	s := new(calc.Sheet)
	var product calc.Expr
	for i, r := range t.w.rows {
		if k := t.w.engine.net.Nodes[i].Kind; k.Source || t.w.engine.classes[i] == denseClass {
			n, _ := r.out.Size()
			product = calc.Product(product, s.Term("size", n))
		}
	}
	if _, over := s.Overflow(); !over {
		t.over = product
	}
}

// recurrentEntries: each gate has a matrix for the input, one for the state, and
// biases.
func recurrentEntries() []*Entry {
	recurrent := ofClass(recurrentClass)
	const two = "A gate has two matrices: one for the input, one for the hidden state."
	return []*Entry{
		{ID: "input-matrix", Catalogue: []string{"M33"}, Rate: .03, Group: "rnn", Scopes: "ao", fits: recurrent,
			Belief: "only the matrix of the input is counted", Rule: two, Teacher: "C·U a gate, for (C + U)·U",
			rewrite: rewrite{banks: first(func(_ *place, b *layer.Bank) { b.Fan = drop(b.Fan, layer.TermHidden) })}},
		{ID: "hidden-matrix", Catalogue: []string{"M33"}, Rate: .03, Group: "rnn", Scopes: "ao", fits: recurrent,
			Belief: "only the matrix of the hidden state is counted", Rule: two, Teacher: "U·U a gate, for (C + U)·U",
			rewrite: rewrite{banks: first(func(_ *place, b *layer.Bank) { b.Fan = drop(b.Fan, layer.TermChannels, layer.TermInputs) })}},
		{ID: "one-gate", Catalogue: []string{"M33"}, Rate: .03, Group: "gates", Scopes: "ao", fits: recurrent,
			Belief: "one gate is counted", Rule: "Every gate has its own matrices and biases.", Teacher: "one gate for all",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Units = p.without(b.Units, layer.TermGates) })}},
		{ID: "other-gates", Catalogue: []string{"M33"}, Rate: .015, Group: "gates", Scopes: "ao", fits: isKind("lstm", "gru"),
			Belief: "the gates are as many as those of the other kind", Rule: "An LSTM has four gates' worth of matrices, a GRU three.", Teacher: "3 gates for an LSTM, 4 for a GRU",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) {
				b.Units = swap(b.Units, layer.TermGates, p.term(layer.TermGates, 7-find(b.Units, layer.TermGates).Value()))
			})}},
		{ID: "bias-vectors", Catalogue: []string{"M33", "M27"}, Rate: .08, Group: "bias", Scopes: "ao", Reading: true, fits: both(recurrent, hasBias),
			Belief: "a gate has the other number of bias vectors", Rule: "Tools differ here: one bias vector for each gate, or two (PyTorch always, Keras' GRU).", Teacher: "2 bias vectors a gate for 1, or 1 for 2",
			rewrite: rewrite{banks: biased(func(p *place, b *layer.Bank) { b.Bias = p.term(layer.TermBias, 3-b.Bias.Value()) })}},
		{ID: "steps-multiplied", Catalogue: []string{"M33"}, Rate: .03, Group: "units", Scopes: "ao", fits: recurrent,
			Belief: "every step has weights of its own", Rule: "A recurrent layer uses the same weights at every step.", Teacher: "all, for each step",
			rewrite: rewrite{
				banks: each(func(p *place, b *layer.Bank) {
					b.Units = calc.Product(p.term(layer.TermSteps, p.call.In.At(0)), b.Units)
				}),
				macs: func(_ *place, _ []layer.Bank, e calc.Expr) calc.Expr { return e }}},
		{ID: "one-direction", Catalogue: []string{"M33"}, Rate: .02, Group: "dir", Scopes: "ao", fits: recurrent,
			Belief: "one direction is counted", Rule: "A layer in both directions has two sets of weights.", Teacher: "one direction for two",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Units = p.without(b.Units, layer.TermDirections) })}},
	}
}
