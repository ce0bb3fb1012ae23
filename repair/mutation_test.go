package repair

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mutations are what goes wrong at the keyboard, to words and to lines.
var mutations = []func(r *rand.Rand, words []string) []string{
	func(r *rand.Rand, w []string) []string { i := r.IntN(len(w)); return slices.Delete(w, i, i+1) },
	func(r *rand.Rand, w []string) []string { i := r.IntN(len(w)); return slices.Insert(w, i, w[i]) },
	func(r *rand.Rand, w []string) []string {
		i, j := r.IntN(len(w)), r.IntN(len(w))
		w[i], w[j] = w[j], w[i]
		return w
	},
	func(r *rand.Rand, w []string) []string {
		i := r.IntN(len(w))
		letters := []rune(w[i])
		k := r.IntN(len(letters))
		w[i] = string(slices.Delete(letters, k, k+1))
		return slices.DeleteFunc(w, func(s string) bool { return s == "" })
	},
}

// mutated is a script with one mutation of a line.
func mutated(r *rand.Rand, text string) string {
	lines := strings.Split(text, "\n")
	i := r.IntN(len(lines))
	words := strings.Fields(lines[i])
	if len(words) == 0 {
		return strings.Join(slices.Delete(lines, i, i+1), "\n") // a line less
	}
	lines[i] = strings.Join(mutations[r.IntN(len(mutations))](r, words), " ")
	return strings.Join(lines, "\n")
}

// TestMutations: of right scripts with one thing wrong each offered edit leaves no more
// mistakes, and what is certain touches lines at fault only and is done once.
func TestMutations(t *testing.T) {
	files, err := filepath.Glob("../examples/*/*.cnnl")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	offered := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 2000 {
			continue
		}
		for range 3 {
			text := mutated(r, string(data))
			checkMended(t, text)
			offered += checkOffers(t, text)
		}
	}
	if offered < 40 {
		t.Errorf("only %d edits were offered", offered)
	}
}

// checkOffers tries every edit that is offered for a script by itself.
func checkOffers(t *testing.T, text string) (offered int) {
	t.Helper()
	src, r := mend(text)
	before := read(text)
	atFault := map[int]bool{}
	for i := range r.Diags.List {
		line, _ := src.Position(r.Diags.List[i].Span.Start)
		atFault[line] = true
	}
	for i := range r.Diags.List {
		d := &r.Diags.List[i]
		for k := range d.Fixes {
			offered++
			checkFix(t, src, before, d, &d.Fixes[k])
		}
		checkTouches(t, src, d, atFault)
	}
	if _, again := mend(r.Text); again.Text != r.Text {
		t.Errorf("%q: mended\n%q, and that\n%q", text, r.Text, again.Text)
	}
	return offered
}
