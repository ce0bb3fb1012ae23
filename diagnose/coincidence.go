package diagnose

import (
	"math"
	"slices"

	"cnnl/eval/network"
	"cnnl/eval/value"
)

// Numbers that the program has already: another quantity, another layer's, a sum up to
// here. They are changes of one answer; those without a rule behind them are listed,
// and never shown.

var (
	sidesTurned = &Entry{ID: "axes-order", Catalogue: []string{"M38"}, Group: "order", Belief: "the sides stand in another order", Rule: "Here sizes are height, width, channels.", Teacher: "the right sides in another order"}
	flops       = &Entry{ID: "flops", Catalogue: []string{"M29"}, Group: "answer", Belief: "two operations are counted for each multiply-accumulate", Rule: "A multiply-accumulate is one multiplication with its addition.", Teacher: "2 for each multiply-accumulate"}
	halfCosts   = &Entry{ID: "half", Catalogue: []string{"M29"}, Group: "answer", Belief: "two multiply-accumulates are counted as one", Rule: "Each multiplication with its addition is one multiply-accumulate.", Teacher: "half the number"}
	bytes       = &Entry{ID: "bytes", Catalogue: []string{"M32"}, Group: "answer", Belief: "bytes are counted, four for each number", Rule: "Asked for are numbers, not bytes.", Teacher: "4 bytes a number"}
	doubled     = &Entry{ID: "doubled", Catalogue: []string{"M02"}, Group: "answer", Belief: "everything is counted twice", Rule: "Every number counts once.", Teacher: "twice the number"}
	tenTimes    = &Entry{ID: "ten-times", Catalogue: []string{"M35"}, Group: "answer", Belief: "a nought is put behind it", Rule: "The number has one digit less.", Teacher: "ten times the number"}

	otherQuantity = &Entry{ID: "other-quantity", Group: "answer", Belief: "another quantity is given", Rule: "The number is that of another quantity.", Teacher: "another quantity of the same"}
	otherLayer    = &Entry{ID: "other-layer", Catalogue: []string{"M38"}, Group: "answer", Belief: "another layer's number is given", Rule: "The number is another layer's.", Teacher: "the number of another layer"}
	oneLayer      = &Entry{ID: "one-layer", Catalogue: []string{"M28"}, Group: "answer", Belief: "the number of one layer is given", Rule: "Asked for is the sum over all layers.", Teacher: "one layer for all"}
	runningTotal  = &Entry{ID: "running-total", Catalogue: []string{"M28"}, Group: "answer", Belief: "the sum up to here is given", Rule: "Asked for is this layer alone.", Teacher: "the running total"}
)

// coincidence reports an entry with no rule behind it.
func (e *Entry) coincidence() bool {
	return e == otherQuantity || e == otherLayer || e == oneLayer || e == runningTotal
}

// AnswerEntries lists the entries that are about the answer to one claim.
func AnswerEntries() []*Entry {
	return []*Entry{flops, halfCosts, doubled, bytes, tenTimes, oneLayer, runningTotal, sidesTurned, otherQuantity, otherLayer, notRounded, wrongProduct, linesLeftOut}
}

// A factor is so many times the right number.
type factor struct {
	entry *Entry
	times int64
	rate  float64
	of    func(t *target) bool
}

func ofProperty(names ...string) func(*target) bool {
	return func(t *target) bool { return slices.Contains(names, t.property) }
}

var factors = [...]factor{
	{flops, 2, .15, ofProperty("macs")},
	{bytes, 4, .008, func(t *target) bool {
		return t.property == "activations" || t.property == "params" && t.Node == network.None
	}},
	{doubled, 2, .012, ofProperty("params", "weights")},
	{tenTimes, 10, .004, func(t *target) bool { return !isSide(t.property) || t.property == "size" }},
}

