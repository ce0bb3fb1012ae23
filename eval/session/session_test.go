package session_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/session"
	"cnnl/internal/chunk"
	"cnnl/internal/gen"
	"cnnl/lang"
)

type errorer interface{ Errorf(string, ...any) }

func begin(t errorer, opts eval.Options) *session.Session {
	opts.Whole = true
	s, diags := session.New("prompt", opts, lang.Limits{})
	for _, d := range diags.List {
		t.Errorf("%s", chunk.Text(d))
	}
	return s
}

// view is what a network comes to, for comparing.
func view(net *network.Network) (list []string) {
	for i := range net.Nodes[:net.Good] {
		r := &net.Nodes[i]
		_, line := net.Place(r)
		list = append(list, fmt.Sprint(net.Path(int32(i)), " ", net.Statement(r), " ", line, " ", r.From, " ", r.Out, " ", r.Params(), " ", r.FrozenParams(), " ", r.PerUse, " ", r.Macs, " ", r.Stats, " ", r.Field.Sizes(), " ", net.Shares(r)))
	}
	t := net.Totals
	return append(list, fmt.Sprint(t.Params(), t.Frozen, t.PerUse, t.Macs, t.Stats, t.Activations, t.Field.Sizes(), net.Outputs))
}

// TestSessionIsRun: a script entered piece by piece gives the network that it
// gives at once; what fails leaves no trace; undoing and entering again change
// nothing.
func TestSessionIsRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkSession(t, gen.Script(t)) })
}

// TestSessionOfExamples does the same with the examples and the tests' own
// scripts.
func TestSessionOfExamples(t *testing.T) {
	files, _ := filepath.Glob("../../examples/*/*.cnnl")
	if len(files) < 16 {
		t.Fatalf("only %d examples", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "use \"") {
			checkSession(t, string(text))
		}
	}
	for _, file := range []string{"../testdata/kinds.cnnl", "../testdata/blocks.cnnl", "../testdata/language.cnnl", "../testdata/blocks_errors.cnnl", "../testdata/errors.cnnl"} {
		for _, s := range chunk.Read(t, file) {
			checkSession(t, strings.TrimLeft(s.Source.Text, "\n"))
		}
	}
}

func checkSession(t errorer, script string) {
	file, diags := lang.Parse(lang.NewSource("script", script), lang.Limits{})
	if diags.Failed() {
		return
	}
	s := begin(t, eval.Options{})
	var views [][]string
	for _, piece := range lang.Pieces(file) {
		before := view(s.Network())
		a := s.Enter(piece)
		if !a.OK {
			if diff := cmp.Diff(before, view(s.Network())); diff != "" {
				t.Errorf("%q fails and leaves a trace: %s", piece, diff)
			}
			continue
		}
		views = append(views, before)
	}
	file, said := lang.Parse(lang.NewSource("script", s.Script()), lang.Limits{})
	net, more := eval.Run(file, eval.Options{})
	said.Merge(more)
	if said.Failed() {
		t.Errorf("what stands does not run: %s\n%s", chunk.Text(said.List[0]), s.Script())
		return
	}
	end := view(s.Network())
	if diff := cmp.Diff(view(net), end); diff != "" {
		t.Errorf("-run +session\n%s\n%s", diff, s.Script())
	}
	for _, want := range slices.Backward(views) {
		s.Undo()
		if diff := cmp.Diff(want, view(s.Network())); diff != "" {
			t.Errorf("undone, -before +after\n%s\n%s", diff, s.Script())
		}
	}
	if s.Script() != "" || s.Entries() != 0 {
		t.Errorf("all is undone, and %q stands", s.Script())
	}
	for range views {
		if a, ok := s.Redo(); !ok || !a.OK {
			t.Errorf("%q cannot be entered again: %v", a.Text, a.Diags.List)
		}
	}
	if diff := cmp.Diff(end, view(s.Network())); diff != "" {
		t.Errorf("undone and done again, -before +after\n%s", diff)
	}
}

