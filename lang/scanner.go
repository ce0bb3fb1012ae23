package lang

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// A scanner cuts a script into tokens and lays them out for the grammar:
// every statement ends with one EOL, line ends inside matching brackets are
// gone, and braces balance. Whatever is wrong is told here, once.
type scanner struct {
	src    *Source
	text   string
	base   int // the offset of text in the source
	pos    int
	limits Limits
	out    []lexer.Token
	open   []bracket
	words  int    // tokens since the statement began
	first  string // its first word
	lost   bool   // braces nested too deep are never closed
	long   bool   // a name is too long, which has been told
	diags  *Diagnostics
}

// A bracket is one that stands open.
type bracket struct {
	token int  // its index in out
	eols  int  // statement ends seen inside, to be dropped if it closes
	kind  byte // ( [ or {
}

// scan cuts src into tokens, using out's memory.
func scan(src *Source, limits Limits, out []lexer.Token, diags *Diagnostics) []lexer.Token {
	s := &scanner{src: src, text: src.Text, limits: limits, out: out[:0], diags: diags}
	return s.scan()
}

func (s *scanner) scan() []lexer.Token {
	if s.readable() {
		for s.pos < len(s.text) {
			s.next()
		}
		s.close()
	}
	return s.out
}

// readable refuses at once what is no script at all, and steps over a byte
// order mark.
func (s *scanner) readable() bool {
	switch {
	case s.base+len(s.text) > s.limits.Source:
		s.report(Limit, 0, 0, fmt.Sprintf("the script is longer than %d bytes", s.limits.Source), "",
			fmt.Sprintf("--limit source=%d raises this limit", 2*s.limits.Source))
	case strings.HasPrefix(s.text, "\xff\xfe"), strings.HasPrefix(s.text, "\xfe\xff"):
		s.report(Syntax, 0, 0, "the script is in UTF-16", "", "scripts are in UTF-8")
	default:
		s.pos = len(s.text) - len(strings.TrimPrefix(s.text, "\ufeff"))
		return true
	}
	return false
}

// next reads one token, or steps over what is none.
func (s *scanner) next() {
	switch c := s.text[s.pos]; {
	case c == ' ', c == '\t', c == '\r' && s.at(1) == '\n':
		s.pos++
	case c == '\n', c == ';':
		s.separator(c)
	case c == '#':
		s.comment()
	case s.joins():
		s.emit(tBy, s.pos, s.pos+s.crossWidth())
	case isDigit(c):
		s.number()
	case letterAt(s.text, s.pos) > 0:
		s.word()
	case c == '"':
		s.quoted()
	case c == '$':
		s.dollar()
	case c == '.' && isDigit(s.at(1)):
		s.number()
	case c == '.' && letterAt(s.text, s.pos+1) > 0:
		s.emit(tAttr, s.pos, s.endOfWord(s.pos+1))
	default:
		s.operator(c)
	}
}

// at gives the byte n places on, 0 behind the end.
func (s *scanner) at(n int) byte {
	if s.pos+n < len(s.text) {
		return s.text[s.pos+n]
	}
	return 0
}

// emit appends a token and steps behind it.
func (s *scanner) emit(class lexer.TokenType, start, end int) {
	s.pos = end
	if s.words++; s.words > s.limits.Words && class != tEOL {
		s.tooManyWords(start, end)
		return
	}
	if end-start > longestName && (class == tName || class == tDollar || class == tAttr) {
		s.name(class, start, end)
		return
	}
	s.append(class, s.text[start:end], start)
}

// name appends a name of many bytes, if it has no more letters than a name may have.
func (s *scanner) name(class lexer.TokenType, start, end int) {
	letters := utf8.RuneCountInString(s.text[start:end])
	if letters <= longestName {
		s.append(class, s.text[start:end], start)
		return
	}
	if !s.long {
		s.report(Limit, start, end, fmt.Sprintf("a name of more than %s letters", Group(longestName)), fmt.Sprintf("found %s of %s", Quote(s.text[start:end]), Group(int64(letters))), "")
	}
	s.long = true
	s.append(tBad, "", start)
}

