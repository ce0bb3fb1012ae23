package lang

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// number reads a number or a size, or what was meant to be one: 3x, 1.2.3
// and 1e6 are told with their right spelling.
func (s *scanner) number() {
	start := s.pos
	if s.text[start] == '.' {
		end := s.endOfMess(start + 1)
		s.refuse(start, end, "numbers do not begin with a point", spelling{text: "0" + s.text[start:end]})
		s.emit(tRefused, start, end)
		return
	}
	end, class := s.measure(start)
	if groups := s.endOfGroups(start, end); groups > end {
		s.diags.Add(Diagnostic{Code: Syntax, Source: s.src, Span: Span{s.base + start, s.base + groups}, Form: true,
			Summary: "numbers have no commas", Detail: "found " + s.text[start:groups], Hint: "the groups of digits are parted by _",
			Ways: []Edit{s.instead(start, groups, strings.ReplaceAll(s.text[start:groups], ",", "_"))}})
		s.emit(class, start, groups) // its value is clear all the same
		return
	}
	if rest := s.endOfMess(end); rest > end {
		s.refuse(start, rest, "this is no number and no size", rightSpelling(s.text[start:rest]))
		end, class = rest, tRefused
	} else if plain := withoutZeros(s.text[start:end]); plain != s.text[start:end] {
		s.refuse(start, end, "numbers do not begin with 0", spelling{text: plain})
		class = tRefused
	} else if !s.parted(start, end) {
		class = tRefused
	}
	s.emit(class, start, end)
}

func (s *scanner) refuse(start, end int, summary string, right spelling) {
	var ways []Edit
	if right.text != "" && right.text != "0" {
		ways = []Edit{s.instead(start, end, right.text)}
	}
	s.report(Syntax, start, end, summary, "found "+s.text[start:end], right.rule, ways...)
}

// measure finds the end of the well-formed number or size at i. The x of
// 3x$(k) is left for the size it joins.
func (s *scanner) measure(i int) (end int, class lexer.TokenType) {
	end = s.endOfDigits(i)
	if s.digitAt(end+1) && s.text[end] == '.' {
		return s.endOfDigits(end + 1), tNumber
	}
	class = tNumber
	for {
		w := crossAt(s.text, end)
		if w == 0 || !s.digitAt(end+w) {
			return end, class
		}
		end, class = s.endOfDigits(end+w), tSize
	}
}

func (s *scanner) digitAt(i int) bool { return i < len(s.text) && isDigit(s.text[i]) }

// endOfDigits steps over digits, with single _ between them.
func (s *scanner) endOfDigits(i int) int {
	for s.digitAt(i) || i < len(s.text) && s.text[i] == '_' && isDigit(s.text[i-1]) && s.digitAt(i+1) {
		i++
	}
	return i
}

// endOfMess steps over what touches a number without belonging to one.
func (s *scanner) endOfMess(i int) int {
	if w := crossAt(s.text, i); w > 0 && valueAt(s.text, i+w) {
		return i
	}
	for i < len(s.text) {
		if w := crossAt(s.text, i); w > 0 {
			if i += w; i < len(s.text) && s.text[i] == '-' && s.digitAt(i+1) {
				i++ // the -1 of other tools, for a side that is to be computed
			}
		} else if n := letterAt(s.text, i); n > 0 {
			i += n
		} else if isDigit(s.text[i]) || s.text[i] == '.' && s.digitAt(i+1) {
			i++
		} else {
			break
		}
	}
	return i
}

// endOfGroups steps over the groups of 7,271,940 where no list can stand.
func (s *scanner) endOfGroups(start, end int) int {
	if s.first == "for" || end-start > 3 || s.innermost() != nil && s.innermost().kind != '{' {
		return end
	}
	for end+3 < len(s.text) && s.text[end] == ',' && s.endOfDigits(end+1) == end+4 && !strings.Contains(s.text[end:end+4], "_") {
		end += 4
	}
	return end
}

// crossAt is the length of the x or × at i, or 0.
func crossAt(text string, i int) int {
	switch {
	case i >= len(text):
		return 0
	case text[i] == 'x':
		return 1
	case strings.HasPrefix(text[i:], "×"):
		return len("×")
	}
	return 0
}

// Sides splits a size at its crosses.
func Sides(text string) (sides []string) {
	for more := true; more; {
		var side string
		side, text, more = CutSide(text)
		sides = append(sides, side)
	}
	return sides
}

// CutSide is the first side of a size and what stands behind its cross, if one
// does.
func CutSide(text string) (side, rest string, more bool) {
	for i := range len(text) {
		if n := crossAt(text, i); n > 0 {
			return text[:i], text[i+n:], true
		}
	}
	return text, "", false
}

// withoutZeros takes the leading zeros off every side of a size or number.
func withoutZeros(text string) string {
	if !strings.Contains(text, "0") {
		return text
	}
	parts := Sides(text)
	for i, part := range parts {
		for len(part) > 1 && part[0] == '0' && part[1] != '.' {
			part = strings.TrimPrefix(part[1:], "_")
		}
		parts[i] = part
	}
	if plain := strings.Join(parts, "x"); plain != strings.ReplaceAll(text, "×", "x") {
		return plain
	}
	return text
}

// A spelling is what a misspelt number or size may have been meant to be, if that can be
// told, and the rule.
type spelling struct{ text, rule string }

const (
	sizeRule = "a size is written 3x3, with no blanks and nothing behind its last side"
	nameRule = "numbers and sizes stand apart from letters, and a name begins with one"
)

// rightSpelling guesses what a misspelt number or size was meant to be.
func rightSpelling(text string) spelling {
	parts := Sides(text)
	switch {
	case strings.Contains(text, "-"):
		return spelling{rule: "sizes have no -1: every side is written"}
	case len(parts) > 1 && strings.Trim(text, "0123456789x×._") == "":
		return spelling{spelledSize(parts), sizeRule}
	case len(parts) == 1 && strings.Trim(text, "0123456789X") == "":
		return spelling{strings.ReplaceAll(text, "X", "x"), sizeRule}
	case len(parts) == 2 && strings.Trim(parts[0], "0123456789") == "" && parts[1] != "" && !isDigit(parts[1][0]):
		return spelling{parts[0] + "x$(" + parts[1] + ")", "in a size a value stands in brackets"}
	case strings.Count(text, ".") > 1:
		return spelling{rule: "a number has one point at most"}
	case strings.Trim(text, "0123456789._") == "":
		return spelling{text: strings.ReplaceAll(text, "_", "")}
	case strings.Trim(text, "0123456789.eE_") == "":
		return spelling{rule: "numbers have no exponent: 1_000_000"}
	}
	return spelling{rule: nameRule}
}

// spelledSize keeps the digits of each side; a side that is missing is as
// long as the one before it.
func spelledSize(parts []string) string {
	kept := parts[:0]
	for _, part := range parts {
		if i := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
			part = part[:i]
		}
		if part != "" {
			kept = append(kept, part)
		}
	}
	if len(kept) == 1 && len(kept[0]) == 1 { // the side of a window
		kept = append(kept, kept[0])
	}
	if len(kept) == 1 {
		return "" // another side can have any length
	}
	return strings.Join(kept, "x")
}
