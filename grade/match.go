package grade

import (
	"slices"

	"cnnl/compare"
	"cnnl/eval/network"
)

// The ways to match layers, as records call them.
const (
	byOrder    = "order"
	byBranches = "branches"
)

// The views of networks that grading compares.
var (
	written = compare.View{Graded: true}
	flowing = compare.View{Graded: true, Flow: true}
)

// inOrder compares a submission's network with the reading's as both are written.
func (r *solution) inOrder(net *network.Network) *compare.Diff {
	return compare.Sides(compare.NewSide(net, written), r.written)
}

// branched compares them whichever branch of a merge is written first. Nil: that is
// the comparison in order.
func (r *solution) branched(net *network.Network) *compare.Diff {
	if r.straight && slices.IsSorted(compare.Flow(net)) {
		return nil
	}
	return compare.Sides(compare.NewSide(net, flowing), r.flowing)
}

// counts reports a layer that grading does not pass over.
func counts(r *network.Node) bool { return r.Kind != nil && !r.Kind.Source && !r.Kind.Light }

// counted are the layers of a network that grading does not pass over.
func counted(net *network.Network) (rows []int32) {
	rows = make([]int32, 0, net.Good)
	for i := range net.Nodes[:net.Good] {
		if counts(&net.Nodes[i]) {
			rows = append(rows, int32(i))
		}
	}
	return rows
}
