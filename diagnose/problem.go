package diagnose

import (
	"math"
	"slices"
	"strconv"

	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/lang"
)

// A problem is a set of claims that somebody makes of one network, while it is being
// explained.
type problem struct {
	g       *Engine
	bench   bench
	claims  []Claim
	right   []bool // by claim
	targets []target
	pin     *pins
	base    *world // the truth, with claimed sizes carried forward
	own     []*change
	notes   []note

	single bool // one number is wrong
	seen   map[string]bool
	states []state
	reach  map[*change][]int // the wrong targets that a change touches
	order  bool              // a size with its sides in another order was met
}

// A state is a set of changes, and what it explains.
type state struct {
	changes []*change
	bits    float64
	hits    []int // targets
	world   *world
}

func (g *Engine) problem(claims []Claim) *problem {
	p := &problem{g: g, claims: claims, right: make([]bool, len(claims)), seen: map[string]bool{}, reach: map[*change][]int{}}
	for i := range p.right {
		p.right[i] = true
	}
	p.base, p.bench.most = g.truth, g.left
	if p.pin = p.pinned(); p.pin != nil {
		base, ok := g.world(&p.bench, g.truth, nil, p.pin)
		if !ok {
			p.pin = nil
		} else {
			p.base = base
		}
	}
	for i := range claims {
		p.read(i)
	}
	p.ownSum()
	p.spread()
	p.single = p.wrongs() == 1
	return p
}

func (p *problem) wrongs() (n int) {
	for i := range p.targets {
		if p.targets[i].wrong {
			n++
		}
	}
	return n
}

// spread takes into account that a chance would have had to strike just this of all
// claims.
func (p *problem) spread() {
	claims := map[int]bool{}
	for i := range p.targets {
		if !p.targets[i].lines {
			claims[p.targets[i].claim] = true
		}
	}
	for i := range p.targets {
		if p.targets[i].wrong {
			p.targets[i].bits += math.Log2(float64(len(claims)))
		}
	}
}

// ownSum takes a total that is the sum of the claimed lines out of the evidence.
func (p *problem) ownSum() {
	var own, all int64
	lines, shared := 0, 0
	claimed := map[int32]bool{}
	total := -1
	for i := range p.targets {
		t := &p.targets[i]
		switch {
		case t.whole(p.g) && t.property == "params":
			total = i
		case t.Node != network.None && (t.property == "params" || t.property == "per_use") && !claimed[t.Node] && !t.uneven:
			claimed[t.Node] = true
			all += t.value
			lines++
			if p.g.net.Nodes[t.Node].Owner != network.None {
				shared++
			} else {
				own += t.value
			}
		}
	}
	if total < 0 || lines < 2 || !p.targets[total].wrong {
		return
	}
	var missing []int32
	for i := range p.g.net.Nodes {
		if p.g.learns(int32(i)) && !claimed[int32(i)] {
			missing = append(missing, int32(i))
		}
	}
	switch t := &p.targets[total]; {
	case t.value == own && len(missing) == 0:
		t.wrong, t.lines, t.right = false, true, t.value
	case t.value == all && len(missing) == 0 && shared > 0:
		p.answers(total, perUseOfLines, .12, func(*world) (int64, bool) { return all, true })
	case t.value == own || t.value == all:
		n := t.value
		p.answers(total, p.g.linesWithout(missing), .05, func(*world) (int64, bool) { return n, true })
	}
}

var (
	perUseOfLines = &Entry{ID: "per-use", Catalogue: []string{"M25"}, Group: "lines", Belief: "a shared layer is counted at each use", Teacher: "the sum of these lines, what is shared counted at each use",
		Rule: "Shared weights are the same numbers: count them once."}
	linesLeftOut = &Entry{ID: "lines-left-out", Catalogue: []string{"M28"}, Group: "lines", Belief: "only these lines are summed", Teacher: "the sum of these lines, others missing",
		Rule: "Every layer that learns is in the sum."}
)

// mostMissing is how many lines that are missing in a sum are named.
const mostMissing = 4

// linesWithout is linesLeftOut with the names of what is missing.
func (g *Engine) linesWithout(missing []int32) *Entry {
	if len(missing) == 0 {
		return linesLeftOut
	}
	var names []string
	for _, i := range missing {
		names = append(names, g.net.Path(i))
	}
	if n := len(names); n > mostMissing {
		names = append(names[:mostMissing-1], lang.Group(int64(n-mostMissing+1))+" others")
	}
	e := *linesLeftOut
	e.Belief += ", without " + lang.Join(names)
	e.Teacher = "the sum of these lines, without " + lang.Join(names)
	return &e
}

// answers adds a change of the answer to one claim.
func (p *problem) answers(at int, e *Entry, rate float64, f func(w *world) (int64, bool)) *change {
	c := &change{entry: e, scope: ofWhole, bits: math.Log2(rate), answer: func(w *world, t *target) (int64, bool) {
		if t != &p.targets[at] {
			return 0, false
		}
		return f(w)
	}}
	p.addOwn(c)
	return c
}

func (p *problem) addOwn(c *change) {
	c.id = int32(len(p.g.changes) + len(p.own))
	p.own = append(p.own, c)
}

// world asks the rules with changes, from what is claimed on.
func (p *problem) world(changes []*change) (*world, bool) {
	return p.g.world(&p.bench, p.base, ofRules(changes), p.pin)
}

// ofRules are the changes of more than one answer.
func ofRules(changes []*change) []*change {
	if !slices.ContainsFunc(changes, (*change).ofAnswer) {
		return changes
	}
	return slices.DeleteFunc(slices.Clone(changes), (*change).ofAnswer)
}

func (c *change) ofAnswer() bool { return c.answer != nil }

