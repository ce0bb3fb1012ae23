package repair

import (
	"regexp"
	"testing"

	"cnnl/eval"
	"cnnl/eval/dialect"
	"cnnl/lang"
)

// tells is a clause that tells the reader to change the text.
var tells = regexp.MustCompile(`(?:^|[;:,.] |\bor )(?:write|say|put|take|leave|insert|type|replace|drop|remove|give|choose|keep|move|name|begin|join|close|bring|turn) `)

// TestAdviceIsTried: what tells the reader to change the text is an edit, so that it can be
// tried; where the trial failed it is not told. A fact, a rule or an example is no advice.
func TestAdviceIsTried(t *testing.T) {
	for _, s := range mendedScripts() {
		file, diags := lang.Parse(s.src, lang.Limits{})
		diags.Merge(eval.Evaluate(file, eval.Options{}).Diags)
		for _, d := range diags.List {
			if tells.MatchString(d.Hint) && len(d.Ways) == 0 {
				t.Errorf("%s says %q, and has no edit for it", d.Summary, d.Hint)
			}
		}
		for _, d := range s.Diags.List {
			if tells.MatchString(d.Hint) && len(d.Fixes) == 0 {
				t.Errorf("%q: %s says %q, and nothing has been tried", s.src.Text, d.Summary, d.Hint)
			}
		}
	}
	for _, e := range dialect.Table() {
		if e.Is == dialect.Prose && tells.MatchString(e.Here) {
			t.Errorf("of %s the table says %q, and no edit can say it", e.Words, e.Here)
		}
	}
}
