package repair

import (
	"fmt"
	"github.com/google/go-cmp/cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
)

// wrongScripts are those that the other rooms test their messages with, the examples of
// this one, and right ones with one slip.
func wrongScripts() (scripts []string) {
	for _, pattern := range []string{"../eval/testdata/*.cnnl", "../eval/resolve/testdata/*.cnnl", "../lang/testdata/*.cnnl", "../render/testdata/*.cnnl", "../examples/homework/*.cnnl", "../examples/language/*.cnnl"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			panic(fmt.Sprintf("%s: no files, %v", pattern, err))
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				panic(err)
			}
			scripts = append(scripts, strings.Split(string(text), "\n---\n")...)
		}
	}
	for _, l := range liberties() {
		scripts = append(scripts, l.example[0])
	}
	return scripts
}

// mendedScripts are the scripts that are wrong, each with what has been found out of it.
var mendedScripts = sync.OnceValue(func() (list []mendedScript) {
	for _, text := range wrongScripts() {
		src, r := mend(text)
		list = append(list, mendedScript{src, r})
	}
	return list
})

type mendedScript struct {
	src *lang.Source
	Result
}

// TestEveryFix applies every fix of every script that a test has: the mistake is gone,
// the lines it changes have none, and above them is none that was not there.
func TestEveryFix(t *testing.T) {
	fixes := 0
	for _, s := range mendedScripts() {
		src, r := s.src, s.Result
		before := read(src.Text)
		for i := range r.Diags.List {
			d := &r.Diags.List[i]
			for k := range d.Fixes {
				fixes++
				checkFix(t, src, before, d, &d.Fixes[k])
			}
		}
	}
	if fixes < 300 {
		t.Errorf("only %d fixes were tried", fixes)
	}
}

// checkFix tries one fix alone. A mistake that only shows once another is mended is not
// the script's own, and is left to TestCertain, which mends all.
func checkFix(t *testing.T, src *lang.Source, before *attempt, d *lang.Diagnostic, fix *lang.Fix) {
	t.Helper()
	edits := fix.Of(src, d)
	text, err := lang.Apply(src.Text, edits)
	if err != nil || text == src.Text {
		t.Errorf("%q: %s %v: %v", src.Text, fix.Rule, edits, err)
		return
	}
	if !slices.ContainsFunc(before.diags.List, func(e lang.Diagnostic) bool { return e.Span.Start == d.Span.Start && e.Summary == d.Summary }) {
		return
	}
	slices.SortStableFunc(edits, func(a, b lang.Edit) int { return a.Span.Start - b.Span.Start })
	after := read(text)
	touched := touchedLines(after.src, edits)
	was := linesOfErrors(before)
	for line, n := range linesOfErrors(after) {
		switch {
		case slices.Contains(touched, line):
			t.Errorf("%q: %s makes %q, and line %d is wrong: %v", src.Text, fix.Rule, text, line, after.diags.List)
		case line < touched[0] && n > was[line]:
			t.Errorf("%q: %s makes %q, and line %d is wrong now: %v", src.Text, fix.Rule, text, line, after.diags.List)
		}
	}
	if count(&after.diags).hard > count(&before.diags).hard {
		t.Errorf("%q: %s makes %q, with more mistakes: %v", src.Text, fix.Rule, text, after.diags.List)
	}
}

// linesOfErrors counts the mistakes of each line, but for claims that fail.
func linesOfErrors(a *attempt) map[int]int {
	lines := map[int]int{}
	for i := range a.diags.List {
		if d := &a.diags.List[i]; d.Severity == lang.Error && d.Code != lang.Expect && d.Source == a.src {
			line, _ := a.src.Position(d.Span.Start)
			lines[line]++
		}
	}
	return lines
}

// TestCertain: what is certain changes lines that are at fault and no others, no comment,
// and no claim's value; mended twice is mended once; and the second time the same comes out.
func TestCertain(t *testing.T) {
	changed := 0
	for _, s := range mendedScripts() {
		src, r, text := s.src, s.Result, s.src.Text
		if r.Text == text {
			continue
		}
		if changed++; changed%8 == 0 {
			if _, again := mend(text); again.Text != r.Text || len(again.Diags.List) != len(r.Diags.List) {
				t.Errorf("%q: mended another way the second time", text)
			}
		}
		if _, twice := mend(r.Text); twice.Text != r.Text {
			t.Errorf("%q: mended\n%q, and that\n%q", text, r.Text, twice.Text)
		}
		if behindHashes(text) != behindHashes(r.Text) {
			t.Errorf("a comment is another:\n%s", cmp.Diff(text, r.Text))
		}
		atFault := map[int]bool{}
		for i := range r.Diags.List {
			d := &r.Diags.List[i]
			first, _ := src.Position(d.Span.Start)
			last, _ := src.Position(d.Span.End)
			for n := first; n <= last; n++ {
				atFault[n] = true
			}
		}
		for i := range r.Diags.List {
			checkTouches(t, src, &r.Diags.List[i], atFault)
		}
	}
	if changed < 90 {
		t.Errorf("only %d scripts were mended", changed)
	}
}

func checkTouches(t *testing.T, src *lang.Source, d *lang.Diagnostic, atFault map[int]bool) {
	t.Helper()
	for _, f := range d.Fixes {
		if f.Rank != lang.Certain {
			continue
		}
		for _, e := range f.Of(src, d) {
			if line, _ := src.Position(e.Span.Start); !atFault[line] && ofLines[f.Rule] == "" {
				t.Errorf("%s is certain and changes line %d, which is not at fault: %q\n%s", f.Rule, line, e.Text, src.Text)
			}
		}
	}
}

