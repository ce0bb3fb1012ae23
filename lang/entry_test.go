package lang_test

import (
	"strings"
	"testing"

	"cnnl/internal/chunk"
	"cnnl/lang"
)

// TestParseMore: text read bit by bit has the places that it has in one piece.
func TestParseMore(t *testing.T) {
	for _, text := range []string{"input 8x8x3\nconv c1 4 3x3; relu\n", "add {\n  conv 3 1x1\n} { }\n", "let a = (1 +\n  2)\nconv $a$b 3\n", "conv (3\nrelu\n", "x\t\u202e\n"} {
		whole := lang.NewSource("t", text+text)
		file, diags := lang.Parse(whole, lang.Limits{})
		src := lang.NewSource("t", "")
		var parser lang.Parser
		var stmts []lang.Stmt
		var said []lang.Diagnostic
		for range 2 {
			more, d := parser.ParseMore(src, text, lang.Limits{})
			stmts, said = append(stmts, more.Stmts...), append(said, d.List...)
		}
		if src.Text != whole.Text || len(stmts) != len(file.Stmts) || len(said) != len(diags.List) {
			t.Errorf("%q: %d statements and %d messages, want %d and %d", text, len(stmts), len(said), len(file.Stmts), len(diags.List))
			continue
		}
		for i := range stmts {
			if stmts[i].Span != file.Stmts[i].Span {
				t.Errorf("%q: statement %d stands at %v, want %v", text, i, stmts[i].Span, file.Stmts[i].Span)
			}
		}
		for i := range said {
			line, column := src.Position(said[i].Span.Start)
			wantLine, wantColumn := whole.Position(diags.List[i].Span.Start)
			if line != wantLine || column != wantColumn || chunk.Text(said[i]) != chunk.Text(diags.List[i]) {
				t.Errorf("%q: %d:%d %s, want %d:%d %s", text, line, column, chunk.Text(said[i]), wantLine, wantColumn, chunk.Text(diags.List[i]))
			}
		}
		src.Cut(len(text))
		if src.Text != text {
			t.Errorf("%q is cut to %q", text+text, src.Text)
		}
		if line, column := src.Position(len(text)); line != strings.Count(text, "\n")+1 || column != 1 {
			t.Errorf("%q ends at %d:%d", text, line, column)
		}
	}
}

func TestPending(t *testing.T) {
	for text, want := range map[string]bool{
		"add {": true, "add { conv 3 1x1": true, "add { } {": true, "let a = (1 +": true, "for w in 1, 2,": true, "conv $(": true,
		"conv 3": false, "add { } { }": false, "let a =": false, "}": false, "conv \"abc": false, "# {": false, "use \"{\"": false, "f(1))": false, "": false,
		"block b {\n conv 3 3x\n": true, "expect a[": true, strings.Repeat("{", 200): false,
	} {
		var p lang.Pending
		more := false
		for line := range strings.Lines(text) {
			more = p.Add(line)
		}
		if more != want {
			t.Errorf("%q goes on: %v", text, more)
		}
	}
}

func TestLead(t *testing.T) {
	for text, want := range map[string][2]string{"c1.params": {"c1", ".params"}, "max(3, 4)": {"max", "("}, "max { }": {"max", ""}, "20 * 3": {"20", ""}, "": {"", ""}, "  total / 2": {"total", ""}} {
		word, behind, number := lang.Lead(text)
		if word != want[0] || behind != want[1] || number != (word == "20") {
			t.Errorf("%q leads with %q %q %v", text, word, behind, number)
		}
	}
}

func TestPieces(t *testing.T) {
	const text = "# the net\ninput 8; relu # here\n\nadd {\n relu\n} { }\n# end\n"
	file, _ := lang.Parse(lang.NewSource("t", text), lang.Limits{})
	pieces := lang.Pieces(file)
	if got := strings.Join(pieces, "|"); got != "# the net\ninput 8|; relu # here|\n\nadd {\n relu\n} { }\n# end\n" {
		t.Errorf("got %q", got)
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"add { # a\n  conv 3 1x1 # b\n  relu\n} { }": "add { conv 3 1x1; relu } { }",
		"let a = (1 +\n 2)":                          "let a = (1 + 2)",
		"if a {\n relu\n} else {\n tanh; relu\n}":    "if a { relu } else { tanh; relu }",
		"add {\n relu\n":                             "add {\n relu\n",
		"block b {\n a\n# }\n":                       "block b {\n a\n# }\n",
		"for w in 1,\n 2 { conv $w $(w)x3 }":         "for w in 1, 2 { conv $w $(w)x3 }",
	} {
		got := lang.OneLine(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestParseExpr(t *testing.T) {
	var parser lang.Parser
	for text, want := range map[string]string{"1 + 2": "", "c1.params": "", "1 +": "stops short", "1 2": "did not expect `2`", "relu; tanh": "did not expect", ")": "closes nothing"} {
		e, diags := parser.ParseExpr(lang.NewSource("t", ""), text, lang.Limits{})
		switch {
		case want == "" && (e == nil || len(diags.List) > 0):
			t.Errorf("%q: %v", text, diags.List)
		case want != "" && (e != nil || len(diags.List) != 1 || !strings.Contains(diags.List[0].Summary, want)):
			t.Errorf("%q: got %v, want ...%s", text, diags.List, want)
		}
	}
}
