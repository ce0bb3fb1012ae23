package grade_test

import (
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/grade"
	"cnnl/lang"
)

const looped = `input 32x32 rgb
for w in 8, 16 { conv c $w 3x3 pad 1 }
block unit(w) { conv k $w 3x3 pad 1; batchnorm; relu }
unit u 12
flatten
dense f 10
`

// TestClaimedNames: a layer is meant by every name that it has: the latest of
// a loop, its number, the block whose last it is.
func TestClaimedNames(t *testing.T) {
	for _, test := range []struct{ asks, states, want string }{
		{"c.out", "c.out == 32x32x16", "1"},
		{"c.out", "c == 32x32x16", "1"},
		{"c.out", "c[2].out == 32x32x16", "1"},
		{"c[2 - 1].out", "c[1].out == 32x32x8", "1"},
		{"c.params", "c.params == 1_168", "1"},
		{"c", "c.out == 32x32x16", "1"},
		{"c.height", "c.height == 32", "1"},
		{"c.out.height", "c.height == 32", "1"},
		{"c.field.height", "c.field.height == 5", "1"},
		{"u.out", "u == 32x32x12", "1"},
		{"u.out", "u.relu1.out == 32x32x12", "1"},
		{"u.params", "u.params == 1_764", "1"},
		{"u.k.params", "u.k.params == 1_740", "1"},
		{"u.k.params", "u.params == 1_740", "0"},
		{"c.out", "c[1].out == 32x32x16", "0"},
		{"c.out", "c.out == 32*32*16", "1"},
		{"c.out", "c.out == 32·32·16 == 16_384", "1"},
		{"c.out", "c.out == 32*32*8*2", "0"},
		{"c.out", "c.out == 32*32*16 == 16_000", "0"},
		{"c.out", "c.out == 16_384", "0"},
		{"f.out", "f.out == 2 * 5", "1"},
	} {
		k := key(t, looped+`mark 1 "M" answers `+test.asks)
		for _, script := range []string{looped + "expect " + test.states, "expect " + test.states} {
			if got := points(t, k, script); got != test.want {
				t.Errorf("%s, stated as %s: %s points, want %s", test.asks, test.states, got, test.want)
			}
		}
	}
}

