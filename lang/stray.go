package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foreign are spellings of other languages, with ours, or what is to be said to them.
var foreign = [...]struct{ text, ours, rule string }{
	{"&&", "and", ""}, {"||", "or", ""}, {"!", "not", ""}, {"^", "**", "a power is written **"},
	{"≤", "<=", ""}, {"≥", ">=", ""}, {"≠", "!=", ""}, {"−", "-", ""}, {"–", "-", ""},
	{"'", "", `strings stand in double quotes: "..."`},
	{"\u00a0", " ", "it looks like an ordinary blank"}, {"÷", "/", ""}, {":", "", "words of a layer are separated by blanks: conv c1 20 3x3"},
	{"\r", "", "lines end as those of Unix or Windows do"}, {"\\", "", "a line goes on after a comma or inside brackets"},
}

// stray reports a character that means nothing here. A run of such
// characters is told once.
func (s *scanner) stray() {
	start := s.pos
	r, n := utf8.DecodeRuneInString(s.text[start:])
	hint, ours := "", ""
	for _, f := range foreign {
		if strings.HasPrefix(s.text[start:], f.text) {
			n, hint, ours = len(f.text), f.rule, f.ours
			break
		}
	}
	end := start + n
	if strings.ContainsRune(curlyQuotes, r) {
		end, hint = s.endOfCurly(end), `strings stand in straight quotes: "..."`
	}
	if unicode.IsLetter(r) || r == utf8.RuneError {
		end = s.endOfStray(end)
	}
	if r == utf8.RuneError {
		hint = "scripts are in UTF-8"
	}
	var ways []Edit
	if ours != "" {
		ways = []Edit{s.instead(start, end, s.padded(start, end, ours))}
	}
	s.report(Syntax, start, end, "cannot read "+characterName(r, s.text[start:end]), "", hint, ways...)
	s.pos = end
	if r == '\u00a0' {
		return
	}
	if s.atStart() {
		s.first = ""
	}
	s.append(tBad, "", start)
}

// padded is a word of letters with blanks where it would touch another.
func (s *scanner) padded(start, end int, word string) string {
	if !isLetter(word[0]) {
		return word
	}
	if start > 0 && s.text[start-1] != ' ' && s.text[start-1] != '(' {
		word = " " + word
	}
	if end < len(s.text) && s.text[end] != ' ' {
		word += " "
	}
	return word
}

const curlyQuotes = "“”„‟«»"

// endOfCurly steps behind the other end of a string in curly quotes.
func (s *scanner) endOfCurly(i int) int {
	line, _, _ := strings.Cut(s.text[i:], "\n")
	if j := strings.IndexAny(line, curlyQuotes); j >= 0 {
		_, n := utf8.DecodeRuneInString(line[j:])
		return i + j + n
	}
	return i
}

func (s *scanner) endOfStray(i int) int {
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if r != utf8.RuneError && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		i += n
	}
	return i
}
