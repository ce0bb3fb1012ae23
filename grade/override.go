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
	Notes []string // on points that are more than there are
	list  []override
	byID  map[string][]int
}

// An override is of one check of one question, or of its whole score, which has
// no title.
type override struct {
	id, question, check string
	points              *big.Rat
	reason              string
	line                int
	used                bool
}

// wholeScore is a check that stands for the whole score; an empty one too.
const wholeScore = "*"

// ReadOverrides reads a CSV file with the columns id, check, points, reason
// and, where there are several, question. An empty check, or *, is the whole
// score. It refuses what can be of two questions, and two of one check.
//
// Points above those of a check are refused, unless force is set.
func ReadOverrides(r io.Reader, keys []*Key, force bool) (*Overrides, error) {
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
	question, err := t.column("question")
	if err != nil {
		return nil, err
	}
	o := &Overrides{byID: map[string][]int{}}
	for {
		row, line, err := t.next()
		if err == io.EOF {
			if note := t.encoding("the file of overrides"); note != "" {
				o.Notes = append(o.Notes, note)
			}
			return o, nil
		} else if err != nil {
			return nil, err
		}
		v := override{id: NormalID(row[columns[0]]), check: NormalID(row[columns[1]]), reason: strings.TrimSpace(row[columns[3]]), line: line}
		if question >= 0 {
			v.question = strings.TrimSpace(row[question])
		}
		if v.check == wholeScore {
			v.check = ""
		}
		v.points, err = ReadPoints(row[columns[2]])
		if err == nil {
			err = o.add(v, keys, force)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// add takes an override that is of one check only.
func (o *Overrides) add(v override, keys []*Key, force bool) error {
	key, err := v.keyOf(keys)
	if err != nil {
		return err
	}
	for _, i := range o.byID[v.id] {
		if other := &o.list[i]; other.question == v.question && other.check == v.check {
			return fmt.Errorf("line %d gives points for %s of %s already; leave one out", other.line, v.what(), v.id)
		}
	}
	if key != nil && v.points.Cmp(key.worth(v.check)) > 0 {
		if !force {
			return fmt.Errorf("it gives %s %s points for %s, which has %s; --force allows it", v.id, Rounded(v.points), v.what(), Rounded(key.worth(v.check)))
		}
		o.Notes = append(o.Notes, fmt.Sprintf("line %d of the overrides gives %s %s points for %s, which has %s", v.line, v.id, Rounded(v.points), v.what(), Rounded(key.worth(v.check))))
	}
	o.byID[v.id] = append(o.byID[v.id], len(o.list))
	o.list = append(o.list, v)
	return nil
}

// keyOf is the one key that an override can be of, and makes it say so; nil: of
// none.
func (v *override) keyOf(keys []*Key) (key *Key, err error) {
	var names []string
	for _, k := range keys {
		if (v.question == "" || v.question == k.Question) && k.worth(v.check) != nil {
			key, names = k, append(names, k.Question)
		}
	}
	if len(names) > 1 {
		return nil, fmt.Errorf("%s of %s is of one of several questions; say which in the column question: %s", v.what(), v.id, strings.Join(names, ", "))
	}
	if key != nil {
		v.question = key.Question
	}
	return key, nil
}

func (v *override) what() string {
	if v.check == "" {
		return "the whole score"
	}
	return v.check
}

var thousands = pattern(`^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$`)

// ReadPoints reads a number of points as teachers and platforms write it:
// 4.5, 4,5 and 1,016.
func ReadPoints(text string) (*big.Rat, error) {
	if text = strings.TrimSpace(text); thousands().MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	text = strings.Replace(text, ",", ".", 1)
	if len(text) <= 20 && !strings.ContainsAny(text, "eEpP") {
		if p, ok := new(big.Rat).SetString(text); ok && p.Sign() >= 0 {
			return p, nil
		}
	}
	return nil, fmt.Errorf("points are a number from 0 on, found %q", Shortened(text))
}

// Apply puts the overrides of one submission into its record.
func (o *Overrides) Apply(r *Record) {
	if o == nil {
		return
	}
	var whole *override
	was := r.before()
	r.Checks = slices.Clone(r.Checks) // others may have the same
	for _, i := range o.byID[r.ID] {
		v := &o.list[i]
		switch {
		case v.question != "" && v.question != r.Question:
		case v.check == "":
			v.used, whole = true, v
		default:
			v.apply(r)
		}
	}
	if r.Override != nil && whole == nil {
		return // the records of an earlier run had it
	}
	if r.Outcome == Graded {
		score := Rounded(r.Sum())
		r.Score = &score
	}
	if whole != nil {
		score := Rounded(whole.points)
		r.Override, r.Score = &Override{Points: exact(whole.points), Reason: whole.reason, Was: was}, &score
	}
}

// before is the score without the teacher's word on the whole; "": none.
func (r *Record) before() string {
	switch {
	case r.Override != nil: // in the records of an earlier run
		return r.Override.Was
	case r.Score != nil:
		return *r.Score
	}
	return ""
}

func (v *override) apply(r *Record) {
	for i := range r.Checks {
		if c := &r.Checks[i]; NormalID(c.Title) == v.check {
			v.used = true
			was := c.Score
			if c.Override != nil {
				was = c.Override.Was // in the records of an earlier run
			}
			c.Override = &Override{Points: exact(v.points), Reason: v.reason, Was: was}
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
			list = append(list, fmt.Sprintf("line %d of the overrides stands for no check: %s, %s", v.line, v.id, v.what()))
		}
	}
	return list
}
