package diagnose_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"cnnl/diagnose"
	"cnnl/lang"
)

// A wrongAnswer is one that was published, at an address; bare or with its
// calculation. Expect lists what may be the cause: numbers of the catalogue that belong
// together. None: nothing may be shown.
type wrongAnswer struct {
	ID, Address, Key string
	Claims           []string
	Expect           [][]string
}

// right reports an explanation with all numbers of one cause, and no more causes.
func (a *wrongAnswer) right(d *diagnose.Diagnosis) bool {
	for _, cause := range a.Expect {
		if subset(cause, d.Catalogue) && len(d.IDs) <= len(cause) {
			return true
		}
	}
	return false
}

func subset(a, b []string) bool {
	in := map[string]bool{}
	for _, x := range b {
		in[x] = true
	}
	for _, x := range a {
		if !in[x] {
			return false
		}
	}
	return true
}

// TestWrongAnswers: the cause of each published wrong answer is shown, or at least
// listed for the teacher, and none that is wrong is shown. It prepares a network and
// counts its pairs for each question, which takes about a second.
func TestWrongAnswers(t *testing.T) {
	text, err := os.ReadFile("testdata/wrong_answers.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	all, shown := 0, 0
	engines := map[string]*diagnose.Engine{}
	for line := range bytes.Lines(text) {
		var a wrongAnswer
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		v := evaluated(t, a.Key)
		if engines[a.Key] == nil {
			engines[a.Key] = engine(t, v)
		}
		r, diags := engines[a.Key].Ask(diagnose.NewReader(v, lang.Limits{}), a.Claims)
		if diags.Failed() {
			t.Errorf("%s: %v", a.ID, diags.List)
		}
		listed := false
		for i, d := range r.Diagnoses {
			listed = listed || a.right(d)
			if i == 0 && r.Shown && !a.right(d) {
				t.Errorf("%s: shown is %v, of %v", a.ID, d.Catalogue, a.Expect)
			}
		}
		if len(a.Expect) > 0 && !listed {
			t.Errorf("%s: %v is not among the explanations", a.ID, a.Expect)
		}
		if all++; r.Shown {
			shown++
		}
	}
	t.Logf("%d of %d are shown", shown, all)
	if shown < 59 {
		t.Errorf("%d of %d are shown, not 59", shown, all)
	}
}
