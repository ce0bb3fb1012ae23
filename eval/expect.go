package eval

import (
	"slices"

	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// expect checks a claim: every part between `and` by itself, so that the one
// that fails is named.
func (m *machine) expect(n *lang.ExpectStmt) {
	m.claims = true
	for _, part := range value.Conjuncts(&n.Claim) {
		m.claim(part)
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
		q.Value = m.Ref(r)
		m.placed[r] = q
	}
}

// claim checks one part of an expect.
func (m *machine) claim(e *lang.Expr) {
	if e.First.Sign.Text != "not" {
		if op, ok := value.Comparison(e); ok {
			m.checkComparison(e, op)
			return
		}
	}
	v := m.calc.Value(e)
	switch {
	case v.Sort == value.Boolean && v.Num == 0:
		m.errorf(lang.Expect, e.Span(), "the claim does not hold", m.Text(e.Span())+" is false", "")
	case v.Sort != value.Boolean && v.Known():
		m.errorf(lang.Value, e.Span(), "an expect claims something", "found "+v.String()+", which is "+v.Sort.String(), "as in "+m.Text(e.Span())+" == 740")
	}
}

// checkComparison computes every side and tells of the first that is not
// what the left one is.
func (m *machine) checkComparison(e *lang.Expr, op lang.Op) {
	m.calc.Terms += len(e.Rest) // they are gone through to find the sides
	sides := value.Split(e, op.Text)
	left := m.calc.Value(sides[0])
	for _, side := range sides[1:] {
		right := m.calc.Value(side)
		holds := m.calc.Operate(op, left, right)
		if holds.Sort == value.Boolean && holds.Num == 0 {
			m.failedClaim(op, sides[0], side, left, right)
			return
		}
	}
}

// failedClaim gathers what there is to know of a comparison that does not hold.
func (m *machine) failedClaim(op lang.Op, left, right *lang.Expr, is, claimed value.Value) {
	span := right.Span()
	if m.prog.Log.Told(m.unit.Source, span, lang.Expect) {
		return
	}
	subject := m.subject(left)
	if other := m.subject(right); op.Text == "==" && subject == nil && (other != nil || len(m.quantitiesIn(left)) == 0 && len(m.quantitiesIn(right)) > 0) {
		left, right, is, claimed, subject = right, left, claimed, is, other
	}
	f := claim.Failed{Source: m.unit.Source, Op: op, Left: left, Right: right, Is: is, Claimed: claimed, Subject: subject, Net: m.Net, Asked: m.quantitiesIn(left)}
	f.Calculation, _ = claim.Calculated(right, m.Text(span), m.calc.Atom)
	if subject != nil {
		m.steps += int(subject.End-subject.First) / 4
	}
	d := f.Diagnostic()
	m.errorf(d.Code, span, d.Summary, d.Detail, d.Hint)
	if subject != nil && op.Text == "==" && m.muted == 0 && len(m.refuted) < mostRefuted {
		m.refuted = append(m.refuted, f)
	}
}

// mostRefuted is how many claims that do not hold are kept as facts.
const mostRefuted = 100

// subject is the one number of a layer or of the whole that a side of a claim is,
// by itself; nil: it is none.
func (m *machine) subject(e *lang.Expr) *claim.Subject {
	r := e.First.Ref
	if r == nil || len(e.Rest) > 0 || e.First.Sign.Text != "" || len(r.Args) > 0 {
		return nil
	}
	if r.Head.Text == "total" {
		return &claim.Subject{Total: true, Group: network.None, End: int32(len(m.Net.Nodes)), Path: r.Path}
	}
	if lang.Reserved(r.Head.Text) {
		return nil
	}
	m.muted++
	defer func() { m.muted-- }()
	g := m.meaning(r)
	if g == nil {
		return nil
	}
	places, path, ok := m.locate(r, g, false)
	if !ok || len(path) > 0 && path[0].Index != nil {
		return nil
	}
	s := &claim.Subject{Node: places[0].node, Group: places[0].group, Path: path}
	if s.Group != network.None {
		s.First, s.End = m.Extent(s.Group)
	}
	return s
}

// quantitiesIn lists the quantities that a calculation asks for, each with its
// value.
func (m *machine) quantitiesIn(e *lang.Expr) (list []claim.Asked) {
	operands := []lang.Operand{e.First}
	for i := range e.Rest {
		operands = append(operands, e.Rest[i].X)
	}
	for _, x := range operands {
		x.Sign = lang.Op{}
		one := lang.Expr{First: x}
		switch {
		case x.Group != nil:
			list = slices.Concat(list, m.quantitiesIn(x.Group))
		case m.subject(&one) != nil:
			list = append(list, claim.Asked{Text: m.Text(x.Ref.Span), Value: m.calc.Value(&one)})
		}
	}
	return list
}
