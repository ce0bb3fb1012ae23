package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"cnnl/grade"
	"cnnl/grade/batch"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render"
)

// A class is one class that is graded: what is read, and what is made of it.
type class struct {
	*grading
	app       *app
	key       string
	keys      *grade.Keys
	stopped   *atomic.Bool
	overrides *grade.Overrides
	overviews []*grade.Overview
	listed    report.Listing
	strangers grade.Names // not in the roster
	stranger  string      // the latest of them
	notices   []string
	gone      map[string]bool // in the records of an earlier run, and not seen in this one
	done      int
}

// grade grades all, and then writes every report.
func (c *class) grade(submissions string) error {
	naming, err := grade.NewNaming(c.idRegexp)
	if err != nil {
		return fmt.Errorf("--id-regex: %w", err)
	}
	naming.Questions = c.keys.Questions()
	docs := c.app.documents()
	if err := c.spare(submissions, docs); err != nil {
		return err
	}
	if c.single(docs) {
		naming.Only = onlyID(submissions)
	}
	if err := c.readTables(); err != nil {
		return err
	}
	source, err := batch.Open(submissions, batch.Options{Limit: c.app.flags.limits.lang.Source, Skip: c.ownFiles(docs), Input: c.app.in,
		Table: func(r io.Reader) (*grade.Table, error) { return c.openTable(r) }})
	if err != nil {
		return fileError(submissions, err)
	}
	defer source.Close()
	index := &grade.Index{Naming: naming}
	if err := source.List(index); err != nil {
		return fileError(submissions, err)
	}
	if err := c.invite(index); err != nil {
		return err
	}
	kept := new(batch.Kept)
	if c.needsAll(docs) {
		if kept, err = batch.Keep(); err != nil {
			return writeError("a temporary file", err)
		}
		defer kept.Close()
	}
	if err := c.run(source, index, kept); err != nil {
		return err
	}
	return c.report(docs, index, kept)
}

// spare refuses to write what is read in this run.
func (c *class) spare(submissions string, docs []document) error {
	read := []string{c.key, submissions, c.roster, c.grading.overrides, c.old, c.canvas, c.moodle}
	written := []string{c.journal, gradedName(c.canvas), gradedName(c.moodle)}
	for _, d := range docs {
		written = append(written, d.file)
	}
	for _, to := range written {
		if slices.ContainsFunc(read, func(from string) bool { return sameFile(from, to) }) {
			return fmt.Errorf("%s is read in this run, and so cannot be written; choose another file", to)
		}
	}
	return nil
}

// sameFile reports two paths of one file that exists.
func sameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// needsAll reports that something is to be made of every record. The text for
// people is made of few.
func (c *class) needsAll(docs []document) bool {
	return c.feedback != "" || c.canvas != "" || c.moodle != "" || slices.ContainsFunc(docs, func(d document) bool { return d.format != "text" })
}

// single reports a format that is of one submission: all files are one
// student's.
func (c *class) single(docs []document) bool {
	return slices.ContainsFunc(docs, func(d document) bool {
		return slices.ContainsFunc(render.Reports(), func(r report.Format) bool { return r.Single && r.Name == d.format })
	})
}

// onlyID is the one student's id: the file's or folder's name.
func onlyID(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

func (c *class) openTable(r io.Reader) (*grade.Table, error) {
	if len(c.keys.List) > 1 {
		return nil, fmt.Errorf("a table answers one key, and there are %d", len(c.keys.List))
	}
	t, err := c.keys.List[0].OpenTable(r, c.maps)
	if err != nil {
		return nil, err
	}
	c.notice(grade.NamesOf(t.Unused), "columns that answer nothing were left out")
	c.notice(grade.NamesOf(t.Unasked), "the key asks for more than the table has columns for")
	return t, nil
}

// notice lists names, if there are any.
func (c *class) notice(names grade.Names, what string) {
	if !names.Empty() {
		c.notices = append(c.notices, what+": "+names.String())
	}
}

// readTables reads what goes with the submissions.
func (c *class) readTables() error {
	if r := c.keys.Roster; r != nil {
		c.notice(grade.NamesOf(r.Unused), "columns of the roster that are not used")
	}
	if c.grading.overrides == "" {
		return nil
	}
	file, err := os.Open(c.grading.overrides)
	if err != nil {
		return fileError(c.grading.overrides, err)
	}
	defer file.Close()
	if c.overrides, err = grade.ReadOverrides(file, c.keys.List); err != nil {
		return fmt.Errorf("%s: %w", c.grading.overrides, err)
	}
	c.notices = append(c.notices, c.overrides.Notes...)
	return nil
}

// ownFiles are the files of this run, which are no submissions wherever they
// lie.
func (c *class) ownFiles(docs []document) (files []string) {
	files = []string{c.key, c.roster, c.journal, c.grading.overrides, c.old, c.canvas, c.moodle, gradedName(c.canvas), gradedName(c.moodle)}
	_, folder := feedbackFolder(c.feedback)
	files = append(files, folder)
	for _, d := range docs {
		files = append(files, d.file)
	}
	return slices.DeleteFunc(files, func(f string) bool { return f == "" })
}

// invite adds the roster.
func (c *class) invite(index *grade.Index) error {
	if c.keys.Roster == nil {
		return nil
	}
	for _, s := range c.keys.Roster.Students {
		if err := index.Expect(s.ID); err != nil {
			return err
		}
	}
	return nil
}

// run grades, and keeps the records.
func (c *class) run(source batch.Source, index *grade.Index, kept *batch.Kept) (err error) {
	if c.grading.old != "" {
		if c.listed.Previous, err = batch.OldScores(c.grading.old); err != nil {
			return fileError(c.grading.old, err)
		}
		c.gone = map[string]bool{}
		for id := range c.listed.Previous {
			c.gone[id] = true
		}
	}
	run := &batch.Run{Keys: c.keys, Source: source, Index: index, Jobs: c.jobs, Stop: c.stopped.Load}
	if c.journal != "" {
		j, err := batch.OpenJournal(c.journal, c.keys.Version)
		if errors.Is(err, fs.ErrNotExist) {
			return writeError(c.journal, err)
		} else if err != nil {
			return fileError(c.journal, err)
		}
		defer j.Close()
		run.Journal = j
		c.tellJournal(j)
	}
	for _, k := range c.keys.List {
		c.overviews = append(c.overviews, grade.NewOverview(k))
	}
	bar := c.app.progress(index.Len())
	defer bar.end()
	for r, err := range run.Records() {
		if err != nil {
			return err
		}
		c.take(r)
		if err := kept.Add(r); err != nil {
			return writeError("a temporary file", err)
		}
		c.done++
		bar.step(c.done)
	}
	if run.Journal != nil {
		if err := run.Journal.Flush(); err != nil {
			return writeError(c.journal, err)
		}
	}
	return nil
}

// tellJournal tells what a journal was like. That is of this run and no part of
// reports: a run that was stopped ends in the same ones.
func (c *class) tellJournal(j *batch.Journal) {
	if j.Torn {
		c.app.note("the last line of " + c.journal + " was not whole, and was dropped")
	}
	if j.Stale > 0 {
		c.app.note(lang.Group(int64(j.Stale)) + " records of " + c.journal + " are of another key, other settings or another version, and were not used")
	}
}

// take puts a record into its last form, and counts it.
func (c *class) take(r *grade.Record) {
	if r.Outcome == grade.Missing && c.missing.value == "0" {
		zero := "0"
		r.Score = &zero
	}
	c.overrides.Apply(r)
	if r.Outcome == grade.Internal {
		c.app.worse(exitScript)
	}
	delete(c.gone, r.ID)
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
		}
	}
}

