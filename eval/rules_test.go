package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/chunk"
	"cnnl/internal/golden"
)

// TestRules holds what every rule is made of to a file that somebody has read: of
// each kind what it takes, and of each layer of testdata/kinds.cnnl its calculations,
// in names and in numbers, and where its positions lie. A figure alone would not
// notice a term under another's name.
func TestRules(t *testing.T) {
	var b strings.Builder
	for _, k := range layer.All {
		b.WriteString(takenBy(k))
	}
	told := map[string]bool{}
	for _, s := range chunk.Read(t, "testdata/kinds.cnnl") {
		net, _ := run(s.Source, eval.Options{})
		for i := range net.Nodes[:net.Good] {
			if text := rulesOf(net, i); !told[text] {
				told[text] = true
				b.WriteString(text)
			}
		}
		if len(net.Outputs) > 1 {
			fmt.Fprintf(&b, "outputs %s\n", strings.Join(pathsOf(net, net.Outputs), " "))
		}
	}
	golden.File(t, "testdata/rules.txt", b.String())
}

func pathsOf(net *network.Network, nodes []int32) (paths []string) {
	for _, i := range nodes {
		paths = append(paths, net.Path(i))
	}
	return paths
}

// takenBy writes what a kind takes: of how many axes, found by trying; what is so of
// all its layers; and of each value and option the numbers, the default, and whether
// one that shares can differ in it.
func takenBy(k *layer.Kind) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s takes %s%s\n", k.Name, ranksOf(k), traits(k))
	for i := range k.Params {
		p := &k.Params[i]
		fmt.Fprintf(&b, "  %s: %s", p.Name, p.Wants())
		if least := leastOf(p); least != "" {
			fmt.Fprintf(&b, ", from %s", least)
		}
		if text := p.DefaultText(); text != "" {
			fmt.Fprintf(&b, "; %s", text)
		}
		if p.Learned {
			b.WriteString("; learned")
		}
		b.WriteString("\n")
	}
	if c := k.Sample(); c != nil {
		for _, r := range c.WordRules() {
			fmt.Fprintf(&b, "  %s: %s\n", r.What, r.Rule)
		}
	}
	return b.String()
}

// ranksOf lists of how many axes a kind's input can be, channels included.
func ranksOf(k *layer.Kind) string {
	var ranks []string
	for rank := 1; rank <= layer.MaxAxes; rank++ {
		in := layer.NewShape(slices.Repeat([]int64{32}, rank)...)
		if c := tried(k, in); c != nil && c.Fault == nil {
			ranks = append(ranks, fmt.Sprint(rank))
		}
	}
	if c := tried(k, layer.Tokens(32)); c != nil && c.Fault == nil {
		ranks = append(ranks, "tokens")
	}
	if ranks == nil {
		return "nothing of these"
	}
	return strings.Join(ranks, " ") + " axes"
}

// tried is the kind's sample with another input.
func tried(k *layer.Kind, in layer.Shape) *layer.Call {
	c := k.Sample()
	if c == nil {
		return nil
	}
	c.In, c.Sheet = in, new(calc.Sheet)
	for i := range c.With {
		c.With[i] = in
	}
	c.Run()
	return c
}

// leastOf is the least number that a parameter accepts, of 0 to 9; empty: none of
// them.
func leastOf(p *layer.Param) string {
	for n := range int64(10) {
		if _, why := p.Accept(layer.Numbers{Sides: []int64{n}, Den: 1}); why == "" {
			return fmt.Sprint(n)
		}
	}
	return ""
}

// traits lists what is so of all layers of a kind.
func traits(k *layer.Kind) string {
	text := ""
	for _, trait := range []struct {
		name string
		has  bool
	}{
		{"source", k.Source}, {"begins", k.Begins}, {"ids stay", k.Ids}, {"merges", k.Merges}, {"in any order", k.Commutes},
		{"rows", k.Rows}, {"spreads", k.Spreads}, {"free", k.Free}, {"light", k.Light}, {"aside", k.Aside}, {"keeps", k.Keeps != ""},
	} {
		if trait.has {
			text += ", " + trait.name
		}
	}
	if k.Beside != (layer.Range{}) {
		text += fmt.Sprintf(", %d to %d beside", k.Beside.Min, k.Beside.Max)
	}
	if k.Own != 0 {
		text += fmt.Sprintf(", %d of its own", k.Own)
	}
	return text + strings.Join(append([]string{""}, k.Turns...), ", turns ")
}

