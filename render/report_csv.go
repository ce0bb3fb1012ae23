package render

import (
	"encoding/csv"
	"io"

	"cnnl/grade"
)

// classCSV writes a table for teachers: a row for each student, a column for
// each mark. What students wrote cannot become a formula.
func classCSV(w io.Writer, c *Class) error {
	out := csv.NewWriter(w)
	_ = out.Write(c.csvHeader()) // Error, below, has it
	for s, err := range c.students() {
		if err != nil {
			return err
		}
		_ = out.Write(c.csvRow(s))
	}
	out.Flush()
	return out.Error()
}

func (c *Class) csvHeader() []string {
	header := []string{"id", "name", "outcome", "late", "score", "max"}
	if c.Old != nil {
		header = append(header, "old score")
	}
	for _, o := range c.Overviews {
		before := ""
		if len(c.Overviews) > 1 {
			header = append(header, csvCell(o.Question))
			before = o.Question + ": "
		}
		for i := range o.Checks {
			header = append(header, csvCell(before+o.Checks[i].Title))
		}
	}
	return append(header, "remark", "file")
}

func (c *Class) csvRow(s student) []string {
	row := []string{csvCell(s.first().ID), csvCell(s.name()), csvCell(s.outcome()), yes(s.late()), s.score(), grade.Rounded(c.max())}
	if c.Old != nil {
		row = append(row, csvCell(c.Old[s.first().ID]))
	}
	for _, o := range c.Overviews {
		r := s.of(o.Question)
		if len(c.Overviews) > 1 {
			row = append(row, scoreOf(r))
		}
		for i := range o.Checks {
			cell := ""
			if r != nil && i < len(r.Checks) {
				cell = r.Checks[i].Score
				if p, ok := grade.Points(cell); ok {
					cell = grade.Rounded(p)
				}
			}
			row = append(row, cell)
		}
	}
	remarks, files := "", ""
	for _, r := range s {
		remarks, files = joined(remarks, remark(r), r.Question), joined(files, r.File, "")
	}
	return append(row, csvCell(remarks), csvCell(files))
}

// of is a student's record of one question; nil: there is none.
func (s student) of(question string) *grade.Record {
	for _, r := range s {
		if len(s) == 1 && question == "" || r.Question == question {
			return r
		}
	}
	return nil
}

func scoreOf(r *grade.Record) string {
	if r == nil || r.Score == nil {
		return ""
	}
	return *r.Score
}

func joined(list, next, label string) string {
	switch {
	case next == "":
		return list
	case label != "":
		next = label + ": " + next
	}
	if list == "" {
		return next
	}
	return list + "; " + next
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
