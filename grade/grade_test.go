package grade_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/grade"
	"cnnl/internal/gen"
	"cnnl/lang"
)

func key(t testing.TB, text string) *grade.Key {
	t.Helper()
	k, diags := newKey(text)
	for _, d := range diags.List {
		if d.Severity == lang.Error {
			t.Fatalf("the key: %s (%s)", d.Summary, d.Detail)
		}
	}
	return k
}

func newKey(text string) (*grade.Key, lang.Diagnostics) {
	file, diags := lang.Parse(lang.NewSource("key.cnnl", text), lang.Limits{})
	if diags.Failed() {
		return nil, diags
	}
	return grade.NewKey(file, eval.Options{})
}

func grader(k *grade.Key) *grade.Grader { return (&grade.Keys{List: []*grade.Key{k}}).Grader() }

func gradeOne(k *grade.Key, s grade.Submission) grade.Record { return grader(k).Grade(s) }

func points(t testing.TB, k *grade.Key, script string) string {
	t.Helper()
	r := gradeOne(k, grade.Submission{ID: "s", File: "s.cnnl", Text: script})
	if r.Score == nil {
		return string(r.Outcome) + ": " + r.Why
	}
	return *r.Score
}

const homework = `input 120x120 cmyk
conv c1 20 3x3; relu
maxpool p1 2x2
conv c2 20 3x3; relu
conv c3 20 3x3; relu
conv c4 20 3x3
conv c5 = c3
flatten
dense f1 30; relu; dropout 0.5
dense f2 10
`

const marks = `
mark 4 "Total" total
mark 3 "Output shapes" shapes
mark 3 "Parameters per layer" params
mark 2 "c3 and c5 share" shares c3 c5
mark 1 "It runs" runs
`

