package explain

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// fields calculates the receptive field along each axis: behind a window the
// field before grows by the window's reach, in input positions. Where
// positions see in turns, or branches meet, it is counted from the first
// input position that is seen to the last.
func (x *Explanation) fields(r *network.Node, call *layer.Call) (list []Calc) {
	names := layer.NewShape(append(r.Field.Grid(), 1)...).AxisNames()
	for i, size := range r.Field.Sizes() {
		e := x.grown(r, call, i)
		if !e.Present() || e.Value() != size {
			first, last := r.Field.Seen(i)
			e = call.Sheet.Measure("last seen", "", last).Minus(call.Sheet.Measure("first seen", "", first)).Plus(call.Sheet.Const(1))
		}
		if n := len(list); n > 0 && list[n-1].Value == size && (e.Alone() || list[n-1].Expr.String() == e.String()) {
			list[n-1].Axes = append(list[n-1].Axes, names[i])
			continue
		}
		c := of(Field, e)
		c.Axes = []string{names[i]}
		if e.Alone() {
			c = Calc{What: Field, Axes: c.Axes, Said: "as before", Value: size}
		}
		list = append(list, c)
	}
	if len(list) == 1 {
		list[0].Axes = nil
	}
	return list
}

// OfField says of which layer the network's receptive field is, or why it is not
// followed and which layer's is known.
func OfField(net *network.Network) string {
	field, last := net.Totals.Field, net.LastWithField()
	switch {
	case field.Lost() && last == network.None:
		return "not followed: " + net.FieldLost()
	case field.Lost():
		r := &net.Nodes[last]
		return "not followed: " + net.FieldLost() + "; that of " + net.Path(last) + ", the last layer that has one, is " + layer.NewShape(r.Field.Sizes()...).String()
	case field.Beyond():
		return "of " + net.Path(last) + ", the last layer that has one; larger than the input, " + layer.NewShape(field.Grid()...).String()
	}
	return "of " + net.Path(last) + ", the last layer that has one"
}

// grown is field before + (kernel - 1)·dilation·jump along an axis, where
// jump is how far apart, in input positions, two neighbours of the layer's
// input look (Araujo, Norris and Sim, Computing receptive fields of
// convolutional neural networks, 2019); absent where that does not say it.
func (x *Explanation) grown(r *network.Node, call *layer.Call, axis int) calc.Expr {
	if len(r.From) != 1 {
		return calc.Expr{}
	}
	before := x.Net.Nodes[r.From[0]].Field
	if !before.Known() {
		return calc.Expr{}
	}
	s := call.Sheet
	field := s.Measure("field before", "", before.Sizes()[axis])
	switch {
	case call.Kind.Window == nil || r.Field == before:
		return field
	case !before.InPlace() || !r.Field.InPlace():
		return calc.Expr{}
	}
	w := call.Kind.Window(call, axis)
	if w.Across != 1 || w.Taps <= 1 {
		return field
	}
	growth := s.Measure("window", "", w.Taps).Minus(s.Const(1))
	if w.Step > 1 {
		growth = growth.Times(s.Measure("dilation", "", w.Step))
	}
	return field.Plus(growth.Times(s.Measure("jump", "", before.Jump(axis))))
}
