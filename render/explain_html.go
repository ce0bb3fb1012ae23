package render

import (
	_ "embed"
	"html/template"
	"io"
	"strconv"
	"sync"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/explain"
)

// styleHTML is the look of every page; explainHTML is the page of an
// explanation. The template engine escapes all that goes in, by where it
// stands.
var (
	//go:embed style.html
	styleHTML string
	//go:embed explain.html
	explainHTML string
)

var explainPage = sync.OnceValue(func() *template.Template { return page(explainHTML) })

func page(text string) *template.Template {
	return template.Must(template.Must(template.New("page").Parse(text)).Parse(styleHTML))
}

// HTML writes an explanation as one page that needs nothing else: no script,
// no font, no picture from elsewhere.
func HTML(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading) error {
	doc := htmlDocument{File: Visible(file), Stopped: caption(stopped(x.Net))}
	ids := map[string]string{}
	for l := range x.Layers() {
		id := "layer-" + strconv.Itoa(len(doc.Layers)+1)
		ids[l.Name] = id
		doc.Layers = append(doc.Layers, htmlSteps{ID: id, Name: l.Name, Sentence: caption(l.Sentence), Caption: "The numbers of " + l.Name, Steps: htmlStepsOf(steps(l, calc.Expr.MathML))})
	}
	if x.Whole() && x.Net.Good > 0 {
		for _, l := range lines(x.Net, x.Depth()) {
			doc.Table = append(doc.Table, htmlLine{ids[l[nameColumn]], l[nameColumn], l[whatColumn], l[outColumn], l[paramsColumn], l[totalColumn], l[noteColumn]})
		}
	}
	if x.Whole() && !x.Net.Failed && x.Net.Good > 0 {
		doc.Sums = &htmlSteps{Caption: "The sums over all layers", Steps: htmlStepsOf(sums(x, calc.Expr.MathML))}
		doc.Assumed = assumed(x.Net, readings, allNames)
	}
	return explainPage().Execute(w, doc)
}

type htmlDocument struct {
	File    string
	Table   []htmlLine
	Layers  []htmlSteps
	Stopped string
	Sums    *htmlSteps
	Assumed []string
}

type htmlLine struct{ ID, Name, What, Output, Params, Total, Note string }

type htmlSteps struct {
	ID, Name, Sentence, Caption string
	Steps                       []htmlStep
}

type htmlStep struct {
	Label, Before string
	Math          template.HTML // from numbers and signs only
	Value, After  string
	Terms         string
}

func htmlStepsOf(list []step) (steps []htmlStep) {
	for _, s := range list {
		h := htmlStep{Label: s.label, Before: s.before, Value: Visible(s.value), After: Visible(s.after), Terms: Visible(s.terms)}
		if s.math != "" {
			h.Math, h.Value = template.HTML(s.math+"<mo>=</mo><mn>"+s.value+"</mn>"), ""
		}
		if s.after != "" && (h.Value != "" || s.math != "") {
			h.After = ", " + h.After
		}
		steps = append(steps, h)
	}
	return steps
}
