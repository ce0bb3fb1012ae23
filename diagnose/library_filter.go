package diagnose

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// The families of one filter: how deep it is, how large its window, how many there
// are.

// channelEntries: a filter is as deep as its input.
func channelEntries() []*Entry {
	return []*Entry{
		{ID: "one-input-channel", Catalogue: []string{"M06"}, Rate: .16, Group: "channels", Scopes: "ao", fits: both(full, manyChannels),
			Belief: "a filter has weights for one input channel only", Rule: "A filter is as deep as its input: it has weights for every input channel.", Teacher: "k·k weights a filter, for k·k·C",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Fan = p.without(b.Fan, layer.TermChannels) })}},
		{ID: "own-filters", Catalogue: []string{"M07"}, Rate: .02, Group: "channels", Scopes: "ao", fits: full,
			Belief: "a filter is as deep as its layer has filters", Rule: "A filter is as deep as its input, not as its layer's output.", Teacher: "the layer's own filters for its input channels",
			rewrite: rewrite{banks: deep(func(p *place) int64 { return p.units().Value() })}},
		{ID: "first-channels", Catalogue: []string{"M07"}, Rate: .015, Group: "channels", Scopes: "ao", fits: behindFirst,
			Belief: "every filter is as deep as the image", Rule: "From the second layer on, a filter is as deep as the layer before it has filters.", Teacher: "the image's channels for the input channels",
			rewrite: rewrite{banks: deep(func(p *place) int64 { return p.w.rows[p.engine().firstInput()].out.Channels() })}},
		{ID: "previous-channels", Catalogue: []string{"M07"}, Rate: .012, Group: "channels", Scopes: "ao", fits: behindConv,
			Belief: "a filter is as deep as the input of the layer before it", Rule: "A filter is as deep as the layer before it has filters.", Teacher: "the channels that come into the layer before",
			rewrite: rewrite{banks: deep(func(p *place) int64 {
				g := p.engine()
				return p.w.rows[g.net.Nodes[g.before(p.i, g.isConv)].From[0]].out.Channels()
			})}},
		{ID: "key-channels", Catalogue: []string{"M07"}, Rate: .03, Group: "channels", Scopes: "ao", Beside: true, fits: behindFirst,
			Belief: "the depth is taken from the task, not from the filters counted before", Rule: "A filter is as deep as the layer before it has filters, whatever their number is.", Teacher: "the task's input channels, after other filters of its own",
			rewrite: rewrite{banks: deep(func(p *place) int64 { return p.engine().in(p.i).Channels() })}},
		{ID: "lenet-table", Catalogue: []string{"M26"}, Rate: .05, Group: "channels", Scopes: "o", fits: isC3,
			Belief: "a filter looks at some of the maps, as in the table of LeNet-5's paper", Rule: "Here every filter looks at all six maps.", Teacher: "LeNet-5's connection table: 6 filters of 3 maps, 9 of 4, 1 of 6",
			rewrite: rewrite{banks: lenetTable}},
	}
}

// deep gives filters another depth.
func deep(channels func(*place) int64) func(*place, []layer.Bank) []layer.Bank {
	return each(func(p *place, b *layer.Bank) {
		b.Fan = swap(b.Fan, layer.TermChannels, p.term(layer.TermChannels, channels(p)))
	})
}

func (g *Engine) isConv(i int32) bool { return g.classes[i] == convClass }

func behindFirst(g *Engine, i int32) bool {
	return full(g, i) && g.firstInput() >= 0 && g.net.Nodes[i].From[0] != g.firstInput()
}

func behindConv(g *Engine, i int32) bool { return full(g, i) && g.before(i, g.isConv) != network.None }

// isC3 reports a layer like the third of LeNet-5 (LeCun and others, Gradient-based
// learning applied to document recognition, 1998, table I).
func isC3(g *Engine, i int32) bool {
	return g.net.Nodes[i].Kind.Name == "conv" && g.in(i).Channels() == 6 && g.argument(i, layer.TermFilters) == 16
}

