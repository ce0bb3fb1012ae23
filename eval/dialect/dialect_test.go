package dialect_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// TestEntriesMeanSomething: what an entry says is here exists, and so do the
// kinds behind which its words stand.
func TestEntriesMeanSomething(t *testing.T) {
	for _, e := range dialect.Table() {
		first, _, _ := strings.Cut(e.Here, " ")
		if e.Words == "" || e.Here == "" || e.Tools == 0 {
			t.Errorf("%v: an entry has a tool, words and a meaning", e)
		}
		if starts := e.Is == dialect.Kind || e.Is == dialect.Form; starts && (layer.Find(first) == nil || e.Of != "") {
			t.Errorf("%s: %q is no kind, or it stands behind one", e.Words, first)
		}
		for _, name := range e.Behind() {
			k := layer.Find(name)
			if k == nil && name != "" && name != "*" {
				t.Errorf("%s: there is no kind %s", e.Words, name)
			}
			if e.Is == dialect.Option && (k == nil || k.Find(e.Here) < 0) {
				t.Errorf("%s: %s has no %s", e.Words, name, e.Here)
			}
		}
		checkWords(t, &e)
	}
}

// checkWords: words are written in lower case, and none is a word of ours in
// its place, unless it means the same.
func checkWords(t *testing.T, e *dialect.Entry) {
	t.Helper()
	for word := range strings.FieldsSeq(e.Words) {
		if word != strings.ToLower(word) || e.Is == dialect.Prose && word != dialect.Plain(word) {
			t.Errorf("%q would never be found", word)
		}
		if e.Of == "" && layer.Find(word) != nil && word != e.Here {
			t.Errorf("%q is a kind of ours", word)
		}
		for _, name := range e.Behind() {
			if k := layer.Find(name); k != nil && k.Knows(word) {
				t.Errorf("%q is a word of %s", word, name)
			}
		}
	}
}

// TestEachWordMeansOneThing: a tool's word has one entry in each place.
func TestEachWordMeansOneThing(t *testing.T) {
	type use struct {
		tool   dialect.Tools
		behind string
		word   string
	}
	seen := map[use]string{}
	for _, e := range dialect.Table() {
		for tool := dialect.Tools(1); tool != 0; tool <<= 1 {
			if e.Tools&tool == 0 {
				continue
			}
			for _, behind := range e.Behind() {
				for word := range strings.FieldsSeq(e.Words) {
					u := use{tool, behind, word}
					if other, twice := seen[u]; twice {
						t.Errorf("%q behind %q is %q and %q", word, behind, other, e.Here)
					}
					seen[u] = e.Here
				}
			}
		}
	}
}

// TestToolsAgree: a word means one thing in its place, whatever tool it is of, as
// nobody says which one he comes from.
func TestToolsAgree(t *testing.T) {
	seen := map[[2]string]string{}
	for _, e := range dialect.Table() {
		for _, behind := range e.Behind() {
			for word := range strings.FieldsSeq(e.Words) {
				at := [2]string{behind, dialect.Plain(word)}
				if other, twice := seen[at]; twice && other != e.Here {
					t.Errorf("%q behind %q is %q and %q", word, behind, other, e.Here)
				}
				seen[at] = e.Here
			}
		}
	}
}

// TestEveryWordIsFound: the look-ups answer with what the table says.
func TestEveryWordIsFound(t *testing.T) {
	for _, e := range dialect.Table() {
		for word := range strings.FieldsSeq(e.Words) {
			for _, name := range e.Behind() {
				if got := answer(&e, layer.Find(name), word); !strings.HasPrefix(e.Here, got) || got == "" {
					t.Errorf("%s behind %q: %q, want %q", word, name, got, e.Here)
				}
			}
		}
	}
}

func answer(e *dialect.Entry, k *layer.Kind, word string) string {
	switch {
	case e.Is == dialect.Kind:
		if k, _ := dialect.KindOf(word); k != nil {
			return k.Name
		}
		return ""
	case e.Is == dialect.Form:
		_, example := dialect.KindOf(strings.ToUpper(word))
		return example
	case e.Is == dialect.Option:
		if p := dialect.OptionOf(k, word); p != nil {
			return p.Name
		}
		return ""
	case e.Of == "":
		return dialect.Beginning(word)
	case k == nil: // any
		return dialect.Behind(layer.Find("identity"), word)
	}
	return dialect.Behind(k, word)
}

// TestEveryKindHasItsNames: somebody else has a name for each kind, if only ours.
func TestEveryKindHasItsNames(t *testing.T) {
	called := map[string]bool{}
	for _, e := range dialect.Table() {
		if first, _, _ := strings.Cut(e.Here, " "); e.Is == dialect.Kind || e.Is == dialect.Form {
			called[first] = true
		}
	}
	for _, k := range layer.All {
		if !called[k.Name] {
			t.Errorf("what do others call %s?", k.Name)
		}
	}
}

// TestGapsAreOfOurs: what another tool lacks is something of ours.
func TestGapsAreOfOurs(t *testing.T) {
	for _, g := range dialect.Gaps() {
		if g.Why == "" {
			t.Errorf("%v: a gap has a reason", g)
		}
		for name := range strings.FieldsSeq(g.Of) {
			k := layer.Find(name)
			if k == nil {
				t.Errorf("there is no kind %s", name)
				continue
			}
			if i := k.Find(g.Option); g.Option != "" && (i < 0 || g.Value != "" && !strings.Contains(g.Value, " ") && !slices.Contains(k.Params[i].Words, g.Value)) {
				t.Errorf("%s has no %s %s", name, g.Option, g.Value)
			}
		}
	}
}

// TestNear: misspelt words of others are found.
func TestNear(t *testing.T) {
	if k, near, example := dialect.NearKind("conv2s"); k != layer.Find("conv") || near != "conv2d" || example != k.Example {
		t.Errorf("got %v, %s, %s", k, near, example)
	}
	if p, near := dialect.NearOption(layer.Find("conv"), "kernel_sise"); p == nil || p.Name != "kernel" || near != "kernel_size" {
		t.Errorf("got %v, %s", p, near)
	}
	if p, _ := dialect.NearOption(layer.Find("relu"), "kernel_sise"); p != nil {
		t.Errorf("relu has no %s", p.Name)
	}
}
