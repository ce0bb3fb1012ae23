package repair

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// takers take one or more words off the rest of a statement, each if it can. The first
// that can is asked.
var takers = [...]func(*reading) bool{
	(*reading).takeMark, (*reading).takeString, (*reading).takeNumber, (*reading).takeNegation, (*reading).takeBehindNumber, (*reading).takeOption, (*reading).takeChoice,
	(*reading).takeStuck, (*reading).takeFollowing, (*reading).takeCleaned, (*reading).takeSetValue, (*reading).takeFiller, (*reading).takeMisspelt, (*reading).takeName,
}

// mostTurns bounds how often words are parted and spelled anew.
const mostTurns = 200

// fill gives every word of the rest its place, in each way that it can be; none: one has
// no place.
func (r *reading) fill() []reading {
	for turns := 0; len(r.rest) > 0; turns++ {
		if turns > mostTurns || !slices.ContainsFunc(takers[:], func(take func(*reading) bool) bool { return take(r) }) {
			return nil
		}
	}
	return r.placeValues()
}

func (r *reading) peek(i int) token {
	if i < len(r.rest) {
		return r.rest[i]
	}
	return token{sort: aMark}
}

func (r *reading) drop(n int) { r.rest = r.rest[n:] }

func (t token) isValue() bool { return t.sort == aNumber || t.sort == aSize || t.sort == aValue }

func (t token) isMark(marks ...string) bool { return t.sort == aMark && slices.Contains(marks, t.text) }

// takeMark steps over punctuation that says nothing.
func (r *reading) takeMark() bool {
	t, next := r.peek(0), r.peek(1)
	switch {
	case t.sort != aMark:
		return false
	case t.isMark("/") && next.sort == aNumber && r.kind.Find("stride") >= 0:
		r.took("kernel/stride", 1)
		r.drop(2)
		return r.option("stride", "stride "+next.text)
	case t.isMark("-") && next.sort == aWord:
		if says, ok := r.says(next.text, "false"); ok && says.Is == dialect.Writes && strings.HasPrefix(says.Here, "no ") { // -bias
			r.took("no", 2)
			r.open = true
			r.drop(2)
			return r.option(optionName(says.Here), says.Here)
		}
		if next.at > t.at+1 {
			return false
		}
		r.took("punctuation", 1)
		r.open = true
	case t.isMark("=", ":", "->", "<-", ":=", ".", "@", "==", "=>"):
		r.took("punctuation", 1)
	default:
		return false
	}
	r.drop(1)
	return true
}

// takeString reads a string as the word that it is.
func (r *reading) takeString() bool {
	t := r.peek(0)
	if t.sort != aString || t.text == "" || strings.ContainsAny(t.text, " \t") {
		return false
	}
	inner, n := tokenAt(t.text)
	if n != len(t.text) {
		return false
	}
	r.took("quotes", 1)
	r.rest = append([]token{inner}, r.rest[1:]...)
	return true
}

func (r *reading) takeNumber() bool {
	if !r.peek(0).isValue() {
		return false
	}
	r.pending = append(r.pending, r.peek(0))
	r.drop(1)
	return true
}

// takeNegation reads no bias, without bias, no padding.
func (r *reading) takeNegation() bool {
	t, next := r.peek(0), r.peek(1)
	if t.sort != aWord || next.sort != aWord || !slices.Contains([]string{"no", "without", "not", "non"}, strings.ToLower(t.text)) {
		return false
	}
	if dialect.Plain(next.text) == "dropout" && r.kind.Name != "dropout" {
		r.took("nothing", 1)
		r.drop(2)
		return true
	}
	for _, word := range append([]string{next.text}, r.misspelt(next.text)...) {
		if says, ok := r.says(word, "false"); ok && says.Is == dialect.Writes {
			r.drop(2)
			if t.text != "no" || word != next.text {
				r.took("no", 1)
			}
			if word != next.text {
				r.took("spelling", 1)
			}
			return says.Here == "" || r.option(optionName(says.Here), says.Here)
		}
	}
	return false
}

