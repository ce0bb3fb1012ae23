package eval

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// bound is what a layer statement's words mean to its kind.
type bound struct {
	name  lang.Key
	args  layer.Args
	spans []lang.Span // where each argument is written
	tie   int32       // the row named behind =, or none
	ok    bool        // false: something is wrong or unknown, and told
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
	b.ok, b.tie = true, none
	b.takeName()
	b.spans = make([]lang.Span, len(kind.Params))
	if n.Tie != nil {
		b.share()
	} else {
		b.args = kind.Defaults()
		m.applyAssumed(kind, b.args)
		b.takeValues()
		b.takeOptions(false)
		b.checkTogether()
		b.checkMissing()
	}
	return b.bound
}

func (b *binder) errorf(code lang.Code, span lang.Span, summary, detail, hint string) {
	b.ok = false
	b.m.errorf(code, span, summary, detail, hint)
}

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
	if e := b.m.scope.find(word); e != nil && e.sort == isValue {
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
	if layer.IsColour(word) {
		return "`" + word + "` is a colour and cannot name a layer", "write input 120x120 " + word
	}
	if e := b.m.scope.find(word); e != nil && e.sort == isValue {
		return "`" + word + "` is a value and cannot name a layer", "its value is written with $: " + b.kind.Name + " $" + word + " " + b.text(b.words)
	}
	if near := b.nearWord(word); near != "" {
		return "`" + word + "` is one letter away from " + near, "write " + strings.TrimSpace(b.kind.Name+" "+near+" "+b.text(b.words)) + ", or choose another name"
	}
	if p := b.foreign(word); p != nil && len(word) >= 4 {
		return "`" + word + "` cannot name a layer", "here it is called " + p.Name + ": " + b.kind.Example
	}
	return "", ""
}

// nearWord is an option word that a name differs from by one letter; a digit
// more is no slip.
func (b *binder) nearWord(word string) string {
	if strings.ContainsAny(word, "0123456789") {
		return ""
	}
	for _, known := range b.kind.Vocabulary() {
		if len(known) >= 4 && lang.Distance(word, known) == 1 {
			return known
		}
	}
	return ""
}

// text is words as written.
func (b *binder) text(words []lang.Word) string {
	if len(words) == 0 {
		return ""
	}
	return b.m.src.Text[words[0].Span().Start:words[len(words)-1].Span().End]
}

// isValueWord reports whether a word is a number, size or $value.
func isValueWord(w lang.Word) bool { return len(w.Parts) > 0 && w.No.Text == "" }

// takeValues binds the values that stand by place.
func (b *binder) takeValues() {
	for i := range b.kind.Params {
		if !b.kind.Params[i].Value {
			break
		}
		if len(b.words) == 0 || !isValueWord(b.words[0]) {
			return
		}
		b.set(i, b.next())
	}
}

func (b *binder) next() lang.Word {
	w := b.words[0]
	b.words = b.words[1:]
	return w
}

// takeOptions binds options and their values. With shared set, only those
// that leave the parameters as they are.
func (b *binder) takeOptions(shared bool) {
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
		if shared && p.Learned {
			b.errorf(lang.Share, w.Span(), "a layer that shares parameters cannot change its "+p.Name,
				p.Name+" decides what is learned", "leave it out, or give the layer parameters of its own")
			b.skipValue(p, false)
			continue
		}
		if b.spans[i].End > 0 {
			b.errorf(lang.Argument, w.Span(), p.Name+" is given twice", "", "keep one of them")
		}
		b.option(i, w)
	}
}

// option binds one option whose word has been read.
func (b *binder) option(i int, w lang.Word) {
	p := &b.kind.Params[i]
	b.spans[i] = w.Span()
	switch {
	case p.Type == layer.Flag:
		b.flag(i, w)
	case w.No.Text != "":
		b.errorf(lang.Argument, w.Span(), "`no` goes with a word that is on or off; "+p.Name+" takes a value", "", b.usage(p))
		b.skipValue(p, false)
	case len(b.words) > 0 && isValueWord(b.words[0]):
		b.set(i, b.next())
	case len(b.words) > 0 && b.words[0].No.Text == "" && slices.Contains(p.Words, b.words[0].Name.Text):
		b.args[i] = layer.Arg{Word: uint8(1 + slices.Index(p.Words, b.words[0].Name.Text)), From: layer.Given}
		b.spans[i].End = b.next().Span().End
	default:
		b.noValue(p, w)
	}
}

// noValue tells of an option without its value; a word that only looks like
// one of its words is shown with the nearest.
func (b *binder) noValue(p *layer.Param, w lang.Word) {
	detail, hint := "expected "+p.Wants(), b.usage(p)
	if len(b.words) > 0 && b.kind.Find(b.words[0].Name.Text) < 0 && b.words[0].Name.Text != "" {
		wrong := b.next()
		detail += ", found " + lang.Quote(wrong.Name.Text)
		if e := b.m.scope.find(wrong.Name.Text); e != nil && e.sort == isValue {
			hint = "a value is used with $: " + p.Name + " $" + wrong.Name.Text
		} else if near := lang.Nearest(wrong.Name.Text, p.Words...); near != "" {
			hint = "did you mean " + p.Name + " " + near + "?"
		}
		w = wrong
	}
	b.errorf(lang.Argument, w.Span(), p.Name+" needs a value", detail, hint)
}

