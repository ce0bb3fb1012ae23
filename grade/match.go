package grade

import (
	"slices"

	"cnnl/compare"
	"cnnl/eval/network"
)

// The ways to match layers, as records call them.
const (
	byOrder    = "order"
	byName     = "name"
	byBranches = "branches"
)

// matched pairs the layers of a submission with those of a reading: in order,
// by kind.
func (r *solution) inOrder(net *network.Network) *compare.Matching {
	return compare.Match(net, r.v.Network, compare.Align(net, r.v.Network, counted(net), r.shaped))
}

// read is inOrder of all layers that could be read, those from the first that
// failed on with them.
func (r *solution) read(net *network.Network) *compare.Matching {
	var rows []int32
	for i := range net.Nodes {
		if k := net.Nodes[i].Kind; k != nil && !k.Source && !k.Light {
			rows = append(rows, int32(i))
		}
	}
	return compare.Match(net, r.v.Network, compare.Align(net, r.v.Network, rows, r.shaped))
}

// named pairs layers of one name. Nil: that is the pairing in order.
func (r *solution) named(net *network.Network, order *compare.Matching) *compare.Matching {
	names := map[string]int32{}
	for _, j := range r.shaped {
		names[r.v.Network.Path(j)] = j
	}
	var pairs []compare.Pair
	same := true
	for _, i := range counted(net) {
		j, ok := names[net.Path(i)]
		if !ok {
			continue
		}
		pairs = append(pairs, compare.Pair{A: i, B: j})
		same = same && order.A(j) == i
	}
	if same && len(pairs) <= order.Pairs() {
		return nil
	}
	return compare.Match(net, r.v.Network, pairs)
}

// branched pairs layers in order, whichever branch of a merge is written
// first. Nil: that is the pairing in order.
func (r *solution) branched(net *network.Network) *compare.Matching {
	of := countedOf(net, compare.Flow(net))
	if slices.IsSorted(of) && slices.IsSorted(r.flow) {
		return nil
	}
	return compare.Match(net, r.v.Network, compare.Align(net, r.v.Network, of, r.flow))
}

// counted are the rows of a network that can be matched: its layers without
// those that grading passes over.
func counted(net *network.Network) (rows []int32) {
	rows = make([]int32, 0, net.Good)
	for i := range net.Nodes[:net.Good] {
		if k := net.Nodes[i].Kind; !k.Source && !k.Light {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// countedOf are those among some rows.
func countedOf(net *network.Network, rows []int32) []int32 {
	return slices.DeleteFunc(rows, func(i int32) bool { return net.Nodes[i].Kind.Source || net.Nodes[i].Kind.Light })
}
