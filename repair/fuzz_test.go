package repair

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

// read reads and evaluates a script.
func read(text string) *attempt {
	return (&mender{src: lang.NewSource("t", ""), opts: Options{Parser: new(lang.Parser), Eval: eval.Options{Scratch: new(eval.Scratch)}}, budget: budget{trials: 1}}).try(text)
}

// FuzzMend: whatever a script is, each fix that is offered can be carried out and leaves
// fewer or hidden mistakes; what is certain changes no claim; twice is as once.
func FuzzMend(f *testing.F) {
	for _, l := range liberties() {
		f.Add(l.example[0])
		f.Add(l.example[1])
	}
	for _, text := range []string{"", "\r\n", "conv", "{", "}", "input 8x8x4\nconv $(", "input 8x8\xff", "x = y\n", "input 3x3x3\nconv 3é 1\n", "input 8x8x4\r\nconv 2O 3\r\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			t.Skip()
		}
		checkMended(t, text)
	})
}

func checkMended(t *testing.T, text string) {
	t.Helper()
	before := read(text)
	src, r := mend(text)
	if !before.diags.Failed() && (r.Text != text || len(r.Diags.List) != len(before.diags.List)) {
		t.Fatalf("%q is right, and made %q", text, r.Text)
	}
	certain := 0
	for i := range r.Diags.List {
		d := &r.Diags.List[i]
		for _, fix := range d.Fixes {
			mended, err := lang.Apply(src.Text, fix.Of(src, d))
			if err != nil || mended == text {
				t.Fatalf("%q: %v cannot be carried out: %v", text, fix, err)
			}
			if fix.Rank == lang.Certain {
				certain++
			}
		}
	}
	after := read(r.Text)
	if r.Text != text && count(&after.diags).hard > count(&before.diags).hard {
		t.Fatalf("%q: %q has more mistakes", text, r.Text)
	}
	if digitsOf(before.claims) != digitsOf(after.claims) && len(after.claims) < len(before.claims) {
		t.Fatalf("%q: claims are lost in %q", text, r.Text)
	}
	if certain == 0 && r.Text != text {
		t.Fatalf("%q: %q, and nothing is certain", text, r.Text)
	}
}

func digitsOf(claims []string) string { return digits(strings.Join(claims, " ")) }