func (b *binder) usage(p *layer.Param) string { return "write " + p.Name + " " + p.Sample() }

// flag binds a word that is on or off, or passes one on: bias $b.
func (b *binder) flag(i int, w lang.Word) {
	on := layer.Num(1)
	if w.No.Text != "" {
		on = layer.Num(0)
	} else if len(b.words) > 0 && isTruth(b.words[0]) {
		v := b.truth(b.next())
		if v.sort != boolean {
			b.ok = false
			return
		}
		on = layer.Num(v.num)
	}
	on.From = layer.Given
	b.args[i] = on
}

func isTruth(w lang.Word) bool {
	if w.No.Text != "" {
		return false
	}
	return w.Name.Text == "true" || w.Name.Text == "false" || len(w.Parts) == 1 && (w.Parts[0].Expr != nil || w.Parts[0].Lit.Kind == lang.Dollar)
}

func (b *binder) truth(w lang.Word) value {
	if w.Name.Text != "" {
		return truth(w.Name.Text == "true")
	}
	v := b.m.parts(w.Parts)
	if v.sort != boolean && v.sort != unknown {
		b.errorf(lang.Value, w.Span(), "expected true or false", "found "+v.String(), "")
	}
	return v
}

// set binds a value to parameter i.
func (b *binder) set(i int, w lang.Word) {
	p := &b.kind.Params[i]
	if b.spans[i].End == 0 {
		b.spans[i] = w.Span()
	}
	b.spans[i].End = w.Span().End
	if len(w.To) > 0 {
		b.errorf(lang.Argument, w.Span(), p.Name+" is one value, not a range", "", b.usage(p))
		return
	}
	v := b.m.word(w)
	arg, why := p.Accept(asNumbers(v))
	switch {
	case v.sort == unknown:
		b.ok = false
	case v.sort == boolean:
		b.errorf(lang.Value, w.Span(), p.Name+" is "+p.Wants(), "found "+v.String(), "")
	case why != "":
		b.errorf(lang.Value, w.Span(), why, "found "+v.String(), "")
	default:
		arg.From = layer.Given
		b.args[i] = arg
	}
}

// asNumbers shows a value to the table: the sides of a size, or a fraction.
func asNumbers(v value) layer.Numbers {
	if v.sort == size {
		return layer.Numbers{Sides: v.size.Axes(), IsSize: true}
	}
	return layer.Numbers{Sides: []int64{v.num}, Den: v.den}
}

// surplus tells of a value that no parameter takes.
func (b *binder) surplus(w lang.Word) {
	if hasRefused(w) {
		b.ok = false
		return
	}
	values := b.kind.ValueNames()
	detail := b.kind.Name + " takes " + strings.Join(values, " and ")
	if len(values) == 0 {
		detail = b.kind.Name + " takes no values"
	}
	hint := "values stand right after the name, options behind them: " + b.kind.Example
	b.errorf(lang.Argument, w.Span(), "one value too many: "+lang.Quote(b.text([]lang.Word{w})), detail, hint)
}

