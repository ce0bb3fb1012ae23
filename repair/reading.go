package repair

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// A reading is what a layer's statement may have been meant to say. It is read loosely
// and written strictly.
type reading struct {
	place   *place
	kind    *layer.Kind
	name    string
	values  []string // by the number of the parameter
	options []string // as they are written, in their order
	given   map[string]string
	before  []string // statements of their own
	after   []string
	frozen  bool
	with    string // behind the words: with and names
	cost    int
	open    bool
	rules   []string
	free    []string

	pending []token // values that have no place yet
	ahead   int     // how many values stand before the name
	rest    []token
}

// layerReadings reads the statement as a layer, in each way that it can be.
func layerReadings(p *place) (list []change) {
	seen := map[string]bool{}
	for _, r := range p.readings(p.statement()) {
		text := r.text()
		if text == p.statement() || seen[text] {
			continue
		}
		seen[text] = true
		rule := "form"
		if len(r.rules) > 0 {
			rule = r.rules[0]
		}
		list = append(list, change{span: p.stmt, text: text, cost: r.cost, open: r.open, name: rule, free: r.free})
	}
	return list
}

// mostReadings is how many kinds a statement is read as.
const mostReadings = 8

func (p *place) readings(text string) (list []reading) {
	text, with := p.beside(text)
	toks := tokens(strings.TrimRight(text, " ,;.|"))
	blank := reading{place: p, with: with}
	if len(toks) == 0 || len(toks) > 80 {
		return nil
	}
	if len(strings.TrimRight(text, " ,;.|")) < len(text) {
		blank.took("punctuation", 1)
	}
	toks = blank.target(toks)
	toks = blank.punctuated(toks)
	for _, k := range p.kindsIn(toks) {
		r := blank.clone()
		r.kind, r.rest = k.kind, k.rest
		r.values, r.given = make([]string, len(k.kind.Params)), map[string]string{}
		r.name = cmpOr(k.name, r.name)
		if k.rule != "" {
			r.took(k.rule, k.cost)
		}
		r.open = r.open || k.open || k.beginning.open
		if i := k.kind.Find(k.adds); i >= 0 && k.kind.Params[i].Type == layer.Flag {
			r.option(k.adds, k.adds)
		}
		if list = append(list, r.fill()...); len(list) >= mostReadings {
			break
		}
	}
	return list
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// beside takes what stands behind with off a statement, if all of it is known.
func (p *place) beside(text string) (rest, with string) {
	at := strings.LastIndex(text, " with ")
	if at < 0 {
		return text, ""
	}
	names := strings.Fields(text[at+len(" with "):])
	if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return !p.isLayer(n) }) {
		return text, ""
	}
	return text[:at], "with " + strings.Join(names, " ")
}

// took notes a liberty that was taken.
func (r *reading) took(rule string, cost int) {
	if !slices.Contains(r.rules, rule) {
		r.rules = append(r.rules, rule)
		r.cost += cost
	} else if cost > 1 {
		r.cost += cost - 1
	}
}

// target takes the name off an assignment or a label: c1 = conv ..., c1: conv ...
func (r *reading) target(toks []token) []token {
	if len(toks) < 3 || toks[0].sort != aWord || toks[1].sort != aMark || lang.Reserved(toks[0].text) {
		return toks
	}
	switch toks[1].text {
	case "=", "<-", ":=", ":":
	default:
		return toks
	}
	if layer.Find(toks[0].text) != nil || toks[2].sort != aWord && toks[2].sort != aNumber && toks[2].sort != aSize {
		return toks
	}
	r.name = strings.ReplaceAll(strings.TrimPrefix(toks[0].text, "self."), ".", "_")
	r.took("assignment", 1)
	return toks[2:]
}

