package render

import (
	"io"
	"path"
	"strconv"
	"strings"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/explain"
	"cnnl/lang"
)

// Two networks side by side.

// Diff writes for people how two networks differ: the first layer, the other
// layers, what carries on, the totals. Nothing differs: it says so.
func Diff(w io.Writer, t Terminal, d *compare.Diff) error {
	out := &errWriter{w: w}
	nameA, nameB := shortNames(d)
	if d.Equal() {
		io.WriteString(out, t.wrapped(nameA+" and "+nameB+" are the same network in effect", 0)+"\n")
		return out.err
	}
	t.differences(out, d)
	io.WriteString(out, t.carried(d)+t.section("totals", t.columns(totalsTable(d, nameA, nameB))))
	return out.err
}

// mostDifferences is how many differences the text tells; the JSON has all.
const mostDifferences = 12

// differences tells the layers that differ in themselves, in order; those in
// a row that only one network has, together.
func (t Terminal) differences(w io.Writer, d *compare.Diff) {
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
			io.WriteString(w, t.only(d, d.Pairs[first:i+1], before))
		default:
			io.WriteString(w, t.difference(d, p, before))
		}
		before, told = "", told+1
	}
	if more > 0 {
		io.WriteString(w, t.wrapped(lang.Group(int64(more))+" more layers differ; -o json lists them all", 0)+"\n\n")
	}
}

// only tells layers that only one network has.
func (t Terminal) only(d *compare.Diff, pairs []compare.Pair, before string) string {
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
		list = append(list, n.Path(row)+" ("+n.Statement(&n.Rows[row])+")")
	}
	name, nameB := shortNames(d)
	if n == d.B {
		name = nameB
	}
	title := before + "only in " + name
	return t.paint(bold, title+", from line "+strconv.Itoa(lineOf(n, at(&pairs[0])))) + "\n  " + t.wrapped(strings.Join(list, ", "), 2) + "\n\n"
}

func lineOf(n *eval.Network, i int32) int {
	_, line := n.Place(&n.Rows[i])
	return line
}

// shortNames are the files' names without their folders, where they differ.
func shortNames(d *compare.Diff) (a, b string) {
	a, b = d.A.File.Source.Name, d.B.File.Source.Name
	if path.Base(a) != path.Base(b) {
		a, b = path.Base(a), path.Base(b)
	}
	return Visible(a), Visible(b)
}

func (t Terminal) section(title, text string) string {
	if text == "" {
		return ""
	}
	return t.paint(bold, title) + "\n" + text
}

// difference tells one layer that differs in itself.
func (t Terminal) difference(d *compare.Diff, p *compare.Pair, before string) string {
	rows := [][]string{}
	for _, part := range p.Parts {
		rows = append(rows, []string{part.Name, orNothing(part.A), orNothing(part.B)})
	}
	rows = append(rows, numbers(d, p)...)
	return t.paint(bold, before+pairTitle(d, p)) + "\n" + t.columns(rows) + "\n"
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
	return a + " (" + where(d.A, p.A) + ", " + where(d.B, p.B) + ")"
}

func where(n *eval.Network, i int32) string {
	src, line := n.Place(&n.Rows[i])
	return path.Base(Visible(src.Name)) + ":" + strconv.Itoa(line)
}

// numbers are the output and the counts of a pair, where they differ.
func numbers(d *compare.Diff, p *compare.Pair) (rows [][]string) {
	a, b := &d.A.Rows[p.A], &d.B.Rows[p.B]
	if a.Out != b.Out {
		rows = append(rows, []string{"output", a.Out.String(), b.Out.String()})
	}
	for _, n := range counted(a, b) {
		if n.a != n.b && (n.name != "per use" || a.Params() != a.PerUse || b.Params() != b.PerUse) {
			rows = append(rows, []string{n.name, lang.Group(n.a), lang.Group(n.b)})
		}
	}
	return rows
}

// A countPair is one count of two layers.
type countPair struct {
	name string
	a, b int64
}

func counted(a, b *eval.Row) []countPair {
	return []countPair{
		{"parameters", a.Params(), b.Params()}, {"per use", a.PerUse, b.PerUse}, {"frozen", a.FrozenParams(), b.FrozenParams()},
		{"running statistics", a.Stats, b.Stats}, {"multiply-accumulates", a.Macs, b.Macs},
	}
}

// carried lists the layers that are alike and still give other numbers,
// because of what comes before them.
func (t Terminal) carried(d *compare.Diff) string {
	rows := [][]string{{"layer", "output", "", "parameters", ""}}
	for i := range d.Pairs {
		p := &d.Pairs[i]
		if !d.Carried(p) {
			continue
		}
		a, b := &d.A.Rows[p.A], &d.B.Rows[p.B]
		row := []string{d.A.Path(p.A), a.Out.String(), b.Out.String(), lang.Group(a.Params()), lang.Group(b.Params())}
		if a.Out == b.Out {
			row[2] = "the same"
		}
		if a.Params() == b.Params() {
			row[4] = "the same"
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		return ""
	}
	return t.section("carried on", t.columns(rows)+"\n")
}

// totalsTable sets the totals side by side, with the difference.
func totalsTable(d *compare.Diff, nameA, nameB string) [][]string {
	rows := [][]string{{"", nameA, nameB, "difference"}}
	a, b := &d.A.Totals, &d.B.Totals
	for _, n := range []countPair{
		{"parameters", a.Params(), b.Params()}, {"counted per use", a.PerUse, b.PerUse}, {"trainable", a.Trainable(), b.Trainable()}, {"frozen", a.Frozen, b.Frozen},
		{"running statistics", a.Stats, b.Stats}, {"multiply-accumulates", a.Macs, b.Macs}, {"activations", a.Activations, b.Activations},
	} {
		if n.a == n.b && n.name != explain.Parameters {
			continue
		}
		rows = append(rows, []string{n.name, lang.Group(n.a), lang.Group(n.b), change(n.b - n.a)})
	}
	if one, other := field(a.Field), field(b.Field); one != other {
		rows = append(rows, []string{explain.Field, one, other, ""})
	}
	return rows
}

func field(f *eval.Field) string {
	if f == nil {
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

// columns sets rows in columns, the first to the left and the others to the
// right, indented.
func (t Terminal) columns(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := "  "
		for i, cell := range row {
			blanks := strings.Repeat(" ", widths[i]-width(cell))
			if i == 0 {
				line += cell + blanks
			} else {
				line += "  " + blanks + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