// hasRefused reports whether a word is a literal that has been told to be
// wrong.
func hasRefused(w lang.Word) bool {
	return slices.ContainsFunc(w.Parts, func(p lang.Part) bool { return p.Lit.Kind == lang.Refused })
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

// checkTogether refuses words that exclude each other.
func (b *binder) checkTogether() {
	groups := map[string]string{}
	alone := ""
	for i := range b.kind.Params {
		p := &b.kind.Params[i]
		if b.args[i].From != layer.Given || p.Type == layer.Flag && b.args[i].N[0] == 0 {
			continue
		}
		if p.Alone {
			alone = p.Name
		}
		if other := groups[p.Group]; p.Group != "" && other != "" {
			b.errorf(lang.Argument, b.spans[i], p.Name+" and "+other+" exclude each other", "", "keep one of them")
		}
		groups[p.Group] = p.Name
	}
	for i := range b.kind.Params {
		if p := &b.kind.Params[i]; alone != "" && p.Name != alone && b.args[i].From == layer.Given {
			b.errorf(lang.Argument, b.spans[i], "nothing else goes with "+alone, "found "+p.Name, "write "+b.kind.Name+" "+alone)
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
		if !p.Value || b.args[i].Len > 0 || b.stoodIn() {
			continue
		}
		b.errorf(lang.Argument, b.n.Kind.Span(), b.kind.Name+" needs "+p.Name+": "+p.Wants(), b.foundValues(), "write for example "+b.kind.Example)
		return
	}
}

// stoodIn reports whether an option is given that makes the values needless.
func (b *binder) stoodIn() bool {
	for i := range b.kind.Params {
		if b.kind.Params[i].Alone && b.args[i].From == layer.Given {
			return true
		}
	}
	return false
}

func (b *binder) foundValues() string {
	n := 0
	for i := range b.kind.Params {
		if b.kind.Params[i].Value && b.args[i].Len > 0 {
			n++
		}
	}
	return fmt.Sprintf("found %d of %d values", n, len(b.kind.ValueNames()))
}

// unknownOption tells of a word that the kind does not know: by what other
// tools call it, then by spelling.
func (b *binder) unknownOption(w lang.Word) {
	word := w.Name.Text
	summary := b.kind.Name + " has no option called " + word
	hint := ""
	p := b.foreign(word)
	if p == nil {
		if i := b.kind.Find(word); i >= 0 {
			p = &b.kind.Params[i]
		}
	}
	switch other := layer.Find(strings.ToLower(word)); {
	case p != nil && p.Value:
		hint = p.Name + " stands by place, without a word: " + b.kind.Example
	case p != nil && p.Type == layer.Flag && p.Default.Len > 0:
		hint = "here it is " + p.Name + ", which is on; no " + p.Name + " turns it off"
	case p != nil:
		hint = "here it is " + p.Name + ": " + p.Name + " " + p.Sample()
	case b.optionOf(word) != nil:
		p = b.optionOf(word)
		hint = word + " belongs to " + p.Name + ": " + p.Name + " " + word
	case strings.EqualFold(word, "activation"):
		hint = "an activation is a layer of its own: " + b.kind.Name + " ...; relu"
	case other != nil:
		summary, hint = word+" is a layer of its own", "put a semicolon before it: "+b.kind.Name+" ...; "+word
	default:
		p, hint = b.nearest(word)
	}
	b.errorf(lang.Argument, w.Span(), summary, b.options(), hint)
	if b.optionOf(word) != nil && !b.hasValues() {
		b.takeValues() // conv same 20 3x3: the values are still to come
		return
	}
	b.skipValue(p, strings.EqualFold(word, "activation"))
}

// foreign finds the parameter that other tools call by that word.
func (b *binder) foreign(word string) *layer.Param {
	word = strings.ToLower(word)
	for i := range b.kind.Params {
		if slices.Contains(b.kind.Params[i].Foreign, word) {
			return &b.kind.Params[i]
		}
	}
	return nil
}

// optionOf finds the option that takes a word as its value.
func (b *binder) optionOf(word string) *layer.Param {
	for i := range b.kind.Params {
		if slices.Contains(b.kind.Params[i].Words, word) {
			return &b.kind.Params[i]
		}
	}
	return nil
}

// nearest finds what a misspelt word was meant to be; of an option's own
// words no parameter is given.
func (b *binder) nearest(word string) (p *layer.Param, hint string) {
	if near := lang.Nearest(word, b.kind.Vocabulary()...); near != "" {
		if i := b.kind.Find(near); i >= 0 {
			p = &b.kind.Params[i]
		}
		return p, "did you mean " + near + "?"
	}
	if e := b.m.scope.find(word); e != nil && e.sort == isValue {
		return nil, "a value is used with $: $" + word
	}
	return nil, "write for example " + b.kind.Example
}

func (b *binder) hasValues() bool {
	return len(b.spans) > 0 && b.spans[0].End > 0
}

func (b *binder) options() string {
	names := b.kind.OptionNames()
	if len(names) == 0 {
		return b.kind.Name + " has no options"
	}
	return "its options are " + strings.Join(names, ", ")
}

// share binds KIND NAME = OWNER: the owner's arguments, and options that do
// not touch what is shared.
func (b *binder) share() {
	b.args = b.kind.Defaults()
	if len(b.words) > 0 {
		b.wordsBeforeTie()
		return
	}
	e := b.m.layerNamed(b.n.Tie)
	if e == nil || e.sort != isLayer {
		b.ok = false
		return
	}
	owner := &b.m.net.Rows[e.row]
	if owner.Kind != b.kind {
		b.errorf(lang.Share, b.n.Tie.Span, fmt.Sprintf("%s %s cannot share the parameters of %s %s", b.kind.Name, b.name.Text, owner.Kind.Name, owner.Name),
			"only layers of one kind can share", "name a "+b.kind.Name+" behind =, or write "+b.kind.Example)
		return
	}
	if b.kind.Source {
		b.errorf(lang.Share, b.n.Tie.Span, "an input has nothing to share", "", "write "+b.kind.Example)
		return
	}
	b.tie = e.row
	b.args = slices.Clone(owner.Args)
	b.ok = owner.Out.Known() || b.ok && owner.Args != nil
	b.words = b.n.Changes
	b.takeOptions(true)
}

// wordsBeforeTie tells of words between a layer's name and its =. Often = was
// written between an option and its value.
func (b *binder) wordsBeforeTie() {
	last := b.words[len(b.words)-1]
	hint := "write " + strings.TrimSpace(b.kind.Name+" "+b.name.Text) + " = " + b.n.Tie.Head.Text + ", or give it values of its own without ="
	if i := b.kind.Find(last.Name.Text); i >= 0 || b.foreign(last.Name.Text) != nil {
		hint = "options are written without =: " + last.Name.Text + " " + b.n.Tie.Head.Text
	}
	b.errorf(lang.Argument, b.n.Tie.Span, "only a name stands before =", "found "+lang.Quote(b.text(b.words)), hint)
}
