package diagnose

import (
	"math"
	"slices"
)

// A change is a misconception at the places where it is held.
type change struct {
	id    int32 // its place in the list
	entry *Entry
	rows  []int32 // sorted
	scope byte
	class class   // of byClass
	bits  float64 // how likely, as a logarithm
	// number is what an entry with a parameter puts in place of the term called name;
	// told reports that it was read off a claim, so that it is no evidence for itself.
	number int64
	name   string
	told   bool

	touched []int32    // the rows that it changes by itself
	values  []*counted // and their numbers then
	totals  numbers
	local   bool // only counts of its own rows change

	// answer gives one claimed number, of a change that is about nothing else; times
	// is set where that is so many times the right one.
	answer func(w *world, t *target) (int64, bool)
	times  int64
}

// acts reports a change that rewrites the rules of a layer.
func (c *change) acts(i int32) bool {
	if !c.entry.ofLayers() {
		return false
	}
	if len(c.rows) == 1 {
		return c.rows[0] == i
	}
	_, ok := slices.BinarySearch(c.rows, i)
	return ok
}

// at is what the change by itself makes of a row; nil: what it is.
func (c *change) at(i int32) *counted {
	if k, ok := slices.BinarySearch(c.touched, i); ok {
		return c.values[k]
	}
	return nil
}

// ofSum reports a change of how numbers are summed.
func (c *change) ofSum() bool { return c.entry.sum != nil }

// place makes the changes of an entry and keeps those that make a difference.
func (g *Engine) place(b *bench, e *Entry) {
	var rows []int32
	for i := range g.net.Nodes {
		if e.fits(g, int32(i)) {
			rows = append(rows, int32(i))
		}
	}
	var list []*change
	for _, s := range []byte(e.Scopes) {
		list = append(list, g.scoped(e, s, rows)...)
	}
	sum := 0.0
	for _, c := range list {
		sum += c.bits
	}
	for _, c := range list {
		c.bits = math.Log2(e.Rate * c.bits / sum)
	}
	kept := len(g.changes)
	g.add(b, list)
	if len(g.changes) == kept {
		g.hidden = append(g.hidden, e)
	}
}

// scoped are an entry's changes of one scope; their bits are the share of each.
func (g *Engine) scoped(e *Entry, scope byte, rows []int32) (list []*change) {
	w := &g.weights
	switch {
	case len(rows) == 0:
	case scope == ofWhole:
		list = append(list, &change{entry: e, rows: rows, scope: scope, bits: 1})
	case scope == everywhere:
		list = append(list, &change{entry: e, rows: rows, scope: scope, bits: w.Everywhere})
	case scope == byClass:
		for _, c := range g.classesOf(rows) {
			of := slices.DeleteFunc(slices.Clone(rows), func(i int32) bool { return g.classes[i] != c })
			list = append(list, &change{entry: e, rows: of, scope: scope, class: c, bits: w.Class})
		}
		for _, c := range list {
			c.bits /= float64(len(list))
		}
	case scope == onePlace:
		for _, i := range rows {
			list = append(list, &change{entry: e, rows: []int32{i}, scope: scope, bits: w.Place / float64(len(rows))})
		}
		if len(rows) == 1 {
			list[0].scope = everywhere
		}
	}
	return list
}

func (g *Engine) classesOf(rows []int32) (list []class) {
	for _, i := range rows {
		if c := g.classes[i]; !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// add sees what changes do, leaves out what does nothing, and joins those of an entry
// that cannot be told apart here.
func (g *Engine) add(b *bench, list []*change) {
	var kept []*change
	for _, c := range list {
		does, ok := g.see(b, c)
		switch {
		case !ok, !does && !c.entry.Beside:
			continue
		case !does:
			kept = append(kept, c)
			continue
		}
		if same := slices.IndexFunc(kept, func(k *change) bool { return k.sameAs(c) }); same >= 0 {
			k := kept[same]
			k.bits = math.Log2(math.Exp2(k.bits) + math.Exp2(c.bits))
			if k.scope == onePlace {
				k.scope, k.class = c.scope, c.class
			}
			continue
		}
		kept = append(kept, c)
	}
	for _, c := range kept {
		c.id = int32(len(g.changes))
		g.changes = append(g.changes, c)
	}
}

// see notes what a change does by itself; false: a layer does not fit then.
func (g *Engine) see(b *bench, c *change) (does, ok bool) {
	w, ok := g.world(b, g.truth, []*change{c}, nil)
	if !ok {
		return false, false
	}
	c.touched, c.totals, c.local = w.touched, w.totals, !c.ofSum()
	c.values = make([]*counted, len(w.touched))
	for k, i := range w.touched {
		c.values[k] = w.rows[i]
		c.local = c.local && w.rows[i].sameSizes(g.truth.rows[i])
	}
	apart := w.tally != nil && len(w.tally.anew) > 0
	return len(w.touched) > 0 || w.totals != g.truth.totals || apart, true
}

// sameAs reports changes of one entry that change every number alike.
func (c *change) sameAs(d *change) bool {
	if len(c.touched) == 0 && c.totals == d.totals && c.scope == onePlace && c.ofSum() {
		return false // two layers of one size
	}
	return len(c.touched) > 0 == (len(d.touched) > 0) && c.totals == d.totals && c.number == d.number && c.name == d.name && slices.Equal(c.touched, d.touched) &&
		slices.EqualFunc(c.values, d.values, (*counted).same) && (len(c.touched) > 0 || c.ofSum())
}
