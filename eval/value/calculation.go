package value

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// A Context is what stands around a calculation: what its names mean, and who
// is told of what is wrong with it.
type Context interface {
	// Ref is what a name and the way on from it come to.
	Ref(r *lang.Ref) Value
	// Dollar is the value of $name.
	Dollar(lit lang.Lit) Value
	// Count is count(KIND), how many layers of a kind there are so far.
	Count(r *lang.Ref) Value
	// Text is what is written somewhere, for messages.
	Text(span lang.Span) string
	// Tell takes a mistake, and Mute says that from here on none matters: by 1
	// more, or by -1 again.
	Tell(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit)
	Mute(by int)
}

// An Evaluator computes calculations in a context.
type Evaluator struct {
	Context
	Terms int // computed so far, but for the first of each calculation: what one costs
}

// Value computes e. What cannot be computed is told and gives the unknown value.
func (c *Evaluator) Value(e *lang.Expr) Value { return Reckon[Value](c, e) }

// Join computes one operator. What and and or have decided already is read
// but not told.
func (c *Evaluator) Join(left Value, term *lang.OpTerm, right func() Value) Value {
	c.Terms++
	if left.Sort == Boolean && (term.Op.Text == "and" && left.Num == 0 || term.Op.Text == "or" && left.Num == 1) {
		c.Mute(1)
		right()
		c.Mute(-1)
		return left
	}
	return c.Operate(term.Op, left, right())
}

// Chained refuses a < b < c and 2 ** 3 ** 2, which readers take in different
// ways.
func (c *Evaluator) Chained(first, second lang.Op) {
	hint := "brackets say which comes first"
	if first.Row().Between == lang.Comparison {
		hint = "two comparisons are joined by and: a < b and b < c"
	}
	c.Tell(lang.Syntax, second.Span(), "`"+first.Text+"` and `"+second.Text+"` do not chain", "", hint)
}

// foresee is what left op right would be, where one of them is not known yet:
// their sorts must do all the same.
func (c *Evaluator) foresee(op lang.Op, left, right Value) Value {
	needs, gives := Boolean, Boolean
	switch strength := op.Row().Between; {
	case Arithmetic[op.Text] != nil:
		needs, gives = Number, Number
	case strength == lang.Comparison && (op.Text == "==" || op.Text == "!="):
		if a, b := left.Type(), right.Type(); a != Unknown && b != Unknown && a != b {
			c.Tell(lang.Value, op.Span(), "`"+op.Text+"` needs two values of one sort", "found "+a.String()+" and "+b.String(), "")
		}
		return Unsettled(Boolean)
	case strength == lang.Comparison:
		needs = Number
	}
	for _, v := range [...]Value{left, right} {
		if t := v.Type(); t != Unknown && t != needs {
			c.Tell(lang.Value, op.Span(), "`"+op.Text+"` needs "+needs.String()+" on both sides", "found "+t.String(), "")
			return Value{}
		}
	}
	return Unsettled(gives)
}

// Signed computes the sign in front of an operand.
func (c *Evaluator) Signed(x *lang.Operand, v Value) Value {
	switch {
	case x.Sign.Text == "not" && c.want(v, Boolean, x):
		return Truth(v.Num == 0)
	case x.Sign.Text == "-" && c.want(v, Number, x):
		result, ok := Minus(Whole(0), v)
		return c.fits(x.Span, result, ok)
	case v.Known():
		return Value{}
	case x.Sign.Text == "not":
		return Unsettled(Boolean)
	}
	return Unsettled(Number)
}

// want holds an operand to a sort.
func (c *Evaluator) want(v Value, s Sort, x *lang.Operand) bool {
	switch t := v.Type(); {
	case v.Sort == s:
		return true
	case v.Known():
		c.Tell(lang.Value, x.Span, "`"+x.Sign.Text+"` needs "+s.String(), "found "+v.String()+", which is "+t.String(), "")
	case t != Unknown && t != s:
		c.Tell(lang.Value, x.Span, "`"+x.Sign.Text+"` needs "+s.String(), "found "+t.String(), "")
	}
	return false
}

// Operate computes left op right.
func (c *Evaluator) Operate(op lang.Op, left, right Value) Value {
	if left.Sort == Unknown || right.Sort == Unknown {
		return c.foresee(op, left, right)
	}
	switch compute := Arithmetic[op.Text]; {
	case compute != nil:
		return c.calculate(op, compute, left, right)
	case op.Row().Between == lang.Comparison:
		return c.compare(op, left, right)
	default:
		return c.logic(op, left, right)
	}
}

