package diagnose_test

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/internal/golden"
	"cnnl/lang"
)

// evaluated is a script that has to be without mistakes.
func evaluated(t *testing.T, text string) *eval.Evaluation {
	t.Helper()
	parsed, diags := new(lang.Parser).Parse(lang.NewSource("key", text), lang.Limits{})
	v := eval.Evaluate(parsed, eval.Options{})
	if diags.Merge(v.Diags); diags.Failed() {
		t.Fatalf("%s\n%v", text, diags.List)
	}
	return v
}

func engine(t *testing.T, v *eval.Evaluation) *diagnose.Engine {
	t.Helper()
	g, err := diagnose.New(v.Network, diagnose.Options{Effort: diagnose.Wide})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// networks are the test's.
func networks(t *testing.T) (list []*eval.Evaluation) {
	t.Helper()
	text, err := os.ReadFile("testdata/networks.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range strings.Split(string(text), "---\n") {
		list = append(list, evaluated(t, script))
	}
	return list
}

// rare are networks for entries that few others show.
var rare = []string{
	"input 27x27x96\nconv c2 256 5x5 pad 2\n",
	"input 14x14x6\nconv c3 16 5x5\n",
	"input 24x6 sequence\nmaxpool 3 stride 2 ceil\ndense f 5 each\n",
	"input 32x32 rgb\nconv a 8 3x3\nfreeze a\nconv b 8 3x3\nconv c = b\nconv d = b\nflatten; dense 3\n",
	"input 12x10x5\nflatten; dense 3\n",
	"input 7x7x4\ndeconv d 8 3x3 stride 2\n",
}

// TestEntries: each has an id of its own, sentences, and a network that it changes.
func TestEntries(t *testing.T) {
	seen := map[string]bool{}
	hidden := map[string]int{}
	list := networks(t)
	for _, text := range rare {
		list = append(list, evaluated(t, text))
	}
	for _, v := range list {
		for _, e := range engine(t, v).Hidden() {
			hidden[e.ID]++
		}
	}
	catalogue := regexp.MustCompile(`^M\d\d$`)
	for _, e := range diagnose.Library() {
		switch {
		case seen[e.ID]:
			t.Errorf("%s stands twice", e.ID)
		case hidden[e.ID] == len(list):
			t.Errorf("%s changes no network", e.ID)
		case e.Belief == "" || e.Teacher == "" || !strings.HasSuffix(e.Rule, "."):
			t.Errorf("%s: a sentence is missing: %q, %q, %q", e.ID, e.Belief, e.Rule, e.Teacher)
		case e.Rate <= 0 || e.Rate > .2 || e.Group == "" || e.Scopes == "":
			t.Errorf("%s: rate %v, group %q, scopes %q", e.ID, e.Rate, e.Group, e.Scopes)
		case diagnose.Check(e.Group) == "":
			t.Errorf("%s: nothing to check for %s", e.ID, e.Group)
		case slices.ContainsFunc(e.Catalogue, func(m string) bool { return !catalogue.MatchString(m) }):
			t.Errorf("%s: %v", e.ID, e.Catalogue)
		}
		seen[e.ID] = true
	}
	if len(seen) != 95 {
		t.Errorf("%d entries", len(seen))
	}
}

// TestTerms: every name that a rewrite may ask for stands in the rules of some kind.
func TestTerms(t *testing.T) {
	found := map[string]bool{}
	note := func(c *layer.Call) {
		for _, e := range c.Axes() {
			for _, x := range e.Terms() {
				found[x.Name] = true
			}
		}
		for _, b := range c.Banks() {
			for _, x := range slices.Concat(b.Fan.Terms(), b.Bias.Terms(), b.Units.Terms(), b.Uses.Terms()) {
				found[x.Name] = true
			}
		}
		if c.Kind.Stats != nil {
			for _, x := range c.Kind.Stats(c).Terms() {
				found[x.Name] = true
			}
		}
	}
	for _, v := range append(networks(t), evaluated(t, rare[2])) {
		for i := range v.Network.Nodes {
			c := v.Network.Call(i)
			c.Sheet = new(calc.Sheet)
			c.Run()
			note(c)
		}
	}
	for _, name := range []string{layer.TermInput, layer.TermChannels, layer.TermInputs, layer.TermOutput, layer.TermKernel, layer.TermStride, layer.TermPad, layer.TermOutpad, layer.TermDilation,
		layer.TermGroups, layer.TermFilters, layer.TermUnits, layer.TermBias, layer.TermGates, layer.TermDirections, layer.TermHidden, layer.TermSteps, layer.TermStatistics} {
		if !found[name] {
			t.Errorf("no rule has a term %q", name)
		}
	}
}

// TestLibraryIsDocumented holds the page of the library to it. UPDATE=1 writes it anew.
func TestLibraryIsDocumented(t *testing.T) {
	golden.File(t, "../docs/misconceptions.md", libraryPage())
}

func libraryPage() string {
	var b strings.Builder
	b.WriteString(`# Misconceptions

What ` + "`cnnl diagnose`" + ` looks for when a number is wrong: each entry is a change to the
rules, so that what it predicts is computed, and never listed. [diagnose.md](diagnose.md)
says how entries are found and weighed. This page is written from the library.

The numbers are those of a catalogue of misconceptions (M01: biases forgotten), by which
a class is counted. The rate is how often an entry is taken to be behind a wrong answer,
in percent. Two entries of one group exclude each other at one place. A reading is another
way to count, and no mistake.
`)
	groups := map[string][]*diagnose.Entry{}
	var order []string
	for _, e := range diagnose.Library() {
		if groups[e.Group] == nil {
			order = append(order, e.Group)
		}
		groups[e.Group] = append(groups[e.Group], e)
	}
	for _, group := range order {
		fmt.Fprintf(&b, "\n## %s\n\n| id | catalogue | held | %% | if ... | what holds | calculated instead |\n|---|---|---|---|---|---|---|\n", group)
		for _, e := range groups[group] {
			writeEntry(&b, e)
		}
	}
	b.WriteString("\n## The answer to one question\n\nA number that the program has already, or that is a multiple of the right one. Where no\ncatalogue number stands it is only listed for the teacher.\n\n| id | catalogue | if ... | what holds |\n|---|---|---|---|\n")
	for _, e := range diagnose.AnswerEntries() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", e.ID, strings.Join(e.Catalogue, ", "), e.Belief, e.Rule)
	}
	return b.String()
}

func writeEntry(b *strings.Builder, e *diagnose.Entry) {
	var where []string
	for _, s := range []byte(e.Scopes) {
		where = append(where, diagnose.ScopeWords[s])
	}
	rate := strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%.1f", 100*e.Rate), "0"), ".")
	belief := e.Belief
	if e.Reading {
		belief += " (a reading)"
	}
	fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", e.ID, strings.Join(e.Catalogue, ", "), strings.Join(where, ", "), rate, belief, e.Rule, cmp.Or(e.Teacher, "-"))
}
