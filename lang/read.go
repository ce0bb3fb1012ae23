package lang

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The readers written by hand, for what most of a script is made of. They
// read what the tags of their types say, several times faster, and name what
// they expected.

func unexpected(lex *stream, expect string) error {
	return &participle.UnexpectedTokenError{Unexpected: *lex.Peek(), Expect: expect}
}

// take consumes the operator or reserved word text.
func take(lex *stream, text string) (Op, bool) {
	t := lex.Peek()
	if t.Value != text {
		return Op{}, false
	}
	return Op{Text: lex.Next().Value, At: t.Pos.Offset}, true
}

func want(lex *stream, text string) error {
	if _, ok := take(lex, text); !ok {
		return unexpected(lex, text)
	}
	return nil
}

func endOfStatement(lex *stream) error {
	if lex.Peek().Type != tEOL {
		return unexpected(lex, "")
	}
	lex.Next()
	return nil
}

// Parse reads a name.
func (n *Name) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tName {
		return participle.NextMatch
	}
	*n = Name{lex.Next().Value, t.Pos.Offset}
	return nil
}

// Capture takes an operator that participle's own tags have matched.
func (o *Op) Capture(words []string) error { o.Text = words[0]; return nil }

// Capture takes a name that participle's own tags have matched.
func (k *Key) Capture(words []string) error { k.Text = words[0]; return nil }

// Parse reads .name.
func (a *Attr) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tAttr {
		return participle.NextMatch
	}
	*a = Attr{lex.Next().Value[1:], t.Pos.Offset + 1}
	return nil
}

// Parse reads a string.
func (s *Str) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tString && (t.Type != tRefused || t.Value[0] != '"') {
		return participle.NextMatch
	}
	*s = Str{lex.Next().Value, t.Pos.Offset, t.Type == tRefused}
	return nil
}

var litKinds = map[lexer.TokenType]LitKind{tNumber: Number, tSize: Size, tDollar: Dollar, tRefused: Refused}

// Parse reads a number, a size or $name.
func (l *Lit) Parse(lex *stream) error {
	t := lex.Peek()
	kind := litKinds[t.Type]
	if kind == 0 {
		return participle.NextMatch
	}
	*l = Lit{lex.Next().Value, t.Pos.Offset, kind}
	return nil
}

// needed turns "nothing of the sort here" into an error that names the sort.
func needed(lex *stream, err error, what string) error {
	if err == participle.NextMatch {
		return unexpected(lex, what)
	}
	return err
}

// endOfLast is the end of the token read last.
func endOfLast(lex *stream) int {
	at := lex.RawCursor()
	if at == 0 {
		return 0
	}
	t := lex.Range(at-1, at)[0]
	return t.Pos.Offset + len(t.Value)
}
