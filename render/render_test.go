package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/internal/gen"
	"cnnl/internal/golden"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/render/terminal"
)

func run(name, text string) (*network.Network, lang.Diagnostics) {
	file, diags := lang.Parse(lang.NewSource(name, text), lang.Limits{})
	net, more := eval.Run(file, eval.Options{})
	diags.Merge(more)
	diags.Sort()
	return net, diags
}

func text(t terminal.Terminal, name, script string) string {
	net, diags := run(name, script)
	var b bytes.Buffer
	render.Network(&b, t, net, eval.Readings(net, eval.Options{}), -1, render.Extent{})
	render.Diagnostics(&b, t, diags)
	return b.String()
}

// TestGolden compares what people see with files that were read by one.
func TestGolden(t *testing.T) {
	scripts, _ := filepath.Glob("testdata/*.cnnl")
	if len(scripts) < 3 {
		t.Fatalf("only %d scripts", len(scripts))
	}
	for _, script := range scripts {
		source, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, look := range []struct {
			name string
			t    terminal.Terminal
		}{{"wide", terminal.Terminal{}}, {"80", terminal.Terminal{Width: 80}}, {"50", terminal.Terminal{Width: 50}}, {"color", terminal.Terminal{Width: 80, Color: true}}} {
			golden.File(t, strings.TrimSuffix(script, ".cnnl")+"."+look.name+".golden", text(look.t, filepath.Base(script), string(source)))
		}
	}
}

// TestFits: at 80 columns and at 50 nothing is wider than the terminal.
func TestFits(t *testing.T) {
	for _, width := range []int{80, 50} {
		rapid.Check(t, func(rt *rapid.T) {
			for _, line := range strings.Split(text(terminal.Terminal{Width: width}, "random.cnnl", gen.Script(rt)), "\n") {
				if w := displaywidth.String(line); w > width && !strings.Contains(line, "random.cnnl:") {
					rt.Errorf("%d columns at a width of %d: %s", w, width, line)
				}
			}
		})
	}
}

// TestNothingIsObeyed: whatever a script and its name say, nothing that a
// terminal would obey is written.
func TestNothingIsObeyed(t *testing.T) {
	for _, evil := range []string{"\x1b[31m", "\x1b]0;title\a", "\u009b2J", "\u202e", "\u2066", "\r", "\x00", "\x7f", "\x08", "\xff\xfe", "\u2028", "\ufeff"} {
		script := "# " + evil + "\nrelu " + evil + "x\nuse \"" + evil + "\nmark 3 \"" + evil + "\" foo bar\n"
		for _, width := range []int{0, 80, 20} {
			got := text(terminal.Terminal{Width: width}, "a"+evil+"b.cnnl", script)
			for _, r := range got {
				if r != '\n' && lang.Hidden(r) || r == utf8.RuneError {
					t.Errorf("%q: %q is written", evil, r)
				}
			}
			if !utf8.ValidString(got) {
				t.Errorf("%q: the answer is no UTF-8", evil)
			}
		}
	}
}

// TestLongLines: of a line that is too long, what is around the place is
// shown, with the carets under it.
func TestLongLines(t *testing.T) {
	for _, at := range []int{0, 10, 1000, 5000} {
		script := strings.Repeat("x ", at) + "?" + strings.Repeat(" y", 5000-at)
		got := text(terminal.Terminal{Width: 60}, "t", script)
		for _, line := range strings.Split(got, "\n") {
			if displaywidth.String(line) > 60 {
				t.Errorf("at %d: too long: %s", at, line)
			}
		}
		quoted := strings.Split(got, "\n")
		if len(quoted) < 3 {
			t.Fatalf("at %d: got %s", at, got)
		}
		shown, carets := []rune(quoted[1]), strings.Index(quoted[2], "^")
		if carets < 0 || carets >= len(shown) || shown[carets] != '?' {
			t.Errorf("at %d: the caret misses its place:\n%s", at, got)
		}
	}
}

