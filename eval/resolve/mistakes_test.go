package resolve_test

import (
	"slices"
	"strconv"
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

// TestToldWhereItRuns: what is wrong where it runs is an error there, though the
// same word has been told of where nothing runs; no run fails in silence.
func TestToldWhereItRuns(t *testing.T) {
	for _, test := range []struct {
		script string
		run    string // lines of errors and, with a question mark, of warnings
		check  string
	}{
		{"input 8x8x4\nif false { zork }\nzork\nzork", "2? 3", "2"},
		{"input 8x8x4\nif true { zork }\nzork", "2", "2"},
		{"input 8x8x4\nif false { add with nobody }\nif false { add with nobody }\nadd with nobody\nadd with nobody", "2? 4", "2"},
		{"input 8x8x4\nif false { zork z 3 }\nadd with z", "2? 3", "2"},
		{"input 8x8x4\nif false { zork z 3 }\nif false { add with z }", "2?", "2"},
		{"input 8x8x4\nif true { zork z 3 }\nif true { add with z }", "2", "2"},
		{"input 8x8x4\nif false { zork z 3 } else { conv z 4 1x1 }\ntanh; add with z", "2?", "2"},
		{"input 8x8x4\nif total > 0 { block b { relu } }\nb", "2? 3", "2"},
		{"input 8x8x4\nrepeat 0 { zork { nobody } }\nrelu", "2? 2?", "2 2"},
		{"input 8x8x4\nzork { nobody }\nrelu", "2 2", "2 2"},
		{"block b { zork }\ninput 8x8x4\nzork", "1? 3", "1 3"},
		{"block b { zork; zork }\ninput 8x8x4\nb; b", "1", "1"},
		{"block b(b, k) { relu }\ninput 8x8x4\nb 3 4", "", ""},
		{"block b(k = 1, j) { relu }\ninput 8x8x4\nb", "1", "1"},
		{"block b(k, k) { relu }\nblock c { b 3 }\ninput 8x8x4\nc\nb 3", "1", "1"},
		{"block conv { relu }\nblock rgb { relu }\nblock b { relu }\nblock b { tanh }\ninput 8x8x4", "1 2 4", "1 2 4"},
		{"let n = 3\nblock n { relu }\nblock m { relu }\nlet m = 3\ninput 8x8x4\nconv m 4 1x1", "2 4 6", "2 4 6"},
		{"use resnets\nuse resnet\ninput 8x8x4\nuse \"x.cnnl\"", "1 4", "1 4"},
		{"input 8x8x4\nlet k = in.height", "2", "2"},
		{"input 8x8x4\nif false { from in }", "2?", "2"},
		{"input 8x8x4\nmisconception \"x\" { relu with z; conv 4 1x1 strde 2 { relu } }", "2? 2? 2?", "2 2 2"},
		{"input 8x8x4\nassume pad $nobody\nconv 4 3x3", "2", "2"},
	} {
		for _, whole := range []bool{false, true} {
			net, diags := run(lang.NewSource("test", test.script), eval.Options{Whole: whole})
			var said []string
			for _, d := range diags.List {
				line, _ := d.Source.Position(d.Span.Start)
				said = append(said, strconv.Itoa(line)+map[bool]string{true: "?"}[d.Severity == lang.Warning])
			}
			want := test.run
			if whole {
				want = test.check
			}
			if got := strings.Join(said, " "); got != want {
				t.Errorf("%s\nwhole %v: got %s, want %s: %v", test.script, whole, got, want, diags.List)
			}
			if net.Failed && !diags.Failed() {
				t.Errorf("%s\nwhole %v: it fails in silence", test.script, whole)
			}
		}
	}
}

// TestManyWarnings: however many there are, they fail no script and hide no error.
func TestManyWarnings(t *testing.T) {
	unused := "block unused {\n" + strings.Repeat("conv 4 1x1 strde 2\n", 11_000) + "}\ninput 8x8x4\nrelu\n"
	if _, diags := run(lang.NewSource("test", unused), eval.Options{}); diags.Failed() || len(diags.List) != lang.DefaultMessages {
		t.Errorf("got %d messages and %d more, failed %v", len(diags.List), diags.More, diags.Failed())
	}
	_, diags := run(lang.NewSource("test", unused+"conv 4 1x1 strde 2"), eval.Options{})
	if !diags.Failed() || !slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return d.Severity == lang.Error }) {
		t.Error("the error is hidden by warnings")
	}
}
