package eval

import (
	"math/big"
	"slices"

	"cnnl/eval/value"
	"cnnl/lang"
)

// A function computes with numbers; false: the result does not fit.
type function struct {
	least, most int // how many arguments
	apply       func(args []value.Value) (value.Value, bool)
}

var functions = map[string]function{
	"min":   {1, 1 << 30, func(args []value.Value) (value.Value, bool) { return slices.MinFunc(args, value.Compare), true }},
	"max":   {1, 1 << 30, func(args []value.Value) (value.Value, bool) { return slices.MaxFunc(args, value.Compare), true }},
	"abs":   {1, 1, func(args []value.Value) (value.Value, bool) { return value.FromRat(new(big.Rat).Abs(args[0].Rat())) }},
	"floor": {1, 1, func(args []value.Value) (value.Value, bool) { return value.Floor(args[0].Rat()) }},
	"ceil":  {1, 1, ceiling},
	"round": {1, 1, func(args []value.Value) (value.Value, bool) {
		return value.Floor(new(big.Rat).Add(args[0].Rat(), big.NewRat(1, 2)))
	}},
	"divisible": {2, 2, func(args []value.Value) (value.Value, bool) { return value.Divisible(args[0], args[1]) }},
	"sqrt":      {1, 1, nil},
	"log2":      {1, 1, nil},
	"count":     {1, 1, nil},
}

// functionNames lists the functions in the order of the reference.
var functionNames = []string{"min", "max", "abs", "floor", "ceil", "round", "sqrt", "log2", "count", "divisible"}

func ceiling(args []value.Value) (value.Value, bool) {
	v, ok := value.Floor(new(big.Rat).Neg(args[0].Rat()))
	v.Num = -v.Num
	return v, ok
}

// function computes a function.
func (m *machine) function(r *lang.Ref) value.Value {
	name := r.Head.Text
	f, ok := functions[name]
	switch {
	case !ok:
		hint := "the functions are " + joinWords(functionNames)
		if near := lang.Nearest(name, functionNames...); near != "" {
			hint = "did you mean " + near + "( )?"
		}
		m.errorf(lang.Naming, r.Head.Span(), "there is no function called "+name, "", hint)
		return value.Value{}
	case len(r.Path) > 0:
		m.errorf(lang.Syntax, r.Span, "what a function gives has no parts", "found "+lang.Quote(m.text(r.Span)), "")
		return value.Value{}
	case len(r.Args) < f.least || len(r.Args) > f.most:
		m.errorf(lang.Argument, r.Span, name+" takes "+arguments(f.least), "found "+itoa(len(r.Args)), "")
		return value.Value{}
	case name == "count":
		return m.countKind(r)
	case value.IsRoot(name):
		return m.root(r, "")
	}
	if inner := rootInside(r); inner != nil {
		return m.root(inner, name)
	}
	return m.apply(r, f)
}

func arguments(n int) string {
	if n == 1 {
		return "one value"
	}
	return itoa(n) + " values"
}

// apply computes the arguments, then the function.
func (m *machine) apply(r *lang.Ref, f function) value.Value {
	args := make([]value.Value, len(r.Args))
	for i := range r.Args {
		args[i] = m.numberIn(r, i)
		if args[i].Sort == value.Unknown {
			return value.Value{}
		}
	}
	if r.Head.Text == "divisible" && (args[1].Num <= 0 || args[1].Den != 1) {
		m.errorf(lang.Value, r.Args[1].Span(), "divisible needs a whole number of at least 1", "found "+args[1].String(), "")
		return value.Value{}
	}
	v, ok := f.apply(args)
	return m.fits(r.Span, v, ok)
}

// numberIn is argument i of a function, a number.
func (m *machine) numberIn(r *lang.Ref, i int) value.Value {
	v := m.value(&r.Args[i])
	if v.Sort != value.Number && v.Sort != value.Unknown {
		m.errorf(lang.Value, r.Args[i].Span(), r.Head.Text+" needs numbers", "found "+v.String()+", which is "+value.Sorts[v.Sort], "")
		return value.Value{}
	}
	return v
}

// rootInside finds the sqrt or log2 that stands directly inside floor, ceil
// or round, where it need not be exact.
func rootInside(r *lang.Ref) *lang.Ref {
	if name := r.Head.Text; name != "floor" && name != "ceil" && name != "round" {
		return nil
	}
	arg := r.Args[0]
	if inner := arg.First.Ref; inner != nil && len(arg.Rest) == 0 && arg.First.Sign.Text == "" && value.IsRoot(inner.Head.Text) && len(inner.Args) == 1 && len(inner.Path) == 0 {
		return inner
	}
	return nil
}

// root computes sqrt or log2, rounded by the function around it.
func (m *machine) root(r *lang.Ref, rounding string) value.Value {
	x := m.numberIn(r, 0)
	name := r.Head.Text
	switch {
	case x.Sort == value.Unknown:
		return value.Value{}
	case x.Num < 0, name == "log2" && x.Num == 0:
		m.errorf(lang.Value, r.Span, name+" of "+x.String()+" does not exist", "", "")
		return value.Value{}
	}
	v, exact := value.Root(name, rounding, x)
	if !exact {
		if name == "sqrt" && rounding == "" {
			if f, ok := exactFraction(x); ok {
				return f
			}
		}
		m.errorf(lang.Value, r.Span, name+"("+x.String()+") does not come out even", "", "round it: floor("+m.text(r.Span)+")")
		return value.Value{}
	}
	return v
}

// exactFraction is the square root of a fraction of squares.
func exactFraction(x value.Value) (value.Value, bool) {
	num, exactNum := value.Root("sqrt", "", value.Whole(x.Num))
	den, exactDen := value.Root("sqrt", "", value.Whole(x.Den))
	if !exactNum || !exactDen {
		return value.Value{}, false
	}
	return value.Value{Sort: value.Number, Num: num.Num, Den: den.Num}, true
}

// countKind computes count(conv): the rows of a kind so far.
func (m *machine) countKind(r *lang.Ref) value.Value {
	arg := r.Args[0]
	name := arg.First.Ref
	if name == nil || len(arg.Rest) > 0 || len(name.Path) > 0 || len(name.Args) > 0 {
		m.errorf(lang.Argument, arg.Span(), "count takes the name of a kind", "found "+lang.Quote(m.text(arg.Span())), "write count(conv)")
		return value.Value{}
	}
	if m.kindNamed(name.Head.Text) == nil {
		hint := "write count(conv)"
		if near := lang.Nearest(name.Head.Text, m.kindNames()...); near != "" {
			hint = "did you mean " + near + "?"
		}
		m.errorf(lang.Naming, name.Span, "there is no kind of layer called "+name.Head.Text, "", hint)
		return value.Value{}
	}
	return value.Whole(int64(m.kinds[name.Head.Text]))
}

// FunctionNames lists the functions.
func FunctionNames() []string { return slices.Clone(functionNames) }
