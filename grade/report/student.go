package report

import (
	"math/big"
	"slices"
	"strings"

	"cnnl/grade"
)

// A Student is all of one student's records, one for each question; there is
// at least one.
type Student []*grade.Record

// ID is the student's.
func (s Student) ID() string { return s[0].ID }

// Name is the first that a record knows.
func (s Student) Name() string {
	for _, r := range s {
		if r.Name != "" {
			return r.Name
		}
	}
	return ""
}

// Of is the record of one question; nil: there is none.
func (s Student) Of(question string) *grade.Record {
	for _, r := range s {
		if len(s) == 1 && question == "" || r.Question == question {
			return r
		}
	}
	return nil
}

// Score sums up the scores that there are; "" without any.
func (s Student) Score() string {
	sum, any := new(big.Rat), false
	for _, r := range s {
		if r.Score != nil {
			p, _ := grade.Points(*r.Score)
			sum.Add(sum, p)
			any = true
		}
	}
	if !any {
		return ""
	}
	return grade.Rounded(sum)
}

// Scored reports that there is a score.
func (s Student) Scored() bool {
	return slices.ContainsFunc(s, func(r *grade.Record) bool { return r.Score != nil })
}

// Late reports that something was handed in late.
func (s Student) Late() bool {
	return slices.ContainsFunc(s, func(r *grade.Record) bool { return r.Late })
}

// LateDeduction is what being late costs in all questions; "": nothing.
func (s Student) LateDeduction() string {
	sum := new(big.Rat)
	for _, r := range s {
		if r.Lateness != nil && r.Override == nil { // points by hand are final
			p, _ := grade.Points(r.Lateness.Points)
			sum.Add(sum, p)
		}
	}
	if sum.Sign() == 0 {
		return ""
	}
	return grade.Rounded(sum)
}

// Outcome is what became of all questions: one word, or one for each.
func (s Student) Outcome() string {
	words, same := make([]string, len(s)), true
	for i, r := range s {
		words[i] = string(r.Outcome)
		if r.Question != "" {
			words[i] = r.Question + " " + words[i]
		}
		same = same && r.Outcome == s[0].Outcome
	}
	if same {
		return string(s[0].Outcome)
	}
	return strings.Join(words, ", ")
}

// Remarks are those on the records of all questions, with what became of those
// that have no score.
func (s Student) Remarks() (text string) {
	for _, r := range s {
		remark := Remark(r)
		if r.Outcome != grade.Graded {
			remark = strings.TrimSuffix(string(r.Outcome)+": "+remark, ": ")
		}
		text = Joined(text, remark, r.Question)
	}
	return text
}
