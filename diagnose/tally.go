package diagnose

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// sums are the numbers that add up over a network.
var sums = [...]string{"params", "weights", "biases", "macs", "activations", "per_use", "trainable", "stats", "frozen", "inside"}

// numbers are all of them, in that order.
type numbers [len(sums)]int64

// The places of those that are asked for by themselves.
const (
	ofTotal       = 0
	ofActivations = 4
)

// sumOf is the place of a number that adds up, or -1.
func sumOf(property string) int { return slices.Index(sums[:], property) }

// numbersOf are those of one row; anew: what it shares is counted as its own.
func numbersOf(r *network.Node, c *counted, anew bool) numbers {
	weights, biases := c.weights, c.biases
	if r.Owner != network.None && !anew {
		weights = 0
	}
	if r.Bias != network.None && !anew {
		biases = 0
	}
	frozen := int64(0)
	if r.Frozen.Weights {
		frozen += weights
	}
	if r.Frozen.Biases {
		frozen += biases
	}
	return numbers{weights + biases, weights, biases, c.macs, c.activations, c.weights + c.biases, weights + biases - frozen, c.stats, frozen, c.inside}
}

// plus adds so many times other numbers.
func (n *numbers) plus(m numbers, times int64) {
	for k := range n {
		n[k] += times * m[k]
	}
}

// A tally is how the numbers of layers are summed, where that is not once each.
type tally struct {
	w      *world
	times  map[int32]int64 // how often a layer counts, where not once
	anew   map[int32]bool  // layers that share and are counted as their own
	inputs int64           // how often the numbers of the input count as activations
	over   calc.Expr       // what stands in place of all parameters; absent: nothing
}

// count has a layer count so many times.
func (t *tally) count(i int32, times int64) { t.times[i] = times }

// counts is how often a layer counts; of no tally, once.
func (t *tally) counts(i int32) int64 {
	if t != nil {
		if n, ok := t.times[i]; ok {
			return n
		}
	}
	return 1
}

// sum applies the changes of how numbers are summed.
func (w *world) sum(changes []*change) {
	w.totals = w.plain
	for _, c := range changes {
		if c.entry.sum == nil {
			continue
		}
		if w.tally == nil {
			w.tally = &tally{w: w, times: map[int32]int64{}, anew: map[int32]bool{}}
		}
		c.entry.sum(w.tally, c)
	}
	if w.tally != nil {
		w.recount(&w.totals)
	}
}

// recount changes plain totals into those of the tally.
func (w *world) recount(totals *numbers) {
	t, nodes := w.tally, w.engine.net.Nodes
	for i := range t.anew {
		totals.plus(numbersOf(&nodes[i], w.rows[i], false), -1)
		totals.plus(numbersOf(&nodes[i], w.rows[i], true), 1)
	}
	for i, n := range t.times {
		totals.plus(numbersOf(&nodes[i], w.rows[i], t.anew[i]), n-1)
	}
	if t.inputs > 0 {
		for i := range nodes {
			if nodes[i].Kind.Source {
				size, _ := w.rows[i].out.Size()
				totals[ofActivations] += t.inputs * size
			}
		}
	}
	if t.over.Present() {
		totals[ofTotal] = t.over.Value()
	}
}

// over sums a property over the rows from first up to end.
func (w *world) over(property string, first, end int32) (n int64, ok bool) {
	for i := first; i < end; i++ {
		v, ok := w.of(w.rows[i], i, property)
		if !ok {
			return 0, false
		}
		n += w.tally.counts(i) * v
	}
	return n, true
}

// all is a number of the whole network.
func (w *world) all(property string) (int64, bool) {
	if k := sumOf(property); k >= 0 {
		return w.totals[k], true
	}
	i := w.engine.lastField
	if !strings.HasPrefix(property, "field") || i < 0 {
		return 0, false
	}
	return w.of(w.rows[i], i, property)
}

// of is a number of one row.
func (w *world) of(c *counted, i int32, property string) (int64, bool) {
	if k := sumOf(property); k >= 0 {
		return numbersOf(&w.engine.net.Nodes[i], c, w.tally != nil && w.tally.anew[i])[k], true
	}
	return w.ofTensor(c, property)
}

// ofTensor is a number of what a layer gives.
func (w *world) ofTensor(c *counted, property string) (int64, bool) {
	name, side, isField := strings.Cut(property, ".")
	switch {
	case name == "field" && !w.engine.fields:
		return 0, false
	case name == "field" && isField:
		for a, axis := range c.made.AxisNames() {
			if axis == side && a < c.made.Spatial() {
				return c.field[a], true
			}
		}
		return 0, false
	case name == "field":
		return c.field[0], c.made.Spatial() > 0
	}
	return sideOf(c.made, property)
}

// sideOf is a number of a size: one of its sides, or how many numbers it is.
func sideOf(s layer.Shape, property string) (int64, bool) {
	switch {
	case property == "size":
		return s.Size()
	case property == "channels" && s.Rank() == 1 && !s.IsTokens():
		return s.At(0), true
	}
	return s.Axis(property)
}
