package network

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// Counts are the numbers of a node that add up over a network.
type Counts struct {
	Weights, Biases int64
	Stats           int64 // running statistics
	PerUse          int64 // parameters, a shared layer's counted here too
	Macs            int64 // multiply-accumulates for one input
	Activations     int64 // elements of the output
	Inside          int64 // numbers computed before the output
}

// Params is the number of parameters, each counted once.
func (c *Counts) Params() int64 { return c.Weights + c.Biases }

func (c *Counts) all() [7]*int64 {
	return [...]*int64{&c.Weights, &c.Biases, &c.Stats, &c.PerUse, &c.Macs, &c.Activations, &c.Inside}
}

// Totals are sums over nodes. Params = Weights + Biases = trainable + Frozen.
type Totals struct {
	Counts
	Frozen int64
	Field  *Field // of the last node that has positions; it may be lost
}

// Trainable is the number of parameters that are trained.
func (t *Totals) Trainable() int64 { return t.Params() - t.Frozen }

// Add counts a node in; false: a sum does not fit 64 bits.
func (t *Totals) Add(r *Node) bool {
	fits, more := true, r.Counts.all()
	for i, sum := range t.Counts.all() {
		*sum += *more[i]
		fits = fits && *sum >= 0
	}
	t.Frozen += r.FrozenParams()                                     // a part of the parameters
	if r.Field.ofPositions() && !(r.Kind.Source && t.Field != nil) { // another input is no layer
		t.Field = r.Field
	}
	return fits && t.Params() >= 0
}

// A Measure is one count, of a layer or of many: what it is called, how it
// comes about and where people read it. Views go through the table, so that a
// new measure is one row of it.
type Measure struct {
	Name   string // what it is asked for by; its key in JSON, its column in CSV
	Title  string // what people read
	Single string // what they read of a single layer; empty: the title
	Doc    string // what it is, for the reference
	Remark string // a few words behind the total

	Beside  string // the measure with which it is told: it has no line of its own
	Under   bool   // another count of the parameters, which it is written under
	Implied bool   // of a single layer it follows from what else is shown
	Kept    bool   // kept, but no parameter; Keras counts it in all the same
	Cost    bool   // what one input costs, explained only where it is asked for

	of    func(t *Totals) int64
	worth func(t *Totals) bool // whether it is worth a line; nil: also where it is 0
	calc  func(c *layer.Call, r *Node) calc.Expr
}

// Measures are all of them, in the order in which a script's author hears of
// them.
var Measures = [...]Measure{
	{Name: "params", Title: "parameters", Doc: "`weights` + `biases` = `trainable` + `frozen`",
		of: func(t *Totals) int64 { return t.Params() }, calc: ownParams},
	{Name: "weights", Title: "weights", Doc: "learned numbers that multiply; gamma is a weight; 0 where they are another layer's", Beside: "params",
		of: func(t *Totals) int64 { return t.Weights }, calc: ownWeights},
	{Name: "biases", Title: "biases", Doc: "learned numbers that are added; beta is a bias; 0 where they are another layer's", Beside: "params",
		of: func(t *Totals) int64 { return t.Biases }, calc: ownBiases},
	{Name: "trainable", Title: "trainable", Doc: "parameters that are trained", Under: true, Implied: true,
		of: (*Totals).Trainable, worth: anyFrozen},
	{Name: "frozen", Title: "frozen", Doc: "parameters that are not trained", Remark: "not trained", Under: true,
		of: func(t *Totals) int64 { return t.Frozen }, worth: anyFrozen},
	{Name: "stats", Title: "running statistics", Doc: "running statistics, kept but not trained; in no other count", Remark: "kept, not trained", Kept: true,
		of: func(t *Totals) int64 { return t.Stats }, worth: func(t *Totals) bool { return t.Stats > 0 }, calc: ownStats},
	{Name: "per_use", Title: "counted per use", Single: "per use", Doc: "parameters that are used, those of another layer counted here too", Remark: "what is shared counted at each use", Under: true,
		of: func(t *Totals) int64 { return t.PerUse }, worth: func(t *Totals) bool { return t.PerUse != t.Params() }, calc: usedParams},
	{Name: "macs", Title: "multiply-accumulates", Doc: "multiply-accumulates for one input: products with a weight, and the matrix products of attention and `matmul`", Remark: "for one input; biases, activations and pooling count 0", Cost: true,
		of: func(t *Totals) int64 { return t.Macs }, calc: func(c *layer.Call, _ *Node) calc.Expr { return c.Macs() }},
	{Name: "activations", Title: "activations", Doc: "numbers computed for one input: those of the output", Remark: "numbers computed for one input", Implied: true, Cost: true,
		of: func(t *Totals) int64 { return t.Activations }},
	{Name: "inside", Title: "activations inside", Doc: "numbers computed for one input before the output, as the scores of attention", Remark: "computed within layers, beside what they give", Cost: true,
		of: func(t *Totals) int64 { return t.Inside }, worth: func(t *Totals) bool { return t.Inside > 0 }, calc: func(c *layer.Call, _ *Node) calc.Expr { return c.Inside() }},
}

func anyFrozen(t *Totals) bool { return t.Frozen > 0 }

// Measured finds a measure; nil: there is none of that name.
func Measured(name string) *Measure {
	if i := slices.IndexFunc(Measures[:], func(m Measure) bool { return m.Name == name }); i >= 0 {
		return &Measures[i]
	}
	return nil
}

// InOrder lists all measures: first those that are named, then the others.
func InOrder(first ...string) (list []*Measure) {
	for _, name := range first {
		list = append(list, Measured(name))
	}
	for i := range Measures {
		if m := &Measures[i]; !slices.Contains(first, m.Name) {
			list = append(list, m)
		}
	}
	return list
}

// OfTotals is the number that sums have.
func (m *Measure) OfTotals(t *Totals) int64 { return m.of(t) }

// OfNode is the number that a node has.
func (m *Measure) OfNode(r *Node) int64 {
	t := r.sums()
	return m.of(&t)
}

// OfRow is the number that a row of a view has.
func (m *Measure) OfRow(r *Row) int64 {
	t := r.sums()
	if r.Use != None {
		t.Frozen = r.frozen
	}
	return m.of(&t)
}

// sums are a node's counts as those of many.
func (r *Node) sums() Totals { return Totals{Counts: r.Counts, Frozen: r.FrozenParams()} }

// Worth reports a total that is worth a line for people.
func (m *Measure) Worth(t *Totals) bool { return m.worth == nil || m.worth(t) }

// WorthOfNode is Worth of a single layer.
func (m *Measure) WorthOfNode(r *Node) bool {
	t := r.sums()
	return !m.Implied && m.Worth(&t)
}

// OfOne is what people read of a single layer.
func (m *Measure) OfOne() string {
	if m.Single != "" {
		return m.Single
	}
	return m.Title
}

// TotalProperties are what the whole network can be asked for.
var TotalProperties = append(measureNames(), "field")

func measureNames() []string {
	names := make([]string, len(Measures))
	for i := range Measures {
		names[i] = Measures[i].Name
	}
	return names
}

// TensorProperties are what a tensor can be asked for.
var TensorProperties = []string{"height", "width", "depth", "length", "channels", "size"}

// Properties are what a layer can be asked for.
var Properties = slices.Concat([]string{"out"}, TotalProperties, TensorProperties)
