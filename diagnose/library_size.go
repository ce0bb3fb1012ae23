package diagnose

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// The families of sizes: where a window stands, how many channels come out, what
// flattening gives.

// windowEntries: how far the window moves and reaches, and what is done with a rest.
func windowEntries() []*Entry {
	return []*Entry{
		{ID: "rounded-up", Catalogue: []string{"M14"}, Rate: .05, Group: "round", Scopes: "ako", fits: slides,
			Belief: "the places of the window are rounded up", Rule: "A window that does not fit any more is left out: round down.", Teacher: "ceil for floor",
			rewrite: rewrite{axes: spatially(rounded("floor", calc.Expr.CeilOver))}},
		{ID: "rounded-down", Catalogue: []string{"M14"}, Rate: .05, Group: "round", Scopes: "ako", fits: slides,
			Belief: "the places of the window are rounded down", Rule: "Here the last window counts too: round up.", Teacher: "floor for ceil",
			rewrite: rewrite{axes: spatially(rounded("ceil", calc.Expr.FloorOver))}},
		{ID: "stride-ignored", Catalogue: []string{"M12"}, Rate: .05, Group: "stride", Scopes: "ako", fits: slides,
			Belief: "the window moves by 1", Rule: "The window moves by the stride: divide by it.", Teacher: "stride 1",
			rewrite: rewrite{args: set(layer.TermStride, constant(1))}},
		{ID: "dilation-ignored", Catalogue: []string{"M34"}, Rate: .05, Group: "dilation", Scopes: "ao",
			fits:   func(g *Engine, i int32) bool { return g.argument(i, layer.TermDilation) > 1 },
			Belief: "dilation does not change the size", Rule: "With dilation d a window spans d(k - 1) + 1 places.", Teacher: "dilation 1",
			rewrite: rewrite{args: set(layer.TermDilation, constant(1))}},
		{ID: "pool-ignored", Catalogue: []string{"M12"}, Rate: .02, Group: "stride", Scopes: "ao", fits: poolSlides,
			Belief: "pooling does not change the size", Rule: "Pooling makes height and width smaller.", Teacher: "the size before pooling",
			rewrite: rewrite{axes: func(p *place, axes []calc.Expr) []calc.Expr {
				for i := range axes {
					axes[i] = p.size(i)
				}
				return axes
			}}},
	}
}

// padEntries: n + 2p.
func padEntries() []*Entry {
	padded := both(slides, has(layer.TermPad))
	return []*Entry{
		{ID: "padding-ignored", Catalogue: []string{"M13"}, Rate: .035, Group: "pad", Scopes: "ako", fits: padded,
			Belief: "there is no padding", Rule: "Padding stands on both sides: n + 2p.", Teacher: "padding 0",
			rewrite: rewrite{args: set(layer.TermPad, constant(0))}},
		{ID: "padding-assumed", Catalogue: []string{"M13"}, Rate: .06, Group: "pad", Scopes: "ako", Reading: true, fits: convSlides,
			Belief: "padding keeps the size (same)", Rule: "Without padding a window of size k takes k - 1 off each side.", Teacher: "padding same",
			rewrite: rewrite{args: func(p *place) { p.word(layer.TermPad, "same") }}},
		{ID: "padding-once", Catalogue: []string{"M13"}, Rate: .02, Group: "pad", Scopes: "ao", fits: padded,
			Belief: "padding stands on one side only", Rule: "Padding stands on both sides: n + 2p.", Teacher: "n + p, for n + 2p",
			rewrite: rewrite{axes: spatially(paddedOnce)}},
		{ID: "kernel-as-padding", Catalogue: []string{"M13"}, Rate: .006, Group: "pad", Scopes: "ao", fits: both(convSlides, has(layer.TermPad)),
			Belief: "the padding is as large as the kernel", Rule: "The question says how much padding there is.", Teacher: "padding k",
			rewrite: rewrite{args: set(layer.TermPad, func(p *place) int64 { return p.call.Along(layer.TermKernel, 0) })}},
	}
}

