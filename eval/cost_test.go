package eval_test

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

// TestCost: whatever a script does much of is counted, each piece for itself.
func TestCost(t *testing.T) {
	terms := strings.Repeat("1 + ", 99) + "1"
	for _, c := range []struct {
		what, script string
		least, most  int
	}{
		{"statements", "input 8\nrelu\nrelu\n", 3, 3},
		{"turns", "input 8\nrepeat 100 { relu }\n", 201, 202},
		{"terms of a let", "input 8\nrepeat 100 { let a = " + terms + " }\n", 100 * 100, 102 * 101},
		{"arguments", "input 8\nrepeat 100 { let a = max(" + strings.Repeat("1, ", 99) + "1) }\n", 100 * 100, 102 * 102},
		{"terms of a condition", "input 8\nrepeat 100 { if 100 == " + terms + " { relu } }\n", 100 * 100, 105 * 105},
		{"terms of a claim", "input 8\nrepeat 100 { expect 100 == " + terms + " }\n", 100 * 100, 220 * 105},
		{"defaults of a block", "input 8\nblock b(n = " + terms + ") { dense $n }\nrepeat 100 { b }\n", 100 * 100, 105 * 105},
		{"tensors of a layer", "input a 4x4x1\nrepeat 100 { add with" + strings.Repeat(" a", 100) + " }\n", 100 * 100, 102 * 102},
	} {
		file, diags := lang.Parse(lang.NewSource("t", c.script), lang.Limits{})
		v := eval.Evaluate(file, eval.Options{})
		if diags.Merge(v.Diags); diags.Failed() {
			t.Fatalf("%s: %v", c.what, diags.List)
		}
		if n := v.Steps(); n < c.least || n > c.most {
			t.Errorf("%s: %d steps, want %d to %d", c.what, n, c.least, c.most)
		}
		v = eval.Evaluate(file, eval.Options{Limits: eval.Limits{Steps: max(1, c.least/2)}})
		if list := v.Diags.List; len(list) == 0 || list[0].Code != lang.Limit {
			t.Errorf("%s: half of its steps suffice: %v", c.what, list)
		}
	}
}
