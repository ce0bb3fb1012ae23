package grade_test

import (
	"strings"
	"testing"

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
		{"another's name", "input 16x16x3\nconv c2 4 3x3\nconv c1 4 3x3\nflatten; dense f 10\n" + strings.ReplaceAll(claims, "%", "c2"), "3"}, // paired by name
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
		"expect c1.out == (14, 14, 4)": "2", "expect c1.out == 14 x 14 x 4": "2", "expect c1.out == 14*14*4": "1", "let half = 1/2": "2", "let half = 0.5": "2",
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
	for _, line := range []string{"conv 4 99x99", "wibble", "let a = 1 2"} {
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
