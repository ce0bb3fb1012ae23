package diagnose

import (
	"math"
	"slices"
	"strings"

	"cnnl/eval/claim"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
)

// A Claim is a number that somebody states, right or wrong.
type Claim struct {
	Target     string // as people read it: c1.params
	Node       int32  // the layer that it is about; network.None: a sum
	First, End int32  // of a sum: the nodes that it goes over
	Property   string
	Value      value.Value
	// Calculation is the arithmetic that it was got by; nil: a bare number.
	Calculation *claim.Calculation
}

// whole reports a claim about the whole network.
func (c *Claim) whole(g *Engine) bool {
	return c.Node == network.None && c.First == 0 && int(c.End) == len(g.net.Nodes)
}

// A target is one number that is claimed; of a size, each side that differs.
type target struct {
	*Claim
	claim        int    // its place among the claims
	property     string // height, where the claim is of a size
	value, right int64
	wrong        bool
	uneven       bool        // it is claimed to be no whole number
	size         layer.Shape // of a size that is claimed as one: of another rank, or its sides in another order
	lines        bool        // a total that is the sum of the claimed lines, and no evidence
	bits         float64     // what it says that a change hits it
}

// value is what a world has for a target.
func (w *world) value(t *target) (int64, bool) {
	g := w.engine
	switch {
	case t.Node != network.None:
		return w.of(w.rows[t.Node], t.Node, t.property)
	case t.whole(g):
		return w.all(t.property)
	}
	return w.over(t.property, t.First, t.End)
}

// pinned are the sizes that are claimed beside other numbers.
func (p *problem) pinned() *pins {
	g := p.g
	pin := &pins{out: map[int32]layer.Shape{}, units: map[int32]int64{}}
	for i := range p.claims {
		c := &p.claims[i]
		if size, ok := g.claimedSize(c); ok {
			pin.out[c.Node] = size
		}
	}
	if len(pin.out) == 0 || len(p.claims) == 1 {
		return nil
	}
	base, ok := g.world(&p.bench, g.truth, nil, pin)
	if !ok {
		return nil
	}
	for i := range p.claims {
		p.pinUnits(pin, base, &p.claims[i])
	}
	return pin
}

// claimedSize is the size that a claim gives a layer, which what is behind it may be
// counted from; of one axis it is a number.
func (g *Engine) claimedSize(c *Claim) (size layer.Shape, ok bool) {
	if c.Property != "out" || c.Node == network.None {
		return size, false
	}
	out := g.net.Nodes[c.Node].Out
	switch {
	case c.Value.Sort == value.Size:
		size = c.Value.Shape
	case c.Value.IsWhole() && c.Value.Num > 0:
		size = layer.NewShape(c.Value.Num)
	}
	return size, size.Rank() == out.Rank() && !out.IsTokens()
}

// pinUnits takes a claimed number of channels for the filters too, where that makes
// another claim of the layer right.
func (p *problem) pinUnits(pin *pins, base *world, c *Claim) {
	g := p.g
	if c.Node == network.None || !c.Value.IsWhole() || g.classes[c.Node] == recurrentClass {
		return
	}
	size, ok := pin.out[c.Node]
	r := &g.net.Nodes[c.Node]
	if !ok || r.Kind.UnitsParam() == "" || size.Channels() == r.Out.Channels() {
		return
	}
	t := &target{Claim: c, property: c.Property}
	if r.Owner != network.None && t.property == "params" {
		t.property = "per_use"
	}
	if v, ok := base.value(t); ok && v == c.Value.Num {
		return
	}
	pin.units[c.Node] = size.Channels()
	w, ok := g.widened(&p.bench, g.truth, nil, nil, pin, g.needed(c.Node, pin))
	if ok {
		v, known := w.value(t)
		ok = known && v == c.Value.Num
	}
	if !ok {
		delete(pin.units, c.Node)
	}
}

// read makes targets of a claim, and says whether it is right.
func (p *problem) read(at int) {
	c := &p.claims[at]
	switch {
	case c.Value.Sort == value.Size && c.Node != network.None && c.Property == "out":
		p.readSize(at)
	case c.Value.Sort == value.Size && c.Node != network.None && c.Property == "field":
		p.readField(at)
	case c.Value.Sort == value.Number:
		p.readNumber(at)
	}
}

func (p *problem) add(at int, t target) {
	t.Claim, t.claim = &p.claims[at], at
	if t.wrong = t.wrong || t.value != t.right || t.uneven; t.wrong {
		p.right[at] = false
		t.bits = p.g.weights.surprise(t.value, t.right)
		if t.size.Known() {
			t.bits = byRank
		}
	}
	p.targets = append(p.targets, t)
}

