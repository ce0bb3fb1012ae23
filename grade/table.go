package grade

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A table is a CSV file that a teacher or a platform wrote: with a header,
// with commas, semicolons or tabs, with or without a byte order mark.
type table struct {
	header []string
	reader *csv.Reader
}

// openTable reads the header.
func openTable(r io.Reader) (*table, error) {
	buffer := bufio.NewReaderSize(r, 1<<16)
	if mark, _ := buffer.Peek(3); string(mark) == "\uFEFF" {
		_, _ = buffer.Discard(3) // it was there a moment ago
	}
	head, _ := buffer.Peek(1 << 16)
	t := &table{reader: csv.NewReader(buffer)}
	t.reader.Comma = separator(string(head))
	t.reader.FieldsPerRecord, t.reader.LazyQuotes = -1, true
	header, err := t.reader.Read()
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

// separator is what stands most often in the first line, outside quotes.
func separator(head string) rune {
	line, _, _ := strings.Cut(head, "\n")
	best, most := ',', 0
	for _, r := range ",;\t" {
		n, quoted := 0, false
		for _, c := range line {
			if c == '"' {
				quoted = !quoted
			}
			if c == r && !quoted {
				n++
			}
		}
		if n > most {
			best, most = r, n
		}
	}
	return best
}

// next gives a row as long as the header, and its line; io.EOF at the end.
func (t *table) next() (row []string, line int, err error) {
	row, err = t.reader.Read()
	if err != nil {
		return nil, 0, err
	}
	line, _ = t.reader.FieldPos(0)
	if len(row) > len(t.header) && strings.Join(row[len(t.header):], "") != "" {
		return nil, line, fmt.Errorf("line %d has %d cells, the header %d", line, len(row), len(t.header))
	}
	for len(row) < len(t.header) {
		row = append(row, "")
	}
	return row[:len(t.header)], line, nil
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
