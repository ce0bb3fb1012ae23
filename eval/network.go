package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// A Network is what a script describes.
type Network struct {
	File *lang.File
	// Rows are the inputs and layers in the order of the script, those of
	// blocks and branches in place. Those from Good on come after the first
	// that failed and count in no total.
	Rows   []Row
	Good   int
	Failed bool // some layer could not be counted
	Groups []Group
	Totals Totals
	// Outputs are the rows that nothing takes.
	Outputs []int32
}

// A Row is one input or one layer. Counts are exact; those of a layer that
// shares are 0 but for PerUse and what its use costs.
type Row struct {
	Name   string // within its block; Network.Path gives the whole
	Kind   *layer.Kind
	At     int // byte offset of its statement; Network.Place gives the source
	Args   layer.Args
	From   []int32 // the rows whose tensors it takes
	Out    layer.Shape
	Group  int32 // the use of a block that it belongs to; -1: none
	Owner  int32 // the row whose parameters it has; -1: its own
	Bias   int32 // the row whose biases it has; -1: its own, also where its weights are another's
	Tie    int32 // the row named behind =, or its counterpart in a tied block; -1: none
	Turned bool  // the owner's weights turned round

	// Of a row that Folded gives for a block: the block's use, the last row
	// that it covers, and the one whose tensor it gives. Else -1 and itself.
	Use, Last, Gives int32

	Counts // Params are those that the row adds
	Field  *Field
	Frozen Frozen
}

// Frozen tells which parameters that a row owns are not trained.
type Frozen struct{ Weights, Biases bool }

// FrozenParams is how many of the parameters that a row adds are not trained.
func (r *Row) FrozenParams() (n int64) {
	if r.Frozen.Weights {
		n += r.Weights
	}
	if r.Frozen.Biases {
		n += r.Biases
	}
	return n
}

// FrozenWords says what of a row is not trained: frozen, weights frozen, or
// nothing.
func (r *Row) FrozenWords() string {
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

// A Group is one use of a block: the rows from First up to End.
type Group struct {
	Name       string // within the block that uses it
	Kind       *layer.Kind
	Short      string // its values and options, as a statement has them
	At         int
	Source     *lang.Source // of its block's statements
	First, End int32
	From       []int32 // the rows whose tensors it takes
	Out        int32   // the row whose tensor it gives
	Parent     int32   // the group it is used in; -1: none
	Tie        int32   // the group it shares all with; -1: none
}

// Path is a row's name as seen from the script: b1.conv2.
func (n *Network) Path(i int32) string { return n.inside(n.Rows[i].Group, n.Rows[i].Name) }

// GroupPath is the name of a block's use as seen from the script.
func (n *Network) GroupPath(i int32) string {
	return n.inside(n.Groups[i].Parent, n.Groups[i].Name)
}

func (n *Network) inside(group int32, name string) string {
	if group == none {
		return name
	}
	names := []string{name}
	for ; group != none; group = n.Groups[group].Parent {
		names = append(names, n.Groups[group].Name)
	}
	slices.Reverse(names)
	return strings.Join(names, ".")
}

// Place is the source of a row's statement and the line in it.
func (n *Network) Place(r *Row) (src *lang.Source, line int) {
	src = n.File.Source
	if r.Group != none {
		src = n.Groups[r.Group].Source
	}
	line, _ = src.Position(r.At)
	return src, line
}

// Call is row i with its rules, ready to be asked again.
func (n *Network) Call(i int) *layer.Call { return n.CallOf(&n.Rows[i]) }

// CallOf is the same of a row that Folded gave.
func (n *Network) CallOf(r *Row) *layer.Call {
	c := &layer.Call{Kind: r.Kind, Args: r.Args}
	for j, from := range r.From {
		if j == 0 {
			c.In = n.Rows[from].Out
		} else {
			c.With = append(c.With, n.Rows[from].Out)
		}
	}
	return c
}

// LastWithField is the row whose receptive field is the network's: the last one
// that has one. None: -1.
func (n *Network) LastWithField() int32 {
	for i := n.Good - 1; i >= 0 && n.Totals.Field.Known(); i-- {
		if n.Rows[i].Field == n.Totals.Field {
			return int32(i)
		}
	}
	return none
}

// outputs are the good rows that no other takes.
func (n *Network) outputs() (outputs []int32) {
	taken := make([]bool, len(n.Rows))
	for i := range n.Rows[:n.Good] {
		for _, from := range n.Rows[i].From {
			taken[from] = true
		}
	}
	for i := range n.Rows[:n.Good] {
		if k := n.Rows[i].Kind; !taken[i] && !k.Aside && (!k.Source || n.Good == 1) {
			outputs = append(outputs, int32(i))
		}
	}
	return outputs
}
