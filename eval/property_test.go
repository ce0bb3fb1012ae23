package eval_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/chunk"
	"cnnl/internal/gen"
	"cnnl/lang"
)

// TestRowsAddUp: whatever the script, the sum over its rows is the total, and
// the parts of a count add up to it.
func TestRowsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkRows(t, gen.Script(t)) })
}

func checkRows(t errorer, script string) {
	net, _ := run(lang.NewSource("random", script), eval.Options{})
	var sum network.Totals
	for i := range net.Nodes[:net.Good] {
		r := &net.Nodes[i]
		sum.Weights += r.Weights
		sum.Biases += r.Biases
		sum.Frozen += r.FrozenParams()
		sum.Stats += r.Stats
		sum.PerUse += r.PerUse
		sum.Macs += r.Macs
		sum.Activations += r.Activations
		sum.Inside += r.Inside
		if r.Owner < 0 && r.PerUse != r.Params() || r.Owner >= 0 && r.Bias >= 0 && (r.Params() != 0 || r.PerUse != net.Nodes[r.Owner].Weights+net.Nodes[r.Bias].Biases) {
			t.Errorf("%s: %d parameters, %d per use, owner %d", r.Name, r.Params(), r.PerUse, r.Owner)
		}
	}
	sum.Field = net.Totals.Field
	if sum != net.Totals {
		t.Errorf("the rows add up to %+v, the total is %+v", sum, net.Totals)
	}
}

// TestFormattedEvaluatesAlike: formatting changes nothing that counts.
func TestFormattedEvaluatesAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkAlike(t, gen.Script(t), eval.Limits{}) })
}

// checkAlike runs a script as it is and formatted.
func checkAlike(t errorer, text string, limits eval.Limits) {
	formatted, diags := lang.Format(lang.NewSource("script", text), lang.Limits{})
	if diags.Failed() {
		return
	}
	before, said := run(lang.NewSource("script", text), eval.Options{Limits: limits})
	after, saidAfter := run(lang.NewSource("script", formatted), eval.Options{Limits: limits})
	if len(said.List) != len(saidAfter.List) || len(before.Nodes) != len(after.Nodes) || before.Good != after.Good {
		t.Errorf("formatting changes what is said or how many layers there are:\n%s\nand\n%s", text, formatted)
		return
	}
	a, b := before.Totals, after.Totals
	a.Field, b.Field = nil, nil
	if a != b || !slices.Equal(before.Totals.Field.Sizes(), after.Totals.Field.Sizes()) {
		t.Errorf("formatting changes the totals from %+v to %+v:\n%s\nand\n%s", a, b, text, formatted)
	}
}

type errorer interface{ Errorf(string, ...any) }

// shown lists every calculation of a network with its number.
func shown(net *network.Network) (list []shownCalc) {
	for i := range net.Nodes[:net.Good] {
		r := &net.Nodes[i]
		call := net.Call(i)
		call.Sheet = new(calc.Sheet)
		call.Run()
		for axis, e := range call.Axes() {
			list = append(list, shownCalc{r.Name, "output", e.String(), call.Out.At(axis)})
		}
		weights, biases, params, macs := int64(0), int64(0), int64(0), int64(0)
		for _, bank := range call.Banks() {
			for _, part := range []struct {
				expr calc.Expr
				sum  *int64
			}{{bank.Weights(), &weights}, {bank.Biases(), &biases}, {bank.Params(), &params}, {bank.Macs(), &macs}} {
				list = append(list, shownCalc{r.Name, "count", part.expr.String(), part.expr.Value()})
				*part.sum += part.expr.Value()
			}
		}
		list = append(list, shownCalc{r.Name, "per use", fmt.Sprint(params), r.PerUse}, shownCalc{r.Name, "weights and biases", fmt.Sprint(weights + biases), params},
			shownCalc{r.Name, "macs", call.Macs().String(), r.Macs})
		if r.Kind.Work != nil {
			macs += r.Kind.Work(call).Value()
		}
		list = append(list, shownCalc{r.Name, "macs", fmt.Sprint(macs), r.Macs})
		if r.Kind.Stats != nil {
			e := r.Kind.Stats(call)
			list = append(list, shownCalc{r.Name, "stats", e.String(), e.Value()})
			if r.Owner < 0 {
				list = append(list, shownCalc{r.Name, "stats", e.String(), r.Stats})
			}
		}
	}
	return list
}

// A shownCalc is a calculation as shown, and the number it must give.
type shownCalc struct {
	layer, what, text string
	value             int64
}

// TestCalculationsReadBack reads every calculation that the program can show
// with the language's own expressions: they must give the number shown.
func TestCalculationsReadBack(t *testing.T) {
	read := 0
	files, _ := filepath.Glob("../examples/language/*.cnnl")
	for _, file := range append(files, "testdata/kinds.cnnl", "testdata/language.cnnl", "testdata/blocks.cnnl", "../examples/homework/cmyk.cnnl") {
		for _, s := range chunk.Read(t, file) {
			net, _ := run(s.Source, eval.Options{})
			var claims strings.Builder
			for _, c := range shown(net) {
				fmt.Fprintf(&claims, "expect %s == %d # %s of %s\n", c.text, c.value, c.what, c.layer)
				read++
			}
			_, diags := run(lang.NewSource(file, claims.String()), eval.Options{})
			for _, d := range diags.List {
				line, _ := d.Source.Position(d.Span.Start)
				text, _ := d.Source.Line(line)
				t.Errorf("%s: %s: %s", file, text, chunk.Text(d))
			}
		}
	}
	if read < 500 {
		t.Errorf("only %d calculations were read", read)
	}
}

