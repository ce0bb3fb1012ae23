package grade_test

import (
	"testing"

	"cnnl/grade"
)

// TestSlips: a slip of form costs once, in however many lines it is, and all together no
// more than the key says.
func TestSlips(t *testing.T) {
	const net = "input 32x32 rgb\nconv c1 6 5x5\nmaxpool p1 2x2\nconv c2 6 3x3\nmaxpool p2 2x2\nconv c3 6 3x3\nflatten\ndense f 10\n"
	const marks = "mark 40 \"Total\" total\nmark 30 \"Shapes\" shapes\nmark 30 \"Params\" params\n"
	const four = "// mine\ninput 32x32 rgb\nConv c1 6 5x5\nmaxpool p1 2x2\nconv c2, 6, 3x3\nmaxpool p2 2x2\ncnov c3 6 3x3\nflatten\ndense f units=10\n"
	for _, test := range []struct{ name, rule, script, want string }{
		{"none", "", net, "100"},
		{"capitals in all lines", "", "Input 32x32 rgb\nConv c1 6 5x5\nMaxpool p1 2x2\nConv c2 6 3x3\nMaxpool p2 2x2\nConv c3 6 3x3\nFlatten\nDense f 10\n", "95"},
		{"line numbers", "", "1 input 32x32 rgb\n2 conv c1 6 5x5\n3 maxpool p1 2x2\n4 conv c2 6 3x3\n5 maxpool p2 2x2\n6 conv c3 6 3x3\n7 flatten\n8 dense f 10\n", "95"},
		{"two readings, in all lines", "", "input 32x32 rgb\nconv c1 6 5*5\nmaxpool p1 2x2\nconv c2 6 3*3\nmaxpool p2 2x2\nconv c3 6 3*3\nflatten\ndense f 10\n", "90"},
		{"two readings, the second hidden by the first", "", "input 32x32 rgb\nconv c1 6 5x5\npool p1 2x2\nconv c2 6 3x3\npool p2 2x2\nconv c3 6 3x3\nflatten\ndense f 10\n", "90"},
		{"four kinds", "", four, "80"},
		{"at most", "slips 5 % at most 15 %\n", four, "85"},
		{"at most, in points", "slips 5 at most 12.5\n", four, "87.5"},
		{"at most more than they are", "slips 1 % at most 15 %\n", four, "96"},
		{"behind the last layer", "", net + "Relu\n", "95"},
		{"what is asked, not told", "", net + "print total\nc1.params?\n", "95"},
		{"refused: graded as it is written", "slips refused\n", net + "Relu\n", "60"},
	} {
		k := key(t, net+marks+test.rule)
		r := gradeOne(k, grade.Submission{Text: test.script})
		got := string(r.Outcome)
		if r.Score != nil {
			got = *r.Score
		}
		if got != test.want {
			t.Errorf("%s: %s points, want %s; slips %v, deductions %v", test.name, got, test.want, r.Slips, r.Deductions)
		}
	}
}
