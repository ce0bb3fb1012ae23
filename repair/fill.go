package repair

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
)

// takers take one or more words off the rest of a statement, each if it can. The first
// that can is asked.
var takers = [...]func(*reading) bool{
	(*reading).takeMark, (*reading).takeString, (*reading).takeNumber, (*reading).takeNegation, (*reading).takeJoined, (*reading).takeBehindNumber, (*reading).takeOption, (*reading).takeChoice,
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
	r.open = r.open || r.isBlock() && len(r.options) > 0 // of a block any value may be the option's
	r.pending = append(r.pending, r.peek(0))
	r.drop(1)
	return true
}
