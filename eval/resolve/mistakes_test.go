package resolve_test

import (
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// above stands before every script: blocks that it may use.
const above = "block two(k) with p q { add with p q }; block none { relu }; block outer(k) { conv u $k 1x1 }; "

// A placement is where a script is put: behind head, before tail.
type placement struct {
	name       string
	head, tail string
	runs       bool
}

var placements = []placement{
	{"where it runs", "input 8x8x4; ", "\n", true},
	{"in a block that nobody uses", "block unused(size) { relu; ", "\n}\ninput 8x8x4\nrelu", false},
	{"in a branch that is not taken", "input 8x8x4; if total > 0 { ", "\n}\nrelu", false},
	{"in braces of a block that nobody uses", "block unused { if 1 > 0 { add { relu; ", "\n} { } } }\ninput 8x8x4\nrelu", false},
}

// inBraces is where what belongs to the top runs all the same.
var inBraces = placement{"in braces that run", "input 8x8x4; if true { ", "\n}", true}

// put puts a script into a place; every line keeps its number.
func (p *placement) put(s *lang.Source) *lang.Source {
	lines := strings.Split(s.Text, "\n")
	first := slices.IndexFunc(lines, func(l string) bool { return l != "" && !strings.HasPrefix(l, "#") })
	lines[first] = above + p.head + lines[first]
	return lang.NewSource(s.Name, strings.Join(lines, "\n")+p.tail)
}

// onlyTop reports a script about what must not stand in braces.
func onlyTop(s *lang.Source) bool {
	return strings.HasPrefix(strings.TrimLeft(s.Text, "\n"), "# braces")
}

func run(src *lang.Source, opts eval.Options) (*network.Network, lang.Diagnostics) {
	file, diags := lang.Parse(src, lang.Limits{})
	net, more := eval.Run(file, opts)
	diags.Merge(more)
	diags.Sort()
	return net, diags
}

// TestMistakes: a mistake that needs no sizes is told wherever it stands, once: an
// error where it runs or where the whole script matters, and else a warning.
func TestMistakes(t *testing.T) {
	for _, s := range chunk.Read(t, "testdata/mistakes.cnnl") {
		written := s.Source
		for i, p := range placements {
			if i == 0 && onlyTop(written) {
				p = inBraces
			}
			for _, whole := range []bool{true, false} {
				src := p.put(written)
				net, diags := run(src, eval.Options{Whole: whole})
				s.Source = src
				if s.Check(t, diags); t.Failed() {
					t.Fatalf("%s, whole %v:%s", p.name, whole, strings.TrimLeft(src.Text, "\n"))
				}
				if diags.Failed() != (p.runs || whole) {
					t.Errorf("%s, whole %v: %v", p.name, whole, diags.List)
				}
				if !p.runs && (net.Failed || len(net.Nodes) != 2) {
					t.Errorf("%s: the network failed, or has other than its %d layers", p.name, len(net.Nodes))
				}
			}
		}
	}
}

// TestMistakesOfUsedFiles: of a file that is used only what runs is the script's
// concern: nothing of blocks that nobody uses, and all of those that somebody does.
func TestMistakesOfUsedFiles(t *testing.T) {
	for _, s := range chunk.Read(t, "testdata/mistakes.cnnl") {
		if onlyTop(s.Source) {
			continue
		}
		block := placement{head: "block shared { ", tail: "\n}"}
		file := block.put(s.Source)
		open := func(string) (string, error) { return file.Text, nil }
		_, diags := run(lang.NewSource("script", "use \"shared.cnnl\"\ninput 8x8x4\nrelu"), eval.Options{Open: open, Whole: true})
		if len(diags.List) > 0 {
			t.Errorf("of a block that nobody uses: %s:%s", chunk.Text(diags.List[0]), strings.TrimLeft(file.Text, "\n"))
		}
		_, diags = run(lang.NewSource("script", "use \"shared.cnnl\"\ninput 8x8x4\nshared; shared"), eval.Options{Open: open})
		diags.List = slices.DeleteFunc(diags.List, func(d lang.Diagnostic) bool { return d.Source.Name == "script" })
		s.Source = file
		if s.Check(t, diags); t.Failed() {
			t.Fatal(strings.TrimLeft(file.Text, "\n"))
		}
	}
}
