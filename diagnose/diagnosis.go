package diagnose

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Result is what there is to say of a set of claims.
type Result struct {
	Claims []Judged
	// Diagnoses are the stories first, each for other claims, and then what could be
	// said instead.
	Diagnoses []*Diagnosis
	Shown     bool // something may be told to the student
	// Ended reports a search that was too long: part of it says nothing of what is
	// likeliest, so nothing of it is told.
	Ended bool
}

// A Judged claim is one as it was read.
type Judged struct {
	Target, Value string
	Key           string // what is right
	Right         bool
	Unread        bool // it is no claim that could be understood
}

// A Diagnosis is one explanation.
type Diagnosis struct {
	IDs         []string // of its entries
	Catalogue   []string // their numbers in the catalogue
	Claims      []int    // what it explains
	Bits        float64  // the evidence
	Lead        float64  // over the next that says something else
	Shown       bool     // it may be told to the student
	Reading     bool     // another way to count, no mistake
	Calculation string   // that comes to a claimed number; empty: it would be too long
	If          string   // what is held, as it goes on behind if; empty: there is no rule behind it
	Student     string
	Teacher     string
	Also        []string // what cannot be told apart from it here
	Instead     bool     // it could be said in the place of another

	causes []*change
	state  *state
	hits   []int
	note   bool
}

// noLead is the lead of what has no rival.
const noLead = 99

// noteBits are those of what is found without a search.
const noteBits = 12

// mostInstead is how many alternatives of a story are given.
const mostInstead = 9

// farBehind is how many bits behind what is shown nothing is said instead: it is
// thousands of times less likely.
const farBehind = 12

// Diagnose explains claims. A class makes the same mistakes again and again, so what
// was found is remembered; nobody may change a result.
func (g *Engine) Diagnose(claims []Claim) *Result {
	key := memoKey(claims)
	if r, ok := g.memo.Load(key); ok {
		return r.(*Result)
	}
	r := g.diagnose(claims)
	if g.remembered.Add(1) <= mostRemembered {
		g.memo.Store(key, r)
	}
	return r
}

// mostRemembered bounds the results that are remembered.
const mostRemembered = 1 << 14

func memoKey(claims []Claim) string {
	var key []byte
	for i := range claims {
		c := &claims[i]
		key = fmt.Appendf(key, "%d %d %d %s %s", c.Node, c.First, c.End, c.Property, c.Value.Plain())
		if c.Calculation != nil {
			key = append(append(key, '='), c.Calculation.Text...)
		}
		key = append(key, 0)
	}
	return string(key)
}

func (g *Engine) diagnose(claims []Claim) *Result {
	p := g.problem(claims)
	stories := p.search()
	r := &Result{Diagnoses: []*Diagnosis{}, Claims: []Judged{}, Ended: p.bench.over()}
	if r.Ended {
		stories = nil
	}
	p.bench.most = 0 // what was found may be written out
	for i := range claims {
		r.Claims = append(r.Claims, Judged{Target: claims[i].Target, Value: claims[i].Value.Plain(), Key: g.keyOf(&claims[i]), Right: p.right[i]})
	}
	for _, n := range p.notes {
		r.Diagnoses = append(r.Diagnoses, p.ofNote(n))
	}
	r.Shown = len(p.notes) > 0
	var others []*Diagnosis
	for i, list := range stories {
		first := list[0]
		first.Lead = lead(list)
		first.Shown = p.shows(first)
		r.Shown = r.Shown || first.Shown && i == 0
		r.Diagnoses = append(r.Diagnoses, first)
		for _, d := range list[1:min(len(list), 1+mostInstead)] {
			if first.Shown && d.Bits < first.Bits-farBehind {
				break
			}
			d.Instead = true
			others = append(others, d)
		}
	}
	sort.SliceStable(others, func(i, j int) bool { return others[i].Bits > others[j].Bits })
	r.Diagnoses = append(r.Diagnoses, others...)
	p.say(r)
	for _, d := range r.Diagnoses {
		d.causes, d.state = nil, nil // the worlds are large
	}
	return r
}

