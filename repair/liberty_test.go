package repair

import (
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

// mend reads a script and looks for ways out of its mistakes.
func mend(text string) (src *lang.Source, r Result) {
	src = lang.NewSource("t", text)
	file, diags := lang.Parse(src, lang.Limits{})
	_, more := eval.Run(file, eval.Options{})
	diags.Merge(more)
	diags.Sort()
	return src, Mend(src, diags, Options{})
}

// TestExamples: of every liberty's example a fix makes what it is without the liberty.
func TestExamples(t *testing.T) {
	for _, l := range liberties() {
		if l.name == "" || l.when == nil {
			t.Errorf("%v: a liberty has a name and says when it is taken", l)
		}
		src, r := mend(l.example[0])
		if !offers(src, r, l.example[1]) {
			t.Errorf("%s: nothing makes %q of %q: %v", l.name, l.example[1], l.example[0], r.Diags.List)
		}
	}
}

func offers(src *lang.Source, r Result, want string) bool {
	if r.Text == want {
		return true
	}
	for _, d := range r.Diags.List {
		for _, f := range d.Fixes {
			if text, err := lang.Apply(src.Text, f.Edits); err == nil && text == want {
				return true
			}
		}
	}
	return false
}

// TestLeavesRightAlone: what has no mistake is as it was.
func TestLeavesRightAlone(t *testing.T) {
	for _, text := range []string{
		"input 32×32 rgb\nconv 20 3×3", "input 32x32x3; conv 20 3x3;; relu;", "input 32x32x3\n# conv2d 20 3x3 // old\nconv 20 3x3 # stride=2",
		"input 32x32x3\nconv 20 3x3\nmark 4 \"total: conv2d, stride=2\" total", "let b = false\ninput 32x32x3\nconv 20 3x3 bias $b\nconv 20 3x3 bias true",
		"input 10x4 sequence\ngru 5",
	} {
		if _, r := mend(text); r.Text != text || len(r.Diags.List) > 0 {
			t.Errorf("%q: %q, %v", text, r.Text, r.Diags.List)
		}
	}
}

// TestAmbiguous: where several things can be meant none is certain.
func TestAmbiguous(t *testing.T) {
	for _, text := range []string{
		"input 32x32x3\nconv 20 3 3", "input 32x32x3\nconv 20 3x3 1", "input 32x32x3\npool 2x2", "input 32x32 color\nconv 8 3x3",
		"input 32x32x3\nconv stride 20 3x3", "input 32x32x3\nrelu conv 20 3x3", "input 8x8x4\ndense 10", "conv 20 3x3",
		"input 8x8x4\nconv a 4 1\nconv b 4 1\nconv c = d", "input 8x8x4\nconv 20.5 3x3",
	} {
		_, r := mend(text)
		if r.Text != text {
			t.Errorf("%q is claimed to be %q", text, r.Text)
		}
	}
}

// TestConserves: a fix that is certain takes no number away.
func TestConserves(t *testing.T) {
	edit := func(start, end int, text string) []lang.Edit {
		return []lang.Edit{{Span: lang.Span{Start: start, End: end}, Text: text}}
	}
	for _, c := range []struct {
		text  string
		edits []lang.Edit
		free  []string
		want  bool
	}{
		{"conv 20, 3x3", edit(7, 8, ""), nil, true},
		{"conv 20 3x3", edit(5, 8, ""), nil, false},
		{"conv 2O 3x3", edit(6, 7, "0"), nil, false},
		{"conv 2O 3x3", edit(6, 7, "0"), []string{"2O", "20"}, true},
		{"dense 1 000", edit(7, 8, ""), nil, false},
	} {
		if got := conserves(c.text, c.edits, c.free); got != c.want {
			t.Errorf("%q %v: got %t", c.text, c.edits, got)
		}
	}
}
