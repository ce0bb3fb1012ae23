package batch

import (
	"encoding/json"
	"fmt"
	"iter"

	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/internal/inorder"
)

// A Run grades what a source has.
type Run struct {
	Keys    *grade.Keys
	Source  Source
	Index   *collect.Index
	Jobs    int
	Journal *Journal    // or nil
	Stop    func() bool // asked before each submission
}

// An outcome is a record and how it came about.
type outcome struct {
	record grade.Record
	known  bool  // it needs not be kept in the journal
	err    error // that ends the run
}

// Records gives the records in the order of ids. An error ends it.
func (r *Run) Records() iter.Seq2[*grade.Record, error] {
	return func(yield func(*grade.Record, error) bool) {
		found := func(yield func(collect.Found) bool) {
			for f := range r.Index.Found() {
				if r.Stop() || !yield(f) {
					return
				}
			}
		}
		for o := range inorder.Map(found, r.Jobs, r.worker) {
			err := o.err
			if err == nil && r.Journal != nil && !o.known {
				if err = r.Journal.add(&o.record); err != nil {
					err = fmt.Errorf("cannot write the journal: %s", cause(err))
				}
			}
			if !yield(&o.record, err) || err != nil {
				return
			}
		}
	}
}

// worker makes a function that grades what was found.
func (r *Run) worker() func(collect.Found) outcome {
	g := r.Keys.Grader()
	return func(f collect.Found) outcome {
		h := Handed{Why: f.Why}
		if f.Why == "" && !f.Missing {
			h = r.Source.Read(f)
		}
		s := &h.Submission
		s.ID, s.File, s.Question, s.Late = f.ID, first(f.Path, s.File), first(f.Question, s.Question), f.Late || s.Late
		s.Name = first(r.Keys.NameOf(s.ID), first(s.Name, f.Name))
		h.Missing = f.Missing
		version := r.Keys.Version(s.ID, s.Question)
		if !h.simple() {
			if record, ok := r.Journal.find(*s, version); ok {
				return outcome{record: record, known: true}
			}
		}
		record, err := gradeHanded(g, r.Keys, h, version)
		return outcome{record, h.Record != nil || h.simple() && r.Journal.has(*s, version), err}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// simple reports that there is nothing to grade.
func (h *Handed) simple() bool { return h.Missing || h.Record != nil || h.Why != "" }

// gradeHanded makes the record of what was handed in. The record of an earlier
// run has to be of the same key; whose it is may be better known by now.
func gradeHanded(g *grade.Grader, keys *grade.Keys, h Handed, version string) (r grade.Record, err error) {
	h.Name = first(keys.NameOf(h.ID), h.Name)
	switch {
	case h.Record != nil && h.Record.Key != version:
		return r, fmt.Errorf("the record of %s is of another key, other settings or numbers, or another version of cnnl: grade what was handed in again", h.ID)
	case h.Record != nil:
		r = *h.Record
		r.ID = first(r.ID, h.ID)
		r.Name = first(keys.NameOf(r.ID), r.Name)
		return r, nil
	case h.Missing:
		r = g.Absent(h.Submission)
	case h.Why != "":
		r = g.Refused(h.Submission, h.Why)
	default:
		r = g.Grade(h.Submission)
	}
	r.Key = version
	return r, nil
}

// Kept are records that wait for several reports to be made of them; a Kept
// that was not opened by Keep keeps none.
type Kept struct{ spool *spool }

// Keep begins to keep records.
func Keep() (*Kept, error) {
	s, err := newSpool()
	if err != nil {
		return nil, err
	}
	return &Kept{s}, nil
}

// Add keeps a record.
func (k *Kept) Add(r *grade.Record) error {
	if k.spool == nil {
		return nil // nobody will ask
	}
	text, err := json.Marshal(r)
	if err == nil {
		_, err = k.spool.add(text)
	}
	return err
}

// Records gives the records that were kept, as often as it is asked.
func (k *Kept) Records() iter.Seq2[*grade.Record, error] {
	return func(yield func(*grade.Record, error) bool) {
		for text, err := range k.spool.all() {
			r := new(grade.Record)
			if err == nil {
				err = json.Unmarshal(text, r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Close forgets them.
func (k *Kept) Close() error { return k.spool.Close() }
