package render

import (
	"io"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/render/doc"
)

// Markdown writes a network as a document: a table as far as the extent goes, the
// totals of all, and what was assumed.
func Markdown(w io.Writer, file string, net *network.Network, readings []eval.Reading, depth int, e Extent) error {
	v := newView(w, net, depth, e)
	var blocks []doc.Block
	if len(net.Nodes) > 0 {
		blocks = append(blocks, v.document(func(int) string { return "" }))
	}
	switch {
	case net.Failed:
		blocks = append(blocks, doc.Sentences{noTotals(net)})
	case len(net.Nodes) > 0:
		blocks = append(blocks, v.totals())
		fallthrough
	default:
		blocks = append(blocks, v.assumptions(net, readings, mostNames))
	}
	return doc.Markdown(v, &doc.Document{Name: file, Blocks: slices.Values([]doc.Block{
		doc.Section{Heading: doc.Heading{Text: file, Name: true}, Blocks: blocks}})})
}

// document is the table for documents, whose names lead to where link says. The
// last row says what is left out.
func (v *view) document(link func(row int) string) doc.Table {
	return doc.Table{Caption: "The network", Wide: true, Columns: networkColumns(), Rows: func(yield func([]doc.Cell) bool) {
		for l := range v.lines() {
			row := doc.Cells(l[:]...)
			row[nameColumn].Link = link(v.shown - 1)
			if !yield(row) {
				return
			}
		}
		if more := v.count() - v.shown; more > 0 {
			last := line{"... " + leftOut(more, "layer")}
			yield(doc.Cells(last[:]...))
		}
	}}
}

func networkColumns() []doc.Column {
	columns := make([]doc.Column, len(header))
	for i, name := range header {
		columns[i].Name = name
	}
	columns[nameColumn].Names = true
	columns[paramsColumn].Number, columns[totalColumn].Number = true, true
	return columns
}

// totals has a row for each of the totals.
func (v *view) totals() doc.Table {
	return doc.Table{Caption: "The totals", Columns: []doc.Column{{Name: "total", Names: true}, {Number: true}, {}}, Rows: func(yield func([]doc.Cell) bool) {
		for _, f := range v.facts(v.net) {
			if !yield(doc.Cells(strings.TrimSpace(f.name), f.value, f.remark)) {
				return
			}
		}
	}}
}

// assumptions say which defaults decided a number, and what the other usual
// reading gives.
func (m *meter) assumptions(net *network.Network, readings []eval.Reading, most int) doc.Remarks {
	return doc.Remarks{Heading: doc.Heading{ID: "assumed-name", Text: "assumed"}, Word: "assumed", Items: m.assumed(net, readings, most)}
}