// ofLines are the rules that are about more lines than the one with the mistake, and why.
var ofLines = map[string]string{
	"input first":         "the input moves above the layers",
	"name everywhere":     "a word that cannot be a name is another wherever it is used",
	"use":                 "the library is named on a line of its own, at the top",
	"brace left out":      "the brace stands on a line of its own, below what it closes",
	"brace on a new line": "the brace goes up to its statement",
	"line goes on":        "a statement on two lines becomes one",
	"indentation":         "what is indented gets braces around it",
	"long comment":        "a comment over several lines is one on each",
	"docstring":           "what stands between the quotes is a comment, line by line",
	"line numbers":        "every line of the script has one",
	"name's form":         "a word that cannot be a name is another wherever it is used",
	"sharing turned":      "the values of a layer move up to where they are first needed",
}

// behindHashes is what stands behind ###.
func behindHashes(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if _, comment, ok := strings.Cut(line, "###"); ok {
			b.WriteString(comment)
		}
	}
	return b.String()
}

// slips are ways to miswrite a right statement that leave its meaning plain.
var slips = []struct {
	name     string
	old, new string
}{
	{"comma", " 3x3", ", 3x3"},
	{"capital", "\nconv ", "\nConv "},
	{"capitals", "\nmaxpool ", "\nMAXPOOL "},
	{"star", " 3x3", " 3*3"},
	{"letter", "\ndense ", "\ndens "},
	{"equals", " stride 2", " stride=2"},
	{"brackets", " 3x3", " (3x3)"},
	{"look-alike", " 3x3", " 3х3"},
	{"other tool", "\nconv ", "\nConv2D "},
	{"other option", " stride 2", " strides 2"},
	{"letter for nought", " 20 ", " 2O "},
}

// TestSlipAndMend: a slip in a right script never makes another network of it by what is
// certain, and mostly the same one.
func TestSlipAndMend(t *testing.T) {
	right := "input 120x120 cmyk\nconv c1 20 3x3\nmaxpool 2x2\nconv c2 20 3x3 stride 2\nconv c3 20 3x3\nconv c5 = c3\nflatten\ndense f1 30\nrelu\ndense f2 10\n"
	want := rowsOf(read(right).net)
	mended := 0
	for _, s := range slips {
		for at := 0; ; at++ {
			i := strings.Index(right[at:], s.old)
			if i < 0 {
				break
			}
			at += i
			text := right[:at] + s.new + right[at+len(s.old):]
			_, r := mend(text)
			after := read(r.Text)
			if after.diags.Failed() {
				continue
			}
			if got := rowsOf(after.net); got != want {
				t.Errorf("%s: %q is mended to %q", s.name, text, r.Text)
			}
			mended++
		}
	}
	if mended < 20 {
		t.Errorf("only %d are mended", mended)
	}
}

// TestBehindComments: a comment behind what is miswritten changes nothing, and stays.
func TestBehindComments(t *testing.T) {
	const note = " # it's a { note }"
	noted := func(text string) string {
		return strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", note+"\n") + note
	}
	tried := 0
	for _, l := range liberties() {
		text := l.example[0]
		_, plain := mend(text)
		if plain.Text == text || strings.ContainsAny(text+plain.Text, "#/\\\"") || ofLines[l.name] != "" {
			continue
		}
		tried++
		if _, r := mend(noted(text)); r.Text != noted(plain.Text) {
			t.Errorf("%s: %q becomes\n%q, want\n%q", l.name, noted(text), r.Text, noted(plain.Text))
		}
	}
	if tried < 30 {
		t.Errorf("only %d liberties were tried", tried)
	}
}

// rowsOf writes down what a network consists of, without names.
func rowsOf(net *network.Network) string {
	var b strings.Builder
	for i := range net.Nodes {
		r := &net.Nodes[i]
		fmt.Fprintln(&b, r.Kind.Name, r.Out, r.Params(), r.From, r.Owner)
	}
	return b.String()
}

// TestNothingTried: of a right script nothing is tried.
func TestNothingTried(t *testing.T) {
	src := lang.NewSource("t", "input 8x8x4\nconv c 20 3x3\n")
	file, diags := lang.Parse(src, lang.Limits{})
	_, more := eval.Run(file, eval.Options{})
	diags.Merge(more)
	parser := new(lang.Parser)
	if n := testing.AllocsPerRun(10, func() { Mend(src, diags, Options{Parser: parser}) }); n != 0 {
		t.Errorf("looking for nothing takes %v allocations", n)
	}
}

// TestAdvice: what a message says to write has been tried. Where nothing stood the trial,
// what whoever told the mistake thinks of is not said.
func TestAdvice(t *testing.T) {
	told := 0
	for _, s := range mendedScripts() {
		for i := range s.Diags.List {
			d := &s.Diags.List[i]
			if len(d.Ways) > 0 && d.Severity == lang.Error {
				t.Errorf("%q: %s: ways out are left that nobody tried: %v", s.src.Text, d.Summary, d.Ways)
			}
			if len(d.Fixes) == 0 && strings.Contains(d.Hint, "did you mean") && d.Source == s.src && d.Severity == lang.Error {
				t.Errorf("%q: %s: nothing was tried, and the help is %q", s.src.Text, d.Summary, d.Hint)
			}
			told++
		}
	}
	if told < 500 {
		t.Errorf("only %d messages were looked at", told)
	}
}
