// Package diagnose names the mistake behind a wrong number.
//
// A misconception is a change to the rules, not to the answer: a factor left out, a
// layer counted anew, another padding. Each is an entry of the library. The engine
// asks the rules of a network again with some of them rewritten, so that every number
// it predicts is computed by the program's own arithmetic, and looks for the few
// changes that give all the wrong numbers of somebody and spoil none of the right
// ones. How far a set of changes is believed is weighed in bits; what is believed
// enough, and more than anything else, may be told to a student.
//
// An explanation that does not come to the claimed number is never given.
package diagnose

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// An Engine answers for one network, the key. Several may ask it at once.
type Engine struct {
	net       *network.Network
	weights   Weights
	truth     *world
	changes   []*change
	hidden    []*Entry // those that change nothing here
	classes   []class  // by node
	takers    [][]int32
	lastField int32             // the node whose field is the network's, or -1
	fields    bool              // receptive fields are followed exactly
	touching  [][]int32         // by node: the changes that change one of its numbers
	totals    map[total][]int32 // by a number of the whole: the changes that give it
	summed    []int32           // the changes that change how numbers are summed

	memo       sync.Map // by the claims, the result
	remembered atomic.Int32

	own        []Own
	ownEntries []*Entry

	once   sync.Once
	pairs  map[int64][][2]int32 // by the total of parameters
	effort Effort
	left   int // what preparing left to spend on a problem
}

// A total is a number of the whole network.
type total struct {
	property string
	value    int64
}

// Options say how an engine answers. The zero Options do for most.
type Options struct {
	// Precision is how many bits of evidence an explanation needs to be shown; 0:
	// Default's.
	Precision float64
	// Effort is how much is counted for an answer.
	Effort Effort
	// Own are misconceptions of the key's author.
	Own []Own
}

// ErrKey is the answer for a network that could not be counted.
var ErrKey = errors.New("the network could not be counted, so its numbers are not known")

// New prepares a network. An error is ErrKey or ErrLarge.
func New(net *network.Network, opts Options) (*Engine, error) {
	if net == nil || net.Failed || net.Good == 0 || net.Good < len(net.Nodes) {
		return nil, ErrKey
	}
	g := &Engine{net: net, weights: DefaultWeights(), effort: opts.Effort, own: opts.Own, totals: map[total][]int32{}}
	if opts.Precision > 0 {
		g.weights.Many += opts.Precision - g.weights.Threshold
		g.weights.Threshold = opts.Precision
	}
	g.learnNetwork()
	b := &bench{budget: budget{most: limits[g.effort].all}}
	switch {
	case len(net.Nodes)*(1+len(net.Nodes)/nodesForOne) > b.most:
		return nil, ErrLarge // that each layer is changed once is too much already
	case !g.tellTruth(b):
		return nil, ErrKey
	case !g.placeAll(b):
		return nil, ErrLarge
	}
	g.left = min(b.most-b.spent, limits[g.effort].problem)
	for i := range opts.Own {
		g.ownEntries = append(g.ownEntries, opts.Own[i].entry())
	}
	g.index()
	return g, nil
}

// placeAll makes all changes; false: they are too many.
func (g *Engine) placeAll(b *bench) bool {
	for _, e := range Library() {
		if g.place(b, e); b.over() {
			return false
		}
	}
	g.numbers(b)
	g.repeats(b)
	return !b.over()
}

// learnNetwork notes what is asked of nodes again and again.
func (g *Engine) learnNetwork() {
	n := len(g.net.Nodes)
	g.lastField = g.net.LastWithField()
	g.classes, g.takers = make([]class, n), make([][]int32, n)
	for i := range g.net.Nodes {
		r := &g.net.Nodes[i]
		g.classes[i] = classOf(r.Kind)
		for _, f := range r.From {
			if !slices.Contains(g.takers[f], int32(i)) {
				g.takers[f] = append(g.takers[f], int32(i))
			}
		}
	}
}

// tellTruth asks the rules as they are; false: they do not give the network's own
// numbers.
func (g *Engine) tellTruth(b *bench) bool {
	w, ok := g.world(b, nil, nil, nil)
	if !ok {
		return false
	}
	g.truth = w
	for _, p := range sums {
		n, ok := w.all(p)
		if m := network.Measured(p); !ok || n != m.OfTotals(&g.net.Totals) {
			return false
		}
	}
	g.fields = g.sameFields()
	return true
}

// sameFields reports that the simple way of following receptive fields is right for
// this network.
func (g *Engine) sameFields() bool {
	for i := range g.net.Nodes {
		for a, n := range g.net.Nodes[i].Field.Sizes() {
			if g.truth.rows[i].field[a] != n {
				return false
			}
		}
	}
	return true
}

// index notes which changes to look at for a number.
func (g *Engine) index() {
	g.touching = make([][]int32, len(g.net.Nodes))
	for at, c := range g.changes {
		for _, i := range c.touched {
			g.touching[i] = append(g.touching[i], int32(at))
		}
		if c.entry.sum != nil {
			g.summed = append(g.summed, int32(at))
		}
		for k, p := range sums {
			if v := c.totals[k]; v != g.truth.totals[k] {
				g.totals[total{p, v}] = append(g.totals[total{p, v}], int32(at))
			}
		}
	}
}

// in is the size of what a node takes first.
func (g *Engine) in(i int32) layer.Shape {
	if r := &g.net.Nodes[i]; len(r.From) > 0 {
		return g.net.Nodes[r.From[0]].Out
	}
	return layer.Shape{}
}

// learns reports a node that adds parameters.
func (g *Engine) learns(i int32) bool { return g.net.Nodes[i].Params() > 0 }

// firstInput is the first input of the network, or -1.
func (g *Engine) firstInput() int32 {
	return int32(slices.IndexFunc(g.net.Nodes, func(r network.Node) bool { return r.Kind.Source }))
}

// before finds the nearest of some nodes before a node, along first inputs; -1:
// there is none.
func (g *Engine) before(i int32, wanted func(int32) bool) int32 {
	for len(g.net.Nodes[i].From) > 0 {
		if i = g.net.Nodes[i].From[0]; wanted(i) {
			return i
		}
	}
	return network.None
}

// argument is the first number of an argument; 0: there is none.
func (g *Engine) argument(i int32, name string) int64 {
	r := &g.net.Nodes[i]
	if j := r.Kind.Find(name); j >= 0 {
		return r.Args[j].N[0]
	}
	return 0
}

// Hidden are the misconceptions that change no number of the network.
func (g *Engine) Hidden() []*Entry { return g.hidden }
