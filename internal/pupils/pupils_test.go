package pupils

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

// TestPupils: what a student claims truthfully is what the program counts, a
// class is always the same, and most mistakes are in it.
func TestPupils(t *testing.T) {
	class, again := Make(500, 7), Make(500, 7)
	made := map[string]int{}
	for i, p := range class {
		if p != again[i] {
			t.Fatalf("pupil %d is %+v, then %+v", i, p, again[i])
		}
		made[p.Mistake]++
		file, diags := lang.Parse(lang.NewSource(p.File, p.Text), lang.Limits{})
		_, more := eval.Run(file, eval.Options{})
		diags.Merge(more)
		for _, d := range diags.List {
			lies := strings.HasPrefix(p.Mistake, "claims")
			if d.Severity == lang.Error && !(d.Code == lang.Expect && lies) && !d.Form {
				t.Errorf("%s: %s\n%s", p.Mistake, d.Summary, p.Text)
			}
		}
	}
	for _, m := range mistakes {
		if made[m.name] == 0 {
			t.Errorf("nobody %s", m.name)
		}
	}
}
