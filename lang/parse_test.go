package lang_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cnnl/internal/chunk"
	"cnnl/lang"
)

// TestDiagnostics reads scripts that say themselves what is wrong with them.
func TestDiagnostics(t *testing.T) {
	for _, file := range []string{"testdata/syntax.cnnl", "testdata/whole.cnnl"} {
		for _, s := range chunk.Read(t, file) {
			_, diags := lang.Parse(s.Source, lang.Limits{})
			s.Check(t, diags)
		}
	}
}

func parse(text string) (*lang.File, lang.Diagnostics) {
	return lang.Parse(lang.NewSource("test.cnnl", text), lang.Limits{})
}

// TestHostile reads what no person would write. Each gets few messages, at
// once.
func TestHostile(t *testing.T) {
	tests := []struct {
		name, text string
		code       lang.Code
		want       string
	}{
		{"nul", "relu\x00relu", lang.Syntax, "NUL"},
		{"no UTF-8", "relu\nrelu \xff\xfe r\nrelu", lang.Syntax, "FF"},
		{"no UTF-8 in a comment", "# Schl\xfcssel\nrelu", lang.Syntax, "FC"},
		{"UTF-16", "\xff\xfer\x00e\x00", lang.Syntax, "UTF-16"},
		{"a long line", "conv " + strings.Repeat("9", 64<<20), lang.Limit, "1048576"},
		{"brackets", "let a = " + strings.Repeat("(", 300_000), lang.Limit, "100 deep"},
		{"braces", strings.Repeat("repeat 3 {", 80_000), lang.Limit, "100 deep"},
		{"calculations in values", "conv " + strings.Repeat("$(", 300_000), lang.Limit, "100 deep"},
		{"words", "conv " + strings.Repeat("a ", 400_000), lang.Limit, "10000 words"},
		{"signs", "let a = " + strings.Repeat("2 ** -", 5000), lang.Limit, "10000 words"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := parse(test.text)
			if n := len(diags.List); n != 1 {
				t.Errorf("%d messages, want one", n)
			}
			if d := diags.List[0]; d.Code != test.code || !strings.Contains(d.Summary, test.want) {
				t.Errorf("got %s, want %s: ...%s", chunk.Text(d), test.code, test.want)
			}
		})
	}
}

// TestTime holds reading to a time that is linear in the text, however odd:
// eight times the text may not take forty times the time, where a square would take
// sixty-four. The least of all runs counts: what else the machine does only adds.
func TestTime(t *testing.T) {
	const size = 1 << 14
	for _, piece := range []string{";", "(\n", "{", "}", "if a { } else ", "# c\n", "\"\n", "$", "let a = (\n", "\x00", "conv c 1 1x1\n", "a\n=\n", "\u202e", "1,", "3x", "repeat 3 { }\n"} {
		small, large := time.Hour, time.Hour
		for range 12 {
			small, large = min(small, least(strings.Repeat(piece, size/len(piece)))), min(large, least(strings.Repeat(piece, 8*size/len(piece))))
			if large < 40*small {
				break
			}
		}
		if large >= 40*small {
			t.Errorf("%q takes %v in %d bytes, %v in %d", piece, small, size, large, 8*size)
		}
	}
}

// least is how long reading a text takes.
func least(text string) time.Duration {
	var took []time.Duration
	for range 3 {
		begun := time.Now()
		for begun.Equal(time.Now()) { // the clock of Windows stands still for a while
		}
		begun = time.Now()
		runs := time.Duration(0)
		for ; runs == 0 || time.Since(begun) == 0; runs++ {
			parse(text)
		}
		took = append(took, time.Since(begun)/runs)
	}
	return slices.Min(took)
}

func TestDepthIsALimit(t *testing.T) {
	nested := func(n int) string { return "let a = " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n) }
	if _, diags := parse(nested(100)); diags.Failed() {
		t.Errorf("100 deep: %s", chunk.Text(diags.List[0]))
	}
	if _, diags := parse(nested(101)); !diags.Failed() {
		t.Error("101 deep is accepted")
	}
	if _, diags := lang.Parse(lang.NewSource("t", nested(4000)), lang.Limits{Depth: 10_000}); diags.Failed() {
		t.Errorf("4000 deep with a higher limit: %s", chunk.Text(diags.List[0]))
	}
}

// TestDeepKeepsTheRest: what stands before and behind brackets that are nested
// too deep is read.
func TestDeepKeepsTheRest(t *testing.T) {
	for _, deep := range []string{"let a = " + strings.Repeat("(", 300), "let a = " + strings.Repeat("(", 300) + strings.Repeat(")", 300), strings.Repeat("repeat 1 { ", 150) + strings.Repeat("}", 150)} {
		file, diags := parse("let before = 3x\n" + deep + "\nlet behind = 4x\nrelu")
		var said []string
		for _, d := range diags.List {
			line, _ := d.Source.Position(d.Span.Start)
			said = append(said, fmt.Sprint(line, " ", d.Code))
		}
		if got := strings.Join(said, ", "); got != "1 syntax, 2 limit, 3 syntax" {
			t.Errorf("%.20s: said %s", deep, got)
		}
		if _, ok := file.Stmts[len(file.Stmts)-1].Node.(*lang.Layer); !ok {
			t.Errorf("%.20s: the last statement was not read", deep)
		}
	}
}

