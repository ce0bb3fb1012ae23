// Package report is a graded class as every report reads it: the records by
// student, sums of points, and the sentences that teachers and students get to
// read of one record. Pages and tables in render, results and gradebooks in
// grade/lms are made of it, so that none says what another does not.
//
// It knows records and overviews, and neither formats nor files. A further
// sentence on a record goes to remark.go if teachers read it, to feedback.go if
// students do.
package report

import (
	"fmt"
	"io"
	"iter"
	"math/big"
	"slices"

	"cnnl/grade"
	"cnnl/lang"
)

// A Class is what reports are made of: the records of a class, in the order of
// ids, and their overviews. Every report is made of these alone.
type Class struct {
	Key       string            // as the teacher calls it
	Title     string            // what the homework is called; "": the key does not say
	Overviews []*grade.Overview // one for each question
	Records   func() iter.Seq2[*grade.Record, error]
	Refused   lang.Diagnostics     // why there are no records: the key cannot be graded with
	Notices   []string             // for the teacher
	Reveal    bool                 // students may see the key's numbers
	Previous  map[string]string    // scores of an earlier run, by id; nil: there is none
	Listed    *Listing             // for people
	Sheet     func(Student) string // the file of a student's sheet, from where the report is; nil: there are none
}

// A Format is one way to write a class.
type Format struct {
	Name    string
	Single  bool // it is of one student
	Refuses bool // it can say that the key is refused
	Write   func(w io.Writer, c *Class) error
}

// Students puts the records of one id together.
func (c *Class) Students() iter.Seq2[Student, error] {
	return func(yield func(Student, error) bool) {
		var s Student
		for r, err := range c.Records() {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(s) > 0 && s.ID() != r.ID {
				if !yield(s, nil) {
					return
				}
				s = nil
			}
			s = append(s, r)
		}
		if len(s) > 0 {
			yield(s, nil)
		}
	}
}

// Only is the one student of a report that can have one only.
func (c *Class) Only() (only Student, err error) {
	for s, err := range c.Students() {
		switch {
		case err != nil:
			return nil, err
		case only != nil:
			return nil, fmt.Errorf("this format is of one submission, and there are several: %s, %s", only.ID(), s.ID())
		}
		only = s
	}
	return c.complete(only), nil
}

// complete adds the questions for which a student handed nothing in, so that a
// platform is told of them, too.
func (c *Class) complete(s Student) Student {
	id := ""
	if len(s) > 0 {
		id = s.ID()
	}
	for _, o := range c.Overviews {
		if !slices.ContainsFunc(s, func(r *grade.Record) bool { return r.Question == o.Question || len(c.Overviews) == 1 }) {
			s = append(s, &grade.Record{Schema: grade.RecordSchema, ID: id, Question: o.Question, Outcome: grade.Missing, Max: grade.Rounded(o.Max)})
		}
	}
	return s
}

// Heading is what the homework is called, or its key.
func (c *Class) Heading() string {
	if c.Title != "" {
		return c.Title
	}
	return c.Key
}

// Called is what one question is called: by its title, if that is its own, and by its name.
func (c *Class) Called(question string) string {
	for _, o := range c.Overviews {
		if o.Question == question && question != "" && o.Title != "" && o.Title != c.Title {
			return question + ": " + o.Title
		}
	}
	return question
}

// ChargesLateness reports that it costs something to be late.
func (c *Class) ChargesLateness() bool {
	return slices.ContainsFunc(c.Overviews, func(o *grade.Overview) bool { return o.ChargesLateness })
}

// Max is what can be earned in all questions.
func (c *Class) Max() *big.Rat {
	sum := new(big.Rat)
	for _, o := range c.Overviews {
		sum.Add(sum, o.Max)
	}
	return sum
}

// Changed tells of a score that is not as it was in an earlier run; "" if it
// is, or if there was none.
func (c *Class) Changed(s Student) string { return changed(c.Previous, s) }

func changed(previous map[string]string, s Student) string {
	if previous == nil {
		return ""
	}
	was, known := previous[s.ID()]
	switch {
	case !known:
		return "new"
	case was == s.Score():
		return ""
	}
	return "was " + orNone(was)
}
