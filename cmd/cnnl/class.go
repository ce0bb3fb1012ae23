package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/batch"
	"cnnl/grade/collect"
	"cnnl/grade/course"
	"cnnl/grade/lms"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render/grades"
)

// The files of a class: those that are read, and those that are written.

// A class is one class that is graded, and its files.
type class struct {
	*course.Class
	*grading
	app         *app
	key         string
	keys        *grade.Keys
	submissions string
	docs        []document
	book        []byte            // the gradebook that is to be filled
	known       *collect.Register // or nil
	sheetOf     map[string]string // the file of each student's sheet, by id; nil: there are none
}

// grade grades all, and then writes every report.
func (c *class) grade(ctx context.Context) error {
	naming, err := collect.NewNaming(c.idRegexp)
	if err != nil {
		return fmt.Errorf("--id-regex: %w", err)
	}
	if err := c.spare(); err != nil {
		return err
	}
	if slices.ContainsFunc(c.docs, func(d document) bool { return formatOf(d).Single }) {
		naming.Only = onlyID(c.submissions)
	}
	if err := c.readOverrides(); err != nil {
		return err
	}
	if err := c.readGradebook(); err != nil {
		return err
	}
	if err := c.register(&naming); err != nil {
		return err
	}
	source, err := batch.Open(c.submissions, batch.Options{Limit: c.app.flags.limits.lang.Source, Skip: c.ownFiles(), Input: c.app.in,
		Table: func(r io.ReadSeeker) (*grade.Table, error) { return c.OpenTable(r, c.idColumn, c.maps) }})
	if err != nil {
		return fileError(c.submissions, err)
	}
	defer source.Close()
	if err := c.Collect(source, naming); err != nil {
		return fileError(c.submissions, err)
	}
	kept := new(batch.Kept)
	if c.needsAll() {
		if kept, err = batch.Keep(); err != nil {
			return err
		}
		defer kept.Close()
	}
	if err := c.run(ctx, kept); err != nil {
		return err
	}
	return c.write(c.Report(filepath.Base(c.key), kept.Records))
}

// spare refuses outputs that would cost something, before any work is done.
func (c *class) spare() error {
	t := traffic{read: append(c.tables(), c.submissions), written: c.written(), graded: c.submissions}
	if err := t.check(); err != nil {
		return err
	}
	_, folder := feedbackFolder(c.feedback)
	if folder != "" && within(place(folder), c.submissions) {
		return fmt.Errorf("--feedback %s would lie among the submissions in %s, and the next run could take sheets for some; choose another folder", folder, c.submissions)
	}
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		return fmt.Errorf("--feedback %s is no folder", folder)
	}
	for _, d := range c.docs {
		if d.file == "" || formatOf(d).Single { // whose folders are made
			continue
		}
		if err := hasFolder(d.file); err != nil {
			return err
		}
	}
	return nil
}

// tables are the files that are read, beside the submissions; "" is none.
func (c *class) tables() []string {
	return []string{c.key, c.roster, c.overrides, c.previous, c.gradebook()}
}

// written are the files that are written.
func (c *class) written() []string {
	files := []string{c.journal, gradedName(c.gradebook())}
	for _, d := range c.docs {
		files = append(files, d.file)
	}
	return files
}

// ownFiles are the files of this run, which are no submissions wherever they
// lie.
func (c *class) ownFiles() []string {
	_, folder := feedbackFolder(c.feedback)
	return slices.DeleteFunc(slices.Concat(c.tables(), c.written(), []string{folder}), func(f string) bool { return f == "" })
}

// needsAll reports that something is to be made of every record. The text for
// people is made of few.
func (c *class) needsAll() bool {
	return c.feedback != "" || c.gradebook() != "" || slices.ContainsFunc(c.docs, func(d document) bool { return d.format != "text" })
}

