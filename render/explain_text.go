package render

import (
	"fmt"
	"io"
	"strings"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/explain"
	"cnnl/render/doc"
)

// Explanation writes an explanation for people.
func Explanation(w io.Writer, t Terminal, x *explain.Explanation, readings []eval.Reading) {
	between := ""
	for l := range x.Layers() {
		io.WriteString(w, between+t.paint(bold, l.Name)+"  "+t.wrapped(l.Sentence, len(l.Name)+2)+"\n"+t.steps(steps(l)))
		between = "\n"
	}
	if text := stopped(x.Net); text != "" {
		fmt.Fprintln(w, between+t.wrapped(text, 0))
		return
	}
	if !x.Whole() || x.Net.Good == 0 {
		return
	}
	var sums []doc.Step
	for _, c := range x.Sums() {
		sums = append(sums, stepOf(&c))
	}
	io.WriteString(w, between+t.paint(bold, "all layers")+"\n"+t.steps(sums))
	io.WriteString(w, t.assumptions(x.Net, readings, allNames))
}

// labels is the least width of the column of labels: most have it.
const labels = len("height, width")

func (t Terminal) steps(list []doc.Step) string {
	var b strings.Builder
	column := labels
	for _, s := range list {
		column = max(column, len(s.Label))
	}
	indent := 4 + column + 2
	for _, s := range list {
		b.WriteString("    " + s.Label + strings.Repeat(" ", column-len(s.Label)+2) + t.wrapped(s.Words(Visible, formula), indent) + "\n")
		if s.Terms != "" {
			b.WriteString(strings.Repeat(" ", indent) + t.paint(faint, t.wrapped(s.Terms, indent)) + "\n")
		}
	}
	return b.String()
}

func formula(e calc.Expr, value string) string { return e.Grouped() + " = " + value }
