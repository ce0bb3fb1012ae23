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
	io.WriteString(w, t.totals(net))
	io.WriteString(w, t.assumptions(readings))
}

var columns = table.Row{"layer", "what", "output", "parameters", "total", "note"}

func (t Terminal) table(net *eval.Network) string {
	out := table.NewWriter()
	out.SetStyle(t.style())
	out.AppendHeader(columns)
	var total int64
	for i := range net.Rows[:net.Good] {
		r := &net.Rows[i]
		total += r.Params()
		params, sum := lang.Group(r.Params()), lang.Group(total)
		if r.Kind.Source {
			params, sum = "", ""
		}
		out.AppendRow(table.Row{r.Name, t.fit(what(net, r)), r.Out.String(), params, sum, notes(net, i)})
	}
	out.SetColumnConfigs([]table.ColumnConfig{
		{Number: 4, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 5, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 6, WidthMax: t.noteWidth(net), WidthMaxEnforcer: text.WrapSoft},
	})
	return trimLines(out.Render())
}

// fit cuts the short form of a layer where a narrow terminal has no room.
func (t Terminal) fit(s string) string {
	if t.Width == 0 {
		return s
	}
	return firstColumns(s, max(t.Width/3, 16))
}

// noteWidth is what is left for the notes.
func (t Terminal) noteWidth(net *eval.Network) int {
	if t.Width == 0 {
		return 0
	}
	var name, short, out int
	for i := range net.Rows[:net.Good] {
		r := &net.Rows[i]
		name, short, out = max(name, width(r.Name)), max(short, width(t.fit(what(net, r)))), max(out, width(r.Out.String()))
	}
	counts := max(len("parameters"), len(lang.Group(net.Totals.Params())))
	return max(t.Width-name-short-out-2*counts-12, 12)
}

// trimLines takes the blanks off the ends of lines.
func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func (t Terminal) style() table.Style {
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	if t.Color {
		style.Color.Header = bold
	}
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
	sum := &net.Totals
	facts := []fact{{"parameters", lang.Group(sum.Params()), fmt.Sprintf("%s weights and %s biases", lang.Group(sum.Weights), lang.Group(sum.Biases))}}
	if sum.Frozen > 0 {
		facts = append(facts, fact{"  trainable", lang.Group(sum.Trainable()), ""}, fact{"  frozen", lang.Group(sum.Frozen), "not trained"})
	}
	if sum.PerUse != sum.Params() {
		facts = append(facts, fact{"  counted per use", lang.Group(sum.PerUse), "what is shared counted at each use"})
	}
	if sum.Stats > 0 {
		facts = append(facts, fact{"running statistics", lang.Group(sum.Stats), "kept, not trained; Keras adds them to its total: " + lang.Group(sum.Params()+sum.Stats)})
	}
	facts = append(facts,
		fact{"multiply-accumulates", lang.Group(sum.Macs), "for one input; biases, activations and pooling count 0"},
		fact{"activations", lang.Group(sum.Activations), "numbers computed for one input"})
	if sum.Field != nil {
		facts = append(facts, fact{"receptive field", size(sum.Field.Sizes()), "of the last layer with positions"})
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
func (t Terminal) assumptions(readings []eval.Reading) string {
	var b strings.Builder
	for _, r := range readings {
		text := fmt.Sprintf("%s, not stated for %s.", r.Unsaid, strings.Join(Condense(r.Layers), ", "))
		with := strings.Join(r.Assume, " and ")
		if r.OK {
			text += fmt.Sprintf(" With %s the total is %s.", with, lang.Group(r.Total))
		} else {
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
