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
	why, hint := b.noName(word)
	if why == "" {
		b.name = w.Name
		return
	}
	b.errorf(lang.Naming, w.Span(), why, "the word after "+b.kind.Name+" is taken for the layer's name", hint)
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

// noName says why a word cannot name this layer, and shows the sentence that
// was probably meant.
func (b *binder) noName(word string) (why, hint string) {
	rest := strings.TrimSpace(b.kind.Name + " " + b.text(b.words))
	if k := layer.Find(word); k != nil {
		return "`" + word + "` is a kind of layer and cannot name one", "write " + rest + "; " + word
	}
	if b.r.unit.Blocks[word] != nil {
		return "`" + word + "` is a block and cannot name a layer", "write " + rest + "; " + word
	}
	if b.r.scope.block != nil && slices.Contains(network.Properties, word) {
		return "inside a block no layer is called " + word, "from outside it could not be told from the block's own ." + word
	}
	if layer.IsColour(word) {
		return "`" + word + "` is a colour and cannot name a layer", "write input 120x120 " + word
	}
	if n := b.r.scope.find(word); n != nil && n.Sort == AValue {
		return "`" + word + "` is a value and cannot name a layer", strings.TrimSpace("its value is written with $: "+b.kind.Name+" $"+word+" "+b.text(b.words)) + "; or choose another name"
	}
	if b.n.Tie != nil && len(b.kind.Turns) > 0 && lang.Distance(word, Transposed) <= 1 {
		return "`" + word + "` cannot name a layer that shares", "write " + b.kind.Name + " = " + b.n.Tie.Head.Text + " " + Transposed
	}
	if says := dialect.Behind(b.kind, word); says != "" {
		return "`" + word + "` cannot name a layer", says
	}
	if p, of := b.optionOfOthers(word); p != nil {
		return "`" + word + "` is an option of " + of + " and cannot name a layer", b.kind.Name + " has no such option: write " + rest + ", or choose another name"
	}
	if near := b.nearWord(word); near != "" {
		return "`" + word + "` is one letter away from " + near, b.nearHint(near)
	}
	if i := b.kind.Find(word); i >= 0 && b.kind.Params[i].Value && len(b.words) > 0 && isValueWord(b.words[0]) {
		return "`" + word + "` cannot name a layer", word + " stands by place, without a word: " + b.kind.Name + " " + b.text(b.words)
	}
	if p := dialect.OptionOf(b.kind, word); p != nil && len(word) >= 4 {
		return "`" + word + "` cannot name a layer", "here it is called " + p.Name + b.called(p)
	}
	if dialect.Speaks(b.kind, word) {
		return "`" + word + "` cannot name a layer", ""
	}
	return "", ""
}

// called shows how an option that other tools call otherwise is written.
func (b *binder) called(p *layer.Param) string {
	switch {
	case p.Type == layer.Flag && p.Default.Len > 0:
		return ", which is on; no " + p.Name + " turns it off"
	case p.Value:
		return ": " + b.kind.Example
	}
	return ": " + strings.TrimSpace(b.kind.Example+" "+p.Name+" "+p.Sample())
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
	i := b.kind.Find(near)
	if i < 0 {
		near = b.optionOf(near).Name + " " + near
	}
	if i >= 0 && b.kind.Params[i].Type != layer.Flag {
		return "options stand behind the values, as in " + strings.TrimSpace(b.kind.Usage()[:len(b.kind.Name)]+" ... "+near+" "+b.kind.Params[i].Sample()) + "; or choose another name"
	}
	return "write " + strings.Join(strings.Fields(b.kind.Name+" "+b.text(b.words)+" "+near), " ") + ", or choose another name"
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
