package repair

import (
	"slices"
	"strings"

	"cnnl/lang"
)

// Liberties of statements that share the parameters of another layer.

var shared = []liberty{
	{name: "sharing", form: true, cost: 1, when: sharing,
		example: [2]string{"input 8x8x4\nconv a 4 1\nconv b shares a", "input 8x8x4\nconv a 4 1\nconv b = a"}},
	{name: "sharing turned", form: true, cost: 1, when: sharingTurned,
		example: [2]string{"input 8x8x4\nconv a = b\nconv b 4 1", "input 8x8x4\nconv a 4 1\nconv b = a"}},
}

var (
	tied      = re(`^([a-z]\w*)\s+([A-Za-z_]\w*)\s*=\s*([A-Za-z_]\w*)$`)
	layerLine = re(`(?m)^[ \t]*([a-z]\w*)[ \t]+([A-Za-z_]\w*)[ \t]+([^\n=;{}#]*[^\s=;{}#])[ \t]*(?:#[^\n]*)?$`)
)

// sharingTurned ties a layer to one further down that has the values: the first of the
// two is to have them, and the other is tied to it.
func sharingTurned(p *place) []change {
	m := tied().FindStringSubmatch(p.statement())
	if m == nil || !p.below[m[3]] || p.isTaken(m[3]) {
		return nil
	}
	below := p.text[p.stmt.End:]
	for _, l := range layerLine().FindAllStringSubmatchIndex(below, -1) {
		kind, name := below[l[2]:l[3]], below[l[4]:l[5]]
		if kind != m[1] || name != m[3] {
			continue
		}
		text := kind + " " + m[2] + " " + below[l[6]:l[7]] + below[:l[2]] + kind + " " + name + " = " + m[2]
		return []change{{span: lang.Span{Start: p.stmt.Start, End: p.stmt.End + l[7]}, text: text, free: []string{m[2], m[3]}}}
	}
	return nil
}

// sharingWords say that something is shared.
var sharingWords = strings.Fields("share shares shared sharing tie tied ties reuse reuses same as like with weights weight of parameters params copy again from to using use layer the self and is uses teilt")

// A sharer is what a statement that shares is read into.
type sharer struct {
	names   []string
	kind    string
	rule    string // by which the kind's word was read
	says    bool   // a word or a mark says that it shares
	call    bool   // a name with an argument in brackets
	values  bool   // it has values of its own
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
	rule := ""
	if strings.HasSuffix(p.statement(), " "+strings.Join(words[1:], " ")) {
		rule = s.rule // nothing else is another
	}
	c := change{span: p.stmt, text: strings.Join(words, " "), name: rule, open: s.kind != "" && s.kind != kind, free: []string{p.statement()}}
	if s.values {
		c.cost++
	}
	if c.open {
		c.cost += 2
	}
	return []change{c}
}

// otherKind takes a kind whose word is written otherwise, if only one can be meant.
func (s *sharer) otherKind(list []beginning) bool {
	if len(list) != 1 || list[0].open || list[0].rest != "" || list[0].adds != "" {
		return false
	}
	s.kind, s.rule = list[0].kind.Name, list[0].rule
	return true
}

// read takes a statement that shares apart.
func (p *place) read(text string) (s sharer) {
	toks := tokens(text)
	s.strange = shows().MatchString(text)
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
		case t.isMark("-", "–", "—") && i+1 < len(toks) && slices.Contains(sharingWords, strings.ToLower(toks[i+1].text)): // conv c5 - shares c3
		case t.sort == aMark:
			s.strange = true
		case p.isLayer(word):
			s.names = append(s.names, word)
		case slices.Contains(sharingWords, strings.ToLower(word)):
			s.says = s.says || !slices.Contains([]string{"with", "from", "to", "the", "layer", "and"}, strings.ToLower(word))
		case p.kind(word) != nil && (s.kind == "" || s.kind == word):
			s.kind = word
		case i == 0 && s.otherKind(p.begins(word, true)):
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
	if k := p.kind(s.kind); k != nil && k.Merges && !s.says {
		s.strange = true // add c1 c2 names tensors
	}
	if len(s.names) == 2 && !s.says && s.kind != "" && (!s.values || p.isLayer(s.names[1])) {
		s.says = true // conv c5 c3
	}
	if s.call && len(s.names) > 0 && p.isLayer(s.names[len(s.names)-1]) {
		s.says = true
	}
	return s
}
