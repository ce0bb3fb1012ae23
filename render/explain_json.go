package render

import (
	"io"

	"cnnl/eval"
	"cnnl/explain"
	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// ExplanationSchema names the JSON of explanations; docs/json.md describes it.
const ExplanationSchema = "cnnl-explain/1"

type jsonExplained struct {
	Name         string       `json:"name"`
	Kind         string       `json:"kind"`
	Line         int          `json:"line"`
	Sentence     string       `json:"sentence"`
	Inputs       []jsonTensor `json:"inputs"`
	Output       []int64      `json:"output"`
	Calculations []jsonCalc   `json:"calculations"`
}

type jsonTensor struct {
	Name  string  `json:"name"`
	Shape []int64 `json:"shape"`
}

type jsonCalc struct {
	What        string     `json:"what"`
	Axes        []string   `json:"axes"`
	Before      string     `json:"before"`
	Calculation string     `json:"calculation"`
	Gives       *int64     `json:"gives"`
	Value       int64      `json:"value"`
	Said        string     `json:"said"`
	Terms       []jsonTerm `json:"terms"`
	Of          []string   `json:"of"`
}

type jsonTerm struct {
	Name  string `json:"name"`
	Value int64  `json:"value"`
}

// ExplanationJSON writes an explanation as one line of JSON, its lists as far as the
// extent goes.
func ExplanationJSON(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading, diags lang.Diagnostics, e Extent) error {
	out := &extract{meter: e.meter(w)}
	var said *string
	if text := stopped(x.Net); text != "" {
		said = &text
	}
	return jsonline.Write(out, jsonline.Object{
		{Key: "schema", Value: ExplanationSchema},
		{Key: "file", Value: file},
		{Key: "layers", Value: out.list("layers", x.Count, func(yield func(any) bool) {
			for l := range x.Layers() {
				if !yield(explainedOf(l)) {
					return
				}
			}
		})},
		{Key: "stopped", Value: said},
		{Key: "sums", Value: jsonline.List(func(yield func(any) bool) {
			if said != nil || !x.Whole() || x.Net.Good == 0 {
				return
			}
			for _, c := range x.Sums() {
				c.Of = out.some("of", c.Of)
				if !yield(calcOf(&c)) {
					return
				}
			}
		})},
		{Key: "assumptions", Value: out.readings(readings)},
		{Key: "left_out", Value: out.leftOut()},
		{Key: "diagnostics", Value: JSONDiagnostics(file, diags)},
	})
}

func explainedOf(l *explain.Layer) jsonExplained {
	doc := jsonExplained{Name: l.Name, Kind: l.Kind, Line: l.Line, Sentence: l.Sentence, Inputs: []jsonTensor{}, Output: axes(l.Output), Calculations: []jsonCalc{}}
	for _, t := range l.Takes {
		doc.Inputs = append(doc.Inputs, jsonTensor{t.Name, axes(t.Shape)})
	}
	for i := range l.Calcs {
		doc.Calculations = append(doc.Calculations, calcOf(&l.Calcs[i]))
	}
	return doc
}

func calcOf(c *explain.Calc) jsonCalc {
	doc := jsonCalc{What: c.What, Axes: append([]string{}, c.Axes...), Before: c.Before, Said: c.Said, Value: c.Value, Terms: []jsonTerm{}, Of: append([]string{}, c.Of...)}
	if !c.Expr.Present() {
		return doc
	}
	value := c.Expr.Value()
	doc.Calculation, doc.Gives = c.Expr.String(), &value
	for _, t := range c.Expr.Terms() {
		doc.Terms = append(doc.Terms, jsonTerm{t.Title(), t.Value})
	}
	return doc
}
