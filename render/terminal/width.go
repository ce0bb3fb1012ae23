package terminal

import (
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"cnnl/lang"
)

// Width is how many columns a visible text takes.
func Width(s string) int { return displaywidth.String(s) }

// First is as much of the beginning as fits into so many columns, made visible.
func First(s string, columns int) string {
	if len(s) > 4*columns {
		s = s[:runeStart(s, 4*columns)] + "…"
	}
	s = lang.Visible(s)
	if Width(s) <= columns {
		return s
	}
	return s[:prefix(s, columns-1)] + "…"
}

// prefix is how many bytes of a visible text fit into so many columns.
func prefix(s string, columns int) (end int) {
	used := 0
	for i, r := range s {
		if used += Width(string(r)); used > columns {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return end
}

// Last is as much of the end as fits into so many columns, made visible. What is
// cut is marked only where the mark takes no letter's place.
func Last(s string, columns int) string {
	cut := len(s) > 4*columns
	if cut {
		s = s[runeStart(s, len(s)-4*columns):]
	}
	for s = lang.Visible(s); Width(s) > columns; cut = true {
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:]
	}
	if cut && Width(s) < columns {
		return "…" + s
	}
	return s
}

// runeStart moves an offset back to where a character begins.
func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
