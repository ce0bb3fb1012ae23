package eval

import (
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A Network is what a script describes.
type Network struct {
	File *lang.File
	// Rows are the inputs and layers in the order of the script. Those from
	// Good on come after the first that failed and count in no total.
	Rows   []Row
	Good   int
	Failed bool // some layer could not be counted
	Totals Totals
	// Outputs are the rows that nothing takes.
	Outputs []int32
}

// A Row is one input or one layer. Counts are exact; those of a layer that
// shares are 0 but for PerUse and what its use costs.
type Row struct {
	Name  string
	Kind  *layer.Kind
	At    int // byte offset of its statement
	Args  layer.Args
	From  []int32 // the rows whose tensors it takes
	Out   layer.Shape
	Owner int32 // the row whose parameters it has; -1: its own
	Tie   int32 // the row named behind =; -1: none

	Weights, Biases int64
	Stats           int64 // running statistics
	PerUse          int64 // parameters, a shared layer's counted here too
	Macs            int64 // multiply-accumulates for one input
	Activations     int64 // elements of the output
	Field           *Field
	Frozen          bool
}

// Params is the number of parameters that the row adds.
func (r *Row) Params() int64 { return r.Weights + r.Biases }

// FrozenParams is how many of them are not trained.
func (r *Row) FrozenParams() int64 {
	if r.Frozen {
		return r.Params()
	}
	return 0
}

// Totals are sums over rows. Params = Weights + Biases = trainable + Frozen.
type Totals struct {
	Weights, Biases, Frozen, Stats, PerUse, Macs, Activations int64
	Field                                                     *Field
}

// Params is the number of parameters, each counted once.
func (t *Totals) Params() int64 { return t.Weights + t.Biases }

// Trainable is the number of parameters that are trained.
func (t *Totals) Trainable() int64 { return t.Params() - t.Frozen }

// add counts a row in; false: a sum does not fit 64 bits.
func (t *Totals) add(r *Row) bool {
	fits := true
	for _, sum := range [...]struct {
		total *int64
		more  int64
	}{
		{&t.Weights, r.Weights}, {&t.Biases, r.Biases}, {&t.Stats, r.Stats}, {&t.PerUse, r.PerUse},
		{&t.Macs, r.Macs}, {&t.Activations, r.Activations}, {&t.Frozen, r.FrozenParams()},
	} {
		*sum.total += sum.more
		fits = fits && *sum.total >= 0
	}
	if r.Field != nil {
		t.Field = r.Field
	}
	return fits && t.Weights+t.Biases >= 0
}

// A Call of a row: its rules, ready to be asked again.
func (n *Network) Call(i int) *layer.Call {
	r := &n.Rows[i]
	c := &layer.Call{Kind: r.Kind, Args: r.Args}
	if len(r.From) > 0 {
		c.In = n.Rows[r.From[0]].Out
	}
	return c
}
