package grades

import (
	"encoding/csv"
	"io"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/render"
)

// writeCSV writes a table for teachers: a row for each student, a column for
// each mark. What students wrote cannot become a formula.
func writeCSV(w io.Writer, c *report.Class) error {
	out := csv.NewWriter(w)
	_ = out.Write(classHeader(c)) // Error, below, has it
	for s, err := range c.Students() {
		if err != nil {
			return err
		}
		_ = out.Write(classRow(c, s))
	}
	out.Flush()
	return out.Error()
}

func classHeader(c *report.Class) []string {
	header := []string{"id", "name", "outcome", "late", "score", "max"}
	if c.ChargesLateness() {
		header = append(header, "late deduction")
	}
	if c.Previous != nil {
		header = append(header, "old score")
	}
	for _, o := range c.Overviews {
		before := ""
		if len(c.Overviews) > 1 {
			header = append(header, render.Cell(o.Question))
			before = o.Question + ": "
		}
		for i := range o.Checks {
			header = append(header, render.Cell(before+o.Checks[i].Title))
		}
	}
	return append(header, "remark", "file")
}

func classRow(c *report.Class, s report.Student) []string {
	row := []string{render.Cell(s.ID()), render.Cell(s.Name()), render.Cell(s.Outcome()), yes(s.Late()), s.Score(), grade.Rounded(c.Max())}
	if c.ChargesLateness() {
		row = append(row, s.LateDeduction())
	}
	if c.Previous != nil {
		row = append(row, render.Cell(c.Previous[s.ID()]))
	}
	for _, o := range c.Overviews {
		r := s.Of(o.Question)
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
		remarks, files = report.Joined(remarks, report.Remark(r), r.Question), report.Joined(files, r.File, "")
	}
	return append(row, render.Cell(remarks), render.Cell(files))
}

func scoreOf(r *grade.Record) string {
	if r == nil || r.Score == nil {
		return ""
	}
	return *r.Score
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
