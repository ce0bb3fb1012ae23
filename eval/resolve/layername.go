package resolve

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// The name of a layer, and words that cannot be one.

// takeName takes the word right after the kind for the layer's name if the
// kind does not know it.
func (b *binder) takeName() {
	if len(b.words) == 0 {
		return
	}
	w := b.words[0]
	word := w.Name.Text
	if word == "" || w.No.Text != "" || lang.Reserved(word) || b.kind.Knows(word) {
		return
	}
	b.words = b.words[1:]
	why, hint, ways := b.noName(word, w.Span())
	if why == "" {
		b.name = w.Name
		return
	}
	b.errorf(lang.Naming, w.Span(), why, "the word after "+b.kind.Name+" is taken for the layer's name", hint, ways...)
	if says := dialect.Behind(b.kind, word); says != "" {
		b.skipAnswered(says)
		b.skipValue(nil, false)
	}
	if n := b.r.scope.find(word); n != nil && n.Sort == AValue {
		for len(b.words) > 0 && isValueWord(b.words[0]) {
			b.next() // it stood among the values
		}
	}
}

// noName says why a word cannot name this layer, and what was probably meant.
func (b *binder) noName(word string, at lang.Span) (why, hint string, ways []lang.Edit) {
	if k := layer.Find(word); k != nil {
		return "`" + word + "` is a kind of layer and cannot name one", "", nil
	}
	if b.r.unit.Blocks[word] != nil {
		return "`" + word + "` is a block and cannot name a layer", "", nil
	}
	if b.r.scope.block != nil && slices.Contains(network.Properties, word) {
		return "inside a block no layer is called " + word, "from outside it could not be told from the block's own ." + word, nil
	}
	if layer.IsColour(word) {
		return "`" + word + "` is a colour and cannot name a layer", "an input has a colour, as in input 120x120 " + word, nil
	}
	if n := b.r.scope.find(word); n != nil && n.Sort == AValue {
		return "`" + word + "` is a value and cannot name a layer", strings.TrimSpace("its value is written with $: " + b.kind.Name + " $" + word + " " + b.text(b.words)), []lang.Edit{{Span: at, Text: "$" + word}}
	}
	if b.n.Tie != nil && len(b.kind.Turns) > 0 && lang.Distance(word, Transposed) <= 1 {
		return "`" + word + "` cannot name a layer that shares", "", []lang.Edit{{Span: lang.Span{Start: at.Start, End: b.n.Tie.Span.End}, Text: "= " + b.n.Tie.Head.Text + " " + Transposed}}
	}
	if says := dialect.Behind(b.kind, word); says != "" {
		return "`" + word + "` cannot name a layer", says, nil
	}
	if p, of := b.optionOfOthers(word); p != nil {
		return "`" + word + "` is an option of " + of + " and cannot name a layer", b.kind.Name + " has no such option", []lang.Edit{{Span: at}}
	}
	if near := b.nearWord(word); near != "" {
		return "`" + word + "` is one letter away from " + near, b.nearHint(near), b.nearWays(near, at)
	}
	if i := b.kind.Find(word); i >= 0 && b.kind.Params[i].Value && len(b.words) > 0 && isValueWord(b.words[0]) {
		return "`" + word + "` cannot name a layer", word + " stands by place, without a word: " + b.kind.Name + " " + b.text(b.words), []lang.Edit{{Span: at}}
	}
	if p := dialect.OptionOf(b.kind, word); p != nil && len(word) >= 4 {
		return "`" + word + "` cannot name a layer", "here it is called " + p.Name + b.called(p), nil
	}
	if dialect.Speaks(b.kind, word) {
		return "`" + word + "` cannot name a layer", "", nil
	}
	return "", "", nil
}

// called shows how an option that other tools call otherwise is written.
func (b *binder) called(p *layer.Param) string {
	switch {
	case p.Type == layer.Flag && p.Default.Len > 0:
		return ", which is on; no " + p.Name + " turns it off"
	case p.Value:
		return ": " + b.kind.Example
	}
	return ": " + strings.TrimSpace(p.Name+" "+p.Sample()) // what may stand beside it is another question
}

// optionOfOthers finds an option of another kind that takes a number, where a
// name like that would hide a slip: in `crop before 1` the 1 is no cut.
func (b *binder) optionOfOthers(word string) (p *layer.Param, of string) {
	if len(b.kind.Params) == 0 || b.kind.Params[0].Type != layer.PerAxis || !b.kind.Params[0].Value || len(b.words) == 0 || !isValueWord(b.words[0]) {
		return nil, ""
	}
	for _, k := range layer.All {
		if i := k.Find(word); i >= 0 && !k.Params[i].Value && k.Params[i].Type != layer.Flag {
			return &k.Params[i], k.Name
		}
	}
	return nil, ""
}

// nearHint shows how a word is written that a name comes close to.
func (b *binder) nearHint(near string) string {
	if i := b.kind.Find(near); i >= 0 && b.kind.Params[i].Type != layer.Flag {
		return "options stand behind the values, as in " + strings.TrimSpace(b.kind.Name+" ... "+near+" "+b.kind.Params[i].Sample())
	}
	return "did you mean " + near + "?"
}

// nearWays put the word that a name comes close to behind the values, if it needs none.
func (b *binder) nearWays(near string, at lang.Span) []lang.Edit {
	if i := b.kind.Find(near); i >= 0 && b.kind.Params[i].Type != layer.Flag {
		return nil
	} else if i < 0 {
		near = b.optionOf(near).Name + " " + near
	}
	return b.behindAll(at, " "+near)
}

// behindAll puts a text behind all words of the layer, in place of its name.
func (b *binder) behindAll(name lang.Span, text string) []lang.Edit {
	if len(b.words) == 0 {
		return []lang.Edit{{Span: lang.Span{Start: b.n.Kind.Span().End, End: name.End}, Text: text}}
	}
	end := b.words[len(b.words)-1].Span().End
	rest := b.r.text(lang.Span{Start: b.words[0].Span().Start, End: end})
	return []lang.Edit{{Span: lang.Span{Start: name.Start, End: end}, Text: rest + text}}
}

// nearWord is an option word that a name differs from by one letter; a digit
// more is no slip.
func (b *binder) nearWord(word string) string {
	if strings.ContainsAny(word, "0123456789") {
		return ""
	}
	for _, known := range b.kind.Vocabulary() {
		if b.optionOf(known) == nil && b.kind.Find(known) < 0 {
			continue
		}
		if len(known) >= 4 && lang.Distance(word, known) == 1 {
			return known
		}
	}
	return ""
}
