// Package terminal sets text for people: what is wider than the terminal is
// wrapped, tables stand in columns, and what is worth finding quickly has a
// colour where colours are welcome.
//
// It knows columns and colours, and nothing of what is said; what it is given
// must be visible already. Another way to set text is a method of Terminal and
// its file.
package terminal

import "strings"

// A Terminal says how text for people may look.
type Terminal struct {
	Width int  // columns; 0: as wide as it takes
	Color bool // escape sequences are welcome
}

// A Color is the escape sequence that begins it.
type Color string

// Colors of what is worth finding quickly. They are from the terminal's own
// palette, and of that only two, which can be read on white and on black.
const (
	Bold    Color = "\x1b[1m"
	Faint   Color = "\x1b[2m"
	Red     Color = "\x1b[1;31m"
	Magenta Color = "\x1b[1;35m"
)

// Paint colours a text where colours are welcome.
func (t Terminal) Paint(c Color, s string) string {
	if !t.Color || s == "" {
		return s
	}
	return string(c) + s + "\x1b[0m"
}

// Wrap breaks a text at blanks so that it fits beside an indent; the lines
// after the first are indented by as much. A word that is too long stays whole.
func (t Terminal) Wrap(s string, indent int) string {
	if t.Width == 0 || indent+Width(s) <= t.Width {
		return s
	}
	return strings.Join(fill(strings.Fields(s), t.Width-indent), "\n"+strings.Repeat(" ", indent))
}

// fill puts words on lines of so many columns.
func fill(words []string, columns int) (lines []string) {
	used := 0
	for _, word := range words {
		w := Width(word)
		if len(lines) == 0 || used+1+w > columns {
			lines, used = append(lines, word), w
		} else {
			lines[len(lines)-1] += " " + word
			used += 1 + w
		}
	}
	return lines
}
