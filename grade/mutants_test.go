package grade_test

import (
	"strings"
	"testing"

	"cnnl/grade"
	"cnnl/lang"
)

// TestMutants: a key for which a wrong network earns everything is refused; one that
// sees it by nothing but the floor is told so.
func TestMutants(t *testing.T) {
	for _, test := range []struct{ key, severity, want string }{
		{small + "mark 4 \"Total\" total\nmark 3 \"Shapes\" shapes\nmark 3 \"Params\" params\n", "", ""},
		{small + "mark 4 \"Total\" total\n", "warning", "a pooling too many, an input of twice the size: such"},
		{small + "mark 4 \"Total\" total\ndiffers 0 %\n", "error", "a network with a pooling too many earns all points"},
		{skips + "mark 4 \"Total\" total\nmark 3 \"Shapes\" shapes\nmark 3 \"Params\" params\n", "", ""},
		{skips + "mark 4 \"Total\" total\nmark 2 \"MACs\" total.macs\n", "warning", "a skip from another layer: such"},
		{homework + "mark 2 \"share\" shares c3 c5\ndiffers 0 %\n", "error", "no biases earns all points"},
		{homework + "mark 2 \"Small\" expect total <= 10_000_000 and count(conv) >= 3\n", "", ""}, // it compares no networks
	} {
		_, diags := newKey(test.key)
		said := ""
		for _, d := range diags.List {
			said += d.Severity.String() + ": " + d.Summary + "; " + d.Detail + "\n"
		}
		if (test.want == "") != (len(diags.List) == 0) || !strings.Contains(said, test.want) || !strings.HasPrefix(said, test.severity) {
			t.Errorf("%s\nsays\n%s\nwant %s: %s", test.key, said, test.severity, test.want)
		}
	}
}

// TestRules: what a key says of slips and differences.
func TestRules(t *testing.T) {
	const all = "mark 40 \"Total\" total\nmark 30 \"Shapes\" shapes\nmark 30 \"Params\" params\n"
	pool := strings.Replace(small, "maxpool p1 2x2", "maxpool p1 2x2; maxpool p2 2x2", 1)
	for rule, want := range map[string]string{"": "95", "differs 20 %\n": "80", "differs 7.5\n": "92.5", "differs 0 %\n": "95.71"} {
		if got := points(t, key(t, small+all+rule), pool); got != want {
			t.Errorf("%s: %s points, want %s", rule, got, want)
		}
	}
	for rule, want := range map[string]string{
		"differs 120 %": "this is no number of points", "differs 5 %\ndiffers 1 %": "the key says twice", "slips 1\nslips refused": "the key says twice",
		"accept 3 \"x\" { assume pad 0 }": "what a reading is worth is a part", "mark 1 \"x\" total within 1 %": "only answers can be within",
	} {
		_, diags := newKey(small + all + rule + "\n")
		if len(diags.List) == 0 || !strings.Contains(diags.List[0].Summary, want) || diags.List[0].Severity != lang.Error {
			t.Errorf("%s: %v, want %s", rule, diags.List, want)
		}
	}
}

// TestWorth: a reading that is worth a part of the points of what it changes, and a
// misconception that is told.
func TestWorth(t *testing.T) {
	k := key(t, "input 32x32 rgb\nconv c1 6 5x5\nflatten\ndense f 10\nlet ram = 4 * total / 1000\n"+
		"mark 10 \"Total\" answers total\nmark 10 \"RAM\" answers ram\nmark 10 \"Params\" params\n"+
		"accept 80 % \"bits\" { let ram = 32 * total / 1000 }\nmisconception \"biases forgotten\" { assume no bias }\nmisconception 50 % \"same\" { assume pad same }\n")
	net := "input 32x32x3\nconv 6 5x5\nflatten\ndense 10\n"
	for _, test := range []struct{ script, want, found string }{
		{net + "expect total == 47_506\nlet ram = 190.024\n", "30", ""},
		{net + "expect total == 47_506\nlet ram = 1520.192\n", "28", ""},
		{net + "expect total == 47_506\nlet ram = 1520\n", "28", ""},
		{strings.ReplaceAll(net, "5x5", "5x5 no bias") + "expect total == 47_500\n", "5", ""},
		{strings.NewReplacer("5x5", "5x5 no bias", "dense 10", "dense 10 no bias").Replace(net) + "expect total == 47_490\n", "5", "biases forgotten"},
		{"expect total == 47_490\nlet ram = 189.96\n", "10", "biases forgotten"},
		{strings.ReplaceAll(net, "5x5", "5x5 pad same") + "expect total == 61_906\n", "10", "same"},
	} {
		r := gradeOne(k, grade.Submission{Text: test.script})
		found := ""
		for _, f := range r.Findings {
			found += f.ID
		}
		if *r.Score != test.want || found != test.found {
			t.Errorf("%s: %s points, %q, want %s, %q", test.script, *r.Score, found, test.want, test.found)
			for _, c := range r.Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
}
