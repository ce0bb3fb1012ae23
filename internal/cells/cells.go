// Package cells reads tables that teachers, spreadsheets and platforms wrote: CSV
// with commas, semicolons or tabs, any line ends, in UTF-8, UTF-16 or
// Windows-1252. Every table of the program is read here, so that what one of
// them refuses all do: above all a quote that is not closed, which would swallow
// rows.
package cells

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"cnnl/internal/charset"
)

// A Cell is what one says, and where it stands in the table, quotes included.
type Cell struct {
	From, To int64 // bytes of the table in UTF-8
	Text     string
}

// MostRow is how many bytes a row may have: more than a script in a cell.
const MostRow = 8 << 20

// A Reader reads one row after another.
type Reader struct {
	Encoding charset.Encoding // as far as was read
	Comma    byte
	in       *bufio.Reader
	at       int64 // of the byte that comes next
	line     int
	began    int64 // where the row does
	text     []byte
}

// NewReader begins to read a table.
func NewReader(r io.Reader) *Reader {
	const ahead = 1 << 16
	raw := bufio.NewReaderSize(r, ahead)
	head, _ := raw.Peek(ahead)
	t := &Reader{line: 1, in: raw}
	var text io.Reader
	if text, t.Encoding = charset.Reader(head, raw); t.Encoding != charset.UTF8 {
		t.in = bufio.NewReaderSize(text, ahead)
	}
	if mark, _ := t.in.Peek(3); string(mark) == "\uFEFF" {
		n, _ := t.in.Discard(3) // it was there a moment ago
		t.at = int64(n)
	}
	head, _ = t.in.Peek(ahead)
	t.Comma = separator(head)
	return t
}

// separator is what stands most often in the first line, outside quotes.
func separator(head []byte) byte {
	if end := bytes.IndexAny(head, "\r\n"); end >= 0 {
		head = head[:end]
	}
	best, most := byte(','), 0
	for _, comma := range []byte(",;\t") {
		n, quoted := 0, false
		for _, c := range head {
			if c == '"' {
				quoted = !quoted
			}
			if c == comma && !quoted {
				n++
			}
		}
		if n > most {
			best, most = comma, n
		}
	}
	return best
}

// Row gives the cells of the next row and the line in which it begins; an empty
// line is a row of one empty cell. The error is io.EOF at the end.
func (t *Reader) Row() (row []Cell, line int, err error) {
	if _, err := t.in.Peek(1); err != nil {
		return nil, t.line, err
	}
	line, t.began = t.line, t.at
	for end := false; !end; {
		var c Cell
		if c, end, err = t.cell(); err != nil {
			return nil, line, err
		}
		row = append(row, c)
	}
	return row, line, nil
}

// next is the next byte; false at the end of the table.
func (t *Reader) next() (b byte, more bool, err error) {
	b, err = t.in.ReadByte()
	if err == io.EOF {
		return 0, false, nil
	} else if err != nil {
		return 0, false, err
	}
	if t.at++; t.at-t.began > MostRow {
		return 0, false, errLong
	}
	return b, true, nil
}

var errLong = errors.New("the row is too long")

// cell reads one cell and what ends it; end: that was the last of its row.
func (t *Reader) cell() (c Cell, end bool, err error) {
	c.From, t.text = t.at, t.text[:0]
	opened := t.line
	first, _ := t.in.Peek(1)
	quoted := len(first) > 0 && first[0] == '"'
	if quoted {
		err = t.quoted()
	}
	for err == nil {
		c.To = t.at
		var b byte
		var more bool
		b, more, err = t.next()
		switch {
		case err != nil:
		case !more || b == '\n' || b == '\r':
			t.endLine(b)
			c.Text = t.said()
			return c, true, nil
		case b == t.Comma:
			c.Text = t.said()
			return c, false, nil
		case !quoted:
			t.text = append(t.text, b)
		case b != ' ':
			err = errOpen
		}
	}
	return c, true, told(err, opened)
}

var errOpen = errors.New("the quote is not closed")

// told says in which line a mistake began.
func told(err error, opened int) error {
	switch err {
	case errLong:
		return fmt.Errorf("line %d: its row is longer than %d MiB; perhaps a quote is not closed", opened, MostRow>>20)
	case errOpen:
		return fmt.Errorf("line %d: a quote is not closed; a quote inside quotes is written twice", opened)
	}
	return err
}

// quoted reads a cell in quotes, with both of them.
func (t *Reader) quoted() error {
	_, _, _ = t.next() // the first quote, which was there a moment ago
	for {
		b, more, err := t.next()
		switch {
		case err != nil:
			return err
		case !more:
			return errOpen
		case b == '"':
			if again, _ := t.in.Peek(1); len(again) == 0 || again[0] != '"' {
				return nil
			}
			_, _, _ = t.next()
		case b == '\n':
			t.line++
		}
		t.text = append(t.text, b)
	}
}

// endLine takes the second half of a line end.
func (t *Reader) endLine(first byte) {
	t.line++
	if after, _ := t.in.Peek(1); first == '\r' && len(after) > 0 && after[0] == '\n' {
		_, _, _ = t.next()
	}
}

// said is what was read of a cell.
func (t *Reader) said() string {
	if utf8.Valid(t.text) {
		return string(t.text)
	}
	t.Encoding = charset.Windows1252
	return charset.Latin(t.text)
}
