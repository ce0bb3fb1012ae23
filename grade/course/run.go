package course

import (
	"context"
	"fmt"
	"iter"

	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/internal/inorder"
)

// A Source is where submissions come from; grade/batch has those that are files.
type Source interface {
	// List tells an index what there is.
	List(x *collect.Index) error
	// Read gives one of them. Several may be read at once.
	Read(f collect.Found) Handed
	Close() error
}

// A Handed is what was handed in for one question: a submission, nothing, why
// it cannot be read, or the record of an earlier run.
type Handed struct {
	grade.Submission
	Missing  bool
	Why      string
	Document string // what it is that is no plain text: "a PDF document"
	Record   *grade.Record
}

// A Journal keeps records as they are made, so that a run that was stopped goes
// on where it was; grade/batch has one in a file.
type Journal interface {
	// Find gives the record of a submission, if it stands there and is good.
	Find(s grade.Submission, version string) (r grade.Record, ok bool)
	// Has reports that a record of a submission stands there.
	Has(s grade.Submission, version string) bool
	Add(r *grade.Record) error
}

// An outcome is a record and how it came about.
type outcome struct {
	record grade.Record
	known  bool  // it needs not be kept in the journal
	err    error // that ends the run
}

// graded gives the records in the order of ids, as grading makes them. An error
// ends it.
func (c *Class) graded(ctx context.Context, jobs int) iter.Seq2[*grade.Record, error] {
	return func(yield func(*grade.Record, error) bool) {
		found := func(yield func(collect.Found) bool) {
			for f := range c.index.Found() {
				if ctx.Err() != nil || !yield(f) {
					return
				}
			}
		}
		for o := range inorder.List(ctx, found, jobs, c.worker) {
			err := o.err
			if err == nil && c.Journal != nil && !o.known {
				err = c.Journal.Add(&o.record)
			}
			if !yield(&o.record, err) || err != nil {
				return
			}
		}
	}
}

// worker makes a function that grades what was found.
func (c *Class) worker() func(collect.Found) outcome {
	g := c.keys.Grader()
	return func(f collect.Found) outcome {
		h := Handed{Why: f.Why}
		switch {
		case f.Why != "" || f.Missing:
		case f.Rivals != nil:
			h = c.pick(&f)
		default:
			h = c.source.Read(f)
		}
		s := &h.Submission
		s.ID, s.File, s.Question, s.Late = f.ID, first(f.Path, s.File), first(f.Question, s.Question), f.Late || s.Late
		if !f.Missing {
			s.Submitted = first(first(f.Submitted, s.Submitted), first(c.Times[f.ID], c.keys.SubmittedBy(f.ID)))
		}
		s.Late = c.keys.Late(*s)
		s.Name = first(c.keys.NameOf(s.ID), first(s.Name, f.Name))
		h.Missing, s.Beside, s.Group = f.Missing, beside(f), f.Group
		version := c.keys.Version(s.ID, s.Question)
		if c.Journal != nil && !h.simple() {
			if record, ok := c.Journal.Find(*s, version); ok {
				record.Beside, record.Group = s.Beside, s.Group
				return outcome{record: record, known: true}
			}
		}
		record, err := Grade(g, c.keys, h, version)
		return outcome{record, h.Record != nil || c.Journal != nil && h.simple() && c.Journal.Has(*s, version), err}
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

// Grade makes the record of what was handed in. The record of an earlier
// run has to be of the same key; whose it is may be better known by now.
func Grade(g *grade.Grader, keys *grade.Keys, h Handed, version string) (r grade.Record, err error) {
	h.Name = first(keys.NameOf(h.ID), h.Name)
	if !h.Missing {
		h.Submitted = first(h.Submitted, keys.SubmittedBy(h.ID))
	}
	switch {
	case h.Record != nil && h.Record.Key != version:
		return r, fmt.Errorf("the record of %s is of another key, other settings or numbers, or another version of cnnl: grade what was handed in again", h.ID)
	case h.Record != nil:
		if err := keys.Fits(h.Record); err != nil {
			return r, fmt.Errorf("the record of %s is none that this key makes: %w", h.ID, err)
		}
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
	r.Key, r.Beside, r.Group = version, h.Beside, h.Group
	return r, nil
}
