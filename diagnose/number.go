package diagnose

import (
	"math"
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// Entries with a parameter: another number for a term.

// anotherEntry takes another number for a term of one layer; nil: the term has no
// place in the rules that can be rewritten.
func anotherEntry(name string) *Entry {
	e := &Entry{ID: "another-number", Catalogue: []string{"M38"}, Group: "number " + name, Scopes: "o", Belief: "another number is taken for " + name,
		Rule: "The question has another number there.", Teacher: "another number for " + name}
	switch name {
	case layer.TermFilters, layer.TermUnits, layer.TermKernel, layer.TermStride, layer.TermPad, layer.TermDilation, layer.TermGroups:
		e.args = func(p *place) { set(name, constant(p.change.number))(p) }
	case layer.TermChannels:
		e.Catalogue, e.Group = []string{"M07"}, "channels"
		e.banks = otherFan(name)
	case layer.TermInputs:
		e.Catalogue, e.Group = []string{"M18", "M38"}, "flat"
		e.banks = otherFan(name)
	case layer.TermHidden:
		e.banks = otherFan(name)
	case layer.TermOutput:
		e.macs = func(p *place, _ []layer.Bank, macs calc.Expr) calc.Expr {
			return swap(macs, name, p.term(name, p.change.number))
		}
	default:
		return nil
	}
	return e
}

func otherFan(name string) func(*place, []layer.Bank) []layer.Bank {
	return each(func(p *place, b *layer.Bank) { b.Fan = swap(b.Fan, name, p.term(name, p.change.number)) })
}

// another is a change of one number of a layer; nil: there is no such.
func (g *Engine) another(row int32, name string, n int64) *change {
	e := anotherEntry(name)
	if e == nil {
		return nil
	}
	return &change{entry: e, rows: []int32{row}, scope: onePlace, number: n, name: name}
}

// A stated number of the question, of a layer that learns by itself.
type stated struct {
	row  int32
	name string
	what string // filters and units are one sort of number
	n    int64
}

// mostStated bounds the numbers of a question that are taken for each other.
const mostStated = 60

// numbers makes the changes that take one number of the question for another of its
// sort.
func (g *Engine) numbers(b *bench) {
	terms := g.statedNumbers()
	if len(terms) > mostStated {
		return
	}
	seen := map[string][]int64{}
	for _, t := range terms {
		if !slices.Contains(seen[t.what], t.n) {
			seen[t.what] = append(seen[t.what], t.n)
		}
	}
	count := 0
	for _, t := range terms {
		count += len(seen[t.what]) - 1
	}
	try := func(t stated, n int64, rate float64) {
		c := g.another(t.row, t.name, n)
		c.bits = math.Log2(rate)
		g.add(b, []*change{c})
	}
	for _, t := range terms {
		for _, n := range seen[t.what] {
			if n != t.n {
				try(t, n, anotherRate/float64(max(count, 1)))
			}
		}
	}
	for _, t := range terms { // the side of the window for the number of filters
		for _, k := range terms {
			if t.name == layer.TermFilters && k.row == t.row && k.name == layer.TermKernel && k.n != t.n && !slices.Contains(seen[t.what], k.n) {
				try(t, k.n, anotherRate/5/float64(len(terms)))
			}
		}
	}
}

// anotherRate is how often one number of the question is taken for another.
const anotherRate = .03

func (g *Engine) statedNumbers() (terms []stated) {
	for i := range g.net.Nodes {
		r := &g.net.Nodes[i]
		if c := g.classes[i]; r.Owner >= 0 || c != convClass && c != denseClass && c != recurrentClass {
			continue
		}
		for _, name := range [...]string{layer.TermFilters, layer.TermUnits, layer.TermKernel} {
			if j := r.Kind.Find(name); j >= 0 && r.Args[j].Len > 0 {
				what := name
				if name == layer.TermUnits {
					what = layer.TermFilters
				}
				terms = append(terms, stated{int32(i), name, what, r.Args[j].N[0]})
			}
		}
	}
	return terms
}

// mostAlike is how many layers of one number are left out, or counted again, together.
const mostAlike = 12

// repeats makes the changes that leave out, or count again, several layers of the same
// number.
func (g *Engine) repeats(b *bench) {
	alike := map[int64][]int32{}
	var order []int64
	for i := range g.net.Nodes {
		v := g.net.Nodes[i].Params()
		if v > 0 && alike[v] == nil {
			order = append(order, v)
		}
		if v > 0 {
			alike[v] = append(alike[v], int32(i))
		}
	}
	for _, v := range order {
		rows := alike[v]
		for k := 2; k <= min(len(rows), mostAlike); k++ {
			for _, e := range repeatEntries() {
				c := &change{entry: e, rows: rows[:k], scope: onePlace, number: int64(k), bits: math.Log2(.006/float64(len(order))) - float64(k)}
				g.add(b, []*change{c})
			}
		}
	}
}

func repeatEntries() []*Entry {
	times := func(n int64) func(*tally, *change) {
		return func(t *tally, c *change) {
			for _, i := range c.rows {
				t.count(i, n)
			}
		}
	}
	return []*Entry{
		{ID: "left-out", Catalogue: []string{"M28"}, Group: "sum", Scopes: "o", Belief: "several layers of one size are left out", Rule: "Every layer that learns is in the sum.", Teacher: "the sum without these layers", sum: times(0)},
		{ID: "counted-twice", Catalogue: []string{"M25"}, Group: "sum", Scopes: "o", Belief: "several layers of one size are counted twice", Rule: "Every layer is in the sum once.", Teacher: "the sum with these layers twice", sum: times(2)},
	}
}
