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
	Related  []jsonPlace `json:"related"`
	Fixes    []jsonFix   `json:"fixes"`
}

// A jsonPlace is a place beside that of the mistake: where a block was used, or,
// with a text, what the mistake has to do with.
type jsonPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text,omitempty"`
}

type jsonFix struct {
	Title string     `json:"title"`
	Rule  string     `json:"rule"`
	Rank  string     `json:"rank"`
	Edits []jsonEdit `json:"edits"`
}

// A jsonEdit is a range of characters, its end excluded, and what stands in its place.
type jsonEdit struct {
	File      string `json:"file,omitempty"` // where it is not the diagnostic's
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}

// JSON writes a network and its diagnostics as one line of JSON, its lists as far as
// the extent goes. A network that is nil, of a file that could not be read, has no
// layers.
func JSON(w io.Writer, file string, net *network.Network, readings []eval.Reading, diags lang.Diagnostics, depth int, e Extent) error {
	if net == nil {
		net = new(network.Network)
	}
	x := &extract{meter: e.meter(w)}
	v := jsonView{net: net, depth: depth}
	outputs := []string{}
	for _, i := range net.Outputs {
		outputs = append(outputs, net.Path(i))
	}
	return jsonline.Write(x, jsonline.Object{
		{Key: "schema", Value: NetworkSchema},
		{Key: "file", Value: file},
		{Key: "layers", Value: x.list("layers", func() int { return net.CountRows(0, int32(net.Good), depth) }, v.layers)},
		{Key: "groups", Value: x.list("groups", v.countGroups, v.groups)},
		{Key: "totals", Value: totalsOf(net)},
		{Key: "provisional", Value: provisionalJSON(net, x)},
		{Key: "outputs", Value: x.some("outputs", outputs)},
		{Key: "assumptions", Value: x.readings(readings)},
		{Key: "left_out", Value: x.leftOut()},
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

// readings are the assumptions, each with the first of its layers.
func (x *extract) readings(readings []eval.Reading) []jsonReading {
	list := []jsonReading{}
	for i := range readings {
		r := &readings[i]
		doc := jsonReading{Option: r.Option, Layers: x.some("assumptions", r.Layers), Assume: r.Assume, Field: r.Field}
		if r.OK {
			doc.Params = &r.Total
		}
		list = append(list, doc)
	}
	return list
}

// JSONDiagnostics is a list of diagnostics as every document has it; file is named where
// a diagnostic is of no source.
func JSONDiagnostics(file string, diags lang.Diagnostics) []JSONDiagnostic {
	list := []JSONDiagnostic{}
	for i := range diags.List {
		list = append(list, diagnosticOf(file, &diags.List[i]))
	}
	if diags.More > 0 {
		list = append(list, diagnosticOf(file, &lang.Diagnostic{Code: lang.Limit, Summary: "and " + lang.Group(int64(diags.More)) + " more"}))
	}
	return list
}

func diagnosticOf(file string, d *lang.Diagnostic) JSONDiagnostic {
	doc := JSONDiagnostic{Severity: d.Severity.String(), Code: string(d.Code), File: file, Summary: d.Summary, Detail: d.Detail, Hint: d.Hint,
		Calls: []jsonPlace{}, Related: []jsonPlace{}, Fixes: []jsonFix{}}
	if d.Source != nil {
		doc.File = d.Source.Name
		doc.Line, doc.Column = d.Source.Position(d.Span.Start)
	}
	for _, call := range d.Calls {
		doc.Calls = append(doc.Calls, placeOf(call, ""))
	}
	for _, r := range d.Related {
		doc.Related = append(doc.Related, placeOf(r.Site, r.Text))
	}
	for i := range d.Fixes {
		doc.Fixes = append(doc.Fixes, fixOf(d, &d.Fixes[i]))
	}
	return doc
}

func placeOf(s lang.Site, text string) jsonPlace {
	line, column := s.Source.Position(s.Span.Start)
	return jsonPlace{s.Source.Name, line, column, text}
}

func fixOf(d *lang.Diagnostic, f *lang.Fix) jsonFix {
	doc := jsonFix{f.Title, f.Rule, f.Rank.String(), []jsonEdit{}}
	for _, e := range f.Edits {
		edit := jsonEdit{Text: e.Text}
		src := d.Source
		if e.Source != nil && e.Source != src {
			src, edit.File = e.Source, e.Source.Name
		}
		edit.Line, edit.Column = src.Position(e.Span.Start)
		edit.EndLine, edit.EndColumn = src.Position(e.Span.End)
		doc.Edits = append(doc.Edits, edit)
	}
	return doc
}