// punctuated leaves out what stands around and between words elsewhere.
func (r *reading) punctuated(toks []token) (kept []token) {
	for i, t := range toks {
		if t.sort == aMark && strings.Contains(",()[]|`{}", t.text) {
			r.took("punctuation", 1)
			continue
		}
		if t.sort == aSize && t.loose {
			r.took("size's form", 1)
		}
		if t.sort == aMark && t.text == "+" && i+1 < len(toks) && toks[i+1].sort == aNumber {
			r.took("number's form", 1)
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

// A kindAt is a kind that was found somewhere in a statement.
type kindAt struct {
	beginning
	name string
	rest []token
	open bool
	// turned is set of two words that mean the kind the other way round.
	turned bool
}

// kindsIn finds the kinds that a statement can be of, the likeliest first: one word or
// several, wherever they stand.
func (p *place) kindsIn(toks []token) (list []kindAt) {
	within := make([]int, len(toks)) // where a kind in several words ends: its words mean none by themselves
	for n := min(4, len(toks)); n > 0; n-- {
		for i := 0; i+n <= len(toks); i++ {
			if i+n <= within[i] {
				continue
			}
			found := p.kindsAt(toks, i, n)
			if list = append(list, found...); n > 1 && len(found) > 0 && !found[0].turned && found[0].beginning.rule != "spelling" && found[0].adds == "" { // an option in it may have a value
				for j := i; j < i+n; j++ {
					within[j] = i + n
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b kindAt) int { return a.cost - b.cost })
	return list
}

func (p *place) kindsAt(toks []token, i, n int) (list []kindAt) {
	word := ""
	for _, t := range toks[i : i+n] {
		if t.sort != aWord && t.text != "-" || t.sort == aString {
			return nil
		}
		word += t.text
	}
	turned := n == 2 && len(p.begins(word, false)) == 0 // pool max, conv separable
	if turned {
		word = toks[i+1].text + toks[i].text
	}
	rest := slices.Concat(toks[:i], toks[i+n:])
	hyphened := n == 3 && toks[i+1].text == "-"
	for _, b := range p.begins(word, n == 1 && i < 2 || hyphened) {
		k := kindAt{beginning: b, rest: rest, turned: turned}
		if n > 1 {
			k.cost, k.rule = max(k.cost, 1), "several words"
		}
		for _, t := range toks[:i] {
			if t.sort == aWord && len(p.begins(t.text, false)) > 0 || t.isValue() && b.kind.Output == nil {
				k.open = true // of two kinds either may be the first, and a block's values have any order
			}
		}
		if i > 0 {
			k.cost++
		}
		if i > 0 && k.rule == "" {
			k.rule = "order"
		}
		if b.rest == "" {
			list = append(list, k)
			continue
		}
		glued := k
		values := tokens(b.rest)
		glued.rest = slices.Insert(slices.Clone(rest), min(i, len(rest)), values...)
		list = append(list, glued)
		if len(values) == 1 && values[0].sort == aNumber && n == 1 && i == 0 {
			k.name, k.rule = toks[i].text, "kind left out"
			list = append(list, k)
		}
	}
	return list
}

// text writes the reading as the language has it.
func (r *reading) text() string {
	words := []string{r.kind.Name}
	if r.name != "" {
		words = append(words, r.name)
	}
	for _, v := range r.values {
		if v != "" {
			words = append(words, v)
		}
	}
	words = append(words, r.options...)
	if r.with != "" {
		words = append(words, r.with)
	}
	stmts := append(slices.Clone(r.before), strings.Join(words, " "))
	if r.frozen {
		name := r.name
		if name == "" {
			name = resolve.AutomaticStem(r.kind.Name) + itoa(r.place.counts[r.kind.Name]+1)
		}
		stmts = append(stmts, "freeze "+name)
	}
	return strings.Join(append(stmts, r.after...), "; ")
}

// option writes an option, once.
func (r *reading) option(name, text string) bool {
	if was, twice := r.given[name]; twice {
		if was == text {
			r.took("said twice", 1)
		}
		return was == text
	}
	if i := r.kind.Find(name); i >= 0 && r.kind.Params[i].Alone { // of such only one can be
		r.options = slices.DeleteFunc(r.options, func(o string) bool {
			j := r.kind.Find(optionName(o))
			return j >= 0 && r.kind.Params[j].Alone
		})
	}
	r.given[name] = text
	r.options = append(r.options, text)
	return true
}

// says asks what a word with a value comes to behind the kind.
func (r *reading) says(word, value string) (dialect.Saying, bool) {
	return dialect.Says(dialect.AnyTool, r.kind, word, value)
}
