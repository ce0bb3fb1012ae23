package explain

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// Sums are the sums over all layers: parameters, what is counted per use,
// what is not trained, running statistics, and costs where they are asked for.
func (x *Explanation) Sums() (list []Calc) {
	s := new(calc.Sheet)
	t := &x.Net.Totals
	for _, m := range network.InOrder("params", "per_use", "frozen") {
		if m.Beside == "" && m.Worth(t) && (!m.Cost || x.opts.Macs && m.Calculated()) {
			list = append(list, x.total(s, m)...)
		}
	}
	switch {
	case !x.opts.Field:
	case t.Field.Known():
		list = append(list, Calc{What: Field, Said: layer.NewShape(t.Field.Sizes()...).String() + ", " + OfField(x.Net)})
	case t.Field.Lost():
		list = append(list, Calc{What: Field, Said: OfField(x.Net)})
	}
	return list
}

// total is the sum of one measure over all layers. What is counted per use is
// more than the parameters, what is trained less; what is kept is a part of what
// Keras calls the total.
func (x *Explanation) total(s *calc.Sheet, m *network.Measure) []Calc {
	t := &x.Net.Totals
	number := func(m *network.Measure) calc.Expr { return s.Term(m.Title, m.OfTotals(t)) }
	switch {
	case m.Name == "per_use":
		shared := x.sum(s, m.Title, t.PerUse, func(r *network.Node) int64 { return r.PerUse - r.Params() })
		if shared.Expr.Present() {
			shared.Expr = number(parameters).Plus(shared.Expr)
		}
		return []Calc{shared}
	case m.Name == "trainable":
		return []Calc{of(m.Title, number(parameters).Minus(number(network.Measured("frozen"))))}
	case m.Kept:
		list := []Calc{x.sum(s, m.Title, m.OfTotals(t), m.OfNode)}
		if keras := number(parameters).Plus(number(m)); keras.Value() > 0 {
			list = append(list, of("Keras' total", keras))
		}
		return list
	}
	return []Calc{x.sum(s, m.Title, m.OfTotals(t), m.OfNode)}
}

// sum adds up one number of the rows; of equal ones in a row it multiplies.
func (x *Explanation) sum(s *calc.Sheet, what string, total int64, number func(*network.Node) int64) Calc {
	c := Calc{What: what, Value: total}
	e, ok := network.Added(s, func(yield func(string, int64) bool) {
		shown := true // sums of very many numbers are not written out, and only their layers listed
		for r := range x.rows() {
			n := number(&r.Node)
			if n == 0 {
				continue
			}
			c.Of = append(c.Of, r.Path)
			shown = shown && yield(r.Path, n)
		}
	})
	if ok {
		c.Expr = e
	}
	return c
}

// sums are those of a folded block over its layers.
func (x *Explanation) sums(s *calc.Sheet, r *network.Row) []Calc {
	group := &x.Net.Groups[r.Use]
	inside := &Explanation{Net: x.Net, opts: x.opts, first: r.First, end: r.Last + 1, within: r.Path + "."}
	inside.opts.Depth = -1
	gives := "of " + x.Net.Path(group.Out)
	list := []Calc{{What: Output, Said: gives}, inside.params(s, r)}
	for _, m := range inside.others() {
		if n := m.OfRow(r); n > 0 {
			list = append(list, inside.sum(s, m.Title, n, m.OfNode))
		}
	}
	if x.opts.Field && r.Field.Known() {
		list = append(list, Calc{What: Field, Said: layer.NewShape(r.Field.Sizes()...).String() + ", " + gives})
	}
	return list
}

// params is the sum of a block's parameters over the layers inside, or of those
// that it uses of another.
func (inside *Explanation) params(s *calc.Sheet, r *network.Row) Calc {
	switch {
	case r.Params() == 0 && r.PerUse == 0:
		return nothing
	case r.Params() == 0:
		c := inside.sum(s, parameters.Title, 0, network.Measured("per_use").OfNode)
		c.Before = "0 new: uses " + r.Shares(inside.Net) + "'s"
		return c
	}
	c := inside.sum(s, parameters.Title, r.Params(), parameters.OfNode)
	c.Said = trained(&r.Node)
	return c
}
