package lms

import (
	"bytes"
	"fmt"
	"strings"
)

// CSV files of which one column is filled, and every other byte stays.

// A worksheet is a CSV file cut into cells, each with its place.
type worksheet struct {
	text  []byte
	rows  [][]cell
	comma byte
}

// A cell is where one stands, quotes included, and what it says.
type cell struct {
	from, to int
	text     string
}

func readWorksheet(text []byte) (*worksheet, error) {
	s := &worksheet{text: text, comma: ','}
	at := 0
	if bytes.HasPrefix(text, []byte("\uFEFF")) {
		at = len("\uFEFF")
	}
	head, _, _ := bytes.Cut(text, []byte("\n"))
	for _, other := range []byte(";\t") {
		if bytes.Count(head, []byte{other}) > bytes.Count(head, []byte{s.comma}) {
			s.comma = other
		}
	}
	for at < len(text) {
		row, end, err := s.row(at)
		if err != nil {
			return nil, err
		}
		s.rows, at = append(s.rows, row), end
	}
	if len(s.rows) == 0 {
		return nil, fmt.Errorf("it is empty")
	}
	return s, nil
}

// row reads the cells from a place to the end of a line.
func (s *worksheet) row(at int) (row []cell, end int, err error) {
	for {
		c := cell{from: at}
		if at < len(s.text) && s.text[at] == '"' {
			for at++; ; at++ {
				if at >= len(s.text) {
					return nil, 0, fmt.Errorf("line %d: a quote is not closed", 1+bytes.Count(s.text[:c.from], []byte("\n")))
				}
				if s.text[at] == '"' {
					if at+1 >= len(s.text) || s.text[at+1] != '"' {
						at++
						break
					}
					at++
				}
			}
		}
		for at < len(s.text) && s.text[at] != s.comma && s.text[at] != '\n' && s.text[at] != '\r' {
			at++
		}
		c.to = at
		c.text = unquoted(string(s.text[c.from:c.to]))
		row = append(row, c)
		if at >= len(s.text) || s.text[at] != s.comma {
			for at < len(s.text) && (s.text[at] == '\r' || s.text[at] == '\n') {
				if at++; s.text[at-1] == '\n' {
					break
				}
			}
			return row, at, nil
		}
		at++
	}
}

func unquoted(text string) string {
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		text = strings.ReplaceAll(text[1:len(text)-1], `""`, `"`)
	}
	return strings.TrimSpace(text)
}

// column finds the one of a name; of Canvas also without the number behind it.
func (s *worksheet) column(name string) (int, error) {
	var names []string
	var exact, short []int
	for i, c := range s.rows[0] {
		names = append(names, c.text)
		switch {
		case c.text == name:
			exact = append(exact, i)
		case strings.HasPrefix(c.text, name+" ("):
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
	return s.rows[row][column].text
}

// fill gives the file with other texts in one column.
func (s *worksheet) fill(column int, texts map[int]string) []byte {
	var out bytes.Buffer
	done := 0
	for i, row := range s.rows {
		text, changed := texts[i]
		if !changed {
			continue
		}
		if column >= len(row) {
			end := row[len(row)-1].to
			out.Write(s.text[done:end])
			out.Write(bytes.Repeat([]byte{s.comma}, column-len(row)+1))
			done = end
		} else {
			out.Write(s.text[done:row[column].from])
			done = row[column].to
		}
		out.WriteString(text)
	}
	out.Write(s.text[done:])
	return out.Bytes()
}
