package report

import "cnnl/grade"

// MostListed is how many students of a class are listed for people; a table for
// machines has all.
const MostListed = 100

// A Listing picks the students whom a person gets to see, while records come
// by: all of a class of ordinary size; of a larger one those without a score,
// or with another than before.
type Listing struct {
	Previous map[string]string // scores of an earlier run; nil: there is none
	now      Student           // whose records are coming by
	first    []Student         // the first of all
	found    []Student         // the first of those who matter in a large class
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
	if !l.now.Scored() || changed(l.Previous, l.now) != "" {
		if len(l.found) < MostListed {
			l.found = append(l.found, l.now)
		} else {
			l.more++
		}
	}
	l.now = nil
}

// Students are those to be shown, and how many more there are like them.
func (l *Listing) Students() (list []Student, more int) {
	l.settle()
	if l.all <= MostListed {
		return l.first, 0
	}
	return l.found, l.more
}

// Len is how many students there are.
func (l *Listing) Len() int {
	l.settle()
	return l.all
}
