package value

import (
	"cnnl/eval/layer"
	"cnnl/lang"
)

// Numbers and sizes as they are written.

// Parts computes a number, a size, $name, or several joined by x.
func (c *Evaluator) Parts(parts []lang.Part) Value {
	if len(parts) == 1 {
		return c.part(parts[0])
	}
	var axes []int64
	known, unsettled := true, true // what is wrong with a side is told, and then no sort is known
	for _, p := range parts {
		v := c.part(p)
		sides, ok := c.sides(p, v)
		known, unsettled = known && ok, unsettled && (ok || !v.Known() && v.Type() != Unknown)
		axes = append(axes, sides...)
	}
	switch {
	case !known && unsettled:
		return Unsettled(Size)
	case !known:
		return Value{}
	}
	return c.sized(axes, parts[0].Lit.Span())
}

// sides are the numbers that one part adds to a size.
func (c *Evaluator) sides(p lang.Part, v Value) ([]int64, bool) {
	switch {
	case v.Sort == Size:
		return v.Shape.Axes(), true
	case v.IsWhole() && v.Num >= 0:
		return []int64{v.Num}, true
	case v.Sort != Unknown:
		c.Tell(lang.Value, partSpan(p), "the sides of a size are whole numbers", "found "+v.String(), "")
	case v.Type() == Boolean:
		c.Tell(lang.Value, partSpan(p), "the sides of a size are whole numbers", "found "+v.Type().String(), "")
	}
	return nil, false
}

func (c *Evaluator) sized(axes []int64, span lang.Span) Value {
	if len(axes) > layer.MaxAxes {
		c.Tell(lang.Value, span, "a size has at most 8 sides", "", "")
		return Value{}
	}
	return OfShape(layer.NewShape(axes...))
}

func partSpan(p lang.Part) lang.Span {
	return lang.Word{Parts: []lang.Part{p}}.Span()
}

func (c *Evaluator) part(p lang.Part) Value {
	var v Value
	switch {
	case p.Expr != nil:
		v = c.Value(p.Expr)
	case p.Lit.Kind == lang.Dollar:
		v = c.Dollar(p.Lit)
	case p.Lit.Kind == lang.Size:
		v = c.sizeLiteral(p.Lit)
	case p.Lit.Kind == lang.Number:
		number, ok := Literal(p.Lit.Text)
		if v = number; !ok {
			c.Tell(lang.Value, p.Lit.Span(), "the number does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "")
			return Value{}
		}
	}
	return v
}

func (c *Evaluator) sizeLiteral(lit lang.Lit) Value {
	axes := make([]int64, 0, layer.MaxAxes)
	for side, rest, more := lang.CutSide(lit.Text); ; side, rest, more = lang.CutSide(rest) {
		v, ok := Literal(side)
		if !ok || !v.IsWhole() {
			c.Tell(lang.Value, lit.Span(), "a side of the size does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "")
			return Value{}
		}
		if axes = append(axes, v.Num); !more {
			return c.sized(axes, lit.Span())
		}
	}
}
