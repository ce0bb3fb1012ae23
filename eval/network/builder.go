package network

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// A Builder puts a network together, node by node: each gets its shape, its
// counts and its receptive field from its kind's rules and the nodes before it.
// What cannot be is a Problem, and the network goes on without it.
type Builder struct {
	Net *Network
	// Failed is set behind the first node that could not be counted: nothing
	// counts from there on.
	Failed   bool
	Follower Follower

	*Scratch
	current layer.Call // of the node being computed
	owner   layer.Call // of the one whose parameters it has
	seen    []*Field   // those of the tensors that it takes
	few     [4]*Field  // memory for those of most
	lists   []int32    // memory for lists of nodes, many in one piece
}

// A Scratch is memory for calculations that nobody keeps. One builder at a time
// can have it.
type Scratch struct {
	plain calc.Sheet // of the node being computed
	shown calc.Sheet // the same, where the calculation is to be seen
	other calc.Sheet // of the node that it is compared with
}

// A Problem is why a node cannot be as it is asked for.
type Problem struct {
	Fault *layer.Fault // its kind's rules refuse it
	// Large is a calculation whose number does not fit 64 bits, and What it is
	// of: a number of the node, its receptive field, the total with it.
	Large, What string
	// Tie is why it cannot have the parameters of its owner.
	Tie *Misfit
}

// List is a list of nodes with room for no more.
func (b *Builder) List(nodes ...int32) []int32 {
	if len(b.lists)+len(nodes) > cap(b.lists) {
		b.lists = make([]int32, 0, max(min(2*cap(b.lists), 4096), 16, len(nodes)))
	}
	from := len(b.lists)
	b.lists = append(b.lists, nodes...)
	return b.lists[from:len(b.lists):len(b.lists)]
}

// Fail ends the counting: what comes after would be built on a mistake.
func (b *Builder) Fail() {
	if !b.Failed {
		b.Failed, b.Net.Good = true, len(b.Net.Nodes)
	}
}

// Add appends a node that has been computed, and counts it in.
func (b *Builder) Add(n Node) (i int32, p Problem) {
	i = b.Append(n)
	if b.Failed {
		return i, p
	}
	node := &b.Net.Nodes[i]
	if !node.Out.Known() {
		b.Failed, b.Net.Good = true, int(i)
		return i, p
	}
	before := b.Net.Totals
	if !b.Net.Totals.Add(node) {
		b.Net.Totals = before
		node.Out = layer.Shape{}
		b.Failed, b.Net.Good = true, int(i)
		return i, Problem{What: "the total with " + node.Name, Large: "a sum"}
	}
	return i, p
}

// Append appends a node as it is.
func (b *Builder) Append(n Node) int32 {
	if have := len(b.Net.Nodes); have == cap(b.Net.Nodes) {
		b.Net.Nodes = slices.Grow(b.Net.Nodes, max(have, 16)) // append grows long lists by little, and copies often
	}
	b.Net.Nodes = append(b.Net.Nodes, n)
	return int32(len(b.Net.Nodes) - 1)
}

// OpenGroup begins a use of a block; g.From are the nodes whose tensors it takes.
func (b *Builder) OpenGroup(g Group) int32 {
	g.First, g.End, g.Out = int32(len(b.Net.Nodes)), None, g.From[0]
	b.Net.Groups = append(b.Net.Groups, g)
	return int32(len(b.Net.Groups) - 1)
}

// CloseGroup ends it; out is the node whose tensor it gives.
func (b *Builder) CloseGroup(g, out int32) {
	b.Net.Groups[g].End, b.Net.Groups[g].Out = int32(len(b.Net.Nodes)), out
}

// Extent is the range of nodes of a block's use, or of the whole network.
func (b *Builder) Extent(group int32) (first, end int32) {
	if group == None {
		return 0, int32(len(b.Net.Nodes))
	}
	g := &b.Net.Groups[group]
	if g.End == None {
		return g.First, int32(len(b.Net.Nodes))
	}
	return g.First, g.End
}

// Owner is the node that owns what node i uses.
func (b *Builder) Owner(i int32) int32 {
	if owner := b.Net.Nodes[i].Owner; owner != None {
		return owner
	}
	return i
}

// BiasOwner is the node that owns the biases that node i uses.
func (b *Builder) BiasOwner(i int32) int32 {
	if n := &b.Net.Nodes[i]; n.Bias != None {
		return n.Bias
	}
	return i
}

// Compute runs the kind's rules for a node. One whose input is not known stays
// without shape, and only what needs no input is checked.
func (b *Builder) Compute(n *Node) Problem {
	known := b.prepare(&b.current, n, &b.plain, true)
	if !known {
		b.current.CheckAlone()
		return Problem{Fault: b.current.Fault}
	}
	n.Out = b.current.Run()
	if b.current.Fault != nil || b.large(n.Out) {
		return b.refuse(n)
	}
	if n.Owner != None {
		if tie := b.misfit(n); tie != nil {
			b.Fail() // but its shape is known, and so are those behind it
			return Problem{Tie: tie}
		}
	}
	return b.learn(n)
}

