// Package gen makes random scripts from the catalogue, for property tests. A
// new kind is in them at once.
//
// Tests that import it draw the same in every run: what chance finds must not
// decide whether another's change may land. The flag -rapid.seed=0 draws
// afresh.
package gen

import (
	"flag"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"cnnl/eval/layer"
)

func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}

// Script is a random program behind a random input: layers, ties, branches,
// loops, conditions, blocks. Much of it does not fit; the program has to tell
// so.
func Script(t *rapid.T) string {
	w := &writer{t: t}
	w.line(w.pick("input", "input 32x32 rgb", "input 20x24x4", "input 64x8 sequence", "input 8x9x10x2", "input 100", "input 30 tokens"))
	for range w.upTo("blocks", 2) {
		w.block()
	}
	w.body(w.upTo("layers", 12)+1, 2)
	if len(w.names) > 0 && rapid.Bool().Draw(t, "freeze") {
		w.line("freeze " + strings.Fields(w.names[0])[1])
	}
	return w.text.String()
}

// A writer writes one script.
type writer struct {
	t      *rapid.T
	text   strings.Builder
	names  []string // KIND NAME of what can be tied
	blocks []string // with one value each
	given  int
}

func (w *writer) line(s string)               { w.text.WriteString(s + "\n") }
func (w *writer) upTo(what string, n int) int { return rapid.IntRange(0, n).Draw(w.t, what) }
func (w *writer) pick(what string, of ...string) string {
	return rapid.SampledFrom(of).Draw(w.t, what)
}

func (w *writer) name() string {
	w.given++
	return fmt.Sprintf("n%d", w.given)
}

// block defines one.
func (w *writer) block() {
	name := fmt.Sprintf("b%c", 'a'+len(w.blocks))
	w.line("block " + name + "(width, deep = false) {")
	w.line("conv $width 1x1")
	outer := w.names
	w.body(w.upTo("inside", 4), 1)
	w.names = outer
	w.line("if deep { relu }")
	w.line("}")
	w.blocks = append(w.blocks, name)
}

// body writes so many statements; braces nest so deep.
func (w *writer) body(statements, depth int) {
	for range statements {
		w.statement(depth)
	}
}

func (w *writer) statement(depth int) {
	kind := layer.All[w.upTo("kind", len(layer.All)-1)]
	choice := w.upTo("statement", 11)
	if depth == 0 && choice < 3 {
		choice = 11
	}
	switch {
	case choice == 0:
		w.line(w.pick("loop", "repeat 2 {", "for i in 1..2 {", "for i in 4, 8 {", "if here.size > 100 {", "if count(conv) > 1 {"))
		outer := w.names
		w.body(w.upTo("inside", 3), depth-1)
		w.names = outer // what a loop names has a number
		w.line("}")
	case choice == 1:
		w.line(w.pick("merge", merges()...) + " " + w.name() + " {")
		w.body(w.upTo("branch", 2), depth-1)
		w.line("} { }")
	case choice == 2 && len(w.blocks) > 0:
		name, block := w.name(), w.pick("block", w.blocks...)
		w.line(block + " " + name + " " + w.pick("width", "3", "4", "8 deep"))
		w.names = append(w.names, block+" "+name)
	case choice == 3 && len(w.names) > 0:
		words := strings.Fields(w.pick("owner", w.names...))
		w.line(words[0] + " = " + words[1] + w.pick("change", "", "", "", " stride 2", " transposed"))
	case kind.Source:
		w.line("assume " + w.pick("assume", "pad same", "no bias", "pad 1", "stride 1"))
	case kind.Begins:
		w.line("add " + w.name() + " { " + kind.Name + w.arguments(kind) + " } { }")
	default:
		name, with := w.name(), ""
		if len(w.names) > 0 && w.upTo("beside", kind.Beside.Max) > 0 {
			with = " with " + strings.Fields(w.pick("with", w.names...))[1]
		}
		w.names = append(w.names, kind.Name+" "+name)
		w.line(kind.Name + " " + name + w.arguments(kind) + with)
	}
}

// arguments are random values, and some options.
func (w *writer) arguments(kind *layer.Kind) (text string) {
	for i := range kind.Params {
		p := &kind.Params[i]
		switch {
		case p.Value:
			text += " " + w.value(p)
		case p.Alone, w.upTo(p.Name, 3) > 0:
		case p.Type == layer.Flag:
			text += w.pick("on", " ", " no ") + p.Name
		default:
			text += " " + p.Name + " " + w.value(p)
		}
	}
	return text
}

func (w *writer) value(p *layer.Param) string {
	switch {
	case p.Type == layer.Rate:
		return "0.25"
	case p.Type == layer.List:
		return w.pick("order", "2 1", "2 1 3", "3 1 2")
	case p.Type == layer.Ranges:
		return w.pick("places", "1", "1..3", "2 4..5")
	case p.Type == layer.Choice, len(p.Words) > 0 && rapid.Bool().Draw(w.t, "word"):
		return w.pick(p.Name, p.Words...)
	}
	return fmt.Sprint(rapid.IntRange(int(p.Min), max(6, int(p.Min))).Draw(w.t, p.Name))
}

// merges are the kinds where branches come together.
func merges() (names []string) {
	for _, k := range layer.All {
		if k.Merges {
			names = append(names, k.Name)
		}
	}
	return names
}
