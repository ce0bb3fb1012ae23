package diagnose

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"cnnl/lang"
)

// Answers are those of a class: a table with a column for each claim. Who answered
// stands in the column called id, or in the first if that is no claim; otherwise rows
// are counted.
type Answers struct {
	rows    *csv.Reader
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
// out. An error: it is no table.
func (r *Reader) Answers(in io.Reader) (a *Answers, diags lang.Diagnostics, err error) {
	buffer := bufio.NewReaderSize(in, 1<<16)
	if mark, _ := buffer.Peek(3); string(mark) == "\uFEFF" {
		_, _ = buffer.Discard(3) // it was there a moment ago
	}
	head, _ := buffer.Peek(1 << 16)
	a = &Answers{rows: csv.NewReader(buffer), reader: r, id: -1}
	a.rows.Comma, a.rows.FieldsPerRecord, a.rows.LazyQuotes, a.rows.ReuseRecord = separator(string(head)), -1, true, true
	header, err := a.rows.Read()
	if err == io.EOF {
		return nil, diags, errors.New("it is empty; the first line names the columns")
	} else if err != nil {
		return nil, diags, err
	}
	for i, name := range header {
		name = strings.TrimSpace(name)
		c, ok, more := r.Target(name)
		switch {
		case strings.EqualFold(name, "id") && !ok, i == 0 && !ok:
			a.id = i
		case !ok:
			for _, d := range more.List {
				d.Summary = "the column " + name + " is left out: " + d.Summary
				diags.Add(d)
			}
		}
		a.columns = append(a.columns, column{c, ok})
	}
	return a, diags, nil
}

// separator is the sign that stands most often in the first line.
func separator(head string) (best rune) {
	line, _, _ := strings.Cut(head, "\n")
	best = ','
	for _, r := range ";\t" {
		if strings.Count(line, string(r)) > strings.Count(line, string(best)) {
			best = r
		}
	}
	return best
}

// Next explains the next row. Io.EOF is its end.
func (a *Answers) Next(g *Engine) (id string, r *Result, diags lang.Diagnostics, err error) {
	row, err := a.rows.Read()
	if err != nil {
		return "", nil, diags, err
	}
	a.row++
	id = fmt.Sprint(a.row)
	var claims []Claim
	var judged []Judged
	var at []int
	for i, cell := range row[:min(len(row), len(a.columns))] {
		cell = strings.TrimSpace(cell)
		c := a.columns[i].claim
		switch {
		case i == a.id:
			id = cell
		case cell == "" || !a.columns[i].known:
		case a.reader.State(&c, cell, &diags):
			claims, at = append(claims, c), append(at, len(judged))
			judged = append(judged, Judged{})
		default:
			judged = append(judged, Judged{Target: c.Target, Value: cell, Unread: true})
		}
	}
	r = g.Diagnose(claims)
	r.tellEnd(&diags)
	return id, r.among(judged, at), diags, nil
}
