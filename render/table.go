package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// Network writes a network for people: a row for each layer, the totals,
// and what was assumed.
func Network(w io.Writer, t Terminal, net *eval.Network, readings []eval.Reading) {
	if net.Good == 0 {
		return
	}
	fmt.Fprintln(w, t.table(net)+"\n")
	if net.Failed {
		fmt.Fprintln(w, t.wrapped("counted up to "+net.Rows[net.Good-1].Name+", the last layer before the first that failed", 0))
	}
	io.WriteString(w, t.totals(net))
	io.WriteString(w, t.assumptions(net, readings))
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

func lines(net *eval.Network) []line {
	list := make([]line, net.Good)
	var total int64
	for i := range list {
		r := &net.Rows[i]
		total += r.Params()
		list[i] = line{r.Name, what(net, r), r.Out.String(), lang.Group(r.Params()), lang.Group(total), notes(net, i)}
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
func (t Terminal) table(net *eval.Network) string {
	list := lines(net)
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

// what is the layer in short form.
func what(net *eval.Network, r *eval.Row) string {
	short := r.Kind.Name
	if r.Tie >= 0 {
		short += " = " + net.Rows[r.Tie].Name
	} else if args := r.Kind.Short(r.Args); args != "" {
		short += " " + args
	}
	return short
}

// notes is what is worth saying of a row.
func notes(net *eval.Network, i int) string {
	r := &net.Rows[i]
	var list []string
	if r.Owner >= 0 {
		list = append(list, "shares "+net.Rows[r.Owner].Name)
	}
	if r.Frozen {
		list = append(list, "frozen")
	}
	if r.Stats > 0 {
		list = append(list, lang.Group(r.Stats)+" running statistics")
	}
	if r.Kind.Remark != nil {
		if remark := r.Kind.Remark(net.Call(i)); remark != "" {
			list = append(list, remark)
		}
	}
	return strings.Join(list, "; ")
}

// A fact is one line of the totals.
type fact struct{ name, value, remark string }

func (t Terminal) totals(net *eval.Network) string {
	totals := &net.Totals
	facts := []fact{{"parameters", lang.Group(totals.Params()), fmt.Sprintf("%s weights and %s biases", lang.Group(totals.Weights), lang.Group(totals.Biases))}}
	if totals.Frozen > 0 {
		facts = append(facts, fact{"  trainable", lang.Group(totals.Trainable()), ""}, fact{"  frozen", lang.Group(totals.Frozen), "not trained"})
	}
	if totals.PerUse != totals.Params() {
		facts = append(facts, fact{"  counted per use", lang.Group(totals.PerUse), "what is shared counted at each use"})
	}
	if totals.Stats > 0 {
		facts = append(facts, fact{"running statistics", lang.Group(totals.Stats), "kept, not trained; Keras adds them to its total: " + lang.Group(totals.Params()+totals.Stats)})
	}
	facts = append(facts,
		fact{"multiply-accumulates", lang.Group(totals.Macs), "for one input; biases, activations and pooling count 0"},
		fact{"activations", lang.Group(totals.Activations), "numbers computed for one input"})
	if totals.Field != nil {
		facts = append(facts, fact{"receptive field", size(totals.Field.Sizes()), "of the last layer with positions"})
	}
	if len(net.Outputs) > 1 {
		facts = append(facts, fact{"outputs", outputs(net), ""})
	}
	return t.facts(facts)
}

// facts writes names, numbers and remarks in columns.
func (t Terminal) facts(facts []fact) string {
	var b strings.Builder
	name, value := 0, 0
	for _, f := range facts {
		name = max(name, len(f.name))
		if len(f.value) < 24 {
			value = max(value, len(f.value))
		}
	}
	for _, f := range facts {
		fmt.Fprintf(&b, "%-*s  %s", name, f.name, t.paint(bold, fmt.Sprintf("%*s", value, f.value)))
		if f.remark != "" {
			b.WriteString("  " + t.paint(faint, t.wrapped(f.remark, name+value+4)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func size(sides []int64) string {
	return layer.NewShape(sides...).String()
}

func outputs(net *eval.Network) string {
	var names []string
	for _, i := range net.Outputs {
		names = append(names, net.Rows[i].Name+" "+net.Rows[i].Out.String())
	}
	return strings.Join(names, ", ")
}

// assumptions says which defaults decided a number, and what the other
// usual reading gives.
func (t Terminal) assumptions(net *eval.Network, readings []eval.Reading) string {
	var b strings.Builder
	for _, r := range readings {
		text := fmt.Sprintf("%s, not stated for %s.", r.Unsaid, strings.Join(Condense(r.Layers), ", "))
		with := strings.Join(r.Assume, " and ")
		switch {
		case r.OK:
			text += fmt.Sprintf(" With %s the total is %s.", with, lang.Group(r.Total))
		case !net.Failed:
			text += fmt.Sprintf(" With %s the layers do not fit.", with)
		}
		b.WriteString(t.paint(yellow, "assumed") + " " + t.wrapped(text, len("assumed ")) + "\n")
	}
	if b.Len() == 0 {
		return ""
	}
	return "\n" + b.String()
}

// Condense writes runs of numbered names as c1-c5.
func Condense(names []string) (list []string) {
	for i := 0; i < len(names); {
		stem, first := numbered(names[i])
		j := i + 1
		for stem != "" && j < len(names) && names[j] == fmt.Sprintf("%s%d", stem, first+j-i) {
			j++
		}
		switch {
		case j-i > 2:
			list = append(list, names[i]+"-"+names[j-1])
		default:
			list = append(list, names[i:j]...)
		}
		i = j
	}
	return slices.Clip(list)
}

// numbered splits a name that ends in a number.
func numbered(name string) (stem string, n int) {
	stem = strings.TrimRight(name, "0123456789")
	if len(name) == len(stem) || len(name)-len(stem) > 9 {
		return "", 0
	}
	fmt.Sscanf(name[len(stem):], "%d", &n)
	if fmt.Sprintf("%s%d", stem, n) != name {
		return "", 0
	}
	return stem, n
}
