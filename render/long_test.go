package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/explain"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/render/terminal"
)

// A shown is a network with what its views are made of.
type shown struct {
	net   *network.Network
	diags lang.Diagnostics
	x     *explain.Explanation
	diff  *compare.Diff
}

// longViews are all views of a network.
var longViews = map[string]func(w io.Writer, s shown, e render.Extent) error{
	"text": func(w io.Writer, s shown, e render.Extent) error {
		render.Network(w, terminal.Terminal{}, s.net, nil, -1, e)
		return nil
	},
	"narrow": func(w io.Writer, s shown, e render.Extent) error {
		render.Network(w, terminal.Terminal{Width: 60}, s.net, nil, -1, e)
		return nil
	},
	"json": func(w io.Writer, s shown, e render.Extent) error {
		return render.JSON(w, "f", s.net, nil, s.diags, -1, e)
	},
	"csv": func(w io.Writer, s shown, e render.Extent) error {
		return render.CSV(w, true, "f", s.net, s.diags, -1, e)
	},
	"markdown": func(w io.Writer, s shown, e render.Extent) error {
		return render.Markdown(w, "f", s.net, nil, -1, e)
	},
	"explain": func(w io.Writer, s shown, e render.Extent) error {
		return render.Explanation(w, terminal.Terminal{}, s.x, nil, e)
	},
	"explain markdown": func(w io.Writer, s shown, e render.Extent) error {
		return render.MarkdownExplanation(w, "f", s.x, nil, e)
	},
	"explain latex": func(w io.Writer, s shown, e render.Extent) error {
		return render.LaTeX(w, "f", s.x, nil, false, e)
	},
	"explain html": func(w io.Writer, s shown, e render.Extent) error {
		return render.HTML(w, "f", s.x, nil, e)
	},
	"explain json": func(w io.Writer, s shown, e render.Extent) error {
		return render.ExplanationJSON(w, "f", s.x, nil, s.diags, e)
	},
	"diff": func(w io.Writer, s shown, e render.Extent) error {
		return render.Diff(w, terminal.Terminal{}, s.diff, e)
	},
	"diff json": func(w io.Writer, s shown, e render.Extent) error {
		return render.DiffJSON(w, s.diff, s.diags, lang.Diagnostics{}, e)
	},
}

// longScripts are long in one way each. Every one has more than 20 rows, but for
// the failing one before its mistake.
func longScripts() map[string]string {
	name := strings.Repeat("a", 1_000) // the longest that there may be
	return map[string]string{
		"rows":        "input 8x8x2\nrepeat 30 { conv c 2 1x1 }\n",
		"name":        "input 8x8x2\nrepeat 30 { conv " + name + " 2 1x1 }\n",
		"with":        "input a 8x8x2\nrepeat 30 { add with" + strings.Repeat(" a", 150) + " }\n",
		"slice":       "input 8x8x300\nrepeat 30 { slice channels" + numbersTo(300) + " }\n",
		"provisional": "input 8x8x2\nconv 4 9x9 pad 0\nrepeat 30 { relu }\n",
	}
}

func numbersTo(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " %d", i+1)
	}
	return b.String()
}

// TestLongViews: every view of a network that is long in whichever way is as long
// as its extent lets it be and no longer, and says how much it leaves out; the whole
// is all of it.
func TestLongViews(t *testing.T) {
	for kind, script := range longScripts() {
		s := shown{}
		s.net, s.diags = run("f", script)
		s.x, _ = explain.New(s.net, explain.Options{Depth: -1})
		other, _ := run("g", strings.Replace(script, "8x8x", "9x9x", 1)) // so that all is carried on
		s.diff = compare.Networks(s.net, other)
		for view, write := range longViews {
			if kind == "provisional" && (strings.HasPrefix(view, "explain") || strings.HasPrefix(view, "diff") || view == "csv") {
				continue // they end at the mistake
			}
			if kind == "slice" && strings.HasPrefix(view, "diff") {
				continue // what layers without a shape of their own carry on is not listed
			}
			cut, whole := draw(t, s, write, render.Extent{Rows: 20, Bytes: 20_000, Letters: 100}), draw(t, s, write, render.Whole())
			if len(cut) > 100_000 { // one row of a view may be long
				t.Errorf("%s of %s has %d bytes", view, kind, len(cut))
			}
			if len(cut) >= len(whole) || !said(cut) {
				t.Errorf("%s of %s: %d bytes of %d, and it does not say so: %.2000s", view, kind, len(cut), len(whole), cut)
			}
			if said(whole) {
				t.Errorf("the whole %s of %s is said to be cut", view, kind)
			}
			if strings.HasSuffix(view, "json") && !(json.Valid([]byte(cut)) && json.Valid([]byte(whole))) {
				t.Errorf("%s of %s is no JSON", view, kind)
			}
			if few := draw(t, s, write, render.Extent{Rows: 1_000}); kind == "rows" && few != whole {
				t.Errorf("%s of a network that is not long is not whole", view)
			}
		}
	}
}

// said reports that a view says that it is cut: rows, or texts.
func said(view string) bool {
	return strings.Contains(view, " more layers; ") || strings.Contains(view, " letters)") || strings.Contains(view, `"left_out":{`)
}

func draw(t *testing.T, s shown, write func(io.Writer, shown, render.Extent) error, e render.Extent) string {
	t.Helper()
	var b bytes.Buffer
	ok(t, write(&b, s, e))
	return b.String()
}

// TestLeftOut: what is shown and what is said to be left out are all there is, and
// the totals are those of all.
func TestLeftOut(t *testing.T) {
	net, _ := run("f", "input 8x8x2\nblock b { conv 2 1x1 }\nrepeat 99 { b }\n")
	for _, depth := range []int{-1, 0} {
		var b bytes.Buffer
		ok(t, render.JSON(&b, "f", net, nil, lang.Diagnostics{}, depth, render.Extent{Rows: 40}))
		var doc struct {
			Layers, Groups []struct{}
			Totals         struct{ Params int }
			LeftOut        struct{ Layers, Groups int } `json:"left_out"`
		}
		ok(t, json.Unmarshal(b.Bytes(), &doc))
		if len(doc.Layers) != 40 || doc.LeftOut.Layers != 60 || len(doc.Groups) != 40 || doc.LeftOut.Groups != 59 || doc.Totals.Params != 99*6 {
			t.Errorf("depth %d: %d layers and %d, %d groups and %d, %d parameters", depth, len(doc.Layers), doc.LeftOut.Layers, len(doc.Groups), doc.LeftOut.Groups, doc.Totals.Params)
		}
		for _, want := range []string{"... 60 more layers; --all-rows shows them\n", " 594  396 weights and 198 biases\n"} {
			b.Reset()
			render.Network(&b, terminal.Terminal{}, net, eval.Readings(net, eval.Options{}), depth, render.Extent{Rows: 40})
			if !strings.Contains(b.String(), want) {
				t.Errorf("depth %d: not %q in\n%s", depth, want, b.String())
			}
		}
	}
}
