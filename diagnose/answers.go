package diagnose

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cnnl/internal/cells"
	"cnnl/lang"
)

// Answers are those of a class: a table with a column for each claim. Who answered
// stands in the column called id, or in the first if that is no claim; otherwise rows
// are counted.
type Answers struct {
	rows    *cells.Reader
	reader  *Reader
	id      int // the column; -1: there is none
	columns []column
	row     int
}

// A column is a claim without a value; of one that nobody knows, not even that.
type column struct {
	claim Claim
	known bool
}

// Answers reads the header of a table. Columns that are no claim are told and left
// out. An error: it is no table, or none of its columns is a claim.
func (r *Reader) Answers(in io.Reader) (a *Answers, diags lang.Diagnostics, err error) {
	a = &Answers{rows: cells.NewReader(in), reader: r, id: -1}
	header, _, err := a.rows.Row()
	if err == io.EOF {
		return nil, diags, errors.New("it is empty; the first line names the columns")
	} else if err != nil {
		return nil, diags, err
	}
	for i, cell := range header {
		a.head(i, strings.TrimSpace(cell.Text), &diags)
	}
	if !slices.ContainsFunc(a.columns, func(c column) bool { return c.known }) {
		return nil, diags, errors.New("none of its columns is a claim; call one as a number of the network, as in " + r.examples())
	}
	return a, diags, nil
}

// head takes the next column by its name.
func (a *Answers) head(i int, name string, diags *lang.Diagnostics) {
	c, ok, more := a.reader.Target(name)
	switch {
	case ok && slices.ContainsFunc(a.columns, func(o column) bool { return o.known && o.claim.Target == c.Target }):
		ok = false
		leftOut(diags, lang.Diagnostic{Code: lang.Value, Summary: "the column " + name + " is left out: there is one before it of the same number"})
	case strings.EqualFold(name, "id") && !ok, i == 0 && !ok:
		a.id = i
	case name == "":
		leftOut(diags, lang.Diagnostic{Code: lang.Value, Summary: fmt.Sprintf("column %d is left out: it has no name", i+1)})
	case !ok:
		for _, d := range more.List {
			d.Summary = "the column " + name + " is left out: " + d.Summary
			leftOut(diags, d)
		}
	}
	a.columns = append(a.columns, column{c, ok})
}

// leftOut tells of what does not keep the rest from being explained.
func leftOut(diags *lang.Diagnostics, d lang.Diagnostic) {
	d.Severity = lang.Warning
	diags.Add(d)
}

// Next explains the next row that says anything. Io.EOF is the end.
func (a *Answers) Next(g *Engine) (id string, r *Result, diags lang.Diagnostics, err error) {
	row, line, err := a.rows.Row()
	for err == nil && !slices.ContainsFunc(row, says) {
		row, line, err = a.rows.Row()
	}
	if err != nil {
		return "", nil, diags, err
	}
	a.row++
	id = fmt.Sprint(a.row)
	var claims []Claim
	var judged []Judged
	var at []int
	for i, text := range row[:min(len(row), len(a.columns))] {
		cell := strings.TrimSpace(text.Text)
		c := a.columns[i].claim
		var more lang.Diagnostics
		switch {
		case i == a.id:
			id = cell
		case cell == "" || !a.columns[i].known:
		case a.reader.State(&c, cell, &more):
			claims, at = append(claims, c), append(at, len(judged))
			judged = append(judged, Judged{})
		default:
			judged = append(judged, Judged{Target: c.Target, Value: cell, Unread: true})
		}
		for _, d := range more.List {
			d.Summary = fmt.Sprintf("line %d: %s", line, d.Summary)
			diags.Add(d)
		}
	}
	if len(row) > len(a.columns) && slices.ContainsFunc(row[len(a.columns):], says) {
		leftOut(&diags, lang.Diagnostic{Code: lang.Value, Summary: fmt.Sprintf("line %d has %d cells, and the header names %d columns: those behind are left out", line, len(row), len(a.columns))})
	}
	r = g.Diagnose(claims)
	r.tellEnd(&diags)
	return id, r.among(judged, at), diags, nil
}

func says(c cells.Cell) bool { return strings.TrimSpace(c.Text) != "" }
