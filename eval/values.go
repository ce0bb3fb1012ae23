package eval

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// The values of a statement, by place.

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
	case v.Sort == value.Unknown:
		return 0, false
	case !v.IsWhole() || v.Num < p.Min || w.Minus.Text != "":
		b.errorf(lang.Value, w.Span(), p.Name+" takes whole numbers of at least "+strconv.FormatInt(p.Min, 10), "found "+lang.Quote(b.text([]lang.Word{w})), "write for example "+b.kind.Example)
		return 0, false
	}
	return v.Num, true
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
	if p.Type == layer.Any {
		b.setAny(i, w)
		return
	}
	v := b.m.word(w)
	arg, why := p.Accept(asNumbers(v))
	switch {
	case v.Sort == value.Unknown:
		b.ok = false
	case v.Sort == value.Boolean && p.Off:
		b.onOff(i, v.Num != 0)
	case v.Sort == value.Boolean:
		b.errorf(lang.Value, w.Span(), p.Name+" is "+p.Wants(), "found "+v.String(), "")
	case why != "":
		hint := "write for example " + b.kind.Example
		if v.Sort == value.Size && b.turnedRound(i) {
			hint = "the other way round: " + b.kind.Name + " " + b.text(b.words[:1]) + " " + b.text([]lang.Word{w})
			b.next()
			b.spans[i+1] = w.Span()
		}
		b.errorf(lang.Value, w.Span(), why, "found "+v.String(), hint)
	default:
		arg.From = layer.Given
		b.args[i] = arg
	}
}

// turnedRound reports whether the next word is the number that parameter i is
// to be given, and the parameter behind it takes a size, as a kernel does.
func (b *binder) turnedRound(i int) bool {
	next := i + 1
	if next == len(b.kind.Params) || !b.kind.Params[next].Value || b.kind.Params[next].Type != layer.PerAxis || len(b.words) == 0 || !isValueWord(b.words[0]) {
		return false
	}
	v := b.m.word(b.words[0])
	_, why := b.kind.Params[i].Accept(asNumbers(v))
	return v.Sort == value.Number && why == ""
}

// setAny binds whatever a block's parameter is given.
func (b *binder) setAny(i int, w lang.Word) {
	v := value.Truth(w.Name.Text == "true")
	if !isTruthWord(w) {
		v = b.m.word(w)
	}
	b.values[i], b.args[i] = v, layer.Arg{Len: 1, From: layer.Given}
	b.ok = b.ok && v.Sort != value.Unknown
}

// asNumbers shows a value to the table: the sides of a size, or a fraction.
func asNumbers(v value.Value) layer.Numbers {
	if v.Sort == value.Size {
		return layer.Numbers{Sides: v.Shape.Axes(), IsSize: true}
	}
	return layer.Numbers{Sides: []int64{v.Num}, Den: v.Den}
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
	surplus := []lang.Word{w}
	for len(b.words) > 0 && isValueWord(b.words[0]) {
		surplus = append(surplus, b.next())
	}
	values := b.kind.ValueNames()
	detail := b.kind.Name + " takes " + strings.Join(values, " and ")
	if len(values) == 0 {
		detail = b.kind.Name + " takes no values; " + b.options()
	}
	hint := "values stand right after the name, options behind them: " + b.kind.Example
	if takers := b.takers(w); len(takers) > 0 && (len(values) == 0 || b.kind.Output == nil) {
		hint = "an option has its word: " + b.m.text(lang.Span{Start: b.n.Kind.At, End: w.Span().Start}) + takers[0] + " " + b.text([]lang.Word{w})
		if len(takers) > 1 {
			hint += "; of its options " + joinWords(takers) + " take such a value"
		}
	}
	if sides := b.sidesApart(surplus); sides != "" {
		hint = "the sides of a size are written without blanks: " + sides
	}
	summary := "one value too many: "
	if len(surplus) > 1 {
		summary = "values too many: "
	}
	b.errorf(lang.Argument, lang.Span{Start: w.Span().Start, End: surplus[len(surplus)-1].Span().End}, summary+lang.Quote(b.text(surplus)), detail, hint)
}

// sidesApart writes the last value and those behind it as one size, if it is one
// that takes sides; otherwise empty.
func (b *binder) sidesApart(surplus []lang.Word) string {
	last := len(b.kind.ValueNames()) - 1
	if last < 0 || b.spans[last].End == 0 || b.kind.Params[last].Type != layer.PerAxis && b.kind.Params[last].Type != layer.Extent {
		return ""
	}
	sides := []string{b.m.text(b.spans[last])}
	for _, w := range surplus {
		sides = append(sides, b.text([]lang.Word{w}))
	}
	return strings.Join(sides, "x")
}

// takers lists the options that a value could be of.
func (b *binder) takers(w lang.Word) (names []string) {
	b.m.muted++
	v := b.m.word(w)
	b.m.muted--
	for i := range b.kind.Params {
		p := &b.kind.Params[i]
		if p.Value || p.Type == layer.Flag || b.spans[i].End > 0 || v.Sort == value.Unknown || v.Sort == value.Boolean {
			continue
		}
		if _, why := p.Accept(asNumbers(v)); why == "" {
			names = append(names, p.Name)
		}
	}
	return names
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
