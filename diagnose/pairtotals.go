package diagnose

import "slices"

// Totals of pairs of changes, which are counted once for a network.

// countPairs counts the total of every pair of changes that go together, one slip at
// most. Of a large network only those slips are taken that change no sizes.
func (g *Engine) countPairs() {
	g.pairs = map[int64][][2]int32{}
	c := pairing{g: g, bench: bench{budget: budget{most: g.left}}, worlds: map[int32]*world{}}
	changes := slices.DeleteFunc(slices.Clone(g.changes), func(c *change) bool {
		return c.entry.Beside && len(c.touched) == 0 || c.scope == onePlace && len(g.net.Nodes) > manyNodes && !c.local
	})
	for i, x := range changes {
		if c.bench.over() {
			g.pairs = nil
			return
		}
		for _, y := range changes[i+1:] {
			if x.scope == onePlace && y.scope == onePlace || !g.counts(x) && !g.counts(y) || !compatible([]*change{x}, y, true) {
				continue
			}
			if v, ok := c.total(x, y); ok && v != g.truth.totals[ofTotal] {
				g.pairs[v] = append(g.pairs[v], [2]int32{x.id, y.id})
			}
		}
	}
}

// counts reports a change that has a say in the total of parameters.
func (g *Engine) counts(c *change) bool {
	return c.ofSum() || c.totals[ofTotal] != g.truth.totals[ofTotal]
}

// A pairing counts pairs. It keeps the worlds of changes that are paired with many.
type pairing struct {
	g      *Engine
	bench  bench
	worlds map[int32]*world
}

// world is that of one change, which is known to fit; nil: there is nothing left to
// spend on it.
func (c *pairing) world(x *change) *world {
	w := c.worlds[x.id]
	if w == nil {
		w, _ = c.g.world(&c.bench, c.g.truth, []*change{x}, nil)
		if x.scope != onePlace || x.ofSum() {
			c.worlds[x.id] = w
		}
	}
	return w
}

// total is the total of two changes; false: a layer does not fit. Where neither has a
// say in what the other touches, what each adds is added.
func (c *pairing) total(x, y *change) (int64, bool) {
	switch {
	case x.ofSum():
		return c.summed(x, y)
	case y.ofSum():
		return c.summed(y, x)
	case y.local && c.g.leaves(x, y.touched), x.local && c.g.leaves(y, x.touched):
		return x.totals[ofTotal] + y.totals[ofTotal] - c.g.truth.totals[ofTotal], true
	case x.scope == onePlace || len(y.touched) > len(x.touched):
		x, y = y, x
	}
	base := c.world(x)
	if base == nil {
		return 0, false
	}
	w, ok := c.g.widened(&c.bench, base, []*change{x, y}, []*change{y}, nil, nil)
	if !ok {
		return 0, false
	}
	return w.totals[ofTotal], true
}

// summed is the total where one change is of how numbers are summed: what the other
// adds to a layer counts as often as the layer does.
func (c *pairing) summed(sum, other *change) (int64, bool) {
	w := c.world(sum)
	if w == nil {
		return 0, false
	}
	if w.tally.over.Present() {
		base := c.world(other)
		if base == nil {
			return 0, false
		}
		both, ok := c.g.widened(&c.bench, base, []*change{other, sum}, nil, nil, nil)
		if !ok {
			return 0, false
		}
		return both.totals[ofTotal], true
	}
	n := w.totals[ofTotal]
	for k, i := range other.touched {
		node, anew := &c.g.net.Nodes[i], w.tally.anew[i]
		n += w.tally.counts(i) * (numbersOf(node, other.values[k], anew)[ofTotal] - numbersOf(node, c.g.truth.rows[i], anew)[ofTotal])
	}
	return n, true
}

// leaves reports a change that has no say in some rows: it neither acts on them nor
// changes what comes into them.
func (g *Engine) leaves(c *change, rows []int32) bool {
	for _, i := range rows {
		if c.acts(i) || c.at(i) != nil {
			return false
		}
		for _, f := range g.net.Nodes[i].From {
			if d := c.at(f); d != nil && !d.sameSizes(g.truth.rows[f]) {
				return false
			}
		}
	}
	return true
}
