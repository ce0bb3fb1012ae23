package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// input writes the network's input; one that the script has already is that one.
func (w *writer) input(o *op) {
	l := &lowering{w: w, op: o, stmt: newStatement(layer.Find("input")), sure: true}
	text := l.inputSize()
	statement, note := inputOf(text, w.feedsTokens(o))
	if text == "" {
		w.sure = false
		w.notes = append(w.notes, "the input's size is not in the text")
		w.aliases[o] = w.current
		return
	}
	if note != "" {
		l.doubt(note)
	}
	w.tell(l)
	size := strings.TrimPrefix(text, "1x")
	if len(w.size()) > 0 && w.current == (tensor{ref: entering}) && (text == join(w.size()...) || size == join(w.size()...)) {
		w.aliases[o] = tensor{ref: entering}
		return
	}
	if kind, rest, _ := strings.Cut(statement, " "); w.trial || w.wanted[o] || w.entry != "" || w.countInputs() > 1 {
		if name := w.nameFor(o, layer.Find(kind)); name != "" {
			statement = kind + " " + name + " " + rest
			w.called[o], w.taken[name] = name, true
		}
	}
	w.enter(o, []string{statement})
	w.current = tensor{op: o}
}

// countInputs is how many the program has.
func (w *writer) countInputs() (n int) {
	for _, o := range w.ops {
		if o.module.call.Kind == "input" {
			n++
		}
	}
	return n
}

// inputSize is the size that an input is given, without the batch.
func (l *lowering) inputSize() string {
	for _, a := range l.op.module.args {
		switch dialect.Plain(a.word) {
		case "shape", "inputshape":
			return sizeOf(a.value)
		case "batchshape", "batchinputshape":
			if a.value.sort == vList && len(a.value.items) > 1 {
				return sizeOf(listOf(a.value.items[1:]...))
			}
		}
	}
	return ""
}

// sizeOf is a size whose sides may be open.
func sizeOf(v value) string {
	sides := []string{}
	for _, item := range flat(v) {
		if item.sort != vNumber && item.sort != vNone {
			return ""
		}
		sides = append(sides, item.text)
	}
	return strings.Join(sides, "x")
}

// feedsTokens reports an input that an embedding takes.
func (w *writer) feedsTokens(input *op) bool {
	for _, o := range w.ops {
		if k := o.module.call.Of(); k != nil && k.Tokens && slices.ContainsFunc(o.ins, func(t tensor) bool { return t.op == input }) {
			return true
		}
	}
	return false
}