type document struct {
	Layers []struct {
		Name, Kind                                                                    string
		Shares                                                                        *string
		Inputs                                                                        [][]int64
		Output, Field                                                                 []int64
		Params, Weights, Biases, Trainable, Frozen, Stats, Per_use, Macs, Activations int64
		Assumed                                                                       []string
	}
	Totals struct {
		Params, Weights, Biases, Trainable, Frozen, Stats, Per_use, Macs, Activations int64
		Field                                                                         []int64
	}
	Outputs []string
}

// TestJSONAgrees: the JSON of a random script says of every layer what the
// network and its table say.
func TestJSONAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		script := gen.Script(t)
		net, diags := run("random", script)
		var b bytes.Buffer
		if err := render.JSON(&b, "random", net, nil, diags, -1, render.Extent{}); err != nil {
			t.Fatal(err)
		}
		var doc document
		if err := json.Unmarshal(b.Bytes(), &doc); err != nil || len(doc.Layers) != net.Good {
			t.Fatalf("%d layers of %d: %v", len(doc.Layers), net.Good, err)
		}
		table := strings.Split(text(terminal.Terminal{}, "random", script), "\n")
		var outputs []string
		for _, i := range net.Outputs {
			outputs = append(outputs, net.Path(i))
		}
		check(t, "outputs", doc.Outputs, outputs)
		var running int64
		for i, l := range doc.Layers {
			r := &net.Nodes[i]
			var inputs [][]int64
			for _, from := range r.From {
				inputs = append(inputs, net.Nodes[from].Out.Axes())
			}
			shares := ""
			if l.Shares != nil {
				shares = *l.Shares
			}
			check(t, "inputs", l.Inputs, inputs)
			check(t, "layer", []any{l.Name, l.Kind, l.Output, l.Field, shares, l.Assumed}, []any{net.Path(int32(i)), r.Kind.Name, r.Out.Axes(), r.Field.Sizes(), net.Shares(r), net.Assumed(r)})
			check(t, "counts", []int64{l.Params, l.Weights, l.Biases, l.Trainable, l.Frozen, l.Stats, l.Per_use, l.Macs, l.Activations},
				[]int64{r.Params(), r.Weights, r.Biases, r.Params() - r.FrozenParams(), r.FrozenParams(), r.Stats, r.PerUse, r.Macs, r.Activations})
			running += l.Params
			cells := []string{l.Name, r.Out.String(), lang.Group(l.Params), lang.Group(running)}
			if r.Kind.Source {
				cells = cells[:2]
			}
			for _, cell := range cells {
				if !strings.Contains(" "+table[2+i]+" ", " "+cell+" ") {
					t.Errorf("the table says of %s: %s; want %s in it", l.Name, table[2+i], cell)
				}
			}
		}
		all, sum := &doc.Totals, &net.Totals
		check(t, "totals", []int64{all.Params, all.Weights, all.Biases, all.Trainable, all.Frozen, all.Stats, all.Per_use, all.Macs, all.Activations},
			[]int64{sum.Params(), sum.Weights, sum.Biases, sum.Trainable(), sum.Frozen, sum.Stats, sum.PerUse, sum.Macs, sum.Activations})
		check(t, "field", all.Field, sum.Field.Sizes())
	})
}

func check(t *rapid.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s: the JSON says %s, the network %s", what, g, w)
	}
}

func TestCondense(t *testing.T) {
	for in, want := range map[string]string{"c1 c2 c3 c4 c5": "c1-c5", "c1 c2": "c1 c2", "c1 c3 c4 c5 d": "c1 c3-c5 d", "a b": "a b", "c01 c02 c03": "c01 c02 c03", "": ""} {
		if got := strings.Join(render.Condense(strings.Fields(in)), " "); got != want {
			t.Errorf("%s becomes %q, want %q", in, got, want)
		}
	}
}
