package render

import (
	"io"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/jsonline"
	"cnnl/lang"
)

// NetworkSchema names the JSON that JSON writes; docs/json.md describes it.
const NetworkSchema = "cnnl-network/2"

type jsonNetwork struct {
	Schema      string            `json:"schema"`
	File        string            `json:"file"`
	Layers      []jsonline.Object `json:"layers"`
	Groups      []jsonGroup       `json:"groups"`
	Totals      jsonline.Object   `json:"totals"`
	Outputs     []string          `json:"outputs"`
	Assumptions []jsonReading     `json:"assumptions"`
	Diagnostics []JSONDiagnostic  `json:"diagnostics"`
}

type jsonReading struct {
	Option string   `json:"option"`
	Layers []string `json:"layers"`
	Assume []string `json:"assume"`
	Params *int64   `json:"params"`
}

type JSONDiagnostic struct {
	Severity string      `json:"severity"`
	Code     string      `json:"code"`
	File     string      `json:"file"`
	Line     int         `json:"line"`
	Column   int         `json:"column"`
	Summary  string      `json:"summary"`
	Detail   string      `json:"detail"`
	Hint     string      `json:"hint"`
	Calls    []jsonPlace `json:"calls"`
}

// A jsonPlace is where a block was used.
type jsonPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// JSON writes a network and its diagnostics as one line of JSON. A network
// that is nil, of a file that could not be read, has no layers.
func JSON(w io.Writer, file string, net *network.Network, readings []eval.Reading, diags lang.Diagnostics, depth int) error {
	doc := jsonNetwork{Schema: NetworkSchema, File: file, Layers: []jsonline.Object{}, Groups: []jsonGroup{}, Totals: totalsOf(new(network.Totals)), Outputs: []string{}, Assumptions: []jsonReading{}}
	if net != nil {
		doc.Totals = totalsOf(&net.Totals)
		v := jsonView{net, net.Folded(depth)}
		for i := range v.rows {
			doc.Layers = append(doc.Layers, v.layer(i))
		}
		doc.Groups = v.groups()
		for _, i := range net.Outputs {
			doc.Outputs = append(doc.Outputs, net.Path(i))
		}
	}
	for _, r := range readings {
		doc.Assumptions = append(doc.Assumptions, readingOf(r))
	}
	doc.Diagnostics = JSONDiagnostics(file, diags)
	return jsonline.Write(w, doc)
}

// layerOf is a row as every document has it: its shapes, and a key for each
// measure.
func layerOf(net *network.Network, r *network.Row) (doc jsonline.Object) {
	_, line := net.Place(&r.Node)
	inputs := [][]int64{}
	for _, from := range r.From {
		inputs = append(inputs, axes(net.Nodes[from].Out))
	}
	doc.Add("name", r.Path)
	doc.Add("kind", r.Kind.Name)
	doc.Add("line", line)
	doc.Add("shares", orNull(r.Shares(net)))
	doc.Add("inputs", inputs)
	doc.Add("output", axes(r.Out))
	for _, m := range counts() {
		doc.Add(m.Name, m.OfRow(r))
	}
	doc.Add("field", r.Field.Sizes())
	doc.Add("assumed", append([]string{}, net.Assumed(&r.Node)...))
	return doc
}

// orNull is null in place of a name that there is not.
func orNull(name string) *string {
	if name == "" {
		return nil
	}
	return &name
}

func axes(s layer.Shape) []int64 { return append([]int64{}, s.Axes()...) }

// totalsOf has a key for each measure.
func totalsOf(t *network.Totals) (doc jsonline.Object) {
	for _, m := range network.InOrder() {
		doc.Add(m.Name, m.OfTotals(t))
	}
	doc.Add("field", t.Field.Sizes())
	return doc
}

func readingOf(r eval.Reading) jsonReading {
	doc := jsonReading{Option: r.Option, Layers: r.Layers, Assume: r.Assume}
	if r.OK {
		doc.Params = &r.Total
	}
	return doc
}

func JSONDiagnostics(file string, diags lang.Diagnostics) []JSONDiagnostic {
	list := []JSONDiagnostic{}
	for _, d := range diags.List {
		doc := JSONDiagnostic{Severity: d.Severity.String(), Code: string(d.Code), File: file, Summary: d.Summary, Detail: d.Detail, Hint: d.Hint, Calls: []jsonPlace{}}
		if d.Source != nil {
			doc.File = d.Source.Name
			doc.Line, doc.Column = d.Source.Position(d.Span.Start)
		}
		for _, call := range d.Calls {
			line, column := call.Source.Position(call.Span.Start)
			doc.Calls = append(doc.Calls, jsonPlace{call.Source.Name, line, column})
		}
		list = append(list, doc)
	}
	if diags.More > 0 {
		list = append(list, JSONDiagnostic{Severity: lang.Error.String(), Code: string(lang.Limit), File: file,
			Summary: "and " + lang.Group(int64(diags.More)) + " more", Calls: []jsonPlace{}})
	}
	return list
}