func lenetTable(p *place, banks []layer.Bank) []layer.Bank {
	window := find(banks[0].Fan, layer.TermKernel)
	of := func(maps, filters int64) layer.Bank {
		b := banks[0]
		b.Fan, b.Units = p.term(layer.TermChannels, maps).Times(window), p.term(layer.TermFilters, filters)
		return b
	}
	return []layer.Bank{of(3, 6), of(4, 9), of(6, 1)}
}

// inputEntries: what the image is.
func inputEntries() []*Entry {
	return []*Entry{
		{ID: "rgb", Catalogue: []string{"M07"}, Rate: .02, Group: "input", Scopes: "o",
			fits: func(g *Engine, i int32) bool {
				return isImage(g, i) && g.net.Nodes[i].Out.Channels() != 3 && g.net.Nodes[i].Out.Channels() <= 4
			},
			Belief: "the image has three channels", Rule: "The question says how many channels the image has.", Teacher: "3 channels of the image",
			rewrite: rewrite{axes: channelsOut(func(p *place) calc.Expr { return p.term("rgb", 3) })}},
		{ID: "gray", Catalogue: []string{"M06"}, Rate: .03, Group: "input", Scopes: "o",
			fits: func(g *Engine, i int32) bool {
				return isImage(g, i) && g.net.Nodes[i].Out.Channels() > 1 && g.net.Nodes[i].Out.Channels() <= 4
			},
			Belief: "the channels of the image are left out", Rule: "The question says how many channels the image has.", Teacher: "1 channel of the image",
			rewrite: rewrite{axes: channelsOut(func(p *place) calc.Expr { return p.term("gray", 1) })}},
		{ID: "channels-first", Catalogue: []string{"M38"}, Rate: .015, Group: "input", Scopes: "o",
			fits: func(g *Engine, i int32) bool {
				s := g.net.Nodes[i].Out
				return isImage(g, i) && s.Rank() == 3 && !(s.At(0) == s.At(1) && s.At(1) == s.At(2))
			},
			Belief: "the first side of the input is its channels", Rule: "Here sizes are height, width, channels: the channels come last.", Teacher: "the input's sides turned, channels first",
			rewrite: rewrite{axes: func(_ *place, axes []calc.Expr) []calc.Expr { return []calc.Expr{axes[1], axes[2], axes[0]} }}},
	}
}

func isImage(g *Engine, i int32) bool {
	return g.net.Nodes[i].Kind.Source && g.net.Nodes[i].Out.Rank() >= 3
}