// TestOwnNames: a key without loops and blocks, and a student with them; and
// claims by the key's names beside layers of other names.
func TestOwnNames(t *testing.T) {
	k := key(t, "input 16x16x3\nconv c1 4 3x3\nconv c2 4 3x3\nflatten\ndense f 10\nmark 1 \"M\" answers c2.out\nmark 1 \"N\" answers c2.params\nmark 1 \"F\" answers f.params\n")
	claims := "expect %.out == 12x12x4; expect %.params == 148; expect f.params == 5_770\n"
	for _, test := range []struct{ name, script, want string }{
		{"a loop", "input 16x16x3\nrepeat 2 { conv c 4 3x3 }\nflatten; dense f 10\n" + strings.ReplaceAll(claims, "%", "c"), "3"},
		{"blocks", "input 16x16x3\nblock b(w) { conv k $w 3x3 }\nb x 4; b y 4\nflatten; dense f 10\n" + strings.ReplaceAll(claims, "%", "y"), "3"},
		{"the key's names", "input 16x16x3\nconv a 4 3x3; conv b 4 3x3\nflatten; dense d 10\n" + strings.ReplaceAll(claims, "%", "c2"), "3"},
		{"behind a layer that failed", "input 16x16x3\nconv a 4 3x3\nconv b 4 3x3 pda 1\nflatten; dense d 10\nexpect b.out == 12x12x4; expect b.params == 148; expect d.params == 5_770\n", "3"},
		{"another's name", "input 16x16x3\nconv c2 4 3x3\nconv c1 4 3x3\nflatten; dense f 10\n" + strings.ReplaceAll(claims, "%", "c2"), "1"}, // it says of its first layer what is right of its second
	} {
		if got := points(t, k, test.script); got != test.want {
			t.Errorf("%s: %s points, want %s", test.name, got, test.want)
			for _, c := range gradeOne(k, grade.Submission{Text: test.script}).Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
}

// TestSpelledClaims: a number counts in whatever spelling it is clear.
func TestSpelledClaims(t *testing.T) {
	k := key(t, "input 16x16x3\nconv c1 4 3x3\nflatten\ndense f 162\nlet half = 0.5\nmark 1 \"T\" answers total\nmark 1 \"S\" answers c1.out\nmark 1 \"H\" answers half\nmark 1 \"R\" runs\n")
	net := "input 16x16x3\nconv c1 4 3x3\nflatten\ndense f 162\n"
	for claim, want := range map[string]string{
		"expect total == 127_282": "2", "expect total == 127,282": "2", "expect total == 127 282": "2", "expect total == 127'282": "2", "expect total == +127282": "2",
		"expect total == 1.27282e5": "2", "expect total == １２７２８２": "2", "expect total == 127282 params": "2", "expect total == 127.282": "1",
		"expect c1.out == (14, 14, 4)": "2", "expect c1.out == 14 x 14 x 4": "2", "expect c1.out == 14*14*4": "2", "let half = 1/2": "2", "let half = 0.5": "2",
		"expect total == 127282, c1.out == 14x14x4": "3", "expect total == 127282 && c1.out == 14x14x4": "3", "expect total == 127282 c1.out == 14x14x4": "3", "expect total is 127,282 and c1.out = (14, 14, 4)": "3",
		"expect total == 1 + 1 == 127 282 and c1.out == 14x14x5": "2", "expect c1.out == 5, total == 6": "1",
		"expect total == many": "1", "expect total == 7": "1",
	} {
		if got := points(t, k, net+claim+"\n"); got != want {
			t.Errorf("%s: %s points, want %s", claim, got, want)
			for _, c := range gradeOne(k, grade.Submission{Text: net + claim}).Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
	r := gradeOne(k, grade.Submission{Text: net + "expect total == 9 9 % 9\n"})
	if said := r.Checks[0].Said; !strings.Contains(said, "total is stated, but what stands there cannot be read") {
		t.Errorf("said %s", said)
	}
}

// TestClaimsLeftAside: no claim, and nothing that belongs to a key, costs the
// point for a network that runs.
func TestClaimsLeftAside(t *testing.T) {
	net := "input 16x16x3\nconv c1 4 3x3\n"
	k := key(t, net+"mark 1 \"R\" runs\n")
	for _, line := range []string{
		"expect c1.out == 7", "expect c1.out == 16x16", "expect total == 10**400", "expect total == 1/0", "expect total == 127 578", "expect nobody.out == 3",
		"expect total ==", `misconception "m" { wibble }`, `mark 1 "x"`, `accept "a" { conv }`, "expect c1.out = 3",
	} {
		if got := points(t, k, net+line+"\n"); got != "1" {
			t.Errorf("%s: %s points", line, got)
		}
	}
	for _, line := range []string{"conv 4 99x99", "wibble", "let a = 1 +"} {
		if got := points(t, k, net+line+"\n"); got != "0" {
			t.Errorf("%s: %s points", line, got)
		}
	}
}

// TestRecordsAreKeptApart: what a script says cannot make it another's, with
// other numbers.
func TestRecordsAreKeptApart(t *testing.T) {
	k := key(t, "let side = 8\ninput $(side)x8 rgb\nconv c1 4 3x3\nmark 2 \"S\" c1.out\n")
	roster, err := grade.ReadRoster("roster.csv", strings.NewReader("id,side\nev,\nyy,16\n"), k.Lets())
	if err != nil {
		t.Fatal(err)
	}
	g := (&grade.Keys{List: []*grade.Key{k}, Roster: roster}).Grader()
	right := "input 16x8 rgb\nconv c1 4 3x3\n"
	for _, begun := range []string{"side\x0016\x00", " \"side\" \"16\"\x00", " \"side\" \"16\""} {
		g.Grade(grade.Submission{ID: "ev", Text: begun + right})
	}
	if r := g.Grade(grade.Submission{ID: "yy", Text: right}); *r.Score != "2" {
		t.Errorf("a right script has %s points", *r.Score)
	}
}

// TestAcceptedNetworks: another network, with the key's lets that are made of
// its numbers, or with lets of its own.
func TestAcceptedNetworks(t *testing.T) {
	base := "let width = 4\ninput 8x8x3\nconv c1 $width 3x3\nlet ram = 4 * (c1.activations + total)\nmark 1 \"RAM\" answers ram\n"
	for _, accepted := range []string{
		"accept \"net\" { input 8x8x3; conv c1 8 3x3 }\n",
		"accept \"net\" { let width = 8; input 8x8x3; conv c1 $width 3x3 }\n",
		"accept \"net\" { input 8x8x3; conv other 8 3x3; let ram = 4 * (other.activations + total) }\n",
		"accept \"net\" { let width = 8 }\n",
	} {
		k := key(t, base+accepted)
		for _, states := range []string{"let ram = 1_024", "let ram = 2_048"} {
			if got := points(t, k, states); got != "1" {
				t.Errorf("%s%s: %s points", accepted, states, got)
			}
		}
	}
}

// TestValuesOfTheKey: what every network has earns nothing, and is not told.
func TestValuesOfTheKey(t *testing.T) {
	net := "let secret = 128\ninput 8x8x3\nconv c1 4 3x3\nlet ram = 4 * total\n"
	for text, want := range map[string]string{
		net + `mark 1 "S" shares c1 c1`:                             "names one layer twice",
		net + `mark 1 "S" secret`:                                   "mark `S` asks for a value of the key, which every network has",
		net + `mark 1 "S" ram`:                                      "write answers ram",
		net + "repeat 2 { mark 1 \"a\" total }":                     "mark `a` stands in braces",
		net + "accept \"x\" { mark 1 \"a\" total }":                 "mark `a` stands in braces",
		net + "accept \"x\" { let sekret = 3 }\nmark 1 \"t\" total": "sets sekret, which the key does not have",
	} {
		if _, diags := newKey(text); !strings.Contains(strings.Join(said(diags), "\n"), want) {
			t.Errorf("%s: got %v, want %s", text, said(diags), want)
		}
	}
	key(t, net+"accept \"x\" { let p = 1; assume pad $p }\nmark 1 \"t\" total\n")
	fields := key(t, "input 8x8x3\nconv c1 4 3x3\nflatten\ndense f 10\nmark 1 \"F\" answers all.field\n")
	if got := points(t, fields, "expect c1.field == 3x3\n"); got != "1" {
		t.Errorf("fields: %s points", got)
	}
}

func said(diags lang.Diagnostics) (list []string) {
	for _, d := range diags.List {
		list = append(list, d.Summary+" ("+d.Detail+") "+d.Hint)
	}
	return list
}

// TestClaimsWhereTheyStand: the latest layer of a loop is that at the claim, in
// the submission and in the key's own claims.
func TestClaimsWhereTheyStand(t *testing.T) {
	k := key(t, "input 32x32x3\nconv c1 8 3x3\nconv c2 16 3x3\nmark 2 \"A\" answers c1.out c2.out\n")
	looped := "input 32x32x3\nrepeat 1 { conv c 8 3x3 }\nexpect c.out == 30x30x8\nrepeat 1 { conv c 16 3x3 }\nexpect c.out == 28x28x16\n"
	if got := points(t, k, looped); got != "2" {
		t.Errorf("%s points", got)
	}
	own := key(t, looped+"mark 2 \"A\" answers\n")
	if sheet := own.Sheet(); !strings.Contains(sheet, "expect c[1].out ==") || !strings.Contains(sheet, "expect c[2].out ==") {
		t.Errorf("the sheet is %s", sheet)
	}
	if got := points(t, own, looped); got != "2" {
		t.Errorf("the key's own claims: %s points", got)
	}
}

// TestOwnBlocks: a count of a block's layers may be named by the student's block
// with those layers, whatever it ends with, and by no other.
func TestOwnBlocks(t *testing.T) {
	block := "input 16x16x3\nblock stage(n) { conv c $n 3x3 pad same; batchnorm; relu }\n"
	k := key(t, block+"stage s1 8\nstage s2 8\nmark 2 \"P\" answers s1.params s2.params\n")
	for script, want := range map[string]string{
		block + "stage x 8\nstage y 8\nexpect x.params == 240; expect y.params == 600\n":                                                    "2",
		block + "stage s1 8\nstage s2 8\nexpect s1.params == 240; expect s2.params == 600\n":                                                "2",
		block + "block both { stage a 8; stage b 8 }\nboth x\nexpect x.params == 840; expect x.a.params == 240; expect x.b.params == 600\n": "2",
		block + "stage x 8\nstage y 8\nexpect x.params == 600; expect y.params == 240\n":                                                    "0",
		"input 16x16x3\nrepeat 2 { conv c 8 3x3 pad same; batchnorm; relu }\nexpect s1.params == 240; expect s2.params == 600\n":            "2",
	} {
		if got := points(t, k, script); got != want {
			t.Errorf("%s: %s points, want %s", script, got, want)
		}
	}
}

// TestUnreadableClaims: nothing that a claim can hold is a fault of the
// program's, and what is said of it is true.
func TestUnreadableClaims(t *testing.T) {
	net := "input 26x26x3\nconv c1 6 3x3\n"
	k := key(t, net+"let ram = 4 * total\nmark 1 \"T\" answers total\nmark 1 \"S\" answers c1.out\nmark 1 \"M\" answers ram\nmark 1 \"R\" runs\n")
	for claim, want := range map[string]string{
		"expect c1.out == 24 24 6": "2", "expect c1.out == 5 +": "1", "expect total == (156": "1", "expect total == 12 13": "1", "expect total == 5 ^ 2": "1",
		"expect total == ()5": "1", "let x = 3 4": "0", "let x = 3 +": "0", "expect total == 9999999999999999999999": "1", "expect total == 1/0": "1", "expect total = 168": "2",
		"expect total is 168": "2", "expect ram == 672": "2", "expect total == 7 * 24 == 1 6 8": "1", "expect total == 100 == 168 params": "2", "let ram = 672 bytes": "2",
		"let ram = 6.72e2": "2", "let ram = 6'72": "0", "expect total ==": "1", "expect == 4": "1",
	} {
		r := gradeOne(k, grade.Submission{Text: net + claim + "\n"})
		if r.Outcome != grade.Graded || *r.Score != want {
			t.Errorf("%s: %s, %v points, want %s", claim, r.Outcome, r.Why, want)
			for _, c := range r.Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
		}
	}
}

// TestAnotherTask: a condition of the whole network is not met by one for
// another input, though it may have other channels; nor by a key without layers.
func TestAnotherTask(t *testing.T) {
	net := "input 64x64x3\nconv 8 3x3; conv 8 3x3; conv 8 3x3\navgpool global; dense 10\n"
	k := key(t, net+"mark 6 \"Small\" expect total <= 1_000_000 and count(conv) >= 3\n")
	for script, want := range map[string]string{
		"input 1x1x1\nconv 1 1x1; conv 1 1x1; conv 1 1x1\nflatten; dense 10\n":             "0",
		"input 64x64 gray\nconv 8 3x3; conv 8 3x3; conv 8 3x3\navgpool global; dense 10\n": "6",
		net: "6",
	} {
		if got := points(t, k, script); got != want {
			t.Errorf("%s: %s points, want %s", script, got, want)
		}
	}
	for _, text := range []string{"let x = 1\nmark 1 \"t\" expect x == 1", "input a 8x8x3\ninput b 8x8x3\nmark 1 \"t\" expect 1 == 1"} {
		if _, diags := newKey(text); !strings.Contains(strings.Join(said(diags), "\n"), "the key has no layer") {
			t.Errorf("%s: %v", text, said(diags))
		}
	}
}

// TestAssumesOfTheKey: they hold in an accepted network too, and --assume in
// every script.
func TestAssumesOfTheKey(t *testing.T) {
	k := key(t, "assume pad same\ninput 8x8x3\nconv c1 4 3x3\nmark 1 \"S\" c1.out\naccept \"two\" { input 8x8x3; conv c1 6 3x3 }\n")
	if got := points(t, k, "input 8x8x3\nconv 6 3x3 pad same\n"); got != "1" {
		t.Errorf("%s points", got)
	}
	file, _ := lang.Parse(lang.NewSource("key.cnnl", "input 8x8x3\nconv c1 4 3x3\nmark 1 \"S\" c1.out\n"), lang.Limits{})
	assumed, diags := grade.NewKey(file, eval.Options{Reading: reading.Assuming("pad same", "--assume")})
	if diags.Failed() {
		t.Fatal(diags.List)
	}
	if got := points(t, assumed, "input 8x8x3\nconv 4 3x3\n"); got != "1" {
		t.Errorf("--assume: %s points", got)
	}
}

// TestNotesOnShapes: what the program notes of a shape is passed on where a shape
// is the mistake.
func TestNotesOnShapes(t *testing.T) {
	k := key(t, "input 32x32x3\nconv c1 8 5x5\nmark 1 \"T\" total\n")
	r := gradeOne(k, grade.Submission{Text: "input 3x32x32\nconv c1 8 5x5\n"})
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "line 1: channels come last: a PyTorch shape C, H, W is 32x32x3 here") {
		t.Errorf("notes: %s", notes)
	}
}

// TestRespelled: a number in another spelling is one for the network too, in a
// sheet by itself, and behind and; and no nonsense is one.
func TestRespelled(t *testing.T) {
	net := "input 32x32 rgb\nconv c1 8 3x3; conv c2 20 3x3\nflatten; dense f %\n"
	k := key(t, strings.ReplaceAll(net, "%", "1200")+"let ram = 4 * total\nmark 4 \"T\" total\nmark 1 \"R\" runs\nmark 2 \"A\" answers c1.params total\nmark 1 \"M\" answers ram\n")
	total := "18_818_884"
	for script, want := range map[string]string{
		"let units = 1 200\n" + strings.ReplaceAll(net, "%", "$units"):    "5",
		"let units = 1.2e3\n" + strings.ReplaceAll(net, "%", "$units"):    "5",
		"expect total == 18 818 884\nlet ram = 75 275 536\n":              "2",
		"expect c1.params == 224 and total == 18 818 884\n":               "2",
		"expect total == 18 818 884 and c1.params == 224 params # both\n": "2",
		"let t = 18 818 884; expect total == t; let ram = 4 * t\n":        "2",
		"expect c1.out == 1 1 and c1.params == 3 and c1.params == 224\n":  "0",
		"let n = 6 0\n" + strings.ReplaceAll(net, "%", "1200"):            "4",
		"expect total == " + total + " and c1.params == \n":               "1",
	} {
		r := gradeOne(k, grade.Submission{Text: script})
		if r.Outcome != grade.Graded || *r.Score != want {
			t.Errorf("%s: %s %s, want %s", script, r.Outcome, r.Why, want)
			for _, c := range r.Checks {
				t.Logf("    %s of %s %s: %s", c.Score, c.Max, c.Title, c.Said)
			}
			t.Log(r.Notes)
		}
	}
}

// TestDeclaredBelow: an accepted network may use blocks and values that the key
// declares anywhere above.
func TestDeclaredBelow(t *testing.T) {
	k := key(t, "input 28x28 gray\nblock q(n) { conv c $n 5x5; relu; maxpool 2x2 }\nlet m = 7\nq b1 6\naccept \"w\" { input 28x28 gray; q b1 $m }\nmark 1 \"t\" total\nmark 1 \"p\" answers b1.params\n")
	for script, want := range map[string]string{
		"input 28x28 gray\nconv c1 6 5x5; relu; maxpool 2x2\nexpect c1.params == 156\n": "2",
		"input 28x28 gray\nconv c1 7 5x5; relu; maxpool 2x2\nexpect c1.params == 182\n": "2",
		"expect b1.c.params == 156\n": "0",
	} {
		if got := points(t, k, script); got != want {
			t.Errorf("%s: %s points, want %s", script, got, want)
		}
	}
}
