package grade_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/grade"
	"cnnl/internal/gen"
)

// What is fair holds for every network, not only for those that somebody thought of.

const fairMarks = "\nmark 40 \"Total\" total\nmark 70 \"Shapes\" shapes\nmark 50 \"Params\" params\n"

// keyOf makes a key of a script, as written and with slips refused; nil: it cannot be one.
func keyOf(script string) (k, strict *grade.Key) {
	k, diags := newKey(script + fairMarks)
	if diags.Failed() {
		return nil, nil
	}
	strict, _ = newKey(script + fairMarks + "slips refused\n")
	return k, strict
}

// solutions are scripts of the examples that can be keys.
func solutions(t *testing.T) (list []string) {
	t.Helper()
	for _, pattern := range []string{"../examples/language/*.cnnl", "../examples/homework/cmyk.cnnl", "../examples/zoo/lenet5.cnnl", "../examples/zoo/alexnet.cnnl", "../examples/zoo/squeezenet1_0.cnnl"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, string(text))
		}
	}
	return list
}

// fairly tries a property on the examples and on random scripts, those that can be keys.
func fairly(t *testing.T, property func(t *rapid.T, script string, k, strict *grade.Key)) {
	t.Helper()
	if testing.Short() {
		t.Skip("without -short")
	}
	type subject struct {
		script    string
		k, strict *grade.Key
	}
	var examples []subject
	for _, script := range solutions(t) {
		if k, strict := keyOf(script); k != nil {
			examples = append(examples, subject{script, k, strict})
		}
	}
	if len(examples) < 8 {
		t.Fatalf("only %d examples are keys", len(examples))
	}
	keys := 0
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(examples).Draw(t, "example")
		if rapid.Bool().Draw(t, "random") {
			s.script = gen.Script(t)
			if s.k, s.strict = keyOf(s.script); s.k == nil {
				return
			}
		}
		keys++
		property(t, s.script, s.k, s.strict)
	})
	if keys < 30 {
		t.Errorf("only %d scripts were keys", keys)
	}
}

func scored(k *grade.Key, script string) (r grade.Record, points string) {
	r = gradeOne(k, grade.Submission{ID: "s", File: "s.cnnl", Text: script})
	if r.Score == nil {
		return r, "0"
	}
	return r, *r.Score
}

// outside are the lines of a script before which a further one stands outside all braces.
func outside(script string) (at []int) {
	depth := 0
	for i, line := range strings.Split(script, "\n") {
		if depth == 0 && i > 0 {
			at = append(at, i)
		}
		line, _, _ = strings.Cut(line, "#")
		depth += strings.Count(line, "{") + strings.Count(line, "(") - strings.Count(line, "}") - strings.Count(line, ")")
	}
	return at
}

// whole are the lines of a script that are statements by themselves.
func whole(script string) (at []int) {
	lines, places := strings.Split(script, "\n"), outside(script)
	for i, p := range places[:len(places)-1] {
		if places[i+1] == p+1 && strings.TrimSpace(lines[p]) != "" {
			at = append(at, p)
		}
	}
	return at
}

func withLine(script string, at int, line string) string {
	lines := strings.Split(script, "\n")
	return strings.Join(lines[:at], "\n") + "\n" + line + "\n" + strings.Join(lines[at:], "\n")
}

// without leaves lines out of a script; blank ones stay in their places.
func without(script string, lines ...int) string {
	list := strings.Split(script, "\n")
	for _, i := range lines {
		list[i] = ""
	}
	return strings.Join(list, "\n")
}

// TestUnreadLines: a line that nobody reads changes no score, and one that is no
// statement costs the same wherever it stands.
func TestUnreadLines(t *testing.T) {
	fairly(t, func(t *rapid.T, script string, k, _ *grade.Key) {
		places := outside(script)
		line := func() int { return rapid.SampledFrom(places).Draw(t, "line") }
		_, full := scored(k, script)
		for _, unread := range []string{"", "   ", "# conv 3 3x3", "\t# }"} {
			if _, got := scored(k, withLine(script, line(), unread)); got != full {
				t.Fatalf("%s points, and %s with %q:\n%s", full, got, unread, script)
			}
		}
		a, b := line(), line()
		_, first := scored(k, withLine(script, a, "= note"))
		if _, second := scored(k, withLine(script, b, "= note")); first != second {
			t.Fatalf("%s points with a note before line %d, %s before line %d:\n%s", first, a+1, second, b+1, script)
		}
	})
}

var given = regexp.MustCompile(`\bn(\d+)\b`)

// TestNames: what layers are called changes no score, of right and of wrong scripts.
func TestNames(t *testing.T) {
	fairly(t, func(t *rapid.T, script string, k, _ *grade.Key) {
		lines := strings.Count(script, "\n") + 1
		for _, text := range []string{script, without(script, rapid.IntRange(0, lines-1).Draw(t, "line"))} {
			_, own := scored(k, text)
			if _, other := scored(k, given.ReplaceAllString(text, "my_layer_$1")); own != other {
				t.Fatalf("%s points, and %s with other names:\n%s", own, other, text)
			}
		}
	})
}

// TestFurtherLines: a further line left out never raises a score, and a script that runs
// has all points if its network is the one asked for, and only then.
func TestFurtherLines(t *testing.T) {
	fairly(t, func(t *rapid.T, script string, k, _ *grade.Key) {
		most, before := "160", script
		lines := whole(script)
		if len(lines) == 0 {
			return
		}
		var gone []int
		for range 3 {
			gone = append(gone, rapid.SampledFrom(lines).Draw(t, "line"))
			text := without(script, gone...)
			r, got := scored(k, text)
			if less(most, got) {
				t.Fatalf("%s points, and %s with one line less:\n%s\nbefore:\n%s", most, got, text, before)
			}
			if r.Matching != "" && r.Mistake == "" && len(r.Slips) == 0 && (got == "160") != (r.First == nil) {
				t.Fatalf("%s points, and the first difference is %v:\n%s\nthe key:\n%s", got, r.First, text, script)
			}
			most, before = got, text
		}
	})
}

// slipsOfHand change a text in one place as people do who write quickly.
var slipsOfHand = []func(text string, at int) string{
	func(s string, at int) string { return s[:at] + s[at+1:] },
	func(s string, at int) string { return s[:at] + s[at:at+1] + s[at:] },
	func(s string, at int) string { return s[:at] + strings.ToUpper(s[at:at+1]) + s[at+1:] },
	func(s string, at int) string { return s[:at] + "," + s[at:] },
	func(s string, at int) string { return s[:at] + ";" + s[at+1:] },
	func(s string, at int) string { return strings.ReplaceAll(s, s[at:at+1], s[at:at+1]+" ") },
}

// TestReadingNeverHurts: no script earns less for being read as a person would than as it
// is written.
func TestReadingNeverHurts(t *testing.T) {
	fairly(t, func(t *rapid.T, script string, k, strict *grade.Key) {
		text := script
		for range rapid.IntRange(1, 3).Draw(t, "slips") {
			at := rapid.IntRange(0, len(text)-2).Draw(t, "at")
			if text[at] >= 0x80 || text[at+1] >= 0x80 {
				continue
			}
			text = rapid.SampledFrom(slipsOfHand).Draw(t, "slip")(text, at)
		}
		_, written := scored(strict, text)
		if _, read := scored(k, text); less(read, written) {
			t.Fatalf("%s points as it is written, and %s as it is read:\n%s\nthe key:\n%s", written, read, text, script)
		}
	})
}
