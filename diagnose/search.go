package diagnose

import (
	"math"
	"slices"
	"sort"

	"cnnl/eval/network"
)

// The search for the set of changes that explains most.

// beam is how many sets are carried on from step to step, mostSteps how often a change
// is added, mostRounds how often a pair.
const (
	beam       = 8
	mostSteps  = 9
	mostRounds = 6
)

// search finds the best set of changes over all claims, takes it apart into stories
// that do not need each other, and looks for others in the place of each. Each story
// comes with its alternatives, the best first.
func (p *problem) search() (stories [][]*Diagnosis) {
	if p.wrongs() == 0 {
		return nil
	}
	p.ownChanges()
	p.coincidences()
	p.ownNumbers()
	best := p.grow()
	if p.readOff() && p.single {
		best = p.best(best)
	} else if !p.single {
		best = better(best, p.extend(&best))
	}
	for _, story := range p.stories(best) {
		if list := p.alternatives(best, story); len(list) > 0 {
			p.reachFurther(list[0])
			stories = append(stories, list)
		}
	}
	sort.SliceStable(stories, func(i, j int) bool { return stories[i][0].Bits > stories[j][0].Bits })
	return append(stories, p.unexplained(best)...)
}

// unexplained tells of sizes that are other than the question's, where nothing says
// why.
func (p *problem) unexplained(best state) (stories [][]*Diagnosis) {
	for i := range p.targets {
		if !p.targets[i].wrong || slices.Contains(best.hits, i) {
			continue
		}
		for _, c := range p.own {
			if !c.told || c.rows[0] != p.targets[i].Node {
				continue
			}
			if s, ok := p.try(with(best.changes, c)); ok && slices.Contains(s.hits, i) {
				stories = append(stories, p.classes([]state{s}, best.changes, s.bits, []int{i}))
				break
			}
		}
	}
	return stories
}

// with is a list and one more, in memory of its own.
func with(list []*change, c ...*change) []*change {
	return append(slices.Clone(list), c...)
}

// grow adds changes while they explain more.
func (p *problem) grow() (best state) {
	front := []state{{}}
	for step := range p.steps() {
		var next []state
		for i := range front {
			next = append(next, p.extend(&front[i])...)
		}
		p.states = append(p.states, next...)
		if step == 0 {
			n := len(p.states)
			p.searchPairs()
			next = append(next, p.states[n:]...)
		}
		if len(next) == 0 {
			break
		}
		sort.SliceStable(next, func(i, j int) bool { return next[i].bits > next[j].bits })
		front = next[:min(len(next), beam)]
		if front[0].bits > best.bits || len(best.changes) == 0 {
			best = front[0]
		}
	}
	if p.single {
		return p.best(best)
	}
	for range mostRounds {
		grown := p.growByPairs(best)
		if len(grown.changes) == len(best.changes) {
			break
		}
		best = grown
	}
	return best
}

// steps is how many changes may be added one by one.
func (p *problem) steps() int {
	if p.single {
		return 1
	}
	return min(p.wrongs()+3, mostSteps)
}

// growByPairs adds a pair for one number that is not explained yet, and what then
// explains more.
func (p *problem) growByPairs(from state) state {
	best := from
	for i := range p.targets {
		t := &p.targets[i]
		if p.bench.over() || !t.wrong || t.size.Known() || t.Node == network.None || slices.Contains(from.hits, i) {
			continue
		}
		n := len(p.states)
		p.pairsOfLayer(t, from.changes)
		best = better(best, p.states[n:])
	}
	if len(best.changes) == len(from.changes) {
		return from
	}
	more := p.extend(&best)
	p.states = append(p.states, more...)
	return better(best, more)
}

func better(best state, states []state) state {
	for _, s := range states {
		if s.bits > best.bits {
			best = s
		}
	}
	return best
}

// best is the state of the most evidence that no part of it explains as well.
func (p *problem) best(or state) state {
	for i := range p.states {
		if s := &p.states[i]; (len(or.changes) == 0 || s.bits > or.bits) && !redundant(p.states, s, nil, s.hits) {
			or = *s
		}
	}
	return or
}

// extend adds one change that explains something more.
func (p *problem) extend(s *state) (next []state) {
	consider := func(c *change) {
		if p.bench.over() || !compatible(s.changes, c, p.single) || !p.reaches(c, s.hits) {
			return
		}
		n, ok := p.tryBeside(s, c)
		if !ok || len(s.changes) > 0 && n.bits <= s.bits-1 {
			return
		}
		if k := keyOf(n.changes); !p.seen[k] {
			p.seen[k] = true
			next = append(next, n)
		}
	}
	if list, ok := p.candidates(s); ok {
		for _, at := range list {
			consider(p.g.changes[at])
		}
	} else {
		for _, c := range p.g.changes {
			consider(c)
		}
	}
	for _, c := range p.own {
		consider(c)
	}
	return next
}

// candidates are the changes that may explain a single number by themselves; false:
// all have to be looked at.
func (p *problem) candidates(s *state) (list []int32, ok bool) {
	if len(s.changes) > 0 || p.pin != nil || !p.single {
		return nil, false
	}
	i := slices.IndexFunc(p.targets, func(t target) bool { return t.wrong })
	switch t := &p.targets[i]; {
	case t.whole(p.g) && !isField(t.property):
		return p.g.totals[total{t.property, t.value}], true
	case t.Node == network.None || isField(t.property):
		return nil, false
	default:
		list = slices.Concat(p.g.touching[t.Node], p.g.summed)
		slices.Sort(list)
		return slices.Compact(list), true
	}
}

