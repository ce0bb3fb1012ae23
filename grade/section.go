package grade

import (
	"fmt"
	"slices"

	"cnnl/lang"
)

// Sections of a class, as a column of the roster has them: who teaches one sees how it
// did beside the others.

// mostSections is how many a class is shown by; a column with more says something else.
const mostSections = 100

// readSections keeps the column of sections, if it is one.
func (r *Roster) readSections(column string) {
	seen := map[string]bool{}
	for _, s := range r.Students {
		seen[s.Section] = true
	}
	if r.Sections = len(seen) > 1 && len(seen) <= mostSections; len(seen) > mostSections {
		r.Unused = append(r.Unused, fmt.Sprintf("%s, which has more than %s different texts", column, lang.Group(mostSections)))
	}
}

// SectionOf is a student's section.
func (ks *Keys) SectionOf(id string) string {
	if ks.Roster == nil {
		return ""
	}
	s, _ := ks.Roster.Student(id)
	return s.Section
}

// AddOf takes a record of a student of a section.
func (o *Overview) AddOf(section string, r *Record) {
	at, known := slices.BinarySearchFunc(o.Sections, section, func(o *Overview, name string) int { return compareNames(o.Section, name) })
	if !known {
		of := NewOverview(o.key)
		of.Section = section
		o.Sections = slices.Insert(o.Sections, at, of)
	}
	o.Sections[at].Add(r)
}
