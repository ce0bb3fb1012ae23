package foreign

import (
	"strings"

	"cnnl/lang"
)

// A tokenSort says what a token is.
type tokenSort uint8

const (
	tName tokenSort = iota
	tNumber
	tString
	tOp
)

// A token is a word of Python.
type token struct {
	sort tokenSort
	text string // of a string: what it says
	span lang.Span
}

// A line is a logical line: physical ones that brackets hold together.
type line struct {
	tokens []token
	indent int
	span   lang.Span // from its first token to the end of its last
	end    int       // where the next line begins
	ok     bool      // it could be cut into tokens
}

// What a logical line may come to: what is longer is no program's.
const (
	mostLines  = 400
	mostTokens = 8000
)

// A scanner cuts one logical line into tokens.
type scanner struct {
	text  string
	pos   int
	depth int
	lines int
	line  line
}

// scanLine reads the logical line that begins at a place. What is no Python is one
// physical line that is not ok.
func scanLine(text string, at int) line {
	s := &scanner{text: text, pos: at}
	for s.pos < len(text) && (text[s.pos] == ' ' || text[s.pos] == '\t') {
		s.pos++
	}
	s.line.indent = s.pos - at
	s.line.span = lang.Span{Start: s.pos, End: s.pos}
	s.line.ok = s.read()
	if !s.line.ok {
		return notOurs(text, at, s.line.indent)
	}
	s.line.end = s.pos
	return s.line
}

// notOurs is a physical line as one that is no Python.
func notOurs(text string, at, indent int) line {
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i
	}
	return line{indent: indent, span: lang.Span{Start: min(at+indent, end), End: end}, end: min(end+1, len(text))}
}

// read reads tokens up to the line's end; false: it is no Python.
func (s *scanner) read() bool {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '\n':
			s.pos++
			if s.depth == 0 {
				return true
			}
			if s.lines++; s.lines > mostLines {
				return false
			}
		case c == ' ', c == '\t', c == '\r':
			s.pos++
		case c == '#':
			s.pos += lineLength(s.text[s.pos:])
		case c == '\\' && strings.HasPrefix(strings.TrimPrefix(s.text[s.pos+1:], "\r"), "\n"):
			s.pos += strings.IndexByte(s.text[s.pos:], '\n') + 1
		default:
			if !s.token(c) || len(s.line.tokens) > mostTokens {
				return false
			}
		}
	}
	return s.depth == 0
}

func lineLength(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}

func (s *scanner) token(c byte) bool {
	switch {
	case c == '"' || c == '\'':
		return s.quoted(s.pos)
	case isLetter(c):
		return s.word()
	case isDigit(c), c == '.' && s.pos+1 < len(s.text) && isDigit(s.text[s.pos+1]):
		return s.number()
	}
	return s.operator()
}

func isLetter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

func (s *scanner) add(sort tokenSort, text string, start, end int) {
	s.line.tokens = append(s.line.tokens, token{sort, text, lang.Span{Start: start, End: end}})
	s.pos, s.line.span.End = end, end
}

// word reads a name, or a string behind one of its letters.
func (s *scanner) word() bool {
	end := s.pos
	for end < len(s.text) && (isLetter(s.text[end]) || isDigit(s.text[end])) {
		end++
	}
	word := s.text[s.pos:end]
	if end < len(s.text) && (s.text[end] == '"' || s.text[end] == '\'') && len(word) <= 2 && strings.Trim(strings.ToLower(word), "frbu") == "" {
		return s.quoted(end)
	}
	s.add(tName, word, s.pos, end)
	return true
}

// number reads a number; letters right behind it, as in 3x3, are no Python.
func (s *scanner) number() bool {
	end := s.pos
	for end < len(s.text) && (isDigit(s.text[end]) || s.text[end] == '.' || s.text[end] == '_') {
		end++
	}
	if end < len(s.text) && s.text[end]|0x20 == 'e' {
		i := end + 1
		if i < len(s.text) && (s.text[i] == '-' || s.text[i] == '+') {
			i++
		}
		for i < len(s.text) && isDigit(s.text[i]) {
			i++
			end = i
		}
	}
	if end < len(s.text) && isLetter(s.text[end]) {
		return false
	}
	s.add(tNumber, strings.ReplaceAll(s.text[s.pos:end], "_", ""), s.pos, end)
	return true
}

// quoted reads a string whose quotes stand at a place.
func (s *scanner) quoted(at int) bool {
	quote := s.text[at : at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(s.text[at:], triple) {
		quote = triple
	}
	for i := at + len(quote); i < len(s.text); i++ {
		switch {
		case s.text[i] == '\\':
			i++
		case strings.HasPrefix(s.text[i:], quote):
			s.add(tString, s.text[at+len(quote):i], s.pos, i+len(quote))
			return true
		case s.text[i] == '\n' && len(quote) == 1:
			return false
		}
	}
	return false
}

// operators of more than one character, the longest first.
var operators = []string{"**=", "//=", "...", "->", "=>", ":=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "@=", "**", "//"}

func (s *scanner) operator() bool {
	for _, op := range operators {
		if strings.HasPrefix(s.text[s.pos:], op) {
			s.add(tOp, op, s.pos, s.pos+len(op))
			return true
		}
	}
	c := s.text[s.pos]
	switch c {
	case '(', '[':
		s.depth++
	case ')', ']':
		s.depth--
	case '{', '}':
		if s.depth == 0 {
			return false // braces are ours
		}
	default:
		if !strings.ContainsRune("+-*/%@<>=.,:;~&|^", rune(c)) {
			return false
		}
	}
	s.add(tOp, string(c), s.pos, s.pos+1)
	return s.depth >= 0
}
