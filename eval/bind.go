package eval

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// bound is what a layer statement's words mean to its kind.
type bound struct {
	name   lang.Key
	args   layer.Args
	values []value     // of a block: what each parameter is given
	spans  []lang.Span // where each argument is written
	tie    int32       // the row named behind =, of a block the group; or none
	turned bool        // its weights turned round
	ok     bool        // false: something is wrong or unknown, and told
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
	if kind.Output == nil {
		b.values = make([]value, len(kind.Params))
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
	if e := b.m.find(word); e != nil && e.sort == isValue {
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
	if b.m.blockNamed(word) != nil {
		return "`" + word + "` is a block and cannot name a layer", "write " + rest + "; " + word
	}
	if b.m.block != nil && slices.Contains(rowProperties, word) {
		return "inside a block no layer is called " + word, "from outside it could not be told from the block's own ." + word
	}
	if layer.IsColour(word) {
		return "`" + word + "` is a colour and cannot name a layer", "write input 120x120 " + word
	}
	if e := b.m.find(word); e != nil && e.sort == isValue {
		return "`" + word + "` is a value and cannot name a layer", "its value is written with $: " + b.kind.Name + " $" + word + " " + b.text(b.words)
	}
	if near := b.nearWord(word); near != "" {
		return "`" + word + "` is one letter away from " + near, b.nearHint(near)
	}
	if i := b.kind.Find(word); i >= 0 && b.kind.Params[i].Value && len(b.words) > 0 && isValueWord(b.words[0]) {
		return "`" + word + "` cannot name a layer", word + " stands by place, without a word: " + b.kind.Name + " " + b.text(b.words)
	}
	if p := b.foreign(word); p != nil && len(word) >= 4 {
		return "`" + word + "` cannot name a layer", "here it is called " + p.Name + ": " + b.kind.Example
	}
	return "", ""
}

// nearHint shows how a word is written that a name comes close to.
func (b *binder) nearHint(near string) string {
	i := b.kind.Find(near)
	if i >= 0 && b.kind.Params[i].Type != layer.Flag {
		return "options stand behind the values, as in " + strings.TrimSpace(b.kind.Usage()[:len(b.kind.Name)]+" ... "+near+" "+b.kind.Params[i].Sample()) + "; or choose another name"
	}
	return "write " + strings.TrimSpace(b.kind.Name+" "+near+" "+b.text(b.words)) + ", or choose another name"
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
		p := &b.kind.Params[i]
		if !p.Value || len(b.words) == 0 {
			return
		}
		switch {
		case p.Type == layer.List || p.Type == layer.Ranges:
			b.setList(i)
		case p.Type != layer.Choice && isValueWord(b.words[0]), p.Type == layer.Any && isTruthWord(b.words[0]):
			b.set(i, b.next())
		case b.words[0].No.Text == "" && slices.Contains(p.Words, b.words[0].Name.Text):
			b.setWord(i)
		case p.Type == layer.Choice:
			b.errorf(lang.Argument, b.words[0].Span(), b.kind.Name+" needs "+p.Name+" first: "+p.Wants(), "found "+lang.Quote(b.text(b.words[:1])), "write for example "+b.kind.Example)
			b.words = nil
		default:
			return
		}
	}
}

// setWord binds one of the words that parameter i takes.
func (b *binder) setWord(i int) {
	p := &b.kind.Params[i]
	b.args[i] = layer.Arg{Word: uint8(1 + slices.Index(p.Words, b.words[0].Name.Text)), From: layer.Given}
	if b.spans[i].End == 0 {
		b.spans[i] = b.words[0].Span()
	}
	b.spans[i].End = b.next().Span().End
}

// setList binds all values that follow, and of Ranges the ranges.
func (b *binder) setList(i int) {
	p := &b.kind.Params[i]
	var numbers []int64
	for len(b.words) > 0 && isValueWord(b.words[0]) {
		w := b.next()
		if b.spans[i].End == 0 {
			b.spans[i] = w.Span()
		}
		b.spans[i].End = w.Span().End
		first, ok := b.listed(p, w, w.Parts)
		last := first
		if len(w.To) > 0 && p.Type == layer.List {
			b.errorf(lang.Argument, w.Span(), p.Name+" takes numbers, not ranges", "", b.usage(p))
			ok = false
		} else if len(w.To) > 0 && ok {
			last, ok = b.listed(p, w, w.To)
		}
		if b.ok = b.ok && ok; !ok {
			continue
		}
		numbers = append(numbers, first)
		if p.Type == layer.Ranges {
			numbers = append(numbers, last)
		}
	}
	if len(numbers) > 0 {
		b.args[i] = layer.Num(numbers...)
		b.args[i].From = layer.Given
	}
}

// listed is one number of a list.
func (b *binder) listed(p *layer.Param, w lang.Word, parts []lang.Part) (int64, bool) {
	v := b.m.parts(parts)
	switch {
	case v.sort == unknown:
		return 0, false
	case !v.isWhole() || v.num < p.Min || w.Minus.Text != "":
		b.errorf(lang.Value, w.Span(), p.Name+" takes whole numbers of at least "+strconv.FormatInt(p.Min, 10), "found "+lang.Quote(b.text([]lang.Word{w})), "write for example "+b.kind.Example)
		return 0, false
	}
	return v.num, true
}

func (b *binder) next() lang.Word {
	w := b.words[0]
	b.words = b.words[1:]
	return w
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
	if p.Type == layer.Any {
		b.setAny(i, w, v)
		return
	}
	arg, why := p.Accept(asNumbers(v))
	switch {
	case v.sort == unknown:
		b.ok = false
	case v.sort == boolean:
		b.errorf(lang.Value, w.Span(), p.Name+" is "+p.Wants(), "found "+v.String(), "")
	case why != "":
		b.errorf(lang.Value, w.Span(), why, "found "+v.String(), "write for example "+b.kind.Example)
	default:
		arg.From = layer.Given
		b.args[i] = arg
	}
}

// setAny binds whatever a block's parameter is given.
func (b *binder) setAny(i int, w lang.Word, v value) {
	if isTruthWord(w) {
		v = truth(w.Name.Text == "true")
	}
	b.values[i], b.args[i] = v, layer.Arg{Len: 1, From: layer.Given}
	b.ok = b.ok && v.sort != unknown
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
	if slices.ContainsFunc(b.n.Words, hasRefused) {
		b.ok = false
		return
	}
	if b.n.Tie != nil || !b.hasValues() && !b.stoodIn() && len(b.kind.ValueNames()) > 0 {
		b.misplaced(w)
		return
	}
	values := b.kind.ValueNames()
	detail := b.kind.Name + " takes " + strings.Join(values, " and ")
	if len(values) == 0 {
		detail = b.kind.Name + " takes no values; " + b.options()
	}
	hint := "values stand right after the name, options behind them: " + b.kind.Example
	b.errorf(lang.Argument, w.Span(), "one value too many: "+lang.Quote(b.text([]lang.Word{w})), detail, hint)
}

// misplaced tells of values behind options, or behind =, once.
func (b *binder) misplaced(w lang.Word) {
	for len(b.words) > 0 && isValueWord(b.words[0]) {
		w.Parts = append(w.Parts[:1:1], b.next().Parts...)
	}
	if b.n.Tie != nil {
		b.errorf(lang.Argument, w.Span(), "behind = stand options only", "found "+lang.Quote(b.text([]lang.Word{w})), "the values are those of "+b.n.Tie.Head.Text+"; for others write "+b.kind.Example)
		return
	}
	b.errorf(lang.Argument, w.Span(), "values stand before options", "found "+lang.Quote(b.text([]lang.Word{w}))+" behind them", "write for example "+b.kind.Example)
}

// hasRefused reports whether a word is a literal that has been told to be
// wrong.
func hasRefused(w lang.Word) bool {
	return slices.ContainsFunc(w.Parts, func(p lang.Part) bool { return p.Lit.Kind == lang.Refused })
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
		if p.Instead && b.hasValues() {
			b.errorf(lang.Argument, b.spans[i], p.Name+" stands in place of the value", "found both", "keep one of them")
			return
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
	return fmt.Sprintf("found %d of %d values", n, len(b.kind.ValueNames()))
}
