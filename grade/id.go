package grade

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Ids, names and cells come from outside: from file names, archives and tables.

// NormalID is an id in the form in which ids are compared: without blanks
// around it, its accents in one spelling.
func NormalID(text string) string { return norm.NFC.String(Readable(strings.TrimSpace(text))) }

// Readable writes bytes that are no UTF-8 as \xff, so that every form of a
// report can have them.
func Readable(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

// Shortened is the beginning of a long text, as a sentence quotes it.
func Shortened(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return text
}
