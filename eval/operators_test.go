package eval_test

import (
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

// TestOperatorsCompute: every operator that the language reads computes, and
// chains only where the table says so.
func TestOperatorsCompute(t *testing.T) {
	for _, o := range lang.Operators() {
		var lets []string
		switch {
		case o.Between >= lang.Comparison:
			lets = append(lets, "let a = 6 "+o.Text+" 2")
		case o.Between > 0:
			lets = append(lets, "let a = true "+o.Text+" false")
		}
		switch {
		case o.Before == lang.Minus:
			lets = append(lets, "let a = "+o.Text+" 2")
		case o.Before > 0:
			lets = append(lets, "let a = "+o.Text+" true")
		}
		for _, let := range lets {
			if _, diags := run(lang.NewSource("test", let), eval.Options{}); diags.Failed() {
				t.Errorf("%s: %v", let, diags.List)
			}
		}
		if o.Between >= lang.Comparison {
			let := "let a = 6 " + o.Text + " 2 " + o.Text + " 1"
			if _, diags := run(lang.NewSource("test", let), eval.Options{}); diags.Failed() != o.Single {
				t.Errorf("%s: %v", let, diags.List)
			}
		}
	}
}