// A Computed node is kept by who adds many alike: in loops and blocks most are as
// the one before.
type Computed struct {
	in   layer.Shape
	node Node
	call layer.Call // its window asks this for the receptive field
}

// Keep remembers a node that was computed of one tensor and shares nothing.
func (c *Computed) Keep(b *Builder, n *Node) {
	if len(n.From) == 1 && n.Owner == None && n.Out.Known() {
		c.in, c.node = b.Net.Nodes[n.From[0]].Out, *n
		c.call = layer.Call{Kind: n.Kind, In: c.in, Args: n.Args, Out: n.Out}
	}
}

// Recall fills in a node from the one before, if it is alike: only the receptive
// field differs. The arguments of both are the same.
func (b *Builder) Recall(c *Computed, n *Node) bool {
	if c.node.Kind == nil || n.Owner != None || len(n.From) != 1 || b.Net.Nodes[n.From[0]].Out != c.in {
		return false
	}
	b.seen = append(b.seen[:0], b.Net.Nodes[n.From[0]].Field)
	field, fits := b.Follower.Through(b.seen, &c.call, int32(len(b.Net.Nodes)))
	if !fits {
		return false
	}
	n.Out, n.Counts, n.Field = c.node.Out, c.node.Counts, field
	return true
}

// prepare makes the call of a node; false: a tensor that it takes is not known.
func (b *Builder) prepare(c *layer.Call, n *Node, sheet *calc.Sheet, plain bool) (known bool) {
	sheet.Reset()
	sheet.Plain = plain
	*c = layer.Call{Kind: n.Kind, Args: n.Args, Sheet: sheet, With: c.With[:0]}
	for i := range n.From {
		switch out := b.Net.Taken(n, i); {
		case !out.Known():
			return false
		case i == 0:
			c.In = out
		default:
			c.With = append(c.With, out)
		}
	}
	return true
}

// large reports a number that does not fit.
func (b *Builder) large(out layer.Shape) bool {
	if _, yes := b.plain.Overflow(); yes {
		return true
	}
	_, fits := out.Size()
	return !fits && out.Known()
}

// refuse computes a node once more, so that what is wrong can be seen.
func (b *Builder) refuse(n *Node) Problem {
	b.prepare(&b.current, n, &b.shown, false)
	n.Out = b.current.Run()
	if b.current.Fault != nil {
		n.Out = layer.Shape{}
		return Problem{Fault: b.current.Fault}
	}
	large, yes := b.shown.Overflow()
	if _, fits := n.Out.Size(); !yes && !fits {
		large = calc.Product(b.current.Axes()...)
	} else if !yes { // what it learns or costs
		for _, bank := range b.current.Banks() {
			bank.Params()
		}
		b.current.Macs()
		b.current.Inside()
		large, _ = b.shown.Overflow()
	}
	n.Out, n.Counts = layer.Shape{}, Counts{}
	return Problem{What: "a number of " + n.Name, Large: large.String()}
}

// learn fills in what a node learns and costs.
func (b *Builder) learn(n *Node) Problem {
	call := &b.current
	var weights, biases, stats, macs calc.Expr
	for _, bank := range call.Banks() {
		weights, biases = calc.Sum(weights, bank.Weights()), calc.Sum(biases, bank.Biases())
		macs = calc.Sum(macs, bank.Macs())
	}
	if n.Kind.Stats != nil {
		stats = n.Kind.Stats(call)
	}
	if n.Kind.Work != nil {
		macs = calc.Sum(macs, n.Kind.Work(call))
	}
	params, inside := calc.Sum(weights, biases), call.Inside()
	if b.large(layer.Shape{}) {
		return b.refuse(n)
	}
	n.PerUse, n.Macs, n.Inside = params.Value(), macs.Value(), inside.Value()
	if n.Owner == None {
		n.Weights, n.Stats = weights.Value(), stats.Value()
	}
	if n.Bias == None {
		n.Biases = biases.Value()
	}
	if !n.Kind.Free && !n.Kind.Source {
		n.Activations, _ = n.Out.Size()
	}
	return b.see(n)
}

// see fills in the receptive field.
func (b *Builder) see(n *Node) Problem {
	switch {
	case n.Kind.Source:
		n.Field = PointField(n.Out, int32(len(b.Net.Nodes)))
		return Problem{}
	case n.Kind.Begins:
		return Problem{}
	}
	if b.seen == nil {
		b.seen = b.few[:0]
	}
	b.seen = b.seen[:0]
	for _, from := range n.From {
		b.seen = append(b.seen, b.Net.Nodes[from].Field)
	}
	field, fits := b.Follower.Through(b.seen, &b.current, int32(len(b.Net.Nodes)))
	if n.Field = field; !fits {
		n.Out = layer.Shape{}
		return Problem{What: "the receptive field of " + n.Name, Large: "it"}
	}
	return Problem{}
}
