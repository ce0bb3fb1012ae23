package terminal_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "cnnl/internal/gen" // the same draws in every run
	"cnnl/render/terminal"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		width, indent int
		in, want      string
	}{
		{0, 4, "as wide as it takes", "as wide as it takes"},
		{12, 2, "three short words", "three\n  short\n  words"},
		{14, 2, "three short words", "three short\n  words"},
		{6, 2, "incomprehensible", "incomprehensible"},
		{7, 0, "größe größe", "größe\ngröße"},
		{8, 0, "日本 日本", "日本\n日本"},
		{9, 0, "日本 日本", "日本 日本"},
	} {
		if got := (terminal.Terminal{Width: test.width}).Wrap(test.in, test.indent); got != test.want {
			t.Errorf("%q at %d: got %q, want %q", test.in, test.width, got, test.want)
		}
	}
}

func TestPaint(t *testing.T) {
	if got := (terminal.Terminal{Color: true}).Paint(terminal.Red, "x"); got != "\x1b[1;31mx\x1b[0m" {
		t.Errorf("got %q", got)
	}
	if got := (terminal.Terminal{}).Paint(terminal.Red, "x"); got != "x" {
		t.Errorf("got %q", got)
	}
}

func TestCuts(t *testing.T) {
	for _, test := range []struct {
		columns         int
		in, first, last string
	}{
		{5, "abcde", "abcde", "abcde"},
		{5, "abcdefg", "abcd…", "cdefg"},
		{4, "日本語", "日…", "本語"},
		{3, "日本語", "日…", "…語"},
		{9, "a\x1bb", "a<U+001B…", "…<U+001B>b"},
	} {
		if first, last := terminal.First(test.in, test.columns), terminal.Last(test.in, test.columns); first != test.first || test.columns != 9 && last != test.last {
			t.Errorf("%q in %d: got %q and %q, want %q and %q", test.in, test.columns, first, last, test.first, test.last)
		}
	}
}

func TestTable(t *testing.T) {
	columns := []terminal.Column{{Name: "id"}, {Name: "score", Right: true}, {Name: "what was found", Widest: 8}}
	rows := [][]string{{"日本", "1", ""}, {"b", "12.5", "handed in\n- late"}, {"c", "", "incomprehensible it is"}}
	want := `id    score  what was
             found
───────────────────
日本      1
b      12.5  handed
             in
             - late
c            incompre
             hensible
             it is`
	want = strings.Replace(want, "───────────────────", strings.Repeat("─", 21), 1)
	if got := (terminal.Terminal{}).Table(columns, rows); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := (terminal.Terminal{Color: true}).Table(columns[:2], nil); got != "\x1b[1mid\x1b[0m  \x1b[1mscore\x1b[0m\n─────────" {
		t.Errorf("got %q", got)
	}
}

func TestColumns(t *testing.T) {
	rows := [][]string{{"", "a.cnnl", "b.cnnl"}, {"parameters", "740", "1,240"}, {"left out", "", "9"}}
	wide := "              a.cnnl  b.cnnl\n  parameters     740   1,240\n  left out                 9\n"
	narrow := "  \n    a.cnnl, b.cnnl\n  parameters\n    740, 1,240\n  left out\n    9\n"
	if got := (terminal.Terminal{}).Columns(rows); got != wide {
		t.Errorf("got\n%s\nwant\n%s", got, wide)
	}
	if got := (terminal.Terminal{Width: 20}).Columns(rows); got != narrow {
		t.Errorf("got\n%q\nwant\n%q", got, narrow)
	}
}

// TestTablesFit: whatever is in a cell, its column is no wider than it may be,
// and every letter is there.
func TestTablesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-zä日 ]{0,40}`).Draw(t, "cell")
		widest := rapid.IntRange(2, 12).Draw(t, "widest")
		body := (terminal.Terminal{}).Table([]terminal.Column{{Widest: widest}}, [][]string{{cell}})
		for line := range strings.SplitSeq(body, "\n") {
			if terminal.Width(line) > widest {
				t.Errorf("%q is wider than %d", line, widest)
			}
		}
		if strings.Join(strings.Fields(body), "") != strings.Join(strings.Fields(cell), "") {
			t.Errorf("%q became %q", cell, body)
		}
	})
}

// TestOneLongCell: a cell that is very long stands whole in its row, and the other
// rows are no longer for it.
func TestOneLongCell(t *testing.T) {
	long := strings.Repeat("a", 5_000)
	text := terminal.Terminal{}.Table([]terminal.Column{{Name: "name"}, {Name: "n", Right: true}}, [][]string{{"x", "1"}, {long, "2"}, {"y", "3"}})
	if !strings.Contains(text, long) || len(text) > len(long)+2_000 {
		t.Errorf("%d bytes", len(text))
	}
}