func TestSessionEntries(t *testing.T) {
	s := begin(t, eval.Options{})
	for _, entry := range []string{"input 120x120 cmyk", "conv c1 20 3x3", "conv 20 3x3", "let w = 2 * 10", "conv c3 $w 3x3; conv c4 20 3x3", "block u(n) { conv k $n 1x1 }", "u u1 4"} {
		if a := s.Enter(entry); !a.OK {
			t.Fatalf("%s: %s", entry, chunk.Text(a.Diags.List[0]))
		}
	}
	for _, test := range []struct{ entry, want string }{
		{"conv c1 20 3x3", "the name c1 is taken .line 2"},
		{"conv conv2 20 3x3", "the name conv2 is taken .line 3"},
		{"conv c9 20 3x3; conv c10 = c8", "no layer called c8"},
		{"cnv 3", "did you mean conv"},
		{"cnv 3", "did you mean conv"}, // told anew
		{"relu {", "never closed"},
		{"expect total == 3", "total is"},
		{"freeze c1; nope 3", "nope"},
		{"let q = 1; let q = 2", "the name q is taken"},
		{"u u1 4", "the name u1 is taken"},
		{"block u(n) { relu }", "there is a block u already"},
		{"for i in 1..3 { conv t[1] 3 }", "."},
		{"repeat 2 { conv t 4 1x1; conv t2 4 99x99 }", "kernel is larger"},
	} {
		total, script := s.Totals(), s.Script()
		a := s.Enter(test.entry)
		if a.OK || len(a.Diags.List) == 0 || !strings.Contains(strings.ReplaceAll(chunk.Text(a.Diags.List[0]), "(", "."), test.want) && test.want != "." {
			t.Errorf("%s: %v, want %s", test.entry, a.Diags.List, test.want)
		}
		if s.Totals() != total || s.Script() != script {
			t.Errorf("%s: it failed, and something changed", test.entry)
		}
		for _, d := range a.Diags.List {
			if _, column := d.Source.Position(d.Span.Start); d.Span.End > len(d.Source.Text) || column < 1 {
				t.Errorf("%s: a message quotes what is gone", test.entry)
			}
		}
	}
	for entry, want := range map[string]string{
		"c1.params": "740", "total / 2": "5,842", "c3.out": "114x114x20", "here": "112x112x4", "in.channels": "4", "w": "20", "max(3, w)": "20", "(2 + 3) * 4": "20",
		"not true": "false", "u1.k.params": "84", "20": "20", "c1.params == 740": "true", "total.field": "9x9", "conv2.out": "116x116x20", "3x4": "3x4", "-w": "-20",
	} {
		if !s.IsExpression(entry) {
			t.Errorf("%s is a calculation", entry)
		}
		if got, diags := s.Value(entry); got != want || len(diags.List) > 0 {
			t.Errorf("%s is %s, want %s %v", entry, got, want, diags.List)
		}
	}
	for _, entry := range []string{"conv c7 3 3x3", "max { } { }", "relu", "let a = 3", "from c1", "u u2 3", "cnv 3", "", "# c1"} {
		if s.IsExpression(entry) {
			t.Errorf("%q is no calculation", entry)
		}
	}
	for entry, want := range map[string]string{"c1.parms": "did you mean .params", "1 +": "stops short", "1/0": "division by zero", "c1.params c": "did not expect"} {
		if got, diags := s.Value(entry); got != "" || len(diags.List) != 1 || !strings.Contains(chunk.Text(diags.List[0]), want) {
			t.Errorf("%s: %q %v, want %s", entry, got, diags.List, want)
		}
	}
}

// TestSessionTellsAnew: a mistake in a used file's block is told to every entry
// that runs into it.
func TestSessionTellsAnew(t *testing.T) {
	s := begin(t, eval.Options{Open: func(string) (string, error) { return "block b { conv 8 3x3 strode 2 }", nil }})
	s.Enter("input 8x8x3")
	s.Enter(`use "b.cnnl"`)
	for range 2 {
		if a := s.Enter("b"); a.OK || len(a.Diags.List) != 1 || !strings.Contains(chunk.Text(a.Diags.List[0]), "no option called strode") {
			t.Errorf("got %v, want a message on strode", a.Diags.List)
		}
	}
}

// TestSessionLet: where the value of a let stands, however it was entered.
func TestSessionLet(t *testing.T) {
	s := begin(t, eval.Options{})
	for _, entry := range []string{"# first", "input 8x8x3\n", "let a = 3; let width = 4 * 5 # w", "conv $width 1x1"} {
		s.Enter(entry)
	}
	for _, entry := range []string{"", "let last = 7", "", "block b { let last = 2 * 3; conv $last 1x1 }"} {
		s.Enter(entry)
	}
	for name, want := range map[string]string{"width": "2: 4 * 5", "last": "5: 7, 7: 2 * 3", "nothing": ""} {
		var got []string
		for _, p := range s.Lets(name) {
			got = append(got, fmt.Sprintf("%d: %s", p.Entry, texts(s)[p.Entry][p.Start:p.End]))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s stands at %q, want %q", name, got, want)
		}
	}
}

func standingLayers(b testing.TB, n int) *session.Session {
	s, _ := session.New("prompt", eval.Options{}, lang.Limits{Source: 1 << 30})
	s.Enter("input 8x8x4")
	for i := range n {
		if a := s.Enter(fmt.Sprintf("conv layer%d_ 4 1x1", i)); !a.OK {
			b.Fatal(a.Diags.List)
		}
	}
	return s
}

// BenchmarkEnter enters one layer, undoes it and does it again, with so many
// standing.
func BenchmarkEnter(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := standingLayers(b, n)
			b.ResetTimer()
			for b.Loop() {
				s.Enter("conv last 4 1x1")
				s.Undo()
				s.Redo()
				s.Undo()
			}
		})
	}
}

// FuzzSessions holds random scripts, entered bit by bit, to what they give at
// once.
func FuzzSessions(f *testing.F) {
	for seed := range 20 {
		draws := make([]byte, 4096)
		_, _ = rand.NewChaCha8([32]byte{byte(seed)}).Read(draws)
		f.Add(draws)
	}
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { checkSession(t, gen.Script(t)) }))
}

// texts are those of the entries that stand.
func texts(s *session.Session) (list []string) {
	for _, e := range s.Standing() {
		list = append(list, e.Text)
	}
	return list
}
