package grade

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
)

// Overrides are a teacher's words in place of what grading found. They stand
// in a file of their own, so that grading again does not lose them.
type Overrides struct {
	list []override
	byID map[string][]int
}

type override struct {
	id, question, check string
	points              *big.Rat
	reason              string
	line                int
	used                bool
}

// whole is a check that stands for the whole score; an empty one too.
const wholeScore = "*"

// ReadOverrides reads a CSV file with the columns id, check, points, reason
// and, where there are several, question. An empty check, or *, is the whole
// score.
func ReadOverrides(r io.Reader) (*Overrides, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	var columns [4]int
	for i, name := range [...]string{"id", "check", "points", "reason"} {
		if columns[i], err = t.needs(name); err != nil {
			return nil, err
		}
	}
	question := t.column("question")
	o := &Overrides{byID: map[string][]int{}}
	for {
		row, line, err := t.next()
		if err == io.EOF {
			return o, nil
		} else if err != nil {
			return nil, err
		}
		v := override{id: NormalID(row[columns[0]]), check: strings.TrimSpace(row[columns[1]]), reason: strings.TrimSpace(row[columns[3]]), line: line}
		if question >= 0 {
			v.question = strings.TrimSpace(row[question])
		}
		if v.points, err = pointsOf(row[columns[2]]); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		o.byID[v.id] = append(o.byID[v.id], len(o.list))
		o.list = append(o.list, v)
	}
}

// pointsOf reads a number of points as teachers write it.
func pointsOf(text string) (*big.Rat, error) {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	p, ok := new(big.Rat).SetString(text)
	if len(text) > 20 || strings.ContainsAny(text, "eEpP") || !ok || p.Sign() < 0 {
		return nil, fmt.Errorf("points are a number from 0 on, found %q", text)
	}
	return p, nil
}

// Apply puts the overrides of one submission into its record.
func (o *Overrides) Apply(r *Record) {
	if o == nil {
		return
	}
	var whole *override
	r.Checks = slices.Clone(r.Checks) // others may have the same
	for _, i := range o.byID[r.ID] {
		v := &o.list[i]
		switch {
		case v.question != "" && v.question != r.Question:
		case v.check == "" || v.check == wholeScore:
			v.used, whole = true, v
		default:
			v.apply(r)
		}
	}
	if r.Outcome == Graded {
		score := Rounded(r.Sum())
		r.Score = &score
	}
	if whole != nil {
		r.Override = &Override{Points: exact(whole.points), Reason: whole.reason}
		if r.Score != nil {
			r.Override.Was = *r.Score
		}
		score := Rounded(whole.points)
		r.Score = &score
	}
}

func (v *override) apply(r *Record) {
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Title == v.check {
			v.used = true
			c.Override = &Override{Points: exact(v.points), Reason: v.reason, Was: c.Score}
			c.Score = exact(v.points)
		}
	}
}

// Unused tells of overrides that stood for nothing.
func (o *Overrides) Unused() (list []string) {
	if o == nil {
		return nil
	}
	for _, v := range o.list {
		if !v.used {
			list = append(list, fmt.Sprintf("line %d of the overrides stands for no check: %s, %s", v.line, v.id, v.check))
		}
	}
	return list
}
