package doc

import (
	"bufio"
	"io"
	"strings"

	"cnnl/eval/calc"
	"cnnl/lang"
)

// Markdown writes a document as Markdown whose mathematics GitHub and others
// set: $`...`$.
func Markdown(w io.Writer, d *Document) error {
	p := markdown{out: bufio.NewWriter(w)}
	if d.Title != "" {
		p.heading("#", d.Title)
	}
	for b := range d.Blocks {
		p.block(b)
	}
	return p.out.Flush()
}

type markdown struct {
	out    *bufio.Writer
	begun  bool // something stands already
	within int  // sections around
}

// part writes something that is parted by a blank line from what is before.
func (p *markdown) part(text string) {
	if p.begun {
		p.out.WriteByte('\n')
	}
	p.begun = true
	p.out.WriteString(text)
}

func (p *markdown) heading(mark, text string) { p.part(mark + " " + markdownText(text) + "\n") }

func (p *markdown) block(b Block) {
	switch b := b.(type) {
	case Section:
		p.section(b)
	case Heading:
		p.heading("##"+strings.Repeat("#", p.within), b.capital())
	case Sentences:
		p.sentences(b)
	case Stopped:
		p.sentences(Sentences{string(b)})
	case Line:
		p.line(b)
	case List:
		p.list(b)
	case Remarks:
		p.items(b.before(), b.Items)
	case Steps:
		p.steps(b)
	case Table:
		p.table(b)
	case Chart:
		p.table(b.table())
	}
}

func (p *markdown) section(s Section) {
	if s.Heading.Text != "" {
		p.block(s.Heading)
	}
	p.within++
	for _, b := range s.Blocks {
		p.block(b)
	}
	p.within--
}

func (p *markdown) sentences(list Sentences) {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(markdownText(sentence(s)) + "\n")
	}
	p.part(b.String())
}

func (p *markdown) line(l Line) {
	text := markdownText(l.Text)
	if l.Strong {
		text = "**" + text + "**"
	}
	p.part(text + "\n")
}

func (p *markdown) list(l List) {
	if l.Title != "" && len(l.Items) > 0 {
		p.part(markdownText(l.Title) + ":\n")
	}
	p.items("", l.Items)
}

func (p *markdown) items(before string, items []string) {
	if len(items) == 0 {
		return
	}
	var b strings.Builder
	for _, item := range items {
		b.WriteString("- " + markdownText(before+item) + "\n")
	}
	p.part(b.String())
}

func (p *markdown) steps(s Steps) {
	var b strings.Builder
	for _, step := range s.List {
		b.WriteString("- " + markdownText(step.Label) + ": " + step.words(markdownText, markdownFormula) + "\n")
		if step.Terms != "" {
			b.WriteString("  (" + markdownText(step.Terms) + ")\n")
		}
	}
	p.part(b.String())
}

func markdownFormula(e calc.Expr, value string) string {
	return "$`" + latexFormula(e, value) + "`$"
}

func (p *markdown) table(t Table) {
	names, rule := make([]Cell, len(t.Columns)), "|"
	for i, c := range t.Columns {
		names[i].Text = c.Name
		if c.Number {
			rule += "--:|"
		} else {
			rule += "---|"
		}
	}
	p.part(markdownRow(names) + rule + "\n")
	for row := range t.Rows {
		p.out.WriteString(markdownRow(row))
	}
}

func markdownRow(row []Cell) string {
	var b strings.Builder
	for _, c := range row {
		b.WriteString("| " + markdownText(c.Text) + " ")
	}
	return b.String() + "|\n"
}

// markdownText makes text from outside fit for Markdown: shown as it is, on
// one line.
func markdownText(s string) string { return markdownEscapes.Replace(lang.Visible(s)) }

// markdownEscapes are the characters that mean something in Markdown or HTML.
var markdownEscapes = strings.NewReplacer(
	"<", "&lt;", "&", "&amp;", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`, "!", `\!`, "~", `\~`, "$", `\$`)
