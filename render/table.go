package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
)

// Network writes a network for people: a row for each layer, the totals,
// and what was assumed.
// Blocks deeper than depth stand folded; below 0 none does.
func Network(w io.Writer, t Terminal, net *network.Network, readings []eval.Reading, depth int) {
	if net.Good == 0 {
		return
	}
	fmt.Fprintln(w, t.table(net, depth)+"\n")
	if net.Failed {
		fmt.Fprintln(w, t.wrapped("counted up to "+net.Path(int32(net.Good-1))+", the last layer before the first that failed", 0))
	}
	io.WriteString(w, t.totals(net))
	io.WriteString(w, t.assumptions(net, readings, mostNames))
}

// A line is one row of the table, a text for each column.
type line [6]string

// The columns.
const (
	nameColumn = iota
	whatColumn
	outColumn
	paramsColumn
	totalColumn
	noteColumn
)

var header = line{"layer", "what", "output", "parameters", "total", "note"}

func lines(net *network.Network, depth int) []line {
	rows := net.Folded(depth)
	list := make([]line, len(rows))
	var total int64
	for i := range list {
		r := &rows[i]
		total += r.Params()
		list[i] = line{r.Name, net.Statement(r), r.Out.String(), lang.Group(r.Params()), lang.Group(total), notes(net, rows, i)}
		if r.Kind.Source {
			list[i][paramsColumn], list[i][totalColumn] = "", ""
		}
	}
	return list
}

// widest is the width of each column.
func widest(lines []line) (w [len(header)]int) {
	for _, l := range append(lines, header) {
		for i, cell := range l {
			w[i] = max(w[i], width(cell))
		}
	}
	return w
}

// row is the first columns of a line, as the table wants them.
func (l line) row(columns int) (row table.Row) {
	for _, cell := range l[:columns] {
		row = append(row, cell)
	}
	return row
}

const gap = 2 // blanks between columns

// table has a column for the notes where the terminal is wide enough; where
// it is not, they stand under what they are about, and at last the running
// total goes.
func (t Terminal) table(net *network.Network, depth int) string {
	list := lines(net, depth)
	w := widest(list)
	columns := len(w)
	if t.Width > 0 && sum(w[:])+(columns-1)*gap > t.Width {
		columns = t.narrow(list, &w)
	}
	out := table.NewWriter()
	out.SetStyle(t.style())
	out.AppendHeader(t.bold(header).row(columns))
	for _, l := range list {
		out.AppendRow(l.row(columns))
	}
	out.SetColumnConfigs([]table.ColumnConfig{
		{Number: 1 + whatColumn, WidthMax: w[whatColumn], WidthMaxEnforcer: wrapLines},
		{Number: 1 + paramsColumn, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 1 + totalColumn, Align: text.AlignRight, AlignHeader: text.AlignRight},
	})
	return trimLines(out.Render())
}

// How narrow a name and the short form of a layer may get.
const (
	leastName = 12
	leastRoom = 16
)

// narrow moves the notes, cuts the names and says how many columns are left.
func (t Terminal) narrow(list []line, w *[len(header)]int) (columns int) {
	columns = noteColumn
	room := t.Width - sum(w[outColumn:noteColumn]) - 4*gap
	if room < min(w[nameColumn], leastName)+leastRoom {
		columns = totalColumn
		room += w[totalColumn] + gap
	}
	w[nameColumn] = min(w[nameColumn], max(room-leastRoom, 8))
	w[whatColumn] = max(room-w[nameColumn], 8)
	for i := range list {
		l := &list[i]
		l[nameColumn] = firstColumns(l[nameColumn], w[nameColumn])
		if l[noteColumn] != "" {
			l[whatColumn] += "\n- " + l[noteColumn]
		}
	}
	return columns
}

func (t Terminal) bold(l line) line {
	for i := range l {
		l[i] = t.paint(bold, l[i])
	}
	return l
}

func sum(numbers []int) (n int) {
	for _, i := range numbers {
		n += i
	}
	return n
}

// wrapLines breaks each line of a cell at blanks.
func wrapLines(cell string, width int) string {
	var b strings.Builder
	for i, l := range strings.Split(cell, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(text.WrapSoft(l, width), " "))
	}
	return b.String()
}

// trimLines takes off what reaches beyond the last column.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if lines[i] = strings.TrimRight(l, " "); strings.HasPrefix(l, "─") {
			lines[i] = strings.TrimSuffix(l, strings.Repeat("─", gap))
		}
	}
	return strings.Join(lines, "\n")
}

func (t Terminal) style() table.Style {
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", strings.Repeat(" ", gap)
	style.Format.Header = text.FormatDefault
	return style
}

// notes is what is worth saying of a row.
func notes(net *network.Network, rows []network.Node, i int) string {
	r := &rows[i]
	var list []string
	switch from := net.Origins(rows, i); len(from) {
	case 0:
	case 1:
		list = append(list, "from "+from[0])
	default:
		list = append(list, "of "+strings.Join(Condense(from), ", "))
	}
	return strings.Join(append(list, rowNotes(net, r)...), "; ")
}

// rowNotes are those that do not depend on the rows around.
func rowNotes(net *network.Network, r *network.Node) (list []string) {
	if owner := net.Shares(r); owner != "" {
		list = append(list, "shares "+owner)
	}
	if frozen := r.FrozenWords(); frozen != "" {
		list = append(list, frozen)
	}
	if r.Stats > 0 {
		list = append(list, lang.Group(r.Stats)+" running statistics")
	}
	if r.Kind.Remark != nil {
		if remark := r.Kind.Remark(net.CallOf(r)); remark != "" {
			list = append(list, remark)
		}
	}
	return list
}