// TestFairness: what a submission earns, by what is right in it. Ten layers
// count for shapes (c1 p1 c2 c3 c4 c5 flatten f1 f2: nine), seven for
// parameters.
func TestFairness(t *testing.T) {
	k := key(t, homework+marks+"mark 2 \"Small\" expect total <= 10_000_000 and count(conv) >= 3\nmark 2 \"Stated\" answers total c1.params\nmark 1 \"RAM\" answers ram\nlet ram = 4 * total\n")
	right := homework + "expect total == 1_748_540 and c1.params == 740\n"
	if total := points(t, k, homework); total != "15" {
		t.Errorf("the network alone: %s", total)
	}
	r := gradeOne(k, grade.Submission{Text: homework})
	own := lang.Group(*r.Total)
	right = homework + "expect total == " + own + " and c1.params == (3*3*4 + 1)*20 == 740\n"
	for _, test := range []struct{ name, script, want string }{
		{"right, and stated", right, "17"},
		{"with ram", right + fmt.Sprintf("let ram = %d", 4**r.Total), "18"},
		{"other names", strings.NewReplacer("c1", "a", "c2", "b", "c3", "first", "c4", "d", "c5", "second", "f1", "x", "f2", "y", "p1", "pool").Replace(homework), "15"},
		{"names swapped", strings.NewReplacer("c1", "c2", "c2", "c1").Replace(homework), "15"},
		{"relus left out", strings.NewReplacer("; relu", "", "; dropout 0.5", "").Replace(homework), "15"},
		{"more activations", strings.ReplaceAll(homework, "\nflatten", "\nsigmoid; dropout 0.1\nflatten\n"), "15"},
		// total lost; one belief costs the parameters of one layer
		{"no bias anywhere", strings.NewReplacer("conv c1 20 3x3", "conv c1 20 3x3 no bias", "conv c2 20 3x3", "conv c2 20 3x3 no bias", "conv c3 20 3x3", "conv c3 20 3x3 no bias", "conv c4 20 3x3", "conv c4 20 3x3 no bias", "dense f1 30", "dense f1 30 no bias", "dense f2 10", "dense f2 10 no bias").Replace(homework), "10.57"},
		// the pool is missing: 8 of 9 shapes, all others the same statement; total lost
		{"first pooling forgotten", strings.ReplaceAll(homework, "maxpool p1 2x2\n", ""), "10.67"},
		// c1 itself is wrong in shape and parameters; what follows is not punished
		{"first kernel 5x5", strings.ReplaceAll(homework, "c1 20 3x3", "c1 20 5x5"), "10.24"},
		{"tie forgotten", strings.ReplaceAll(homework, "conv c5 = c3", "conv c5 20 3x3"), "8.57"},
		{"five false claims", homework + "expect total == 1\nexpect c1.params == 2\nexpect c2.params == 3\nexpect c3.params == 4\nexpect c1.out == 1x1x1\n", "15"},
		{"rgb for cmyk", strings.ReplaceAll(homework, "cmyk", "rgb"), "10.57"},
		{"a syntax error below", homework + "relu (\n", "14"},
		{"a bad layer in the middle", strings.ReplaceAll(homework, "conv c4 20 3x3", "conv c4 20 999x999"), "7.24"},
		{"input only", "input 120x120 cmyk\n", "0"},
		{"a trivial network", "input 120x120 cmyk\nflatten\n", "1.33"},
		{"a small network for another task", "input 8x8x3\nconv 1 1x1 no bias; conv 1 1x1 no bias; conv 1 1x1\nrelu\n", "1"},
		{"one for another output", "input 120x120 cmyk\nconv 1 1x1; conv 1 1x1; conv 1 1x1\nflatten; dense 1\n", "4.1"},
		{"an answer sheet", "expect total == " + own + "\nexpect c1.params == 740\n", "2"},
		{"a sheet with one wrong", "expect total == 5\nexpect c1.params == 740", "1"},
		{"empty", "", "ungradable: it is empty"},
		{"comments only", "# nothing\n", "ungradable: it is empty"},
		{"unreadable", "((((\n&&&\n", "ungradable: no statement could be read; line 1: ( is never closed; ) closes it"},
		{"commas", homework + "expect total == " + own, "16"},
		{"computed", homework + "expect total == total and c1.params == c1.params\n", "15"},
		{"a claim too early", strings.ReplaceAll(homework, "flatten", "expect total == "+own+"\nflatten"), "16"},
		{"two answers", homework + "expect c1.params == 740\nexpect c1.params == 720\n", "15"},
		{"twice the same", homework + "expect c1.params == 740\nexpect c1.params == 740\n", "16"},
		{"stated by a let", homework + "let n = 740\nexpect c1.params == n\n", "16"},
		{"marks of its own", homework + "mark 100 \"all\" runs\n", "15"},
		{"the key's marks claimed", "mark 4 \"Total\" total\naccept \"x\" { assume pad same }\n", "ungradable: no statement could be read"},
	} {
		if got := points(t, k, test.script); got != test.want {
			t.Errorf("%s: %s points, want %s", test.name, got, test.want)
			for _, c := range gradeOne(k, grade.Submission{Text: test.script}).Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
}

func TestReadings(t *testing.T) {
	k := key(t, "let k = 3\ninput 32x32 rgb\nconv c1 8 $(k)x$(k)\nconv c2 8 $(k)x$(k)\nflatten\ndense f 10\nmark 6 \"Total\" total\nmark 4 \"Shapes\" shapes\n"+
		"accept \"same padding\" { assume pad same }\naccept \"five\" { let k = 5 }\naccept \"one layer\" { input 32x32x3; conv c1 16 3x3; flatten; dense f 10 }\n")
	for script, want := range map[string]string{
		"input 32x32x3; conv 8 3x3; conv 8 3x3; flatten; dense 10":                   "10 ",
		"input 32x32x3; conv 8 3x3 pad 1; conv 8 3x3 pad same; flatten; dense 10":    "10 same padding",
		"input 32x32x3; conv 8 5x5; conv 8 5x5; flatten; dense 10":                   "10 five",
		"input 32x32x3; conv 16 3x3; flatten; dense 10":                              "10 one layer",
		"input 32x32x3; conv 8 3x3 pad same; conv 8 3x3; flatten; dense 10":          "3 ",
		"input 32x32x3; conv 8 5x5 pad same; conv 8 5x5 pad same; flatten; dense 10": "4 same padding",
	} {
		r := gradeOne(k, grade.Submission{Text: script})
		if got := *r.Score + " " + r.Reading; got != want {
			t.Errorf("%s: %s, want %s", script, got, want)
		}
	}
}

func TestAnswers(t *testing.T) {
	base := "input 28x28 gray\nconv c1 6 5x5 pad 2; relu\nmaxpool p 2x2\nconv c2 16 5x5\nflatten\ndense f 10\n"
	k := key(t, base+"mark 12 \"Table\" answers all.out all.params\n")
	sheet := "expect c1.out == 28x28x6 and c1.params == 156\nexpect p.out == 14x14x6; expect c2.out == 10x10x16; expect c2.params == (5*5*6 + 1)*16\nexpect flatten1.out == 1600; expect f.out == 10; expect f.params == 16_010\n"
	for _, test := range []struct{ script, want string }{
		{sheet, "12"},
		{base + sheet, "12"},
		{strings.ReplaceAll(base, "c2", "second") + strings.ReplaceAll(sheet, "c2", "second"), "12"},
		{strings.ReplaceAll(sheet, "156", "150"), "10.5"},
		{strings.ReplaceAll(sheet, "28x28x6", "28x28"), "10.5"},
		{strings.ReplaceAll(base, "pad 2", "") + "expect c1.out == 24x24x6 and c1.params == 156", "1.5"},
	} {
		if got := points(t, k, test.script); got != test.want {
			t.Errorf("%s: %s points, want %s", test.script, got, test.want)
		}
	}
	carried := key(t, base+"mark 2 \"Shape\" answers carried c1.out\nmark 2 \"Claims\" answers\nexpect c1.params == 156\nexpect total == 18582\n")
	for _, test := range []struct{ script, want string }{
		{strings.ReplaceAll(base, "pad 2", "") + "expect c1.out == 24x24x6", "2"},
		{"expect c1.out == 24x24x6", "0"},
		{"expect total == 18_582; expect c1.params == 3", "1"},
	} {
		if got := points(t, carried, test.script); got != test.want {
			t.Errorf("%s: %s points, want %s", test.script, got, test.want)
		}
	}
	r := gradeOne(k, grade.Submission{Text: strings.ReplaceAll(base, "pad 2", "") + "expect c1.out == 24x24x6"})
	if said := r.Checks[0].Said; !strings.Contains(said, "24x24x6 for c1.out is right for the network that was written") {
		t.Errorf("said %s", said)
	}
}

// TestKeysRefused: a key that cannot be earned, that gives points for nothing
// or that is no key.
func TestKeysRefused(t *testing.T) {
	net := "input 8x8x3\nconv c1 4 3x3\nconv c2 4 3x3\n"
	for text, want := range map[string]string{
		"input 8x8x3\nconv 4 99x99\n":                                            "kernel is larger",
		"input 8x8x3\nconv c 4 3x3\nexpect c.params == 3\n":                      "c.params is 112",
		net + `mark 2 "a" shares c1 c2`:                                          "the key does not earn mark `a`",
		net + `mark 2 "a" shares c1`:                                             "two layers or more",
		net + `mark 2 "a" shares c1 c9`:                                          "needs a layer",
		net + `mark 2 "a" expect total < 3`:                                      "the key does not earn mark `a`",
		net + `mark 0 "a" total`:                                                 "points are a number above 0",
		net + "mark 1 \"a\" total\nmark 1 \"a\" params":                          "two marks are called `a`",
		net + `mark 1 "" total`:                                                  "needs a title",
		net + `mark 1 "a" c9.out`:                                                "no layer or value called c9",
		net + `mark 1 "a" shapes strictly`:                                       "shapes stands alone",
		net + `mark 1 "a" answers`:                                               "names nothing to answer",
		net + `mark 1 "a" answers all.outs`:                                      "layers have no .outs",
		net + "mark 1 \"a\" shares c1 c2\naccept \"x\" { assume pad same }":      "does not earn",
		net + "mark 1 \"a\" c2.out\naccept \"x\" { input 8x8x3; conv c1 4 3x3 }": "no layer or value called c2",
		net + "mark 1 \"a\" total\naccept \"x\" { assume padd same }":            "accept `x`: conv has no option",
	} {
		if _, diags := newKey(text); !strings.Contains(fmt.Sprint(diags.List), want) {
			t.Errorf("%s: got %v, want %s", text, diags.List, want)
		}
	}
}

// TestTrivialNetworks: a condition that next to nothing meets is told to the
// teacher, and one that asks for something is not.
func TestTrivialNetworks(t *testing.T) {
	for claim, want := range map[string]int{"total <= 1_000_000": 1, "total <= 1_000_000 and count(conv) >= 2": 0, "total <= 1_000": 0, "total >= 200": 1} {
		_, diags := newKey("input 8x8x3\nconv 4 3x3\nconv 4 3x3\nmark 2 \"a\" expect " + claim)
		if len(diags.List) != want || diags.Failed() {
			t.Errorf("%s: %v", claim, diags.List)
		}
	}
}

func TestLimitsAndFaults(t *testing.T) {
	k := key(t, homework)
	for text, want := range map[string]string{
		"input 8\nrepeat 1_000_000_000 { relu }":      "limit: with a loop of 1,000,000,000 turns",
		strings.Repeat("input 8\n", 200_000):          "limit: the script is longer",
		"use \"x.cnnl\"\n" + homework:                 "10",
		"input 8x8x3\n" + strings.Repeat("(", 300000): "0",
	} {
		if got := points(t, k, text); !strings.HasPrefix(got, want) {
			t.Errorf("%.40s: %s, want %s", text, got, want)
		}
	}
}

// TestFaults: a fault of the program's own is a record without a score, and
// the next submission is graded.
func TestFaults(t *testing.T) {
	broken := &grade.Key{Question: "a"} // no key that was read is like this
	good := key(t, homework)
	good.Question = "b"
	g := (&grade.Keys{List: []*grade.Key{broken, good}}).Grader()
	if r := g.Grade(grade.Submission{ID: "x", Question: "a", Text: homework}); r.Outcome != grade.Internal || r.Score != nil || r.Why == "" {
		t.Errorf("got %+v", r)
	}
	if r := g.Grade(grade.Submission{ID: "x", Question: "b", Text: homework}); r.Outcome != grade.Graded || *r.Score != "10" {
		t.Errorf("got %+v", r)
	}
}

func TestRounded(t *testing.T) {
	for text, want := range map[string]string{"1/3": "0.33", "2/3": "0.67", "1/200": "0.01", "1/201": "0", "10": "10", "7.5": "7.5", "0": "0", "2675/1000": "2.68", "100": "100"} {
		p, _ := grade.Points(text)
		if got := grade.Rounded(p); got != want {
			t.Errorf("%s is rounded to %s, want %s", text, got, want)
		}
	}
}

// TestScoresAreBounded: whatever is handed in, a score lies between 0 and the
// most, checks add up to it, and grading twice gives the same.
func TestScoresAreBounded(t *testing.T) {
	k := key(t, homework+marks)
	rapid.Check(t, func(t *rapid.T) {
		text := gen.Script(t)
		r := gradeOne(k, grade.Submission{Text: text})
		again := gradeOne(k, grade.Submission{Text: text})
		if fmt.Sprint(r.Checks) != fmt.Sprint(again.Checks) {
			t.Errorf("two gradings differ")
		}
		if r.Outcome == grade.Internal {
			t.Errorf("a fault: %s", r.Why)
		}
		if r.Outcome != grade.Graded {
			return
		}
		if *r.Score != grade.Rounded(r.Sum()) {
			t.Errorf("the checks add up to %s, the score is %s", r.Sum(), *r.Score)
		}
		for _, c := range r.Checks {
			score, _ := grade.Points(c.Score)
			most, _ := grade.Points(c.Max)
			if score.Sign() < 0 || score.Cmp(most) > 0 {
				t.Errorf("%s: %s of %s", c.Title, c.Score, c.Max)
			}
		}
	})
}

func BenchmarkGrade(b *testing.B) {
	k := key(b, homework+marks)
	g := grader(k)
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			g.Grade(grade.Submission{Text: homework})
		}
	})
	for name, script := range map[string]string{"right": homework, "wrong": strings.ReplaceAll(homework, "c1 20 3x3", "c1 20 5x5")} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				g.Grade(grade.Submission{Text: fmt.Sprintf("let n = %d\n%s", i, script)})
			}
		})
	}
}

// TestManyAxes: a layer behind a tensor with as many axes as there can be, which most
// kinds refuse, is graded as any mistake.
func TestManyAxes(t *testing.T) {
	k := key(t, homework+marks)
	for _, kind := range layer.All {
		if kind.Source {
			continue
		}
		text := "input 9x9x8\nreshape 1x1x1x1x1x9x9x8\n" + kind.Example + "\nmaxpool 2x2\n"
		if r := gradeOne(k, grade.Submission{ID: "s", File: "s.cnnl", Text: text}); r.Outcome != grade.Graded {
			t.Errorf("%s: %s: %s", kind.Example, r.Outcome, r.Why)
		}
	}
}
