package batch

import (
	"encoding/json"
	"fmt"
	"iter"

	"cnnl/grade"
	"cnnl/internal/inorder"
)

// A Run grades what a source has.
type Run struct {
	Keys    *grade.Keys
	Source  Source
	Index   *grade.Index
	Jobs    int
	Journal *Journal    // or nil
	Stop    func() bool // asked before each submission
}

// An outcome is a record and how it came about.
type outcome struct {
	record  grade.Record
	version string
	known   bool // from the journal
}

// Records gives the records in the order of ids. An error ends it.
func (r *Run) Records() iter.Seq2[*grade.Record, error] {
	return func(yield func(*grade.Record, error) bool) {
		found := func(yield func(grade.Found) bool) {
			for f := range r.Index.Found() {
				if r.Stop() || !yield(f) {
					return
				}
			}
		}
		for o := range inorder.Map(found, r.Jobs, r.worker) {
			if r.Journal != nil && !o.known {
				if err := r.Journal.add(&o.record, o.version); err != nil {
					yield(nil, fmt.Errorf("cannot write the journal: %s", cause(err)))
					return
				}
			}
			if !yield(&o.record, nil) {
				return
			}
		}
	}
}

// worker makes a function that grades what was found.
func (r *Run) worker() func(grade.Found) outcome {
	g := r.Keys.Grader()
	return func(f grade.Found) outcome {
		h := Handed{Why: f.Why}
		if f.Why == "" && !f.Missing {
			h = r.Source.Read(f)
		}
		s := &h.Submission
		s.ID, s.File, s.Question, s.Late = f.ID, first(f.Path, s.File), first(f.Question, s.Question), f.Late || s.Late
		s.Name = first(r.Keys.NameOf(s.ID), first(s.Name, f.Name))
		if f.Missing {
			return outcome{record: g.Absent(*s)}
		}
		if h.Record != nil || h.Why != "" {
			return outcome{record: gradeHanded(g, r.Keys, h)}
		}
		version := r.Keys.Version(s.ID, s.Question)
		if record, ok := r.Journal.find(*s, version); ok {
			return outcome{record, version, true}
		}
		return outcome{record: gradeHanded(g, r.Keys, h), version: version}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// gradeHanded makes the record of what was handed in.
func gradeHanded(g *grade.Grader, keys *grade.Keys, h Handed) grade.Record {
	h.Name = first(keys.NameOf(h.ID), h.Name)
	switch {
	case h.Record != nil:
		return *h.Record
	case h.Why != "":
		return g.Refused(h.Submission, h.Why)
	}
	return g.Grade(h.Submission)
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
