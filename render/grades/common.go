package grades

import (
	"io"
	"slices"
	"strconv"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// What many submissions have in common, in every form.

// A common is a list of it, and what the list is called.
type common struct {
	many string // what they are
	list []grade.Common
	of   int // there are
}

// commons are the lists of an overview that are not empty.
func commons(o *grade.Overview) []common {
	differences, d := o.Differences()
	slips, s := o.Slips()
	list := []common{{"first differences", differences, d}, {"slips of form", slips, s}}
	return slices.DeleteFunc(list, func(c common) bool { return len(c.list) == 0 })
}

// title calls the list, and says how much of it is left out.
func (c common) title() string {
	if c.of > len(c.list) {
		return "most frequent " + c.many + ", " + strconv.Itoa(len(c.list)) + " of " + strconv.Itoa(c.of)
	}
	return "most frequent " + c.many
}

func (c common) rows() (rows [][]string) {
	for i := range c.list {
		one := &c.list[i]
		rows = append(rows, []string{lang.Visible(report.CommonIs(one)), lang.Group(int64(one.Number)), lang.Visible(report.CommonTo(one))})
	}
	return rows
}

// commonHeader names the columns of rows, behind what they are of.
var commonHeader = []string{"submissions", "whose"}

func (c common) text(t terminal.Terminal) string {
	rows := c.rows()
	widest := len(c.title())
	for _, row := range rows {
		widest = max(widest, terminal.Width(row[0]))
	}
	if t.Width > 0 {
		widest = min(widest, max(t.Width/2, 12))
	}
	columns := []terminal.Column{{Name: c.title(), Widest: widest}, {Name: commonHeader[0], Right: true}, {Name: commonHeader[1], Widest: room(t, widest+len(commonHeader[0])+2*terminal.Gap)}}
	return t.Table(columns, rows) + "\n"
}

func (c common) table() doc.Table {
	var rows [][]doc.Cell
	for _, row := range c.rows() {
		rows = append(rows, doc.Cells(row...))
	}
	columns := []doc.Column{{Name: c.title(), Names: true}, {Name: commonHeader[0], Number: true}, {Name: commonHeader[1]}}
	return doc.Table{Caption: lang.Capital(c.many), Wide: true, Columns: columns, Rows: slices.Values(rows)}
}

// writeCommons writes all lists as text, each behind a blank line.
func writeCommons(w io.Writer, t terminal.Terminal, o *grade.Overview) {
	for _, c := range commons(o) {
		io.WriteString(w, "\n"+c.text(t))
	}
}

// commonTables are all lists as tables.
func commonTables(o *grade.Overview) (blocks []doc.Block) {
	for _, c := range commons(o) {
		blocks = append(blocks, c.table())
	}
	return blocks
}

type jsonCommon struct {
	What     string   `json:"what"`
	Kind     string   `json:"kind,omitempty"`
	Number   int      `json:"submissions"`
	Students []string `json:"students"`
}

func commonJSON(list []grade.Common, _ int) []jsonCommon {
	all := []jsonCommon{}
	for i := range list {
		c := jsonCommon{What: report.CommonIs(&list[i]), Number: list[i].Number}
		if list[i].Slip != nil {
			c.Kind = list[i].Slip.Kind
		}
		for _, s := range list[i].Students {
			c.Students = append(c.Students, s.ID)
		}
		all = append(all, c)
	}
	return all
}
