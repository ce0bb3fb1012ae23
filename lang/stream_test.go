package lang

import (
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
)

// TestStreamIsFilledAgain: a filled stream gives the tokens of the script it
// was filled with last, from the first one on, and then the end.
func TestStreamIsFilledAgain(t *testing.T) {
	var list tokenList
	for _, text := range []string{"input 8x8\nconv 2 3x3\nrelu\n", "relu\n", "", "flatten\ndense 3\n"} {
		tokens := tokensOf(text)
		lex := list.fill(tokens)
		for i, want := range tokens {
			if got := *lex.Next(); got != want {
				t.Errorf("%q: token %d is %v, want %v", text, i, got, want)
			}
		}
		if got := *lex.Next(); got != lexer.EOFToken(lexer.Position{}) {
			t.Errorf("%q: behind the last token stands %v", text, got)
		}
	}
}
