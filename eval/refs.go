package eval

import (
	"math/big"
	"slices"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// ref computes a name and the way on from it.
func (m *machine) ref(r *lang.Ref) value {
	if len(r.Args) > 0 {
		return m.call(r)
	}
	switch r.Head.Text {
	case "true", "false":
		return m.plain(r, truth(r.Head.Text == "true"))
	case "total":
		return m.total(r)
	case "here":
		return m.tensor(r, m.here, "here is the current tensor, and there is none yet")
	case "in":
		return m.tensor(r, m.first, "in is the first input, and there is none yet")
	case "all":
		m.errorf(lang.Naming, r.Head.Span(), "all stands only behind freeze", "", "")
		return value{}
	}
	e := m.scope.find(r.Head.Text)
	switch {
	case e == nil:
		m.unknownName(lang.Name(r.Head), "layer or value")
		return value{}
	case e.sort == isLayer:
		return m.property(r, e.row)
	case e.sort == isValue:
		return m.plain(r, e.value)
	}
	return value{}
}

// plain is a value that has no properties.
func (m *machine) plain(r *lang.Ref, v value) value {
	if len(r.Path) > 0 {
		m.errorf(lang.Naming, r.Span, r.Head.Text+" is a value and has no parts", "found "+lang.Quote(m.text(r.Span)), "")
		return value{}
	}
	return v
}

func (m *machine) text(span lang.Span) string { return m.src.Text[span.Start:span.End] }

// total computes total and total.macs and so on.
func (m *machine) total(r *lang.Ref) value {
	if m.failed {
		return value{}
	}
	if len(r.Path) == 0 {
		return whole(m.net.Totals.Params())
	}
	return m.counted(r, r.Path, totalProperties, Row{
		Weights: m.net.Totals.Weights, Biases: m.net.Totals.Biases, Stats: m.net.Totals.Stats, PerUse: m.net.Totals.PerUse,
		Macs: m.net.Totals.Macs, Activations: m.net.Totals.Activations, Field: m.net.Totals.Field,
	}, m.net.Totals.Frozen)
}

// tensor computes here and in.
func (m *machine) tensor(r *lang.Ref, row int32, none string) value {
	if row < 0 {
		m.errorf(lang.Naming, r.Head.Span(), "there is no tensor yet", none, "begin with the input: input 120x120 rgb")
		return value{}
	}
	return m.measure(r, m.net.Rows[row].Out)
}

// tensorProperties are what a tensor can be asked for.
var tensorProperties = []string{"height", "width", "depth", "length", "channels", "size"}

// measure computes a tensor's size or one of its axes.
func (m *machine) measure(r *lang.Ref, s layer.Shape) value {
	switch {
	case !s.Known():
		return value{}
	case len(r.Path) == 0:
		return sizeOf(s)
	case len(r.Path) > 1 || r.Path[0].Index != nil:
		return m.noProperty(r, r.Path[len(r.Path)-1], tensorProperties, "a tensor")
	}
	name := r.Path[0].Attr.Text
	if name == "size" {
		n, _ := s.Size()
		return whole(n)
	}
	if n, ok := s.Axis(name); ok {
		return whole(n)
	}
	if !slices.Contains(tensorProperties, name) {
		return m.noProperty(r, r.Path[0], tensorProperties, "a tensor")
	}
	m.errorf(lang.Shape, r.Path[0].Attr.Span(), r.Head.Text+" has no "+name, "it is the "+s.Form()+" "+s.String(), "")
	return value{}
}

// rowProperties are what a layer can be asked for, beside its tensor's.
var (
	totalProperties = []string{"params", "weights", "biases", "trainable", "frozen", "stats", "per_use", "macs", "activations", "field"}
	rowProperties   = append([]string{"out"}, append(totalProperties[:len(totalProperties):len(totalProperties)], tensorProperties...)...)
)

// property computes what is asked of a layer; its name alone is its output.
func (m *machine) property(r *lang.Ref, i int32) value {
	row := m.net.Rows[i]
	switch {
	case !row.Out.Known():
		return value{}
	case len(r.Path) == 0:
		return sizeOf(row.Out)
	case r.Path[0].Index != nil:
		return m.noProperty(r, r.Path[0], rowProperties, r.Head.Text)
	}
	switch name := r.Path[0].Attr.Text; {
	case name == "out":
		rest := *r
		rest.Path = r.Path[1:]
		return m.measure(&rest, row.Out)
	case slices.Contains(tensorProperties, name):
		return m.measure(r, row.Out)
	}
	return m.counted(r, r.Path, rowProperties, row, row.FrozenParams())
}

// counted computes a count of a row or of the totals.
func (m *machine) counted(r *lang.Ref, path []lang.Step, known []string, row Row, frozen int64) value {
	if path[0].Index != nil {
		return m.noProperty(r, path[0], known, r.Head.Text)
	}
	name := path[0].Attr.Text
	counts := map[string]int64{
		"params": row.Params(), "weights": row.Weights, "biases": row.Biases, "trainable": row.Params() - frozen, "frozen": frozen,
		"stats": row.Stats, "per_use": row.PerUse, "macs": row.Macs, "activations": row.Activations,
	}
	if name == "field" {
		return m.fieldOf(r, path[1:], row.Field)
	}
	n, ok := counts[name]
	switch {
	case !ok:
		return m.noProperty(r, path[0], known, r.Head.Text)
	case len(path) > 1:
		return m.noProperty(r, path[1], nil, "a number")
	}
	return whole(n)
}

// fieldOf computes a receptive field, or its size along one axis.
func (m *machine) fieldOf(r *lang.Ref, path []lang.Step, f *Field) value {
	if f == nil {
		m.errorf(lang.Shape, r.Span, lang.Quote(m.text(r.Span))+" does not exist", "behind flatten or dense no spatial axis is left", "ask a layer before that")
		return value{}
	}
	s := layer.NewShape(append(f.Sizes(), 1)...)
	if len(path) == 0 {
		return sizeOf(layer.NewShape(f.Sizes()...))
	}
	if n, ok := s.Axis(path[0].Attr.Text); ok && path[0].Attr.Text != "channels" && len(path) == 1 {
		return whole(n)
	}
	names := s.AxisNames()
	return m.noProperty(r, path[0], names[:len(names)-1], "a receptive field")
}

// noProperty tells of a property that does not exist.
func (m *machine) noProperty(r *lang.Ref, step lang.Step, known []string, of string) value {
	if step.Index != nil {
		m.errorf(lang.Naming, r.Span, r.Head.Text+" is one layer, not several", "[ ] picks one of the layers that a loop has named", "")
		return value{}
	}
	hint := ""
	if near := lang.Nearest(step.Attr.Text, known...); near != "" {
		hint = "did you mean ." + near + "?"
	} else if len(known) > 0 {
		hint = "it has " + joinWords(known)
	}
	m.errorf(lang.Naming, step.Attr.Span(), of+" has no ."+step.Attr.Text, "", hint)
	return value{}
}

// A function computes with numbers; false: the result does not fit.
type function struct {
	least, most int // how many arguments
	apply       func(args []value) (value, bool)
}

var functions = map[string]function{
	"min":       {1, 1 << 30, func(args []value) (value, bool) { return slices.MinFunc(args, compare), true }},
	"max":       {1, 1 << 30, func(args []value) (value, bool) { return slices.MaxFunc(args, compare), true }},
	"abs":       {1, 1, func(args []value) (value, bool) { return fromRat(new(big.Rat).Abs(args[0].rat())) }},
	"floor":     {1, 1, func(args []value) (value, bool) { return floorOf(args[0].rat()) }},
	"ceil":      {1, 1, ceiling},
	"round":     {1, 1, func(args []value) (value, bool) { return floorOf(new(big.Rat).Add(args[0].rat(), big.NewRat(1, 2))) }},
	"divisible": {2, 2, func(args []value) (value, bool) { return divisible(args[0], args[1]) }},
	"sqrt":      {1, 1, nil},
	"log2":      {1, 1, nil},
	"count":     {1, 1, nil},
}

// functionNames lists the functions in the order of the reference.
var functionNames = []string{"min", "max", "abs", "floor", "ceil", "round", "sqrt", "log2", "count", "divisible"}

func ceiling(args []value) (value, bool) {
	v, ok := floorOf(new(big.Rat).Neg(args[0].rat()))
	v.num = -v.num
	return v, ok
}

// call computes a function.
func (m *machine) call(r *lang.Ref) value {
	name := r.Head.Text
	f, ok := functions[name]
	switch {
	case !ok:
		hint := "the functions are " + joinWords(functionNames)
		if near := lang.Nearest(name, functionNames...); near != "" {
			hint = "did you mean " + near + "( )?"
		}
		m.errorf(lang.Naming, r.Head.Span(), "there is no function called "+name, "", hint)
		return value{}
	case len(r.Path) > 0:
		m.errorf(lang.Syntax, r.Span, "what a function gives has no parts", "found "+lang.Quote(m.text(r.Span)), "")
		return value{}
	case len(r.Args) < f.least || len(r.Args) > f.most:
		m.errorf(lang.Argument, r.Span, name+" takes "+arguments(f.least), "found "+itoa(len(r.Args)), "")
		return value{}
	case name == "count":
		return m.countKind(r)
	case isRoot(name):
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
func (m *machine) apply(r *lang.Ref, f function) value {
	args := make([]value, len(r.Args))
	for i := range r.Args {
		args[i] = m.numberIn(r, i)
		if args[i].sort == unknown {
			return value{}
		}
	}
	if r.Head.Text == "divisible" && (args[1].num <= 0 || args[1].den != 1) {
		m.errorf(lang.Value, r.Args[1].Span(), "divisible needs a whole number of at least 1", "found "+args[1].String(), "")
		return value{}
	}
	v, ok := f.apply(args)
	return m.fits(r.Span, v, ok)
}

// numberIn is argument i of a function, a number.
func (m *machine) numberIn(r *lang.Ref, i int) value {
	v := m.value(&r.Args[i])
	if v.sort != number && v.sort != unknown {
		m.errorf(lang.Value, r.Args[i].Span(), r.Head.Text+" needs numbers", "found "+v.String()+", which is "+sorts[v.sort], "")
		return value{}
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
	if inner := arg.First.Ref; inner != nil && len(arg.Rest) == 0 && arg.First.Sign.Text == "" && isRoot(inner.Head.Text) && len(inner.Args) == 1 && len(inner.Path) == 0 {
		return inner
	}
	return nil
}

// root computes sqrt or log2, rounded by the function around it.
func (m *machine) root(r *lang.Ref, rounding string) value {
	x := m.numberIn(r, 0)
	name := r.Head.Text
	switch {
	case x.sort == unknown:
		return value{}
	case x.num < 0, name == "log2" && x.num == 0:
		m.errorf(lang.Value, r.Span, name+" of "+x.String()+" does not exist", "", "")
		return value{}
	}
	v, exact := root(name, rounding, x)
	if !exact {
		if name == "sqrt" && rounding == "" {
			if f, ok := exactFraction(x); ok {
				return f
			}
		}
		m.errorf(lang.Value, r.Span, name+"("+x.String()+") does not come out even", "", "round it: floor("+m.text(r.Span)+")")
		return value{}
	}
	return v
}

// exactFraction is the square root of a fraction of squares.
func exactFraction(x value) (value, bool) {
	num, exactNum := root("sqrt", "", whole(x.num))
	den, exactDen := root("sqrt", "", whole(x.den))
	if !exactNum || !exactDen {
		return value{}, false
	}
	return value{sort: number, num: num.num, den: den.num}, true
}

// countKind computes count(conv): the rows of a kind so far.
func (m *machine) countKind(r *lang.Ref) value {
	arg := r.Args[0]
	name := arg.First.Ref
	if name == nil || len(arg.Rest) > 0 || len(name.Path) > 0 || len(name.Args) > 0 {
		m.errorf(lang.Argument, arg.Span(), "count takes the name of a kind", "found "+lang.Quote(m.text(arg.Span())), "write count(conv)")
		return value{}
	}
	kind := layer.Find(name.Head.Text)
	if kind == nil {
		hint := "write count(conv)"
		if near := lang.Nearest(name.Head.Text, kindNames()...); near != "" {
			hint = "did you mean " + near + "?"
		}
		m.errorf(lang.Naming, name.Span, "there is no kind of layer called "+name.Head.Text, "", hint)
		return value{}
	}
	return whole(int64(m.scope.counts[kind]))
}
