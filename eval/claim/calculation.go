package claim

import (
	"slices"

	"cnnl/eval/value"
	"cnnl/lang"
)

// A Calculation is the arithmetic with which a number is claimed.
type Calculation struct {
	Text   string // as written
	Form   Form
	Worked Form // the same, what stands in brackets worked out
	// Beside is what the only bracket of a product with a sum in it is multiplied
	// by: 40 of (3*3*20 + 1)*40; 0: it is no such product.
	Beside int64
	// Uneven: a quotient does not come out even and is not rounded. The forms have
	// it rounded down.
	Uneven bool
}

// Calculated multiplies a calculation out. What stands in it for one number, as
// c1.params or a let, the caller computes. False: it is a bare number, or is not
// made of whole numbers, or is too long.
func Calculated(e *lang.Expr, text string, atom func(*lang.Operand) value.Value) (*Calculation, bool) {
	if isBare(e) {
		return nil, false
	}
	plain, worked := former{atom: atom, ok: true}, former{atom: atom, ok: true, works: true}
	c := &Calculation{Text: text, Form: value.Reckon(&plain, e), Worked: value.Reckon(&worked, e)}
	if !worked.ok {
		c.Worked = c.Form
	}
	c.Uneven, c.Beside = c.Form.uneven(), plain.beside(e)
	return c, plain.ok
}

// beside multiplies what stands beside the only bracket of a product; 0: it has none,
// or several.
func (c *former) beside(e *lang.Expr) int64 {
	product, brackets := NumberForm(1), 0
	ok := c.ok
	take := func(x *lang.Operand) {
		f := c.Atom(x)
		if x.Group != nil && len(f) > 1 {
			brackets++
			return
		}
		product, ok = product.Times(f)
	}
	take(&e.First)
	for i := range e.Rest {
		if op := e.Rest[i].Op.Text; !ok || op != "*" && op != "·" {
			return 0
		}
		take(&e.Rest[i].X)
	}
	if !ok || brackets != 1 {
		return 0
	}
	return product.Sum()
}

// isBare reports one number as it is written.
func isBare(e *lang.Expr) bool { return len(e.Rest) == 0 && e.First.Ref == nil && e.First.Group == nil }

// A former multiplies out, as long as it is ok.
type former struct {
	atom  func(*lang.Operand) value.Value
	works bool // brackets without quotients are worked out
	ok    bool
}

// Atom is one operand.
func (c *former) Atom(x *lang.Operand) Form {
	switch r := x.Ref; {
	case x.Group != nil:
		return c.bracket(value.Reckon(c, x.Group))
	case r != nil && roundings[r.Head.Text] != unrounded && len(r.Args) == 1:
		return c.rounded(r)
	}
	v := c.atom(x)
	c.ok = c.ok && v.IsWhole()
	return NumberForm(v.Num)
}

func (c *former) bracket(f Form) Form {
	if c.works && !f.hasRatio() {
		return NumberForm(f.Sum())
	}
	return f
}

// rounded rounds the quotients in brackets.
func (c *former) rounded(r *lang.Ref) Form {
	f := slices.Clone(value.Reckon(c, &r.Args[0]))
	for i, m := range f {
		if len(m.ratios) == 1 && len(m.factors) == 0 && m.ratios[0].rounding == unrounded {
			f[i] = m.ratios[0].rounded(roundings[r.Head.Text])
		}
	}
	return f
}

// Signed is -x.
func (c *former) Signed(x *lang.Operand, f Form) Form {
	c.ok = c.ok && x.Sign.Text == "-"
	return f.negated()
}

// Chained is no calculation.
func (c *former) Chained(lang.Op, lang.Op) { c.ok = false }

// Join is one operator.
func (c *former) Join(left Form, term *lang.OpTerm, right func() Form) (f Form) {
	by, ok := right(), true
	if !c.ok {
		return nil
	}
	switch term.Op.Text {
	case "+":
		f = append(left, by...) // nobody else has left
	case "-":
		f = append(left, by.negated()...)
	case "*", "·":
		f, ok = left.Times(by)
	case "**":
		f, ok = left.power(by.Sum())
	case "/":
		f, ok = left.over(by, unrounded)
	case "//":
		f, ok = left.over(by, floored)
	default:
		ok = false
	}
	c.ok = c.ok && ok && len(f) <= mostMonomials
	return f
}
