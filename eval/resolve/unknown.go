package resolve

import (
	"cmp"
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/std"
	"cnnl/lang"
)

// unknownOption tells of a word that the kind does not know: by what other
// tools call it, then by spelling.
func (b *binder) unknownOption(w lang.Word) {
	word := w.Name.Text
	summary := b.kind.Name + " has no option called " + word
	if says := dialect.Behind(b.kind, word); says != "" {
		b.errorf(lang.Argument, w.Span(), summary, b.options(), says)
		b.skipAnswered(says)
		b.skipValue(nil, true)
		return
	}
	hint, p := "", dialect.OptionOf(b.kind, word)
	if i := b.kind.Find(word); p == nil && i >= 0 {
		p = &b.kind.Params[i]
	}
	negated, strange := b.negated(word), strings.EqualFold(word, "activation")
	switch other := layer.Find(strings.ToLower(word)); {
	case lang.Reserved(word):
		hint = "`" + word + "` is a word of the language and names no layer"
	case negated != nil:
		p, hint = negated, "write no "+negated.Name
	case word == "name":
		hint = "the name stands right after the kind: " + b.kind.Name + " NAME ..."
		if len(b.words) > 0 && b.words[0].Name.Text != "" {
			hint = strings.Replace(hint, "NAME", b.next().Name.Text, 1)
		}
	case word == "x":
		hint = "a size is written without blanks: 3x3"
	case p != nil:
		hint = b.ours(p)
	case b.optionOf(word) != nil:
		p = b.optionOf(word)
		hint = word + " belongs to " + p.Name + ": " + p.Name + " " + word
	case strings.EqualFold(word, "activation"):
		hint = "an activation is a layer of its own: " + b.kind.Name + " ...; relu"
	case other != nil:
		summary, hint = word+" is a layer of its own", "a semicolon parts layers: "+b.kind.Name+" ...; "+word
	default:
		p, hint = b.nearest(word)
		strange = p == nil // and so may be the word behind it
	}
	b.errorf(lang.Argument, w.Span(), summary, b.options(), hint, b.misspelt(w, negated)...)
	switch one := (p == nil || b.optionOf(word) != nil) && !b.hasValues(); {
	case negated != nil:
	case one && b.allValuesFollow(): // conv same 20 3x3
		b.takeValues()
	case one: // conv c3 twenty 3x3: the word stands for one
		b.skipValues()
	default:
		b.skipValue(p, strange)
	}
}

// allValuesFollow reports whether as many values stand next as the kind takes.
func (b *binder) allValuesFollow() bool {
	values := len(b.kind.ValueNames())
	return len(b.words) >= values && !slices.ContainsFunc(b.words[:values], func(w lang.Word) bool { return !isValueWord(w) })
}

func (b *binder) skipValues() {
	for len(b.words) > 0 && isValueWord(b.words[0]) {
		b.next()
	}
}

// ours shows the parameter that was meant by a word of another tool.
func (b *binder) ours(p *layer.Param) string {
	switch {
	case p.Value:
		return p.Name + " stands by place, without a word: " + b.kind.Example
	case p.Type == layer.Flag && p.Default.Len > 0:
		return "here it is " + p.Name + ", which is on; no " + p.Name + " turns it off"
	}
	return "here it is " + p.Name + ": " + strings.TrimSpace(p.Name+" "+b.sample(p))
}

// skipAnswered steps over words behind one of another tool to which the same
// is to be said.
func (b *binder) skipAnswered(answer string) {
	for answer != "" && len(b.words) > 0 && dialect.Behind(b.kind, b.words[0].Name.Text) == answer {
		b.next()
	}
}

// negated finds the flag that a word such as nobias turns off.
func (b *binder) negated(word string) *layer.Param {
	rest, ok := strings.CutPrefix(strings.ToLower(word), "no")
	if !ok {
		return nil
	}
	if i := b.kind.Find(strings.Trim(rest, "_-")); i >= 0 && b.kind.Params[i].Type == layer.Flag {
		return &b.kind.Params[i]
	}
	return nil
}

// sample is a value for a parameter: the one that follows, if it can be.
func (b *binder) sample(p *layer.Param) string {
	if len(b.words) == 0 || b.words[0].No.Text != "" {
		return p.Sample()
	}
	if next := b.words[0]; isValueWord(next) || slices.Contains(p.Words, next.Name.Text) {
		return b.text(b.words[:1])
	}
	return p.Sample()
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
	if !b.r.spells() {
		return nil, "as in " + b.kind.Example
	}
	if near := lang.Nearest(word, b.kind.Vocabulary()...); near != "" {
		if i := b.kind.Find(near); i >= 0 {
			p = &b.kind.Params[i]
		}
		return p, "did you mean " + near + "?"
	}
	if near := lang.Nearest(word, b.kind.ValueNames()...); near != "" {
		return &b.kind.Params[b.kind.Find(near)], near + " stands by place, without a word: " + b.kind.Example
	}
	if b.r.asSide(word) != "" {
		return nil, "in sizes a value stands in brackets: " + b.r.asSide(word)
	}
	if p, near := dialect.NearOption(b.kind, word); p != nil {
		return p, "here " + near + " is " + p.Name + ": " + strings.TrimSpace(p.Name+" "+b.sample(p))
	}
	if n := b.r.scope.find(word); n != nil && n.Sort == AValue {
		return nil, "a value is used with $: $" + word
	}
	return nil, "as in " + b.kind.Example
}

