package value

import (
	"math/big"
	"slices"
	"strconv"

	"cnnl/lang"
)

// A function computes with numbers; false: the result does not fit.
type function struct {
	least, most int // how many arguments
	apply       func(args []Value) (Value, bool)
}

var functions = map[string]function{
	"min":   {1, 1 << 30, func(args []Value) (Value, bool) { return slices.MinFunc(args, Compare), true }},
	"max":   {1, 1 << 30, func(args []Value) (Value, bool) { return slices.MaxFunc(args, Compare), true }},
	"abs":   {1, 1, func(args []Value) (Value, bool) { return FromRat(new(big.Rat).Abs(args[0].Rat())) }},
	"floor": {1, 1, func(args []Value) (Value, bool) { return Floor(args[0].Rat()) }},
	"ceil":  {1, 1, ceiling},
	"round": {1, 1, func(args []Value) (Value, bool) {
		return Floor(new(big.Rat).Add(args[0].Rat(), big.NewRat(1, 2)))
	}},
	"divisible": {2, 2, func(args []Value) (Value, bool) { return Divisible(args[0], args[1]) }},
	"sqrt":      {1, 1, nil},
	"log2":      {1, 1, nil},
	"count":     {1, 1, nil},
}

// functionNames lists the functions in the order of the reference.
var functionNames = []string{"min", "max", "abs", "floor", "ceil", "round", "sqrt", "log2", "count", "divisible"}

func ceiling(args []Value) (Value, bool) {
	v, ok := Floor(new(big.Rat).Neg(args[0].Rat()))
	v.Num = -v.Num
	return v, ok
}

// call computes a function.
func (c *Evaluator) call(r *lang.Ref) Value {
	name := r.Head.Text
	f, ok := functions[name]
	switch {
	case !ok:
		hint, ways := "the functions are "+lang.Join(functionNames), []lang.Edit(nil)
		if near := lang.Nearest(name, functionNames...); near != "" {
			hint, ways = "did you mean "+near+"( )?", []lang.Edit{{Span: r.Head.Span(), Text: near}}
		}
		c.Tell(lang.Naming, r.Head.Span(), "there is no function called "+name, "", hint, ways...)
		return Value{}
	case len(r.Path) > 0:
		c.Tell(lang.Syntax, r.Span, "what a function gives has no parts", "found "+lang.Quote(c.Text(r.Span)), "")
		return Value{}
	case len(r.Args) < f.least || len(r.Args) > f.most:
		c.Tell(lang.Argument, r.Span, name+" takes "+arguments(f.least), "found "+strconv.Itoa(len(r.Args)), "")
		return Value{}
	case name == "count":
		return c.Count(r)
	case IsRoot(name):
		return c.root(r, "")
	}
	if inner := rootInside(r); inner != nil {
		return c.root(inner, name)
	}
	if over, under := logarithms(r); over != nil {
		return c.logQuotient(r, over, under)
	}
	return c.apply(r, f)
}

func arguments(n int) string {
	if n == 1 {
		return "one value"
	}
	return strconv.Itoa(n) + " values"
}

// apply computes the arguments, then the function.
func (c *Evaluator) apply(r *lang.Ref, f function) Value {
	args, known := make([]Value, len(r.Args)), true
	c.Terms += len(r.Args)
	for i := range r.Args {
		args[i] = c.numberIn(r, i)
		known = known && args[i].Known()
	}
	if !known {
		return Unsettled(Number)
	}
	if r.Head.Text == "divisible" && (args[1].Num <= 0 || args[1].Den != 1) {
		c.Tell(lang.Value, r.Args[1].Span(), "divisible needs a whole number of at least 1", "found "+args[1].String(), "")
		return Value{}
	}
	v, ok := f.apply(args)
	return c.fits(r.Span, v, ok)
}

// numberIn is argument i of a function, a number.
func (c *Evaluator) numberIn(r *lang.Ref, i int) Value {
	v := c.Value(&r.Args[i])
	if t := v.Type(); !v.Known() && t != Number && t != Unknown {
		c.Tell(lang.Value, r.Args[i].Span(), r.Head.Text+" needs numbers", "found "+t.String(), "")
		return Value{}
	}
	if v.Known() && v.Sort != Number {
		c.Tell(lang.Value, r.Args[i].Span(), r.Head.Text+" needs numbers", "found "+v.String()+", which is "+v.Sort.String(), "")
		return Value{}
	}
	return v
}

// rootInside finds the sqrt or log2 that stands directly inside floor, ceil
// or round, where it need not be exact.
func rootInside(r *lang.Ref) *lang.Ref {
	if !rounds(r.Head.Text) {
		return nil
	}
	arg := r.Args[0]
	if inner := arg.First.Ref; inner != nil && len(arg.Rest) == 0 && arg.First.Sign.Text == "" && IsRoot(inner.Head.Text) && len(inner.Args) == 1 && len(inner.Path) == 0 {
		return inner
	}
	return nil
}

// root computes sqrt or log2, rounded by the function around it.
func (c *Evaluator) root(r *lang.Ref, rounding string) Value {
	x := c.numberIn(r, 0)
	name := r.Head.Text
	switch {
	case x.Sort == Unknown:
		return Unsettled(Number)
	case x.Num < 0, name == "log2" && x.Num == 0:
		c.Tell(lang.Value, r.Span, name+" of "+x.String()+" does not exist", "", "")
		return Value{}
	}
	v, exact := Root(name, rounding, x)
	if !exact {
		if name == "sqrt" && rounding == "" {
			if f, ok := exactFraction(x); ok {
				return f
			}
		}
		hint := "floor(" + c.Text(r.Span) + "), ceil( ) or round( ) makes it whole"
		if name == "log2" { // rounding each of two logarithms by itself gives another number
			hint = "uneven it stands only directly inside floor( ), ceil( ) or round( ), by itself or as log2( )/log2( ); what else is calculated stands around that"
		}
		c.Tell(lang.Value, r.Span, name+"("+x.String()+") does not come out even", "", hint)
		return Value{}
	}
	return v
}

// exactFraction is the square root of a fraction of squares.
func exactFraction(x Value) (Value, bool) {
	num, exactNum := Root("sqrt", "", Whole(x.Num))
	den, exactDen := Root("sqrt", "", Whole(x.Den))
	if !exactNum || !exactDen {
		return Value{}, false
	}
	return Value{Sort: Number, Num: num.Num, Den: den.Num}, true
}

// FunctionNames lists the functions.
func FunctionNames() []string { return slices.Clone(functionNames) }

// IsFunction reports the name of a function.
func IsFunction(name string) bool { return functions[name].most > 0 }
