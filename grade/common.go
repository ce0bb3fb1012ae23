package grade

import (
	"cmp"
	"fmt"
	"slices"
)

// What the scripts of a class have in common: where they begin to differ from the key,
// and their slips of form.

// MostNamed is how many students are named who have something in common.
const MostNamed = 8

// A Common is what some submissions have in common.
type Common struct {
	First    *Different // the first difference, by the names of the key; nil: it is a slip
	Slip     *Slip      // the first of its kind; nil: it is a difference
	Number   int        // of submissions
	Students []Named    // the first of those who have it, at most MostNamed
	what     string
}

// A Named is a student as reports call one.
type Named struct{ ID, Name string }

// A commons counts what records have in common, by what it is.
type commons map[string]*Common

func (all commons) add(r *Record, c Common) {
	had := all[c.what]
	if had == nil {
		had = &c
		all[c.what] = had
	}
	if had.Number++; len(had.Students) < MostNamed {
		had.Students = append(had.Students, Named{r.ID, r.Name})
	}
}

// MostCommon is how many of a kind reports have.
const MostCommon = 10

// most are the most frequent; of those as frequent, in the order of what they are; and
// how many there are.
func (all commons) most() (list []Common, of int) {
	for _, c := range all {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Common) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), cmp.Compare(a.what, b.what))
	})
	return list[:min(MostCommon, len(list))], len(list)
}

func (o *Overview) addCommon(r *Record) {
	if r.First != nil {
		d := r.First.byKey()
		o.differences.add(r, Common{First: d, what: fmt.Sprintf("%q %q %q", d.Key, d.Layer, d.Parts)})
	}
	counted := map[string]bool{}
	for i := range r.Slips {
		if s := &r.Slips[i]; !counted[s.Kind] {
			counted[s.Kind] = true
			o.slips.add(r, Common{Slip: s, what: s.Kind})
		}
	}
}

// byKey is a difference without what each student calls it and where it stands.
func (d *Different) byKey() *Different {
	c := &Different{Layer: d.Key, Key: d.Key, Parts: d.Parts}
	switch {
	case d.Key == "":
		c.Layer = d.Kind
	case d.Layer == "":
		c.Layer = ""
	}
	return c
}

// Differences are the first differences of a class, the most frequent first, and how many
// there are.
func (o *Overview) Differences() (list []Common, of int) { return o.differences.most() }

// Slips are the kinds of slips of form, those that most submissions have first, and how
// many there are.
func (o *Overview) Slips() (list []Common, of int) { return o.slips.most() }
