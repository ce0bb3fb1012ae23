package repair

import (
	"slices"
	"strings"
)

// Liberties of statements that share the parameters of another layer.

var shared = []liberty{
	{name: "sharing", form: true, cost: 1, when: sharing,
		example: [2]string{"input 8x8x4\nconv a 4 1\nconv b shares a", "input 8x8x4\nconv a 4 1\nconv b = a"}},
}

// sharingWords say that something is shared.
var sharingWords = strings.Fields("share shares shared sharing tie tied ties reuse reuses same as like with weights weight of parameters params copy again from to using use layer the self and is uses teilt")

// A sharer is what a statement that shares is read into.
type sharer struct {
	names   []string
	kind    string
	says    bool // a word or a mark says that it shares
	call    bool // a name with an argument in brackets
	values  bool // it has values of its own
	turned  bool
	strange bool
}

// sharing reads a statement that names a layer and, perhaps, a new one.
func sharing(p *place) (list []change) {
	s := p.read(p.statement())
	if s.strange || len(s.names) == 0 || len(s.names) > 2 || !s.says && !s.call {
		return nil
	}
	old, name := s.names[len(s.names)-1], ""
	if len(s.names) == 2 {
		name = s.names[0]
		if p.isLayer(name) && !p.isLayer(old) {
			name, old = old, name // conv c3 = c5: only one of them is there
		}
	}
	kind := p.kindOf(old)
	if kind == "" || p.isTaken(name) && name != "" {
		return nil
	}
	words := []string{kind}
	if name != "" {
		words = append(words, name)
	}
	words = append(words, "=", old)
	if s.turned {
		words = append(words, "transposed")
	}
	c := change{span: p.stmt, text: strings.Join(words, " "), open: s.kind != "" && s.kind != kind, free: []string{p.statement()}}
	if s.values {
		c.cost++
	}
	if c.open {
		c.cost += 2
	}
	return []change{c}
}

// read takes a statement that shares apart.
func (p *place) read(text string) (s sharer) {
	toks := tokens(text)
	for i, t := range toks {
		word := t.text
		if t.sort == aWord {
			word = strings.TrimPrefix(word, "self.")
			for _, end := range [...]string{".weights", ".weight", ".params", ".parameters", ".kernel"} {
				if strings.HasSuffix(word, end) {
					word, s.says = strings.TrimSuffix(word, end), true
				}
			}
			if stem, ok := strings.CutSuffix(word, ".T"); ok {
				word, s.turned, s.says = stem, true, true
			}
		}
		switch {
		case t.isMark("=", "==", "->", "<-", ":="):
			s.says = true
		case t.isMark("(", ")", "[", "]", ",", ":", "=>"):
			s.call = s.call || t.text == "(" && i > 0 && len(s.names) > 0 && p.isLayer(s.names[len(s.names)-1])
		case t.isValue():
			s.values = true
		case t.sort == aMark:
			s.strange = true
		case p.isLayer(word):
			s.names = append(s.names, word)
		case slices.Contains(sharingWords, strings.ToLower(word)):
			s.says = s.says || !slices.Contains([]string{"with", "from", "to", "the", "layer", "and"}, strings.ToLower(word))
		case p.kind(word) != nil && (s.kind == "" || s.kind == word):
			s.kind = word
		case !isName(word):
			s.strange = true
		case s.call && slices.Contains(s.names, word):
		case len(s.names) == 1 && i > 1 && toks[i-1].isMark("(") && p.isLayer(s.names[0]):
			// the tensor that is handed to it
		default:
			s.names = append(s.names, word)
		}
	}
	if s.call && len(s.names) == 2 && (s.names[0] == "x" || s.names[0] == "y" || s.names[0] == "out") {
		s.names = s.names[1:] // x = self.c3(x)
	}
	if len(s.names) == 2 && !s.says && s.kind != "" {
		s.says = true // conv c5 c3
	}
	if s.call && len(s.names) > 0 && p.isLayer(s.names[len(s.names)-1]) {
		s.says = true
	}
	return s
}
