package assist

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/session"
	"cnnl/eval/std"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Completion: what the word before a cursor may go on to be.

// A Completion is one word that may stand. What follows it stands behind a blank,
// but where Joined is set: behind a function's bracket, a folder, a layer that may
// be asked for a property.
type Completion struct {
	Text   string
	Joined bool
}

// A Place is where a word is to be completed.
type Place struct {
	Statement string   // from its beginning up to the cursor
	Word      string   // the part of the word that stands already
	before    []string // the words before it
}

// At finds the place in a line up to the cursor; false: nothing can be completed
// there, as in comments and strings.
func At(line string) (p Place, ok bool) {
	if strings.Contains(line, "#") || strings.Count(line, `"`)%2 == 1 {
		return p, false
	}
	p.Statement = strings.TrimLeft(line[strings.LastIndexAny(line, ";{}")+1:], " \t")
	p.Word = p.Statement[strings.LastIndexAny(p.Statement, " \t([,=+-*/%<>$")+1:]
	p.before = strings.Fields(strings.TrimSuffix(p.Statement, p.Word))
	return p, true
}

// Complete lists what the word at a place may go on to be in what stands so far:
// sorted, without the word itself.
func Complete(s *session.Session, p Place) (list []Completion) {
	c := completer{Session: s, Place: p}
	c.blocks, c.layers, c.values = s.Names()
	return Beginning(c.candidates(), p.Word)
}

// CompleteAssume does the same of the words of an assume.
func CompleteAssume(words string) []Completion {
	p, _ := At("assume " + words)
	return Beginning(spaced(assumed(p.before[1:])), p.Word)
}

// Beginning keeps the completions that begin so, each once.
func Beginning(list []Completion, with string) []Completion {
	list = slices.DeleteFunc(list, func(c Completion) bool { return !strings.HasPrefix(c.Text, with) || c.Text == with })
	slices.SortStableFunc(list, func(a, b Completion) int { return strings.Compare(a.Text, b.Text) })
	return slices.CompactFunc(list, func(a, b Completion) bool { return a.Text == b.Text })
}

// spaced are words behind which a blank stands.
func spaced(words ...[]string) (list []Completion) {
	for _, w := range slices.Concat(words...) {
		list = append(list, Completion{Text: w})
	}
	return list
}

// joined are words that may go on.
func joined(words ...[]string) (list []Completion) {
	for _, w := range slices.Concat(words...) {
		list = append(list, Completion{w, true})
	}
	return list
}

// A completer knows what stands, and the place.
type completer struct {
	*session.Session
	Place
	blocks, layers, values []string
}

// candidates are the words that can stand at the place.
func (c *completer) candidates() []Completion {
	front := strings.TrimSuffix(c.Statement, c.Word)
	switch i := strings.LastIndexByte(c.Word, '.'); {
	case strings.HasSuffix(front, "$"):
		return spaced(c.values)
	case i >= 0:
		return joined(prefixed(c.Word[:i+1], append(partsAfter(c.before), c.Inner(c.Word[:i])...)))
	case strings.HasSuffix(front, "count("):
		return joined(KindNames(), c.blocks)
	case len(c.before) == 0:
		return c.beginnings()
	case strings.LastIndex(c.Statement, "$(") > strings.LastIndex(c.Statement, ")"):
		return c.calculation()
	}
	return c.behind(c.before[0])
}

// beginnings are what an entry may begin with: where nothing stands, the input.
func (c *completer) beginnings() []Completion {
	if c.Word == "" && len(c.Nodes().Nodes) == 0 {
		return spaced([]string{"input", "let", "use", "block", "assume"})
	}
	list := spaced(KindNames(), c.blocks, lang.Statements())
	if c.Word == "" {
		return list
	}
	return append(list, joined(c.layers, c.values, []string{"total", "here"})...)
}

// calculation are the words of calculations.
func (c *completer) calculation() []Completion {
	functions := value.FunctionNames()
	for i := range functions {
		functions[i] += "("
	}
	return append(joined(functions, c.layers, []string{"total", "here", "in"}), spaced(c.values, []string{"and", "or", "not", "true", "false"})...)
}

