package report

import (
	"slices"

	"cnnl/grade"
)

// MostListed is how many students of a class are listed for people; a table for
// machines has all.
const MostListed = 100

// A Listing picks the students whom a person gets to see, while records come
// by: all of a class of ordinary size; of a larger one those without a score, or who need a person; where
// there was an earlier run those with another score than in that. Who needs a person
// comes first.
type Listing struct {
	Previous map[string]string // scores of an earlier run; nil: there is none
	now      Student           // whose records are coming by
	first    []Student         // the first of all
	found    []Student         // the first of those who matter in a large class, or have changed
	more     int               // how many others matter
	all      int
}

// Add takes a record, in the order of ids.
func (l *Listing) Add(r *grade.Record) {
	if len(l.now) > 0 && l.now.ID() != r.ID {
		l.settle()
	}
	l.now = append(l.now, r)
}

// settle sorts in the student whose records have come by.
func (l *Listing) settle() {
	if len(l.now) == 0 {
		return
	}
	if l.all++; l.all <= MostListed {
		l.first = append(l.first, l.now)
	}
	if l.matters(l.now) {
		l.find(l.now)
	}
	l.now = nil
}

// find keeps a student who matters. Of too many those are kept who need a person most.
func (l *Listing) find(s Student) {
	if l.found = append(l.found, s); len(l.found) <= MostListed {
		return
	}
	l.more++
	last := 0
	for i := range l.found {
		if needOf(l.found[i]) >= needOf(l.found[last]) {
			last = i
		}
	}
	l.found = slices.Delete(l.found, last, last+1)
}

func (l *Listing) matters(s Student) bool {
	if l.Previous != nil {
		return changed(l.Previous, s) != ""
	}
	return !s.Scored() || needOf(s) < needsWaiting
}

// Students are those to be shown, and how many more there are like them.
func (l *Listing) Students() (list []Student, more int) {
	l.settle()
	list, more = l.found, l.more
	if l.all <= MostListed && l.Previous == nil {
		list, more = l.first, 0
	}
	list = slices.Clone(list)
	sortByNeed(list)
	return list, more
}

// Len is how many students there are.
func (l *Listing) Len() int {
	l.settle()
	return l.all
}
