package grades

import (
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/render/doc"
)

// What a student gets to read: points, and words about the student's own
// work. Unless a teacher reveals it, nothing of the key.

// Feedback writes one sheet for each student, and hands it on with the
// student's first record; format is markdown or html.
func Feedback(c *report.Class, format string, sheet func(r *grade.Record, text string) error) error {
	write := doc.Markdown
	if format == "html" {
		write = doc.HTML
	}
	for s, err := range c.Students() {
		var b strings.Builder
		if err == nil {
			err = write(&b, feedback(c, s))
		}
		if err == nil {
			err = sheet(s[0], b.String())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// feedback is one student's sheet.
func feedback(c *report.Class, s report.Student) *doc.Document {
	d := &doc.Document{Name: s.ID(), Title: s.ID()}
	if name := s.Name(); name != "" {
		d.Name, d.Title = name, name+" ("+s.ID()+")"
	}
	if c.Title != "" {
		d.Name, d.Title = c.Title+": "+d.Name, c.Title+": "+d.Title
	}
	var blocks []doc.Block
	if hidden := c.Withheld(s...); hidden != "" {
		blocks = append(blocks, doc.Line{Text: hidden, Strong: true})
	} else if score := s.Score(); score != "" {
		blocks = append(blocks, doc.Line{Text: score + " of " + grade.Rounded(c.Max()) + " points", Strong: true})
	}
	for _, r := range s {
		blocks = append(blocks, doc.Section{Heading: doc.Heading{Text: c.Called(r.Question), Name: true}, Blocks: feedbackOn(c, r)})
	}
	d.Blocks = slices.Values(blocks)
	return d
}

// feedbackOn says what was found in one question.
func feedbackOn(c *report.Class, r *grade.Record) (blocks []doc.Block) {
	if score := scoreOf(r); score != "" && r.Question != "" && c.Withheld(r) == "" {
		blocks = append(blocks, doc.Line{Text: score + " of " + r.Max + " points"})
	}
	for _, text := range []string{report.Why(r), report.ByHand(r)} {
		if text != "" {
			blocks = append(blocks, doc.Sentences{text})
		}
	}
	if shown := c.Shown(r); len(shown) > 0 {
		blocks = append(blocks, feedbackTable(shown))
	}
	blocks = append(blocks, doc.List{Items: slices.Concat(r.Notes, nonEmpty(report.PassedOver(r)), report.Deducted(r))})
	if late := report.HandedInLate(r); late != "" {
		blocks = append(blocks, doc.Remarks{Items: []string{late}})
	}
	if c.Reveal {
		blocks = append(blocks, doc.List{Title: "The solution", Items: c.Revealed(r)})
	}
	return blocks
}

func feedbackTable(checks []*grade.Check) doc.Table {
	var rows [][]doc.Cell
	for _, c := range checks {
		check := report.CheckOf(c)
		rows = append(rows, doc.Cells(check.Title, check.Score, check.Max, check.Said))
	}
	columns := []doc.Column{{Name: "check", Names: true}, {Name: "points", Number: true}, {Name: "of", Number: true}, {Name: "what was found"}}
	return doc.Table{Caption: "The checks", Wide: true, Columns: columns, Rows: slices.Values(rows)}
}

// nonEmpty is a list of the sentences that say something.
func nonEmpty(sentences ...string) []string {
	return slices.DeleteFunc(sentences, func(s string) bool { return s == "" })
}
