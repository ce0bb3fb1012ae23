// Package course grades a class: it puts together what submissions are graded
// with (keys, a roster, overrides, an earlier run), has them graded in the order
// of ids, brings each record into its last form, and has what came of all ready
// as report.Class.
//
//	class := course.New(keys)
//	err := class.Collect(source, collect.Naming{})
//	for record, err := range class.Records(ctx, runtime.NumCPU()) {
//		// keep it
//	}
//	report := class.Report("key.cnnl", kept.Records)
//
// It opens no file and prints nothing: sources, journals and tables come opened,
// from grade/batch or from whoever else calls it. A further thing that teachers hand to
// grading, as overrides are, becomes a field of Class, is applied in settle, and
// says in finish what of it was of no use.
package course

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/grade/report"
	"cnnl/lang"
)

// A Class is one class that is graded once: what it is graded with, and what
// has come of it so far.
type Class struct {
	Previous *Previous         // or nil
	Journal  Journal           // or nil
	Zero     bool              // who handed nothing in has 0 points, not none
	Reveal   bool              // students may see the key's numbers
	Times    map[string]string // of handing in, by ids, as a gradebook writes them

	Graded      int  // how many records there are
	Faults      int  // how many of them tell of a fault of the program's own
	Interrupted bool // not all were graded

	keys      *grade.Keys
	overrides *grade.Overrides // or nil
	table     *grade.Table     // or nil
	source    Source
	index     *collect.Index
	notices   []string
	overviews []*grade.Overview
	listed    report.Listing
	strangers grade.Names // not in the roster
	stranger  string      // the latest of them
	gone      map[string]bool
	untimed   grade.Names // nobody says when, and to be late costs something
}

// Previous is an earlier run.
type Previous struct {
	File   string            // as the teacher calls it
	Scores map[string]string // by id
}

// New begins to grade a class.
func New(keys *grade.Keys) *Class {
	c := &Class{keys: keys}
	if keys.Roster != nil {
		c.tell(keys.Roster.Encoding)
		c.notice(grade.NamesOf(keys.Unused()), "columns of the roster that are not used")
	}
	return c
}

// OpenTable reads the header of a table of answers, and takes note of columns
// that are of no use. Maps say what a column answers, as 1234567=c1.out; id
// is the name of the one that says whose a row is, where it is not called so and a
// roster does not tell.
func (c *Class) OpenTable(r io.ReadSeeker, id string, maps []string) (*grade.Table, error) {
	if len(c.keys.List) > 1 {
		return nil, fmt.Errorf("a table answers one key, and there are %d", len(c.keys.List))
	}
	t, err := c.keys.List[0].OpenTable(r, id, maps, c.keys.Roster)
	if err != nil {
		return nil, err
	}
	c.table = t
	if t.Whose != "" {
		c.tell("whose a row is says the column " + t.Whose + ": it has the students of the roster")
	}
	c.notice(grade.NamesOf(t.Unused), "columns that answer nothing were left out")
	c.notice(grade.NamesOf(t.Unasked), "the key asks for more than the table has columns for")
	return t, nil
}

// Override takes a teacher's words in place of what grading finds.
func (c *Class) Override(o *grade.Overrides) {
	c.overrides = o
	c.notices = append(c.notices, o.Notes...)
}

// Collect finds out what was handed in, and who of the roster handed nothing
// in.
func (c *Class) Collect(source Source, naming collect.Naming) error {
	naming.Questions = c.keys.Questions()
	c.source, c.index = source, &collect.Index{Naming: naming}
	if err := source.List(c.index); err != nil {
		return err
	}
	if err := c.enroll(); err != nil {
		return err
	}
	if c.keys.Roster == nil {
		return nil
	}
	for _, s := range c.keys.Roster.Students {
		if err := c.index.Expect(s.ID); err != nil {
			return err
		}
	}
	return nil
}

// enroll reads whose folders are, where a platform put a file beside them that
// says so.
func (c *Class) enroll() error {
	members := map[string][]collect.Person{}
	for _, roll := range c.index.Rolls {
		h := c.source.Read(collect.Found{Entry: roll})
		if h.Why == "" && h.SHA256 == "" {
			h.Why = "it is longer than is read; --limit source=16777216 reads more"
		}
		if h.Why != "" {
			return fmt.Errorf("%s: %s", roll.Path, h.Why)
		}
		folders, err := collect.ReadRoll(h.Text, c.keys.Roster)
		if err != nil {
			return fmt.Errorf("%s: %w", roll.Path, err)
		}
		maps.Copy(members, folders)
	}
	if len(members) == 0 {
		return nil
	}
	return c.index.Enroll(members)
}

