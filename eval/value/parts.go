package value

import "cnnl/lang"

// The parts of a claim as it is written.

// Conjuncts splits a calculation at its ands. Where an or or a leading not
// binds more weakly, it stays whole.
func Conjuncts(e *lang.Expr) []*lang.Expr {
	for _, t := range e.Rest {
		if t.Op.Text == "or" {
			return []*lang.Expr{e}
		}
	}
	return Split(e, "and")
}

// Split cuts a row of operands at an operator that binds more weakly than
// all others in it.
func Split(e *lang.Expr, op string) (parts []*lang.Expr) {
	part := &lang.Expr{First: e.First}
	for i := range e.Rest {
		if e.Rest[i].Op.Text == op {
			parts = append(parts, part)
			part = &lang.Expr{First: e.Rest[i].X}
			continue
		}
		part.Rest = append(part.Rest, e.Rest[i])
	}
	return append(parts, part)
}

// Comparison finds the comparison of a claim: one, or a chain of ==.
func Comparison(e *lang.Expr) (op lang.Op, ok bool) {
	for _, t := range e.Rest {
		switch p := t.Op.Row().Between; {
		case p < lang.Comparison:
			return lang.Op{}, false
		case p > lang.Comparison:
			continue
		}
		if ok && (op.Text != "==" || t.Op.Text != "==") {
			return op, false
		}
		op, ok = t.Op, true
	}
	return op, ok
}
