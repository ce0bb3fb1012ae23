package render

import (
	"fmt"
	"io"
	"strings"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/explain"
)

// MarkdownExplanation writes an explanation as Markdown whose mathematics
// GitHub and others set: $`...`$.
func MarkdownExplanation(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading) error {
	out := &errWriter{w: w}
	fmt.Fprintf(out, "# %s\n", markdownText(file))
	for l := range x.Layers() {
		fmt.Fprintf(out, "\n## %s\n\n%s.\n\n", markdownText(l.Name), markdownText(caption(l.Sentence)))
		markdownSteps(out, steps(l, calc.Expr.LaTeX))
	}
	if text := stopped(x.Net); text != "" {
		fmt.Fprintf(out, "\n%s.\n", markdownText(caption(text)))
	} else if x.Whole() && x.Net.Good > 0 {
		fmt.Fprint(out, "\n## All layers\n\n")
		markdownSteps(out, sums(x, calc.Expr.LaTeX))
		for i, text := range assumed(x.Net, readings, allNames) {
			if i == 0 {
				fmt.Fprintln(out)
			}
			fmt.Fprintf(out, "- assumed %s\n", markdownText(text))
		}
	}
	return out.err
}

func markdownSteps(w io.Writer, list []step) {
	for _, s := range list {
		text := markdownText(s.value)
		if s.math != "" {
			text = "$`" + s.math + " = " + latexNumber(s.value) + "`$"
		}
		if s.before != "" {
			text = markdownText(s.before) + " " + text
		}
		if s.after != "" {
			text = strings.TrimPrefix(text+", "+markdownText(s.after), ", ")
		}
		fmt.Fprintf(w, "- %s: %s\n", markdownText(s.label), text)
		if s.terms != "" {
			fmt.Fprintf(w, "  (%s)\n", markdownText(s.terms))
		}
	}
}

// latexNumber writes a grouped number for LaTeX's mathematics, whose commas
// would have a blank behind them.
func latexNumber(s string) string { return strings.ReplaceAll(s, ",", "{,}") }

// An errWriter remembers the first error, so that a document can be written
// without asking after every piece.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(p []byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	n, err := e.w.Write(p)
	e.err = err
	return n, err
}
