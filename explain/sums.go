package explain

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// Sums are the sums over all layers: parameters, what is counted per use,
// what is not trained, running statistics, and costs where they are asked for.
func (x *Explanation) Sums() (list []Calc) {
	s := new(calc.Sheet)
	t := &x.Net.Totals
	list = append(list, x.sum(s, Parameters, t.Params(), (*network.Node).Params))
	if t.PerUse != t.Params() {
		shared := x.sum(s, "counted per use", t.PerUse, func(r *network.Node) int64 { return r.PerUse - r.Params() })
		if shared.Expr.Present() {
			shared.Expr = s.Term("parameters", t.Params()).Plus(shared.Expr)
		}
		list = append(list, shared)
	}
	if t.Frozen > 0 {
		list = append(list, x.sum(s, "frozen", t.Frozen, (*network.Node).FrozenParams),
			of("trainable", s.Term("parameters", t.Params()).Minus(s.Term("frozen", t.Frozen))))
	}
	if t.Stats > 0 {
		list = append(list, x.sum(s, Stats, t.Stats, func(r *network.Node) int64 { return r.Stats }))
		if keras := s.Term("parameters", t.Params()).Plus(s.Term("running statistics", t.Stats)); keras.Value() > 0 {
			list = append(list, of("Keras' total", keras))
		}
	}
	if x.opts.Macs {
		list = append(list, x.sum(s, Macs, t.Macs, func(r *network.Node) int64 { return r.Macs }))
	}
	if x.opts.Field && t.Field.Known() {
		list = append(list, Calc{What: Field, Said: layer.NewShape(t.Field.Sizes()...).String() + ", of " + x.Net.Path(x.Net.LastWithField()) + ", the last layer that has one"})
	}
	return list
}

// sum adds up one number of the rows; of equal ones in a row it multiplies.
func (x *Explanation) sum(s *calc.Sheet, what string, total int64, number func(*network.Node) int64) Calc {
	c := Calc{What: what, Value: total}
	e, ok := network.Added(s, x.rows, number)
	for i := range x.rows {
		if number(&x.rows[i]) != 0 {
			c.Of = append(c.Of, x.rows[i].Name)
		}
	}
	if ok {
		c.Expr = e
	}
	return c
}

// sums are those of a folded block over its layers, from first up to end.
func (x *Explanation) sums(s *calc.Sheet, first, end int, r *network.Node) []Calc {
	inside := &Explanation{Net: x.Net, rows: slices.Clone(x.Net.Nodes[first:end])}
	for i := range inside.rows {
		inside.rows[i].Name = strings.TrimPrefix(x.Net.Path(int32(first+i)), r.Name+".")
	}
	list := []Calc{{What: Output, Said: "of " + x.Net.Path(x.Net.Groups[r.Use].Out)}}
	params := inside.sum(s, Parameters, r.Params(), (*network.Node).Params)
	if r.Params() == 0 && r.PerUse > 0 {
		params = inside.sum(s, Parameters, 0, func(r *network.Node) int64 { return r.PerUse })
		params.Before = "0 new: uses " + x.Net.Shares(r) + "'s"
	} else if r.Params() == 0 {
		params = Calc{What: Parameters, Said: "nothing to learn"}
	} else if frozen := r.FrozenWords(); frozen != "" {
		params.Said = frozen + ", not trained"
	}
	list = append(list, params)
	if r.Stats > 0 {
		list = append(list, inside.sum(s, Stats, r.Stats, func(r *network.Node) int64 { return r.Stats }))
	}
	if x.opts.Macs && r.Macs > 0 {
		list = append(list, inside.sum(s, Macs, r.Macs, func(r *network.Node) int64 { return r.Macs }))
	}
	if x.opts.Field && r.Field.Known() {
		list = append(list, Calc{What: Field, Said: layer.NewShape(r.Field.Sizes()...).String() + ", of " + x.Net.Path(x.Net.Groups[r.Use].Out)})
	}
	return list
}