// TestBrokenRule breaks one term of a rule: the number and its text must
// change together, because they are one.
func TestBrokenRule(t *testing.T) {
	whole := layer.Find("conv")
	broken := *whole
	broken.Learn = func(c *layer.Call) []layer.Bank {
		banks := whole.Learn(c)
		banks[0].Fan = banks[0].Fan.Plus(c.Sheet.Const(7))
		return banks
	}
	text := func(k *layer.Kind) (string, int64) {
		args := k.Defaults()
		args[k.Find("filters")], args[k.Find("kernel")] = layer.Num(20), layer.Num(3, 3)
		call := layer.Call{Kind: k, In: layer.NewShape(120, 120, 4), Args: args, Sheet: new(calc.Sheet)}
		call.Run()
		e := call.Banks()[0].Params()
		return e.String(), e.Value()
	}
	if s, n := text(whole); s != "(3·3·4 + 1)·20" || n != 740 {
		t.Errorf("conv shows %s = %d", s, n)
	}
	if s, n := text(&broken); s != "(3·3·4 + 7 + 1)·20" || n != 880 {
		t.Errorf("the broken rule shows %s = %d, want both changed", s, n)
	}
}

// TestEveryOptionHasAFigure: testdata/kinds.cnnl uses every kind with every
// value, option and word in a layer of which a claim is made.
func TestEveryOptionHasAFigure(t *testing.T) {
	text, err := os.ReadFile("testdata/kinds.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]string{}
	for _, script := range strings.Split(string(text), "\n---\n") {
		var claims strings.Builder // those behind a statement
		statements := strings.FieldsFunc(script, func(r rune) bool { return r == '\n' || r == ';' || r == '{' || r == '}' })
		slices.Reverse(statements)
		for _, statement := range statements {
			words := strings.Fields(statement)
			switch {
			case len(words) == 0:
			case words[0] == "expect":
				claims.WriteString(statement + " ")
			case len(words) > 1 && regexp.MustCompile(`\b`+regexp.QuoteMeta(words[1])+`\b`).MatchString(claims.String()), regexp.MustCompile(`\b(here|total|count)\b`).MatchString(claims.String()):
				used[words[0]] += " " + strings.Join(words, " ") + " "
			}
		}
	}
	for _, k := range layer.All {
		if used[k.Name] == "" {
			t.Errorf("%s has no figure", k.Name)
		}
		for _, word := range k.Vocabulary() {
			if !strings.Contains(used[k.Name], " "+word+" ") {
				t.Errorf("%s %s has no figure", k.Name, word)
			}
		}
	}
}

// TestExamplesOfKinds runs the example that the catalogue gives for a kind.
func TestExamplesOfKinds(t *testing.T) {
	for _, k := range layer.All {
		input := "input 32x32 rgb\n"
		switch {
		case k.Source:
			input = ""
		case k.Tokens:
			input = "input 50 tokens\n"
		case k.Name == "dense":
			input = "input 32\n"
		case k.Takes == layer.Range{Min: 1, Max: 1}, k.Name == "attention":
			input = "input 50x8 sequence\n"
		}
		text := input + k.Example
		if _, diags := run(lang.NewSource(k.Name, text), eval.Options{}); len(diags.List) > 0 {
			t.Errorf("%s: %s", k.Example, chunk.Text(diags.List[0]))
		}
	}
}

// FuzzRun: evaluating ends within the limits, never panics, and its rows add
// up.
func FuzzRun(f *testing.F) {
	for _, file := range []string{"testdata/kinds.cnnl", "testdata/language.cnnl", "testdata/errors.cnnl", "testdata/blocks.cnnl", "testdata/blocks_errors.cnnl"} {
		for _, s := range chunk.Read(f, file) {
			f.Add(s.Source.Text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		limits := eval.Limits{Layers: 1000, Steps: 10_000}
		net, _ := run(lang.NewSource("fuzz", text), eval.Options{Limits: limits})
		var params int64
		for i := range net.Nodes[:net.Good] {
			params += net.Nodes[i].Params()
			if !net.Nodes[i].Out.Known() || net.Nodes[i].Params() < 0 {
				t.Errorf("row %d of %d is not good: %+v", i, net.Good, net.Nodes[i])
			}
		}
		if params != net.Totals.Params() {
			t.Errorf("the rows add up to %d, the total is %d", params, net.Totals.Params())
		}
		if len(net.Nodes) > limits.Layers+limits.Steps {
			t.Errorf("%d rows", len(net.Nodes))
		}
		checkAlike(t, text, limits)
	})
}

// FuzzScripts holds random scripts to all that random scripts are held to, as
// many as there is time for.
func FuzzScripts(f *testing.F) {
	for seed := range 20 {
		draws := make([]byte, 4096)
		_, _ = rand.NewChaCha8([32]byte{byte(seed)}).Read(draws)
		f.Add(draws)
	}
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		script := gen.Script(t)
		checkRows(t, script)
		checkAlike(t, script, eval.Limits{})
	}))
}

// TestBiasesInShort: biases of some parts of a layer are not none.
func TestBiasesInShort(t *testing.T) {
	net, _ := run(lang.NewSource("t", "input 6x8 sequence\nattention bias qkv\nattention no bias\nattention bias\n"), eval.Options{})
	for i, want := range []string{"attention bias qkv", "attention no bias", "attention bias qkvo"} {
		if got := net.Statement(&net.Nodes[i+1]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if said := net.Call(1).Sentence(); !strings.Contains(said, "biases of qkv only") {
		t.Errorf("said %s", said)
	}
}
