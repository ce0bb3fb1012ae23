// Package render shows networks and diagnostics: as text for people, as JSON
// for machines. It computes nothing and opens nothing; every function writes
// to the writer it is given.
package render

import (
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/jedib0t/go-pretty/v6/text"

	"cnnl/lang"
)

// A Terminal says how text for people may look.
type Terminal struct {
	Width int  // columns; 0: as wide as it takes
	Color bool // escape sequences are welcome
}

// Visible makes text from outside fit to be shown.
func Visible(s string) string { return lang.Visible(s) }

// width is how many columns a visible text takes.
func width(s string) int { return displaywidth.String(s) }

// colors of what is worth finding quickly. They are from the terminal's own
// palette, and of that only two, which can be read on white and on black.
var (
	bold    = text.Colors{text.Bold}
	faint   = text.Colors{text.Faint}
	red     = text.Colors{text.Bold, text.FgRed}
	magenta = text.Colors{text.Bold, text.FgMagenta}
)

// paint colours a text where colours are welcome.
func (t Terminal) paint(c text.Colors, s string) string {
	if !t.Color || s == "" {
		return s
	}
	return c.EscapeSeq() + s + text.EscapeReset
}

// wrapped breaks a text at blanks so that it fits beside an indent; the lines
// after the first are indented by as much.
func (t Terminal) wrapped(s string, indent int) string {
	if t.Width == 0 || indent+width(s) <= t.Width {
		return s
	}
	var b strings.Builder
	column := indent
	for i, word := range strings.Fields(s) {
		w := width(word)
		switch {
		case i == 0:
		case column+1+w > t.Width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += w
	}
	return b.String()
}

// caption is a sentence, from a capital on.
func caption(sentence string) string { return lang.Capital(sentence) }

// An errWriter remembers the first error, so that a text can be written
// without asking after every piece.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(p []byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	n, err := e.w.Write(p)
	e.err = err
	return n, err
}
