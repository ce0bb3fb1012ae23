package foreign_test

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/repair/foreign"
)

// FuzzRead: whatever is pasted, reading it ends, its edits can be carried out, and they
// touch nothing outside of what it covers.
func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/keras.txt", "testdata/pytorch.txt", "testdata/darknet.txt"} {
		for _, p := range programs(f, file) {
			f.Add(p.text, 0)
			f.Add(p.text, len(p.text)/2)
		}
	}
	f.Add("x = [f(x) for x in range(999)]\ny = Conv2D(2, 3)(x)\nfor i in range(99):\n    y = y + y\n", 30)
	f.Fuzz(func(t *testing.T, text string, at int) {
		if at < 0 || at > len(text) {
			return
		}
		for _, r := range foreign.Look(text).Read(at, eval.Options{}, lang.Limits{}) {
			got, err := lang.Apply(text, r.Edits)
			if err != nil {
				t.Fatal(err)
			}
			above := text[:strings.LastIndexByte(text[:r.Span.Start], '\n')+1]
			if !strings.HasPrefix(got, above) || !strings.HasSuffix(got, text[r.Span.End:]) {
				t.Errorf("the reading touches what it does not cover:\n%s", got)
			}
		}
	})
}
