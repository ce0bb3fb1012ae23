package render

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// Network writes a network for people: a row for each layer as far as the
// extent goes, the totals of all, and what was assumed.
// Blocks deeper than depth stand folded; below 0 none does.
func Network(w io.Writer, t terminal.Terminal, net *network.Network, readings []eval.Reading, depth int, e Extent) {
	if len(net.Nodes) == 0 {
		return
	}
	v := newView(w, net, depth, e)
	some := v.count() > 0
	if some {
		v.table(t)
		fmt.Fprintln(w)
	}
	switch {
	case net.Failed && some:
		fmt.Fprintln(w, t.Wrap(noTotals(net), 0))
		return
	case net.Failed:
		return
	}
	io.WriteString(w, factLines(t, v.facts(net)))
	if remarks := v.assumptions(net, readings, mostNames); len(remarks.Items) > 0 {
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

// A view is the rows of a network for people, as they come.
type view struct {
	*meter
	bytes  int // that it may have
	net    *network.Network
	behind *network.Network // what stands behind the first mistake, if there is one
	depth  int
	shown  int // rows, of the last time that lines went through them
}

func newView(w io.Writer, net *network.Network, depth int, e Extent) *view {
	v := &view{meter: e.meter(w), net: net, depth: depth}
	v.bytes = v.Bytes
	if net.Failed {
		v.behind = net.Provisional()
	}
	return v
}

// count is how many rows there are.
func (v *view) count() int {
	n := v.net.CountRows(0, int32(v.net.Good), v.depth)
	if v.behind != nil {
		n += provisionalCount(v.behind)
	}
	return n
}

// lines are the rows as far as the view goes. Of a network that failed they go on
// behind the first mistake as far as the script can be read, and say so.
func (v *view) lines() iter.Seq[line] {
	return func(yield func(line) bool) {
		v.shown, v.Bytes = 0, v.bytes
		for l := range v.all() {
			if v.full(v.shown) {
				return
			}
			v.shown++
			for i := range l {
				l[i] = v.cut(l[i])
			}
			if !yield(l) {
				return
			}
		}
	}
}

// all are the rows however many there are.
func (v *view) all() iter.Seq[line] {
	return func(yield func(line) bool) {
		var total int64
		above := network.Row{Gives: network.None}
		for r := range v.net.Rows(0, int32(v.net.Good), v.depth) {
			total += r.Params()
			if !yield(v.counted(&r, &above, total)) {
				return
			}
			above = r
		}
		if v.behind != nil {
			provisional(v.behind)(yield)
		}
	}
}

// counted is a row that is right.
func (v *view) counted(r, above *network.Row, total int64) line {
	l := line{r.Path, r.Statement(v.net), r.Out.String(), lang.Group(r.Params()), lang.Group(total), v.notes(r, above)}
	if r.Kind.Source {
		l[paramsColumn], l[totalColumn] = "", ""
	}
	return l
}

// widest is the width of each column.
func widest(lines iter.Seq[line]) (w [len(header)]int) {
	widen := func(l line) {
		for i, cell := range l {
			w[i] = max(w[i], terminal.Width(cell))
		}
	}
	widen(header)
	for l := range lines {
		widen(l)
	}
	return w
}

// table has a column for the notes where the terminal is wide enough; where
// it is not, they stand under what they are about, and at last the running
// total goes. What is left out is said under it.
func (v *view) table(t terminal.Terminal) {
	shown, width := len(header), [len(header)]int{}
	fit := func(l line) line { return l }
	if t.Width > 0 {
		width = widest(v.lines())
		if sum(width[:])+(shown-1)*terminal.Gap > t.Width {
			shown, fit = narrow(t, &width)
		}
	}
	columns := make([]terminal.Column, shown)
	for i := range columns {
		columns[i] = terminal.Column{Name: header[i], Right: i == paramsColumn || i == totalColumn}
	}
	columns[whatColumn].Widest = width[whatColumn]
	t.WriteTable(v, columns, func(yield func([]string) bool) {
		for l := range v.lines() {
			if l = fit(l); !yield(l[:shown]) {
				return
			}
		}
	})
	if more := v.count() - v.shown; more > 0 {
		fmt.Fprintln(v.w, t.Wrap("... "+leftOut(more, "layer"), 0))
	}
}

// How narrow a name and the short form of a layer may get.
const (
	leastName = 12
	leastRoom = 16
)

// narrow cuts the widths, says how many columns are left, and gives what moves
// the notes and cuts the names of a row.
func narrow(t terminal.Terminal, w *[len(header)]int) (columns int, fit func(line) line) {
	columns = noteColumn
	room := t.Width - sum(w[outColumn:noteColumn]) - 4*terminal.Gap
	if room < min(w[nameColumn], leastName)+leastRoom {
		columns = totalColumn
		room += w[totalColumn] + terminal.Gap
	}
	w[nameColumn] = min(w[nameColumn], max(room-leastRoom, 8))
	w[whatColumn] = max(room-w[nameColumn], 8)
	return columns, func(l line) line {
		l[nameColumn] = terminal.First(l[nameColumn], w[nameColumn])
		if l[noteColumn] != "" {
			l[whatColumn] += "\n- " + l[noteColumn]
		}
		return l
	}
}

func sum(numbers []int) (n int) {
	for _, i := range numbers {
		n += i
	}
	return n
}

// notes is what is worth saying of a row.
func (v *view) notes(r, above *network.Row) string {
	var list []string
	switch from := v.net.Origins(r, above.Gives, v.depth, v.names()); len(from) {
	case 0:
	case 1:
		list = append(list, "from "+from[0])
	default:
		list = append(list, "of "+listed(Condense(from), len(r.From)-len(from)))
	}
	return strings.Join(append(list, rowNotes(v.net, r)...), "; ")
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
