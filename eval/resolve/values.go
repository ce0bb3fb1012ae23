package resolve

import (
	"slices"
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
			b.errorf(lang.Argument, b.words[0].Span(), b.kind.Name+" needs "+p.Name+" first: "+p.Wants(), "found "+lang.Quote(b.text(b.words[:1])), "as in "+b.kind.Example)
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
	var words []lang.Word
	open := false
	for len(b.words) > 0 && isValueWord(b.words[0]) {
		w := b.next()
		words, open = append(words, w), open || isOpen(w)
		b.cover(i, w)
	}
	switch {
	case len(words) == 0:
	case open:
		for _, w := range words {
			b.r.typeOfParts(w.Parts)
			b.r.typeOfParts(w.To)
		}
		b.wait(i, AList, words...)
	default:
		f := b.filler()
		if arg, ok := f.List(p, words); ok {
			b.args[i] = arg
		}
		b.ok, b.r.literal = b.ok && f.OK, false
	}
}

// cover notes where an argument is written.
func (b *binder) cover(i int, w lang.Word) {
	if b.spans[i].End == 0 {
		b.spans[i] = w.Span()
	}
	b.spans[i].End = w.Span().End
}

// set binds a value to parameter i.
func (b *binder) set(i int, w lang.Word) {
	p := &b.kind.Params[i]
	b.cover(i, w)
	switch {
	case len(w.To) > 0:
		b.errorf(lang.Argument, w.Span(), p.Name+" is one value, not a range", "", b.usage(p))
		return
	case p.Type == layer.Any && isTruthWord(w):
		b.values[i], b.args[i] = value.Truth(w.Name.Text == "true"), layer.Arg{Len: 1, From: layer.Given}
		return
	case isOpen(w):
		b.waitFor(i, w)
		return
	}
	f := b.filler()
	f.Behind = b.words
	if arg, ok := f.One(i, w); ok {
		b.args[i] = arg
		if p.Type == layer.Any {
			b.values[i] = f.Value
		}
	}
	b.ok, b.r.literal = b.ok && f.OK, false
	b.words = f.Behind
}

// waitFor binds a value that only a run can tell; what sort it is must do.
func (b *binder) waitFor(i int, w lang.Word) {
	p := &b.kind.Params[i]
	t := b.r.typeOfParts(w.Parts)
	switch {
	case p.Type == layer.Any:
		b.wait(i, Anything, w)
		return
	case t == value.Size && w.Minus.Text != "":
		b.r.provisional(lang.Value, w.Span(), "a size cannot be negative", "found "+lang.Quote(b.r.text(w.Span())), "take the minus out")
	case t == value.Size && (p.Type == layer.Count || p.Type == layer.Rate || p.Type == layer.Slope):
		b.r.provisional(lang.Value, w.Span(), p.Name+" is one number, not a size", "found "+lang.Quote(b.r.text(w.Span())), "")
	case t == value.Boolean && !p.Off:
		b.r.provisional(lang.Value, w.Span(), p.Name+" is "+p.Wants(), "found "+t.String(), "")
	}
	b.wait(i, OneValue, w)
}

// filler checks what is written out, as a run does the rest: no run will.
func (b *binder) filler() *Filler {
	b.r.literal = true
	f := &b.r.fill
	f.Kind, f.OK, f.Behind, f.Value = b.kind, true, nil, value.Value{}
	return f
}

// isOpen reports a word whose value only a run can tell; of a size with a minus
// it is what the message says.
func isOpen(w lang.Word) bool {
	for _, parts := range [...][]lang.Part{w.Parts, w.To} {
		for i := range parts {
			if parts[i].Expr != nil || parts[i].Lit.Kind == lang.Dollar || w.Minus.Text != "" && parts[i].Lit.Kind == lang.Size {
				return true
			}
		}
	}
	return false
}

// typeOfParts is the sort of a value as written, whose names are given their
// meaning.
func (r *Resolver) typeOfParts(parts []lang.Part) value.Sort {
	if len(parts) == 0 {
		return value.Unknown
	}
	v := r.calc.Parts(parts)
	return v.Type()
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
		hint = "an option has its word: " + b.r.text(lang.Span{Start: b.n.Kind.At, End: w.Span().Start}) + takers[0] + " " + b.text([]lang.Word{w})
		if len(takers) > 1 {
			hint += "; of its options " + lang.Join(takers) + " take such a value"
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
	sides := []string{b.r.text(b.spans[last])}
	for _, w := range surplus {
		sides = append(sides, b.text([]lang.Word{w}))
	}
	return strings.Join(sides, "x")
}

// takers lists the options that a value could be of.
func (b *binder) takers(w lang.Word) (names []string) {
	v := value.Value{}
	if !isOpen(w) {
		b.r.muted++
		v = b.filler().Word(w)
		b.r.muted--
		b.r.literal = false
	}
	for i := range b.kind.Params {
		p := &b.kind.Params[i]
		if p.Value || p.Type == layer.Flag || b.spans[i].End > 0 || !v.Known() || v.Sort == value.Boolean {
			continue
		}
		if _, why := p.Accept(AsNumbers(v)); why == "" {
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
		b.errorf(lang.Argument, w.Span(), "behind = stand options only", "found "+lang.Quote(b.text([]lang.Word{w})), "the values are those of "+b.n.Tie.Head.Text+"; a layer with values of its own has no =, as in "+b.kind.Example)
		return
	}
	b.errorf(lang.Argument, w.Span(), "values stand before options", "found "+lang.Quote(b.text([]lang.Word{w}))+" behind them", "as in "+b.kind.Example)
}

// hasRefused reports whether a word is a literal that has been told to be
// wrong.
func hasRefused(w lang.Word) bool {
	return slices.ContainsFunc(w.Parts, func(p lang.Part) bool { return p.Lit.Kind == lang.Refused })
}