// others are the quantities that are taken for one.
var others = map[string][]string{
	"params":      {"macs", "activations", "size", "weights", "biases", "stats", "per_use"},
	"weights":     {"params", "biases", "macs", "activations"},
	"biases":      {"params", "weights", "activations"},
	"macs":        {"params", "weights", "activations"},
	"activations": {"params", "macs"},
	"height":      {"channels", "size"}, "width": {"channels", "size"}, "channels": {"height", "size"}, "length": {"channels", "size"},
}

// known are those of them that an entry of the library explains, of the whole network
// and of a layer.
var known = map[bool][]string{true: {"weights", "per_use", "size"}, false: {"weights", "stats"}}

func (p *problem) coincidences() {
	for i := range p.targets {
		t := &p.targets[i]
		switch {
		case t.wrong && t.size.Known() && sameSides(p.base.rows[t.Node].made, t.size) && !p.order:
			p.order = true
			p.addOwn(&change{entry: sidesTurned, scope: ofWhole, bits: math.Log2(.03), answer: func(*world, *target) (int64, bool) { return 0, false }})
		case t.wrong && !t.size.Known():
			p.timesRight(i)
			p.otherQuantities(i)
			p.otherLayers(i)
		}
	}
}

// rate is shared between the claims.
func (p *problem) rate(r float64) float64 { return r / float64(len(p.claims)) }

func (p *problem) timesRight(i int) {
	t := &p.targets[i]
	for _, f := range factors {
		if f.of(t) {
			c := p.answers(i, f.entry, p.rate(f.rate), func(w *world) (int64, bool) { v, ok := w.value(t); return f.times * v, ok })
			c.times = f.times
		}
	}
	if t.property == "macs" {
		p.answers(i, halfCosts, p.rate(.02), func(w *world) (int64, bool) { v, ok := w.value(t); return v / 2, ok && v%2 == 0 })
	}
}

func (p *problem) otherQuantities(i int) {
	t := &p.targets[i]
	list := others[t.property]
	total := t.Node == network.None
	for _, q := range list {
		other := *t
		other.property = q
		if v, ok := p.g.truth.value(&other); !ok || v != t.value || slices.Contains(known[total], q) && (total || t.property == "params") {
			continue
		}
		c := p.answers(i, otherQuantity, p.rate(.02/float64(len(list))), func(w *world) (int64, bool) { return w.value(&other) })
		c.name = q
	}
}

// otherLayers finds a number among those of other layers, and a sum up to one.
func (p *problem) otherLayers(i int) {
	t, g := &p.targets[i], p.g
	learning, having := 0, 0
	var running int64
	var same []int32
	for j := range g.net.Nodes {
		at := int32(j)
		if g.learns(at) {
			learning++
		}
		v, ok := g.truth.of(g.truth.rows[j], at, t.property)
		if !ok {
			continue
		}
		if running += v; at == t.Node && running == t.value && running != v && sumOf(t.property) >= 0 {
			p.answers(i, runningTotal, p.rate(.015), func(w *world) (int64, bool) { return w.upTo(t) })
		}
		if v > 0 {
			having++
		}
		if v == t.value && v > 0 && at != t.Node && !(g.net.Nodes[j].Kind.Source && t.Node != network.None) {
			same = append(same, at)
		}
	}
	for _, at := range same {
		entry, share := otherLayer, having
		if t.Node == network.None {
			if entry, share = oneLayer, learning; learning < 2 {
				continue
			}
		}
		c := p.answers(i, entry, p.rate(.02/float64(share)), func(w *world) (int64, bool) { return w.of(w.rows[at], at, t.property) })
		c.name = g.net.Path(at)
	}
}

// upTo is the sum of a property up to a layer.
func (w *world) upTo(t *target) (n int64, ok bool) {
	for j := range t.Node + 1 {
		v, _ := w.of(w.rows[j], j, t.property)
		n += v
	}
	return n, true
}