// readSize makes a target of each side that differs; equal sides once.
func (p *problem) readSize(at int) {
	c, g := &p.claims[at], p.g
	claimed, have, key := c.Value.Shape, p.base.rows[c.Node].made, g.truth.rows[c.Node].out
	p.right[at] = claimed == plainShape(key)
	if have.Rank() != claimed.Rank() || sameSides(have, claimed) && plainShape(have) != claimed {
		right := p.right[at]
		p.add(at, target{property: "out", size: claimed, wrong: true})
		p.right[at] = right
		return
	}
	p.sides(at, have.AxisNames(), have.Axes(), claimed.Axes(), have.Spatial())
}

// sides makes a target of each side of a size.
func (p *problem) sides(at int, names []string, have, claimed []int64, spatial int) {
	right := p.right[at]
	done := map[[2]int64]bool{}
	for k, v := range claimed {
		pair := [2]int64{have[k], v}
		if k < spatial && done[pair] {
			continue
		}
		done[pair] = true
		p.add(at, target{property: names[k], value: v, right: have[k]})
	}
	p.right[at] = right
}

// readField does the same for a receptive field.
func (p *problem) readField(at int) {
	c := &p.claims[at]
	sizes := p.g.net.Nodes[c.Node].Field.Sizes()
	p.right[at] = slices.Equal(sizes, c.Value.Shape.Axes())
	if !p.g.fields || len(sizes) != c.Value.Shape.Rank() {
		return
	}
	var names []string
	for _, n := range p.g.net.Nodes[c.Node].Out.AxisNames() {
		names = append(names, "field."+n)
	}
	if len(names) > len(sizes) {
		p.sides(at, names, sizes, c.Value.Shape.Axes(), len(sizes))
	}
}

// readNumber makes a target of one number.
func (p *problem) readNumber(at int) {
	c, g := &p.claims[at], p.g
	t := target{Claim: c, property: c.Property}
	if t.property == "out" {
		if t.property = "size"; c.Node != network.None && g.truth.rows[c.Node].out.Rank() == 1 {
			t.property = "channels"
		}
	}
	right, ok := p.base.value(&t)
	key, _ := g.truth.value(&t)
	if !ok {
		return
	}
	t.right, t.value, t.uneven = right, c.Value.Num, !c.Value.IsWhole()
	p.right[at] = c.Value.IsWhole() && c.Value.Num == key
	if p.unrounded(&t) {
		p.notes = append(p.notes, note{at, notRounded})
		return
	}
	if calculated := c.Calculation; calculated != nil && !t.uneven && calculated.Form.Sum() != t.value {
		t.value = calculated.Form.Sum()
		if t.value == t.right && !p.right[at] {
			p.notes = append(p.notes, note{at, wrongProduct})
		}
	}
	is := p.right[at]
	p.add(at, t)
	if key != right || t.value != c.Value.Num {
		p.right[at] = is
	}
}

// A note is what is found of a claim before any search.
type note struct {
	claim int
	entry *Entry
}

var (
	notRounded = &Entry{ID: "not-rounded", Catalogue: []string{"M14"}, Belief: "the quotient is not rounded", Teacher: "the formula without its rounding",
		Rule: "The window stops at whole places: the quotient is rounded."}
	wrongProduct = &Entry{ID: "wrong-product", Catalogue: []string{"M35"}, Teacher: "right calculation, wrong result",
		Rule: "The calculation is right, and its result is another number."}
)

// unrounded reports a number that is the right quotient before it is rounded.
func (p *problem) unrounded(t *target) bool {
	if t.Node == network.None || !t.uneven && (t.Calculation == nil || !t.Calculation.Uneven) {
		return false
	}
	e := p.shown(p.base, t.Node, nil).of(t.property)
	if !e.Present() {
		return false
	}
	if t.Calculation != nil {
		want, _ := claim.FormOf(e)
		return slices.ContainsFunc(t.Calculation.Form.Rounded(), func(f claim.Form) bool { return f.Like(want) > claim.Unlike })
	}
	exact, ok := claim.Quotient(e)
	return ok && math.Abs(exact-float64(t.Value.Num)/float64(t.Value.Den)) < asWritten
}

// asWritten is how far a decimal fraction may be from the number that it is written
// for.
const asWritten = .006

func plainShape(s layer.Shape) layer.Shape { return layer.NewShape(s.Axes()...) }

// sameSides reports sizes of the same sides, in whatever order.
func sameSides(s, t layer.Shape) bool {
	a, b := slices.Clone(s.Axes()), slices.Clone(t.Axes())
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// isSide reports a property that is a size.
func isSide(property string) bool { return slices.Contains(network.TensorProperties, property) }

func isField(property string) bool { return strings.HasPrefix(property, "field") }
