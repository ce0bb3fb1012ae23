package render_test

import (
	"io"
	"strings"
	"testing"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/explain"
	"cnnl/internal/chunk"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/render/terminal"
)

// FuzzViews: whatever a script says, right or wrong, every view of it ends
// well.
func FuzzViews(f *testing.F) {
	for _, file := range []string{"kinds", "language", "errors", "hints", "claims", "blocks", "blocks_errors", "elsewhere"} {
		for _, s := range chunk.Read(f, "../eval/testdata/"+file+".cnnl") {
			f.Add(s.Source.Text)
		}
	}
	for _, k := range layer.All { // what hangs on what cannot be read
		f.Add("input 14x14]32\n" + strings.TrimSpace(k.Name+" a "+k.Branch) + " { }\n" + k.Name + " b = a\n")
		f.Add("input 9x8 sequence\n" + k.Name + " with ")
	}
	base, _ := run("base", "input 8x8x3\nconv c1 4 3x3\nflatten\ndense 3\n")
	narrow := terminal.Terminal{Width: 40, Color: true}
	f.Fuzz(func(t *testing.T, text string) {
		opts := eval.Options{Limits: eval.Limits{Layers: 300, Steps: 3_000}}
		file, diags := lang.Parse(lang.NewSource("fuzz", text), lang.Limits{})
		net, more := eval.Run(file, opts)
		diags.Merge(more)
		diags.Sort()
		readings := eval.Readings(net, opts)
		render.Diagnostics(io.Discard, narrow, diags)
		for depth := -1; depth < 2; depth++ {
			render.Network(io.Discard, narrow, net, readings, depth, render.Extent{})
			ok(t, render.JSON(io.Discard, "fuzz", net, readings, diags, depth, render.Extent{}))
			ok(t, render.CSV(io.Discard, true, "fuzz", net, diags, depth, render.Extent{}))
			ok(t, render.Markdown(io.Discard, "fuzz", net, readings, depth, render.Extent{}))
		}
		x, err := explain.New(net, explain.Options{Depth: -1, Macs: true, Field: true})
		ok(t, err)
		render.Explanation(io.Discard, narrow, x, readings, render.Extent{})
		ok(t, render.HTML(io.Discard, "fuzz", x, readings, render.Extent{}))
		ok(t, render.LaTeX(io.Discard, "fuzz", x, readings, false, render.Extent{}))
		ok(t, render.MarkdownExplanation(io.Discard, "fuzz", x, readings, render.Extent{}))
		ok(t, render.ExplanationJSON(io.Discard, "fuzz", x, readings, diags, render.Extent{}))
		ok(t, render.Diff(io.Discard, narrow, compare.Networks(net, base), render.Extent{}))
		ok(t, render.DiffJSON(io.Discard, compare.Networks(base, net), lang.Diagnostics{}, diags, render.Extent{}))
	})
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}
