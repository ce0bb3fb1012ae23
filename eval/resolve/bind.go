package resolve

import (
	"fmt"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// bound is what a layer statement's words mean to its kind.
type bound struct {
	name   lang.Key
	args   layer.Args
	values []value.Value // of a block: what each parameter is given
	open   []Open
	turned bool       // its weights turned round
	ok     bool       // false: something is wrong, and told
	read   layer.Args // where it is not ok: what could be made out all the same, or nil
}

// A binder reads the words of one statement by its kind's table.
type binder struct {
	r     *Resolver
	n     *lang.Layer
	kind  *layer.Kind
	block *Block // whose kind it is; nil: it is the catalogue's
	words []lang.Word
	spans []lang.Span // where each argument is written
	bound
}

// bind gives a statement's words their meaning.
func (r *Resolver) bind(n *lang.Layer, kind *layer.Kind, block *Block) *binder {
	b := &r.binder
	*b = binder{r: r, n: n, kind: kind, block: block, words: n.Words, spans: b.spans[:0]}
	b.ok = true
	b.takeName()
	b.spans = append(b.spans, make([]lang.Span, len(kind.Params))...)
	if block != nil {
		b.values = make([]value.Value, len(kind.Params))
	}
	b.args = r.defaults(kind)
	if n.Tie != nil {
		b.share(block)
	} else {
		b.applyAssumed()
		b.takeValues()
		b.takeOptions(func(*layer.Param) bool { return true })
		b.settle()
		b.checkTogether()
		b.checkMissing()
	}
	if !b.ok {
		b.read, b.args = b.understood(), nil
	}
	return b
}

// understood are the arguments of a statement that is at fault, where all that the
// kind needs could be read; otherwise nil.
func (b *binder) understood() layer.Args {
	if b.n.Tie != nil || b.block != nil || len(b.open) > 0 {
		return nil
	}
	for i := range b.kind.Params {
		if b.kind.Params[i].Value && !b.args[i].IsThere() && !b.stoodIn() {
			return nil
		}
	}
	return b.args
}

// defaults are the arguments of a layer for which nothing is written.
func (r *Resolver) defaults(kind *layer.Kind) layer.Args {
	n := len(kind.Params)
	if len(r.args)+n > cap(r.args) {
		r.args = make([]layer.Arg, 0, max(n, min(8*max(len(r.stmts), 4), 16384)))
	}
	from := len(r.args)
	r.args = r.args[:from+n]
	args := r.args[from : from+n : from+n]
	for i := range args {
		args[i] = kind.Params[i].Default
	}
	return args
}

func (b *binder) errorf(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	b.ok = false
	b.r.errorf(code, span, summary, detail, hint, ways...)
}

// text is words as written.
func (b *binder) text(words []lang.Word) string {
	if len(words) == 0 {
		return ""
	}
	return b.r.unit.Source.Text[words[0].Span().Start:words[len(words)-1].Span().End]
}

func (b *binder) next() lang.Word {
	w := b.words[0]
	b.words = b.words[1:]
	return w
}

// wait leaves an argument to a run: its value is not known before.
func (b *binder) wait(i int, form Form, words ...lang.Word) {
	b.args[i] = layer.Arg{Len: 1, From: layer.Given}
	b.open = append(b.open, Open{Param: i, Words: words, Form: form})
}

// waits reports an argument that a run decides.
func (b *binder) waits(i int) bool {
	for _, o := range b.open {
		if o.Param == i {
			return true
		}
	}
	return false
}

// checkTogether refuses words that exclude each other.
func (b *binder) checkTogether() {
	groups := map[string]string{}
	alone := -1
	for i := range b.kind.Params {
		p := &b.kind.Params[i]
		if b.args[i].From != layer.Given || p.IsOff(&b.args[i]) {
			continue
		}
		if p.Alone {
			alone = i
		}
		if p.Instead && b.hasValues() {
			b.errorf(lang.Argument, b.spans[i], p.Name+" stands in place of the value", "found both", "write "+b.kind.Name+" "+b.r.text(b.spans[i]), b.dropValues())
			return
		}
		if other := groups[p.Group]; p.Group != "" && other != "" {
			b.errorf(lang.Argument, b.spans[i], p.Name+" and "+other+" exclude each other", "", "", lang.Edit{Span: b.spans[i]}, lang.Edit{Span: b.spans[b.kind.Find(other)]})
		}
		groups[p.Group] = p.Name
	}
	for i := range b.kind.Params {
		if p := &b.kind.Params[i]; alone >= 0 && i != alone && b.args[i].From == layer.Given {
			b.errorf(lang.Argument, b.spans[i], "nothing else goes with "+b.kind.Params[alone].Name, "found "+p.Name, "write "+b.kind.Name+" "+b.r.text(b.spans[alone]), lang.Edit{Span: b.spans[i]})
		}
	}
}

// dropValues takes the values out, up to the next word.
func (b *binder) dropValues() lang.Edit {
	span := b.spans[0]
	for i := range b.kind.Params {
		if b.kind.Params[i].Value {
			span.End = max(span.End, b.spans[i].End)
		}
	}
	return lang.Edit{Span: span}
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
		b.errorf(lang.Argument, b.n.Kind.Span(), b.kind.Name+" needs "+p.Name+": "+p.Wants(), b.foundValues(), "as in "+b.kind.Example)
		return
	}
}

// stoodIn reports whether an option is given that makes the values needless.
func (b *binder) stoodIn() bool {
	for i := range b.kind.Params {
		if p := &b.kind.Params[i]; (p.Alone || p.Instead) && b.args[i].From == layer.Given && !p.IsOff(&b.args[i]) {
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
