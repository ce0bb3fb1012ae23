package grade_test

import (
	"strings"
	"testing"

	"cnnl/grade"
)

// TestLettersOfAnyLanguage: names of layers and lets, titles and ids are written in any,
// and one that is written with marks of its own is the same name.
func TestLettersOfAnyLanguage(t *testing.T) {
	k := key(t, "input 8x8x3\nconv größe 4 3x3\nconv слой 4 3x3\nconv 卷积 4 1x1\nlet ответ = 卷积.params\n"+
		"mark 2 \"Größe\" größe.params\nmark 2 \"Слой\" слой.out\nmark 2 \"卷积\" answers 卷积.params\nmark 2 \"ответ\" answers ответ\n")
	script := "input 8x8x3\nconv gro\u0308ße 4 3x3\nconv ζώνη 4 3x3\nconv क्रम 4 1x1\nexpect क्रम.params == 20\nlet ответ = 20\n"
	r := gradeOne(k, grade.Submission{ID: "张伟", Text: script})
	if *r.Score != "8" {
		t.Errorf("score %s: %+v", *r.Score, r.Checks)
	}
	o, err := grade.ReadOverrides(strings.NewReader("id,check,points,reason\n张伟,Gro\u0308ße,1,asked\n张伟,Слой,0,asked\n"), []*grade.Key{k}, false)
	if err != nil {
		t.Fatal(err)
	}
	if o.Apply(&r); *r.Score != "5" || len(o.Unused()) > 0 {
		t.Errorf("by hand: %s, unused %v", *r.Score, o.Unused())
	}
}

// TestTooManyPointsByHand: more points than there are, of a check or of all, are refused
// without force, in whichever way a title is written.
func TestTooManyPointsByHand(t *testing.T) {
	k := key(t, "input 8x8x3\nconv c 4 3x3\nmark 2 \"Größe\" c.out\nmark 3 \"Total\" total\n")
	for row, want := range map[string]string{
		"s,Größe,2.01,x":    "line 2: it gives s 2.01 points for Größe, which has 2; --force allows it",
		"s,Gro\u0308ße,3,x": "line 2: it gives s 3 points for Größe, which has 2; --force allows it",
		"s,,5.5,x":          "line 2: it gives s 5.5 points for the whole score, which has 5; --force allows it",
		"s,*,6,x":           "line 2: it gives s 6 points for the whole score, which has 5; --force allows it",
		"s,Total,3,x":       "",
		"s,Total,\"3,5\",x": "line 2: it gives s 3.5 points for Total, which has 3; --force allows it",
	} {
		text := "id,check,points,reason\n" + row + "\n"
		_, err := grade.ReadOverrides(strings.NewReader(text), []*grade.Key{k}, false)
		if got := ""; err != nil {
			if got = err.Error(); got != want {
				t.Errorf("%s: %s", row, got)
			}
		} else if want != "" {
			t.Errorf("%s is taken", row)
		}
		if o, err := grade.ReadOverrides(strings.NewReader(text), []*grade.Key{k}, true); err != nil || (len(o.Notes) > 0) != (want != "") {
			t.Errorf("%s with force: %v", row, err)
		}
	}
}
