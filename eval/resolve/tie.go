package resolve

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// share binds KIND NAME = OWNER: options that do not touch what is shared. The
// rest a run takes from the owner.
func (b *binder) share(block *Block) {
	if len(b.words) > 0 {
		b.wordsBeforeTie()
		return
	}
	b.ok = b.r.layerNamed(b.n.Tie, false) && b.ok
	b.words = b.n.Changes
	switch {
	case block != nil:
		b.takeOptions(func(*layer.Param) bool { return true })
	case b.turns():
		turned := b.n.Changes[b.turnedAt()]
		b.turned = true
		if len(b.kind.Turns) == 0 {
			b.errorf(lang.Share, b.n.Tie.Span, b.kind.Name+" cannot be transposed", "a dense layer can be from a dense or an embedding, a deconv from a conv", "", lang.Edit{Span: turned.Span()})
			return
		}
		b.applyAssumed()
		b.takeOptions(func(p *layer.Param) bool { return !p.Learned || p.Name == "bias" })
		b.settle()
	default:
		if b.kind.Source {
			b.errorf(lang.Share, b.n.Tie.Span, "an input has nothing to share", "", "an input gives its own size, as in "+b.kind.Example)
			return
		}
		b.takeOptions(func(p *layer.Param) bool { return !p.Learned })
	}
	b.checkOwner(block)
}

// checkOwner holds the layer behind = to the kind, where that is known already.
func (b *binder) checkOwner(block *Block) {
	owner := b.r.unit.Uses.At(b.n.Tie.Head.At)
	if owner == nil || len(b.n.Tie.Path) > 0 || b.turned || owner.kind() == nil || owner.kind() == b.kind {
		return
	}
	b.r.provisional(lang.Share, b.n.Tie.Span, fmt.Sprintf("%s cannot share the parameters of %s %s", strings.TrimSpace(b.kind.Name+" "+b.name.Text), owner.kind().Name, owner.Text),
		"only layers of one kind can share", "behind = stands "+b.kind.WithArticle())
}

// turns reports the word Transposed, and takes it.
func (b *binder) turns() bool {
	i := b.turnedAt()
	if i < 0 || b.kind.Find(Transposed) >= 0 {
		return false
	}
	b.words = slices.Delete(slices.Clone(b.words), i, i+1)
	return true
}

// turnedAt is where the word Transposed stands behind =, or negative.
func (b *binder) turnedAt() int {
	return slices.IndexFunc(b.n.Changes, func(w lang.Word) bool { return w.Name.Text == Transposed && w.No.Text == "" })
}

// Transposed is the word that turns weights round.
const Transposed = "transposed"

// wordsBeforeTie tells of words between a layer's name and its =. Often = was
// written between an option and its value.
func (b *binder) wordsBeforeTie() {
	last := b.words[len(b.words)-1]
	before, head := lang.Span{Start: b.words[0].Span().Start, End: last.Span().End}, b.n.Tie.Head
	hint, way := "", lang.Edit{Span: before}
	tied := b.r.scope.find(head.Text)
	switch i := b.kind.Find(last.Name.Text); {
	case tied != nil && tied.Sort == ALayer:
	case i >= 0 && b.kind.Params[i].Type == layer.Flag:
		if word := strings.ToLower(head.Text); word == "true" || word == "false" {
			way = lang.Edit{Span: lang.Span{Start: last.Span().Start, End: head.Span().End}, Text: map[bool]string{true: "no "}[word == "false"] + last.Name.Text}
		}
	case i >= 0 || dialect.OptionOf(b.kind, last.Name.Text) != nil:
		hint = "options are written without =: " + last.Name.Text + " " + head.Text
		way = lang.Edit{Span: lang.Span{Start: last.Span().End, End: head.At}, Text: " "}
	}
	b.errorf(lang.Argument, b.n.Tie.Span, "only a name stands before =", "found "+lang.Quote(b.text(b.words)), hint, way)
}
