package eval

import (
	"cnnl/eval/value"
	"cnnl/lang"
)

// expect checks a claim: every part between `and` by itself, so that the one
// that fails is named.
func (m *machine) expect(n *lang.ExpectStmt) {
	m.claims = true
	for _, claim := range conjuncts(&n.Claim) {
		m.claim(claim)
	}
	m.claims = false
	if m.placed != nil {
		lang.Refs(&n.Claim, m.placeClaimed)
	}
}

// placeClaimed keeps what a reference names where it stands: further on, the
// latest of a loop is another.
func (m *machine) placeClaimed(r *lang.Ref) {
	m.muted++
	defer func() { m.muted-- }()
	if q, ok := m.quantity(r); ok {
		q.Value = m.ref(r)
		m.placed[r] = q
	}
}

// conjuncts splits a calculation at its ands. Where an or or a leading not
// binds more weakly, it stays whole.
func conjuncts(e *lang.Expr) []*lang.Expr {
	for _, t := range e.Rest {
		if t.Op.Text == "or" {
			return []*lang.Expr{e}
		}
	}
	return split(e, "and")
}

// split cuts a row of operands at an operator that binds more weakly than
// all others in it.
func split(e *lang.Expr, op string) (parts []*lang.Expr) {
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

// claim checks one part of an expect.
func (m *machine) claim(e *lang.Expr) {
	if e.First.Sign.Text != "not" {
		if op, ok := comparisonOf(e); ok {
			m.checkComparison(e, op)
			return
		}
	}
	v := m.value(e)
	switch {
	case v.Sort == value.Boolean && v.Num == 0:
		m.errorf(lang.Expect, e.Span(), "the claim does not hold", m.text(e.Span())+" is false", "")
	case v.Sort != value.Boolean && v.Sort != value.Unknown:
		m.errorf(lang.Value, e.Span(), "an expect claims something", "found "+v.String()+", which is "+value.Sorts[v.Sort], "write for example "+m.text(e.Span())+" == 740")
	}
}

// comparisonOf finds the comparison of a claim: one, or a chain of ==.
func comparisonOf(e *lang.Expr) (op lang.Op, ok bool) {
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

// checkComparison computes every side and tells of the first that is not
// what the left one is.
func (m *machine) checkComparison(e *lang.Expr, op lang.Op) {
	sides := split(e, op.Text)
	left := m.value(sides[0])
	for _, side := range sides[1:] {
		right := m.value(side)
		holds := m.operate(op, left, right)
		if holds.Sort == value.Boolean && holds.Num == 0 {
			m.failedClaim(op, sides[0], side, left, right)
			return
		}
	}
}

// failedClaim says both values of a comparison that does not hold, and the
// calculation of what the claim is about.
func (m *machine) failedClaim(op lang.Op, left, right *lang.Expr, is, claimed value.Value) {
	span := right.Span()
	if m.told[mistake{m.src, span, lang.Expect}] {
		return
	}
	if op.Text == "==" && !m.isQuantity(left) && (m.isQuantity(right) || len(m.quantitiesIn(left)) == 0 && len(m.quantitiesIn(right)) > 0) {
		left, right, is, claimed = right, left, claimed, is
	}
	what := m.text(left.Span())
	summary := what + " is " + is.String() + ", not " + claimed.String()
	if op.Text != "==" {
		summary = what + " is " + is.String() + ", which is not " + op.Text + " " + claimed.String()
	}
	detail := ""
	if written := m.text(right.Span()); len(right.Rest) > 0 {
		detail = written + " gives " + claimed.String()
	}
	if asked := m.askedFor(left); detail == "" {
		detail = asked
	}
	calculation, departs := m.lined(op, left, right, is, claimed)
	if detail != "" && calculation != "" {
		detail += "; "
	}
	m.errorf(lang.Expect, span, summary, detail+calculation, departs)
}
