package diagnose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// An Audit is what some questions about a network can tell of misconceptions: those
// that are held in all layers that they are about.
type Audit struct {
	Asked   []string  // the targets
	Beliefs int       // how many misconceptions have a place here
	Unseen  []Blurred // each changes none of the numbers asked for
	Alike   []Blurred // these give the same wrong numbers
	Typos   []Typo
	Weak    bool // the rate of what is unseen is a large part of all
	Ended   bool // the search was too long: there may be more to tell
}

// A Blurred is one misconception that cannot be seen, or several that cannot be told
// apart, and the smallest change of the questions that mends it.
type Blurred struct {
	IDs     []string
	Beliefs []string
	Numbers string // what they give
	Mend    string // ask for c1.params; or with 21 filters in c2; empty: none was found
	rate    float64
}

// A Typo is a wrong number that is one slip of the pen from another, or from the right
// one.
type Typo struct {
	Target string
	Number string
	Of     string // the misconception that gives it
	Near   string // the other number
	NearOf string // what gives that
}

// weakRate is from what part of all rates on unseen misconceptions make a key weak.
const weakRate = .25

// A held misconception with the numbers that it gives for what is asked.
type held struct {
	change  *change
	numbers []int64
	differs bool
}

// Audit says what questions about some targets can tell; they have no values.
func (g *Engine) Audit(asked []Claim) *Audit {
	u := g.auditing(asked)
	a := &Audit{}
	for i := range asked {
		a.Asked = append(a.Asked, asked[i].Target)
	}
	beliefs := u.beliefs()
	byNumbers := map[string][]held{}
	var order []string
	for _, h := range beliefs {
		if !h.differs {
			if mend := u.mend(h, nil); mend != "" { // otherwise it is what holds
				a.Unseen = append(a.Unseen, Blurred{IDs: []string{h.change.entry.ID}, Beliefs: []string{h.change.entry.Belief}, Mend: mend, rate: h.change.entry.Rate})
			}
			continue
		}
		key := joinNumbers(h.numbers)
		if byNumbers[key] == nil {
			order = append(order, key)
		}
		byNumbers[key] = append(byNumbers[key], h)
	}
	for _, key := range order {
		if list := byNumbers[key]; len(list) > 1 {
			a.Alike = append(a.Alike, u.alike(key, list))
		}
	}
	a.Beliefs, a.Typos, a.Weak = len(beliefs), u.typos(beliefs), weak(beliefs)
	a.Ended = u.bench.over()
	byRate := func(x, y Blurred) int { return cmp.Compare(y.rate, x.rate) }
	slices.SortStableFunc(a.Unseen, byRate)
	slices.SortStableFunc(a.Alike, byRate)
	return a
}

// Weak reports questions that cannot see a large part of all mistakes; where those are too
// many to be looked through nothing is said of them.
func (g *Engine) Weak(asked []Claim) bool {
	u := g.auditing(asked)
	beliefs := u.beliefs()
	return !u.bench.over() && weak(beliefs)
}

func weak(beliefs []held) bool {
	all, unseen := 0.0, 0.0
	for _, h := range beliefs {
		all += h.change.entry.Rate
		if !h.differs {
			unseen += h.change.entry.Rate
		}
	}
	return unseen > weakRate*all
}

func (u *auditing) alike(numbers string, list []held) Blurred {
	b := Blurred{Numbers: numbers}
	for _, h := range list {
		b.IDs, b.Beliefs = append(b.IDs, h.change.entry.ID), append(b.Beliefs, h.change.entry.Belief)
		b.rate += h.change.entry.Rate
	}
	b.Mend = u.mend(list[0], &list[1])
	return b
}

func joinNumbers(numbers []int64) string {
	var list []string
	for _, n := range numbers {
		list = append(list, lang.Group(n))
	}
	return strings.Join(list, ", ")
}

// An auditing is an audit while it is made.
type auditing struct {
	g     *Engine
	bench bench
	asked []Claim
}

// auditing begins an audit, which may take as much as a problem.
func (g *Engine) auditing(asked []Claim) *auditing {
	return &auditing{g: g, asked: asked, bench: bench{budget: budget{most: g.left}}}
}

// beliefs are the misconceptions that have a place in the network, each with what it
// gives.
func (u *auditing) beliefs() (list []held) {
	for _, e := range Library() {
		if c := u.everywhere(e); c != nil && u.asksFor(e) {
			if w, ok := u.g.world(&u.bench, u.g.truth, []*change{c}, nil); ok {
				numbers := u.numbers(w)
				list = append(list, held{c, numbers, !slices.Equal(numbers, u.numbers(u.g.truth))})
			}
		}
	}
	return list
}

// ofCosts are the properties that a group of entries about costs is about.
var ofCosts = map[string]string{"macs": "macs", "act": "activations", "field": "field"}

// asksFor reports an entry that is about parameters and sizes, or about a cost that is
// asked for.
func (u *auditing) asksFor(e *Entry) bool {
	property, cost := ofCosts[e.Group]
	return !cost || slices.ContainsFunc(u.asked, func(c Claim) bool { return strings.HasPrefix(c.Property, property) })
}

