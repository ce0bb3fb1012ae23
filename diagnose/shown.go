package diagnose

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/claim"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// Worlds whose calculations can be seen, and how far they are the claimed ones.

// shown asks the rules of one layer once more, with their calculations.
func (p *problem) shown(w *world, i int32, changes []*change) *asked {
	l := new(asked)
	w.rules(new(calc.Sheet), i, l, changes, p.pin)
	return l
}

// glimpsed is shown until it is asked for the next time.
func (p *problem) glimpsed(w *world, i int32, changes []*change) *asked {
	l := &p.bench.seen
	*l = asked{args: l.args[:0]}
	p.bench.view.Reset()
	w.rules(&p.bench.view, i, l, changes, p.pin)
	return l
}

// of is the calculation of one number of a layer, used by whomever.
func (l *asked) of(property string) (e calc.Expr) {
	switch property {
	case "params", "per_use", "trainable":
		for _, b := range l.banks {
			e = calc.Sum(e, b.Params())
		}
		return e
	case "weights":
		return l.weights
	case "biases":
		return l.biases
	case "macs":
		return l.macs
	case "stats":
		return l.stats
	case "inside":
		return l.inside
	case "size", "activations":
		return calc.Product(l.axes...)
	}
	if i := slices.Index(l.call.Out.AxisNames(), property); i >= 0 {
		return l.axes[i]
	}
	return calc.Expr{}
}

// ofParams reports a count of parameters, which has banks.
func ofParams(property string) bool {
	return property == "params" || property == "per_use" || property == "trainable"
}

// A part is a summand of a number: what a layer adds.
type part struct {
	node  int32
	banks []layer.Bank
	e     calc.Expr // where there are no banks
}

// parts are the summands of a number over several layers.
func (p *problem) parts(w *world, t *target, changes []*change) (list []part) {
	if w.tally != nil && w.tally.over.Present() && t.property == sums[ofTotal] {
		return []part{{node: network.None, e: w.tally.over}}
	}
	for i := t.First; i < t.End; i++ {
		if v, ok := w.of(w.rows[i], i, t.property); !ok || v == 0 {
			continue
		}
		l := p.shown(w, i, changes)
		one := part{node: i}
		if ofParams(t.property) {
			one.banks = l.banks
		} else {
			one.e = l.of(t.property)
		}
		for range w.tally.counts(i) {
			list = append(list, one)
		}
	}
	return list
}

func (p *part) value() (n int64) {
	n = p.e.Value()
	for _, b := range p.banks {
		n += b.Params().Value()
	}
	return n
}

// same reports parts of the same calculation.
func (p *part) same(q *part) bool { return p.value() == q.value() && p.text() == q.text() }

func (p *part) text() string {
	text := p.e.String()
	for _, b := range p.banks {
		text += "+" + b.Params().String()
	}
	return text
}

// ways are the forms in which a part may be written: in full, its brackets worked
// out, weights and biases, one number.
func (p *part) ways() (list []claim.Form) {
	if p.banks == nil {
		if f, ok := claim.FormOf(p.e); ok {
			list = append(list, f)
		}
		return append(list, claim.NumberForm(p.e.Value()))
	}
	var full, brackets, halves claim.Form
	var weights, biases int64
	fits := true
	add := func(to *claim.Form, f claim.Form, ok bool) { *to, fits = append(*to, f...), fits && ok }
	for _, b := range p.banks {
		f, ok := claim.FormOf(b.Params())
		add(&full, f, ok)
		units, ok := claim.FormOf(b.Units)
		add(&full, nil, ok)
		f, ok = claim.NumberForm(calc.Sum(b.Fan, b.Bias).Value()).Times(units)
		add(&brackets, f, ok)
		for _, e := range [...]calc.Expr{b.Fan, b.Bias} {
			if e.Present() {
				f, ok = claim.NumberForm(e.Value()).Times(claim.NumberForm(b.Units.Value()))
				add(&halves, f, ok)
			}
		}
		weights, biases = weights+b.Weights().Value(), biases+b.Biases().Value()
	}
	if fits {
		list = append(list, full, brackets, halves)
	}
	return append(list, slices.Concat(claim.NumberForm(weights), claim.NumberForm(biases)), claim.NumberForm(p.value()))
}

// agrees is how far a claimed calculation is that of a world; its number is so many
// times what the world has.
func (p *problem) agrees(w *world, t *target, changes []*change, times int64) (best claim.Likeness) {
	for _, f := range [...]claim.Form{t.Calculation.Form, t.Calculation.Worked} {
		best = max(best, p.agreesForm(w, t, changes, f, times))
	}
	return best
}

func (p *problem) agreesForm(w *world, t *target, changes []*change, claimed claim.Form, times int64) claim.Likeness {
	switch {
	case t.Node == network.None && times > 1:
		return claim.Unlike
	case t.Node == network.None:
		return likeSum(claimed, p.parts(w, t, changes))
	}
	l := p.glimpsed(w, t.Node, changes)
	e := l.of(t.property)
	f, ok := claim.FormOf(e)
	if !ok || !e.Present() || times == 1 && l.otherUnits(t.property, t.Calculation.Beside) {
		return claim.Unlike
	}
	if times > 1 {
		f, _ = f.Times(claim.NumberForm(times))
		return claimed.Like(f)
	}
	if like := claimed.Like(f); like > claim.Unlike || !ofParams(t.property) {
		return like
	}
	return likeSum(claimed, []part{{banks: l.banks}})
}

// otherUnits reports a written bracket that is multiplied by more than the units that a
// world has: (3*3*20 + 1)*40 is not of 20 units, whatever else it is multiplied out.
func (l *asked) otherUnits(property string, beside int64) bool {
	return beside > 0 && ofParams(property) && len(l.banks) == 1 && l.banks[0].Units.Value()%beside != 0
}

// likeSum sets a written sum against the parts that it should be made of, each of
// which may be worked out more or less; n equal ones may be n times one.
func likeSum(claimed claim.Form, parts []part) claim.Likeness {
	rest, like := claimed, claim.Exact
	for len(parts) > 0 {
		first := parts[0]
		others := slices.DeleteFunc(slices.Clone(parts), func(q part) bool { return q.same(&first) })
		same := len(parts) - len(others)
		parts = others
		var as claim.Likeness
		if same > 1 {
			if rest, as = takeAny(rest, first.ways(), int64(same)); as > claim.Unlike {
				like = min(like, as)
				continue
			}
		}
		for range same {
			if rest, as = takeAny(rest, first.ways(), 1); as == claim.Unlike {
				return claim.Unlike
			}
			like = min(like, as)
		}
	}
	if !rest.Empty() {
		return claim.Unlike
	}
	return like
}

// takeAny takes one of several forms, so many times, out of a sum. Only the first may
// have its factors grouped: a number that is worked out is written as it is.
func takeAny(rest claim.Form, ways []claim.Form, times int64) (claim.Form, claim.Likeness) {
	for k, f := range ways {
		if times > 1 {
			var ok bool
			if f, ok = f.Times(claim.NumberForm(times)); !ok {
				continue
			}
		}
		if left, ok := rest.Take(f, claim.Exact); ok {
			return left, claim.Exact
		}
		if k > 0 {
			continue
		}
		if left, ok := rest.Take(f, claim.Grouped); ok {
			return left, claim.Grouped
		}
	}
	return rest, claim.Unlike
}
