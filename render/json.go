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

type jsonReading struct {
	Option string   `json:"option"`
	Layers []string `json:"layers"`
	Assume []string `json:"assume"`
	Params *int64   `json:"params"`
	Field  []int64  `json:"field"`
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
	v := jsonView{net: new(network.Network)}
	if net != nil {
		v = jsonView{net, net.Folded(depth)}
	}
	outputs, assumptions := []string{}, []jsonReading{}
	for _, i := range v.net.Outputs {
		outputs = append(outputs, v.net.Path(i))
	}
	for _, r := range readings {
		assumptions = append(assumptions, readingOf(r))
	}
	return jsonline.Write(w, jsonline.Object{
		{Key: "schema", Value: NetworkSchema},
		{Key: "file", Value: file},
		{Key: "layers", Value: v.layers()},
		{Key: "groups", Value: v.groups()},
		{Key: "totals", Value: totalsOf(v.net)},
		{Key: "outputs", Value: outputs},
		{Key: "assumptions", Value: assumptions},
		{Key: "diagnostics", Value: JSONDiagnostics(file, diags)},
	})
}

// layerOf is a row as every document has it: its shapes, and a key for each
// measure.
func layerOf(net *network.Network, r *network.Row) (doc jsonline.Object) {
	_, line := net.Place(&r.Node)
	inputs := [][]int64{}
	for _, from := range r.From {
		inputs = append(inputs, axes(net.Nodes[from].Out))
	}
	doc = make(jsonline.Object, 0, 32) // all that a layer has
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
func totalsOf(net *network.Network) (doc jsonline.Object) {
	t := &net.Totals
	for _, m := range network.InOrder() {
		doc.Add(m.Name, m.OfTotals(t))
	}
	doc.Add("field", t.Field.Sizes())
	doc.Add("field_lost", orNull(net.FieldLost()))
	return doc
}

func readingOf(r eval.Reading) jsonReading {
	doc := jsonReading{Option: r.Option, Layers: r.Layers, Assume: r.Assume, Field: r.Field}
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