func TestMessagesAreBounded(t *testing.T) {
	_, diags := parse(strings.Repeat("let\n", 500))
	if len(diags.List) != 100 || diags.More != 400 {
		t.Errorf("got %d and %d more, want 100 and 400 more", len(diags.List), diags.More)
	}
}

// TestRecovery holds a mistake to its own statement: everything around it is
// still read.
func TestRecovery(t *testing.T) {
	file, diags := parse("relu\nlet = 3\nadd { conv 1 +; relu } {\n let a = (1\n tanh }\nmish\n")
	if len(diags.List) != 3 {
		t.Errorf("%d messages, want 3: %v", len(diags.List), diags.List)
	}
	var kinds []string
	lang.Walk(file.Stmts, func(s *lang.Stmt) {
		if l, ok := s.Node.(*lang.Layer); ok {
			kinds = append(kinds, l.Kind.Text)
		}
	})
	if got, want := fmt.Sprint(kinds), "[relu add relu tanh mish]"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
}

func TestParserIsReusable(t *testing.T) {
	var p lang.Parser
	long, _ := p.Parse(lang.NewSource("long", strings.Repeat("conv a 20 3x3\n", 100)), lang.Limits{})
	short, diags := p.Parse(lang.NewSource("short", "relu"), lang.Limits{})
	if len(long.Stmts) != 100 || len(short.Stmts) != 1 || diags.Failed() {
		t.Errorf("got %d and %d statements, want 100 and 1", len(long.Stmts), len(short.Stmts))
	}
	if name := long.Stmts[99].Node.(*lang.Layer).Words[0].Name.Text; name != "a" {
		t.Errorf("the first script's tree changed: %q", name)
	}
}

func TestPosition(t *testing.T) {
	src := lang.NewSource("t", "a\r\näx\n")
	for offset, want := range map[int]string{0: "1:1", 1: "1:2", 3: "2:1", 5: "2:2", 6: "2:3", 7: "3:1", 99: "3:1"} {
		line, column := src.Position(offset)
		if got := fmt.Sprintf("%d:%d", line, column); got != want {
			t.Errorf("offset %d is at %s, want %s", offset, got, want)
		}
	}
	if text, at := src.Line(2); text != "äx" || at != 3 {
		t.Errorf("line 2 is %q at %d", text, at)
	}
}

// Nobody is spared the distance who is near.
func TestAtLeast(t *testing.T) {
	words := append(lang.Statements(), "", "conv", "cnov", "conv2d", "depthwise", "größe", "grosse", "ｃｏｎｖ", "aaaa", "abab", "maxpool", "pool max")
	for _, a := range words {
		for _, b := range words {
			if least, d := lang.AtLeast(a, b), lang.Distance(a, b); least > d {
				t.Errorf("%q and %q are at least %d apart, and are %d", a, b, least, d)
			}
		}
	}
	if got := lang.AtLeast("relu", "tanh"); got != 4 {
		t.Errorf("relu and tanh: %d, want 4", got)
	}
}

func TestNearest(t *testing.T) {
	kinds := []string{"relu", "conv", "dense", "maxpool", "deconv"}
	for word, want := range map[string]string{"rleu": "relu", "Conv": "conv", "convv": "conv", "dens": "dense", "xyz": "", "maxpol": "maxpool", "c": ""} {
		if got := lang.Nearest(word, kinds...); got != want {
			t.Errorf("nearest to %q is %q, want %q", word, got, want)
		}
	}
}

func TestGroup(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 12: "12", 740: "740", 3620: "3,620", 7271940: "7,271,940", -1: "-1", -123: "-123", -1234: "-1,234", -1 << 63: "-9,223,372,036,854,775,808"} {
		if got := lang.Group(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}

// FuzzParse: reading ends, never panics, and every message lies inside the
// script, in its order.
// TestLettersBehindDigits: a number that letters of any script touch is told, and no more.
func TestLettersBehindDigits(t *testing.T) {
	for _, text := range []string{"dense 3ο", "dense ３０", "dense 3x3é", "dense 3_ß", "dense 1__é5"} {
		if _, diags := parse(text); !diags.Failed() {
			t.Errorf("%q is read as if it were right", text)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, file := range []string{"testdata/syntax.cnnl", "testdata/whole.cnnl"} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split(string(text), "\n---\n") {
			f.Add(part)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, diags := parse(text)
		last := 0
		for _, d := range diags.List {
			if d.Span.Start < last || d.Span.End < d.Span.Start || d.Span.End > len(text) {
				t.Errorf("a message at %v, after %d, in %d bytes: %s", d.Span, last, len(text), d.Summary)
			}
			last = d.Span.Start
			d.Source.Position(d.Span.Start)
		}
		lang.Walk(file.Stmts, func(s *lang.Stmt) {
			if s.Span.Start > s.Span.End || s.Span.End > len(text) {
				t.Errorf("a statement at %v of %d bytes", s.Span, len(text))
			}
		})
	})
}

// TestReturnsBehindComments: what the formatter takes away is not told either.
func TestReturnsBehindComments(t *testing.T) {
	for text, want := range map[string]int{"# a\r\r\r\nlet n = 1\n": 0, "# a\rb\n": 1} {
		if _, diags := lang.Parse(lang.NewSource("t", text), lang.Limits{}); len(diags.List) != want {
			t.Errorf("%q: %v", text, diags.List)
		}
	}
}
