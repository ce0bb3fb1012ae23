package render

import (
	"io"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/render/doc"
)

// Markdown writes a network as a document: a table, the totals, and what was
// assumed.
func Markdown(w io.Writer, file string, net *network.Network, readings []eval.Reading, depth int) error {
	var blocks []doc.Block
	if len(net.Nodes) > 0 {
		blocks = append(blocks, networkTable(net, depth))
	}
	switch {
	case net.Failed:
		blocks = append(blocks, doc.Sentences{noTotals(net)})
	case len(net.Nodes) > 0:
		blocks = append(blocks, totalsTable(net))
		fallthrough
	default:
		blocks = append(blocks, assumptions(net, readings, mostNames))
	}
	return doc.Markdown(w, &doc.Document{Name: file, Blocks: slices.Values([]doc.Block{
		doc.Section{Heading: doc.Heading{Text: file, Name: true}, Blocks: blocks}})})
}

// networkTable has a row for each layer.
func networkTable(net *network.Network, depth int) doc.Table {
	return doc.Table{Caption: "The network", Wide: true, Columns: networkColumns(), Rows: func(yield func([]doc.Cell) bool) {
		for _, l := range lines(net, depth) {
			if !yield(doc.Cells(l[:]...)) {
				return
			}
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

// totalsTable has a row for each of the totals.
func totalsTable(net *network.Network) doc.Table {
	return doc.Table{Caption: "The totals", Columns: []doc.Column{{Name: "total", Names: true}, {Number: true}, {}}, Rows: func(yield func([]doc.Cell) bool) {
		for _, f := range facts(net) {
			if !yield(doc.Cells(strings.TrimSpace(f.name), f.value, f.remark)) {
				return
			}
		}
	}}
}

// assumptions say which defaults decided a number, and what the other usual
// reading gives.
func assumptions(net *network.Network, readings []eval.Reading, most int) doc.Remarks {
	return doc.Remarks{Heading: doc.Heading{ID: "assumed-name", Text: "assumed"}, Word: "assumed", Items: assumed(net, readings, most)}
}
