package assist

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/resolve"
	"cnnl/eval/std"
	"cnnl/lang"
)

// A Meaning is what a word stands for. One of the fields from Kind to Page is
// set; where none is, the word means nothing here, and Advice may say what to
// write in its place.
type Meaning struct {
	Word string // as the language spells it

	Kind    *layer.Kind
	Block   *resolve.LibraryBlock
	Usage   string                 // of a statement: how it is written
	Params  []ParamUse             // an option or a value of kinds
	Term    string                 // of a word of calculations: what it is
	Choices []ParamUse             // the options that take the word as their value
	Library []resolve.LibraryBlock // the blocks of a library
	Page    string                 // about an error code

	none   string // what it is no name of, as "kind of layer called"
	Advice string
}

// A ParamUse is one meaning of an option or a value, and the kinds that have
// it.
type ParamUse struct {
	*layer.Param
	Kinds []string
}

// finders look for a word of the language. The first that finds one wins.
var finders = [...]func(m *Meaning) bool{kind, block, statement, params, term, library, page}

// elsewhere look for a word of other tools, when none of ours is found. The
// values that options take stand among them, because many are but a letter: k
// is rather a kernel than the keys of an attention.
var elsewhere = [...]func(m *Meaning) bool{foreignParam, foreignKind, choices, replaced}

// Lookup finds what a word means. A word that is not found may be a misspelt
// one of the language or of others, which the one who asks knows besides.
func Lookup(word string, others ...string) Meaning {
	for _, spelling := range []string{word, strings.ToLower(word)} {
		for _, find := range finders {
			if m := (Meaning{Word: spelling}); find(&m) {
				return m
			}
		}
	}
	for _, find := range elsewhere {
		if m := (Meaning{Word: word}); find(&m) {
			return m
		}
	}
	return Meaning{Word: word, Advice: suggestion(strings.ToLower(word), others)}
}

// Denial says that a word means nothing: of what the face has none, and what it
// advises where nothing better is known.
func (m Meaning) Denial(none, advice string) string {
	if m.none != "" {
		none = m.none
	}
	if m.Advice != "" {
		advice = m.Advice
	}
	return "there is no " + none + " " + m.Word + "; " + advice
}

func kind(m *Meaning) bool {
	m.Kind = layer.Find(m.Word)
	return m.Kind != nil
}

func block(m *Meaning) bool {
	blocks := resolve.LibraryBlocks()
	i := slices.IndexFunc(blocks, func(b resolve.LibraryBlock) bool { return b.Name == m.Word })
	if i >= 0 {
		m.Block = &blocks[i]
	}
	return i >= 0
}

func statement(m *Meaning) bool {
	m.Usage = lang.Usage(m.Word)
	return m.Usage != ""
}

func params(m *Meaning) bool {
	m.Params = uses(func(p *layer.Param) bool { return p.Name == m.Word })
	return len(m.Params) > 0
}

func term(m *Meaning) bool {
	m.Term = terms[m.Word]
	return m.Term != ""
}

func choices(m *Meaning) bool {
	m.Choices = uses(func(p *layer.Param) bool { return slices.Contains(p.Words, m.Word) })
	return len(m.Choices) > 0
}

// uses lists what the parameters that fit mean, and the kinds they mean it to.
func uses(fits func(*layer.Param) bool) (uses []ParamUse) {
	for _, k := range layer.All {
		i := slices.IndexFunc(k.Params, func(p layer.Param) bool { return fits(&p) })
		if i < 0 {
			continue
		}
		p := &k.Params[i]
		same := slices.IndexFunc(uses, func(u ParamUse) bool {
			return u.Name == p.Name && u.Value == p.Value && u.Doc == p.Doc && u.Wants() == p.Wants()
		})
		if same < 0 {
			uses, same = append(uses, ParamUse{Param: p}), len(uses)
		}
		uses[same].Kinds = append(uses[same].Kinds, k.Name)
	}
	return uses
}

func library(m *Meaning) bool {
	for _, b := range resolve.LibraryBlocks() {
		if b.Library == m.Word {
			m.Library = append(m.Library, b)
		}
	}
	return len(m.Library) > 0
}

func page(m *Meaning) (found bool) {
	m.Page, found = CodePage(m.Word)
	return found
}

// foreignParam finds our word for an option or a value of other tools.
func foreignParam(m *Meaning) bool {
	name := dialect.OptionNamed(m.Word)
	if name == "" {
		return false
	}
	m.Word = name
	return params(m)
}

func foreignKind(m *Meaning) bool {
	k, _ := dialect.KindOf(m.Word)
	if k != nil {
		m.Word, m.Kind = k.Name, k
	}
	return k != nil
}

// replaced finds what is written in place of a word of other tools, where it
// is none of ours.
func replaced(m *Meaning) bool {
	m.none, m.Advice = "kind of layer called", dialect.Beginning(m.Word)
	for _, k := range layer.All {
		if m.Advice == "" {
			m.none, m.Advice = "option called", dialect.Behind(k, m.Word)
		}
	}
	return m.Advice != ""
}

// suggestion asks whether a misspelt word was meant to be a kind or a block, or
// else another word of ours, or else a kind by another tool's name.
func suggestion(word string, others []string) string {
	near := lang.Nearest(word, slices.Concat(KindNames(), blockNames())...)
	if near == "" {
		near = lang.Nearest(word, slices.Concat(Words(), others)...)
	}
	if near != "" {
		return "did you mean " + near + "?"
	}
	if kind, near, example := dialect.NearKind(word); kind != nil {
		return "did you mean " + near + "? Here it is called " + kind.Name + ": " + example
	}
	return ""
}

// Words lists every word of the language that Lookup finds, blocks of the
// library, which have to be asked for by use, not among them.
func Words() (words []string) {
	words = slices.Concat(KindNames(), lang.Statements(), std.Names())
	for _, k := range layer.All {
		words = append(words, k.ValueNames()...)
		words = append(words, k.OptionNames()...)
		for i := range k.Params {
			words = append(words, k.Params[i].Words...)
		}
	}
	for word := range terms {
		words = append(words, word)
	}
	for _, c := range lang.Codes {
		words = append(words, string(c))
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// KindNames lists the kinds of the catalogue.
func KindNames() []string {
	names := make([]string, len(layer.All))
	for i, k := range layer.All {
		names[i] = k.Name
	}
	return names
}

func blockNames() (names []string) {
	for _, b := range resolve.LibraryBlocks() {
		names = append(names, b.Name)
	}
	return names
}