func (s *scanner) append(class lexer.TokenType, text string, at int) {
	s.out = append(s.out, lexer.Token{Type: class, Value: text, Pos: lexer.Position{Offset: s.base + at}})
}

// tooManyWords ends a statement that is too long and drops the rest of it.
func (s *scanner) tooManyWords(start, end int) {
	if s.words == s.limits.Words+1 {
		s.report(Limit, start, end, fmt.Sprintf("a statement of more than %d words", s.limits.Words), "",
			fmt.Sprintf("--limit words=%d raises this limit", 2*s.limits.Words))
		s.append(tBad, "", start)
	}
}

func (s *scanner) last() lexer.Token {
	if len(s.out) == 0 {
		return lexer.Token{Type: tEOL}
	}
	return s.out[len(s.out)-1]
}

// atStart reports whether a new statement begins here.
func (s *scanner) atStart() bool {
	t := s.last()
	return t.Type == tEOL || t.Type == tOp && t.Value == "{"
}

func (s *scanner) comment() {
	start := s.pos
	end := strings.IndexByte(s.text[start:], '\n')
	if end < 0 {
		end = len(s.text) - start
	}
	s.pos = start + end
	s.warnHidden("comment", start, start+len(strings.TrimRight(s.text[start:s.pos], " \t\r")))
}

// warnHidden tells of the first character in a comment or string that an
// editor would not show as it is.
func (s *scanner) warnHidden(where string, start, end int) {
	for i := start; i < end; {
		r, n := rune(s.text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s.text[i:end])
		}
		if r != '\t' && !joiner(r) && Hidden(r) || r == utf8.RuneError && n == 1 {
			s.diags.Add(Diagnostic{Severity: Warning, Code: Syntax, Source: s.src, Span: Span{s.base + i, s.base + i + n},
				Summary: fmt.Sprintf("the %s holds %s", where, characterName(r, s.text[i:i+n])),
				Hint:    "it can make the text look like something else"})
			return
		}
		i += n
	}
}

// joiner reports the characters between letters that some writing needs.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' || r == '\u00ad' }

// word reads a name or a reserved word.
func (s *scanner) word() {
	start, end := s.pos, s.endOfWord(s.pos)
	text := s.text[start:end]
	class := tName
	if Reserved(text) {
		class = tKeyword
	}
	if s.atStart() {
		s.first = text
		if keywords[text] != "" { // no calculation goes on with such a word
			s.dropUnclosed()
		}
	}
	s.parted(start, end)
	s.emit(class, start, end)
}

func (s *scanner) endOfWord(i int) int {
	for i < len(s.text) {
		switch n := letterAt(s.text, i); {
		case n > 0:
			i += n
		case isDigit(s.text[i]):
			i++
		default:
			n = markAt(s.text, i)
			if n == 0 {
				return i
			}
			i += n
		}
	}
	return i
}

// letterAt is the length of the letter that stands at i, of any language, or of
// an underscore; 0: there is none.
func letterAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		if isLetter(c) {
			return 1
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(text[i:]); unicode.IsLetter(r) {
		return n
	}
	return 0
}

// markAt is the length of an accent that stands at i as a character of its own,
// and of what joins letters in some writing.
func markAt(text string, i int) int {
	if text[i] < utf8.RuneSelf {
		return 0
	}
	if r, n := utf8.DecodeRuneInString(text[i:]); unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd) {
		return n
	}
	return 0
}

// parted reports a word that touches the value before it, as in $a$b: read
// as two values it would be a surprise.
func (s *scanner) parted(start, end int) bool {
	t := s.last()
	switch {
	case start == 0 || t.Pos.Offset+len(t.Value) != s.base+start:
		return true
	case t.Type == tNumber, t.Type == tSize, t.Type == tString, t.Type == tDollar, t.Type == tName, t.Type == tKeyword, t.Value == ")", t.Value == "]":
		ways := []Edit{s.instead(start, start, " ")}
		hint := "words are parted by blanks, and one value that is calculated stands in $( ): $(width * 2)"
		if name, cross := strings.CutSuffix(t.Value, "x"); cross && len(name) > 1 && t.Type == tDollar && s.text[start] == '$' {
			hint = "in a size the name before x stands in brackets: $(width)x3"
			from := t.Pos.Offset - s.base
			ways = []Edit{s.instead(from, start, "$("+name[1:]+")x")}
		}
		s.report(Syntax, start, end, "two words with no blank between them", "found "+Quote(s.text[t.Pos.Offset-s.base:end]), hint, ways...)
		return false
	}
	return true
}

