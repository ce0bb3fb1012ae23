package eval

import (
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// word computes a value as written in a layer.
func (m *machine) word(w lang.Word) value.Value {
	v := m.parts(w.Parts)
	switch {
	case w.Minus.Text == "":
		return v
	case v.Sort == value.Number:
		v.Num = -v.Num
		return v
	case v.Sort != value.Unknown:
		hint := "take the minus out"
		if v.Shape.At(0) == 1 {
			hint = m.missingSide(v.Shape)
		}
		m.errorf(lang.Value, w.Span(), "a size cannot be negative", "found "+lang.Quote(m.text(w.Span())), hint)
	}
	return value.Value{}
}

// missingSide is the first side of a size that is to hold the current tensor,
// where other tools have a -1.
func (m *machine) missingSide(s layer.Shape) string {
	sides, have := s.Axes(), int64(0)
	if m.here != network.None && !m.surveying {
		have, _ = m.net.Nodes[m.here].Out.Size()
	}
	rest, fits := s.Size()
	if !fits || rest == 0 || have == 0 || have%rest != 0 {
		return "sizes have no -1: write every side"
	}
	sides[0] = have / rest
	return "sizes have no -1: write " + layer.NewShape(sides...).String()
}

// parts computes a number, a size, $name, or several joined by x.
func (m *machine) parts(parts []lang.Part) value.Value {
	if len(parts) == 1 {
		return m.part(parts[0])
	}
	var axes []int64
	known := true
	for _, p := range parts {
		v := m.part(p)
		sides, ok := m.sides(p, v)
		known = known && ok
		axes = append(axes, sides...)
	}
	if !known {
		return value.Value{}
	}
	return m.sized(axes, parts[0].Lit.Span())
}

// sides are the numbers that one part adds to a size.
func (m *machine) sides(p lang.Part, v value.Value) ([]int64, bool) {
	switch {
	case v.Sort == value.Size:
		return v.Shape.Axes(), true
	case v.IsWhole() && v.Num >= 0:
		return []int64{v.Num}, true
	case v.Sort != value.Unknown:
		m.errorf(lang.Value, partSpan(p), "the sides of a size are whole numbers", "found "+v.String(), "")
	}
	return nil, false
}

func (m *machine) sized(axes []int64, span lang.Span) value.Value {
	if len(axes) > layer.MaxAxes {
		m.errorf(lang.Value, span, "a size has at most 8 sides", "", "")
		return value.Value{}
	}
	return value.OfShape(layer.NewShape(axes...))
}

func partSpan(p lang.Part) lang.Span {
	return lang.Word{Parts: []lang.Part{p}}.Span()
}

func (m *machine) part(p lang.Part) value.Value {
	var v value.Value
	switch {
	case m.surveying && (p.Expr != nil || p.Lit.Kind == lang.Dollar):
	case p.Expr != nil:
		v = m.value(p.Expr)
	case p.Lit.Kind == lang.Dollar:
		v = m.named(p.Lit)
	case p.Lit.Kind == lang.Size:
		v = m.sizeLiteral(p.Lit)
	case p.Lit.Kind == lang.Number:
		number, ok := value.Literal(p.Lit.Text)
		if v = number; !ok {
			m.errorf(lang.Value, p.Lit.Span(), "the number does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "take a smaller number")
			return value.Value{}
		}
	}
	return v
}

func (m *machine) sizeLiteral(lit lang.Lit) value.Value {
	axes := make([]int64, 0, layer.MaxAxes)
	for _, side := range lang.Sides(lit.Text) {
		v, ok := value.Literal(side)
		if !ok || !v.IsWhole() {
			m.errorf(lang.Value, lit.Span(), "a side of the size does not fit 64 bits", "whole numbers go up to 9,223,372,036,854,775,807", "take a smaller number")
			return value.Value{}
		}
		axes = append(axes, v.Num)
	}
	return m.sized(axes, lit.Span())
}

// asSide is how $kx3 is written, where k is a value; or empty.
func (m *machine) asSide(name string) string {
	stem := strings.TrimRight(name, "0123456789x")
	if e := m.find(stem); stem == name || e == nil || e.sort != isValue || name[len(stem)] != 'x' {
		return ""
	}
	return "$(" + stem + ")" + name[len(stem):]
}

// named is the value of $name.
func (m *machine) named(lit lang.Lit) value.Value {
	name := lit.Text[1:]
	e := m.lookup(name)
	switch {
	case e == nil && m.asSide(name) != "":
		m.errorf(lang.Naming, lit.Span(), "there is no value called "+name, "", "in sizes a value stands in brackets: "+m.asSide(name))
		return value.Value{}
	case e == nil:
		m.unknownName(lang.Name{Text: name, At: lit.At + 1}, "value")
		return value.Value{}
	case e.sort == isLayer:
		m.errorf(lang.Naming, lit.Span(), "`"+name+"` is a layer, not a value", "", "a number of it is written in a calculation: $("+name+".channels)")
		return value.Value{}
	}
	return e.value
}
