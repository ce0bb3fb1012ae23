package repair

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// negations say no to the word behind them.
var negations = []string{"no", "without", "not", "non"}

// takeNegation reads no bias, without bias, no padding.
func (r *reading) takeNegation() bool {
	t, next := r.peek(0), r.peek(1)
	if t.sort != aWord || next.sort != aWord || !slices.Contains(negations, strings.ToLower(t.text)) {
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
			if own := r.ownParam(word); own != nil && r.isBlock() {
				says.Here = "no " + own.Name
			}
			return says.Here == "" || r.option(optionName(says.Here), says.Here)
		}
	}
	return false
}

// isBlock reports a kind of the script or a library: what its parameters are by themselves,
// and which sort of value they take, is not known here.
func (r *reading) isBlock() bool { return r.kind.Output == nil }

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
	if value.sort == aWord && slices.Contains(negations, strings.ToLower(value.text)) && r.optionWord(r.peek(i+1).text) {
		return token{sort: aMark}, 1 // pad no bias: the no belongs to the word behind it
	}
	if inner, n := tokenAt(value.text); value.sort == aString && n == len(value.text) {
		inner.quoted = true
		value = inner
	}
	return value, i + 1
}

// takeJoined reads two words as the one that they make: output padding, kernel size.
func (r *reading) takeJoined() bool {
	t, next := r.peek(0), r.peek(1)
	if t.sort != aWord || next.sort != aWord || lang.Reserved(t.text) || r.ownParam(t.text) != nil || dialect.Truth(next.text) != "" || !r.optionWord(t.text+next.text) {
		return false
	}
	r.rest = append([]token{{sort: aWord, text: t.text + next.text, at: t.at}}, r.rest[2:]...)
	r.took("joined", 1)
	return true
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
		if own := r.ownParam(word.text); own != nil && r.isBlock() { // what a block has by itself is not known here
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
		if says.Here == "axis" {
			return r.place.axes == 0 || value.text == itoa(r.place.axes+1)
		}
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
	case dialect.Channels:
		r.open = true // the number stands nowhere
		return r.place.channels > 0 && r.give(says.Here, token{sort: aNumber, text: itoa(int(r.place.channels))}, true)
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
