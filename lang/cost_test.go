package lang

import (
	"runtime"
	"strings"
	"testing"
)

// Reading and formatting cost what a script is long: one four times as long takes
// four times the memory, not sixteen times. Bytes are counted, as clocks lie.
func TestFormattingIsLinear(t *testing.T) {
	for name, script := range map[string]func(n int) string{
		"a long line": func(n int) string { return strings.Repeat("conv 1 1x1; ", n) },
		"else if":     func(n int) string { return "if 1 < 2 { relu }" + strings.Repeat(" else if 1 < 2 { relu }", n) },
		"a wide column": func(n int) string {
			return "let a = 1" + strings.Repeat("+1", n) + " # one\n" + strings.Repeat("relu # two\n", n)
		},
	} {
		took := func(n int) uint64 {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if _, diags := Format(NewSource("", script(n)), Limits{}); diags.Failed() {
				t.Fatalf("%s: %v", name, diags.List)
			}
			runtime.ReadMemStats(&after)
			return after.TotalAlloc - before.TotalAlloc
		}
		if short, long := took(1000), took(4000); long > 8*short {
			t.Errorf("%s: %d bytes, and %d for four times as much", name, short, long)
		}
	}
}

func TestLongNames(t *testing.T) {
	name := func(n int) string { return strings.Repeat("ä", n) }
	if _, diags := Parse(NewSource("", "conv "+name(1000)+" 1 1x1"), Limits{}); len(diags.List) > 0 {
		t.Errorf("1,000 letters: %v", diags.List)
	}
	for _, script := range []string{
		"conv " + name(1001) + " 1 1x1\nfrom " + name(2000),
		name(1001),
		"let a = $" + name(1001),
		"expect a." + name(1001) + " == 1",
	} {
		_, diags := Parse(NewSource("", script), Limits{})
		if len(diags.List) != 1 || diags.List[0].Summary != "a name of more than 1,000 letters" || diags.List[0].Code != Limit {
			t.Errorf("%.20s: %v", script, diags.List)
		}
	}
}

func TestSpellingIsBounded(t *testing.T) {
	word := func(n int) string { return strings.Repeat("a", n) }
	others := make([]string, MostSpelledWith)
	for i := range others {
		others[i] = "zzzz"
	}
	for _, test := range []struct {
		name, word, want string
		candidates       []string
	}{
		{"the longest", word(64), word(63), []string{word(63)}},
		{"one longer", word(65), "", []string{word(64)}},
		{"many", "conc", "conv", append(others[1:], "conv")},
		{"too many", "conc", "", append(others, "conv")},
		{"those of other lengths are not compared with", "conc", "conv", append(strings.Fields(strings.Repeat("transformer ", 2000)), "conv")},
	} {
		if got := Nearest(test.word, test.candidates...); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
