package render

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cnnl/eval/network"
	"cnnl/lang"
)

// csvHeader names the columns: those of the JSON, the layer as a statement
// has it, and for what went wrong a column of its own.
var csvHeader = slices.Concat([]string{"file", "line", "name", "kind", "what", "shares", "inputs", "output"}, countNames(), []string{"field", "problem"})

// counts are the measures of a layer for machines: weights and biases come before
// their sum.
func counts() []*network.Measure { return network.InOrder("weights", "biases") }

func countNames() (names []string) {
	for _, m := range counts() {
		names = append(names, m.Name)
	}
	return names
}

// CSV writes a row for each layer as far as the extent goes, one that says how many
// are left out, then one for each diagnostic. Numbers are plain; shapes are written
// 28x28x64.
func CSV(w io.Writer, header bool, file string, net *network.Network, diags lang.Diagnostics, depth int, e Extent) error {
	m := e.meter(w)
	out := csv.NewWriter(m)
	if header {
		_ = out.Write(csvHeader) // Error, below, has it
	}
	if net != nil {
		shown := 0
		for r := range net.Rows(0, int32(net.Good), depth) {
			if m.full(shown) {
				_ = out.Write(csvProblem(file, 0, "note: "+leftOut(net.CountRows(0, int32(net.Good), depth)-shown, "layer")))
				break
			}
			_ = out.Write(csvLayer(file, net, &r))
			shown++
		}
	}
	for _, d := range JSONDiagnostics(file, diags) {
		_ = out.Write(csvProblem(d.File, d.Line, d.Severity+"["+d.Code+"]: "+d.Summary))
	}
	out.Flush()
	return out.Error()
}

// csvProblem is a row that is of no layer.
func csvProblem(file string, line int, text string) []string {
	row := make([]string, len(csvHeader))
	row[0] = Cell(file)
	if line > 0 {
		row[1] = strconv.Itoa(line)
	}
	row[len(row)-1] = Cell(text)
	return row
}

func csvLayer(file string, net *network.Network, r *network.Row) []string {
	src, line := net.Place(&r.Node)
	if src != net.File.Source {
		file = src.Name
	}
	inputs := make([]string, len(r.From))
	for i, from := range r.From {
		inputs[i] = net.Nodes[from].Out.String()
	}
	row := []string{Cell(file), strconv.Itoa(line), r.Path, r.Kind.Name, Cell(r.Statement(net)), r.Shares(net), strings.Join(inputs, " "), r.Out.String()}
	for _, m := range counts() {
		row = append(row, strconv.FormatInt(m.OfRow(r), 10))
	}
	field := ""
	if r.Field.Known() {
		field = size(r.Field.Sizes())
	}
	return append(row, field, "")
}

// Cell makes text from outside fit for a cell: visible, and nothing that a
// spreadsheet would take for a formula.
func Cell(s string) string {
	s = lang.Visible(s)
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " ")); strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + s
	}
	return s
}
