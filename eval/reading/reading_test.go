package reading_test

import (
	"strings"
	"testing"

	"cnnl/eval/reading"
	"cnnl/lang"
)

const key = `assume pad same
let n = 20
input 8x8 rgb
conv c $n 3x3
let total_weights = c.weights
accept "smaller" { assume pad 0; let n = 10 }
misconception "vector" { let n = 5; input 7; dense $n }
`

// TestReadings: what each reading of a key puts where.
func TestReadings(t *testing.T) {
	file, _ := lang.Parse(lang.NewSource("key", key), lang.Limits{})
	computed := func(let string) bool { return let == "total_weights" }
	list := reading.Of(file)
	if len(list) != 2 || list[0].Wrong || !list[1].Wrong || list[0].Whole() || !list[1].Whole() {
		t.Fatalf("%+v", list)
	}
	for i, want := range []string{
		`assume pad 0|assume pad same|let n = 10|input 8x8 rgb|conv c $n 3x3|let total_weights = c.weights|accept|misconception`,
		`assume pad same|let n = 5|input 7|dense $n|let total_weights = c.weights`,
	} {
		var got []string
		for _, s := range list[i].Script(file, computed).Stmts {
			text := key[s.Span.Start:s.Span.End]
			if before, _, braces := strings.Cut(text, ` "`); braces {
				text = before
			}
			got = append(got, text)
		}
		if got := strings.Join(got, "|"); got != want {
			t.Errorf("%s: got %s, want %s", list[i].Title, got, want)
		}
	}
}
