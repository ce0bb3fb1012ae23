package terminal

import (
	"io"
	"iter"
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

// mostAligned is how wide a cell may be that those of other rows are aligned with:
// one that is very long moves what stands behind it in its own row.
const mostAligned = 200

// Table sets rows under the names of their columns, if any has one, without a
// line break behind the last. A cell can have several lines.
func (t Terminal) Table(columns []Column, rows [][]string) string {
	var b strings.Builder
	t.WriteTable(&b, columns, slices.Values(rows))
	return strings.TrimSuffix(b.String(), "\n")
}

// WriteTable writes what Table sets, with a line break behind the last row, and
// keeps nothing of it: it goes through the rows twice, for the widths and to write
// them. The rows may end sooner the second time.
func (t Terminal) WriteTable(w io.Writer, columns []Column, rows iter.Seq[[]string]) {
	widths, names := make([]int, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	widen(columns, widths, names)
	for row := range rows {
		widen(columns, widths, row)
	}
	write := func(row []string, paint func(string) string) {
		cells := wrapped(columns, row)
		for n := range height(cells) {
			io.WriteString(w, beside(columns, widths, nth(cells, n), paint)+"\n")
		}
	}
	if strings.Join(names, "") != "" {
		write(names, func(name string) string { return t.Paint(Bold, name) })
		io.WriteString(w, rule(widths)+"\n")
	}
	for row := range rows {
		write(row, asItIs)
	}
}

// widen makes columns as wide as the cells of a row are.
func widen(columns []Column, widths []int, row []string) {
	for i, c := range columns {
		_, w := c.lines(row[i])
		widths[i] = max(widths[i], min(w, mostAligned))
	}
}

// wrapped are the lines of each cell of a row.
func wrapped(columns []Column, row []string) [][]string {
	cells := make([][]string, len(columns))
	for i, c := range columns {
		cells[i], _ = c.lines(row[i])
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
		blanks := strings.Repeat(" ", max(widths[i]-Width(cell), 0))
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
			widths[i] = max(widths[i], min(Width(cell), mostAligned))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.TrimRight("  "+beside(columns, widths, row, asItIs), " ") + "\n")
	}
	return b.String()
}
