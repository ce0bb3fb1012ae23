package claim

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// A Subject is what a claim is about: one number of a layer, of a block's use or
// of the whole network.
type Subject struct {
	Total      bool
	Node       int32 // the layer
	Group      int32 // the use of a block, or -1
	First, End int32 // the nodes that a total or a block's use has so far
	Path       []lang.Step
}

// Property is the word by which the number is asked for.
func (s Subject) Property() string {
	switch {
	case s.Total:
		return attribute(s.Path, "params")
	case s.Group != network.None:
		return attribute(s.Path, "")
	}
	return attribute(s.Path, "out")
}

// Quantity is the word for what is asked, in its one spelling: out, field.height.
func (s Subject) Quantity() string {
	path := s.Path
	if len(path) > 1 && path[0].Attr.Text == "out" {
		path = path[1:]
	}
	var words []string
	for _, step := range path {
		if step.Index != nil {
			return ""
		}
		words = append(words, step.Attr.Text)
	}
	switch {
	case len(words) > 0:
		return strings.Join(words, ".")
	case s.Total:
		return "params"
	}
	return "out"
}

// calculations are the ways in which the number is calculated; none where it has
// no calculation of one number.
func (s Subject) calculations(net *network.Network) []calc.Expr {
	if !s.Total && s.Group == network.None {
		node := &net.Nodes[s.Node]
		call := net.CallOf(node)
		call.Sheet = new(calc.Sheet)
		call.Run()
		return quantity(call, node, s.Path)
	}
	count := network.Measured(s.Property())
	if count == nil {
		return nil
	}
	sum, ok := network.Added(new(calc.Sheet), net.Numbers(count, s.First, s.End))
	if !ok {
		return nil
	}
	return []calc.Expr{sum}
}

// said is what is to be said of a number that has no calculation: a size with
// several sides, or parameters that are another layer's.
func (s Subject) said(net *network.Network) string {
	if s.Total || s.Group != network.None {
		return ""
	}
	node := &net.Nodes[s.Node]
	switch name := s.Property(); {
	case node.Owner != network.None && (name == "params" || name == "weights" || name == "biases"):
		return net.Path(s.Node) + " uses the parameters of " + net.Path(node.Owner) + " and adds none"
	case name == "out" && node.Out.Known() && !node.Kind.Source:
		return sizes(net, node)
	}
	return ""
}

// sizes are the calculations of an output's sides.
func sizes(net *network.Network, row *network.Node) string {
	call := net.CallOf(row)
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
	m := network.Measured(name)
	if m == nil {
		return nil
	}
	return []calc.Expr{m.Calculation(call, row)}
}
