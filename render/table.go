package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// Network writes a network for people: a row for each layer, the totals,
// and what was assumed.
// Blocks deeper than depth stand folded; below 0 none does.
func Network(w io.Writer, t terminal.Terminal, net *network.Network, readings []eval.Reading, depth int) {
	if len(net.Nodes) == 0 {
		return
	}
	list := lines(net, depth)
	if len(list) > 0 {
		fmt.Fprintln(w, table(t, list)+"\n")
	}
	switch {
	case net.Failed && len(list) > 0:
		fmt.Fprintln(w, t.Wrap(noTotals(net), 0))
		return
	case net.Failed:
		return
	}
	io.WriteString(w, totals(t, net))
	if remarks := assumptions(net, readings, mostNames); len(remarks.Items) > 0 {
		fmt.Fprintln(w)
		doc.Text(w, t, &doc.Document{Blocks: slices.Values([]doc.Block{remarks})})
	}
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

// lines are the rows of the table. Of a network that failed they go on behind the
// first mistake as far as the script can be read, and say so.
func lines(net *network.Network, depth int) []line {
	list := counted(net, net.Folded(depth))
	if net.Failed {
		p := net.Provisional()
		list = append(list, provisional(p, p.FoldedFrom(int32(p.Good), int32(len(p.Nodes)), depth))...)
	}
	return list
}

// counted are rows that are right.
func counted(net *network.Network, rows []network.Row) []line {
	list := make([]line, len(rows))
	var total int64
	for i := range list {
		r := &rows[i]
		total += r.Params()
		list[i] = line{r.Path, r.Statement(net), r.Out.String(), lang.Group(r.Params()), lang.Group(total), notes(net, rows, i)}
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
			w[i] = max(w[i], terminal.Width(cell))
		}
	}
	return w
}

// table has a column for the notes where the terminal is wide enough; where
// it is not, they stand under what they are about, and at last the running
// total goes.
func table(t terminal.Terminal, list []line) string {
	w := widest(list)
	shown := len(w)
	if t.Width > 0 && sum(w[:])+(shown-1)*terminal.Gap > t.Width {
		shown = narrow(t, list, &w)
	}
	columns := make([]terminal.Column, shown)
	for i := range columns {
		columns[i] = terminal.Column{Name: header[i], Right: i == paramsColumn || i == totalColumn}
	}
	columns[whatColumn].Widest = w[whatColumn]
	rows := make([][]string, len(list))
	for i := range list {
		rows[i] = list[i][:shown]
	}
	return t.Table(columns, rows)
}

// How narrow a name and the short form of a layer may get.
const (
	leastName = 12
	leastRoom = 16
)

// narrow moves the notes, cuts the names and says how many columns are left.
func narrow(t terminal.Terminal, list []line, w *[len(header)]int) (columns int) {
	columns = noteColumn
	room := t.Width - sum(w[outColumn:noteColumn]) - 4*terminal.Gap
	if room < min(w[nameColumn], leastName)+leastRoom {
		columns = totalColumn
		room += w[totalColumn] + terminal.Gap
	}
	w[nameColumn] = min(w[nameColumn], max(room-leastRoom, 8))
	w[whatColumn] = max(room-w[nameColumn], 8)
	for i := range list {
		l := &list[i]
		l[nameColumn] = terminal.First(l[nameColumn], w[nameColumn])
		if l[noteColumn] != "" {
			l[whatColumn] += "\n- " + l[noteColumn]
		}
	}
	return columns
}

func sum(numbers []int) (n int) {
	for _, i := range numbers {
		n += i
	}
	return n
}

// notes is what is worth saying of a row.
func notes(net *network.Network, rows []network.Row, i int) string {
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
func rowNotes(net *network.Network, r *network.Row) (list []string) {
	if owner := r.Shares(net); owner != "" {
		list = append(list, "shares "+owner)
	}
	if frozen := r.FrozenWords(); frozen != "" {
		list = append(list, frozen)
	}
	for _, m := range network.InOrder() {
		if n := m.OfRow(r); m.Kept && n > 0 {
			list = append(list, lang.Group(n)+" "+m.Title)
		}
	}
	if r.Kind.Remark != nil {
		if remark := r.Kind.Remark(net.CallOf(&r.Node)); remark != "" {
			list = append(list, remark)
		}
	}
	return list
}