// kernelEntries: a window has height times width weights.
func kernelEntries() []*Entry {
	return []*Entry{
		{ID: "no-kernel", Catalogue: []string{"M37"}, Rate: .02, Group: "kernel", Scopes: "ao", fits: ofClass(convClass),
			Belief: "the size of the window does not count", Rule: "A filter has a weight for each place of its window.", Teacher: "C weights a filter, for k·k·C",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Fan = p.without(b.Fan, layer.TermKernel) })}},
		{ID: "kernel-side", Catalogue: []string{"M37"}, Rate: .012, Group: "kernel", Scopes: "ao",
			fits:   func(g *Engine, i int32) bool { return g.isConv(i) && g.in(i).Spatial() >= 2 },
			Belief: "a window has as many weights as one of its sides", Rule: "A window has height times width weights.", Teacher: "k weights a window, for k·k",
			rewrite: rewrite{banks: each(oneSide)}},
		{ID: "kernel-squared", Catalogue: []string{"M19"}, Rate: .03, Group: "kernel", Scopes: "ao",
			fits:   func(g *Engine, i int32) bool { return g.isConv(i) && g.in(i).Spatial() == 1 },
			Belief: "a window over a sequence is a square", Rule: "A window over a sequence has a length only.", Teacher: "k·k weights a window, for k",
			rewrite: rewrite{banks: each(func(_ *place, b *layer.Bank) { b.Fan = calc.Product(find(b.Fan, layer.TermKernel), b.Fan) })}},
		{ID: "kernel-as-image", Catalogue: []string{"M11"}, Rate: .015, Group: "kernel", Scopes: "ao", fits: both(full, has(layer.TermKernel)),
			Belief: "a filter is as large as the image", Rule: "A filter is as large as its window, which moves over the image.", Teacher: "n·n·C weights a filter",
			rewrite: rewrite{banks: first(func(p *place, b *layer.Bank) {
				b.Fan, b.Units = calc.Product(p.inputPositions(), drop(b.Fan, layer.TermKernel)), p.without(b.Units, layer.TermOutput)
			})}},
		{ID: "weight-per-pixel", Catalogue: []string{"M11"}, Rate: .006, Group: "kernel", Scopes: "ao", fits: both(full, manyChannels),
			Belief: "a filter has one weight for each pixel", Rule: "A filter is as large as its window and as deep as its input.", Teacher: "n·n weights a filter",
			rewrite: rewrite{banks: first(func(p *place, b *layer.Bank) {
				b.Fan, b.Units = p.inputPositions(), p.without(b.Units, layer.TermOutput)
			})}},
	}
}

// oneSide keeps one side of a window.
func oneSide(_ *place, b *layer.Bank) {
	seen := false
	b.Fan = b.Fan.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
		t, ok := x.Term()
		if !ok || t.Name != layer.TermKernel {
			return calc.Expr{}, false
		}
		if seen {
			return calc.Expr{}, true
		}
		seen = true
		return x, true
	})
}

// unitEntries: the same weights serve all positions.
func unitEntries() []*Entry {
	return []*Entry{
		{ID: "one-filter", Catalogue: []string{"M37"}, Rate: .008, Group: "units", Scopes: "ao", fits: full,
			Belief: "one filter is counted", Rule: "Every filter has its own weights and its own bias.", Teacher: "one filter for all",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Units = p.without(b.Units, layer.TermFilters) })}},
		{ID: "unshared", Catalogue: []string{"M10"}, Rate: .015, Group: "units", Scopes: "ao", fits: isKind("conv", "depthwise"),
			Belief: "every position has weights of its own", Rule: "A filter uses the same weights at all positions.", Teacher: "weights and biases for each output position",
			rewrite: rewrite{
				banks: each(func(p *place, b *layer.Bank) { b.Units = calc.Product(p.outputPositions(), b.Units) }),
				macs: func(p *place, banks []layer.Bank, _ calc.Expr) calc.Expr {
					return calc.Product(banks[0].Fan, p.units(), banks[0].Uses)
				}}},
		{ID: "unshared-weights", Catalogue: []string{"M10"}, Rate: .012, Group: "units", Scopes: "ao", fits: isKind("conv"),
			Belief: "every position has weights of its own, and only the biases are shared", Rule: "A filter uses the same weights at all positions.", Teacher: "weights for each output position, one bias a filter",
			rewrite: rewrite{
				banks: each(func(p *place, b *layer.Bank) {
					if b.Fan.Present() {
						b.Fan = calc.Product(b.Fan, p.outputPositions())
					}
				}),
				macs: func(_ *place, _ []layer.Bank, e calc.Expr) calc.Expr { return drop(e, layer.TermOutput) }}},
		{ID: "shared-local", Catalogue: []string{"M10"}, Rate: .05, Group: "units", Scopes: "ao", fits: isKind("localconv"),
			Belief: "positions share their weights", Rule: "Here every position has weights of its own.", Teacher: "one set of weights for all positions",
			rewrite: rewrite{banks: each(func(p *place, b *layer.Bank) { b.Units = p.without(b.Units, layer.TermOutput) })}},
	}
}
