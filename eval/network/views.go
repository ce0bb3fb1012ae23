package network

import (
	"iter"
	"slices"
	"strings"
)

// Views: the network as a list of rows, with uses of blocks folded or open, and
// the words that tell what a row is.

// A Row is one line of a view: a node, or a use of a block with all its nodes
// in one.
type Row struct {
	// Node is the node itself. Of a block it is made up: the counts are sums
	// over the nodes, the tensors those that the block takes and gives.
	Node
	Path  string // the name as seen from the script: b1.conv2
	Use   int32  // the use of a block, or None: the row is a node
	First int32  // the nodes that the row covers
	Last  int32
	Gives int32 // the node whose tensor the row gives
	// frozen is how many parameters of a block are not trained: it can be frozen in
	// part.
	frozen int64
}

// Folded lists the rows of a view in which blocks deeper than depth stand
// folded; below 0 none is.
func (n *Network) Folded(depth int) []Row { return n.FoldedFrom(0, int32(n.Good), depth) }

// FoldedFrom is Folded of the nodes from first up to end.
func (n *Network) FoldedFrom(first, end int32, depth int) []Row {
	return slices.Collect(n.Rows(first, end, depth))
}

// Rows yields one by one what FoldedFrom lists, for whoever may stop early: each
// row has its whole name, and that of a block its sums.
func (n *Network) Rows(first, end int32, depth int) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := first; i < end; {
			r := n.RowOf(i, depth)
			if i = max(r.Last, i) + 1; !yield(r) {
				return
			}
		}
	}
}

// RowOf is the row of a view that a node is in.
func (n *Network) RowOf(i int32, depth int) Row {
	if g := n.FoldAt(i, depth); g != None {
		return n.fold(g)
	}
	return Row{Node: n.Nodes[i], Path: n.Path(i), Use: None, First: i, Last: i, Gives: i}
}

// CountRows is how many rows FoldedFrom lists, in time that their names and sums
// do not cost.
func (n *Network) CountRows(first, end int32, depth int) (rows int) {
	if depth < 0 {
		return int(end - first)
	}
	for i := first; i < end; rows++ {
		if g := n.FoldAt(i, depth); g != None {
			i = max(n.Groups[g].End, i+1)
		} else {
			i++
		}
	}
	return rows
}

// FoldAt is the outermost use of a block around a node that a view folds, or None.
func (n *Network) FoldAt(i int32, depth int) int32 {
	g := n.Nodes[i].Group
	if depth < 0 || g == None {
		return None
	}
	level := n.Level(g)
	if level <= depth {
		return None
	}
	for ; level > depth+1; level-- {
		g = n.Groups[g].Parent
	}
	if n.Groups[g].End == None || int(n.Groups[g].End) > n.Good {
		return None // it was not finished
	}
	return g
}

// fold sums up the nodes of a use of a block.
func (n *Network) fold(g int32) Row {
	group := &n.Groups[g]
	gives := &n.Nodes[group.Out]
	row := Row{Path: n.GroupPath(g), Use: g, First: group.First, Last: group.End - 1, Gives: group.Out, Node: Node{Name: group.Name, Kind: group.Kind, At: group.At,
		From: group.From, Out: gives.Out, Group: group.Parent, Owner: None, Bias: None, Tie: None, Field: gives.Field}}
	var t Totals
	frozen := Frozen{true, true}
	for i := group.First; i < group.End; i++ {
		t.Add(&n.Nodes[i]) // no part of a sum that fits overflows
		if part := &n.Nodes[i]; part.PerUse > 0 {
			frozen = Frozen{frozen.Weights && part.Frozen.Weights, frozen.Biases && part.Frozen.Biases}
		}
	}
	row.Counts, row.frozen = t.Counts, t.Frozen
	if t.PerUse > 0 {
		row.Frozen = frozen
	}
	return row
}

// Statement is a node in short form, as a script would have it: conv 20 3x3,
// conv = c3 stride 2.
func (n *Network) Statement(r *Node) string {
	if r.Tie == None {
		return joined(r.Kind.Name, r.Kind.Short(r.Args))
	}
	tie := &n.Nodes[r.Tie]
	transposed, changes := "", ""
	if r.Turned != tie.Turned {
		transposed = "transposed"
	}
	if tie.Kind == r.Kind && tie.Args != nil { // what could not be read has none
		changes = r.Kind.Changes(r.Args, tie.Args)
	}
	return joined(r.Kind.Name, "=", n.Path(r.Tie), transposed, changes)
}

// Statement is a row in short form: that of its node, or the use of its block,
// as unit 64.
func (r *Row) Statement(n *Network) string {
	if r.Use == None {
		return n.Statement(&r.Node)
	}
	return joined(r.Kind.Name, n.Groups[r.Use].Short())
}

// joined puts a space between words, where there are any.
func joined(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// Shares is the path of the node whose parameters a node has, or empty.
func (n *Network) Shares(r *Node) string {
	if r.Owner == None || r.PerUse == 0 {
		return ""
	}
	return n.Path(r.Owner)
}

// Shares is the path of the layer, or of the use of a block, whose parameters a
// row has, or empty.
func (r *Row) Shares(n *Network) string {
	switch {
	case r.Use == None:
		return n.Shares(&r.Node)
	case n.Groups[r.Use].Tie != None:
		return n.GroupPath(n.Groups[r.Use].Tie)
	}
	return ""
}

// Origins names the rows of a view that a row takes its tensors from, the first
// so many of them, where that is not simply the row above it, which gives the
// tensor of a node or of None.
func (n *Network) Origins(r *Row, above int32, depth, most int) []string {
	if len(r.From) == 0 || len(r.From) == 1 && above != None && r.From[0] == above {
		return nil
	}
	names := make([]string, min(len(r.From), most))
	for j := range names {
		from := r.From[j]
		var gives int32
		if names[j], gives = n.Within(from, depth); gives != from {
			names[j] = n.Path(from) // inside a folded block
		}
	}
	return names
}

// Within is the name of the row of a view that a node is in, and the node whose
// tensor that row gives.
func (n *Network) Within(i int32, depth int) (path string, gives int32) {
	if g := n.FoldAt(i, depth); g != None {
		return n.GroupPath(g), n.Groups[g].Out
	}
	return n.Path(i), i
}

// Level is how many blocks a use of a block stands in, itself included.
func (n *Network) Level(group int32) (level int) {
	for g := group; g != None; g = n.Groups[g].Parent {
		level++
	}
	return level
}
