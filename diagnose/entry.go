package diagnose

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// An Entry is one misconception: what somebody believes, and what that does to the
// rules.
type Entry struct {
	ID        string
	Catalogue []string // its numbers in the catalogue of misconceptions
	Belief    string   // behind if: no bias is counted
	Rule      string   // what holds instead, for the student
	Teacher   string   // what is calculated instead, for the teacher
	Rate      float64  // how often, among wrong answers
	Group     string   // two of a group exclude each other at one place
	Scopes    string   // where it is held: letters of scopes
	Beside    bool     // it shows only beside another
	Reading   bool     // another way to count, no mistake

	fits func(g *Engine, i int32) bool // a node that it is about
	rewrite
	sum func(t *tally, c *change) // how numbers are summed
}

// A rewrite is what becomes of the rules of one layer; what is nil stays.
type rewrite struct {
	args  func(*place)
	axes  func(*place, []calc.Expr) []calc.Expr
	banks func(*place, []layer.Bank) []layer.Bank
	macs  func(*place, []layer.Bank, calc.Expr) calc.Expr
	flat  bool // strides do not widen the receptive field
}

// ofLayers reports a rewrite that does anything.
func (r *rewrite) ofLayers() bool {
	return r.args != nil || r.axes != nil || r.banks != nil || r.macs != nil || r.flat
}

// rewritesFor reports a rewrite that may change a number: sizes have a say in everything,
// what is learned in costs.
func (r *rewrite) rewritesFor(property string) bool {
	switch {
	case r.args != nil || r.axes != nil:
		return true
	case isSide(property) || property == "activations":
		return false
	case isField(property):
		return r.flat
	case property == "macs":
		return r.banks != nil || r.macs != nil
	}
	return r.banks != nil
}

// The scopes of a belief: everywhere, in all layers of one class, in one place, or in
// how all is summed.
const (
	everywhere = 'a'
	byClass    = 'k'
	onePlace   = 'o'
	ofWhole    = 't'
)

// ScopeWords says of each scope where a belief is held.
var ScopeWords = map[byte]string{everywhere: "everywhere", byClass: "in one class", onePlace: "in one place", ofWhole: "in the sum"}

// Library lists the misconceptions, family by family.
func Library() []*Entry {
	return slices.Concat(biasEntries(), channelEntries(), inputEntries(), kernelEntries(), unitEntries(), groupEntries(), normEntries(), freeEntries(), denseEntries(),
		recurrentEntries(), windowEntries(), padEntries(), formulaEntries(), depthEntries(), flatEntries(), transposedEntries(), countEntries(), sumEntries(), costEntries())
}

// A fit reports a node that an entry is about.
type fit = func(g *Engine, i int32) bool

func isKind(names ...string) fit {
	return func(g *Engine, i int32) bool { return slices.Contains(names, g.net.Nodes[i].Kind.Name) }
}

func ofClass(some ...class) fit {
	return func(g *Engine, i int32) bool { return slices.Contains(some, g.classes[i]) }
}

func both(fits ...fit) fit {
	return func(g *Engine, i int32) bool {
		return !slices.ContainsFunc(fits, func(f fit) bool { return !f(g, i) })
	}
}

func always(*Engine, int32) bool { return true }

// full are the convolutions whose filters look at all channels.
var full = isKind("conv", "deconv", "localconv")

func manyChannels(g *Engine, i int32) bool { return g.in(i).Channels() > 1 }

func has(argument string) fit {
	return func(g *Engine, i int32) bool { return g.net.Nodes[i].Kind.Find(argument) >= 0 }
}

func hasBias(g *Engine, i int32) bool {
	c := g.classes[i]
	return (c == convClass || c == denseClass || c == recurrentClass || g.net.Nodes[i].Kind.Name == "attention") && g.truth.rows[i].biases > 0
}

func isFlatten(g *Engine, i int32) bool {
	r := &g.net.Nodes[i]
	return r.Kind.Name == "flatten" && r.Out.Rank() == 1 && g.in(i).Rank() > 1
}

// slides reports a window that has floor((n + 2p - k)/s) + 1 places.
func slides(g *Engine, i int32) bool {
	c := g.classes[i]
	return (c == convClass || c == poolClass) && !g.net.Nodes[i].Kind.Spreads && g.argument(i, "global") == 0 && g.argument(i, "to") == 0
}

var (
	convSlides = both(ofClass(convClass), slides)
	poolSlides = both(ofClass(poolClass), slides)
)

// drop leaves the terms of some names out.
func drop(e calc.Expr, names ...string) calc.Expr {
	return e.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
		t, ok := x.Term()
		return calc.Expr{}, ok && slices.Contains(names, t.Name)
	})
}

// swap puts something else in place of the terms of a name.
func swap(e calc.Expr, name string, by calc.Expr) calc.Expr {
	return e.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
		t, ok := x.Term()
		return by, ok && t.Name == name
	})
}

// find multiplies the terms of a name that stand in e.
func find(e calc.Expr, name string) (product calc.Expr) {
	e.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
		if t, ok := x.Term(); ok && t.Name == name {
			product = calc.Product(product, x)
		}
		return calc.Expr{}, false
	})
	return product
}

// each does something to every bank.
func each(f func(p *place, b *layer.Bank)) func(*place, []layer.Bank) []layer.Bank {
	return func(p *place, banks []layer.Bank) []layer.Bank {
		banks = slices.Clone(banks)
		for i := range banks {
			f(p, &banks[i])
		}
		return banks
	}
}

// biased does something to every bank that has biases.
func biased(f func(p *place, b *layer.Bank)) func(*place, []layer.Bank) []layer.Bank {
	return each(func(p *place, b *layer.Bank) {
		if b.Bias.Present() {
			f(p, b)
		}
	})
}

// first does something to the first bank, if there is one.
func first(f func(p *place, b *layer.Bank)) func(*place, []layer.Bank) []layer.Bank {
	return func(p *place, banks []layer.Bank) []layer.Bank {
		if banks = slices.Clone(banks); len(banks) > 0 {
			f(p, &banks[0])
		}
		return banks
	}
}

// spatially rewrites the axes but the channels.
func spatially(f func(p *place, axis int, e calc.Expr) calc.Expr) func(*place, []calc.Expr) []calc.Expr {
	return func(p *place, axes []calc.Expr) []calc.Expr {
		for i := range min(len(axes)-1, p.call.In.Spatial()) {
			axes[i] = f(p, i, axes[i])
		}
		return axes
	}
}

// channelsOut rewrites the last axis.
func channelsOut(f func(p *place) calc.Expr) func(*place, []calc.Expr) []calc.Expr {
	return func(p *place, axes []calc.Expr) []calc.Expr {
		axes[len(axes)-1] = f(p)
		return axes
	}
}

// set gives a number argument another value.
func set(name string, value func(p *place) int64) func(*place) {
	return func(p *place) {
		if a := p.argument(name); a != nil {
			*a = layer.Num(value(p))
		}
	}
}

func constant(n int64) func(*place) int64 { return func(*place) int64 { return n } }