func optionName(text string) string {
	name, rest, _ := strings.Cut(text, " ")
	if name == "no" {
		name, _, _ = strings.Cut(rest, " ")
	}
	return name
}

// valueBehind is the value behind the word in front, over what stands between the two,
// and how many words that takes.
func (r *reading) valueBehind() (value token, n int) {
	i := 1
	for r.peek(i).isMark("=", ":") || i == 1 && r.peek(i).sort == aWord && slices.Contains([]string{"of", "is"}, r.peek(i).text) {
		i++
	}
	if i >= len(r.rest) || r.peek(i).sort == aMark {
		return token{sort: aMark}, 1
	}
	value = r.peek(i)
	if inner, n := tokenAt(value.text); value.sort == aString && n == len(value.text) {
		inner.quoted = true
		value = inner
	}
	return value, i + 1
}

// takeOption reads an option or value with its word, in the words of any tool.
func (r *reading) takeOption() bool {
	t := r.peek(0)
	if t.sort != aWord || !r.optionWord(t.text) {
		return false
	}
	value, n := r.valueBehind()
	own := r.ownParam(t.text)
	isNumber := own != nil && value.isValue() && own.Type != layer.Flag && !own.Off // the number is its value, not yes or no
	for _, with := range [...]bool{true, false} {
		if with && (value.text == "" || own != nil && own.Type == layer.Flag && (dialect.Truth(value.text) == "" || value.isValue() && len(r.pending) < len(r.valueParams()))) {
			continue
		}
		was := r.clone()
		if isNumber && with {
			if r.write(t, value, dialect.Saying{Is: dialect.Takes, Here: own.Name, Uses: true}, n) {
				return true
			}
			*r = was
			continue
		}
		text := ""
		if with {
			text = value.text
		} else {
			n = 1
		}
		if says, ok := r.says(t.text, text); ok && says.Uses == with && r.write(t, value, says, n) {
			return true
		}
		*r = was
	}
	return false
}

// ownParam is the option or value of the kind that has this name, in any spelling.
func (r *reading) ownParam(word string) *layer.Param {
	if i := r.kind.Find(strings.ToLower(word)); i >= 0 {
		return &r.kind.Params[i]
	}
	return nil
}

// optionWord reports a word that means something behind the kind, with or without a
// value.
func (r *reading) optionWord(word string) bool {
	_, alone := r.says(word, "")
	_, number := r.says(word, "1")
	_, truth := r.says(word, "false")
	return alone || number || truth
}

