package calc

// Rewrite makes e anew on its own sheet. f is asked of every part, the whole
// first: what it gives stands in place of that part, and the zero Expr leaves the
// part out of its sum or product. Parts that f does not answer for are rewritten
// inside. The sheet must not be Plain.
func (e Expr) Rewrite(f func(Expr) (instead Expr, ok bool)) Expr {
	if !e.Present() {
		return e
	}
	if instead, ok := f(e); ok {
		return instead
	}
	n := e.sheet.nodes[e.at]
	if n.op == term {
		return e
	}
	wasA, wasB := e.sheet.expr(n.a), e.sheet.expr(n.b)
	a, b := wasA.Rewrite(f), wasB.Rewrite(f)
	switch {
	case a == wasA && b == wasB:
		return e
	case a.Present() && b.Present():
		return a.apply(n.op, b)
	case a.Present():
		return a
	case b.Present() && n.op == sub:
		return e.sheet.Const(0).Minus(b)
	case n.op == add || n.op == mul:
		return b
	}
	return Expr{} // nothing is left to divide
}