// misspelt is the word of the kind that another is nearest to, in its place, or the flag
// that it turns off.
func (b *binder) misspelt(w lang.Word, negated *layer.Param) []lang.Edit {
	switch {
	case negated != nil:
		return []lang.Edit{{Span: w.Name.Span(), Text: "no " + negated.Name}}
	case b.r.spelled > b.r.mostSpelled():
		return nil
	}
	if near := lang.Nearest(w.Name.Text, b.kind.Vocabulary()...); near != "" {
		return []lang.Edit{{Span: w.Name.Span(), Text: near}}
	}
	return nil
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

// unknownKind tells of a kind that is not in the catalogue: first by what
// other tools call it, then by spelling.
func (r *Resolver) unknownKind(n *lang.Layer) {
	word := n.Kind.Text
	why, told := r.refused[word]
	if !told {
		why, told = r.unknown[word]
	}
	if told {
		r.onceMore(why, func() { r.tellUnknownKind(n) })
	} else {
		r.tellUnknownKind(n)
	}
	if r.unknown == nil {
		r.unknown = map[string]*note{}
	}
	r.unknown[word] = r.last
}

func (r *Resolver) tellUnknownKind(n *lang.Layer) {
	word := n.Kind.Text
	summary, detail, hint, ways := "there is no kind of layer called "+word, "", "", []lang.Edit(nil)
	foreign, example := dialect.KindOf(word)
	switch later := r.laterBlock(word); {
	case r.scope.block != nil && r.scope.block.Node.Name.Text == word:
		summary, detail, hint = "a block cannot use itself", "a block knows only those above it", "what is done again and again stands in a repeat inside it"
	case later != nil:
		line, _ := r.unit.Source.Position(later.Name.At)
		summary, detail = "the block "+word+" cannot be used here", "line "+itoa(line)+" defines it, and a block knows only those above it"
		if r.scope.block == nil {
			detail, hint = "line "+itoa(line)+" defines it, and only earlier blocks can be used", ""
		}
	case libraryOf(word) != "":
		hint = "it is a block of the standard library, which use " + libraryOf(word) + " gives"
	case foreign != nil:
		hint = "here it is called " + foreign.Name + ": " + example
	case n.Tie != nil:
		kind := "conv"
		if name := r.scope.find(n.Tie.Head.Text); name != nil && name.kind() != nil && name.block() == nil {
			kind = name.kind().Name
		}
		hint = "the kind stands first: " + kind + " " + word + " = " + r.text(n.Tie.Span)
	case r.isLayer(word):
		hint = word + " is a layer: from " + word + " goes on from its output"
	case dialect.Beginning(word) != "":
		hint = dialect.Beginning(word)
	case slices.Contains(std.Names(), word):
		hint = word + " is a library, which use " + word + " gives; its blocks are " + strings.Join(blocksOf(word), ", ")
	default:
		var near string
		if near, hint = r.nearKind(word); hint == "" && r.unit.broken { // it may be a block of a file that could not be read
			r.last = nil
			return
		}
		if near != "" {
			ways = []lang.Edit{{Span: n.Kind.Span(), Text: near}}
		}
		hint = cmp.Or(hint, "a kind of layer stands first, as in conv c1 20 3x3")
	}
	r.errorf(lang.Naming, n.Kind.Span(), summary, detail, hint, ways...)
}

// nearKind names a kind that is written much like a word, and says so; empty: none is.
func (r *Resolver) nearKind(word string) (kind, hint string) {
	if !r.spells() {
		return "", ""
	}
	if near := lang.Nearest(word, r.kindNames()...); near != "" {
		return near, "did you mean " + near + "?"
	}
	if kind, near, example := dialect.NearKind(word); kind != nil {
		return kind.Name, "did you mean " + near + "? Here it is called " + kind.Name + ": " + example
	}
	return "", ""
}

// isLayer reports a name that a layer has, or could get by itself.
func (r *Resolver) isLayer(word string) bool {
	if name := r.scope.find(word); name != nil {
		return name.Sort == ALayer
	}
	return r.automaticName(word)
}

// kindNames lists the kinds of the catalogue and the blocks known so far.
func (r *Resolver) kindNames() []string {
	return append(kindNames(layer.All[:]), r.blockNames()...)
}

func kindNames(kinds []*layer.Kind) []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}
