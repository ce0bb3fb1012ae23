package calc

// What an expression is made of.

// A Term is one named number of a calculation: so many things, or a size.
type Term struct {
	Name    string
	Axis    string // that a size is about; empty: all, or a number of things
	Value   int64
	Measure bool
}

// Title is the name, with the axis.
func (t Term) Title() string {
	if t.Axis != "" {
		return t.Name + " " + t.Axis
	}
	return t.Name
}

// Operands are what a calculation is made of: of a sum all summands, of a
// product all factors, of others two. A term has none. Sign is + - · or /.
func (e Expr) Operands() (sign string, operands []Expr) {
	n := e.sheet.nodes[e.at]
	if n.op == term {
		return "", nil
	}
	a, b := e.sheet.expr(n.a), e.sheet.expr(n.b)
	operands = []Expr{a}
	if e.sheet.nodes[n.a].op == n.op && (n.op == add || n.op == mul) {
		_, operands = a.Operands()
	}
	if e.sheet.nodes[n.b].op == n.op && (n.op == add || n.op == mul) {
		_, more := b.Operands()
		return signs[n.op], append(operands, more...)
	}
	return signs[n.op], append(operands, b)
}

// Rounding is how a quotient is rounded: floor, ceil, or not at all.
func (e Expr) Rounding() string {
	switch e.sheet.nodes[e.at].op {
	case floorDiv:
		return "floor"
	case ceilDiv:
		return "ceil"
	}
	return ""
}

// Term gives the named number that e is; false: it is a calculation, or a
// number that is part of a rule.
func (e Expr) Term() (Term, bool) {
	if !e.Present() {
		return Term{}, false
	}
	n := &e.sheet.nodes[e.at]
	return Term{n.name, n.along, n.value, n.measure}, n.name != ""
}

// Alone reports whether e is one number, with nothing to calculate.
func (e Expr) Alone() bool { return !e.Present() || e.sheet.nodes[e.at].op == term }

// Terms lists the named numbers of e in the order of writing.
func (e Expr) Terms() []Term { return e.appendTerms(nil) }

func (e Expr) appendTerms(terms []Term) []Term {
	if t, ok := e.Term(); ok {
		return append(terms, t)
	}
	if !e.Present() || e.sheet.nodes[e.at].op == term {
		return terms
	}
	n := e.sheet.nodes[e.at]
	return e.sheet.expr(n.b).appendTerms(e.sheet.expr(n.a).appendTerms(terms))
}