// everywhere is a misconception held in all layers that it is about; nil: there are
// none, or it is a slip of one place.
func (u *auditing) everywhere(e *Entry) *change {
	if e.Beside || e.Scopes == string(rune(onePlace)) && e.sum != nil {
		return nil
	}
	var rows []int32
	for i := range u.g.net.Nodes {
		if e.fits(u.g, int32(i)) {
			rows = append(rows, int32(i))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return &change{entry: e, rows: rows, scope: everywhere}
}

// numbers are what a world gives for what is asked; sizes side by side.
func (u *auditing) numbers(w *world) (list []int64) {
	for i := range u.asked {
		list = append(list, w.numbersFor(&u.asked[i])...)
	}
	return list
}

func (w *world) numbersFor(c *Claim) []int64 {
	if c.Node != network.None && c.Property == "out" {
		return slices.Clone(w.rows[c.Node].made.Axes())
	}
	v, _ := w.value(&target{Claim: c, property: c.Property})
	return []int64{v}
}

// mend is the smallest change with which a misconception is seen, or told from
// another: one more question, or else one other number in the network.
func (u *auditing) mend(h held, other *held) string {
	if c := u.question(h, other); c != "" {
		return "ask for " + c
	}
	return u.edit(h, other)
}

// question is the first number of the network that tells.
func (u *auditing) question(h held, other *held) string {
	g := u.g
	mine, ok := g.world(&u.bench, g.truth, []*change{h.change}, nil)
	theirs := g.truth
	if ok && other != nil {
		theirs, ok = g.world(&u.bench, g.truth, []*change{other.change}, nil)
	}
	if !ok {
		return ""
	}
	var candidates []Claim
	for _, property := range [...]string{"params", "out"} {
		for i := range g.net.Nodes {
			if r := &g.net.Nodes[i]; !r.Kind.Light && !r.Kind.Source && (property == "out" || r.PerUse > 0) {
				candidates = append(candidates, Claim{Target: g.net.Path(int32(i)) + "." + property, Node: int32(i), Property: property})
			}
		}
	}
	for _, property := range [...]string{"params", "macs", "activations"} {
		candidates = append(candidates, Claim{Target: "total." + property, Node: network.None, End: int32(len(g.net.Nodes)), Property: property})
	}
	for i := range candidates {
		if c := &candidates[i]; !slices.Equal(mine.numbersFor(c), theirs.numbersFor(c)) {
			return c.Target
		}
	}
	return ""
}

// edit is the first other number of the network with which the questions tell.
func (u *auditing) edit(h held, other *held) string {
	g := u.g
	for _, t := range g.editable() {
		for _, n := range [...]int64{t.n + 1, t.n + 2, 2 * t.n} {
			c := g.another(t.row, t.name, n)
			changes := []*change{c}
			base, ok := g.world(&u.bench, g.truth, changes, nil)
			if !ok {
				continue
			}
			mine, ok := g.world(&u.bench, g.truth, append(slices.Clone(changes), h.change), nil)
			if ok && other != nil {
				base, ok = g.world(&u.bench, g.truth, append(slices.Clone(changes), other.change), nil)
			}
			if ok && !slices.Equal(u.numbers(mine), u.numbers(base)) {
				return "take " + t.name + " " + strconv.FormatInt(n, 10) + " in " + g.net.Path(t.row)
			}
		}
	}
	return ""
}

// editable are the numbers of the question that may be others.
func (g *Engine) editable() (terms []stated) {
	for _, name := range [...]string{layer.TermFilters, layer.TermUnits, layer.TermKernel, layer.TermStride, layer.TermPad, layer.TermDilation} {
		for i := range g.net.Nodes {
			r := &g.net.Nodes[i]
			if j := r.Kind.Find(name); j >= 0 && r.Owner == network.None && (r.Args[j].Len > 0 || name == layer.TermPad) {
				terms = append(terms, stated{row: int32(i), name: name, n: r.Args[j].N[0]})
			}
		}
	}
	return terms
}

// typos finds wrong numbers that are one slip of the pen from others.
func (u *auditing) typos(beliefs []held) (list []Typo) {
	at := 0
	for i := range u.asked {
		c := &u.asked[i]
		width := len(u.g.truth.numbersFor(c))
		if width == 1 {
			list = append(list, u.typosOf(c, beliefs, at)...)
		}
		at += width
	}
	return list
}

// leastDigits is from how many digits on a slip of the pen is worth a word: of fewer
// nearly every number is one from another.
const leastDigits = 4

func (u *auditing) typosOf(c *Claim, beliefs []held, at int) (list []Typo) {
	right := u.g.truth.numbersFor(c)[0]
	near := func(a, b int64) bool {
		x, y := strconv.FormatInt(a, 10), strconv.FormatInt(b, 10)
		return a != b && min(len(x), len(y)) >= leastDigits && oneEdit(x, y)
	}
	for k, h := range beliefs {
		n := h.numbers[at]
		if near(n, right) {
			list = append(list, Typo{c.Target, lang.Group(n), h.change.entry.ID, lang.Group(right), "the right one"})
		}
		for _, o := range beliefs[:k] {
			if near(n, o.numbers[at]) && o.numbers[at] != right && n != right {
				list = append(list, Typo{c.Target, lang.Group(n), h.change.entry.ID, lang.Group(o.numbers[at]), o.change.entry.ID})
			}
		}
	}
	return list
}
