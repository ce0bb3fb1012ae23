package lang

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hidden reports whether a terminal or editor would obey a character rather
// than show it: control and format characters, those that turn the direction
// of writing, those without a width. What an author wrote is quoted only with these made visible.
func Hidden(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point)
}

// Visible makes text from outside fit to be shown: characters that a
// terminal would obey are written as <U+202E>, bytes that are no UTF-8 as
// <FF>, and a tab as blanks. Everything a script or file name says passes
// through here on its way to a terminal.
func Visible(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return Hidden(r) || r == utf8.RuneError }) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\t':
			b.WriteString("    ")
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "<%02X>", s[i])
		case Hidden(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}

// Quote shows a piece of a script inside a sentence, cut where it is long.
func Quote(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most-1]) + "…"
	}
	return "`" + text + "`"
}

// Capital is a sentence, from a capital on.
func Capital(sentence string) string {
	r, n := utf8.DecodeRuneInString(sentence)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + sentence[n:]
}

// characterName names a character that a sentence cannot quote as it is.
func characterName(r rune, text string) string {
	switch {
	case r == utf8.RuneError && (len(text) == 0 || text[0] >= 0x80 && !utf8.ValidString(text)):
		return fmt.Sprintf("the byte %02X, which is no UTF-8", text[0])
	case r == 0:
		return "a NUL byte"
	case Hidden(r) || unicode.IsSpace(r):
		return fmt.Sprintf("the invisible character U+%04X", r)
	}
	return Quote(text)
}

// Join makes a list for a sentence: a, b and c.
func Join(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Group writes a whole number with commas between its thousands.
func Group(n int64) string {
	digits := strconv.FormatInt(n, 10)
	first := len(digits) % 3
	if n < 0 {
		first = (len(digits)-1)%3 + 1
	}
	text := append(make([]byte, 0, len(digits)+8), digits[:first]...)
	for i := first; i < len(digits); i += 3 {
		if i > 0 && digits[i-1] != '-' {
			text = append(text, ',')
		}
		text = append(text, digits[i:i+3]...)
	}
	return string(text)
}