// report writes every report that was asked for.
func (c *class) report(docs []document, index *grade.Index, kept *batch.Kept) (err error) {
	c.tell(index)
	out := &report.Class{Key: filepath.Base(c.key), Overviews: c.overviews, Records: func() iter.Seq2[*grade.Record, error] { return kept.Records() }, Notices: c.notices, Reveal: c.reveal, Previous: c.listed.Previous, Listed: &c.listed}
	notes, err := c.fill(out)
	if err != nil {
		return err
	}
	out.Notices = append(out.Notices, notes...)
	if err := c.sheets(out); err != nil {
		return err
	}
	told := false
	for _, d := range docs {
		told = told || d.format == "text" && d.file == ""
		if c.single([]document{d}) && d.file != "" {
			if err := os.MkdirAll(filepath.Dir(d.file), 0o777); err != nil {
				return writeError(filepath.Dir(d.file), err)
			}
		}
		err := c.app.report(d, out)
		if err != nil && !(d.file == "" && unread(err)) {
			return err // otherwise the files are written all the same
		}
	}
	if !told {
		for _, n := range out.Notices {
			c.app.note(n)
		}
	}
	return keep(docs)
}

// tell adds what the run has to say.
func (c *class) tell(index *grade.Index) {
	if c.stopped.Load() {
		c.notices = append([]string{fmt.Sprintf("interrupted: %s of about %s were graded", lang.Group(int64(c.done)), lang.Group(int64(index.Len())))}, c.notices...)
		c.app.worse(exitInterrupted)
	} else {
		c.notice(grade.NamesOf(slices.Sorted(maps.Keys(c.gone))), "in "+c.grading.old+", and nothing of them now")
	}
	for _, l := range index.Left {
		c.notice(l.Names, l.What+" were left out")
	}
	c.notice(c.strangers, "not in the roster")
	c.notices = append(c.notices, c.overrides.Unused()...)
}

// gradedName is the new file beside a gradebook.
func gradedName(file string) string {
	if file == "" {
		return ""
	}
	ending := filepath.Ext(file)
	return strings.TrimSuffix(file, ending) + "-graded" + ending
}

// fill fills the gradebook of a platform, and says who was not matched.
func (c *class) fill(out *report.Class) (notes []string, err error) {
	file, fill := c.canvas, render.FillCanvas
	if c.moodle != "" {
		file, fill = c.moodle, render.FillMoodle
	}
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fileError(file, err)
	}
	scores, err := render.ScoresOf(out, c.scale)
	if err != nil {
		return nil, err
	}
	filled, notes, err := fill(text, filepath.Base(file), c.column, scores)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if err := writeFile(gradedName(file), filled); err != nil {
		return nil, err
	}
	return append(notes, "the filled gradebook is "+gradedName(file)), nil
}

// feedbackFolder reads --feedback: DIR, or FORMAT=DIR.
func feedbackFolder(text string) (format, folder string) {
	for _, format := range [...]string{"html", "markdown"} {
		if folder, ok := strings.CutPrefix(text, format+"="); ok {
			return format, folder
		}
	}
	return "markdown", text
}

// sheets writes a sheet for each student.
func (c *class) sheets(out *report.Class) error {
	format, folder := feedbackFolder(c.feedback)
	if folder == "" {
		return nil
	}
	ending := map[string]string{"markdown": ".md", "html": ".html"}[format]
	taken := map[string]bool{}
	return render.Feedback(out, format, func(r *grade.Record, text string) error {
		name := render.SheetFile(grade.SheetName(r), r.ID, func(name string) bool { return taken[name] })
		taken[strings.ToLower(name)] = true
		path := filepath.Join(folder, filepath.FromSlash(name)+ending)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return writeError(filepath.Dir(path), err)
		}
		return writeFile(path, []byte(text))
	})
}
