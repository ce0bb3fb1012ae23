package lms

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"cnnl/internal/cells"
	"cnnl/internal/charset"
	"cnnl/lang"
)

// CSV files of which one column is filled, and every other byte stays.

// A worksheet is a CSV file cut into cells, each with its place in the text,
// which is the file in UTF-8.
type worksheet struct {
	text     []byte
	rows     [][]cells.Cell
	comma    byte
	encoding charset.Encoding
}

// mostCells is how many a gradebook may have: more than of any class.
const mostCells = 8_000_000

func readWorksheet(file []byte) (*worksheet, error) {
	text, encoding := charset.Decode(file)
	if encoding == charset.UTF16 {
		text = "\uFEFF" + text // spreadsheets know UTF-8 by it
	}
	in := cells.NewReader(strings.NewReader(text))
	s := &worksheet{text: []byte(text), comma: in.Comma, encoding: encoding}
	for n := 0; ; {
		row, _, err := in.Row()
		switch n += len(row); {
		case err == io.EOF && len(s.rows) == 0:
			return nil, errors.New("it is empty")
		case err == io.EOF:
			return s, nil
		case err != nil:
			return nil, err
		case n > mostCells:
			return nil, fmt.Errorf("it has more than %s cells", lang.Group(mostCells))
		}
		for i := range row {
			row[i].Text = strings.TrimSpace(row[i].Text)
		}
		s.rows = append(s.rows, row)
	}
}

// recoded tells of a file that is filled in another encoding than its own.
func (s *worksheet) recoded(file string) []string {
	if s.encoding == charset.UTF8 {
		return nil
	}
	return []string{file + " is not UTF-8 and was read as " + s.encoding.String() + "; the filled one is UTF-8"}
}

// column finds the one of a name; of Canvas also without the number behind it.
func (s *worksheet) column(name string) (int, error) {
	var names []string
	var exact, short []int
	for i, c := range s.rows[0] {
		names = append(names, c.Text)
		switch {
		case c.Text == name:
			exact = append(exact, i)
		case strings.HasPrefix(c.Text, name+" ("):
			short = append(short, i)
		}
	}
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(exact) > 1:
		return 0, fmt.Errorf("two columns are called %s; give one of them another name", name)
	case len(short) == 1:
		return short[0], nil
	case len(short) > 1:
		return 0, fmt.Errorf("two columns are called %s (...); name one as a whole: %s", name, names[short[0]])
	}
	return 0, fmt.Errorf("no column is called %s; the columns are %s", name, strings.Join(names, ", "))
}

func (s *worksheet) at(row, column int) string {
	if column < 0 || column >= len(s.rows[row]) {
		return ""
	}
	return s.rows[row][column].Text
}

// fill gives the file with other texts in one column.
func (s *worksheet) fill(column int, texts map[int]string) []byte {
	var out bytes.Buffer
	done := int64(0)
	for i, row := range s.rows {
		text, changed := texts[i]
		if !changed {
			continue
		}
		if column >= len(row) {
			end := row[len(row)-1].To
			out.Write(s.text[done:end])
			out.Write(bytes.Repeat([]byte{s.comma}, column-len(row)+1))
			done = end
		} else {
			out.Write(s.text[done:row[column].From])
			done = row[column].To
		}
		out.WriteString(text)
	}
	out.Write(s.text[done:])
	return out.Bytes()
}
