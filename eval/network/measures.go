package network

import "slices"

// Counts are the numbers of a node that add up over a network.
type Counts struct {
	Weights, Biases int64
	Stats           int64 // running statistics
	PerUse          int64 // parameters, a shared layer's counted here too
	Macs            int64 // multiply-accumulates for one input
	Activations     int64 // elements of the output
}

// Params is the number of parameters, each counted once.
func (c *Counts) Params() int64 { return c.Weights + c.Biases }

func (c *Counts) all() [6]*int64 {
	return [...]*int64{&c.Weights, &c.Biases, &c.Stats, &c.PerUse, &c.Macs, &c.Activations}
}

// Totals are sums over nodes. Params = Weights + Biases = trainable + Frozen.
type Totals struct {
	Counts
	Frozen int64
	Field  *Field
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
	t.Frozen += r.FrozenParams()                                // a part of the parameters
	if r.Field.Known() && !(r.Kind.Source && t.Field.Known()) { // another input is no layer
		t.Field = r.Field
	}
	return fits && t.Params() >= 0
}

// A Measure is a count that can be asked for by name, of a layer or of all.
type Measure struct {
	Name string
	of   func(c *Counts, frozen int64) int64
}

var Measures = [...]Measure{
	{"params", func(c *Counts, _ int64) int64 { return c.Params() }},
	{"weights", func(c *Counts, _ int64) int64 { return c.Weights }},
	{"biases", func(c *Counts, _ int64) int64 { return c.Biases }},
	{"trainable", func(c *Counts, frozen int64) int64 { return c.Params() - frozen }},
	{"frozen", func(_ *Counts, frozen int64) int64 { return frozen }},
	{"stats", func(c *Counts, _ int64) int64 { return c.Stats }},
	{"per_use", func(c *Counts, _ int64) int64 { return c.PerUse }},
	{"macs", func(c *Counts, _ int64) int64 { return c.Macs }},
	{"activations", func(c *Counts, _ int64) int64 { return c.Activations }},
}

// Measured finds a measure; nil: there is none of that name.
func Measured(name string) *Measure {
	if i := slices.IndexFunc(Measures[:], func(m Measure) bool { return m.Name == name }); i >= 0 {
		return &Measures[i]
	}
	return nil
}

func (m *Measure) OfNode(r *Node) int64     { return m.of(&r.Counts, r.FrozenParams()) }
func (m *Measure) OfTotals(t *Totals) int64 { return m.of(&t.Counts, t.Frozen) }

// TotalProperties are what the whole network can be asked for.
var TotalProperties = append(measureNames(), "field")

func measureNames() []string {
	names := make([]string, len(Measures))
	for i, m := range Measures {
		names[i] = m.Name
	}
	return names
}

// TensorProperties are what a tensor can be asked for.
var TensorProperties = []string{"height", "width", "depth", "length", "channels", "size"}

// Properties are what a layer can be asked for.
var Properties = slices.Concat([]string{"out"}, TotalProperties, TensorProperties)
