package grade

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cnnl/internal/cells"
	"cnnl/internal/charset"
)

// A table is a CSV file that a teacher or a platform wrote, with a header.
type table struct {
	header []string
	reader *cells.Reader
}

// openTable reads the header.
func openTable(r io.Reader) (*table, error) {
	t := &table{reader: cells.NewReader(r)}
	header, _, err := t.row()
	if err == io.EOF {
		return nil, errors.New("it is empty; the first line names the columns")
	} else if err != nil {
		return nil, err
	}
	for _, name := range header {
		t.header = append(t.header, strings.TrimSpace(name))
	}
	return t, nil
}

// row gives the texts of the next row that is no empty line.
func (t *table) row() (texts []string, line int, err error) {
	for {
		row, line, err := t.reader.Row()
		switch {
		case err != nil:
			return nil, line, err
		case len(row) == 1 && row[0].From == row[0].To:
			continue
		}
		for _, c := range row {
			texts = append(texts, c.Text)
		}
		return texts, line, nil
	}
}

// next gives a row as long as the header, and its line; io.EOF at the end.
func (t *table) next() (row []string, line int, err error) {
	row, line, err = t.row()
	if err != nil {
		return nil, line, err
	}
	if len(row) > len(t.header) && strings.Join(row[len(t.header):], "") != "" {
		return nil, line, fmt.Errorf("line %d has %d cells, the header %d", line, len(row), len(t.header))
	}
	for len(row) < len(t.header) {
		row = append(row, "")
	}
	return row[:len(t.header)], line, nil
}

// encoding is what is to be told of how the table is written, as far as it was
// read; "": it is UTF-8.
func (t *table) encoding(what string) string {
	if t.reader.Encoding == charset.UTF8 {
		return ""
	}
	return what + " is not UTF-8 and was read as " + t.reader.Encoding.String()
}

// column finds the one that has one of some names, in any case; -1: there is
// none.
func (t *table) column(names ...string) (int, error) {
	at := -1
	for i, h := range t.header {
		switch {
		case !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(h, name) }):
		case at < 0:
			at = i
		case strings.EqualFold(h, t.header[at]):
			return -1, fmt.Errorf("two columns are called %s; leave one out", h)
		}
	}
	return at, nil
}

// needs finds a column that has to be there.
func (t *table) needs(name string) (int, error) {
	at, err := t.column(name)
	if at < 0 && err == nil {
		err = fmt.Errorf("it has no column called %s; its columns are %s", name, strings.Join(t.header, ", "))
	}
	return at, err
}
