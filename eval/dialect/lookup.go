package dialect

import (
	"slices"
	"strings"
	"sync"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// A place is where a word stands: behind a kind, or with none at the beginning
// of a statement.
type place struct{ of, word string }

// An index finds what the table says of a word.
type index struct {
	byWord  map[string]*Entry   // entries of kinds, by word in plain spelling
	byKind  map[string][]*Entry // the same, by kind
	options map[place]string    // our option, by word in lower case
	called  map[place][]string  // what others call an option, by kind and option
	prose   map[place]string    // by word in plain spelling
}

// table is indexed when somebody asks: most scripts have no such word.
var table = sync.OnceValue(func() *index {
	x := &index{byWord: map[string]*Entry{}, byKind: map[string][]*Entry{}, options: map[place]string{}, called: map[place][]string{}, prose: map[place]string{}}
	entries := Table()
	for i := range entries {
		x.add(&entries[i])
	}
	return x
})

func (x *index) add(e *Entry) {
	words := strings.Fields(e.Words)
	switch e.Is {
	case Kind, Form:
		k, _ := e.kind()
		x.byKind[k.Name] = append(x.byKind[k.Name], e)
		for _, word := range words {
			x.byWord[Plain(word)] = e
		}
	case Option:
		for _, kind := range e.Behind() {
			option := place{kind, e.Here}
			x.called[option] = append(x.called[option], words...)
			for _, word := range words {
				x.options[place{kind, word}] = e.Here
			}
		}
	case Prose:
		for _, kind := range e.Behind() {
			for _, word := range words {
				x.prose[place{kind, word}] = e.Here
			}
		}
	}
}

// KindOf finds the kind that a word means elsewhere, and the statement that
// shows best what it means there; nil: there is none. It knows our own names too,
// in any spelling.
func KindOf(word string) (k *layer.Kind, example string) {
	word = Plain(word)
	if e := table().byWord[word]; e != nil {
		return e.kind()
	}
	if k = layer.Find(word); k != nil {
		return k, k.Example
	}
	return nil, ""
}

// NearKind finds the kind that a word much like this one means elsewhere.
func NearKind(word string) (k *layer.Kind, near, example string) {
	word = Plain(word)
	for _, kind := range layer.All {
		for _, e := range table().byKind[kind.Name] {
			for other := range strings.FieldsSeq(e.Words) {
				if len(other) > 3 && other != kind.Name && lang.Nearest(word, Plain(other)) != "" && (k == nil || lang.Distance(word, Plain(other)) < lang.Distance(word, Plain(near))) {
					near = other
					k, example = e.kind()
				}
			}
		}
	}
	return k, near, example
}

// OptionOf finds the option or value of a kind that a word means elsewhere, or
// nil.
func OptionOf(k *layer.Kind, word string) *layer.Param {
	option := table().options[place{k.Name, strings.ToLower(word)}]
	if i := k.Find(option); i >= 0 {
		return &k.Params[i]
	}
	return nil
}

// NearOption finds the option or value that a word much like this one means
// elsewhere.
func NearOption(k *layer.Kind, word string) (p *layer.Param, near string) {
	for i := range k.Params {
		p := &k.Params[i]
		if near := lang.Nearest(word, table().called[place{k.Name, p.Name}]...); near != "" {
			return p, near
		}
	}
	return nil, ""
}

// OptionNamed is our name of an option or value, of whatever kind, that a word
// means elsewhere, or empty.
func OptionNamed(word string) string {
	word = Plain(word)
	for _, k := range layer.All {
		for i := range k.Params {
			name := k.Params[i].Name
			if slices.ContainsFunc(table().called[place{k.Name, name}], func(other string) bool { return Plain(other) == word }) {
				return name
			}
		}
	}
	return ""
}

// Beginning is what is said to a word that begins a statement elsewhere and has no
// counterpart here, or empty.
func Beginning(word string) string { return table().prose[place{"", Plain(word)}] }

// Behind is what is said to a word behind a kind that has no counterpart here, or
// empty.
func Behind(k *layer.Kind, word string) string {
	word = Plain(word)
	if said := table().prose[place{k.Name, word}]; said != "" {
		return said
	}
	if k.Output == nil {
		return "" // a block has words of its own
	}
	return table().prose[place{anyKind, word}]
}
