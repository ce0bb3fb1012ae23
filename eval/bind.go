package eval

import (
	"fmt"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// bound is what a layer statement's words mean to its kind.
type bound struct {
	name   lang.Key
	args   layer.Args
	values []value.Value // of a block: what each parameter is given
	spans  []lang.Span   // where each argument is written
	tie    int32         // the row named behind =, of a block the group; or none
	turned bool          // its weights turned round
	ok     bool          // false: something is wrong or unknown, and told
}

// A binder reads the words of one statement by its kind's table.
type binder struct {
	m     *machine
	n     *lang.Layer
	kind  *layer.Kind
	words []lang.Word
	bound
}

// bind gives a statement's words their meaning.
func (m *machine) bind(n *lang.Layer, kind *layer.Kind) bound {
	b := &binder{m: m, n: n, kind: kind, words: n.Words}
	b.ok, b.tie = true, network.None
	b.takeName()
	b.spans = make([]lang.Span, len(kind.Params))
	if kind.Output == nil {
		b.values = make([]value.Value, len(kind.Params))
	}
	if n.Tie != nil {
		b.share()
	} else {
		b.args = kind.Defaults()
		m.applyAssumed(kind, b.args)
		b.takeValues()
		b.takeOptions(func(*layer.Param) bool { return true })
		b.checkTogether()
		b.checkMissing()
	}
	if !b.ok {
		b.args = nil
	}
	return b.bound
}

func (b *binder) errorf(code lang.Code, span lang.Span, summary, detail, hint string) {
	b.ok = false
	b.m.errorf(code, span, summary, detail, hint)
}

// text is words as written.
func (b *binder) text(words []lang.Word) string {
	if len(words) == 0 {
		return ""
	}
	return b.m.src.Text[words[0].Span().Start:words[len(words)-1].Span().End]
}

func (b *binder) next() lang.Word {
	w := b.words[0]
	b.words = b.words[1:]
	return w
}

// checkTogether refuses words that exclude each other.
func (b *binder) checkTogether() {
	groups := map[string]string{}
	alone := -1
	for i := range b.kind.Params {
		p := &b.kind.Params[i]
		if b.args[i].From != layer.Given || p.Type == layer.Flag && b.args[i].N[0] == 0 {
			continue
		}
		if p.Alone {
			alone = i
		}
		if p.Instead && b.hasValues() {
			b.errorf(lang.Argument, b.spans[i], p.Name+" stands in place of the value", "found both", "write "+b.kind.Name+" "+b.m.text(b.spans[i]))
			return
		}
		if other := groups[p.Group]; p.Group != "" && other != "" {
			b.errorf(lang.Argument, b.spans[i], p.Name+" and "+other+" exclude each other", "", "keep one of them")
		}
		groups[p.Group] = p.Name
	}
	for i := range b.kind.Params {
		if p := &b.kind.Params[i]; alone >= 0 && i != alone && b.args[i].From == layer.Given {
			b.errorf(lang.Argument, b.spans[i], "nothing else goes with "+b.kind.Params[alone].Name, "found "+p.Name, "write "+b.kind.Name+" "+b.m.text(b.spans[alone]))
		}
	}
}

// checkMissing tells of values that are not there.
func (b *binder) checkMissing() {
	if !b.ok {
		return
	}
	for i := range b.kind.Params {
		p := &b.kind.Params[i]
		if !p.Value || b.args[i].Len > 0 || b.args[i].Word > 0 || b.stoodIn() {
			continue
		}
		b.errorf(lang.Argument, b.n.Kind.Span(), b.kind.Name+" needs "+p.Name+": "+p.Wants(), b.foundValues(), "write for example "+b.kind.Example)
		return
	}
}

// stoodIn reports whether an option is given that makes the values needless.
func (b *binder) stoodIn() bool {
	for i := range b.kind.Params {
		if p := &b.kind.Params[i]; (p.Alone || p.Instead) && b.args[i].From == layer.Given {
			return true
		}
	}
	return false
}

func (b *binder) foundValues() string {
	n := 0
	for i := range b.kind.Params {
		if b.kind.Params[i].Value && (b.args[i].Len > 0 || b.args[i].Word > 0) {
			n++
		}
	}
	found := fmt.Sprintf("found %d of %d values", n, len(b.kind.ValueNames()))
	if n == 0 && b.name.Text != "" && len(b.n.Words) == 1 {
		found = lang.Quote(b.name.Text) + " is taken for the layer's name"
	}
	return found
}
