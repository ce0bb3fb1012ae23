package eval

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// value computes e. What cannot be computed is told and gives unknown.
func (m *machine) value(e *lang.Expr) value { return reckon[value](m, e) }

// join computes one operator. What and and or have decided already is read
// but not told.
func (m *machine) join(left value, term *lang.OpTerm, right func() value) value {
	if left.sort == boolean && (term.Op.Text == "and" && left.num == 0 || term.Op.Text == "or" && left.num == 1) {
		m.muted++
		right()
		m.muted--
		return left
	}
	return m.operate(term.Op, left, right())
}

// chained refuses a < b < c and 2 ** 3 ** 2, which readers take in different
// ways.
func (m *machine) chained(first, second lang.Op) {
	hint := "put brackets around the one that comes first"
	if first.Row().Between == lang.Comparison {
		hint = "join two comparisons with and: a < b and b < c"
	}
	m.errorf(lang.Syntax, second.Span(), "`"+first.Text+"` and `"+second.Text+"` do not chain", "", hint)
}

// signed computes the sign in front of an operand.
func (m *machine) signed(x *lang.Operand, v value) value {
	switch {
	case x.Sign.Text == "not" && m.want(v, boolean, x):
		return truth(v.num == 0)
	case x.Sign.Text == "-" && m.want(v, number, x):
		result, ok := minus(whole(0), v)
		return m.fits(x.Span, result, ok)
	}
	return value{}
}

// want holds an operand to a sort.
func (m *machine) want(v value, s sort, x *lang.Operand) bool {
	if v.sort != s && v.sort != unknown {
		m.errorf(lang.Value, x.Span, "`"+x.Sign.Text+"` needs "+sorts[s], "found "+v.String()+", which is "+sorts[v.sort], "")
	}
	return v.sort == s
}

// operate computes left op right.
func (m *machine) operate(op lang.Op, left, right value) value {
	if left.sort == unknown || right.sort == unknown {
		return value{}
	}
	switch compute := arithmetic[op.Text]; {
	case compute != nil:
		return m.calculate(op, compute, left, right)
	case op.Row().Between == lang.Comparison:
		return m.compare(op, left, right)
	default:
		return m.logic(op, left, right)
	}
}

func (m *machine) calculate(op lang.Op, compute binaryOp, left, right value) value {
	switch {
	case !m.both(op, number, left, right):
		return value{}
	case right.num == 0 && (op.Text == "/" || op.Text == "//" || op.Text == "%"), op.Text == "**" && left.num == 0 && right.num < 0:
		m.errorf(lang.Value, op.Span(), "division by zero", "found "+left.String()+" "+op.Text+" "+right.String(), "divide by something that is not 0; an if can ask first: if n != 0 { ... }")
		return value{}
	case op.Text == "**" && right.den != 1:
		m.errorf(lang.Value, op.Span(), "the exponent of ** is a whole number", "found "+right.String(), "sqrt( ) takes a square root")
		return value{}
	}
	result, ok := compute(left, right)
	return m.fits(op.Span(), result, ok)
}

// fits tells of a result that 64 bits cannot hold.
func (m *machine) fits(span lang.Span, v value, ok bool) value {
	if !ok {
		m.errorf(lang.Value, span, "the result does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "take smaller numbers")
		return value{}
	}
	return v
}

// both holds two operands to a sort.
func (m *machine) both(op lang.Op, s sort, left, right value) bool {
	for _, v := range [...]value{left, right} {
		if v.sort != s {
			m.errorf(lang.Value, op.Span(), "`"+op.Text+"` needs "+sorts[s]+" on both sides", "found "+v.String()+", which is "+sorts[v.sort], "")
			return false
		}
	}
	return true
}

func (m *machine) compare(op lang.Op, left, right value) value {
	switch {
	case left.sort != right.sort:
		m.errorf(lang.Value, op.Span(), "`"+op.Text+"` needs two values of one sort", "found "+sorts[left.sort]+" and "+sorts[right.sort], asSize(left, right))
		return value{}
	case left.sort == size && left.size.Rank() != right.size.Rank():
		m.errorf(lang.Value, op.Span(), "sizes compare only where they have as many sides", "found "+left.String()+" and "+right.String(), "")
		return value{}
	}
	switch op.Text {
	case "==":
		return truth(equal(left, right))
	case "!=":
		return truth(!equal(left, right))
	}
	if !m.both(op, number, left, right) {
		return value{}
	}
	sign := compare(left, right)
	return truth(op.Text == "<" && sign < 0 || op.Text == "<=" && sign <= 0 || op.Text == ">" && sign > 0 || op.Text == ">=" && sign >= 0)
}

// asSize is advice for a number that stands where a size is meant.
func asSize(a, b value) string {
	if b.sort == size {
		a, b = b, a
	}
	if a.sort != size || !b.isWhole() || b.num < 0 {
		return ""
	}
	sides := slices.Repeat([]int64{b.num}, a.size.Rank())
	if first := a.size.At(0); slices.ContainsFunc(a.size.Axes(), func(n int64) bool { return n != first }) {
		return "a size has a number for every side, as " + a.String()
	}
	return "write " + layer.NewShape(sides...).String()
}

func (m *machine) logic(op lang.Op, left, right value) value {
	if !m.both(op, boolean, left, right) {
		return value{}
	}
	if op.Text == "and" {
		return truth(left.num+right.num == 2)
	}
	return truth(left.num+right.num > 0)
}

// atom computes an operand without its sign.
func (m *machine) atom(x *lang.Operand) value {
	switch {
	case x.Group != nil:
		return m.value(x.Group)
	case x.Ref != nil:
		return m.ref(x.Ref)
	}
	if len(x.Parts) == 1 { // in a size there is no other way
		m.checkDollar(x.Parts[0])
	}
	return m.parts(x.Parts)
}

// checkDollar tells of a $name where names stand bare.
func (m *machine) checkDollar(p lang.Part) {
	if p.Lit.Kind == lang.Dollar {
		m.errorf(lang.Syntax, p.Lit.Span(), "names stand without $ in a calculation", "found `"+p.Lit.Text+"`", "write "+p.Lit.Text[1:])
	}
}
