package render

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/explain"
)

const latexHead = `\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{amsmath}
\usepackage[margin=25mm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\raggedright
\begin{document}
`

const latexTail = `\end{document}
`

// LaTeX writes an explanation as a document that pdflatex sets, or as the
// part of one.
func LaTeX(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading, fragment bool) error {
	out := &errWriter{w: w}
	if !fragment {
		io.WriteString(out, latexHead)
		fmt.Fprintf(out, "\\section*{%s}\n", latexText(file))
	}
	for l := range x.Layers() {
		fmt.Fprintf(out, "\n\\subsection*{%s}\n%s.\n", latexText(l.Name), latexText(caption(l.Sentence)))
		latexSteps(out, steps(l, calc.Expr.LaTeX))
	}
	if text := stopped(x.Net); text != "" {
		fmt.Fprintf(out, "\n%s.\n", latexText(caption(text)))
	} else if x.Whole() && x.Net.Good > 0 {
		fmt.Fprint(out, "\n\\subsection*{All layers}\n")
		latexSteps(out, sums(x, calc.Expr.LaTeX))
		for _, text := range assumed(x.Net, readings, allNames) {
			fmt.Fprintf(out, "\nAssumed %s\n", latexText(text))
		}
	}
	if !fragment {
		io.WriteString(out, latexTail)
	}
	return out.err
}

func latexSteps(w io.Writer, list []step) {
	io.WriteString(w, "\\begin{list}{}{\\setlength{\\leftmargin}{42mm}\\setlength{\\labelwidth}{40mm}\\setlength{\\itemsep}{0pt}\\setlength{\\parsep}{2pt}\\renewcommand{\\makelabel}[1]{#1\\hfil}}\n")
	for _, s := range list {
		text := latexText(s.value)
		if s.math != "" {
			text = "$" + s.math + " = " + latexNumber(s.value) + "$"
		}
		if s.before != "" {
			text = latexText(s.before) + " " + text
		}
		if s.after != "" {
			text = strings.TrimPrefix(text+", "+latexText(s.after), ", ")
		}
		fmt.Fprintf(w, "\\item[%s] %s\n", latexText(s.label), text)
		if s.terms != "" {
			fmt.Fprintf(w, "\\\\ {\\footnotesize %s}\n", latexText(s.terms))
		}
	}
	io.WriteString(w, "\\end{list}\n")
}

// latexEscapes are the characters that mean something to LaTeX, or that its
// fonts do not have.
var latexEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_\allowbreak{}`,
	`^`, `\textasciicircum{}`, `~`, `\textasciitilde{}`, `<`, `\textless{}`, `>`, `\textgreater{}`, `|`, `\textbar{}`, `"`, `\textquotedbl{}`,
	`[`, `{[}`, `]`, `{]}`, "`", `\textasciigrave{}`, "'", `\textquotesingle{}`, `-`, `{-}`, `Φ`, `$\Phi$`, `·`, `$\cdot$`)

// latexText makes text from outside fit for LaTeX: shown as it is, letters
// that its fonts lack by their number.
func latexText(s string) string {
	var b strings.Builder
	for _, r := range Visible(s) {
		switch {
		case r < utf8.RuneSelf, r >= 'À' && r <= 'ž' && r != '×' && r != '÷', r == 'Φ', r == '·':
			b.WriteRune(r)
		case r == '×':
			b.WriteByte('x')
		case r == '…':
			b.WriteString("...")
		default:
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return latexEscapes.Replace(b.String())
}
