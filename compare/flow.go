package compare

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"cnnl/eval/network"
)

// A flow goes through a network from its outputs, so that the order of its rows
// does not hang on which branch is written first.
type flow struct {
	net   *network.Network
	makes []making
	state []state
	rows  []int32
}

// A state is how far a row has been gone through.
type state uint8

const (
	unseen state = iota
	opened       // what it takes is being gone through
	listed
)

// A making is how a tensor came about, in two numbers: all kinds of layers on
// the way, which a slip in a value leaves as they are, and all statements.
type making struct{ kinds, statements uint64 }

func (a making) compare(b making) int {
	return cmp.Or(cmp.Compare(a.kinds, b.kinds), cmp.Compare(a.statements, b.statements))
}

// Flow lists the good rows of a network, each behind those that it takes; where
// several come together, in the order of how they came about, and outputs
// likewise. So it does not hang on which branch is written first.
func Flow(net *network.Network) []int32 {
	ends, merge := outputs(net)
	if len(ends) < 2 && !merge {
		return inOrder(net)
	}
	f := flow{net: net, makes: make([]making, net.Good), state: make([]state, net.Good)}
	for i := range f.makes {
		f.makes[i] = f.making(int32(i))
	}
	f.sort(ends)
	for _, i := range ends {
		f.visit(i)
	}
	return f.rows
}

// inOrder are the good rows of a network as they are written.
func inOrder(net *network.Network) []int32 {
	list := make([]int32, net.Good)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// outputs are the rows that nothing takes, and whether anything merges.
func outputs(net *network.Network) (ends []int32, merge bool) {
	taken := make([]bool, net.Good)
	for i := net.Good - 1; i >= 0; i-- {
		r := &net.Nodes[i]
		if merge = merge || r.Kind.Merges; !taken[i] {
			ends = append(ends, int32(i))
		}
		for _, from := range r.From {
			taken[from] = true
		}
	}
	slices.Reverse(ends)
	return ends, merge
}

func (f *flow) sort(rows []int32) {
	slices.SortStableFunc(rows, func(i, j int32) int { return f.makes[i].compare(f.makes[j]) })
}

// inputs are the rows that a row takes, those of a merge sorted.
func (f *flow) inputs(i int32) []int32 {
	r := &f.net.Nodes[i]
	if !r.Kind.Merges {
		return r.From
	}
	from := slices.Clone(r.From)
	f.sort(from)
	return from
}

func (f *flow) making(i int32) making {
	r := &f.net.Nodes[i]
	kinds, statements := fnv.New64a(), fnv.New64a()
	fmt.Fprint(kinds, r.Kind.Name)
	fmt.Fprint(statements, r.Kind.Name, r.Kind.Short(r.Args))
	for _, from := range f.inputs(i) {
		fmt.Fprint(kinds, f.makes[from].kinds)
		fmt.Fprint(statements, f.makes[from].statements)
	}
	return making{kinds.Sum64(), statements.Sum64()}
}

// visit goes to a row through all that it takes.
func (f *flow) visit(output int32) {
	for stack := []int32{output}; len(stack) > 0; {
		i := stack[len(stack)-1]
		switch f.state[i]++; f.state[i] {
		case opened:
			for _, from := range slices.Backward(f.inputs(i)) {
				if f.state[from] == unseen {
					stack = append(stack, from)
				}
			}
		case listed:
			f.rows = append(f.rows, i)
		default:
			f.state[i] = listed
			stack = stack[:len(stack)-1]
		}
	}
}
