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

type jsonExplanation struct {
	Schema      string           `json:"schema"`
	File        string           `json:"file"`
	Layers      []jsonExplained  `json:"layers"`
	Stopped     *string          `json:"stopped"`
	Sums        []jsonCalc       `json:"sums"`
	Assumptions []jsonReading    `json:"assumptions"`
	Diagnostics []JSONDiagnostic `json:"diagnostics"`
}

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

// ExplanationJSON writes an explanation as one line of JSON.
func ExplanationJSON(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading, diags lang.Diagnostics) error {
	doc := jsonExplanation{Schema: ExplanationSchema, File: file, Layers: []jsonExplained{}, Sums: []jsonCalc{}, Assumptions: []jsonReading{}}
	for l := range x.Layers() {
		doc.Layers = append(doc.Layers, explainedOf(l))
	}
	if text := stopped(x.Net); text != "" {
		doc.Stopped = &text
	} else if x.Whole() && x.Net.Good > 0 {
		for _, c := range x.Sums() {
			doc.Sums = append(doc.Sums, calcOf(&c))
		}
	}
	for _, r := range readings {
		doc.Assumptions = append(doc.Assumptions, readingOf(r))
	}
	doc.Diagnostics = JSONDiagnostics(file, diags)
	return jsonline.Write(w, doc)
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