func cloneMap(m map[string]string) map[string]string {
	c := make(map[string]string, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}

// write writes what an option comes to.
func (r *reading) write(word, value token, says dialect.Saying, n int) bool {
	if n > 1 && r.peek(1).sort != aMark || n == 1 {
		// the word and its value stand as they do in the language
	} else {
		r.took("punctuation", 1)
	}
	if value.quoted && n > 1 {
		r.took("quotes", 1)
	}
	ours := r.kind.Find(word.text) >= 0
	if !ours {
		r.took("option's word", 1)
		r.open = r.open || dialect.IsOpen(word.text)
	} else if dialect.Truth(value.text) != "" && says.Uses && value.text != "true" && value.text != "false" && says.Is == dialect.Writes {
		r.took("truth value", 1)
	}
	r.drop(n)
	switch says.Is {
	case dialect.Takes:
		return r.give(says.Here, value, says.Uses)
	case dialect.Writes:
		if own := r.ownParam(word.text); own != nil && r.kind.Output == nil { // what a block has by itself is not known here
			says.Here = own.Name
			if dialect.Truth(value.text) == "false" {
				says.Here = "no " + own.Name
			}
		}
		return says.Here == "" || r.option(optionName(says.Here), says.Here)
	case dialect.Idle:
		r.free = append(r.free, word.text, value.text)
		return true
	case dialect.Fact:
		r.free = append(r.free, value.text)
		return r.isChannels(value.text) || r.kind.Name == "embedding" || r.kind.Name == "dense"
	case dialect.Follows:
		return r.follows(value.text)
	case dialect.Becomes:
		k := layer.Find(says.Here)
		if k == nil {
			return false
		}
		r.kind, r.free = k, append(r.free, value.text)
		r.values = make([]string, len(k.Params))
		return true
	case dialect.Freezes:
		r.frozen = true
		return true
	case dialect.Named:
		r.name = strings.ReplaceAll(value.text, ".", "_")
		return value.sort == aWord || value.sort == aString
	case dialect.Input:
		r.before = append(r.before, "input "+value.text)
		return value.sort == aSize || value.sort == aNumber
	}
	r.open = true
	return says.Here != "" && r.option(optionName(says.Here), says.Here)
}

// isChannels reports whether a number is that of the current tensor's channels, as far
// as that is known.
func (r *reading) isChannels(text string) bool {
	return r.place.channels == 0 || text == itoa(int(r.place.channels))
}

// follows puts a layer behind this one.
func (r *reading) follows(word string) bool {
	k, _ := dialect.KindOf(dialect.Plain(word))
	if k == nil || !k.Light {
		return false
	}
	r.after = append(r.after, k.Name)
	r.took("semicolon", 1)
	return true
}

// give gives an option or value its value.
func (r *reading) give(name string, value token, has bool) bool {
	i := r.kind.Find(name)
	if i < 0 {
		return false
	}
	p := &r.kind.Params[i]
	if p.Value {
		if !has {
			return false
		}
		c, ok := clean(value, p)
		if !ok || r.values[i] != "" {
			return false
		}
		r.cleaned(value, c)
		r.values[i] = c.text
		return true
	}
	if !has {
		return r.option(name, name)
	}
	return r.giveOption(p, value)
}

func (r *reading) giveOption(p *layer.Param, value token) bool {
	lower := strings.ToLower(value.text)
	if value.sort == aWord {
		if slices.Contains(p.Words, lower) {
			if lower != value.text {
				r.took("capital", 1)
			}
			return r.option(p.Name, p.Name+" "+lower)
		}
		if words, d := near(value.text, p.Words); len(words) == 1 {
			r.took("spelling", 1+d)
			return r.option(p.Name, p.Name+" "+words[0])
		}
		if r.place.isValue(value.text) {
			r.took("$ left out", 1)
			return r.option(p.Name, p.Name+" $"+value.text)
		}
		if p.Type == layer.Any && dialect.Truth(value.text) != "" {
			return r.option(p.Name, p.Name+" "+dialect.Truth(value.text))
		}
	}
	c, ok := clean(value, p)
	if !ok {
		return false
	}
	r.cleaned(value, c)
	if p.Type == layer.Extent && !strings.Contains(c.text, "x") && value.sort == aNumber {
		c.text += "x" + c.text
	}
	return r.option(p.Name, p.Name+" "+c.text)
}

// cleaned notes that a number is written otherwise.
func (r *reading) cleaned(was token, c cleaned) {
	if c.cost > 0 {
		r.took("number's form", c.cost)
		r.free = append(r.free, was.text, c.text)
	}
	r.open = r.open || c.open
}

// takeBehindNumber reads 2 stride as stride 2, and 8 heads.
func (r *reading) takeBehindNumber() bool {
	t := r.peek(0)
	if t.sort != aWord || len(r.pending) == 0 {
		return false
	}
	value, n := r.valueBehind()
	says, ok := r.says(t.text, r.pending[len(r.pending)-1].text)
	if !ok || says.Is != dialect.Takes {
		return false
	}
	i := r.kind.Find(says.Here)
	if i < 0 {
		return false
	}
	p := &r.kind.Params[i]
	if p.Value {
		if !dialect.IsUnit(t.text) && !dialect.IsFiller(t.text) || r.pending[len(r.pending)-1].sort == aSize && p.Type == layer.Count {
			return false
		}
		if _, fits := clean(value, p); n > 1 && fits && value.isValue() && value.sort == aNumber && !dialect.IsUnit(t.text) {
			return false
		}
		r.took("filler", 1)
		r.drop(1)
		return true
	}
	if p.Type == layer.Flag || p.Type == layer.Choice || n > 1 && !(value.sort == aWord && r.optionWord(value.text) && !r.place.isValue(value.text)) && !(value.isValue() && len(r.pending) > len(r.valueParams())) {
		return false
	}
	last := r.pending[len(r.pending)-1]
	r.pending = r.pending[:len(r.pending)-1]
	r.drop(1)
	r.took("order", 1)
	return r.giveOption(p, last)
}

// takeChoice reads a value of an option without its word: same, valid.
func (r *reading) takeChoice() bool {
	t := r.peek(0)
	lower := strings.ToLower(t.text)
	if t.sort != aWord {
		return false
	}
	for i := range r.kind.Params {
		p := &r.kind.Params[i]
		if p.Value || !slices.Contains(p.Words, lower) {
			continue
		}
		r.drop(1)
		if next := r.peek(0); next.sort == aWord {
			if says, ok := r.says(next.text, lower); ok && (says.Here == p.Name || says.Is == dialect.Writes) {
				r.drop(1)
			}
		}
		r.took("option's word left out", 1)
		return r.option(p.Name, p.Name+" "+lower)
	}
	return false
}

var (
	stuckNo     = re(`^(?i:no|without)_?([A-Za-z]\w*)$`)
	stuckNumber = re(`^([A-Za-z]+?)_?(\d+(?:x\d+)*)(.*)$`)
	stuckWords  = re(`^(?i)(?:(pad|padding)_?(same|valid|causal)|(same|valid|causal)_?(?:pad|padding))$`)
	behindSize  = re(`^(\d+(?:x\d+)*)([A-Za-z]\w*)$`)
)

// takeStuck parts words that stand together: stride2, nobias, padsame, 120x120cmyk.
func (r *reading) takeStuck() bool {
	t := r.peek(0)
	if t.sort != aWord {
		return false
	}
	put := func(words ...string) bool {
		var parts []token
		for _, w := range words {
			if w == "" {
				continue
			}
			part, n := tokenAt(w)
			if n != len(w) {
				return false
			}
			parts = append(parts, part)
		}
		r.rest = append(parts, r.rest[1:]...)
		r.took("joined", 1)
		return true
	}
	if next := r.peek(1); next.sort == aWord && !r.optionWord(t.text) && !r.optionWord(next.text) && r.optionWord(t.text+next.text) {
		r.rest = r.rest[1:]
		return put(t.text + next.text)
	}
	if m := stuckWords().FindStringSubmatch(t.text); m != nil && r.kind.Find("pad") >= 0 {
		return put("pad", strings.ToLower(m[2]+m[3]))
	}
	if m := stuckNo().FindStringSubmatch(t.text); m != nil && r.optionWord(m[1]) {
		return put("no", m[1])
	}
	if m := stuckNumber().FindStringSubmatch(t.text); m != nil && r.optionWord(m[1]) && (len(m[1]) > 1 || len(m[3]) > 0 || r.name != "" || len(r.pending) > 0) {
		return put(m[1], m[2], m[3])
	}
	if m := behindSize().FindStringSubmatch(t.text); m != nil {
		if _, ok := cleanWord(t.text); !ok && (r.optionWord(m[2]) || r.optionWord(strings.TrimRight(m[2], "0123456789"))) {
			return put(m[1], m[2])
		}
	}
	return false
}

// takeFollowing reads an activation, or another layer without values, as a layer of its
// own.
func (r *reading) takeFollowing() bool {
	t := r.peek(0)
	if t.sort != aWord {
		return false
	}
	k, _ := dialect.KindOf(dialect.Plain(t.text))
	if k != nil && k == r.kind && len(k.ValueNames()) > 0 { // conv conv 20 3x3
		r.took("said twice", 1)
		r.drop(1)
		return true
	}
	if k == nil || k == r.kind && len(r.rest) > 1 || lang.Reserved(t.text) || len(k.ValueNames()) > 0 || k.Merges || k.Source {
		return false
	}
	if k == r.kind { // said twice
		r.took("said twice", 1)
		r.drop(1)
		return true
	}
	r.drop(1)
	r.after = append(r.after, k.Name)
	r.took("semicolon", 2)
	return true
}

// takeCleaned reads a number that is not written as one: 3O, 20f, twenty.
func (r *reading) takeCleaned() bool {
	t := r.peek(0)
	c, ok := cleaned{}, false
	if t.sort == aWord {
		c, ok = cleanWord(t.text)
	}
	if !ok || len(r.pending) >= len(r.valueParams()) {
		return false
	}
	r.cleaned(t, c)
	number, _ := tokenAt(c.text)
	r.pending = append(r.pending, number)
	r.drop(1)
	return true
}

// takeSetValue reads the name of a let as its value.
func (r *reading) takeSetValue() bool {
	t := r.peek(0)
	if t.sort != aWord || !r.place.isValue(t.text) || len(r.pending) >= len(r.valueParams()) {
		return false
	}
	r.pending = append(r.pending, token{sort: aValue, text: "$" + t.text})
	r.took("$ left out", 1)
	r.drop(1)
	return true
}

// takeFiller steps over words of plain English.
func (r *reading) takeFiller() bool {
	t := r.peek(0)
	if t.sort != aWord || !dialect.IsFiller(t.text) && !dialect.IsUnit(t.text) {
		return false
	}
	if r.name == "" && len(r.pending) == 0 && !lang.Reserved(t.text) && len(r.options) == 0 && r.peek(1).isValue() && !dialect.IsFiller(t.text) {
		return false
	}
	r.took("filler", 1)
	r.drop(1)
	return true
}

// misspelt lists the words behind the kind that a word comes near to.
func (r *reading) misspelt(word string) (words []string) {
	found, d := near(word, r.vocabulary())
	if d > 2 && len(word) < 9 {
		return nil
	}
	return found
}

func (r *reading) vocabulary() (words []string) {
	for _, p := range r.kind.Params {
		words = append(words, p.Name)
	}
	words = append(words, r.kind.Vocabulary()...)
	for _, w := range dialect.WordsBehind(r.kind) {
		if len(w) > 3 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// takeMisspelt puts the word there that was meant.
func (r *reading) takeMisspelt() bool {
	t := r.peek(0)
	if t.sort != aWord || len(t.text) < 3 {
		return false
	}
	found, d := near(t.text, r.vocabulary())
	atName := r.name == "" && len(r.pending) == 0 && len(r.options) == 0
	if len(found) == 0 || d == 0 || atName && (d > 1 || len(t.text) < 4) {
		return false
	}
	r.open = r.open || atName || r.severalMeanings(found)
	r.took("spelling", 1+d)
	r.rest = append([]token{{sort: aWord, text: found[0], at: t.at}}, r.rest[1:]...)
	return true
}

// severalMeanings reports words that are not one and the same option.
func (r *reading) severalMeanings(words []string) bool {
	first, ok := r.says(words[0], "1")
	for _, w := range words[1:] {
		if other, also := r.says(w, "1"); other != first || also != ok {
			return true
		}
	}
	return false
}

// takeName takes a word for the layer's name.
func (r *reading) takeName() bool {
	t := r.peek(0)
	name := strings.ReplaceAll(t.text, ".", "_")
	if t.sort != aWord || r.name != "" || lang.Reserved(name) || dialect.Truth(name) != "" || layer.Find(name) != nil || layer.IsColour(name) || r.kind.Find(name) >= 0 || !isName(name) {
		return false
	}
	switch {
	case name != t.text:
		r.took("name's form", 1)
	case len(r.pending) > 0 || len(r.options) > 0:
		r.took("order", 1)
	}
	r.name = name
	r.drop(1)
	return true
}

func isName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return s != "" && (s[0] < '0' || s[0] > '9')
}
