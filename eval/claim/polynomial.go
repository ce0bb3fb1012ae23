package claim

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Calculations multiplied out, so that brackets and the order of writing do not
// matter.

// A poly is a calculation multiplied out: a sum of products.
type poly []product

type product struct {
	minus   bool
	factors []factor
}

// A factor is a number, or a quotient that is rounded.
type factor struct {
	name     string // of the real calculation
	value    int64
	quotient *quotient
}

type quotient struct {
	over, under poly
	rounding    string // floor, ceil, or none
}

// mostProducts bounds what is multiplied out.
const mostProducts = 200

func numberPoly(name string, value int64) poly {
	if value < 0 {
		return poly{{minus: true, factors: []factor{{name: name, value: -value}}}}
	}
	return poly{{factors: []factor{{name: name, value: value}}}}
}

func (p poly) negated() poly {
	q := slices.Clone(p)
	for i := range q {
		q[i].minus = !q[i].minus
	}
	return q
}

// times multiplies out; false: there are too many products.
func (p poly) times(q poly) (result poly, ok bool) {
	if len(p)*len(q) > mostProducts {
		return nil, false
	}
	for _, a := range p {
		for _, b := range q {
			result = append(result, product{a.minus != b.minus, slices.Concat(a.factors, b.factors)})
		}
	}
	return result, true
}

func (p product) value() int64 {
	n := int64(1)
	for _, f := range p.factors {
		n, _ = calc.Mul(n, f.value)
	}
	if p.minus {
		return -n
	}
	return n
}

func (p poly) sum() (n int64) {
	for _, a := range p {
		n += a.value()
	}
	return n
}

// isPlain reports the polynomial that is one number.
func (p poly) isPlain(n int64) bool { return len(p) == 1 && p[0].value() == n }

func (p poly) hasQuotient() bool {
	return slices.ContainsFunc(p, func(a product) bool {
		return slices.ContainsFunc(a.factors, func(f factor) bool { return f.quotient != nil })
	})
}

// multipliedReal multiplies out the calculation that gives the number.
func multipliedReal(e calc.Expr) poly {
	sign, operands := e.Operands()
	if sign == "" {
		t, _ := e.Term()
		return numberPoly(t.Title(), e.Value())
	}
	parts := make([]poly, len(operands))
	for i, o := range operands {
		parts[i] = multipliedReal(o)
	}
	switch sign {
	case "+":
		return slices.Concat(parts...)
	case "-":
		return slices.Concat(parts[0], parts[1].negated())
	case "·":
		all := parts[0]
		for _, p := range parts[1:] {
			if more, ok := all.times(p); ok {
				all = more
			} else {
				return numberPoly("", e.Value())
			}
		}
		return all
	}
	rounding := e.Rounding()
	switch {
	case parts[1].isPlain(1):
		return parts[0]
	case rounding == "":
		return numberPoly(operands[0].Names()+"/"+operands[1].Names(), e.Value())
	}
	return poly{{factors: []factor{{value: e.Value(), quotient: &quotient{parts[0], parts[1], rounding}}}}}
}

// multiplied multiplies out a claimed calculation; false: it is not made of
// whole numbers, or is too long.
func multiplied(e *lang.Expr, env *value.Evaluator) (poly, bool) {
	x := multiplier{env, true}
	p := value.Reckon(&x, e)
	return p, x.ok
}

// A multiplier multiplies out, as long as it is ok.
type multiplier struct {
	env *value.Evaluator
	ok  bool
}

func (c *multiplier) Atom(x *lang.Operand) poly {
	switch r := x.Ref; {
	case x.Group != nil:
		return value.Reckon(c, x.Group)
	case r != nil && (r.Head.Text == "floor" || r.Head.Text == "ceil") && len(r.Args) == 1:
		return c.rounded(r)
	}
	return c.one(c.env.Atom(x))
}

// one is a value taken as one number.
func (c *multiplier) one(v value.Value) poly {
	c.ok = c.ok && v.IsWhole()
	return numberPoly("", v.Num)
}

func (c *multiplier) rounded(r *lang.Ref) poly {
	p := value.Reckon(c, &r.Args[0])
	if len(p) == 1 && len(p[0].factors) == 1 && p[0].factors[0].quotient != nil {
		q := *p[0].factors[0].quotient
		q.rounding = r.Head.Text
		v := c.env.Atom(&lang.Operand{Ref: r, Span: r.Span})
		c.ok = c.ok && v.IsWhole()
		return poly{{factors: []factor{{value: v.Num, quotient: &q}}}}
	}
	return p
}

func (c *multiplier) Signed(x *lang.Operand, p poly) poly {
	c.ok = c.ok && x.Sign.Text == "-"
	return p.negated()
}

func (c *multiplier) Chained(lang.Op, lang.Op) { c.ok = false }

func (c *multiplier) Join(left poly, term *lang.OpTerm, right func() poly) (p poly) {
	by, ok := right(), true
	if !c.ok {
		return nil
	}
	switch term.Op.Text {
	case "+":
		p = slices.Concat(left, by)
	case "-":
		p = slices.Concat(left, by.negated())
	case "*", "·":
		p, ok = left.times(by)
	case "**":
		p, ok = left.power(by.sum())
	case "/", "//":
		return c.divided(left, term.Op, by)
	default:
		ok = false
	}
	c.ok = c.ok && ok && len(p) <= mostProducts
	return p
}

// power multiplies out small powers; false: it is no such.
func (p poly) power(exponent int64) (result poly, ok bool) {
	result = p
	for ok = 2 <= exponent && exponent <= 4; ok && exponent > 1; exponent-- {
		result, ok = result.times(p)
	}
	return result, ok
}

// divided is a quotient. Over 1 it is what it was.
func (c *multiplier) divided(left poly, op lang.Op, right poly) poly {
	if right.isPlain(1) {
		return left
	}
	q := quotient{over: left, under: right}
	if op.Text == "//" {
		q.rounding = "floor"
	}
	v := c.env.Operate(op, value.Whole(left.sum()), value.Whole(right.sum()))
	if v.Sort != value.Number {
		c.ok = false
		return nil
	}
	n, _ := value.Floor(v.Rat())
	return poly{{factors: []factor{{value: n.Num, quotient: &q}}}}
}

// reduced is a claim without quotients where the real calculation has none:
// of 3·3·16/4 one factor is divided.
func (p poly) reduced() (result poly, ok bool) {
	for _, a := range p {
		parts := poly{{minus: a.minus}}
		for _, f := range a.factors {
			if f.quotient == nil {
				parts, _ = parts.times(poly{{factors: []factor{f}}})
				continue
			}
			over, fits := f.quotient.reduced()
			if parts, ok = parts.times(over); !ok || !fits {
				return nil, false
			}
		}
		result = append(result, parts...)
	}
	return result, true
}

func (q *quotient) reduced() (result poly, ok bool) {
	if len(q.under) != 1 {
		return nil, false
	}
	by := q.under[0].value()
	for _, a := range q.over {
		i := -1
		for k, f := range a.factors {
			if f.quotient == nil && by > 0 && f.value%by == 0 {
				i = k
			}
		}
		if i < 0 {
			return nil, false
		}
		factors := slices.Clone(a.factors)
		factors[i].value /= by
		result = append(result, product{a.minus, factors})
	}
	return result, true
}
