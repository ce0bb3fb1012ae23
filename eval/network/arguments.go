package network

import (
	"math/big"

	"cnnl/eval/layer"
	"cnnl/eval/value"
)

// What a node or a use of a block was given, and what it takes, as plain data:
// pictures and converters need no script.

// A Setting is one value or option by its name.
type Setting struct {
	Name string
	// Value is a bool, an int64, a float64, a string, a []int64, a [][2]int64, or
	// nil where nothing was given and there is no default.
	Value  any
	Origin layer.Origin
}

// Settings lists the values and options of a node, in the order of its kind.
// Those of a node that shares are the owner's, where it says nothing else.
func (n *Network) Settings(r *Node) []Setting {
	args := n.CallOf(r).Filled()
	list := make([]Setting, len(args))
	for i, arg := range args {
		p := &r.Kind.Params[i]
		list[i] = Setting{p.Name, p.Plain(arg), r.Args[i].From}
		if p.Implied && !anyOf(r.Kind, args, p.Group) {
			list[i].Value = true
		}
	}
	return list
}

// anyOf reports that one of a group of options is given.
func anyOf(k *layer.Kind, args layer.Args, group string) bool {
	for i := range args {
		if p := &k.Params[i]; p.Group == group && !p.IsOff(&args[i]) {
			return true
		}
	}
	return false
}

// Settings lists the values and options of the use of a block.
func (g *Group) Settings() []Setting {
	list := make([]Setting, len(g.Args))
	for i, a := range g.Args {
		list[i] = Setting{Name: a.Name, Value: plain(a.Value)}
		if a.Given {
			list[i].Origin = layer.Given
		}
	}
	return list
}

// Settings lists those of the row's node or block.
func (r *Row) Settings(n *Network) []Setting {
	if r.Use != None {
		return n.Groups[r.Use].Settings()
	}
	return n.Settings(&r.Node)
}

// plain is a value as plain data.
func plain(v value.Value) any {
	switch {
	case v.IsWhole():
		return v.Num
	case v.Sort == value.Number:
		f, _ := new(big.Rat).SetFrac64(v.Num, v.Den).Float64()
		return f
	case v.Sort == value.Boolean:
		return v.True()
	case v.Sort == value.Size:
		return append([]int64{}, v.Shape.Axes()...)
	}
	return nil
}

// A Feed is a tensor that a node or a block takes: whose it is, and as what.
type Feed struct {
	Node int32
	As   string // input, with, or the option behind which it was made
}

// Feeds lists the tensors that a node takes. The first is the input; the others
// are those behind with, further branches of a merge, or what the braces of an
// option made.
func (r *Node) Feeds() []Feed {
	if branch := r.Kind.Branch; branch != "" && r.Args != nil && r.Args[r.Kind.Find(branch)].N[0] != 0 {
		return feeds(r.From, branch)
	}
	return feeds(r.From, "with")
}

// Feeds lists the tensors that a use of a block takes.
func (g *Group) Feeds() []Feed { return feeds(g.From, "with") }

func feeds(from []int32, further string) []Feed {
	list := make([]Feed, len(from))
	for i, node := range from {
		list[i] = Feed{node, further}
		if i == 0 {
			list[i].As = "input"
		}
	}
	return list
}

// Owners are the paths of the nodes whose weights and whose biases a node uses;
// empty where they are its own, or there are none.
func (n *Network) Owners(r *Node) (weights, biases string) {
	if r.Owner != None && n.Nodes[r.Owner].Weights > 0 {
		weights = n.Path(r.Owner)
	}
	if r.Bias != None && n.Nodes[r.Bias].Biases > 0 {
		biases = n.Path(r.Bias)
	}
	return weights, biases
}

// FrozenParts lists which of the parameters that a node owns are not trained:
// weights, biases.
func (r *Node) FrozenParts() []string {
	parts := []string{}
	if r.Frozen.Weights && r.Weights > 0 {
		parts = append(parts, "weights")
	}
	if r.Frozen.Biases && r.Biases > 0 {
		parts = append(parts, "biases")
	}
	return parts
}
