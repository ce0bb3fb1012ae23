package claim

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/calc"
)

// A Form is a calculation multiplied out: a sum of products of whole numbers, in
// which neither brackets nor the order of writing matter, 1 is no factor and 0 no
// summand.
type Form []monomial

// A monomial is a product of whole numbers and of quotients.
type monomial struct {
	minus   bool
	factors []int64 // but 1, sorted
	ratios  []ratio
	value   int64 // of the whole, without its sign
}

// A ratio is a quotient that is taken as a whole number.
type ratio struct {
	over, under Form
	rounding    rounding
	value       int64
}

// A rounding is what becomes of a quotient.
type rounding byte

const (
	unrounded rounding = iota // it is left as it is
	floored
	ceiled
	even // there is nothing to round
)

// roundings are the words for them.
var roundings = map[string]rounding{"floor": floored, "ceil": ceiled}

// mostMonomials bounds what is multiplied out.
const mostMonomials = 400

// NumberForm is the form of one number.
func NumberForm(n int64) Form {
	m := monomial{minus: n < 0, value: max(n, -n)}
	if m.value != 1 {
		m.factors = []int64{m.value}
	}
	return Form{m}
}

// Sum is the number that a form comes to, what is not rounded rounded down.
func (f Form) Sum() (n int64) {
	for _, m := range f {
		if m.minus {
			n -= m.value
		} else {
			n += m.value
		}
	}
	return n
}

func (f Form) negated() Form {
	g := slices.Clone(f)
	for i := range g {
		g[i].minus = !g[i].minus
	}
	return g
}

// Times multiplies out; false: there are too many products, or too large ones.
func (f Form) Times(g Form) (all Form, ok bool) {
	if len(f)*len(g) > mostMonomials {
		return nil, false
	}
	for _, a := range f {
		for _, b := range g {
			m := monomial{minus: a.minus != b.minus, factors: slices.Concat(a.factors, b.factors), ratios: slices.Concat(a.ratios, b.ratios)}
			slices.Sort(m.factors)
			if m.value, ok = calc.Mul(a.value, b.value); !ok {
				return nil, false
			}
			all = append(all, m)
		}
	}
	return all, true
}

// power multiplies out a power of a small number.
func (f Form) power(exponent int64) (all Form, ok bool) {
	all = f
	for ok = 1 <= exponent && exponent <= 64; ok && exponent > 1; exponent-- {
		all, ok = all.Times(f)
	}
	return all, ok
}

// over is a quotient; false: by 0. Over 1 it is what it was.
func (f Form) over(under Form, how rounding) (Form, bool) {
	a, b := f.Sum(), under.Sum()
	down, ok := calc.FloorDiv(a, b)
	switch {
	case !ok:
		return nil, false
	case len(under) == 1 && b == 1:
		return f, true
	}
	r := ratio{over: f, under: under, rounding: how, value: down}
	switch {
	case down*b == a:
		r.rounding = even
	case how == ceiled:
		r.value++
	}
	return Form{{minus: r.value < 0, value: max(r.value, -r.value), ratios: []ratio{r}}}, true
}

// FormOf multiplies a calculation of the program out; false: it is too long.
func FormOf(e calc.Expr) (f Form, ok bool) {
	if !e.Present() {
		return nil, true
	}
	sign, operands := e.Operands()
	if sign == "" {
		return NumberForm(e.Value()), true
	}
	parts := make([]Form, len(operands))
	for i, o := range operands {
		if parts[i], ok = FormOf(o); !ok {
			return nil, false
		}
	}
	switch sign {
	case "+":
		return slices.Concat(parts...), true
	case "-":
		return slices.Concat(parts[0], parts[1].negated()), true
	case "·":
		return productOf(parts)
	}
	if e.Rounding() == "" {
		return NumberForm(e.Value()), true
	}
	return parts[0].over(parts[1], roundings[e.Rounding()])
}

func productOf(parts []Form) (all Form, ok bool) {
	all, ok = parts[0], true
	for _, p := range parts[1:] {
		if all, ok = all.Times(p); !ok {
			return nil, false
		}
	}
	return all, true
}

