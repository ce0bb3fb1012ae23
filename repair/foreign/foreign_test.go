package foreign_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/repair/foreign"
)

// A program is one of another tool, what it means, and its parameters as somebody else
// counts them.
type program struct {
	name, text, want string
	sure             bool
	total            int64
}

// programs reads those of a file, parted by lines with a name.
func programs(t testing.TB, file string) (list []program) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(string(data), "=== "), "\n=== ") {
		var p program
		var rank string
		p.name, part, _ = strings.Cut(part, "\n")
		rank, part, _ = strings.Cut(part, "\n")
		p.text, p.want, _ = strings.Cut(part+"\n", "\n--->\n")
		p.text = strings.TrimRight(p.text, "\n") + "\n"
		var word string
		if _, err := fmt.Sscan(rank, &word, &p.total); err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
		p.sure = word == "certain"
		list = append(list, p)
	}
	return list
}

// TestPrograms: pasted programs become ours, with the parameters that they have there.
func TestPrograms(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		for _, p := range programs(t, file) {
			t.Run(filepath.Base(file)+"/"+p.name, func(t *testing.T) { p.check(t) })
		}
	}
}

func (p *program) check(t *testing.T) {
	at := 0
	if first, _, _ := strings.Cut(p.text, "\n"); strings.HasPrefix(first, "input ") {
		at = len(first) + 1
	}
	text := p.text
	if strings.HasPrefix(text, "x = ") { // what x is stands above
		text = "input 8x8x3\n" + text
		at = len("input 8x8x3\n")
	}
	readings := foreign.Look(text).Read(at, eval.Options{}, lang.Limits{})
	if len(readings) == 0 {
		t.Fatal("not read")
	}
	r := readings[0]
	got, err := lang.Apply(text, r.Edits)
	if err != nil {
		t.Fatal(err)
	}
	if r.Sure != p.sure {
		t.Errorf("sure is %v: %s", r.Sure, r.Title)
	}
	file, diags := lang.Parse(lang.NewSource("", got), lang.Limits{})
	v := eval.Evaluate(file, eval.Options{})
	if diags.Merge(v.Diags); diags.Failed() {
		t.Fatalf("%v\n%s", diags.List, got)
	}
	if total := v.Network.Totals.Params(); total != p.total {
		t.Errorf("total %d, want %d\n%s", total, p.total, got)
	}
	if want := strings.TrimSpace(p.want); want != "" && strings.TrimSpace(strings.TrimPrefix(got, "input 8x8x3\n")) != want {
		t.Errorf("got\n%s", got)
	}
}