// ownNumbers makes numbers of channels that are claimed known as numbers of the
// question.
func (p *problem) ownNumbers() {
	if p.pin == nil {
		return
	}
	g := p.g
	var own []int64
	for i := range p.targets {
		if t := &p.targets[i]; t.wrong && t.property == "channels" && t.Node != network.None && g.net.Nodes[t.Node].Kind.UnitsParam() != "" && !slices.Contains(own, t.value) {
			own = append(own, t.value)
		}
	}
	n := 0
	for i := range g.net.Nodes {
		if g.net.Nodes[i].Kind.UnitsParam() != "" {
			n++
		}
	}
	for i := range g.net.Nodes {
		name := g.net.Nodes[i].Kind.UnitsParam()
		if name == "" || g.classes[i] == recurrentClass {
			continue
		}
		for _, x := range own {
			c := g.another(int32(i), name, x)
			c.told = slices.ContainsFunc(p.targets, func(t target) bool { return t.Node == int32(i) && t.property == "channels" && t.value == x })
			if c.bits = math.Log2(.06 / float64(n*len(own))); c.told {
				c.bits = math.Log2(anotherRate)
			}
			p.addSeen(c)
		}
	}
}

// addSeen adds a change of the rules, if the layers fit with it.
func (p *problem) addSeen(c *change) bool {
	w, ok := p.g.world(&p.bench, p.base, []*change{c}, p.pin)
	if !ok {
		return false
	}
	for i := range w.rows {
		if !w.rows[i].same(p.g.truth.rows[i]) {
			c.touched, c.values = append(c.touched, int32(i)), append(c.values, w.rows[i])
		}
	}
	c.totals = w.totals
	p.addOwn(c)
	return true
}

// mostRead bounds the layers whose terms are read off a calculation, and mostNumbers
// the numbers that are.
const (
	mostRead    = 30
	mostNumbers = 16
)

// readOff takes numbers of a written calculation that nothing explains for terms of the
// right one. False: there is none.
func (p *problem) readOff() (any bool) {
	for i := range p.targets {
		t := &p.targets[i]
		if !t.wrong || t.Calculation == nil || t.size.Known() || t.Value.Sort != value.Number || p.agreed(i) {
			continue
		}
		any = true
		n := len(p.own)
		p.readTerms(t)
		for _, c := range p.own[n:] {
			if w, ok := p.world([]*change{c}); ok {
				if v, ok := w.value(t); ok && v == t.value {
					p.note([]*change{c})
				}
			}
			p.readBeside(t, c)
		}
	}
	return any
}

// readTerms makes a change for each number of a calculation in place of each term.
func (p *problem) readTerms(t *target) {
	rows := []int32{t.Node}
	if t.Node == network.None {
		rows = nil
		for i := t.First; i < t.End && len(rows) < mostRead; i++ {
			if p.g.learns(i) {
				rows = append(rows, i)
			}
		}
	}
	numbers := t.Calculation.Form.Numbers()
	for _, row := range rows {
		is := map[string]int64{}
		var names []string
		for _, x := range p.shown(p.base, row, nil).of(t.property).Terms() {
			if _, ok := is[x.Name]; !ok {
				is[x.Name], names = x.Value, append(names, x.Name)
			}
		}
		for _, name := range names {
			for _, n := range numbers[:min(len(numbers), mostNumbers)] {
				c := p.g.another(row, name, n)
				if c == nil || n == is[name] {
					continue
				}
				c.told, c.bits = true, math.Log2(.04/float64(len(names)*len(rows)))
				p.addSeen(c)
			}
		}
	}
}

// readBeside tries a number that was read off beside every change of its layer.
func (p *problem) readBeside(t *target, c *change) {
	row := t.Node
	if row == network.None {
		row = c.rows[0]
	}
	for _, at := range p.g.touching[row] {
		o := p.g.changes[at]
		if !compatible([]*change{c}, o, false) {
			continue
		}
		if w, ok := p.world([]*change{o, c}); ok {
			if v, ok := w.value(t); ok && v == t.value {
				p.note([]*change{o, c})
			}
		}
	}
}
