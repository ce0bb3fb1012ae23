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
const NetworkSchema = "cnnl-network/1"

type jsonNetwork struct {
	Schema      string           `json:"schema"`
	File        string           `json:"file"`
	Layers      []jsonLayer      `json:"layers"`
	Totals      jsonTotals       `json:"totals"`
	Outputs     []string         `json:"outputs"`
	Assumptions []jsonReading    `json:"assumptions"`
	Diagnostics []JSONDiagnostic `json:"diagnostics"`
}

type jsonLayer struct {
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Line        int       `json:"line"`
	Shares      *string   `json:"shares"`
	Inputs      [][]int64 `json:"inputs"`
	Output      []int64   `json:"output"`
	Weights     int64     `json:"weights"`
	Biases      int64     `json:"biases"`
	Params      int64     `json:"params"`
	Trainable   int64     `json:"trainable"`
	Frozen      int64     `json:"frozen"`
	Stats       int64     `json:"stats"`
	PerUse      int64     `json:"per_use"`
	Macs        int64     `json:"macs"`
	Activations int64     `json:"activations"`
	Field       []int64   `json:"field"`
	Assumed     []string  `json:"assumed"`
}

type jsonTotals struct {
	Params      int64   `json:"params"`
	Weights     int64   `json:"weights"`
	Biases      int64   `json:"biases"`
	Trainable   int64   `json:"trainable"`
	Frozen      int64   `json:"frozen"`
	Stats       int64   `json:"stats"`
	PerUse      int64   `json:"per_use"`
	Macs        int64   `json:"macs"`
	Activations int64   `json:"activations"`
	Field       []int64 `json:"field"`
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
	doc := jsonNetwork{Schema: NetworkSchema, File: file, Layers: []jsonLayer{}, Outputs: []string{}, Assumptions: []jsonReading{}}
	if net != nil {
		doc.Totals = totalsOf(&net.Totals)
		rows := net.Folded(depth)
		for i := range rows {
			doc.Layers = append(doc.Layers, layerOf(net, &rows[i]))
		}
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

func layerOf(net *network.Network, r *network.Node) jsonLayer {
	_, line := net.Place(r)
	doc := jsonLayer{
		Name: r.Name, Kind: r.Kind.Name, Line: line, Inputs: [][]int64{}, Output: axes(r.Out),
		Weights: r.Weights, Biases: r.Biases, Params: r.Params(), Trainable: r.Params() - r.FrozenParams(), Frozen: r.FrozenParams(),
		Stats: r.Stats, PerUse: r.PerUse, Macs: r.Macs, Activations: r.Activations, Field: r.Field.Sizes(), Assumed: append([]string{}, net.Assumed(r)...),
	}
	if shares := net.Shares(r); shares != "" {
		doc.Shares = &shares
	}
	for _, from := range r.From {
		doc.Inputs = append(doc.Inputs, axes(net.Nodes[from].Out))
	}
	return doc
}

func axes(s layer.Shape) []int64 { return append([]int64{}, s.Axes()...) }

func totalsOf(t *network.Totals) jsonTotals {
	return jsonTotals{
		Params: t.Params(), Weights: t.Weights, Biases: t.Biases, Trainable: t.Trainable(), Frozen: t.Frozen,
		Stats: t.Stats, PerUse: t.PerUse, Macs: t.Macs, Activations: t.Activations, Field: t.Field.Sizes(),
	}
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
