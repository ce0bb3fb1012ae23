package grade_test

import (
	"testing"

	"cnnl/grade"
)

// TestBranches: which branch of a merge is written first costs nothing.
func TestBranches(t *testing.T) {
	for _, test := range []struct{ name, key, script, want, matching string }{
		{"two branches", "input 32x32 rgb\nadd { conv a 8 3x3 pad 1 } { conv b 8 1x1 }\nflatten\ndense f 10\n", "input 32x32 rgb\nadd { conv q 8 1x1 } { conv p 8 3x3 pad 1 }\nflatten\ndense g 10\n", "12", "branches"},
		{"a slip in one", "input 32x32 rgb\nadd { conv a 8 3x3 pad 1 } { maxpool 3x3 stride 1 pad 1; conv b 8 1x1 }\nflatten\ndense f 10\n", "input 32x32 rgb\nadd { maxpool 3x3 stride 1 pad 1; conv q 8 1x1 } { conv p 8 5x5 pad 2 }\nflatten\ndense g 10\n", "6.67", "branches"},
		{"from and with", "input 32x32x8\nrelu x\nconv a 8 3x3 pad 1; conv b 8 3x3 pad 1\nfrom x; conv s 8 1x1\nadd with b\nflatten; dense f 10\n", "input 32x32x8\nrelu x\nconv s1 8 1x1\nfrom x; conv a1 8 3x3 pad 1; conv b1 8 3x3 pad 1\nadd with s1\nflatten; dense f1 10\n", "12", "branches"},
		{"branches in branches", "input 16x16x8\nconcat { conv a 4 1x1 } { conv b 4 1x1; concat { conv c 4 3x1 pad 1x0 } { conv d 4 1x3 pad 0x1 } } { }\nflatten; dense f 10\n", "input 16x16x8\nconcat { } { conv b 4 1x1; concat { conv d 4 1x3 pad 0x1 } { conv c 4 3x1 pad 1x0 } } { conv a 4 1x1 }\nflatten; dense g 10\n", "12", ""},
		{"outputs", "input 16x16x8\nflatten s; dense a 10; from s; dense b 3\n", "input 16x16x8\nflatten z; dense b 3; from z; dense q 10\n", "12", ""},
		{"in order", "input 32x32 rgb\nadd { conv a 8 3x3 pad 1 } { conv b 8 1x1 }\nflatten\ndense f 10\n", "input 32x32 rgb\nadd { conv q 8 3x3 pad 1 } { conv p 8 1x1 }\nflatten\ndense g 10\n", "12", "order"},
	} {
		k := key(t, test.key+"mark 4 \"Total\" total\nmark 4 \"Shapes\" shapes\nmark 4 \"Params\" params\n")
		r := gradeOne(k, grade.Submission{Text: test.script})
		if *r.Score != test.want || test.matching != "" && r.Matching != test.matching {
			t.Errorf("%s: %s points by %s, want %s by %s", test.name, *r.Score, r.Matching, test.want, test.matching)
			for _, c := range r.Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
}
