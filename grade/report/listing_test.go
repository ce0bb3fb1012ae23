package report_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"cnnl/grade"
	"cnnl/grade/report"
)

// record is one of a student, with a score unless it is missing, ungradable or internal.
func record(id string, outcome grade.Outcome, score string) *grade.Record {
	r := &grade.Record{ID: id, Outcome: outcome}
	if outcome == grade.Graded {
		r.Score = &score
	}
	return r
}

func ids(list []report.Student) string {
	var words []string
	for _, s := range list {
		words = append(words, s.ID())
	}
	return strings.Join(words, " ")
}

func TestWhoNeedsAPersonComesFirst(t *testing.T) {
	doubtful, twice, settled := record("d", grade.Graded, "5"), record("e", grade.Graded, "5"), record("g", grade.Ungradable, "")
	doubtful.Slips = []grade.Slip{{Line: 2, Was: "conv 4 3x3,", Read: "conv 4 3x3"}}
	twice.Checks = []grade.Check{{Parts: []grade.Part{{Name: "total", How: grade.Twice}}}}
	settled.Override = &grade.Override{Points: "3"}
	var l report.Listing
	for _, r := range []*grade.Record{record("a", grade.Graded, "1"), record("b", grade.Missing, ""), record("c", grade.Ungradable, ""), doubtful, twice, record("f", grade.Internal, ""), settled} {
		l.Add(r)
	}
	list, more := l.Students()
	if got := ids(list); got != "f c d e b a g" || more != 0 {
		t.Errorf("%s, and %d more", got, more)
	}
	for _, want := range []struct{ id, remark string }{{"d", "which is not certain"}, {"e", "two answers for total"}} {
		for _, s := range list {
			if s.ID() == want.id && !strings.Contains(s.Remarks(), want.remark) {
				t.Errorf("%s: %s", s.ID(), s.Remarks())
			}
		}
	}
}

// Everybody is in a list for people once, who needs a person first.
func TestByNeed(t *testing.T) {
	records := []*grade.Record{record("a", grade.Graded, "1"), record("b", grade.Missing, ""), record("c", grade.Ungradable, ""), record("d", grade.Graded, "1"), record("e", grade.Internal, ""), record("f", grade.Missing, "")}
	c := report.Class{Records: func() iter.Seq2[*grade.Record, error] {
		return func(yield func(*grade.Record, error) bool) {
			for _, r := range records {
				if !yield(r, nil) {
					return
				}
			}
		}
	}}
	var list []report.Student
	for s, err := range c.ByNeed() {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if got := ids(list); got != "e c b f a d" {
		t.Error(got)
	}
}

// Of more than are listed nobody is left out who needs a person more.
func TestUrgentNeedsAreListed(t *testing.T) {
	var l report.Listing
	for i := range 3 * report.MostListed {
		l.Add(record(fmt.Sprintf("%03d", i), grade.Missing, ""))
	}
	l.Add(record("z", grade.Internal, ""))
	list, more := l.Students()
	if len(list) != report.MostListed || list[0].ID() != "z" || list[1].ID() != "000" || more != 2*report.MostListed+1 {
		t.Errorf("%d listed, the first %s and %s, %d more", len(list), list[0].ID(), list[1].ID(), more)
	}
}

func TestOnlyChangesAreListed(t *testing.T) {
	l := report.Listing{Previous: map[string]string{"a": "1", "b": "2", "d": ""}}
	for _, r := range []*grade.Record{record("a", grade.Graded, "1"), record("b", grade.Graded, "3"), record("c", grade.Graded, "3"), record("d", grade.Missing, "")} {
		l.Add(r)
	}
	if list, more := l.Students(); ids(list) != "b c" || more != 0 {
		t.Errorf("%s, and %d more", ids(list), more)
	}
}
