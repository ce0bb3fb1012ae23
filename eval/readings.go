package eval

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/lang"
)

// A Reading is a default that decided a number, and what another usual
// reading of the same question would make of the total.
type Reading struct {
	Option string      // pad
	Unsaid string      // what it was taken to be: padding: none
	Layers []string    // where it decided, in order
	Assume []string    // the assumes that read the script the other way
	Whose  []string    // who reads it so, where that is known
	First  layer.Shape // of the first of them under the other reading
	Total  int64       // parameters under the other reading
	Field  []int64     // the receptive field under it, where that is another one
	Shapes bool        // some shape is another one
	OK     bool        // the script counts, both ways
	Misfit bool        // it counts as it is, and under the other reading some layer does not fit
}

// Readings lists the defaults that decided a number in a network, each with
// the total under the other reading: the script is read again for it.
func Readings(n *network.Network, opts Options) (readings []Reading) {
	sheet := new(calc.Sheet)
	for i := range n.Nodes[:n.Good] {
		call := n.Call(i)
		for p, other := range network.Decided(call, &n.Nodes[i], sheet) {
			readings = addReading(readings, call.Kind, &call.Kind.Params[p], n.Path(int32(i)), other)
		}
	}
	readings = merged(readings)
	for i := range readings {
		if n.Failed {
			break // what does not count one way need not count the other
		}
		r := &readings[i]
		again := opts
		for _, words := range r.Assume {
			again.Reading = again.Reading.And(reading.Assuming(words, r.Option))
		}
		other, diags := Run(n.File, again)
		r.Total, r.OK = other.Totals.Params(), !other.Failed
		if field := other.Totals.Field.Sizes(); !slices.Equal(field, n.Totals.Field.Sizes()) {
			r.Field = field
		}
		r.Shapes = !slices.EqualFunc(n.Nodes, other.Nodes, func(a, b network.Node) bool { return a.Out == b.Out })
		r.Misfit = other.Failed && slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return d.Code == lang.Shape || d.Code == lang.Share })
	}
	return slices.DeleteFunc(readings, func(r Reading) bool {
		return r.OK && r.Total == n.Totals.Params() && !r.Shapes && r.Field == nil // what it decided was seen no further on
	})
}

// addReading puts a layer where its reading is, or begins a new one: there is
// one for each tool that reads the option so.
func addReading(readings []Reading, k *layer.Kind, p *layer.Param, name string, other layer.Shape) []Reading {
	assume := p.Reading
	if p.Type != layer.Flag {
		assume = p.Name + " " + p.Reading
	}
	if !k.Common {
		assume = k.Name + " " + assume
	}
	tools := p.Whose
	if len(tools) == 0 {
		tools = []string{""}
	}
	for _, tool := range tools {
		i := slices.IndexFunc(readings, func(r Reading) bool { return r.Option == p.Name && slices.Equal(r.Whose, appendNew(nil, tool)) })
		if i < 0 {
			i = len(readings)
			readings = append(readings, Reading{Option: p.Name, Unsaid: p.Unsaid, Whose: appendNew(nil, tool), First: other})
		}
		r := &readings[i]
		r.Layers, r.Assume = append(r.Layers, name), appendNew(r.Assume, assume)
	}
	return readings
}

// merged joins tools that read all the same.
func merged(readings []Reading) (list []Reading) {
	for _, r := range readings {
		i := slices.IndexFunc(list, func(l Reading) bool { return l.Option == r.Option && slices.Equal(l.Assume, r.Assume) })
		if i < 0 {
			list = append(list, r)
		} else {
			list[i].Whose = append(list[i].Whose, r.Whose...)
		}
	}
	return list
}

// appendNew adds a word that is not there yet.
func appendNew(list []string, word string) []string {
	if word == "" || slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}
