package doc

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"cnnl/eval/calc"
	"cnnl/lang"
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

// LaTeX writes a document that pdflatex sets.
func LaTeX(w io.Writer, d *Document) error {
	p := latex{out: bufio.NewWriter(w)}
	p.out.WriteString(latexHead)
	if d.Title != "" {
		p.out.WriteString(`\section*{` + latexText(d.Title) + "}\n")
	}
	p.blocks(d)
	p.out.WriteString(latexTail)
	return p.out.Flush()
}

// LaTeXFragment writes a document without its title, as a part of another.
func LaTeXFragment(w io.Writer, d *Document) error {
	p := latex{out: bufio.NewWriter(w)}
	p.blocks(d)
	return p.out.Flush()
}

type latex struct {
	out    *bufio.Writer
	within int // sections around
}

func (p *latex) blocks(d *Document) {
	for b := range d.Blocks {
		p.block(b)
	}
}

func (p *latex) block(b Block) {
	switch b := b.(type) {
	case Section:
		p.section(b)
	case Heading:
		p.out.WriteString("\n\\" + strings.Repeat("sub", min(p.within+1, 2)) + "section*{" + latexText(b.capital()) + "}\n")
	case Sentences:
		p.out.WriteByte('\n')
		p.sentences(b)
	case Stopped:
		p.block(Sentences{string(b)})
	case Line:
		p.line(b)
	case List:
		p.list(b)
	case Remarks:
		for _, item := range b.Items {
			p.out.WriteString("\n" + latexText(lang.Capital(b.before()+item)) + "\n")
		}
	case Steps:
		p.steps(b)
	case Table:
		p.table(b)
	case Chart:
		p.table(b.table())
	}
}

// section writes sentences right behind its heading; elsewhere they make a
// paragraph.
func (p *latex) section(s Section) {
	rest := s.Blocks
	if s.Heading.Text != "" {
		p.block(s.Heading)
		if first, ok := firstSentences(rest); ok {
			p.sentences(first)
			rest = rest[1:]
		}
	}
	p.within++
	for _, b := range rest {
		p.block(b)
	}
	p.within--
}

func firstSentences(blocks []Block) (Sentences, bool) {
	if len(blocks) == 0 {
		return nil, false
	}
	first, ok := blocks[0].(Sentences)
	return first, ok
}

func (p *latex) sentences(list Sentences) {
	for _, s := range list {
		p.out.WriteString(latexText(sentence(s)) + "\n")
	}
}

func (p *latex) line(l Line) {
	text := latexText(l.Text)
	if l.Strong {
		text = `\textbf{` + text + "}"
	}
	p.out.WriteString("\n" + text + "\n")
}

func (p *latex) list(l List) {
	if len(l.Items) == 0 {
		return
	}
	if l.Title != "" {
		p.out.WriteString("\n" + latexText(l.Title) + ":\n")
	}
	p.out.WriteString("\\begin{itemize}\n")
	for _, item := range l.Items {
		p.out.WriteString(`\item ` + latexText(item) + "\n")
	}
	p.out.WriteString("\\end{itemize}\n")
}

func (p *latex) steps(s Steps) {
	p.out.WriteString("\\begin{list}{}{\\setlength{\\leftmargin}{42mm}\\setlength{\\labelwidth}{40mm}\\setlength{\\itemsep}{0pt}\\setlength{\\parsep}{2pt}\\renewcommand{\\makelabel}[1]{#1\\hfil}}\n")
	for _, step := range s.List {
		p.out.WriteString(`\item[` + latexText(step.Label) + "] " + step.words(latexText, inlineLatex) + "\n")
		if step.Terms != "" {
			p.out.WriteString(`\\ {\footnotesize ` + latexText(step.Terms) + "}\n")
		}
	}
	p.out.WriteString("\\end{list}\n")
}

func inlineLatex(e calc.Expr, value string) string { return "$" + latexFormula(e, value) + "$" }

// latexFormula is a calculation with what it gives. A comma of LaTeX's
// mathematics would have a blank behind it.
func latexFormula(e calc.Expr, value string) string {
	return e.LaTeX() + " = " + strings.ReplaceAll(value, ",", "{,}")
}

func (p *latex) table(t Table) {
	form, names := "", make([]Cell, len(t.Columns))
	for i, c := range t.Columns {
		names[i].Text = c.Name
		if c.Number {
			form += "r"
		} else {
			form += "l"
		}
	}
	p.out.WriteString("\n\\begin{tabular}{" + form + "}\n")
	if t.headed() {
		p.out.WriteString(latexRow(names) + "\\hline\n")
	}
	for row := range t.Rows {
		p.out.WriteString(latexRow(row))
	}
	p.out.WriteString("\\end{tabular}\n")
}

func latexRow(row []Cell) string {
	texts := make([]string, len(row))
	for i, c := range row {
		texts[i] = latexText(c.Text)
	}
	return strings.Join(texts, " & ") + " \\\\\n"
}

// latexText makes text from outside fit for LaTeX: shown as it is, letters
// that its fonts lack by their number.
func latexText(s string) string {
	var b strings.Builder
	for _, r := range lang.Visible(s) {
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

// latexEscapes are the characters that mean something to LaTeX, or that its
// fonts do not have.
var latexEscapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `%`, `\%`, `_`, `\_\allowbreak{}`,
	`^`, `\textasciicircum{}`, `~`, `\textasciitilde{}`, `<`, `\textless{}`, `>`, `\textgreater{}`, `|`, `\textbar{}`, `"`, `\textquotedbl{}`,
	`[`, `{[}`, `]`, `{]}`, "`", `\textasciigrave{}`, "'", `\textquotesingle{}`, `-`, `{-}`, `Φ`, `$\Phi$`, `·`, `$\cdot$`)
