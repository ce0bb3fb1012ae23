package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/explain"
	"cnnl/lang"
	"cnnl/render/terminal"
)

// What stands under a table: totals, and what was assumed.

// A fact is one line of the totals.
type fact struct{ name, value, remark string }

// facts are the totals that are worth saying.
func (m *meter) facts(net *network.Network) []fact {
	totals := &net.Totals
	var facts []fact
	for _, measure := range network.InOrder("params", "trainable", "frozen", "per_use") {
		name := measure.Title
		if measure.Under {
			name = "  " + name
		}
		if measure.Beside == "" && measure.Worth(totals) {
			facts = append(facts, fact{name, lang.Group(measure.OfTotals(totals)), remark(measure, totals)})
		}
	}
	if totals.Field.Known() || totals.Field.Lost() {
		facts = append(facts, fact{explain.Field, field(totals.Field), m.cut(lang.Visible(explain.OfField(net)))})
	}
	if len(net.Outputs) > 1 {
		facts = append(facts, fact{"outputs", m.outputs(net), ""})
	}
	return facts
}

// remark is what stands behind a total: the measures that are told beside it, and
// of what is kept the total that Keras gives.
func remark(m *network.Measure, totals *network.Totals) string {
	var parts []string
	for _, part := range network.InOrder() {
		if part.Beside == m.Name {
			parts = append(parts, lang.Group(part.OfTotals(totals))+" "+part.Title)
		}
	}
	if len(parts) > 0 {
		return lang.Join(parts)
	}
	if sum, fits := calc.Add(totals.Params(), m.OfTotals(totals)); m.Kept && fits {
		return m.Remark + "; Keras adds them to its total: " + lang.Group(sum)
	}
	return m.Remark
}

// longestWord is that of a remark: activations.
const longestWord = 11

// factLines writes names, numbers and remarks in columns.
func factLines(t terminal.Terminal, facts []fact) string {
	var b strings.Builder
	name, value := 0, 0
	for _, f := range facts {
		name = max(name, len(f.name))
		if len(f.value) < 24 {
			value = max(value, len(f.value))
		}
	}
	before, indent := "  ", name+value+2*terminal.Gap
	if t.Width > 0 && t.Width-indent < longestWord {
		before, indent = "\n  ", 2 // numbers so long leave no room beside them
	}
	for _, f := range facts {
		number := fmt.Sprintf("%*s", value, f.value)
		if len(f.value) > value { // a list
			number = t.Wrap(f.value, name+terminal.Gap)
		}
		fmt.Fprintf(&b, "%-*s  %s", name, f.name, t.Paint(terminal.Bold, number))
		if f.remark != "" {
			b.WriteString(before + t.Paint(terminal.Faint, t.Wrap(f.remark, indent)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func size(sides []int64) string {
	return layer.NewShape(sides...).String()
}

func (m *meter) outputs(net *network.Network) string {
	most := min(len(net.Outputs), m.names())
	var names []string
	for _, i := range net.Outputs[:most] {
		names = append(names, net.Path(i)+" "+net.Nodes[i].Out.String())
	}
	return m.cut(listed(names, len(net.Outputs)-most))
}

// assumed is a sentence or two for each reading, which lists so many layers.
func (m *meter) assumed(net *network.Network, readings []eval.Reading, most int) (list []string) {
	for _, r := range readings {
		text := fmt.Sprintf("%s, not stated for %s.", r.Unsaid, layers(r.Layers, most))
		with := strings.Join(r.Assume, " and ")
		if len(r.Whose) > 0 {
			with += " (as " + strings.Join(r.Whose, " and ") + ")"
		}
		switch {
		case r.OK && r.Total == net.Totals.Params() && !r.Shapes:
			text += fmt.Sprintf(" With %s the receptive field is %s.", with, size(r.Field))
		case r.OK && r.Total == net.Totals.Params():
			text += fmt.Sprintf(" With %s %s gives %s; the total does not differ.", with, r.Layers[0], r.First)
		case r.OK:
			text += fmt.Sprintf(" With %s the total is %s.", with, lang.Group(r.Total))
		case r.Misfit:
			text += fmt.Sprintf(" With %s the layers do not fit.", with)
		}
		list = append(list, m.cut(text))
	}
	return list
}

// mostNames is how many names of layers a sentence lists, allNames where it
// lists them all.
const (
	mostNames = 8
	allNames  = 1 << 30
)

// layers lists names, those that count on as c1-c5.
func layers(names []string, most int) string {
	list := Condense(names)
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	list, covered := list[:0], 0
	for _, run := range runs(names) {
		if len(list) >= most {
			break
		}
		list = append(list, Condense(names[covered:covered+run])...)
		covered += run
	}
	if covered == len(names) {
		return strings.Join(list, ", ")
	}
	return listed(list, len(names)-covered)
}

// Condense writes runs of numbered names as c1-c5.
func Condense(names []string) (list []string) {
	for _, n := range runs(names) {
		if n > 2 {
			list = append(list, names[0]+"-"+names[n-1])
		} else {
			list = append(list, names[:n]...)
		}
		names = names[n:]
	}
	return slices.Clip(list)
}

// runs cuts a list where its names stop counting on, and gives the lengths.
func runs(names []string) (lengths []int) {
	for i := 0; i < len(names); {
		stem, first := numbered(names[i])
		j := i + 1
		for stem != "" && j < len(names) && names[j] == stem+strconv.Itoa(first+j-i) {
			j++
		}
		lengths = append(lengths, j-i)
		i = j
	}
	return lengths
}

// numbered splits a name that ends in a number.
func numbered(name string) (stem string, n int) {
	stem = strings.TrimRight(name, "0123456789")
	if len(name) == len(stem) || len(name)-len(stem) > 9 {
		return "", 0
	}
	digits := name[len(stem):]
	if n, _ = strconv.Atoi(digits); strconv.Itoa(n) != digits {
		return "", 0
	}
	return stem, n
}
