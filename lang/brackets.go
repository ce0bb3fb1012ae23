package lang

import (
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// separator ends a statement at a newline or semicolon. After a comma a
// newline is a blank; inside round and square brackets it is kept until the
// bracket closes, because one that never does must not swallow the script.
func (s *scanner) separator(c byte) {
	at := s.pos
	s.pos++
	if s.atStart() || c == '\n' && s.last().Value == "," {
		return
	}
	if b := s.innermost(); b != nil && b.kind != '{' {
		if c == ';' {
			s.dropUnclosed()
		} else {
			b.eols++
		}
	}
	s.endStatement(at)
}

func (s *scanner) endStatement(at int) {
	if !s.atStart() {
		s.append(tEOL, "", at)
	}
	s.words, s.first = 0, ""
}

func (s *scanner) innermost() *bracket {
	if len(s.open) == 0 {
		return nil
	}
	return &s.open[len(s.open)-1]
}

// openBracket emits an opening bracket. A brace cannot stand inside round or
// square ones, so it shows those to be unclosed. The depth is bounded here,
// before a parser could recurse.
func (s *scanner) openBracket(kind byte, start, end int) {
	if kind == '{' {
		s.dropUnclosed()
	}
	if len(s.open) >= s.limits.Depth {
		s.tooDeep(kind, start, end)
		return
	}
	s.open = append(s.open, bracket{token: len(s.out), kind: kind})
	s.emit(tOp, start, end)
	if kind == '{' {
		s.words = 0
	}
}

// tooDeep refuses a bracket inside too many others. Of a calculation that is
// nested so deep the rest of the line is left out, of braces what they hold;
// what comes before and behind is read.
func (s *scanner) tooDeep(kind byte, start, end int) {
	s.report(Limit, start, end, fmt.Sprintf("brackets are nested more than %d deep", s.limits.Depth), "what is inside is not read",
		fmt.Sprintf("--limit depth=%d raises this limit", 2*s.limits.Depth))
	if kind == '{' {
		s.append(tBad, "", start)
		s.pos, s.lost = s.endOfBraces(end)
		return
	}
	for b := s.innermost(); b != nil && b.kind != '{'; b = s.innermost() {
		s.out = s.out[:b.token]
		s.open = s.open[:len(s.open)-1]
	}
	s.append(tBad, "", start)
	if s.pos = len(s.text); strings.Contains(s.text[end:], "\n") {
		s.pos = end + strings.IndexByte(s.text[end:], '\n')
	}
}

// endOfBraces is behind the brace that closes the one before i; what stands
// in comments and strings is not told from the rest. Lost: none closes it, and
// those around it cannot be told apart any more.
func (s *scanner) endOfBraces(i int) (end int, lost bool) {
	open := 1
	for ; i < len(s.text) && open > 0; i++ {
		switch s.text[i] {
		case '{':
			open++
		case '}':
			open--
		}
	}
	return i, open > 0
}

var partner = map[byte]byte{')': '(', ']': '[', '}': '{'}

func (s *scanner) closeBracket(c byte) {
	if c == '}' {
		s.dropUnclosed()
	}
	b := s.innermost()
	if b == nil || b.kind != partner[c] {
		s.strayCloser(c)
		return
	}
	if c == '}' {
		s.endStatement(s.pos)
	} else if b.eols > 0 {
		s.joinLines(b.token)
	}
	s.open = s.open[:len(s.open)-1]
	s.emit(tOp, s.pos, s.pos+1)
}

// strayCloser tells of a bracket that closes nothing. A brace is dropped, so
// that the statements around it stay whole.
func (s *scanner) strayCloser(c byte) {
	detail := "no " + string(partner[c]) + " stands open here"
	if b := s.innermost(); b != nil {
		detail = fmt.Sprintf("%c stands open here", b.kind)
	}
	s.report(Syntax, s.pos, s.pos+1, fmt.Sprintf("%c closes nothing", c), detail, "", s.instead(s.pos, s.pos+1, ""))
	if c != '}' {
		s.append(tBad, "", s.pos)
	}
	s.pos++
}

// joinLines drops the statement ends behind a bracket that has closed.
func (s *scanner) joinLines(from int) {
	kept := s.out[:from]
	for _, t := range s.out[from:] {
		if t.Type != tEOL {
			kept = append(kept, t)
		}
	}
	s.out = kept
}

// dropUnclosed reports the round and square brackets that stand open inside
// the innermost brace: nothing that follows can close them.
func (s *scanner) dropUnclosed() {
	for b := s.innermost(); b != nil && b.kind != '{'; b = s.innermost() {
		s.unclosed(b)
		s.out[b.token] = lexer.Token{Type: tBad, Pos: s.out[b.token].Pos}
		s.open = s.open[:len(s.open)-1]
	}
}

func (s *scanner) unclosed(b *bracket) {
	t := s.out[b.token]
	at := t.Pos.Offset - s.base
	s.report(Syntax, at, at+len(t.Value), t.Value+" is never closed", "", fmt.Sprintf("%c closes it", closer(b.kind)))
}

func closer(kind byte) byte {
	for c, o := range partner {
		if o == kind {
			return c
		}
	}
	return 0
}

// close ends the last statement and closes what the script leaves open.
func (s *scanner) close() {
	s.dropUnclosed()
	s.endStatement(len(s.text))
	for len(s.open) > 0 {
		if !s.lost {
			s.unclosed(s.innermost())
		}
		s.append(tOp, "}", max(len(s.text)-1, 0)) // inside the text, as every place is
		s.open = s.open[:len(s.open)-1]
		s.append(tEOL, "", len(s.text))
	}
}
