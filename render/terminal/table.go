package terminal

import (
	"slices"
	"strings"
)

// Gap is how many blanks stand between the columns of a table.
const Gap = 2

// A Column is one of a table.
type Column struct {
	Name   string
	Right  bool // its cells stand to the right
	Widest int  // columns beyond which its cells are wrapped; 0: as wide as it takes
}

// Table sets rows under the names of their columns, if any has one, without a
// line break behind the last. A cell can have several lines.
func (t Terminal) Table(columns []Column, rows [][]string) string {
	widths, names := make([]int, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	head := wrapped(columns, widths, names)
	body := make([][][]string, len(rows))
	for i, row := range rows {
		body[i] = wrapped(columns, widths, row)
	}
	var list []string
	write := func(row [][]string, paint func(string) string) {
		for n := range height(row) {
			list = append(list, beside(columns, widths, nth(row, n), paint))
		}
	}
	if strings.Join(names, "") != "" {
		write(head, func(name string) string { return t.Paint(Bold, name) })
		list = append(list, rule(widths))
	}
	for _, row := range body {
		write(row, asItIs)
	}
	return strings.Join(list, "\n")
}

// wrapped are the lines of each cell of a row, for which the columns are widened.
func wrapped(columns []Column, widths []int, row []string) [][]string {
	cells := make([][]string, len(columns))
	for i, c := range columns {
		lines, w := c.lines(row[i])
		cells[i], widths[i] = lines, max(widths[i], w)
	}
	return cells
}

// rule parts the names from the rows.
func rule(widths []int) string {
	length := Gap * (len(widths) - 1)
	for _, w := range widths {
		length += w
	}
	return strings.Repeat("─", length)
}

// lines are those of a cell, none wider than the column may be, and how wide
// they make it: where one was wrapped, as wide as it may be.
func (c Column) lines(cell string) (lines []string, widest int) {
	for line := range strings.SplitSeq(cell, "\n") {
		if w := Width(line); c.Widest == 0 || w <= c.Widest {
			lines, widest = append(lines, line), max(widest, w)
		} else {
			lines, widest = append(lines, fill(broken(strings.Fields(line), c.Widest), c.Widest)...), c.Widest
		}
	}
	return lines, widest
}

// broken are words, those that are wider than so many columns in pieces.
func broken(words []string, columns int) (list []string) {
	for _, word := range words {
		for Width(word) > columns {
			end := max(prefix(word, columns), len(string([]rune(word)[:1])))
			list, word = append(list, word[:end]), word[end:]
		}
		list = append(list, word)
	}
	return list
}

// height is how many lines the highest cell of a row has.
func height(row [][]string) (n int) {
	for _, lines := range row {
		n = max(n, len(lines))
	}
	return n
}

// nth is one line of each cell; nothing where a cell has fewer.
func nth(row [][]string, n int) []string {
	list := make([]string, len(row))
	for i, lines := range row {
		if n < len(lines) {
			list[i] = lines[n]
		}
	}
	return list
}

// beside puts cells of one line beside each other.
func beside(columns []Column, widths []int, cells []string, paint func(string) string) string {
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", Gap))
		}
		blanks := strings.Repeat(" ", widths[i]-Width(cell))
		if columns[i].Right {
			b.WriteString(blanks + paint(cell))
		} else {
			b.WriteString(paint(cell) + blanks)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

func asItIs(s string) string { return s }

// Columns sets rows in columns, the first to the left and the others to the
// right, indented. Where they would be too wide, a row has a line for its first
// cell and one for the rest.
func (t Terminal) Columns(rows [][]string) string {
	if text := Aligned(rows); t.Width == 0 || Width(strings.Split(text, "\n")[0]) <= t.Width {
		return text
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString("  " + t.Wrap(row[0], 2) + "\n")
		b.WriteString("    " + t.Wrap(strings.Join(slices.DeleteFunc(slices.Clone(row[1:]), func(s string) bool { return s == "" }), ", "), 4) + "\n")
	}
	return b.String()
}

// Aligned is what Columns sets where there is room for it.
func Aligned(rows [][]string) string {
	var columns []Column
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				columns, widths = append(columns, Column{Right: i > 0}), append(widths, 0)
			}
			widths[i] = max(widths[i], Width(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.TrimRight("  "+beside(columns, widths, row, asItIs), " ") + "\n")
	}
	return b.String()
}
