package render

import (
	"bufio"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"cnnl/compare"
	"cnnl/eval/network"
	"cnnl/explain"
	"cnnl/lang"
	"cnnl/render/terminal"
)

// Two networks side by side.

// Diff writes for people how two networks differ: the first layer, the other
// layers, what carries on, the totals. Nothing differs: it says so.
func Diff(w io.Writer, t terminal.Terminal, d *compare.Diff, e Extent) error {
	m := e.meter(w)
	out := bufio.NewWriter(m)
	nameA, nameB := shortNames(d)
	if d.Equal() {
		io.WriteString(out, t.Wrap(nameA+" and "+nameB+" are the same network in effect", 0)+"\n")
		return out.Flush()
	}
	for _, n := range []*network.Network{d.A, d.B} {
		if n.Failed {
			io.WriteString(out, t.Wrap(lang.Visible(path.Base(n.File.Source.Name))+" is compared "+strings.TrimPrefix(stopped(n), "explained "), 0)+"\n\n")
		}
	}
	m.differences(t, out, d)
	io.WriteString(out, m.carried(t, d)+section(t, "totals", t.Columns(totalsBeside(d, nameA, nameB))))
	return out.Flush()
}

// mostDifferences is how many differences the text tells; the JSON has all.
const mostDifferences = 12

// differences tells the layers that differ in themselves, in order; those in
// a row that only one network has, together.
func (m *meter) differences(t terminal.Terminal, w io.Writer, d *compare.Diff) {
	before, told, more := "first difference: ", 0, 0
	for i := 0; i < len(d.Pairs); i++ {
		p := &d.Pairs[i]
		switch {
		case !p.Differs():
			continue
		case told == mostDifferences:
			more++
			continue
		case p.Alone():
			first := i
			for i+1 < len(d.Pairs) && d.Pairs[i+1].Alone() && (d.Pairs[i+1].A == compare.None) == (p.A == compare.None) {
				i++
			}
			io.WriteString(w, only(t, d, d.Pairs[first:i+1], before))
		default:
			io.WriteString(w, difference(t, d, p, before))
		}
		before, told = "", told+1
	}
	if more > 0 {
		io.WriteString(w, t.Wrap(lang.Group(int64(more))+" more layers differ; -o json "+m.flag(told+more)+"lists them all", 0)+"\n\n")
	}
}

// flag is what shows all of a list that is so long, if it takes a flag.
func (m *meter) flag(n int) string {
	if n > m.Rows {
		return "--all-rows "
	}
	return ""
}

// only tells layers that only one network has.
func only(t terminal.Terminal, d *compare.Diff, pairs []compare.Pair, before string) string {
	n, at := d.A, func(p *compare.Pair) int32 { return p.A }
	if pairs[0].A == compare.None {
		n, at = d.B, func(p *compare.Pair) int32 { return p.B }
	}
	var list []string
	for i := range pairs {
		if i == mostNames {
			list = append(list, strconv.Itoa(len(pairs)-i)+" more")
			break
		}
		row := at(&pairs[i])
		list = append(list, n.Path(row)+" ("+n.Statement(&n.Nodes[row])+")")
	}
	name, nameB := shortNames(d)
	if n == d.B {
		name = nameB
	}
	title := before + "only in " + name
	return t.Paint(terminal.Bold, title+", from line "+strconv.Itoa(lineOf(n, at(&pairs[0])))) + "\n  " + t.Wrap(strings.Join(list, ", "), 2) + "\n\n"
}

// lineOf is the line of the script in which a row comes about: of one inside
// blocks, where the outermost is used.
func lineOf(n *network.Network, i int32) int {
	at := n.Nodes[i].At
	for g := n.Nodes[i].Group; g >= 0; g = n.Groups[g].Parent {
		at = n.Groups[g].At
	}
	line, _ := n.File.Source.Position(at)
	return line
}

// shortNames are the files' names without their folders, where they differ.
func shortNames(d *compare.Diff) (a, b string) {
	a, b = d.A.File.Source.Name, d.B.File.Source.Name
	if path.Base(a) != path.Base(b) {
		a, b = path.Base(a), path.Base(b)
	}
	return lang.Visible(a), lang.Visible(b)
}

func section(t terminal.Terminal, title, text string) string {
	if text == "" {
		return ""
	}
	return t.Paint(terminal.Bold, title) + "\n" + text
}

