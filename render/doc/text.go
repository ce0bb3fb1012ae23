package doc

import (
	"bufio"
	"io"
	"strings"

	"cnnl/eval/calc"
	"cnnl/lang"
	"cnnl/render/terminal"
)

// Text writes a document for people at a terminal, without its title: they have
// just asked for it. Sentences stay as they were given.
func Text(w io.Writer, t terminal.Terminal, d *Document) error {
	p := text{out: bufio.NewWriter(w), t: t}
	for b := range d.Blocks {
		p.block(b)
	}
	return p.out.Flush()
}

type text struct {
	out   *bufio.Writer
	t     terminal.Terminal
	begun bool // something stands already
}

// part writes something that is parted by a blank line from what is before.
func (p *text) part(text string) {
	if p.begun {
		p.out.WriteByte('\n')
	}
	p.begun = true
	p.out.WriteString(text)
}

func (p *text) block(b Block) {
	switch b := b.(type) {
	case Section:
		p.section(b)
	case Heading:
		p.part(p.heading(b) + "\n")
	case Sentences:
		p.part(p.sentences(b, 0))
	case Stopped:
		p.part(p.sentences(Sentences{string(b)}, 0))
	case Line:
		p.line(b)
	case List:
		p.list(b)
	case Remarks:
		p.items(p.t.Paint(terminal.Magenta, lang.Visible(b.Word)), b.before(), b.Items)
	case Steps:
		p.part(p.steps(b))
	case Table:
		p.part(p.table(b) + "\n")
	case Chart:
		p.part(p.table(b.table()) + "\n")
	}
}

// section puts sentences beside the heading, and steps right under it.
func (p *text) section(s Section) {
	rest := s.Blocks
	if s.Heading.Text != "" {
		beside := "\n"
		if first, ok := firstSentences(rest); ok {
			beside, rest = "  "+p.sentences(first, terminal.Width(s.Heading.Text)+2), rest[1:]
		}
		p.part(p.heading(s.Heading) + beside)
	}
	if len(rest) > 0 {
		if steps, ok := rest[0].(Steps); ok {
			p.out.WriteString(p.steps(steps))
			rest = rest[1:]
		}
	}
	for _, b := range rest {
		p.block(b)
	}
}

func (p *text) heading(h Heading) string {
	return p.t.Paint(terminal.Bold, lang.Visible(h.Text))
}

func (p *text) sentences(list Sentences, indent int) string {
	lines := make([]string, len(list))
	for i, s := range list {
		lines[i] = p.t.Wrap(lang.Visible(s), indent) + "\n"
	}
	return strings.Join(lines, strings.Repeat(" ", indent))
}

func (p *text) line(l Line) {
	line := p.t.Wrap(lang.Visible(l.Text), 0)
	if l.Strong {
		line = p.t.Paint(terminal.Bold, line)
	}
	p.part(line + "\n")
}

func (p *text) list(l List) {
	if l.Title != "" && len(l.Items) > 0 {
		p.part(lang.Visible(l.Title) + "\n")
	}
	p.items("-", "- ", l.Items)
}

// items writes one a line, behind a word that is written so.
func (p *text) items(word, before string, items []string) {
	if len(items) == 0 {
		return
	}
	var b strings.Builder
	for _, item := range items {
		if before != "" {
			b.WriteString(word + " ")
		}
		b.WriteString(p.t.Wrap(lang.Visible(item), len(before)) + "\n")
	}
	p.part(b.String())
}

// The columns of steps: an indent, the labels, of which most have at least so
// many, the calculations.
const (
	stepIndent = 4
	leastLabel = len("height, width")
)

func (p *text) steps(s Steps) string {
	width, labels := leastLabel, make([]string, len(s.List))
	for i, step := range s.List {
		labels[i] = lang.Visible(step.Label)
		width = max(width, terminal.Width(labels[i]))
	}
	indent := stepIndent + width + terminal.Gap
	var b strings.Builder
	for i, step := range s.List {
		b.WriteString(strings.Repeat(" ", stepIndent) + labels[i] + strings.Repeat(" ", width-terminal.Width(labels[i])+terminal.Gap))
		b.WriteString(p.t.Wrap(step.words(lang.Visible, textFormula), indent) + "\n")
		if step.Terms != "" {
			b.WriteString(strings.Repeat(" ", indent) + p.t.Paint(terminal.Faint, p.t.Wrap(lang.Visible(step.Terms), indent)) + "\n")
		}
	}
	return b.String()
}

func textFormula(e calc.Expr, value string) string { return e.Grouped() + " = " + value }

func (p *text) table(t Table) string {
	columns := make([]terminal.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = terminal.Column{Name: lang.Visible(c.Name), Right: c.Number}
	}
	var rows [][]string
	for row := range t.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = lang.Visible(c.Text)
		}
		rows = append(rows, cells)
	}
	return p.t.Table(columns, rows)
}