// formulaEntries: floor((n + 2p - k)/s) + 1.
func formulaEntries() []*Entry {
	return []*Entry{
		{ID: "plus-one", Catalogue: []string{"M15"}, Rate: .04, Group: "formula", Scopes: "ao", fits: slides,
			Belief: "the + 1 is left out", Rule: "The first place of the window counts too: + 1.", Teacher: "(n + 2p - k)/s, without + 1",
			rewrite: rewrite{axes: spatially(func(_ *place, _ int, e calc.Expr) calc.Expr {
				rest, _ := placesBut1(e)
				return rest
			})}},
		{ID: "minus-one", Catalogue: []string{"M15"}, Rate: .01, Group: "formula", Scopes: "ao", fits: slides,
			Belief: "1 is taken off instead of added", Rule: "The first place of the window counts too: + 1.", Teacher: "- 1, for + 1",
			rewrite: rewrite{axes: spatially(func(p *place, _ int, e calc.Expr) calc.Expr {
				if rest, ok := placesBut1(e); ok {
					return rest.Minus(p.number(1))
				}
				return e
			})}},
		{ID: "bracket", Catalogue: []string{"M16"}, Rate: .005, Group: "formula", Scopes: "ao", fits: slides,
			Belief: "the + 1 is taken as part of the divisor", Rule: "Divide by the stride first, then add 1.", Teacher: "(n + 2p - k)/(s + 1)",
			rewrite: rewrite{axes: spatially(func(_ *place, _ int, e calc.Expr) calc.Expr {
				sign, parts := e.Operands()
				if sign == "+" && len(parts) == 2 && parts[0].Rounding() == "floor" {
					_, q := parts[0].Operands()
					return q[0].FloorOver(q[1].Plus(parts[1]))
				}
				return e
			})}},
		{ID: "halved", Catalogue: []string{"M38"}, Rate: .01, Group: "formula", Scopes: "ao", fits: convSlides,
			Belief: "a pooling or a stride of 2 is there that the question does not have", Rule: "No pooling is asked for here.", Teacher: "the size halved",
			rewrite: rewrite{axes: spatially(func(p *place, _ int, e calc.Expr) calc.Expr { return e.FloorOver(p.term("halved", 2)) })}},
	}
}

// rounded rounds quotients otherwise.
func rounded(from string, divide func(e, f calc.Expr) calc.Expr) func(*place, int, calc.Expr) calc.Expr {
	return func(_ *place, _ int, e calc.Expr) calc.Expr {
		return e.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
			if x.Rounding() != from {
				return calc.Expr{}, false
			}
			_, parts := x.Operands()
			return divide(parts[0], parts[1]), true
		})
	}
}

// placesBut1 is a number of places without its + 1; false: it has none.
func placesBut1(e calc.Expr) (rest calc.Expr, ok bool) {
	sign, parts := e.Operands()
	if sign != "+" {
		return e, false
	}
	last := len(parts) - 1
	if _, named := parts[last].Term(); named || !parts[last].Alone() || parts[last].Value() != 1 {
		return e, false
	}
	return calc.Sum(parts[:last]...), true
}

// paddedOnce has padding on one side.
func paddedOnce(_ *place, _ int, e calc.Expr) calc.Expr {
	return e.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
		if sign, parts := x.Operands(); sign == "·" && len(parts) == 2 {
			if t, ok := parts[1].Term(); ok && t.Name == layer.TermPad {
				return parts[1], true
			}
		}
		return calc.Expr{}, false
	})
}

// depthEntries: one map a filter; pooling keeps the channels.
func depthEntries() []*Entry {
	return []*Entry{
		{ID: "filters-per-channel", Catalogue: []string{"M08"}, Rate: .03, Group: "depth", Scopes: "ao", fits: both(isKind("conv"), manyChannels),
			Belief: "every filter gives a map for each input channel", Rule: "A filter sums over all input channels: one map for each filter.", Teacher: "C·F output channels",
			rewrite: rewrite{axes: channelsOut(func(p *place) calc.Expr { return calc.Product(p.channels(), p.units()) })}},
		{ID: "depth-kept", Catalogue: []string{"M09"}, Rate: .02, Group: "depth", Scopes: "ao", fits: isKind("conv", "deconv"),
			Belief: "the depth stays as it was", Rule: "The output has one channel for each filter.", Teacher: "C output channels, for F",
			rewrite: rewrite{axes: channelsOut((*place).channels)}},
		{ID: "pooled-depth", Catalogue: []string{"M09"}, Rate: .015, Group: "depth", Scopes: "ao", fits: poolSlides,
			Belief: "pooling goes over the channels too", Rule: "Pooling keeps the channels; it goes over height and width.", Teacher: "C/k output channels",
			rewrite: rewrite{axes: channelsOut(func(p *place) calc.Expr {
				return p.channels().FloorOver(p.term(layer.TermKernel, max(p.call.Along(layer.TermKernel, 0), 1)))
			})}},
	}
}