func (c *Evaluator) calculate(op lang.Op, compute BinaryOp, left, right Value) Value {
	switch {
	case !c.both(op, Number, left, right):
		return Value{}
	case right.Num == 0 && (op.Text == "/" || op.Text == "//" || op.Text == "%"), op.Text == "**" && left.Num == 0 && right.Num < 0:
		c.Tell(lang.Value, op.Span(), "division by zero", "found "+left.String()+" "+op.Text+" "+right.String(), "an if can ask first: if n != 0 { ... }")
		return Value{}
	case op.Text == "**" && right.Den != 1:
		c.Tell(lang.Value, op.Span(), "the exponent of ** is a whole number", "found "+right.String(), "sqrt( ) takes a square root")
		return Value{}
	}
	result, ok := compute(left, right)
	return c.fits(op.Span(), result, ok)
}

// fits tells of a result that 64 bits cannot hold.
func (c *Evaluator) fits(span lang.Span, v Value, ok bool) Value {
	if !ok {
		c.Tell(lang.Value, span, "the result does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "")
		return Value{}
	}
	return v
}

// both holds two operands to a sort.
func (c *Evaluator) both(op lang.Op, s Sort, left, right Value) bool {
	for _, v := range [...]Value{left, right} {
		if v.Sort != s {
			c.Tell(lang.Value, op.Span(), "`"+op.Text+"` needs "+s.String()+" on both sides", "found "+v.String()+", which is "+v.Sort.String(), "")
			return false
		}
	}
	return true
}

func (c *Evaluator) compare(op lang.Op, left, right Value) Value {
	switch {
	case left.Sort != right.Sort:
		c.Tell(lang.Value, op.Span(), "`"+op.Text+"` needs two values of one sort", "found "+left.Sort.String()+" and "+right.Sort.String(), asSize(left, right))
		return Value{}
	case left.Sort == Size && left.Shape.Rank() != right.Shape.Rank():
		c.Tell(lang.Value, op.Span(), "sizes compare only where they have as many sides", "found "+left.String()+" and "+right.String(), "")
		return Value{}
	}
	switch op.Text {
	case "==":
		return Truth(Equal(left, right))
	case "!=":
		return Truth(!Equal(left, right))
	}
	if !c.both(op, Number, left, right) {
		return Value{}
	}
	sign := Compare(left, right)
	return Truth(op.Text == "<" && sign < 0 || op.Text == "<=" && sign <= 0 || op.Text == ">" && sign > 0 || op.Text == ">=" && sign >= 0)
}

// asSize is advice for a number that stands where a size is meant.
func asSize(a, b Value) string {
	if b.Sort == Size {
		a, b = b, a
	}
	if a.Sort != Size || !b.IsWhole() || b.Num < 0 {
		return ""
	}
	sides := slices.Repeat([]int64{b.Num}, a.Shape.Rank())
	if first := a.Shape.At(0); slices.ContainsFunc(a.Shape.Axes(), func(n int64) bool { return n != first }) {
		return "a size has a number for every side, as " + a.String()
	}
	return "all its sides are that number in " + layer.NewShape(sides...).String()
}

func (c *Evaluator) logic(op lang.Op, left, right Value) Value {
	if !c.both(op, Boolean, left, right) {
		return Value{}
	}
	if op.Text == "and" {
		return Truth(left.Num+right.Num == 2)
	}
	return Truth(left.Num+right.Num > 0)
}

// Atom computes an operand without its sign.
func (c *Evaluator) Atom(x *lang.Operand) Value {
	switch {
	case x.Group != nil:
		return c.Value(x.Group)
	case x.Ref != nil:
		return c.name(x.Ref)
	}
	if len(x.Parts) == 1 { // in a size there is no other way
		c.checkDollar(x.Parts[0])
	}
	return c.Parts(x.Parts)
}

// name computes a function, a truth, or what the context knows of a name.
func (c *Evaluator) name(r *lang.Ref) Value {
	switch text := r.Head.Text; {
	case len(r.Args) > 0:
		return c.call(r)
	case text == "true" || text == "false":
		return c.Plain(r, Truth(text == "true"))
	}
	return c.Ref(r)
}

// Plain is a value that has no properties.
func (c *Evaluator) Plain(r *lang.Ref, v Value) Value {
	if len(r.Path) > 0 {
		c.Tell(lang.Naming, r.Span, r.Head.Text+" is a value and has no parts", "found "+lang.Quote(c.Text(r.Span)), "")
		return Value{}
	}
	return v
}

// checkDollar tells of a $name where names stand bare.
func (c *Evaluator) checkDollar(p lang.Part) {
	if p.Lit.Kind == lang.Dollar {
		c.Tell(lang.Syntax, p.Lit.Span(), "names stand without $ in a calculation", "found `"+p.Lit.Text+"`", "write "+p.Lit.Text[1:],
			lang.Edit{Span: p.Lit.Span(), Text: p.Lit.Text[1:]})
	}
}
