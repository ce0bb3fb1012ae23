package diagnose

import (
	"fmt"
	"slices"

	"cnnl/eval/network"
)

// Two causes for one number.

// searchPairs finds pairs for each wrong number.
func (p *problem) searchPairs() {
	for i := range p.targets {
		t := &p.targets[i]
		if p.bench.over() || !t.wrong || t.size.Known() {
			continue
		}
		hit := slices.ContainsFunc(p.states, func(s state) bool { return slices.Contains(s.hits, i) })
		switch {
		case t.whole(p.g) && (p.single || p.pin == nil && !hit):
			p.pairsOfTotal(t)
		case t.Node != network.None && (p.single || !hit || t.Calculation != nil):
			p.pairsOfLayer(t, nil)
		}
	}
}

// A kindred is the changes of one entry that do the same to a layer, as one.
type kindred struct {
	change *change
	bits   float64
}

// farFetched is how little a pair may be believed, were its calculation the claimed
// one, to be tried at all.
const farFetched = -4

// pairsOfLayer tries pairs of the changes that touch a layer, beside others.
func (p *problem) pairsOfLayer(t *target, base []*change) {
	before, ok := p.world(base)
	if !ok {
		return
	}
	needed := p.g.needed(t.Node, p.pin)
	list := p.kindreds(t)
	w := &p.g.weights
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.bits+b.bits+w.Further+t.bits+w.Form+w.FormExact < farFetched {
				continue
			}
			x, y := a.change, b.change
			if x.answer != nil && y.answer != nil || x.entry.ID == y.entry.ID || !compatible([]*change{x}, y, false) {
				continue
			}
			changes := with(base, x, y)
			ask := needed
			if x.answer != nil || y.answer != nil {
				ask = nil // an answer may be a sum, or about another layer
			}
			made, ok := p.g.widened(&p.bench, before, ofRules(changes), ofRules(changes[len(base):]), p.pin, ask)
			if !ok {
				continue
			}
			if v, ok := p.answer(made, changes[len(base):], t); !ok || v != t.value || t.uneven {
				continue
			}
			one, other := *x, *y
			one.bits, other.bits = a.bits, b.bits
			p.note(with(base, &one, &other))
		}
	}
}

// kindreds are the changes that touch a layer, those together that do the same to it.
func (p *problem) kindreds(t *target) (list []kindred) {
	at := map[string]int{}
	for _, changes := range [...][]*change{p.g.changes, p.own} {
		for _, c := range changes {
			if !p.hasSay(c, t) {
				continue
			}
			does := c.at(t.Node)
			key := fmt.Sprint(c.id)
			if c.answer == nil && does != nil {
				key = fmt.Sprintf("%s %v %d %s", c.entry.ID, *does, c.number, c.name)
			}
			k, ok := at[key]
			if !ok {
				at[key] = len(list)
				list = append(list, kindred{c, c.bits})
				continue
			}
			if list[k].bits = together(list[k].bits, c.bits); list[k].change.scope == onePlace {
				list[k].change = c
			}
		}
	}
	return list
}

// hasSay reports a change that may change a number of a layer, by itself or beside
// another.
func (p *problem) hasSay(c *change, t *target) bool {
	r := &p.g.net.Nodes[t.Node]
	switch {
	case c.answer != nil:
		_, ok := c.answer(p.base, t)
		return ok
	case c.ofSum():
		return t.property == "params" && (r.Owner != network.None || r.Bias != network.None) // it may be counted anew
	case c.at(t.Node) == nil && !c.entry.Beside:
		return false
	}
	return c.entry.rewritesFor(t.property)
}

// pairsOfTotal looks a total up among those of pairs, which are counted once.
func (p *problem) pairsOfTotal(t *target) {
	g := p.g
	if t.property != "params" {
		p.pairsOfOther(t)
		return
	}
	for _, pair := range g.pairsFor(t.value) {
		p.note([]*change{g.changes[pair[0]], g.changes[pair[1]]})
	}
	for _, c := range p.own {
		if c.times == 0 || t.value%c.times != 0 {
			continue
		}
		for _, at := range g.totals[total{t.property, t.value / c.times}] {
			if o := g.changes[at]; compatible([]*change{c}, o, true) {
				p.note([]*change{o, c})
			}
		}
	}
}

// pairsOfOther tries pairs for a total of another property.
func (p *problem) pairsOfOther(t *target) {
	k := sumOf(t.property)
	if k < 0 {
		return
	}
	changes := slices.DeleteFunc(slices.Clone(p.g.changes), func(c *change) bool { return c.totals[k] == p.g.truth.totals[k] })
	if len(changes) > mostOfOther && p.g.effort != Wide {
		return
	}
	for i, a := range changes {
		for _, b := range changes[i+1:] {
			if !compatible([]*change{a}, b, true) {
				continue
			}
			if w, ok := p.g.world(&p.bench, p.g.truth, []*change{a, b}, nil); ok && w.totals[k] == t.value {
				p.note([]*change{a, b})
			}
		}
	}
}

// mostOfOther is how many changes of a total are paired where there is little time,
// and mostPaired of how many changes pairs of totals are counted at all.
const (
	mostOfOther = 100
	mostPaired  = 400
	manyNodes   = 60
)

// pairsFor are the pairs of changes that give a total of parameters; none, where they
// are too many to be counted.
func (g *Engine) pairsFor(total int64) [][2]int32 {
	if len(g.changes) > mostPaired && g.effort != Wide {
		return nil
	}
	g.once.Do(g.countPairs)
	return g.pairs[total]
}
