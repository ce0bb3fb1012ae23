package eval

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// value computes e. What cannot be computed is told and gives unknown.
func (m *machine) value(e *lang.Expr) value.Value { return value.Reckon[value.Value](m, e) }

// Join computes one operator. What and and or have decided already is read
// but not told.
func (m *machine) Join(left value.Value, term *lang.OpTerm, right func() value.Value) value.Value {
	if left.Sort == value.Boolean && (term.Op.Text == "and" && left.Num == 0 || term.Op.Text == "or" && left.Num == 1) {
		m.muted++
		right()
		m.muted--
		return left
	}
	return m.operate(term.Op, left, right())
}

// Chained refuses a < b < c and 2 ** 3 ** 2, which readers take in different
// ways.
func (m *machine) Chained(first, second lang.Op) {
	hint := "put brackets around the one that comes first"
	if first.Row().Between == lang.Comparison {
		hint = "join two comparisons with and: a < b and b < c"
	}
	m.errorf(lang.Syntax, second.Span(), "`"+first.Text+"` and `"+second.Text+"` do not chain", "", hint)
}

// Signed computes the sign in front of an operand.
func (m *machine) Signed(x *lang.Operand, v value.Value) value.Value {
	switch {
	case x.Sign.Text == "not" && m.want(v, value.Boolean, x):
		return value.Truth(v.Num == 0)
	case x.Sign.Text == "-" && m.want(v, value.Number, x):
		result, ok := value.Minus(value.Whole(0), v)
		return m.fits(x.Span, result, ok)
	}
	return value.Value{}
}

// want holds an operand to a sort.
func (m *machine) want(v value.Value, s value.Sort, x *lang.Operand) bool {
	if v.Sort != s && v.Sort != value.Unknown {
		m.errorf(lang.Value, x.Span, "`"+x.Sign.Text+"` needs "+value.Sorts[s], "found "+v.String()+", which is "+value.Sorts[v.Sort], "")
	}
	return v.Sort == s
}

// operate computes left op right.
func (m *machine) operate(op lang.Op, left, right value.Value) value.Value {
	if left.Sort == value.Unknown || right.Sort == value.Unknown {
		return value.Value{}
	}
	switch compute := value.Arithmetic[op.Text]; {
	case compute != nil:
		return m.calculate(op, compute, left, right)
	case op.Row().Between == lang.Comparison:
		return m.compare(op, left, right)
	default:
		return m.logic(op, left, right)
	}
}

func (m *machine) calculate(op lang.Op, compute value.BinaryOp, left, right value.Value) value.Value {
	switch {
	case !m.both(op, value.Number, left, right):
		return value.Value{}
	case right.Num == 0 && (op.Text == "/" || op.Text == "//" || op.Text == "%"), op.Text == "**" && left.Num == 0 && right.Num < 0:
		m.errorf(lang.Value, op.Span(), "division by zero", "found "+left.String()+" "+op.Text+" "+right.String(), "divide by something that is not 0; an if can ask first: if n != 0 { ... }")
		return value.Value{}
	case op.Text == "**" && right.Den != 1:
		m.errorf(lang.Value, op.Span(), "the exponent of ** is a whole number", "found "+right.String(), "sqrt( ) takes a square root")
		return value.Value{}
	}
	result, ok := compute(left, right)
	return m.fits(op.Span(), result, ok)
}

// fits tells of a result that 64 bits cannot hold.
func (m *machine) fits(span lang.Span, v value.Value, ok bool) value.Value {
	if !ok {
		m.errorf(lang.Value, span, "the result does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "take smaller numbers")
		return value.Value{}
	}
	return v
}

// both holds two operands to a sort.
func (m *machine) both(op lang.Op, s value.Sort, left, right value.Value) bool {
	for _, v := range [...]value.Value{left, right} {
		if v.Sort != s {
			m.errorf(lang.Value, op.Span(), "`"+op.Text+"` needs "+value.Sorts[s]+" on both sides", "found "+v.String()+", which is "+value.Sorts[v.Sort], "")
			return false
		}
	}
	return true
}

func (m *machine) compare(op lang.Op, left, right value.Value) value.Value {
	switch {
	case left.Sort != right.Sort:
		m.errorf(lang.Value, op.Span(), "`"+op.Text+"` needs two values of one sort", "found "+value.Sorts[left.Sort]+" and "+value.Sorts[right.Sort], asSize(left, right))
		return value.Value{}
	case left.Sort == value.Size && left.Shape.Rank() != right.Shape.Rank():
		m.errorf(lang.Value, op.Span(), "sizes compare only where they have as many sides", "found "+left.String()+" and "+right.String(), "")
		return value.Value{}
	}
	switch op.Text {
	case "==":
		return value.Truth(value.Equal(left, right))
	case "!=":
		return value.Truth(!value.Equal(left, right))
	}
	if !m.both(op, value.Number, left, right) {
		return value.Value{}
	}
	sign := value.Compare(left, right)
	return value.Truth(op.Text == "<" && sign < 0 || op.Text == "<=" && sign <= 0 || op.Text == ">" && sign > 0 || op.Text == ">=" && sign >= 0)
}

// asSize is advice for a number that stands where a size is meant.
func asSize(a, b value.Value) string {
	if b.Sort == value.Size {
		a, b = b, a
	}
	if a.Sort != value.Size || !b.IsWhole() || b.Num < 0 {
		return ""
	}
	sides := slices.Repeat([]int64{b.Num}, a.Shape.Rank())
	if first := a.Shape.At(0); slices.ContainsFunc(a.Shape.Axes(), func(n int64) bool { return n != first }) {
		return "a size has a number for every side, as " + a.String()
	}
	return "write " + layer.NewShape(sides...).String()
}

func (m *machine) logic(op lang.Op, left, right value.Value) value.Value {
	if !m.both(op, value.Boolean, left, right) {
		return value.Value{}
	}
	if op.Text == "and" {
		return value.Truth(left.Num+right.Num == 2)
	}
	return value.Truth(left.Num+right.Num > 0)
}

// Atom computes an operand without its sign.
func (m *machine) Atom(x *lang.Operand) value.Value {
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
