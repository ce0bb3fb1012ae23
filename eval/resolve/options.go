package resolve

import (
	"slices"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// takeOptions binds options and their values. Those that may not be given
// here change what is shared.
func (b *binder) takeOptions(may func(*layer.Param) bool) {
	for len(b.words) > 0 {
		w := b.next()
		if w.Name.Text == "" {
			b.surplus(w)
			continue
		}
		i := b.kind.Find(w.Name.Text)
		if i < 0 || b.kind.Params[i].Value {
			b.unknownOption(w)
			continue
		}
		p := &b.kind.Params[i]
		if !may(p) {
			b.errorf(lang.Share, w.Span(), "a layer that shares parameters cannot change its "+p.Name,
				p.Name+" decides what is learned", "a layer with parameters of its own has no =", b.without(w, p))
			b.skipValue(p, false)
			continue
		}
		if b.spans[i].End > 0 {
			b.errorf(lang.Argument, w.Span(), p.Name+" is given twice", "", "", b.without(w, p))
		}
		b.option(i, w)
	}
}

// without takes an option and its value out.
func (b *binder) without(w lang.Word, p *layer.Param) lang.Edit {
	span := w.Span()
	if p.Type != layer.Flag && w.No.Text == "" && b.valueFollows(p) {
		span.End = b.words[0].Span().End
	}
	return lang.Edit{Span: span}
}

// option binds one option whose word has been read.
func (b *binder) option(i int, w lang.Word) {
	p := &b.kind.Params[i]
	b.spans[i] = w.Span()
	if b.block != nil && b.block.Params[i] != nil {
		b.r.bindTo(w.Name.At, b.block.Params[i])
	}
	switch {
	case p.Type == layer.Flag:
		b.flag(i, w)
	case p.Off && (w.No.Text != "" || !b.valueFollows(p)):
		b.onOff(i, w.No.Text == "")
	case w.No.Text != "" && p.CanBeLeft():
		b.args[i] = layer.Arg{From: layer.Given}
	case w.No.Text != "":
		b.errorf(lang.Argument, w.Span(), "`no` goes with a word that is on or off; "+p.Name+" takes a value", "", b.usage(p))
		b.skipValue(p, false)
	case len(b.words) > 0 && (isValueWord(b.words[0]) || p.Type == layer.Any && isTruthWord(b.words[0])):
		b.set(i, b.next())
	case len(b.words) > 0 && b.words[0].No.Text == "" && slices.Contains(p.Words, b.words[0].Name.Text):
		b.setWord(i)
	default:
		b.noValue(p, w)
	}
}

// valueFollows reports whether the next word is a value of a parameter.
func (b *binder) valueFollows(p *layer.Param) bool {
	return len(b.words) > 0 && (isValueWord(b.words[0]) || b.words[0].No.Text == "" && slices.Contains(p.Words, b.words[0].Name.Text))
}

// onOff binds a parameter that can be off: on, it has its default.
func (b *binder) onOff(i int, on bool) {
	b.args[i] = layer.Num(0)
	if on {
		b.args[i] = b.kind.Params[i].Default
	}
	b.args[i].From = layer.Given
}

// noValue tells of an option without its value; a word that only looks like
// one of its words is shown with the nearest.
func (b *binder) noValue(p *layer.Param, w lang.Word) {
	detail, hint, ways := "expected "+p.Wants(), b.usage(p), []lang.Edit(nil)
	if len(b.words) > 0 && b.kind.Find(b.words[0].Name.Text) < 0 && b.words[0].Name.Text != "" {
		wrong := b.next()
		detail += ", found " + lang.Quote(wrong.Name.Text)
		if n := b.r.scope.find(wrong.Name.Text); n != nil && n.Sort == AValue {
			hint = "a value is used with $: " + p.Name + " $" + wrong.Name.Text
		} else if says := dialect.Behind(b.kind, wrong.Name.Text); says != "" {
			hint = says
		} else if near := lang.Nearest(wrong.Name.Text, p.Words...); near != "" {
			hint, ways = "did you mean "+p.Name+" "+near+"?", []lang.Edit{{Span: wrong.Name.Span(), Text: near}}
		} else if p.Type == layer.Any && layer.OptionOf(wrong.Name.Text) != nil {
			hint = "blocks take numbers, sizes and flags, " + b.usage(p)
		}
		w = wrong
	}
	b.errorf(lang.Argument, w.Span(), p.Name+" needs a value", detail, hint, ways...)
}

func (b *binder) usage(p *layer.Param) string { return "as in " + p.Name + " " + p.Sample() }

// flag binds a word that is on or off, or passes one on: bias $b.
func (b *binder) flag(i int, w lang.Word) {
	on := layer.Num(1)
	if w.No.Text != "" && b.kind.Source {
		b.errorf(lang.Argument, w.Span(), "an input says what it is, not what it is not", "found "+lang.Quote(b.r.text(w.Span())), "", lang.Edit{Span: w.Span()})
	}
	if w.No.Text != "" {
		on = layer.Num(0)
	} else if len(b.words) > 0 && isTruthWord(b.words[0]) {
		on = layer.Num(0)
		if b.next().Name.Text == "true" {
			on = layer.Num(1)
		}
	} else if len(b.words) > 0 && isTruthValue(b.words[0]) {
		b.waitForTruth(i, b.next())
		return
	}
	on.From = layer.Given
	b.args[i] = on
}

// isTruthWord reports true and false themselves.
func isTruthWord(w lang.Word) bool {
	return w.No.Text == "" && (w.Name.Text == "true" || w.Name.Text == "false")
}

func isTruthValue(w lang.Word) bool {
	return isTruthWord(w) || w.No.Text == "" && len(w.Parts) == 1 && (w.Parts[0].Expr != nil || w.Parts[0].Lit.Kind == lang.Dollar)
}

// waitForTruth binds bias $b, which must be true or false.
func (b *binder) waitForTruth(i int, w lang.Word) {
	if t := b.r.typeOfParts(w.Parts); t != value.Unknown && t != value.Boolean {
		b.r.provisional(lang.Value, w.Span(), "expected true or false", "found "+t.String(), "")
	}
	b.wait(i, ATruth, w)
}

// skipValue steps over what was to be the value of an option that was
// refused, so that it is not told as well. With any set it may be any name.
func (b *binder) skipValue(p *layer.Param, any bool) {
	if len(b.words) == 0 || b.words[0].No.Text != "" {
		return
	}
	switch word := b.words[0].Name.Text; {
	case isValueWord(b.words[0]), word == "true", word == "false", any && b.kind.Find(word) < 0, p != nil && slices.Contains(p.Words, word):
		b.next()
	}
}
