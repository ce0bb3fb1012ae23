package render

import (
	"fmt"
	"io"
	"iter"
	"math/big"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/lang"
)

// A Class is what reports are made of: the records of a class, in the order of
// ids, and their overviews. Every report is made of these alone.
type Class struct {
	Key       string            // as the teacher calls it
	Overviews []*grade.Overview // one for each question
	Records   func() iter.Seq2[*grade.Record, error]
	Refused   lang.Diagnostics  // why there are no records: the key cannot be graded with
	Notices   []string          // for the teacher
	Reveal    bool              // students may see the key's numbers
	Old       map[string]string // scores of an earlier run, by id; nil: there is none
	Listed    *Listing          // for people
}

// A Report is one way to write a class.
type Report struct {
	Name    string
	Single  bool // it is of one student
	Refuses bool // it can say that the key is refused
	Write   func(w io.Writer, c *Class) error
}

// Reports lists them.
func Reports() []Report {
	return []Report{
		{"json", false, true, classJSON},
		{"jsonl", false, false, classLines},
		{"csv", false, false, classCSV},
		{"markdown", false, false, classMarkdown},
		{"html", false, false, classHTML},
		{"junit", false, true, classJUnit},
		{"gradescope", true, false, gradescope}, // it takes no result without a score
		{"prairielearn", true, true, prairieLearn},
		{"check50", true, true, check50},
	}
}

// A student is all of one student's records, one for each question.
type student []*grade.Record

// students puts records of one id together.
func (c *Class) students() iter.Seq2[student, error] { return studentsOf(c.Records()) }

func studentsOf(records iter.Seq2[*grade.Record, error]) iter.Seq2[student, error] {
	return func(yield func(student, error) bool) {
		var s student
		for r, err := range records {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(s) > 0 && s[0].ID != r.ID {
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

// only is the one student of a report that can have one only.
func (c *Class) only() (only student, err error) {
	for s, err := range c.students() {
		switch {
		case err != nil:
			return nil, err
		case only != nil:
			return nil, fmt.Errorf("this format is of one submission, and there are several: %s, %s", only[0].ID, s[0].ID)
		}
		only = s
	}
	return c.complete(only), nil
}

// complete adds the questions for which a student handed nothing in, so that a
// platform is told of them, too.
func (c *Class) complete(s student) student {
	id := ""
	if len(s) > 0 {
		id = s[0].ID
	}
	for _, o := range c.Overviews {
		if !slices.ContainsFunc(s, func(r *grade.Record) bool { return r.Question == o.Question || len(c.Overviews) == 1 }) {
			s = append(s, &grade.Record{Schema: grade.RecordSchema, ID: id, Question: o.Question, Outcome: grade.Missing, Max: grade.Rounded(o.Max)})
		}
	}
	return s
}

func (s student) first() *grade.Record { return s[0] }

// name is the first that a record knows.
func (s student) name() string {
	for _, r := range s {
		if r.Name != "" {
			return r.Name
		}
	}
	return ""
}

// score sums up the scores that there are; "" without any.
func (s student) score() string {
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

// scored reports that there is a score.
func (s student) scored() bool {
	return slices.ContainsFunc(s, func(r *grade.Record) bool { return r.Score != nil })
}

// max is what can be earned in all questions.
func (c *Class) max() *big.Rat {
	sum := new(big.Rat)
	for _, o := range c.Overviews {
		sum.Add(sum, o.Max)
	}
	return sum
}

// outcome is what became of all questions: one word, or one for each.
func (s student) outcome() string {
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

func (s student) late() bool {
	for _, r := range s {
		if r.Late {
			return true
		}
	}
	return false
}

// remark is what the teacher may want to know of a record beside its points.
func remark(r *grade.Record) string {
	var words []string
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if r.Why != "" {
		add("%s", r.Why)
	}
	if r.Late {
		add("late")
	}
	if r.Reading != "" {
		add("read as %s", r.Reading)
	}
	if d := difference(r.First); d != "" {
		add("first difference: %s", d)
	} else if r.Mistake != "" {
		add("%s", r.Mistake)
	}
	for i := range r.Checks {
		if o := r.Checks[i].Override; o != nil {
			add("%s: %s", r.Checks[i].Title, byHand(o))
		}
	}
	if r.Override != nil {
		add("%s", byHand(r.Override))
	}
	return strings.Join(words, "; ")
}

// remarks are those of all questions, with what became of those that have no
// score.
func (s student) remarks() (text string) {
	for _, r := range s {
		word := remark(r)
		if r.Outcome != grade.Graded {
			word = strings.TrimSuffix(string(r.Outcome)+": "+word, ": ")
		}
		text = joined(text, word, r.Question)
	}
	return text
}

func byHand(o *grade.Override) string {
	was := ""
	if o.Was != "" {
		was = ", was " + roundedPoints(o.Was)
	}
	return roundedPoints(o.Points) + " by hand" + was + behind(o.Reason)
}

func behind(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}

// difference puts the first layer that is not the key's into words.
func difference(d *grade.Different) string {
	if d == nil {
		return ""
	}
	place := ""
	if d.Line > 0 {
		place = fmt.Sprintf(" (line %d)", d.Line)
	}
	switch {
	case d.Key == "":
		return d.Layer + place + " is in the submission only"
	case d.Layer == "":
		return d.Key + " is missing"
	}
	var parts []string
	for _, p := range d.Parts {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s, should be %s", p[0], orNone(p[1]), orNone(p[2]))))
	}
	return d.Layer + place + ": " + strings.Join(parts, "; ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// changed tells of a score that is not as it was; "" if it is.
func (c *Class) changed(s student) string {
	return changed(c.Old, s)
}

func changed(scores map[string]string, s student) string {
	if scores == nil {
		return ""
	}
	old, known := scores[s[0].ID]
	switch {
	case !known:
		return "new"
	case old == s.score():
		return ""
	}
	return "was " + orNone(old)
}