// Len is about how many records there will be.
func (c *Class) Len() int { return c.index.Len() }

// Records grades all that was collected, so many at once, and gives the records
// in the order of ids. They end when ctx is done, and nobody waits for the one that
// is being graded then: a submission has a record or none.
func (c *Class) Records(ctx context.Context, jobs int) iter.Seq2[*grade.Record, error] {
	c.begin()
	return func(yield func(*grade.Record, error) bool) {
		for r, err := range c.graded(ctx, jobs) {
			if err == nil {
				c.settle(r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		c.Interrupted = ctx.Err() != nil
	}
}

func (c *Class) begin() {
	for _, k := range c.keys.List {
		c.overviews = append(c.overviews, grade.NewOverview(k))
	}
	if c.Previous != nil {
		c.listed.Previous, c.gone = c.Previous.Scores, map[string]bool{}
		for id := range c.Previous.Scores {
			c.gone[id] = true
		}
	}
}

// settle brings a record into its last form, and counts it.
func (c *Class) settle(r *grade.Record) {
	if r.Outcome == grade.Missing && c.Zero {
		zero := "0"
		r.Score = &zero
	}
	c.overrides.Apply(r)
	c.Graded++
	if r.Outcome == grade.Internal {
		c.Faults++
	}
	delete(c.gone, r.ID)
	if r.Lateness != nil && r.Lateness.Unknown != "" {
		c.untimed.Add(r.ID)
	}
	if roster := c.keys.Roster; roster != nil {
		if _, listed := roster.Student(r.ID); !listed && r.ID != c.stranger {
			c.stranger = r.ID
			c.strangers.Add(r.ID)
		}
	}
	c.listed.Add(r)
	for _, o := range c.overviews {
		if o.Question == r.Question || len(c.overviews) == 1 {
			o.Add(r)
			if c.keys.Roster != nil && c.keys.Roster.Sections {
				o.AddOf(c.keys.SectionOf(r.ID), r)
			}
		}
	}
}

// Report is the class as reports read it, once all records have come by; they
// are to be had again from records.
func (c *Class) Report(key string, records func() iter.Seq2[*grade.Record, error]) *report.Class {
	c.finish()
	return &report.Class{Key: key, Title: c.keys.Title(), Overviews: c.overviews, Records: records, Notices: c.notices, Reveal: c.Reveal, Previous: c.listed.Previous, Listed: &c.listed}
}

// finish adds what can be told only now.
func (c *Class) finish() {
	if c.Interrupted {
		c.notices = slices.Insert(c.notices, 0, fmt.Sprintf("interrupted: %s of about %s were graded", lang.Group(int64(c.Graded)), lang.Group(int64(c.Len()))))
	} else if c.Previous != nil {
		c.notice(grade.NamesOf(slices.Sorted(maps.Keys(c.gone))), "in "+c.Previous.File+", and nothing of them now")
	}
	if c.table != nil {
		c.tell(c.table.Encoding())
	}
	for _, l := range c.index.Left {
		c.notice(l.Names, l.What+" were left out")
	}
	c.notice(c.strangers, "not in the roster")
	c.notice(c.untimed, "when these were handed in is not known, so that being late costs them nothing")
	c.notices = append(c.notices, c.overrides.Unused()...)
}

// tell adds a sentence, if there is one.
func (c *Class) tell(sentence string) {
	if sentence != "" {
		c.notices = append(c.notices, sentence)
	}
}

// notice lists names, if there are any.
func (c *Class) notice(names grade.Names, what string) {
	if !names.Empty() {
		c.notices = append(c.notices, what+": "+names.String())
	}
}

// Refused is the class of a key that is refused: there are no records.
func Refused(key string, diags lang.Diagnostics) *report.Class {
	return &report.Class{Key: key, Refused: diags, Records: func() iter.Seq2[*grade.Record, error] {
		return func(func(*grade.Record, error) bool) {}
	}}
}