// difference tells one layer that differs in itself.
func difference(t terminal.Terminal, d *compare.Diff, p *compare.Pair, before string) string {
	rows := [][]string{}
	for _, part := range p.Parts {
		rows = append(rows, []string{part.Name, orNothing(part.A), orNothing(part.B)})
	}
	rows = append(rows, numbers(d, p)...)
	return t.Paint(terminal.Bold, before+pairTitle(d, p)) + "\n" + t.Columns(rows) + "\n"
}

func orNothing(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// pairTitle names a pair: c2 (a.cnnl:4, b.cnnl:4).
func pairTitle(d *compare.Diff, p *compare.Pair) string {
	a, b := d.A.Path(p.A), d.B.Path(p.B)
	if a != b {
		a += " and " + b
	}
	nameA, nameB := shortNames(d)
	return a + " (" + where(d.A, nameA, p.A) + ", " + where(d.B, nameB, p.B) + ")"
}

// where is the line of the script in which a layer, or the block it is in, is
// used.
func where(n *network.Network, name string, i int32) string {
	return name + ":" + strconv.Itoa(lineOf(n, i))
}

// numbers are the output and the counts of a pair, where they differ.
func numbers(d *compare.Diff, p *compare.Pair) (rows [][]string) {
	a, b := &d.A.Nodes[p.A], &d.B.Nodes[p.B]
	if a.Out != b.Out {
		rows = append(rows, []string{"output", a.Out.String(), b.Out.String()})
	}
	for _, m := range sideBySide() {
		if m.OfNode(a) != m.OfNode(b) && (m.WorthOfNode(a) || m.WorthOfNode(b)) {
			rows = append(rows, []string{m.OfOne(), lang.Group(m.OfNode(a)), lang.Group(m.OfNode(b))})
		}
	}
	return rows
}

// sideBySide are the measures that have a line where two networks are set side
// by side.
func sideBySide() []*network.Measure {
	return slices.DeleteFunc(network.InOrder("params", "per_use"), func(m *network.Measure) bool { return m.Beside != "" })
}

// carried lists the layers that are alike and still give other numbers,
// because of what comes before them.
func (m *meter) carried(t terminal.Terminal, d *compare.Diff) string {
	rows := [][]string{{"layer", "output", "", "parameters", ""}}
	more := 0
	for i := range d.Pairs {
		p := &d.Pairs[i]
		if !d.Carried(p) {
			continue
		}
		if m.full(len(rows) - 1) {
			more++
			continue
		}
		a, b := &d.A.Nodes[p.A], &d.B.Nodes[p.B]
		row := []string{m.cut(d.A.Path(p.A)), a.Out.String(), b.Out.String(), adds(a), adds(b)}
		if a.Out == b.Out {
			row[2] = "the same"
		}
		if row[3] == row[4] {
			row[4] = "the same"
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		return ""
	}
	text := t.Columns(rows)
	if more > 0 {
		text += "  ... " + leftOut(more, "layer") + "\n"
	}
	return section(t, "carried on", text+"\n")
}

// adds is the number of parameters that a row adds, or of another layer's
// that it uses.
func adds(r *network.Node) string {
	if r.Owner >= 0 && r.Params() == 0 {
		return "uses " + lang.Group(r.PerUse)
	}
	return lang.Group(r.Params())
}

// totalsBeside sets the totals side by side, with the difference.
func totalsBeside(d *compare.Diff, nameA, nameB string) [][]string {
	rows := [][]string{{"", nameA, nameB, "difference"}}
	a, b := &d.A.Totals, &d.B.Totals
	for _, m := range sideBySide() {
		if one, other := m.OfTotals(a), m.OfTotals(b); one != other || m.Name == "params" {
			rows = append(rows, []string{m.Title, lang.Group(one), lang.Group(other), change(other - one)})
		}
	}
	if one, other := field(a.Field), field(b.Field); one != other {
		rows = append(rows, []string{explain.Field, one, other, ""})
	}
	return rows
}

func field(f *network.Field) string {
	if !f.Known() {
		return "-"
	}
	return size(f.Sizes())
}

// change writes a difference with its sign.
func change(n int64) string {
	switch {
	case n > 0:
		return "+" + lang.Group(n)
	case n == 0:
		return "0"
	}
	return lang.Group(n)
}
