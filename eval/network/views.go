package network

import (
	"slices"
	"strings"
)

// Rows as they are shown: blocks folded or open, with the words that tell
// what a row is.

// Folded lists the rows as they are shown when blocks deeper than depth stand
// folded, each as one row that sums up its layers; below 0 none is. Names are
// whole paths.
func (n *Network) Folded(depth int) []Node { return n.FoldedFrom(0, int32(n.Good), depth) }

// FoldedFrom is Folded of the rows from first up to end.
func (n *Network) FoldedFrom(first, end int32, depth int) (rows []Node) {
	for i := first; i < end; {
		if g := n.foldAt(i, depth); g != None {
			rows = append(rows, n.folded(g))
			i = max(n.Groups[g].End, i+1)
			continue
		}
		row := n.Nodes[i]
		row.Name = n.Path(i)
		rows = append(rows, row)
		i++
	}
	return rows
}

// foldAt is the outermost group around row i that depth folds, or none.
func (n *Network) foldAt(i int32, depth int) int32 {
	if depth < 0 {
		return None
	}
	var around []int32
	for g := n.Nodes[i].Group; g != None; g = n.Groups[g].Parent {
		around = append(around, g)
	}
	if len(around) <= depth {
		return None
	}
	g := around[len(around)-1-depth]
	if n.Groups[g].End == None || int(n.Groups[g].End) > n.Good {
		return None // it was not finished
	}
	return g
}

// folded sums up the rows of a group.
func (n *Network) folded(g int32) Node {
	group := &n.Groups[g]
	row := Node{Name: n.GroupPath(g), Kind: group.Kind, At: group.At, Group: group.Parent, Owner: None, Bias: None, Tie: None, Use: g, Last: group.End - 1, Gives: group.Out,
		From: group.From, Out: n.Nodes[group.Out].Out, Field: n.Nodes[group.Out].Field}
	var t Totals
	frozen := Frozen{true, true}
	for i := group.First; i < group.End; i++ {
		t.Add(&n.Nodes[i]) // no part of a sum that fits overflows
		if part := &n.Nodes[i]; part.PerUse > 0 {
			frozen = Frozen{frozen.Weights && part.Frozen.Weights, frozen.Biases && part.Frozen.Biases}
		}
	}
	row.Counts = t.Counts
	if t.PerUse > 0 {
		row.Frozen = frozen
	}
	return row
}

// Statement is a row in short form, as a script would have it: conv 20 3x3,
// conv = c3 stride 2, unit 64.
func (n *Network) Statement(r *Node) string {
	words := []string{r.Kind.Name}
	switch {
	case r.Use >= 0:
		words = append(words, n.Groups[r.Use].Short())
	case r.Tie >= 0:
		tie := &n.Nodes[r.Tie]
		words = append(words, "=", n.Path(r.Tie))
		if r.Turned != tie.Turned {
			words = append(words, "transposed")
		}
		if tie.Kind == r.Kind {
			words = append(words, r.Kind.Changes(r.Args, tie.Args))
		}
	default:
		words = append(words, r.Kind.Short(r.Args))
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// Shares is the name of the layer or block whose parameters a row has, or
// empty.
func (n *Network) Shares(r *Node) string {
	switch {
	case r.Owner >= 0 && r.PerUse > 0:
		return n.Path(r.Owner)
	case r.Use >= 0 && n.Groups[r.Use].Tie >= 0:
		return n.GroupPath(n.Groups[r.Use].Tie)
	}
	return ""
}

// Origins names the rows that row i of a folded list takes its tensors from,
// where that is not simply the one above.
func (n *Network) Origins(rows []Node, i int) []string {
	r := &rows[i]
	if len(r.From) == 0 || len(r.From) == 1 && i > 0 && r.From[0] == rows[i-1].Gives {
		return nil
	}
	names := make([]string, len(r.From))
	for j, from := range r.From {
		names[j] = n.Path(from)
		k, _ := slices.BinarySearchFunc(rows[:i], from, func(r Node, from int32) int { return int(r.Last - from) })
		if k < i && rows[k].Gives == from {
			names[j] = rows[k].Name // of a folded block
		}
	}
	return names
}

// Level is how many blocks a use of a block stands in, itself included.
func (n *Network) Level(group int32) (level int) {
	for g := group; g != None; g = n.Groups[g].Parent {
		level++
	}
	return level
}
