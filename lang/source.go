package lang

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// A Source is one script: its name, as messages give it, and its text.
type Source struct {
	Name  string
	Text  string
	lines []int            // byte offset of each line's first character
	grown *strings.Builder // has the text, where it grew
}

// NewSource wraps a text for parsing.
func NewSource(name, text string) *Source {
	s := &Source{Name: name, Text: text, lines: make([]int, 1, 16)}
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return s
		}
		i += n + 1
		s.lines = append(s.lines, i)
	}
}

// Extend appends text to the source, and gives the offset at which it begins.
func (s *Source) Extend(text string) (at int) {
	at = len(s.Text)
	if s.grown == nil || s.grown.Len() != at { // new, or cut
		s.grown = new(strings.Builder)
		s.grown.WriteString(s.Text)
	}
	s.grown.WriteString(text)
	s.Text = s.grown.String()
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return at
		}
		i += n + 1
		s.lines = append(s.lines, at+i)
	}
}

// Cut takes off what begins at an offset.
func (s *Source) Cut(at int) {
	s.Text = s.Text[:at]
	s.lines = s.lines[:sort.SearchInts(s.lines, at+1)]
}

// Copy is the source as it is now, whatever it grows to.
func (s *Source) Copy() *Source {
	return &Source{Name: s.Name, Text: s.Text, lines: slices.Clone(s.lines)}
}

// Position gives the line and column, both from 1, of a byte offset. Columns
// count characters, not bytes.
func (s *Source) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(s.Text))
	line = sort.SearchInts(s.lines, offset+1)
	return line, utf8.RuneCountInString(s.Text[s.lines[line-1]:offset]) + 1
}

// Line gives the text of a line, counted from 1, without its line end, and
// the offset at which it begins.
func (s *Source) Line(n int) (text string, offset int) {
	offset = s.lines[n-1]
	text = s.Text[offset:]
	if n < len(s.lines) {
		text = s.Text[offset : s.lines[n]-1]
	}
	return strings.TrimSuffix(text, "\r"), offset
}
