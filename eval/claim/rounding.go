package claim

import (
	"slices"
	"strings"

	"cnnl/eval/value"
	"cnnl/lang"
)

// Claims in a textbook's form, (256 - 7)/2 + 1, whose quotient stands beside one that
// is rounded.

// A rounder computes a claim with every quotient rounded down, or up.
type rounder struct {
	*value.Evaluator
	up     bool
	uneven []lang.Op // that did not come out even
}

// Atom computes brackets in the same way.
func (c *rounder) Atom(x *lang.Operand) value.Value {
	if x.Group != nil {
		return value.Reckon[value.Value](c, x.Group)
	}
	return c.Evaluator.Atom(x)
}

// Join rounds a quotient.
func (c *rounder) Join(left value.Value, term *lang.OpTerm, right func() value.Value) value.Value {
	v := c.Evaluator.Join(left, term, right)
	if term.Op.Text != "/" || v.Sort != value.Number || v.Den == 1 {
		return v
	}
	c.uneven = append(c.uneven, term.Op)
	down, _ := value.Floor(v.Rat())
	if c.up {
		down.Num++
	}
	return down
}

// rounded says that a claim holds if its quotients are rounded as the real one is,
// if that is known; otherwise it is empty.
func (f *Failed) rounded(real poly) string {
	way := ""
	for _, p := range real {
		if q := p.quotient(); q != nil {
			way = q.rounding
		}
	}
	if !f.Is.IsWhole() || f.Claimed.Sort != value.Number || f.Op.Text != "==" {
		return ""
	}
	down, up := rounder{Evaluator: f.Env}, rounder{Evaluator: f.Env, up: true}
	switch {
	case way != "ceil" && down.gives(f.Right, f.Is):
		return "the quotient is rounded down: " + f.floored(down.uneven)
	case way != "floor" && up.gives(f.Right, f.Is):
		return rounds["ceil"]
	}
	return ""
}

// gives reports that a claim comes to a value only when it is rounded.
func (c *rounder) gives(e *lang.Expr, want value.Value) bool {
	v := value.Reckon[value.Value](c, e)
	return len(c.uneven) > 0 && v.IsWhole() && value.Equal(v, want)
}

// floored is the claim with // in place of those operators.
func (f *Failed) floored(uneven []lang.Op) string {
	var b strings.Builder
	span := f.Right.Span()
	from := span.Start
	for _, op := range uneven {
		b.WriteString(f.Source.Text[from:op.Span().End] + "/")
		from = op.Span().End
	}
	return b.String() + f.Source.Text[from:span.End]
}

// rounds says how a quotient is rounded.
var rounds = map[string]string{"floor": "the quotient is rounded down: floor", "ceil": "the quotient is rounded up: ceil"}

// roundingLast puts what is said of rounding behind all else.
func roundingLast(list []string) []string {
	slices.SortStableFunc(list, func(a, b string) int { return rank(a) - rank(b) })
	return list
}

func rank(words string) int {
	if words == rounds["floor"] || words == rounds["ceil"] {
		return 1
	}
	return 0
}

// roundedOtherwise reports a quotient that is not rounded as the real one, which
// does not come out even.
func roundedOtherwise(c, r *quotient) bool {
	return c != nil && r != nil && c.rounding != r.rounding && r.under.sum() != 0 && r.over.sum()%r.under.sum() != 0
}
