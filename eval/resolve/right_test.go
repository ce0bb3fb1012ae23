package resolve_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cnnl/eval"
	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/internal/chunk"
	"cnnl/internal/gen"
	"cnnl/lang"
)

// TestRight: of scripts that are right nothing is said, whatever is run of them.
func TestRight(t *testing.T) {
	for _, s := range chunk.Read(t, "testdata/right.cnnl") {
		_, diags := run(s.Source, eval.Options{Whole: true})
		s.Check(t, diags)
	}
}

// TestRightUnused: a script that runs clean is right too where it is not run.
func TestRightUnused(t *testing.T) {
	tried := 0
	for _, src := range corpus(t) {
		tried += checkUnused(t, src.Name, src.Text)
	}
	if tried < 100 {
		t.Errorf("only %d scripts were tried", tried)
	}
	rapid.Check(t, func(t *rapid.T) {
		script := gen.Script(t)
		if _, diags := run(lang.NewSource("random", script), eval.Options{}); len(diags.List) == 0 {
			checkUnused(t, "random", script)
		}
	})
}

// checkUnused puts all of a script behind its inputs, blocks and uses into a
// branch that is not taken.
func checkUnused(t errorer, name, text string) (tried int) {
	file, _ := lang.Parse(lang.NewSource(name, text), lang.Limits{})
	var top, rest strings.Builder
	for i := range file.Stmts {
		s := &file.Stmts[i]
		written := text[s.Span.Start:s.Span.End] + "\n"
		switch n := s.Node.(type) {
		case *lang.Accept, *lang.Misconception, *lang.Mark:
			return 0
		case *lang.Let:
			if rest.Len() > 0 && strings.Contains(text[s.Span.End:], "block ") {
				return 0 // a block may know it, and it what is run before
			}
			if rest.Len() == 0 {
				top.WriteString(written)
				continue
			}
		case *lang.Layer:
			if n.Kind.Text == "input" {
				top.WriteString(written)
				continue
			}
		case *lang.Block, *lang.UseStmt:
			top.WriteString(written)
			continue
		}
		rest.WriteString(written)
	}
	script := top.String() + "if 1 > 2 {\n" + rest.String() + "}\n"
	if _, diags := run(lang.NewSource(name, script), eval.Options{Whole: true, Open: beside(name)}); len(diags.List) > 0 {
		t.Errorf("%s: %s\n%s", name, chunk.Text(diags.List[0]), script)
	}
	return 1
}

var word = regexp.MustCompile(`[A-Za-z_]\w*`)

// slipped is a script with a slip in it.
func slipped(r *rand.Rand, text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	i := r.IntN(len(lines))
	end := min(len(lines), i+1+r.IntN(3))
	switch r.IntN(6) {
	case 0:
		lines[i] = ""
	case 1:
		lines[i] += "\n" + lines[r.IntN(len(lines))]
	case 2:
		heads := []string{"if false {", "if true {", "repeat 0 {", "repeat 2 {", "for q in 2..1 {", "block b9 {", "add {", "if total > 0 {"}
		lines[i] = heads[r.IntN(len(heads))] + "\n" + lines[i]
		lines[end-1] += "\n}"
	default:
		words := word.FindAllString(text, -1)
		at := word.FindAllStringIndex(lines[i], -1)
		if len(at) == 0 {
			return text
		}
		span := at[r.IntN(len(at))]
		other := []string{"nobody", words[r.IntN(len(words))], lines[i][span[0]:span[1]] + "s"}
		lines[i] = lines[i][:span[0]] + other[r.IntN(len(other))] + lines[i][span[1]:]
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestSlips: whatever slips are in a script, no run of it fails in silence, what
// stands where nothing runs changes no number, and where the whole script counts no
// mistake is passed over.
func TestSlips(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, src := range corpus(t) {
		if len(src.Text) > 3000 {
			continue
		}
		for range 4 {
			checkSlip(t, lang.NewSource(src.Name, slipped(r, slipped(r, src.Text))))
		}
	}
}

func checkSlip(t *testing.T, src *lang.Source) {
	t.Helper()
	limits := eval.Limits{Layers: 10_000, Steps: 100_000}
	net, diags := run(src, eval.Options{Limits: limits, Open: beside(src.Name)})
	whole, all := run(src, eval.Options{Limits: limits, Open: beside(src.Name), Whole: true})
	if diff := cmp.Diff(figures(net), figures(whole)); diff != "" {
		t.Errorf("%s: what is told changes the numbers: %s\n%s", src.Name, diff, src.Text)
	}
	if net.Failed && !diags.Failed() {
		t.Errorf("%s fails in silence\n%s", src.Name, src.Text)
	}
	if len(diags.List) > 0 && !all.Failed() && fmt.Sprint(diags.List) != fmt.Sprint(all.List) {
		t.Errorf("%s: not told where the whole script counts: %v\n%s", src.Name, diags.List, src.Text)
	}
}

// TestCalledHere: how an option is written that has another tool's name is that option,
// or an example without a mistake.
func TestCalledHere(t *testing.T) {
	shown := 0
	for _, e := range dialect.Table() {
		for _, kind := range e.Behind() {
			for word := range strings.FieldsSeq(e.Words) {
				for _, hint := range hintsFor("block unused { relu; " + kind + " " + word + " }\ninput 8\n") {
					_, example, ok := strings.Cut(hint, ": ")
					if !ok || !strings.HasPrefix(hint, "here it is called ") {
						continue
					}
					shown++
					first, _, _ := strings.Cut(example, " ")
					if k := layer.Find(kind); k == nil || k.Find(first) >= 0 {
						continue
					}
					if wrong := hintsFor("block unused { relu; " + example + " }\ninput 8\n"); len(wrong) > 0 {
						t.Errorf("%s %s: %s: %v", kind, word, hint, wrong)
					}
				}
			}
		}
	}
	if shown < 20 {
		t.Errorf("only %d examples are shown", shown)
	}
}

// hintsFor are the hints of a script's mistakes, and for those without their summaries.
func hintsFor(script string) (list []string) {
	file, diags := lang.Parse(lang.NewSource("t", script), lang.Limits{})
	_, more := eval.Run(file, eval.Options{})
	diags.Merge(more)
	for _, d := range diags.List {
		if d.Severity == lang.Error || d.Severity == lang.Warning {
			said := d.Hint
			if said == "" {
				said = d.Summary
			}
			list = append(list, said)
		}
	}
	return list
}