// onlyID is the one student's id: the file's or folder's name.
func onlyID(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

func (c *class) readOverrides() error {
	if c.overrides == "" {
		return nil
	}
	file, err := openTable(c.overrides)
	if err != nil {
		return err
	}
	defer file.Close()
	overrides, err := grade.ReadOverrides(file, c.keys.List, c.force)
	if err != nil {
		return fmt.Errorf("%s: %w", c.overrides, err)
	}
	c.Override(overrides)
	return nil
}

// run grades, and keeps the records.
func (c *class) run(ctx context.Context, kept *batch.Kept) error {
	c.Zero, c.Reveal = c.missing.value == "0", c.reveal
	if c.previous != "" {
		scores, err := batch.PreviousScores(c.previous)
		if err != nil {
			return fileError(c.previous, err)
		}
		c.Previous = &course.Previous{File: c.previous, Scores: scores}
	}
	if c.journal == "" {
		return c.take(ctx, kept)
	}
	j, err := batch.OpenJournal(c.journal, c.keys)
	var opened *fs.PathError
	if errors.As(err, &opened) {
		return writeError(c.journal, err)
	} else if err != nil {
		return fmt.Errorf("the journal %s: %w", c.journal, err)
	}
	defer j.Close()
	c.tellJournal(j)
	c.Journal = j
	if err := c.take(ctx, kept); err != nil {
		return err
	}
	if err := j.Flush(); err != nil {
		return writeError(c.journal, err)
	}
	return nil
}

// take takes the records as they are made.
func (c *class) take(ctx context.Context, kept *batch.Kept) error {
	bar := c.app.progress(c.Len())
	defer bar.end()
	for r, err := range c.Records(ctx, c.jobs) {
		if err != nil {
			return err
		}
		if err := kept.Add(r); err != nil {
			return err
		}
		bar.step(c.Graded)
	}
	if c.Faults > 0 {
		c.app.worse(exitScript)
	}
	if c.Interrupted {
		c.app.worse(exitInterrupted)
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

// write writes every report that was asked for.
func (c *class) write(out *report.Class) error {
	notes, err := c.fill(out)
	if err != nil {
		return err
	}
	out.Notices = append(out.Notices, notes...)
	if err := c.sheets(out); err != nil {
		return err
	}
	told := false
	for _, d := range c.docs {
		told = told || d.format == "text" && d.file == ""
		if formatOf(d).Single && d.file != "" {
			if err := os.MkdirAll(filepath.Dir(d.file), 0o777); err != nil {
				return writeError(filepath.Dir(d.file), err)
			}
		}
		out.Sheet = c.linksFrom(d.file)
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
	return c.app.keep(c.docs)
}

// gradedName is the new file beside a gradebook.
func gradedName(file string) string {
	if file == "" {
		return ""
	}
	ending := filepath.Ext(file)
	return strings.TrimSuffix(file, ending) + "-graded" + ending
}

// readGradebook reads the gradebook that is to be filled, if there is one, and
// tries whether it can be: a column that is not there is told before a class is
// graded.
func (c *class) readGradebook() error {
	for _, p := range c.filled() {
		file, err := openTable(c.gradebook())
		if err != nil {
			return err
		}
		defer file.Close()
		if c.book, err = io.ReadAll(file); err != nil {
			return fmt.Errorf("%s: %w", c.gradebook(), err)
		}
		nobody := lms.Scores{Max: c.keys.Max(), Scale: c.scale, Comments: c.comments}
		if _, _, err = p.Gradebook.Fill(c.book, filepath.Base(c.gradebook()), c.column, nobody); err != nil {
			return fmt.Errorf("%s: %w", c.gradebook(), err)
		}
	}
	return nil
}

// register finds out whom a platform means by its numbers, where there is a
// roster to tell, and when they handed in.
func (c *class) register(naming *collect.Naming) error {
	var rows []lms.Row
	for _, p := range c.filled() {
		var err error
		if rows, err = p.Gradebook.Rows(c.book, c.column); err != nil {
			return fmt.Errorf("%s: %w", c.gradebook(), err)
		}
	}
	if c.keys.Roster != nil {
		c.known = collect.NewRegister(c.keys.Roster, rows)
		naming.Whose = c.known.Whose
	}
	c.Times = map[string]string{}
	for _, row := range rows {
		id := row.Number
		if c.known != nil && c.known.Numbers[id] != "" {
			id = c.known.Numbers[id]
		}
		c.Times[id] = row.Submitted
	}
	return nil
}

// fill fills the gradebook of a platform, and says who was not matched.
func (c *class) fill(out *report.Class) (notes []string, err error) {
	for _, p := range c.filled() {
		file := c.gradebook()
		scores, err := lms.ScoresOf(out, c.scale, c.comments)
		if err != nil {
			return nil, err
		}
		if c.known != nil {
			scores.Numbers = c.known.Numbers
			if !c.known.Unknown.Empty() {
				notes = append(notes, filepath.Base(file)+": nobody of the roster: "+c.known.Unknown.String())
			}
		}
		filled, unmatched, err := p.Gradebook.Fill(c.book, filepath.Base(file), c.column, scores)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if err := c.app.files.write(gradedName(file), filled); err != nil {
			return nil, err
		}
		notes = append(append(notes, unmatched...), "the filled gradebook is "+gradedName(file))
	}
	return notes, nil
}

// feedbackFormats are the endings of sheets, by their formats.
func feedbackFormats() map[string]string {
	return map[string]string{"markdown": ".md", "html": ".html"}
}

// checkFeedback refuses a format that no sheet has; a folder that is called so
// is written ./xml=sheets.
func checkFeedback(text string) error {
	format, _, named := strings.Cut(text, "=")
	if _, known := feedbackFormats()[format]; !named || known || strings.ContainsAny(format, `/\.`) {
		return nil
	}
	return fmt.Errorf("--feedback writes no %s: it takes a folder, markdown=DIR or html=DIR", format)
}

// feedbackFolder reads --feedback: DIR, or FORMAT=DIR.
func feedbackFolder(text string) (format, folder string) {
	for format := range feedbackFormats() {
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
	c.sheetOf = map[string]string{}
	ending := feedbackFormats()[format]
	taken := map[string]bool{}
	own, at := map[string]bool{}, place(folder) // sheets go over no other file of the run
	for _, file := range slices.Concat(c.tables(), c.written()) {
		own[strings.ToLower(place(file))] = true
	}
	return grades.Feedback(out, format, func(r *grade.Record, text string) error {
		name := collect.FeedbackFile(r, func(name string) bool {
			return taken[name] || own[strings.ToLower(filepath.Join(at, filepath.FromSlash(name))+ending)]
		})
		taken[strings.ToLower(name)] = true
		path := filepath.Join(folder, filepath.FromSlash(name)+ending)
		c.sheetOf[r.ID] = path
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return writeError(filepath.Dir(path), err)
		}
		return c.app.files.write(path, []byte(text))
	})
}

// linksFrom leads from a report to each student's sheet; nil: there are none. What goes
// to standard output is taken to be kept where the command is given.
func (c *class) linksFrom(file string) func(report.Student) string {
	if c.sheetOf == nil {
		return nil
	}
	from, failed := filepath.Abs(filepath.Dir(file))
	return func(s report.Student) string {
		sheet, err := filepath.Abs(c.sheetOf[s.ID()])
		if err != nil || failed != nil || c.sheetOf[s.ID()] == "" {
			return ""
		}
		link, err := filepath.Rel(from, sheet)
		if err != nil { // it is on another drive
			return ""
		}
		return filepath.ToSlash(link)
	}
}