// reaches reports a change that touches a wrong number that is not explained yet.
func (p *problem) reaches(c *change, hits []int) bool {
	list, ok := p.reach[c]
	if !ok {
		list = p.touchedBy(c)
		p.reach[c] = list
	}
	return c.entry.Beside || slices.ContainsFunc(list, func(i int) bool { return !slices.Contains(hits, i) })
}

// touchedBy lists the wrong targets that a change makes another number of.
func (p *problem) touchedBy(c *change) (list []int) {
	if p.pin == nil && !p.mayTouch(c) {
		return nil
	}
	changes := []*change{c}
	w, ok := p.world(changes)
	if !ok {
		return nil
	}
	for i := range p.targets {
		t := &p.targets[i]
		if !t.wrong {
			continue
		}
		if t.size.Known() {
			if w.rows[t.Node].made != p.base.rows[t.Node].made || c.entry == sidesTurned {
				list = append(list, i)
			}
			continue
		}
		if v, ok := p.answer(w, changes, t); ok && (v != t.right || t.uneven) {
			list = append(list, i)
		}
	}
	return list
}

// mayTouch looks at what a change does by itself.
func (p *problem) mayTouch(c *change) bool {
	if c.answer != nil || c.ofSum() {
		return true
	}
	return slices.ContainsFunc(p.targets, func(t target) bool {
		return t.wrong && (t.Node == network.None || c.at(t.Node) != nil)
	})
}

// agreed reports whether some state has the calculation that was written for a target.
func (p *problem) agreed(target int) bool {
	return slices.ContainsFunc(p.states, func(s state) bool {
		return slices.Contains(s.hits, target) && p.form(&s, &p.targets[target]) > 0
	})
}

// stories takes a state apart: changes that no number needs together.
func (p *problem) stories(best state) (list [][]*change) {
	n := len(best.changes)
	group, needs := make([]int, n), make([][]int, n)
	for i := range best.changes {
		group[i] = i
		var left []int
		if rest := slices.Delete(slices.Clone(best.changes), i, i+1); len(rest) > 0 {
			if s, ok := p.try(rest); ok {
				left = s.hits
			}
		}
		for _, h := range best.hits {
			if !slices.Contains(left, h) {
				needs[i] = append(needs[i], h)
			}
		}
	}
	for i := range group {
		for k := range i {
			if overlap(needs[i], needs[k]) || best.changes[i].entry.ID == best.changes[k].entry.ID {
				join(group, i, k)
			}
		}
	}
	for g := range group {
		var story []*change
		for i, c := range best.changes {
			if group[i] == g {
				story = append(story, c)
			}
		}
		if len(story) > 0 {
			list = append(list, story)
		}
	}
	return list
}

// join puts everything that is grouped with i to what is grouped with k.
func join(group []int, i, k int) {
	from, to := group[i], group[k]
	for x := range group {
		if group[x] == from {
			group[x] = to
		}
	}
}

func overlap(a, b []int) bool {
	return slices.ContainsFunc(a, func(x int) bool { return slices.Contains(b, x) })
}

// within are those of a list that another has too.
func within(list, of []int) (both []int) {
	for _, h := range list {
		if slices.Contains(of, h) {
			both = append(both, h)
		}
	}
	return both
}

// alternatives lists a story and the others that could stand in its place, while the
// rest is held fixed.
func (p *problem) alternatives(best state, story []*change) []*Diagnosis {
	base := slices.DeleteFunc(slices.Clone(best.changes), func(c *change) bool { return slices.Contains(story, c) })
	fixed := state{}
	if len(base) > 0 {
		fixed, _ = p.try(base)
	}
	mine := slices.DeleteFunc(slices.Clone(best.hits), func(h int) bool { return slices.Contains(fixed.hits, h) })
	if len(base) == 0 && p.single {
		return p.classes(p.states, base, 0, mine)
	}
	states, seen := p.states, p.seen
	p.states, p.seen = nil, map[string]bool{}
	from := state{changes: base, hits: fixed.hits, bits: math.Inf(-1), world: fixed.world}
	p.states = append(p.states, p.extend(&from)...)
	for _, h := range mine {
		t := &p.targets[h]
		if t.Node != network.None && !t.size.Known() && len(mine) <= 3 && (len(story) > 1 || best.bits-fixed.bits < p.g.weights.Threshold+6 || t.Calculation != nil) {
			p.pairsOfLayer(t, base)
		}
	}
	found := append(p.states, best)
	p.states, p.seen = states, seen
	return p.classes(found, base, fixed.bits, mine)
}

// reachFurther adds the numbers that need a cause beside those that it was found for: of
// a layer behind, say, whose number is right no more without it.
func (p *problem) reachFurther(d *Diagnosis) {
	if len(d.causes) == len(d.state.changes) {
		return
	}
	for _, c := range d.causes {
		without, _ := p.try(slices.DeleteFunc(slices.Clone(d.state.changes), func(o *change) bool { return o == c }))
		for _, h := range d.state.hits {
			if at := p.targets[h].claim; !slices.Contains(without.hits, h) && !slices.Contains(d.Claims, at) {
				d.Claims = append(d.Claims, at)
			}
		}
	}
}

// redundant reports a state of which a part explains as much.
func redundant(states []state, s *state, base []*change, mine []int) bool {
	if len(s.changes)-len(base) < 2 {
		return false
	}
	hits := len(within(s.hits, mine))
	return slices.ContainsFunc(states, func(o state) bool {
		return len(o.changes) < len(s.changes) && len(within(o.hits, mine)) >= hits && !slices.ContainsFunc(o.changes, func(c *change) bool {
			return !slices.ContainsFunc(s.changes, func(d *change) bool { return d.entry.ID == c.entry.ID })
		})
	})
}
