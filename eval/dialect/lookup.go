package dialect

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// The entries by their words, each part of the table when somebody first asks
// for it: every name of a layer is looked up among the words behind kinds, and
// most scripts need no other part.
var (
	kindWords      = sync.OnceValue(func() words { return index(kinds, Plain) })
	optionWords    = sync.OnceValue(func() words { return index(options, strings.ToLower) })
	beginningWords = sync.OnceValue(func() words { return index(beginnings, Plain) })
	behindWords    = sync.OnceValue(func() words { return index(behind, Plain) })
)

// words are entries by word.
type words map[string][]*Entry

// index lists entries by their words, spelled as they are looked up.
func index(entries []Entry, spelled func(string) string) words {
	list := make(words, 4*len(entries))
	for i := range entries {
		for word := range strings.FieldsSeq(entries[i].Words) {
			word = spelled(word)
			list[word] = append(list[word], &entries[i])
		}
	}
	return list
}

// behind finds the entry of a word behind a kind, or nil.
func (w words) behind(kind, word string) *Entry {
	for _, e := range w[word] {
		if slices.Contains(e.Behind(), kind) {
			return e
		}
	}
	return nil
}

// KindOf finds the kind that a word means elsewhere, and the statement that
// shows best what it means there; nil: there is none. It knows our own names too,
// in any spelling.
func KindOf(word string) (k *layer.Kind, example string) {
	word = Plain(word)
	if found := kindWords()[word]; len(found) > 0 {
		return found[0].kind()
	}
	if k = layer.Find(word); k != nil {
		return k, k.Example
	}
	return nil, ""
}

// NearKind finds the kind that a word much like this one means elsewhere: of
// several that are as near, the first of the catalogue.
func NearKind(word string) (k *layer.Kind, near, example string) {
	word = Plain(word)
	for _, kind := range layer.All {
		for other, e := range wordsFor(kind) {
			if len(other) > 3 && other != kind.Name && lang.Nearest(word, Plain(other)) != "" && (k == nil || lang.Distance(word, Plain(other)) < lang.Distance(word, Plain(near))) {
				near = other
				k, example = e.kind()
			}
		}
	}
	return k, near, example
}

// wordsFor yields the words that mean a kind, in the order of the table.
func wordsFor(kind *layer.Kind) iter.Seq2[string, *Entry] {
	return func(yield func(string, *Entry) bool) {
		for i := range kinds {
			if k, _ := kinds[i].kind(); k != kind {
				continue
			}
			for word := range strings.FieldsSeq(kinds[i].Words) {
				if !yield(word, &kinds[i]) {
					return
				}
			}
		}
	}
}

// OptionOf finds the option or value of a kind that a word means elsewhere, or
// nil.
func OptionOf(k *layer.Kind, word string) *layer.Param {
	if e := optionWords().behind(k.Name, strings.ToLower(word)); e != nil {
		return &k.Params[k.Find(e.Here)]
	}
	return nil
}

// NearOption finds the option or value that a word much like this one means
// elsewhere.
func NearOption(k *layer.Kind, word string) (p *layer.Param, near string) {
	for i := range k.Params {
		p := &k.Params[i]
		if near := lang.Nearest(word, called(k, p)...); near != "" {
			return p, near
		}
	}
	return nil, ""
}

// called lists what others call an option or value of a kind.
func called(k *layer.Kind, p *layer.Param) (words []string) {
	for i := range options {
		if e := &options[i]; e.Here == p.Name && slices.Contains(e.Behind(), k.Name) {
			words = append(words, strings.Fields(e.Words)...)
		}
	}
	return words
}

// OptionNamed is our name of an option or value, of whatever kind, that a word in
// any spelling means elsewhere, or empty.
func OptionNamed(word string) string {
	word = Plain(word)
	for _, k := range layer.All {
		for i := range k.Params {
			p := &k.Params[i]
			if slices.ContainsFunc(called(k, p), func(other string) bool { return Plain(other) == word }) {
				return p.Name
			}
		}
	}
	return ""
}

// Beginning is what is said to a word that begins a statement elsewhere and has no
// counterpart here, or empty.
func Beginning(word string) string {
	if e := beginningWords().behind("", Plain(word)); e != nil {
		return e.Here
	}
	return ""
}

// Behind is what is said to a word behind a kind that has no counterpart here, or
// empty. A block has words of its own: nothing is said to them that is said behind
// any kind.
func Behind(k *layer.Kind, word string) string {
	word = Plain(word)
	e := behindWords().behind(k.Name, word)
	if e == nil && k.Output != nil {
		e = behindWords().behind(anyKind, word)
	}
	if e == nil {
		return ""
	}
	return e.Here
}