// answer is what changes make of a target.
func (p *problem) answer(w *world, changes []*change, t *target) (int64, bool) {
	for i := len(changes) - 1; i >= 0; i-- {
		if c := changes[i]; c.answer != nil {
			if v, ok := c.answer(w, t); ok {
				return v, true
			}
		}
	}
	return w.value(t)
}

// try weighs a set of changes; false: it explains nothing.
func (p *problem) try(changes []*change) (s state, ok bool) {
	if s.world, ok = p.world(changes); !ok {
		return s, false
	}
	if s = p.weighed(s.world, changes); len(s.hits) > 0 {
		p.settle(&s)
	}
	return s, len(s.hits) > 0
}

// tryBeside is try of a state's changes and one more, which has to explain a number more;
// false: it does not. Only what that one touches is asked again.
func (p *problem) tryBeside(from *state, c *change) (s state, ok bool) {
	changes := with(from.changes, c)
	w, ok := p.beside(from, c, changes)
	if !ok {
		return s, false
	}
	if s = p.weighed(w, changes); len(s.hits) <= len(from.hits) {
		return s, false
	}
	p.settle(&s) // that takes longest
	return s, true
}

// beside is the world of a state's changes and one more.
func (p *problem) beside(from *state, c *change, changes []*change) (*world, bool) {
	switch {
	case from.world == nil:
		return p.world(changes)
	case c.ofAnswer():
		return from.world, true
	}
	return p.g.widened(&p.bench, from.world, ofRules(changes), []*change{c}, p.pin, nil)
}

// weighed weighs what numbers changes explain in their world, and which they spoil.
func (p *problem) weighed(w *world, changes []*change) (s state) {
	s.world, s.changes = w, changes
	slip := false
	for i, c := range changes {
		s.bits += c.bits
		if i > 0 {
			s.bits += p.g.weights.Further
		}
		slip = slip || c.scope == onePlace
	}
	for i := range p.targets {
		p.hit(&s, i, slip)
	}
	return s
}

// hit weighs what a state says of one target.
func (p *problem) hit(s *state, i int, slip bool) {
	t, w := &p.targets[i], &p.g.weights
	switch {
	case t.lines:
		return
	case t.size.Known():
		if made := s.world.rows[t.Node].made; plainShape(made) == t.size || sameSides(made, t.size) && slices.ContainsFunc(s.changes, (*change).turnsSides) {
			s.hits = append(s.hits, i)
			s.bits += t.bits
		}
		return
	}
	v, ok := p.answer(s.world, s.changes, t)
	switch {
	case !ok:
	case t.wrong && v == t.value && !t.uneven:
		s.hits = append(s.hits, i)
		if !readOffHere(s.changes, t) {
			s.bits += t.bits
		}
	case t.wrong && v != t.right:
		s.bits -= w.Other
	case !t.wrong && v != t.right && slip:
		s.bits -= w.SpoiltOne
	case !t.wrong && v != t.right:
		s.bits -= w.Spoilt
	}
}

func (c *change) turnsSides() bool {
	return c.entry == sidesTurned || c.entry.ID == "channels-first"
}

// readOffHere reports a number that was read off the very claim: its value is no
// evidence.
func readOffHere(changes []*change, t *target) bool {
	return slices.ContainsFunc(changes, func(c *change) bool { return c.told && (c.rows[0] == t.Node || t.Node == network.None) })
}

// settle adds what the calculations of the claims say.
func (p *problem) settle(s *state) {
	for _, h := range s.hits {
		s.bits += p.form(s, &p.targets[h])
	}
}

// form is what the calculation of a claim says of a state, in bits.
func (p *problem) form(s *state, t *target) float64 {
	if t.Calculation == nil {
		return 0
	}
	times := int64(1)
	for _, c := range s.changes {
		if c.times > 0 && c.entry != tenTimes {
			times *= c.times
		} else if c.answer != nil {
			if _, ok := c.answer(s.world, t); ok {
				return 0 // how that is calculated nobody knows
			}
		}
	}
	w := &p.g.weights
	switch p.agrees(s.world, t, ofRules(s.changes), times) {
	case claim.Exact:
		return w.Form + w.FormExact
	case claim.Grouped:
		return w.Form
	}
	return -w.FormOther
}

// note keeps a set of changes, if it explains anything.
func (p *problem) note(changes []*change) {
	k := keyOf(changes)
	if p.seen[k] {
		return
	}
	p.seen[k] = true
	if s, ok := p.try(changes); ok {
		p.states = append(p.states, s)
	}
}

// keyOf tells sets of changes apart.
func keyOf(changes []*change) string {
	ids := make([]int, len(changes))
	for i, c := range changes {
		ids[i] = int(c.id)
	}
	slices.Sort(ids)
	key := make([]byte, 0, 8*len(ids))
	for _, id := range ids {
		key = append(strconv.AppendInt(key, int64(id), 36), ' ')
	}
	return string(key)
}

// compatible reports a change that goes together with others. Of a single wrong number
// at most one slip is made.
func compatible(list []*change, c *change, single bool) bool {
	for _, o := range list {
		switch {
		case o.id == c.id, single && o.entry.ID == c.entry.ID, single && o.scope == onePlace && c.scope == onePlace:
			return false
		case o.entry.Group == "" || o.entry.Group != c.entry.Group:
		case o.entry.Group == "sum" || o.rows == nil || c.rows == nil || intersect(o.rows, c.rows):
			return false
		}
	}
	return true
}

// intersect reports sorted lists that have something in common.
func intersect(a, b []int32) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return true
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// anySize reports a problem in which sizes are claimed.
func (p *problem) anySize() bool {
	return slices.ContainsFunc(p.targets, func(t target) bool {
		return t.Node != network.None && (t.size.Known() || isSide(t.property))
	})
}
