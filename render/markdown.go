package render

import (
	"fmt"
	"io"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
)

// Markdown writes a network as a document: a table, the totals, and what was
// assumed.
func Markdown(w io.Writer, file string, net *network.Network, readings []eval.Reading, depth int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n", markdownText(file))
	if net.Good > 0 {
		b.WriteString(markdownRow(header[:]...) + "|---|---|---|--:|--:|---|\n")
		for _, l := range lines(net, depth) {
			b.WriteString(markdownRow(l[:]...))
		}
		b.WriteString("\n")
		if net.Failed {
			fmt.Fprintf(&b, "Counted up to %s, the last layer before the first that failed.\n\n", markdownText(net.Path(int32(net.Good-1))))
		}
		b.WriteString(markdownRow("total", "", "") + "|---|--:|---|\n")
		for _, f := range facts(net) {
			b.WriteString(markdownRow(strings.TrimSpace(f.name), f.value, f.remark))
		}
		b.WriteString("\n")
	}
	for _, text := range assumed(net, readings, mostNames) {
		b.WriteString("- assumed " + markdownText(text) + "\n")
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func markdownRow(cells ...string) string {
	for i := range cells {
		cells[i] = markdownText(cells[i])
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// markdownEscapes are the characters that mean something in Markdown or HTML.
var markdownEscapes = func() *strings.Replacer {
	pairs := []string{"<", "&lt;", "&", "&amp;"}
	for _, c := range "\\`*_[]|#!~$" {
		pairs = append(pairs, string(c), "\\"+string(c))
	}
	return strings.NewReplacer(pairs...)
}()

// markdownText makes text from outside fit for Markdown: shown as it is, on
// one line.
func markdownText(s string) string { return markdownEscapes.Replace(Visible(s)) }