// flatEntries: flattening gives height times width times channels.
func flatEntries() []*Entry {
	const all = "Flattening gives height times width times channels."
	return []*Entry{
		{ID: "flat-no-channels", Catalogue: []string{"M18", "M06"}, Rate: .04, Group: "flat", Scopes: "o", fits: both(isFlatten, manyChannels),
			Belief: "the channels are left out", Rule: all, Teacher: "h·w inputs",
			rewrite: rewrite{axes: channelsOut(func(p *place) calc.Expr { return p.inputPositions() })}},
		{ID: "flat-channels-only", Catalogue: []string{"M18", "M17"}, Rate: .012, Group: "flat", Scopes: "o", fits: isFlatten,
			Belief: "only the channels are left", Rule: all, Teacher: "C inputs",
			rewrite: rewrite{axes: channelsOut((*place).channels)}},
		{ID: "flat-before-pool", Catalogue: []string{"M18"}, Rate: .015, Group: "flat", Scopes: "o", fits: behindPool,
			Belief: "the size before the last pooling is taken", Rule: "What is flattened is what the last pooling gives.", Teacher: "the size before the last pooling",
			rewrite: rewrite{args: func(p *place) {
				g := p.engine()
				pool := g.before(p.i, func(j int32) bool { return g.classes[j] == poolClass })
				p.call.In = p.w.rows[g.net.Nodes[pool].From[0]].out
			}}},
		{ID: "flatten-forgotten", Catalogue: []string{"M17"}, Rate: .04, Group: "flat", Scopes: "o", fits: isFlatten,
			Belief: "the flattening is left out", Rule: "The dense layer sees all numbers of the image: they are flattened first.", Teacher: "C inputs at each position",
			rewrite: rewrite{axes: func(p *place, _ []calc.Expr) (axes []calc.Expr) {
				for i := range p.call.In.Rank() {
					axes = append(axes, p.size(i))
				}
				return axes
			}}},
		{ID: "flattened", Catalogue: []string{"M17"}, Rate: .06, Group: "flat", Scopes: "ao",
			fits:   func(g *Engine, i int32) bool { return g.classes[i] == denseClass && g.in(i).Spatial() > 0 },
			Belief: "the dense layer flattens its input by itself", Rule: "Here the dense layer works on the channels of each position by itself.", Teacher: "h·w·C inputs",
			rewrite: rewrite{args: func(p *place) {
				n, _ := p.call.In.Size()
				p.call.In = layer.NewShape(n)
				*p.argument("each") = layer.Arg{}
			}}},
		{ID: "global-as-flatten", Catalogue: []string{"M17"}, Rate: .02, Group: "flat", Scopes: "o",
			fits: func(g *Engine, i int32) bool {
				return g.classes[i] == poolClass && !slides(g, i) && g.net.Nodes[i].Out.Rank() == 1
			},
			Belief: "global pooling is taken for flattening", Rule: "Global pooling leaves one number for each channel.", Teacher: "h·w·C outputs, for C",
			rewrite: rewrite{axes: channelsOut(func(p *place) calc.Expr { return calc.Product(p.inputPositions(), p.channels()) })}},
	}
}

// behindPool reports a flattening where the nearest window is a pooling's.
func behindPool(g *Engine, i int32) bool {
	if !isFlatten(g, i) {
		return false
	}
	j := g.before(i, func(j int32) bool { return g.classes[j] == poolClass || g.classes[j] == convClass })
	return j != network.None && g.classes[j] == poolClass
}