// behind are the words that may stand behind the first of a statement.
func (c *completer) behind(first string) []Completion {
	kind := c.Kind(first)
	switch {
	case slices.Contains([]string{"let", "expect", "if", "repeat", "for"}, first):
		return c.calculation()
	case first == "use" && len(c.before) == 1:
		return spaced(std.Names())
	case first == "freeze":
		return joined(c.layers, []string{"all"})
	case first == "assume":
		return spaced(assumed(c.before[1:]))
	case c.before[len(c.before)-1] == "=" && kind != nil && layer.Find(first) != nil:
		return spaced(c.ofKind(kind))
	case namesTensors(c.before):
		return spaced(c.layers)
	case kind != nil:
		return spaced(optionsBehind(kind, c.before[1:], "no", "with"))
	case c.IsExpression(c.Statement):
		return c.calculation()
	}
	return nil
}

// ofKind are the layers whose parameters a layer of a kind can have, by name; all,
// where none of its kind is seen.
func (c *completer) ofKind(kind *layer.Kind) (names []string) {
	for _, n := range c.Nodes().Nodes {
		if owns := n.Kind == kind || n.Kind != nil && slices.Contains(kind.Turns, n.Kind.Name); owns && slices.Contains(c.layers, n.Name) {
			names = append(names, n.Name)
		}
	}
	if len(names) == 0 {
		return c.layers
	}
	for _, g := range c.Nodes().Groups {
		if g.Parent == network.None {
			names = append(names, g.Name) // there may be one in it
		}
	}
	return names
}

// namesTensors reports words behind which layers stand for their outputs.
func namesTensors(before []string) bool {
	return before[0] == "from" || before[len(before)-1] == "=" || slices.Contains(before, "with")
}

// partsAfter are what may stand behind a layer's name and a dot, beside the
// layers in it.
func partsAfter(before []string) []string {
	switch {
	case len(before) == 0:
	case before[0] == "freeze":
		return []string{"weights", "biases"}
	case namesTensors(before):
		return nil
	}
	return network.Properties
}

func prefixed(prefix string, words []string) (list []string) {
	for _, w := range words {
		list = append(list, prefix+w)
	}
	return list
}

// optionsBehind are the words that may follow others of a kind's statement: behind
// an option that takes words, those; behind no, what can be off; else its options that
// have not been given.
func optionsBehind(k *layer.Kind, before []string, besides ...string) (words []string) {
	last := ""
	if len(before) > 0 {
		last = before[len(before)-1]
	}
	if i := k.Find(last); i >= 0 && len(k.Params[i].Words) > 0 && !k.Params[i].Value {
		return k.Params[i].Words
	}
	for i := range k.Params {
		if p := &k.Params[i]; !p.Value && !slices.Contains(before, p.Name) && (last != "no" || canBeOff(p)) {
			words = append(words, p.Name)
		}
	}
	if last == "no" {
		return words
	}
	if len(k.Turns) > 0 {
		words = append(words, "transposed")
	}
	return append(words, besides...)
}

// canBeOff reports an option before which no may stand.
func canBeOff(p *layer.Param) bool {
	return p.Type == layer.Flag && !p.Alone || p.Off || p.CanBeLeft()
}

// assumed are the words that an assume takes behind others: an option of any kind,
// or a kind and its options.
func assumed(before []string) (words []string) {
	if len(before) > 0 {
		if k := layer.Find(before[0]); k != nil {
			return optionsBehind(k, before[1:], "no")
		}
		for _, k := range layer.All {
			if i := k.Find(before[len(before)-1]); i >= 0 && k.Common {
				words = append(words, k.Params[i].Words...)
			}
		}
		return words
	}
	for _, k := range layer.All {
		if k.Common {
			words = append(words, optionsBehind(k, nil, "no")...)
		}
	}
	return append(words, KindNames()...)
}
