package reading_test

import (
	"fmt"
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
	for i, want := range []struct{ stmts, lets string }{
		{`assume pad 0|assume pad same|let n = 20|input 8x8 rgb|conv c $n 3x3|let total_weights = c.weights|accept|misconception`, "[let n = 10]"},
		{`assume pad same|let n = 5|input 7|dense $n|let total_weights = c.weights`, "[]"},
	} {
		script, changed := list[i].Script(file, computed)
		var got []string
		for _, s := range script.Stmts {
			text := key[s.Span.Start:s.Span.End]
			if before, _, braces := strings.Cut(text, ` "`); braces {
				text = before
			}
			got = append(got, text)
		}
		if got := strings.Join(got, "|"); got != want.stmts || fmt.Sprint(changed.Lets) != want.lets {
			t.Errorf("%s: got %s with %v, want %v", list[i].Title, got, changed.Lets, want)
		}
	}
}

// TestAnd: of two values for a let the later one counts, and of assumes the later
// one comes last; the readings that both are made of stay as they were.
func TestAnd(t *testing.T) {
	first := reading.Set("n", "1", "--set").And(reading.Set("k", "2 # two", "--set")).And(reading.Assuming("pad same", "--assume"))
	before := said(first)
	for _, n := range []string{"3", "2*k"} {
		both := first.And(reading.Set("n", n, ":set")).And(reading.Assuming("pad 0", ":assume"))
		if want := "[let k = 2 let n = " + n + "] [assume pad same assume pad 0]"; said(both) != want {
			t.Errorf("got %s, want %s", said(both), want)
		}
	}
	if said(first) != before {
		t.Errorf("it was %s and is %s", before, said(first))
	}
}

func said(r reading.Reading) string { return fmt.Sprint(r.Lets, r.Assumes) }

// TestMistakes: what cannot be read is told, with where somebody gave it.
func TestMistakes(t *testing.T) {
	for _, test := range []struct {
		reading reading.Reading
		want    string
	}{
		{reading.Set("n", "3 +", "--set"), "--set: the statement stops short"},
		{reading.Set("n", "3; relu", ":set"), ":set: :set takes one value, in one statement"},
		{reading.Set("n m", "3", "a.csv, line 2, column n m"), "a.csv, line 2, column n m: "},
		{reading.Assuming("pad same\nrelu", "--assume"), "--assume: --assume takes one assume, in one statement"},
		{reading.Assuming("", ":assume"), ":assume: "},
	} {
		var got []string
		for _, d := range test.reading.Mistakes.List {
			got = append(got, d.Source.Name+": "+d.Summary)
		}
		if len(got) == 0 || !strings.HasPrefix(got[0], test.want) || len(test.reading.Assumes) > 0 {
			t.Errorf("got %q, want %s", got, test.want)
		}
	}
}