// transposedEntries: (n - 1)s - 2p + k.
func transposedEntries() []*Entry {
	const rule = "A transposed convolution gives (n - 1)s - 2p + k."
	side := func(f func(p *place, n, k, s, pad calc.Expr) calc.Expr) rewrite {
		return rewrite{axes: spatially(func(p *place, a int, _ calc.Expr) calc.Expr {
			return f(p, p.size(a), p.side(layer.TermKernel, a), p.side(layer.TermStride, a), p.side(layer.TermPad, a))
		})}
	}
	list := []*Entry{
		{ID: "deconv-no-outpad", Rate: .03, Belief: "the output padding is left out", Rule: "A transposed convolution gives (n - 1)s - 2p + k, and the output padding on top.", Teacher: "no output padding",
			rewrite: rewrite{axes: spatially(func(_ *place, _ int, e calc.Expr) calc.Expr { return drop(e, layer.TermOutpad) })}},
		{ID: "deconv-times", Rate: .03, Belief: "the size is multiplied by the stride", Rule: rule, Teacher: "n·s",
			rewrite: side(func(_ *place, n, _, s, _ calc.Expr) calc.Expr { return n.Times(s) })},
		{ID: "deconv-n", Rate: .02, Belief: "n·s is taken in place of (n - 1)·s", Rule: rule, Teacher: "n·s - 2p + k",
			rewrite: side(func(p *place, n, k, s, pad calc.Expr) calc.Expr {
				return n.Times(s).Minus(p.number(2).Times(pad)).Plus(k)
			})},
		{ID: "deconv-plus-one", Rate: .02, Belief: "1 is added, as for a convolution", Rule: "A transposed convolution gives (n - 1)s - 2p + k, without + 1.", Teacher: "+ 1",
			rewrite: rewrite{axes: spatially(func(p *place, _ int, e calc.Expr) calc.Expr { return e.Plus(p.number(1)) })}},
		{ID: "deconv-as-conv", Rate: .03, Belief: "the size is that of a convolution", Rule: "A transposed convolution makes its input larger: (n - 1)s - 2p + k.", Teacher: "floor((n + 2p - k)/s) + 1",
			rewrite: side(func(p *place, n, k, s, pad calc.Expr) calc.Expr {
				return n.Plus(p.number(2).Times(pad)).Minus(k).FloorOver(s).Plus(p.number(1))
			})},
	}
	for _, e := range list {
		e.Catalogue, e.Group, e.Scopes, e.fits = []string{"M39"}, "formula", "ao", isKind("deconv")
	}
	return list
}

// countEntries: another number of filters or units than the question's.
func countEntries() []*Entry {
	return []*Entry{
		{ID: "filters-doubled", Catalogue: []string{"M38"}, Rate: .012, Group: "count", Scopes: "o", fits: isKind("conv", "dense"),
			Belief: "twice as many filters or units are taken", Rule: "The question says how many this layer has.", Teacher: "2F, for F",
			rewrite: rewrite{args: func(p *place) {
				if a := p.argument(p.call.Kind.UnitsParam()); a != nil {
					*a = layer.Num(2 * a.N[0])
				}
			}}},
		{ID: "doubling", Catalogue: []string{"M38"}, Rate: .012, Group: "count", Scopes: "a", fits: behindKind("conv"),
			Belief: "the filters double from layer to layer", Rule: "The question says how many filters each layer has.", Teacher: "twice the filters of the layer before",
			rewrite: rewrite{args: set(layer.TermFilters, func(p *place) int64 {
				return 2 * p.w.rows[p.engine().before(p.i, kindOf(p.engine(), "conv"))].out.Channels()
			})}},
	}
}

func kindOf(g *Engine, names ...string) func(int32) bool {
	return func(i int32) bool { return slices.Contains(names, g.net.Nodes[i].Kind.Name) }
}

// behindKind reports a layer of a kind behind another of it.
func behindKind(name string) fit {
	return func(g *Engine, i int32) bool {
		return kindOf(g, name)(i) && g.before(i, kindOf(g, name)) != network.None
	}
}
