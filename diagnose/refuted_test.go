package diagnose_test

import (
	"strings"
	"testing"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/lang"
)

// helpFor is the help that a failed claim of a script gets.
func helpFor(text, summary string) string {
	parsed, diags := lang.Parse(lang.NewSource("key", text), lang.Limits{})
	v := eval.Evaluate(parsed, eval.Options{})
	diags.Merge(v.Diags)
	diagnose.Help(v, parsed, &diags)
	for _, d := range diags.List {
		if strings.HasPrefix(d.Summary, summary) {
			return d.Hint
		}
	}
	return "there is no such message"
}

// The claims of a script that hold are evidence for what is said of those that do not.
func TestRightClaimsAreEvidence(t *testing.T) {
	const network = "input 28x28 gray\nlet k = 3\nconv c1 16 3x3\nconv c2 16 3x3\nflatten\ndense f1 10\n"
	const wrong = "expect c1.params == 144\n"
	for name, c := range map[string]struct{ claims, about, want string }{
		"by itself":                       {wrong, "c1.params", "to if no bias is counted. "},
		"the same belief would spoil it":  {wrong + "expect c2.params == (k*k*16 + 1)*16\n", "c1.params", "no bias is counted in c1"},
		"the number may stand in front":   {wrong + "expect 2320 == c2.params\n", "c1.params", "no bias is counted in c1"},
		"a comparison of two layers":      {wrong + "expect c2.params == c2.weights + c2.biases\n", "c1.params", "to if no bias is counted. "},
		"a total of the stated lines":     {"expect c1.params == 160\nexpect c2.params == 2320\nexpect total == 2480\n", "total", "only these lines are summed, without f1"},
		"the total without its lines":     {"expect total == 2480\n", "total", "only the convolutions"},
		"what holds in a loop is not met": {wrong + "for i in 1..2 { expect c2.params == 2320 }\n", "c1.params", "to if no bias is counted. "},
	} {
		if got := helpFor(network+c.claims, c.about); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, not ...%s", name, got, c.want)
		}
	}
}
