package eval

import (
	"cmp"
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// flatHint is advice for a layer that needs positions and has a vector: what
// made it one, and that a convolution of 1x1 is a dense layer there.
func (m *machine) flatHint(row *network.Node) string {
	i := m.flattener(row.From[0])
	maker := &m.Net.Nodes[i]
	if maker.Kind == nil {
		return "it stands where there are positions"
	}
	hint := m.Net.Path(i) + " gives a vector: " + cmp.Or(maker.Kind.Keeps, "this layer can stand before it")
	if units := pointwise(row.Kind, row.Args); units > 0 {
		hint = "dense " + itoa(int(units)) + " is the same on a vector; " + hint
	}
	return hint
}

// flattener is the row that made the tensor of row i a vector.
func (m *machine) flattener(i int32) int32 {
	for {
		r := &m.Net.Nodes[i]
		if len(r.From) == 0 || m.Net.Nodes[r.From[0]].Out.Spatial() > 0 {
			return i
		}
		i = r.From[0]
	}
}

// pointwise is the number of filters of a convolution of 1x1, or 0.
func pointwise(kind *layer.Kind, args layer.Args) int64 {
	filters, kernel := kind.Find("filters"), kind.Find("kernel")
	if filters < 0 || kernel < 0 || slices.ContainsFunc(args[kernel].Sides(), func(n int64) bool { return n != 1 }) {
		return 0
	}
	return args[filters].N[0]
}
