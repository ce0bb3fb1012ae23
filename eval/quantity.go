package eval

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// What a claim is about, as a calculation.

// isQuantity reports a side of a claim that is one number of a layer or of
// the whole, by itself.
func (m *machine) isQuantity(e *lang.Expr) bool {
	r := e.First.Ref
	if r == nil || len(e.Rest) > 0 || e.First.Sign.Text != "" || len(r.Args) > 0 {
		return false
	}
	found := m.lookup(r.Head.Text)
	return r.Head.Text == "total" || found != nil && found.sort == isLayer
}

// calculations are the ways in which the quantity that a claim is about is
// calculated: none where it is no such quantity.
func (m *machine) calculations(e *lang.Expr) []calc.Expr {
	if !m.isQuantity(e) {
		return nil
	}
	r := e.First.Ref
	if r.Head.Text == "total" {
		return m.totalCalculation(m.net.Nodes, attribute(r.Path, "params"))
	}
	p, path, ok := m.subject(r)
	if !ok {
		return nil
	}
	if p.group != network.None {
		first, end := m.extent(p.group)
		return m.totalCalculation(m.net.Nodes[first:end], attribute(path, ""))
	}
	row := &m.net.Nodes[p.row]
	call := m.net.CallOf(row)
	call.Sheet = new(calc.Sheet)
	call.Run()
	return quantity(call, row, path)
}

// subject is the layer or block that a reference is about, and what it asks.
func (m *machine) subject(r *lang.Ref) (p place, path []lang.Step, ok bool) {
	places, path, ok := m.locate(r, m.lookup(r.Head.Text), false)
	if !ok || len(path) > 0 && path[0].Index != nil {
		return place{}, nil, false
	}
	return places[0], path, true
}

// said is what is to be said of a quantity that has no calculation of one
// number: a size with several, or parameters that are another layer's.
func (m *machine) said(e *lang.Expr) string {
	if !m.isQuantity(e) || e.First.Ref.Head.Text == "total" {
		return ""
	}
	p, path, ok := m.subject(e.First.Ref)
	if !ok || p.group != network.None {
		return ""
	}
	row := &m.net.Nodes[p.row]
	switch name := attribute(path, "out"); {
	case row.Owner != network.None && (name == "params" || name == "weights" || name == "biases"):
		return m.net.Path(p.row) + " uses the parameters of " + m.net.Path(row.Owner) + " and adds none"
	case name == "out" && row.Out.Known() && !row.Kind.Source:
		return m.sizes(row)
	}
	return ""
}

// sizes are the calculations of an output's sides.
func (m *machine) sizes(row *network.Node) string {
	call := m.net.CallOf(row)
	call.Sheet = new(calc.Sheet)
	call.Run()
	var list []string
	for i, e := range call.Axes() {
		if !e.Alone() {
			list = append(list, call.Out.AxisNames()[i]+" = "+e.Grouped()+" = "+lang.Group(e.Value()))
		}
	}
	return strings.Join(list, "; ")
}

// totalCalculation adds up one number over rows.
func (m *machine) totalCalculation(rows []network.Node, name string) []calc.Expr {
	count := network.Measured(name)
	if count == nil {
		return nil
	}
	m.steps += len(rows) / 4
	sum, ok := network.Added(new(calc.Sheet), rows, count.OfNode)
	if !ok {
		return nil
	}
	return []calc.Expr{sum}
}

// attribute is the one property that a path asks for, or what is asked for
// where there is no path.
func attribute(path []lang.Step, alone string) string {
	switch len(path) {
	case 0:
		return alone
	case 1:
		return path[0].Attr.Text
	}
	return ""
}

// quantity is how one number of a layer is calculated.
func quantity(call *layer.Call, row *network.Node, path []lang.Step) []calc.Expr {
	if len(path) > 1 && path[0].Attr.Text == "out" {
		path = path[1:]
	}
	name := attribute(path, "out")
	if name == "out" && call.Out.Rank() == 1 {
		return call.Axes()
	}
	if i := slices.Index(call.Out.AxisNames(), name); i >= 0 {
		return call.Axes()[i : i+1]
	}
	var params, weights, biases calc.Expr
	for _, b := range call.Banks() {
		params = calc.Sum(params, b.Params())
		weights, biases = calc.Sum(weights, b.Weights()), calc.Sum(biases, b.Biases())
	}
	switch {
	case name == "macs":
		return []calc.Expr{call.Macs()}
	case name == "per_use", name == "params" && row.Owner == network.None:
		return []calc.Expr{params}
	case name == "params" && row.Bias == network.None:
		return []calc.Expr{biases}
	case name == "weights" && row.Owner == network.None:
		return []calc.Expr{weights}
	case name == "biases" && row.Bias == network.None:
		return []calc.Expr{biases}
	case name == "stats" && row.Owner == network.None && call.Kind.Stats != nil:
		return []calc.Expr{call.Kind.Stats(call)}
	}
	return nil
}
