package grades

import (
	"slices"
	"strconv"

	"cnnl/grade"
	"cnnl/lang"
	"cnnl/render/doc"
)

// How the sections of a class did: side by side, and each by itself.

var sectionHeader = []string{"section", "students", "graded", "missing", "late", "mean", "median"}

func sectionNumbers(o *grade.Overview) []string {
	number := func(n int) string { return lang.Group(int64(n)) }
	return []string{sectionName(o), number(o.Number), number(o.Outcomes[grade.Graded]), number(o.Outcomes[grade.Missing]), number(o.Late), o.Mean(), o.Median()}
}

// sectionName is what people call a section; those of whom the roster says none are one
// too.
func sectionName(o *grade.Overview) string {
	if o.Section == "" {
		return "none"
	}
	return lang.Visible(o.Section)
}

// sectionRows are a row for each section, below the names of the columns.
func sectionRows(o *grade.Overview) [][]string {
	rows := [][]string{sectionHeader}
	for _, s := range o.Sections {
		rows = append(rows, sectionNumbers(s))
	}
	return rows
}

// sectionTables are a table of all sections, and one of each with its checks. On a page
// their headings have IDs, which end in the number of the question.
func sectionTables(o *grade.Overview, number string) (blocks []doc.Block) {
	if len(o.Sections) == 0 {
		return nil
	}
	all := doc.Table{Caption: "The sections", Wide: true, Columns: []doc.Column{{Name: sectionHeader[0], Names: true}}}
	for _, name := range sectionHeader[1:] {
		all.Columns = append(all.Columns, doc.Column{Name: name, Number: true})
	}
	var rows [][]doc.Cell
	for _, row := range sectionRows(o)[1:] {
		rows = append(rows, doc.Cells(row...))
	}
	all.Rows = slices.Values(rows)
	under := func(heading string, at int, t doc.Table) {
		h := doc.Heading{Text: heading}
		if number != "" {
			h.ID = "sections-" + number + "-" + strconv.Itoa(at)
			t.Under = h.ID
		}
		blocks = append(blocks, h, t)
	}
	under("sections", 0, all)
	for i, s := range o.Sections {
		if s.Scored() == 0 {
			continue
		}
		under("section "+sectionName(s), i+1, checksTable(s, ""))
	}
	return blocks
}
