package report

import (
	"cmp"
	"iter"
	"slices"

	"cnnl/grade"
)

// Who needs a person: reports for people have those first.

// need is how soon a student's records want a person, the least first.
type need int

const (
	needsMending need = iota // the program failed
	needsReading             // nothing could be graded
	needsJudging             // it was read as something that is not certain
	needsAsking              // two answers were given to one question
	needsWaiting             // nothing was handed in
	needsNobody
)

// needOf is the most urgent need of a student's records.
func needOf(s Student) need {
	most := needsNobody
	for _, r := range s {
		most = min(most, needOfRecord(r))
	}
	return most
}

// ByNeed are the students in the order for people: who needs a person, the most urgent
// first, then all others; those alike in the order of ids.
func (c *Class) ByNeed() iter.Seq2[Student, error] {
	return func(yield func(Student, error) bool) {
		urgent, err := c.urgent()
		if err != nil {
			yield(nil, err)
			return
		}
		for _, s := range urgent {
			if !yield(s, nil) {
				return
			}
		}
		for s, err := range c.Students() {
			if err == nil && needOf(s) < needsNobody {
				continue
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// urgent are the students who need a person.
func (c *Class) urgent() (list []Student, err error) {
	for s, err := range c.Students() {
		if err != nil {
			return nil, err
		}
		if needOf(s) < needsNobody {
			list = append(list, s)
		}
	}
	sortByNeed(list)
	return list, nil
}

func sortByNeed(list []Student) {
	slices.SortStableFunc(list, func(a, b Student) int { return cmp.Compare(needOf(a), needOf(b)) })
}

func needOfRecord(r *grade.Record) need {
	switch {
	case r.Override != nil: // a person has seen to it
		return needsNobody
	case r.Outcome == grade.Internal:
		return needsMending
	case r.Outcome == grade.Ungradable, r.Outcome == grade.Limit:
		return needsReading
	case doubtful(r) != "":
		return needsJudging
	case twice(r) != "":
		return needsAsking
	case r.Outcome == grade.Missing:
		return needsWaiting
	}
	return needsNobody
}

// doubtful says as what a record's script was read without that being certain; "":
// nothing of it was.
func doubtful(r *grade.Record) string {
	i := slices.IndexFunc(r.Slips, func(s grade.Slip) bool { return !s.Certain })
	if i < 0 {
		return ""
	}
	return readAs(&r.Slips[i])
}

// twice names what a record has two answers for; "": nothing.
func twice(r *grade.Record) string {
	for i := range r.Checks {
		if r.Checks[i].Override != nil {
			continue
		}
		for _, p := range r.Checks[i].Parts {
			if p.How == grade.Twice {
				return p.Name
			}
		}
	}
	return ""
}
