package repair

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

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
	r.name, r.ahead = name, len(r.pending)
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