// key tells products apart: exactly, by their factors; otherwise by their value.
func (m *monomial) key(exactly bool) string {
	var b strings.Builder
	if m.minus {
		b.WriteByte('-')
	}
	if exactly {
		for _, f := range m.factors {
			b.WriteString(strconv.FormatInt(f, 10) + "·")
		}
	} else {
		rest := m.value
		for i := range m.ratios {
			rest /= max(m.ratios[i].value, -m.ratios[i].value, 1)
		}
		b.WriteString(strconv.FormatInt(rest, 10))
	}
	keys := make([]string, len(m.ratios))
	for i := range m.ratios {
		keys[i] = m.ratios[i].key(exactly)
	}
	slices.Sort(keys)
	return b.String() + strings.Join(keys, "")
}

func (r *ratio) key(exactly bool) string {
	how := string('0' + r.rounding)
	if exactly {
		return "(" + r.over.key(true) + "/" + r.under.key(true) + how + ")"
	}
	return "(" + strconv.FormatInt(r.over.Sum(), 10) + "/" + strconv.FormatInt(r.under.Sum(), 10) + how + ")"
}

// collected joins products that are alike: 20 + 20 is 2·20.
func (f Form) collected(exactly bool) (all Form) {
	count, at := map[string]int64{}, map[string]int{}
	for _, m := range f.summands() {
		k := m.key(exactly)
		if count[k]++; count[k] == 1 {
			at[k] = len(all)
			all = append(all, m)
		}
	}
	for k, n := range count {
		if n > 1 {
			m := &all[at[k]]
			m.factors = append(slices.Clone(m.factors), n)
			slices.Sort(m.factors)
			m.value *= n
		}
	}
	return all
}

// summands are the products that are not 0.
func (f Form) summands() Form {
	return slices.DeleteFunc(slices.Clone(f), func(m monomial) bool { return m.value == 0 && len(m.ratios) == 0 })
}

func (f Form) key(exactly bool) string {
	var keys []string
	for _, m := range f.collected(exactly) {
		keys = append(keys, m.key(exactly))
	}
	slices.Sort(keys)
	return strings.Join(keys, " + ")
}

// Numbers lists the numbers above 1 that a form is made of, each once.
func (f Form) Numbers() (list []int64) {
	add := func(numbers ...int64) {
		for _, n := range numbers {
			if n > 1 && !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
	}
	for _, m := range f {
		add(m.factors...)
		for _, r := range m.ratios {
			add(r.over.Numbers()...)
			add(r.under.Numbers()...)
		}
	}
	return list
}

// hasRatio reports a form with a quotient in it.
func (f Form) hasRatio() bool {
	return slices.ContainsFunc(f, func(m monomial) bool { return len(m.ratios) > 0 })
}

// uneven reports a quotient that does not come out even and is not rounded.
func (f Form) uneven() bool {
	for _, m := range f {
		for _, r := range m.ratios {
			if r.rounding == unrounded || r.over.uneven() {
				return true
			}
		}
	}
	return false
}

// Rounded gives f with its quotients that stand by themselves rounded down and up,
// where they were not rounded.
func (f Form) Rounded() (ways []Form) {
	for _, how := range [...]rounding{floored, ceiled} {
		g := slices.Clone(f)
		for i, m := range g {
			if len(m.ratios) == 1 && m.ratios[0].rounding == unrounded && len(m.factors) == 0 {
				g[i] = m.ratios[0].rounded(how)
			}
		}
		ways = append(ways, g)
	}
	return ways
}

// rounded is a quotient rounded so, as a product.
func (r ratio) rounded(how rounding) monomial {
	f, _ := r.over.over(r.under, how) // it was divided before
	return f[0]
}

// Quotient is what a calculation comes to if its quotient is not rounded; false: it
// has none.
func Quotient(e calc.Expr) (exact float64, ok bool) {
	e.Rewrite(func(x calc.Expr) (calc.Expr, bool) {
		if x.Rounding() != "" {
			_, parts := x.Operands()
			exact, ok = float64(e.Value()-x.Value())+float64(parts[0].Value())/float64(parts[1].Value()), true
		}
		return calc.Expr{}, false
	})
	return exact, ok
}