// keyOf is what the key has for a claim, as people read it.
func (g *Engine) keyOf(c *Claim) string {
	if c.Node != network.None && c.Property == "out" {
		return value.OfShape(g.net.Nodes[c.Node].Out).String()
	}
	if c.Node != network.None && c.Property == "field" {
		return value.OfShape(layer.NewShape(g.net.Nodes[c.Node].Field.Sizes()...)).String()
	}
	n, ok := g.truth.value(&target{Claim: c, property: c.Property})
	if !ok {
		return ""
	}
	return lang.Group(n)
}

// ofNote is the diagnosis of what was found of a claim by itself.
func (p *problem) ofNote(n note) *Diagnosis {
	c := &p.claims[n.claim]
	d := &Diagnosis{IDs: []string{n.entry.ID}, Catalogue: n.entry.Catalogue, Claims: []int{n.claim}, Bits: noteBits, Lead: noLead, Shown: true, note: true,
		causes: []*change{{entry: n.entry, scope: ofWhole}}}
	if c.Calculation != nil && n.entry == notRounded {
		d.Calculation = c.Calculation.Text
	}
	return d
}

// classes joins states with the same causes, those of base left out.
func (p *problem) classes(states []state, base []*change, zero float64, mine []int) (list []*Diagnosis) {
	at := map[string]*Diagnosis{}
	best := map[string]float64{}
	for i := range states {
		s := &states[i]
		hits := within(s.hits, mine)
		if len(hits) == 0 || len(base) > 0 && s.bits < zero-6 || redundant(states, s, base, mine) {
			continue
		}
		causes := slices.DeleteFunc(slices.Clone(s.changes), func(c *change) bool { return slices.Contains(base, c) })
		key := strings.Join(idsOf(causes), "+")
		d := at[key]
		if d == nil {
			d = &Diagnosis{Bits: math.Inf(-1)}
			at[key], best[key] = d, math.Inf(-1)
			list = append(list, d)
		}
		d.Bits = together(d.Bits, s.bits-zero)
		if s.bits > best[key] {
			best[key] = s.bits
			d.causes, d.state, d.hits = causes, s, hits
		}
	}
	for _, d := range list {
		p.fill(d)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Bits > list[j].Bits })
	return p.merged(list)
}

// fill writes what a diagnosis is of its causes.
func (p *problem) fill(d *Diagnosis) {
	d.IDs, d.Catalogue = idsOf(d.causes), []string{}
	for _, c := range d.causes {
		for _, m := range c.entry.Catalogue {
			if !slices.Contains(d.Catalogue, m) {
				d.Catalogue = append(d.Catalogue, m)
			}
		}
		d.Reading = d.Reading || c.entry.Reading
	}
	slices.Sort(d.Catalogue)
	for _, h := range d.hits {
		if at := p.targets[h].claim; !slices.Contains(d.Claims, at) {
			d.Claims = append(d.Claims, at)
		}
	}
	p.carried(d)
}

// carried adds the counts of a layer that come of its claimed number of filters to what
// explains that number. They were carried forward from it, so that they are no mistake of
// their own; they tell that it was meant.
func (p *problem) carried(d *Diagnosis) {
	if p.pin == nil {
		return
	}
	for i := range p.targets {
		t := p.targets[i]
		if !ofParams(t.property) || t.Node == network.None || p.pin.units[t.Node] == 0 || slices.Contains(d.Claims, t.claim) || !p.explainsUnits(d, t.Node) {
			continue
		}
		t.property = "per_use" // a layer that shares is as large as it is stated
		right, _ := p.g.truth.value(&t)
		if v, _ := p.base.value(&t); v == t.value && v != right {
			d.Claims = append(d.Claims, t.claim)
			d.Bits += p.g.weights.surprise(v, right) + p.form(&state{world: p.base}, &t)
		}
	}
}

// explainsUnits reports what explains a claimed number of filters or units of a layer by
// another number of them.
func (p *problem) explainsUnits(d *Diagnosis, i int32) bool {
	hit := slices.ContainsFunc(d.hits, func(h int) bool { return p.targets[h].Node == i && p.targets[h].property == "channels" })
	return hit && slices.ContainsFunc(d.causes, func(c *change) bool { return c.countsUnits(i) })
}

