package lang

import (
	"io"

	"github.com/alecthomas/participle/v2/lexer"
)

// stream is what the readers read tokens from.
type stream = lexer.PeekingLexer

// definition shows the token classes to participle. Its texts come from
// scan, never from a reader.
type definition struct{}

func (definition) Symbols() map[string]lexer.TokenType { return symbols }

func (definition) Lex(string, io.Reader) (lexer.Lexer, error) { return new(blanks), nil }

// blanks is a lexer of that many empty tokens.
type blanks int

func (b *blanks) Next() (lexer.Token, error) {
	if *b--; *b < 0 {
		return lexer.EOFToken(lexer.Position{}), nil
	}
	return lexer.Token{}, nil
}

// behind is the token so many behind the next one. Callers do not look behind the
// end of a statement.
func behind(lex *stream, n int) lexer.Token {
	at := lex.RawCursor() + lexer.RawCursor(n)
	return lex.Range(at, at+1)[0]
}

// A tokenList is a participle token stream that is filled again for every
// script, because a stream made anew costs more than reading a script does.
//
// participle has no way to fill a stream. What fill does rests on two things
// that it does not promise: Range gives a part of the stream's own memory and
// no copy, and the zero Checkpoint stands before the first token.
// TestStreamIsFilledAgain fails if a new version keeps to neither.
type tokenList struct {
	stream *stream
	size   int
}

// fill loads the tokens of one script and rewinds. Behind them the memory
// holds nothing but EOF, so that no script's text outlives its turn.
func (l *tokenList) fill(tokens []lexer.Token) *stream {
	if l.size <= len(tokens) {
		l.size = 2*len(tokens) + 64
		empty := blanks(l.size)
		l.stream, _ = lexer.Upgrade(&empty) // blanks never fails
	}
	memory := l.stream.Range(0, lexer.RawCursor(l.size))
	for i := copy(memory, tokens); i < len(memory) && !memory[i].EOF(); i++ {
		memory[i] = lexer.EOFToken(lexer.Position{})
	}
	l.stream.LoadCheckpoint(lexer.Checkpoint{})
	return l.stream
}