func (s *scanner) quoted() {
	start := s.pos
	end := start + 1
	for end < len(s.text) && s.text[end] != '"' && s.text[end] != '\n' {
		end++
	}
	if end < len(s.text) && s.text[end] == '"' {
		s.warnHidden("string", start, end)
		s.parted(start, end+1)
		s.emit(tString, start, end+1)
		return
	}
	end = start + len(strings.TrimRight(s.text[start:end], " \t\r"))
	s.report(Syntax, start, end, "this string is never closed", `found no " before the end of the line`, `a string ends in " on its own line`, s.instead(end, end, `"`))
	s.emit(tRefused, start, end)
}

// dollar reads $name or the opening of $( ).
func (s *scanner) dollar() {
	start := s.pos
	switch end := s.endOfWord(start + 1); {
	case s.at(1) == '(':
		s.openBracket('(', start, start+2)
	case end > start+1 && !isDigit(s.at(1)):
		class := tDollar
		if !s.parted(start, end) || s.isReservedValue(start, end) {
			class = tRefused
		}
		s.emit(class, start, end)
	default:
		s.report(Syntax, start, max(end, start+1), "a $ without a name", "a value is used as $name or in a calculation $( )", "as in $width or $(2 * width)")
		s.emit(tRefused, start, max(end, start+1))
	}
}

// isReservedValue reports $ before a word of the language, which is no value's
// name.
func (s *scanner) isReservedValue(start, end int) bool {
	word := s.text[start+1 : end]
	if !Reserved(word) {
		return false
	}
	hint, ways := "", []Edit(nil)
	switch word {
	case "in", "here":
		hint, ways = "its properties stand in brackets: $("+word+".channels)", []Edit{s.instead(start, end, "$("+word+".channels)")}
	case "total":
		ways = []Edit{s.instead(start, end, "$(total)")}
	case "true", "false":
		ways = []Edit{s.instead(start, end, word)}
	}
	s.report(Naming, start, end, "`"+word+"` is a word of the language and no value", "found "+s.text[start:end], hint, ways...)
	return true
}

// joins reports whether an x stands here that joins the sides of a size, as
// in $(k)x$(k), 3x$(k) and 3x$k.
func (s *scanner) joins() bool {
	width := s.crossWidth()
	if width == 0 || s.pos == 0 {
		return false
	}
	before := s.text[s.pos-1]
	return (before == ')' || isDigit(before)) && (isDigit(s.at(width)) || valueAt(s.text, s.pos+width))
}

// valueAt reports whether $name or $( ) stands at i.
func valueAt(text string, i int) bool {
	return i+1 < len(text) && text[i] == '$' && (text[i+1] == '(' || letterAt(text, i+1) > 0)
}

// crossWidth is the length of the x or × that stands here, or 0.
func (s *scanner) crossWidth() int { return crossAt(s.text, s.pos) }

func (s *scanner) operator(c byte) {
	switch c {
	case '(', '[', '{':
		s.openBracket(c, s.pos, s.pos+1)
		return
	case ')', ']', '}':
		s.closeBracket(c)
		return
	}
	for i := range operators {
		if text := operators[i].Text; strings.HasPrefix(s.text[s.pos:], text) {
			s.emit(tOp, s.pos, s.pos+len(text))
			return
		}
	}
	s.stray()
}

func (s *scanner) report(code Code, start, end int, summary, detail, hint string, ways ...Edit) {
	s.diags.Add(Diagnostic{Code: code, Source: s.src, Span: Span{s.base + start, s.base + end}, Summary: summary, Detail: detail, Hint: hint, Ways: ways})
}

// instead is a text in place of a piece of the source.
func (s *scanner) instead(start, end int, text string) Edit {
	return Edit{Span: Span{s.base + start, s.base + end}, Text: text}
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