// rulesOf writes a node's rules: a line of what it is, then one for each calculation
// in which something is calculated.
func rulesOf(net *network.Network, i int) string {
	var b strings.Builder
	call := net.Call(i)
	call.Sheet = new(calc.Sheet)
	call.Run()
	var in []string
	for _, from := range net.Nodes[i].From {
		in = append(in, net.Nodes[from].Out.String())
	}
	fmt.Fprintf(&b, "%s: %s -> %s\n", strings.TrimSpace(call.Kind.Name+" "+call.Kind.Short(call.Args)), strings.Join(in, ", "), call.Out)
	names := call.Out.AxisNames()
	for axis, e := range call.Axes() {
		writeRule(&b, names[axis], e)
	}
	for _, m := range network.InOrder() {
		if m.Calculated() && m.Name != "params" { // which are those of per_use, where they are its own
			writeRule(&b, m.Name, m.Rule(call))
		}
	}
	for axis := range call.Out.Rank() - 1 {
		if w := window(call, axis); w != "" {
			fmt.Fprintf(&b, "  %s sees %s\n", names[axis], w)
		}
	}
	if effect := inEffect(call); effect != strings.TrimSpace(call.Kind.Name+" "+call.Kind.Short(call.Args)) {
		fmt.Fprintf(&b, "  in effect %s\n", effect)
	}
	if field := net.Nodes[i].Field; len(in) > 1 && field.Known() {
		for axis := range field.Sizes() {
			first, last := field.Seen(axis)
			fmt.Fprintf(&b, "  field %d to %d, by %d\n", first, last, field.Jump(axis))
		}
	}
	if assumed := net.Assumed(&net.Nodes[i]); len(assumed) > 0 {
		fmt.Fprintf(&b, "  assumed %s\n", strings.Join(assumed, ", "))
	}
	return b.String()
}

// inEffect writes what a layer is however it is written.
func inEffect(c *layer.Call) string {
	var forms []string
	for _, f := range c.Forms() {
		forms = append(forms, strings.TrimSpace(f.Kind.Name+" "+f.Kind.Short(f.Args)))
	}
	if forms == nil {
		return "nothing"
	}
	return strings.Join(forms, "; ")
}

// writeRule writes a calculation: its names, its numbers, its value. One that only
// repeats a size of the input is left out.
func writeRule(b *strings.Builder, what string, e calc.Expr) {
	if !e.Present() {
		return
	}
	if _, ofInput := inputSize(e); ofInput {
		return
	}
	steps := slices.Compact([]string{e.Names(), e.String(), fmt.Sprint(e.Value())})
	fmt.Fprintf(b, "  %s = %s\n", what, strings.Join(steps, " = "))
}

func inputSize(e calc.Expr) (axis string, ok bool) {
	term, ok := e.Term()
	if !ok {
		return "", false
	}
	return layer.InputAxis(term)
}

// window writes where the output's positions look along an axis; empty: each at its
// own place.
func window(c *layer.Call, axis int) string {
	if c.Kind.Window == nil {
		return ""
	}
	w := c.Kind.Window(c, axis)
	if w.Stays() {
		return ""
	}
	text := fmt.Sprintf("%d, each %d on, from %d, by %d in %d", w.Taps, w.Step, -w.Before, w.Stride, w.Across)
	for _, part := range []struct {
		name string
		n    int64
	}{{"cell", w.Cell}, {"wrap", w.Wrap}, {"middle", w.Middle}} {
		if part.n != 0 {
			text += fmt.Sprintf(", %s %d", part.name, part.n)
		}
	}
	if w.Uneven {
		text += ", uneven"
	}
	return text
}
