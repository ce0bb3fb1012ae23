// Package network is a network as plain data: its inputs and layers as nodes,
// which node feeds which, whose parameters each has, the uses of blocks around
// them, their counts and receptive fields, and the views of all that: folded,
// as statements, as sums. It needs no script; what it knows of kinds it reads
// from the catalogue.
//
// A count is one entry of Measures: whoever names, sums or shows counts reads
// that table.
package network

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Network is what a script describes.
type Network struct {
	File *lang.File
	// Nodes are the inputs and layers in the order of the script, those of
	// blocks and branches in place. Those from Good on come after the first
	// that failed and count in no total.
	Nodes  []Node
	Good   int
	Failed bool // some layer could not be counted
	Groups []Group
	Totals Totals
	// Outputs are the nodes that nothing takes.
	Outputs []int32

	read map[int32]Read // what could be made out of nodes that failed
}

// A Node is one input or one layer. Counts are exact; those of a layer that
// shares are 0 but for PerUse and what its use costs.
type Node struct {
	Name   string // within its block; Network.Path gives the whole
	Kind   *layer.Kind
	At     int // byte offset of its statement; Network.Place gives the source
	Args   layer.Args
	From   []int32 // the nodes whose tensors it takes
	Out    layer.Shape
	Group  int32 // the use of a block that it belongs to; -1: none
	Owner  int32 // the node whose parameters it has; -1: its own
	Bias   int32 // the node whose biases it has; -1: its own, also where its weights are another's
	Tie    int32 // the node named behind =, or its counterpart in a tied block; -1: none
	Turned bool  // the owner's weights turned round

	Counts // Params are those that the node adds
	Field  *Field
	Frozen Frozen
}

// Frozen tells which parameters that a node owns are not trained.
type Frozen struct{ Weights, Biases bool }

// FrozenParams is how many of the parameters that a node adds are not trained.
func (r *Node) FrozenParams() (n int64) {
	if r.Frozen.Weights {
		n += r.Weights
	}
	if r.Frozen.Biases {
		n += r.Biases
	}
	return n
}

// FrozenWords says what of a node is not trained: frozen, weights frozen, or
// nothing.
func (r *Node) FrozenWords() string {
	switch {
	case r.PerUse == 0 || r.Frozen == Frozen{}:
		return ""
	case r.Frozen == Frozen{true, true}, r.Biases == 0 && r.Frozen.Weights:
		return "frozen"
	case r.Frozen.Weights:
		return "weights frozen"
	}
	return "biases frozen"
}

// A Group is one use of a block: the nodes from First up to End.
type Group struct {
	Name       string // within the block that uses it
	Kind       *layer.Kind
	Args       []Argument
	At         int
	Source     *lang.Source // of its block's statements
	First, End int32
	From       []int32 // the nodes whose tensors it takes
	Out        int32   // the node whose tensor it gives
	Parent     int32   // the group it is used in; -1: none
	Tie        int32   // the group it shares all with; -1: none
}

// An Argument is what one parameter of a block was given, or has by default.
type Argument struct {
	*layer.Param
	Value value.Value
	Given bool
}

// Short is what a block's use was given, as a statement has it.
func (g *Group) Short() string {
	words := []string{}
	for _, a := range g.Args {
		switch {
		case a.Param.Value:
			words = append(words, a.Value.Plain())
		case !a.Given:
		case a.Type == layer.Flag && a.Value.True():
			words = append(words, a.Name)
		case a.Type == layer.Flag:
			words = append(words, "no", a.Name)
		default:
			words = append(words, a.Name, a.Value.Plain())
		}
	}
	return strings.Join(words, " ")
}

// Path is a node's name as seen from the script: b1.conv2.
func (n *Network) Path(i int32) string { return n.Inside(n.Nodes[i].Group, n.Nodes[i].Name) }

// GroupPath is the name of a block's use as seen from the script.
func (n *Network) GroupPath(i int32) string {
	return n.Inside(n.Groups[i].Parent, n.Groups[i].Name)
}

func (n *Network) Inside(group int32, name string) string {
	if group == None {
		return name
	}
	names := []string{name}
	for ; group != None; group = n.Groups[group].Parent {
		names = append(names, n.Groups[group].Name)
	}
	slices.Reverse(names)
	return strings.Join(names, ".")
}

// Place is the source of a node's statement and the line in it.
func (n *Network) Place(r *Node) (src *lang.Source, line int) {
	src = n.File.Source
	if r.Group != None {
		src = n.Groups[r.Group].Source
	}
	line, _ = src.Position(r.At)
	return src, line
}

// GroupPlace is the source of the statement that uses a block, and the line in
// it.
func (n *Network) GroupPlace(g *Group) (src *lang.Source, line int) {
	return n.Place(&Node{Group: g.Parent, At: g.At})
}

// Call is node i with its rules, ready to be asked again.
func (n *Network) Call(i int) *layer.Call { return n.CallOf(&n.Nodes[i]) }

// CallOf is the same of a node that need not stand in the list.
func (n *Network) CallOf(r *Node) *layer.Call {
	c := &layer.Call{Kind: r.Kind, Args: r.Args}
	for j := range r.From {
		if j == 0 {
			c.In = n.Taken(r, j)
		} else {
			c.With = append(c.With, n.Taken(r, j))
		}
	}
	return c
}

// Taken is the shape of what a node takes first, second and so on.
func (n *Network) Taken(r *Node, i int) layer.Shape {
	from := &n.Nodes[r.From[i]]
	if i == 0 || r.Kind.Hands == nil {
		return from.Out
	}
	c := layer.Call{Kind: from.Kind, Args: from.Args, Out: from.Out}
	return c.Handed(r.Kind, i)
}

// LastWithField is the last node that has a receptive field: the network's, where
// that is followed. None: -1.
func (n *Network) LastWithField() int32 {
	source := int32(None)
	for i := n.Good - 1; i >= 0 && n.Totals.Field != nil; i-- {
		switch r := &n.Nodes[i]; {
		case !r.Field.Known():
		case !r.Kind.Source:
			return int32(i)
		case source == None || r.Field == n.Totals.Field:
			source = int32(i)
		}
	}
	return source
}

// FieldLost says why the network's receptive field is not followed, or nothing:
// dense1 moves parts of an axis to others.
func (n *Network) FieldLost() string { return n.LostField(n.Totals.Field) }

// LostField says the same of any field.
func (n *Network) LostField(f *Field) string {
	if !f.Lost() {
		return ""
	}
	why, at := f.Loss()
	return n.Path(at) + " " + why
}

// outputs are the good nodes that no other takes.
func (n *Network) FindOutputs() (outputs []int32) {
	taken := make([]bool, len(n.Nodes))
	for i := range n.Nodes[:n.Good] {
		for _, from := range n.Nodes[i].From {
			taken[from] = true
		}
	}
	for i := range n.Nodes[:n.Good] {
		if k := n.Nodes[i].Kind; !taken[i] && !k.Aside && (!k.Source || n.Good == 1) {
			outputs = append(outputs, int32(i))
		}
	}
	return outputs
}

// None is the index of no node and of no group.
const None = -1

// Named finds a node by its path.
func (n *Network) Named(path string) int32 {
	for i := range n.Nodes[:n.Good] {
		if r := &n.Nodes[i]; strings.HasSuffix(path, r.Name) && n.Path(int32(i)) == path {
			return int32(i)
		}
	}
	return None
}
