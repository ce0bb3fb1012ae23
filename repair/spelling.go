package repair

import (
	"slices"
	"strings"
	"sync"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// longestMisspelt is the length of a word whose spelling is looked at.
const longestMisspelt = 64

// near finds the words that a misspelt one is nearest to: at most a third of its letters
// wrong, missing or swapped. Of several that are as near all are given.
func near(word string, known []string) (words []string, distance int) {
	if len(word) < 2 {
		return nil, 0
	}
	lower := strings.ToLower(word)
	distance = max(1, len(word)/3) + 1
	if len(word) > longestMisspelt {
		return nil, 0
	}
	for _, k := range known[:min(len(known), lang.MostSpelledWith)] {
		if abs(len(k)-len(word)) > distance || len(k) < 2 {
			continue
		}
		other := strings.ToLower(k)
		if negates(lower, other) || lang.AtLeast(lower, other) > distance {
			continue
		}
		switch d := lang.Distance(lower, other); {
		case d >= len(k) || d >= len(word):
		case d < distance:
			words, distance = []string{k}, d
		case d == distance && words != nil && !slices.Contains(words, k):
			words = append(words, k)
		}
	}
	return words, distance
}

// negates reports words of which one says no to the other: unfreeze is not misspelt.
func negates(word, known string) bool {
	for _, no := range [...]string{"un", "non", "no", "not"} {
		if word == no+known || known == no+word {
			return true
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

// A meaning is what a word could be at the beginning of a statement: a kind with what
// stands behind it, or a word of the language.
type beginning struct {
	kind *layer.Kind
	adds string // an option that the word says too: global, bidirectional
	rest string // digits that were stuck to it
	cost int
	rule string
	open bool // the word may mean another kind too
}

// begins finds what kinds a word, or several written as one, can be; with spell set also
// by what it is near to.
func (p *place) begins(word string, spell bool) []beginning {
	asked := beginsWith{word, spell}
	list, known := p.begun[asked]
	if !known {
		list = p.findBeginnings(word, spell)
		p.begun[asked] = list
	}
	return list
}

// beginsWith is a question that many liberties ask of one place.
type beginsWith struct {
	word  string
	spell bool
}

func (p *place) findBeginnings(word string, spell bool) (list []beginning) {
	plain := strings.ReplaceAll(dialect.Plain(word), "-", "")
	if b, ok := p.exactly(word, plain); ok {
		return []beginning{b}
	}
	if plain == "" || !spell || strings.Contains(word, ".") {
		return nil
	}
	if b, ok := p.stroked(word); ok {
		return []beginning{b}
	}
	if stem, size := parted(word); size != "" {
		if b, ok := p.exactly(stem, strings.ReplaceAll(dialect.Plain(stem), "-", "")); ok {
			b.rest, b.cost, b.rule = size, b.cost+1, "joined"
			return []beginning{b}
		}
	}
	found, d := near(plain, p.beginningWords())
	if words, least := near(word, lang.Statements()); len(words) > 0 && least <= d {
		return nil // it is a word of the language, more likely: let, expect
	}
	for _, f := range found {
		if b, ok := p.exactly(f, dialect.Plain(f)); ok {
			b.cost, b.rule = 1+d+min(b.cost, 1), "spelling"
			list = append(list, b)
		}
	}
	return list
}

// stroked reads a kind and its values that are joined by strokes: conv_20_3x3.
func (p *place) stroked(word string) (b beginning, ok bool) {
	for i := len(word) - 1; i > 0; i-- {
		if word[i] != '_' && word[i] != '-' {
			continue
		}
		rest := strings.FieldsFunc(word[i:], func(r rune) bool { return r == '_' || r == '-' })
		if len(rest) == 0 || rest[0][0] < '0' || rest[0][0] > '9' {
			return b, false
		}
		if b, ok = p.exactly(word[:i], strings.ReplaceAll(dialect.Plain(word[:i]), "-", "")); ok {
			all := strings.FieldsFunc(word[i:], func(r rune) bool { return r == '_' || r == '-' })
			b.rest, b.cost, b.rule = strings.Join(all, " "), b.cost+1, "joined"
			return b, true
		}
	}
	return b, false
}

// exactly is the kind of a word that is spelled right.
func (p *place) exactly(word, plain string) (b beginning, ok bool) {
	if k := p.kind(word); k != nil {
		return beginning{kind: k}, true
	}
	if k := p.kind(strings.ToLower(word)); k != nil {
		return beginning{kind: k, cost: 1, rule: "capital"}, true
	}
	k, example := dialect.KindOf(plain)
	if k == nil {
		return b, false
	}
	b = beginning{kind: k, cost: 1, rule: "kind's word", open: dialect.IsOpen(plain) || !p.hasAxes(word)}
	if example != k.Example {
		b.adds = firstOption(k, example)
	}
	if k.Name == plain {
		b.rule = "capital"
	}
	return b, true
}

// firstOption is the option that a statement of a kind begins its options with.
func firstOption(k *layer.Kind, text string) string {
	for _, word := range strings.Fields(text)[1:] {
		if i := k.Find(word); i >= 0 && !k.Params[i].Value {
			return word
		}
	}
	return ""
}

var dimension = re(`([A-Za-z])([123])[dD]([^a-z]|$)`)

// hasAxes reports whether the current tensor is, as far as is known, of as many
// dimensions as a word of other tools says: two of Conv2d.
func (s *scope) hasAxes(word string) bool {
	m := dimension().FindStringSubmatch(word)
	return m == nil || s.axes == 0 || m[2] == itoa(s.axes)
}

// parted takes the digits off a word: conv3x3, dense10, max_pool_2x2.
func parted(word string) (stem, digits string) {
	i := len(word)
	for i > 0 && (word[i-1] >= '0' && word[i-1] <= '9' || word[i-1] == 'x' && i < len(word) && i > 1 && word[i-2] >= '0' && word[i-2] <= '9') {
		i--
	}
	return strings.TrimRight(word[:i], "_-"), word[i:]
}

// beginningWords lists the words for kinds, ours and others'.
func (p *place) beginningWords() (words []string) {
	for _, k := range layer.All {
		words = append(words, k.Name)
	}
	for name := range p.blocks {
		words = append(words, name)
	}
	slices.Sort(words)
	return append(words, foreignKinds()...)
}

// foreignKinds are words of other tools for kinds, those of a few letters left out: they
// are near to anything.
var foreignKinds = sync.OnceValue(func() (words []string) {
	for _, e := range dialect.Table() {
		if e.Is == dialect.Kind || e.Is == dialect.Form {
			for w := range strings.FieldsSeq(e.Words) {
				if len(w) > 3 {
					words = append(words, w)
				}
			}
		}
	}
	return words
})