// countsUnits reports another number of filters or units of a layer.
func (c *change) countsUnits(i int32) bool {
	return c.acts(i) && (c.entry.Group == "count" || c.name == layer.TermFilters || c.name == layer.TermUnits)
}

func idsOf(causes []*change) (ids []string) {
	for _, c := range causes {
		ids = append(ids, c.entry.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// merged makes one of those that cannot be told apart here.
func (p *problem) merged(list []*Diagnosis) (apart []*Diagnosis) {
	for _, d := range list {
		i := slices.IndexFunc(apart, func(o *Diagnosis) bool { return p.sameHere(o, d) })
		if i < 0 {
			apart = append(apart, d)
			continue
		}
		o := apart[i]
		o.Also = append(o.Also, strings.Join(d.IDs, "+"))
		for _, m := range d.Catalogue {
			if !slices.Contains(o.Catalogue, m) {
				o.Catalogue = append(o.Catalogue, m)
			}
		}
		o.Bits = together(o.Bits, d.Bits)
	}
	return apart
}

// sameHere reports causes about the same terms that change every number of this key
// alike.
func (p *problem) sameHere(a, b *Diagnosis) bool {
	if len(a.state.changes) != len(b.state.changes) || !slices.Equal(groupsOf(a.state.changes), groupsOf(b.state.changes)) {
		return false
	}
	sizes := p.anySize()
	for i := range a.state.world.rows {
		x, y := a.state.world.rows[i], b.state.world.rows[i]
		if x != y && (x.weights != y.weights || x.biases != y.biases || x.out != y.out && sizes) {
			return false
		}
	}
	return true
}

// groupsOf are the groups of changes; a change of an answer is only as itself.
func groupsOf(changes []*change) (list []string) {
	for _, c := range changes {
		if c.entry.Group == "" || c.answer != nil {
			list = append(list, fmt.Sprint(c.id))
		}
		list = append(list, c.entry.Group)
	}
	slices.Sort(list)
	return list
}

// lead is how far the first of some alternatives is before the next that says
// something else.
func lead(list []*Diagnosis) float64 {
	first := list[0]
	for _, d := range list[1:] {
		if d.coincidence() && !first.coincidence() || subset(d.IDs, first.IDs) || subset(first.IDs, d.IDs) || sameMistakes(first.causes, d.causes) {
			continue
		}
		return first.Bits - d.Bits
	}
	return noLead
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(x string) bool { return !slices.Contains(b, x) })
}

// sameMistakes reports causes that are one for one the same mistakes of the catalogue,
// in another place or told in other words.
func sameMistakes(a, b []*change) bool {
	alike := func(c, d *change) bool {
		return slices.ContainsFunc(c.entry.Catalogue, func(m string) bool { return slices.Contains(d.entry.Catalogue, m) })
	}
	switch {
	case len(a) != len(b):
		return false
	case len(a) == 1:
		return alike(a[0], b[0])
	case len(a) == 2:
		return alike(a[0], b[0]) && alike(a[1], b[1]) || alike(a[0], b[1]) && alike(a[1], b[0])
	}
	return false
}

// coincidence reports a number that the program has already, with no rule behind it.
func (d *Diagnosis) coincidence() bool {
	return slices.ContainsFunc(d.causes, func(c *change) bool { return c.entry.coincidence() })
}

// manyClaims is from how many claims on they say more together.
const manyClaims = 3

// shows decides whether the first of some alternatives may be told to a student.
func (p *problem) shows(d *Diagnosis) bool {
	if d.coincidence() {
		return false // where to look, and no cause
	}
	w := &p.g.weights
	least := w.Threshold
	if len(p.claims) >= manyClaims || slices.ContainsFunc(d.hits, func(h int) bool { return p.targets[h].Calculation != nil }) {
		least = w.Many
	}
	if len(d.IDs) > 1 {
		least += w.Pair
	}
	return d.Bits >= least && d.Lead >= w.Lead
}
