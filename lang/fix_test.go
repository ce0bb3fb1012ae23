package lang_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "cnnl/internal/gen"
	"cnnl/lang"
)

func TestApply(t *testing.T) {
	edit := func(start, end int, text string) lang.Edit {
		return lang.Edit{Span: lang.Span{Start: start, End: end}, Text: text}
	}
	for _, c := range []struct {
		text  string
		edits []lang.Edit
		want  string // empty: refused
	}{
		{"conv 20 3x3", nil, "conv 20 3x3"},
		{"conv 20 3x3", []lang.Edit{edit(8, 11, "5x5"), edit(5, 7, "30")}, "conv 30 5x5"},
		{"conv", []lang.Edit{edit(4, 4, " 20"), edit(4, 4, " 3x3")}, "conv 20 3x3"},
		{"é𝔁", []lang.Edit{edit(2, 6, "x")}, "éx"},
		{"\xff", []lang.Edit{edit(0, 1, "x")}, "x"},
		{"é", []lang.Edit{edit(1, 2, "x")}, ""},
		{"conv", []lang.Edit{edit(0, 3, "a"), edit(2, 4, "b")}, ""},
		{"conv", []lang.Edit{edit(3, 5, "a")}, ""},
		{"conv", []lang.Edit{edit(3, 2, "a")}, ""},
		{"conv", []lang.Edit{edit(-1, 2, "a")}, ""},
	} {
		got, err := lang.Apply(c.text, c.edits)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%q: got %q, %v, want %q", c.text, got, err, c.want)
		}
	}
}

// TestApplyDifference: an edit that replaces all of a text by another gives the other,
// whatever bytes they are made of.
func TestApplyDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := rapid.String().Draw(t, "before"), rapid.String().Draw(t, "after")
		got, err := lang.Apply(before, []lang.Edit{{Span: lang.Span{End: len(before)}, Text: after}})
		if err != nil || got != after {
			t.Fatalf("got %q, %v", got, err)
		}
	})
}

func TestChangedLines(t *testing.T) {
	src := lang.NewSource("t", "input 8x8\r\nconv 2O 3x3\r\nrelu\n")
	d := &lang.Diagnostic{Source: src}
	for _, c := range []struct {
		old, new string
		first    int
		want     []string
	}{
		{"2O", "20", 2, []string{"conv 20 3x3"}},
		{"conv 2O 3x3\r\n", "", 2, []string{}},
		{"input", "use resnet\ninput", 1, []string{"use resnet"}},
		{"2O 3x3\r\nrelu", "20 3x3\r\nrelu6", 2, []string{"conv 20 3x3", "relu6"}},
	} {
		at := strings.Index(src.Text, c.old)
		f := lang.Fix{Edits: []lang.Edit{{Span: lang.Span{Start: at, End: at + len(c.old)}, Text: c.new}}}
		first, lines := f.Changed(src, d)
		if first != c.first || strings.Join(lines, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q: got %d, %q, want %d, %q", c.old, first, lines, c.first, c.want)
		}
	}
}
