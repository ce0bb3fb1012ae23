package grade

import (
	"strings"

	"cnnl/eval/dialect"
	"cnnl/lang"
)

// Reads is which part of the lines of a text begin as statements do, in our words
// or those of other tools; blank lines, comments and what closes a block are
// passed over. A script has nearly all, prose and programs have few.
func Reads(text string) float64 {
	all, known := 0, 0
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t\u00A0\uFEFF")
		word := firstWord(line)
		switch {
		case word == "" && (line == "" || strings.ContainsAny(line[:1], "\r\n#}`/")):
			continue
		case begins(word):
			known++
		}
		if all++; all == mostLooked {
			break
		}
	}
	if all == 0 {
		return 0
	}
	return float64(known) / float64(all)
}

// mostLooked is how many lines of a text are looked at.
const mostLooked = 2000

// begins reports a word that a statement can begin with.
func begins(word string) bool {
	if lang.Usage(strings.ToLower(word)) != "" {
		return true
	}
	kind, _ := dialect.KindOf(word)
	return kind != nil
}

// firstWord is what stands at the beginning of a line.
func firstWord(line string) string {
	end := strings.IndexFunc(line, func(r rune) bool { return !isWordRune(r) })
	if end < 0 {
		return line
	}
	return line[:end]
}

func isWordRune(r rune) bool {
	return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}
