package foreign

import (
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
)

// check compares what the program says of the input with what it is.
func (l *lowering) check(what, text string) {
	size := l.w.size()
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return
	case len(size) == 0:
		if what == "length" {
			l.input(text)
		}
		return
	}
	if what == "axis" {
		if n != int64(len(size)) {
			l.doubt("axis " + text + " of " + l.op.module.called + " is not that of the channels, which come last here")
		}
		return
	}
	is := size[len(size)-1]
	if what == "length" {
		is = size[0]
	}
	switch {
	case is == n:
	case l.stmt.kind.Name == "dense" && product(size) == n && len(size) > 1:
		l.before = append(l.before, "flatten")
		l.sure = false
	default:
		l.w.misfit = true
		l.doubt(l.op.module.called + " says " + text + ", and its input has " + strconv.FormatInt(is, 10))
	}
}

func product(size []int64) int64 {
	n := int64(1)
	for _, side := range size {
		n *= side
	}
	return n
}

// follow puts an activation behind the layer.
func (l *lowering) follow(text string) {
	if text == "linear" || text == "None" {
		return
	}
	if kind, extra := activation(text); kind != nil {
		l.after = append(l.after, strings.TrimSpace(kind.Name+" "+extra))
		return
	}
	l.doubt("the activation " + text + " cannot be carried over")
}

// followModule puts an activation behind the layer that is made by a call of its own.
func (l *lowering) followModule(mod *module) {
	kind := mod.call.Of()
	if kind == nil || mod.call.Does != dialect.Makes {
		l.doubt("the activation " + mod.called + " cannot be carried over")
		return
	}
	inner := l.w.lower(&op{module: mod}, kind)
	if inner.note != "" {
		l.doubt(inner.note)
	}
	l.sure = l.sure && inner.sure
	l.after = append(l.after, inner.stmt.String())
}

// activation is the layer that a word for an activation means.
func activation(word string) (k *layer.Kind, extra string) {
	k, example := dialect.KindOf(word)
	if k == nil || len(k.Params) > 0 && k.Params[0].Value || !k.Light && k.Name != "glu" && k.Name != "prelu" {
		return nil, ""
	}
	_, extra, _ = strings.Cut(example, " ")
	if example == k.Example {
		extra = ""
	}
	return k, extra
}

// become makes another kind of it.
func (l *lowering) become(text string) {
	kind, opts, _ := strings.Cut(text, " ")
	l.stmt = newStatement(layer.Find(kind))
	l.stmt.writeAll(opts)
}

// input puts the network's input in front, unless there is one.
func (l *lowering) input(text string) {
	if size := l.w.size(); len(size) > 0 {
		if l.op == l.w.ops[0] && text != join(size...) {
			l.doubt(l.op.module.called + " says " + text + ", and its input is " + join(size...))
		}
		return
	}
	statement, note := inputOf(text, l.stmt.kind.Tokens)
	if l.before = append(l.before, statement); note != "" {
		l.doubt(note)
	}
}

// inputOf is an input of a size as Keras has it, without the batch.
func inputOf(text string, tokens bool) (statement, note string) {
	sides := strings.Split(text, "x")
	for i, side := range sides {
		if side == "None" {
			sides[i], note = "100", "the input's length is open there: 100 is put"
		}
	}
	switch size := strings.Join(sides, "x"); {
	case tokens:
		return "input " + size + " tokens", note
	case len(sides) == 2:
		return "input " + size + " sequence", note
	default:
		return "input " + size, note
	}
}

// open takes the likeliest meaning of what is not settled.
func (l *lowering) open(word, text, here string) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && dialect.Plain(word) == "numlayers" && n < 100 {
		l.layers = n
		return
	}
	if here == "" {
		l.doubt(word + "=" + text + " of " + l.op.module.called + " cannot be carried over")
		return
	}
	l.sure = false
	l.stmt.writeAll(here)
}
