package repair

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Liberties of the words that statements are made of.

var statements = []liberty{
	{name: "capital", form: true, cost: 1, when: statement(lowered),
		example: [2]string{"input 32x32x3\nrelu\nFreeze relu1", "input 32x32x3\nrelu\nfreeze relu1"}},
	{name: "spelling", form: true, cost: 1, when: misspeltStatement,
		example: [2]string{"input img 8x8x4\nrelu\nform img", "input img 8x8x4\nrelu\nfrom img"}},
	{name: "spelling", form: true, cost: 1, when: misspeltWord,
		example: [2]string{"input img 8x8x4\nrelu\nconcat wiht img", "input img 8x8x4\nrelu\nconcat with img"}},
	{name: "another tool's word", form: true, cost: 1, when: statement(func(p *place, s string) string { return otherWord(s) }),
		example: [2]string{"input 8x8x4\nloop 3 { relu }", "input 8x8x4\nrepeat 3 { relu }"}},
	{name: "statement's form", form: true, cost: 1, when: statement(inTurn(
		onlyIf(`^\s*(?:freeze\b|\w+.*\bwith\b)`, replacing(`\s*,\s*(?:and\s+)?|\s+(?:and|und|&)\s+`, " ")),
		replacing(`^from\s*:\s*`, "from "),
		replacing(`^(?:go\s+)?back\s+to\s+|^(?:go\s*to|continue\s+(?:from|at|with)|resume(?:\s+from)?|start\s+from)\s+`, "from "),
		replacing(`^freeze\s+(?:conv|layers?|dense|the)\s+(\w+)`, "freeze $1"), replacing(`^freeze\s+(all|everything)(?:\s+layers)?$`, "freeze all"),
		replacing(`^assume\s+(same|valid|causal)(?:\s+pad(?:ding)?)?\s*$`, "assume pad $1"), replacing(`^assume\s+(?:padding|pad)\s*(?:=|:|is)?\s*`, "assume pad "),
		replacing(`^(freeze|from|use)\s*\(\s*(.*?)\s*\)$`, "$1 $2"),
		replacing(`^(assume\s+\w+)\s+(\w+)\s*[=:]\s*`, "$1 $2 "), replacing(`^(assume\s+\w+\s+)padding\b`, "${1}pad"),
		replacing(`^(assume\s+\w+)\s*(?:=|:|\bis\b)\s*`, "$1 "))),
		example: [2]string{"assume padding = same\ninput 8x8x4\nconv 4 3x3", "assume pad same\ninput 8x8x4\nconv 4 3x3"}},
	{name: "freeze", cost: 1, when: statement(inTurn(
		replacing(`^(?i:frozen|lock(?:ed)?)\s+(\S.*)$`, "freeze $1"), replacing(`^([A-Za-z_]\w*)(?:\.|\s+)(?:freeze|frozen)(?:\(\))?$`, "freeze $1"))),
		example: [2]string{"input 8x8x4\nconv c 4 1\nfrozen c", "input 8x8x4\nconv c 4 1\nfreeze c"}},
	{name: "let of a layer", form: true, cost: 1, when: statement(letOfLayer),
		example: [2]string{"input 8x8x4\nlet c1 = conv 4 3x3", "input 8x8x4\nconv c1 4 3x3"}},
	{name: "let's form", form: true, cost: 1, when: statement(inTurn(
		replacing(`^(let\s+\w+)\s*(?::=|==|<-|:|\bbe\b|\bis\b)\s*`, "$1 = "), replacing(`^(let\s+\w+)\s+(\d\S*)$`, "$1 = $2"), replacing(`^let\s+(\d+)\s*=\s*([A-Za-z_]\w*)$`, "let $2 = $1"),
		replacing(`^(let\s+\w+\s*=\s*.*?);?\s*$`, "$1"), onlyIf(`^let\b`, inTurn(replacing(`\b(?:True|yes|on)$`, "true"), replacing(`\b(?:False|no|off|None)$`, "false"))))),
		example: [2]string{"let k := 3\ninput 8x8x4\nconv 4 $k", "let k = 3\ninput 8x8x4\nconv 4 $k"}},
	{name: "truth value", form: true, cost: 2, when: statement(inTurn(replacing(`^(let\s+\w+\s*=\s*)1$`, "${1}true"), replacing(`^(let\s+\w+\s*=\s*)0$`, "${1}false"))),
		example: [2]string{"let b = 0\ninput 8x8x4\nconv 4 3 bias $b", "let b = false\ninput 8x8x4\nconv 4 3 bias $b"}},
	{name: "truth value", form: true, cost: 2, when: whole(truthOfLet),
		example: [2]string{"let b = 1\ninput 8x8x4\nconv 4 3 bias $b", "let b = true\ninput 8x8x4\nconv 4 3 bias $b"}},
	{name: "let left out", form: true, cost: 1, when: statement(replacing(`^([A-Za-z_]\w*)\s*:?=\s*(\d[\w.]*|\$?\(?\d[\w\s*+/()-]*)$`, "let $1 = $2")),
		example: [2]string{"k = 3\ninput 8x8x4\nconv 4 $k", "let k = 3\ninput 8x8x4\nconv 4 $k"}},
	{name: "from left out", form: true, cost: 1, when: fromLeftOut,
		example: [2]string{"input img 8x8x4\nrelu\nimg", "input img 8x8x4\nrelu\nfrom img"}},
	{name: "name's spelling", form: true, cost: 1, when: misspeltName,
		example: [2]string{"input img 8x8x4\nrelu\nconcat with Img", "input img 8x8x4\nrelu\nconcat with img"}},
	{name: "value's form", form: true, cost: 1, when: valueForms,
		example: [2]string{"let w = 4\ninput 8x8x4\nconv 2*$w 3x3", "let w = 4\ninput 8x8x4\nconv $(2*w) 3x3"}},
	{name: "with left out", form: true, cost: 1, when: withLeftOut,
		example: [2]string{"input img 8x8x4\nrelu\nconcat img", "input img 8x8x4\nrelu\nconcat with img"}},
	{name: "chain", form: true, cost: 1, when: line(chained),
		example: [2]string{"input 8x8x4 -> conv 4 3x3 -> relu", "input 8x8x4; conv 4 3x3; relu"}},
	{name: "semicolon", form: true, cost: 1, when: statement(parts),
		example: [2]string{"input 8x8x4\nrelu6maxpool 2x2", "input 8x8x4\nrelu6; maxpool 2x2"}},
	{name: "semicolon", form: true, cost: 2, when: statement(apart),
		example: [2]string{"input 8x8x4\nconv 4 3x3 relu max pool 2x2 conv 2 1x1", "input 8x8x4\nconv 4 3x3; relu; maxpool 2x2; conv 2 1x1"}},
	{name: "all of a kind", when: frozenKind,
		example: [2]string{"input 8x8x4\nconv a 4 1\nconv 2 1\nfreeze conv", "input 8x8x4\nconv a 4 1\nconv 2 1\nfreeze a conv2"}},
	{name: "word twice", form: true, cost: 2, when: wordTwice,
		example: [2]string{"input 8x8x4\nconv 4 3x3 stride stride 2", "input 8x8x4\nconv 4 3x3 stride 2"}},
	{name: "name's form", form: true, cost: 1, when: nameForms,
		example: [2]string{"input 8x8x4\nconv c-1 4 3x3\nfreeze c-1", "input 8x8x4\nconv c_1 4 3x3\nfreeze c_1"}},
	{name: "name everywhere", form: true, cost: 1, when: whole(reservedLet),
		example: [2]string{"let all = 4\ninput 8x8x4\nconv $all 3x3", "let all_ = 4\ninput 8x8x4\nconv $all_ 3x3"}},
	{name: "name left out", cost: 2, when: statement(nameLeftOut),
		example: [2]string{"input 8x8x4\nconv in 4 3x3", "input 8x8x4\nconv 4 3x3"}},
	{name: "another name", cost: 2, when: statement(otherName),
		example: [2]string{"input 8x8x4\nconv c 4 1\nconv c 4 1", "input 8x8x4\nconv c 4 1\nconv c2 4 1"}},
	{name: "another input", cost: 2, when: statement(replacing(`^input\s+(\d.*)$`, "input other $1")),
		example: [2]string{"input 8x8x4\ninput 8x8x3", "input 8x8x4\ninput other 8x8x3"}},
	{name: "use", form: true, cost: 1, when: useLibrary,
		example: [2]string{"input 56x56x64\nbottleneck 64", "use resnet\ninput 56x56x64\nbottleneck 64"}},
	{name: "every position", cost: 4, when: statement(onlyIf(`^dense\b`, replacing(`$`, " each"))),
		example: [2]string{"input 8x8x4\ndense 10", "input 8x8x4\ndense 10 each"}},
	{name: "flatten", cost: 3, when: statement(onlyIf(`^dense\b`, replacing(`^`, "flatten\n"))),
		example: [2]string{"input 8x8x4\ndense 10", "input 8x8x4\nflatten\ndense 10"}},
	{name: "every step", cost: 3, when: everyStep,
		example: [2]string{"input 8x4 sequence\nlstm 4\nlstm 4", "input 8x4 sequence\nlstm 4 sequence\nlstm 4"}},
}

var firstWord = re(`^[A-Za-z_]+`)

// lowered writes the statement's own word in small letters.
func lowered(_ *place, s string) string {
	w := firstWord().FindString(s)
	if lower := strings.ToLower(w); lower != w && lang.Usage(lower) != "" {
		return lower + s[len(w):]
	}
	return s
}

// misspeltStatement spells the word that a statement begins with.
func misspeltStatement(p *place) (list []change) {
	s := p.statement()
	w := firstWord().FindString(s)
	if w == "" || lang.Reserved(w) || p.kind(w) != nil {
		return nil
	}
	words, d := near(w, append(lang.Statements(), "else"))
	for _, word := range words {
		list = append(list, change{span: p.stmt, text: word + s[len(w):], cost: d, open: len(words) > 1})
	}
	return list
}

// misspeltWord spells a word of the language within a line, a property or a function.
func misspeltWord(p *place) (list []change) {
	line := codeOf(p.lineText())
	for _, at := range reference().FindAllStringIndex(line, -1) {
		word := line[at[0]:at[1]]
		if len(word) < 3 || at[0] > 0 && (line[at[0]-1] == '.' || isNameByte(line[at[0]-1])) || lang.Reserved(word) || p.isTaken(word) || p.kind(word) != nil {
			continue
		}
		known := []string{"with", "else", "here", "total", "transposed"}
		if strings.HasPrefix(strings.TrimSpace(line[at[1]:]), "(") {
			known = value.FunctionNames()
		}
		words, d := near(word, known)
		if len(words) != 1 || d > 2 || word == words[0] {
			continue
		}
		list = append(list, change{span: lang.Span{Start: p.line.Start + at[0], End: p.line.Start + at[1]}, text: words[0], cost: d})
	}
	return list
}

// otherWords are words that begin a statement elsewhere.
var otherWords = map[string]string{
	"assert": "expect", "check": "expect", "claim": "expect", "verify": "expect", "expected": "expect", "expects": "expect", "ensure": "expect", "require": "expect", "test": "expect",
	"var": "let", "const": "let", "val": "let", "set": "let", "define": "let", "int": "let",
	"def": "block", "function": "block", "func": "block", "fn": "block", "module": "block", "macro": "block",
	"loop": "repeat", "times": "repeat", "import": "use", "include": "use", "load": "use", "goto": "from", "foreach": "for", "when": "if",
}

func otherWord(s string) string {
	w := firstWord().FindString(s)
	if ours := otherWords[strings.ToLower(w)]; ours != "" {
		return ours + s[len(w):]
	}
	return s
}

var letLayer = re(`^let\s+(\w+\s*=\s*(.*))$`)

// letOfLayer leaves the let before a layer out: what is left is a layer behind its name.
func letOfLayer(p *place, s string) string {
	if m := letLayer().FindStringSubmatch(s); m != nil && p.startsLayer(m[2]) {
		return m[1]
	}
	return s
}

// fromLeftOut reads a layer's name by itself as the tensor to go on from.
func fromLeftOut(p *place) []change {
	s := p.statement()
	if !p.isLayer(s) {
		return nil
	}
	return []change{{span: p.stmt, text: "from " + s}, {span: p.stmt, text: p.kindOf(s) + " = " + s, cost: 3, open: true}}
}

var reference = re(`[A-Za-z_]\w*`)

// misspeltName spells names that nobody gave: first by capitals and strokes, then by
// letters.
func misspeltName(p *place) (list []change) {
	s := p.statement()
	for _, at := range reference().FindAllStringIndex(s, -1) {
		word := s[at[0]:at[1]]
		before := strings.TrimRight(s[:at[0]], " ")
		if at[0] > 0 && (s[at[0]-1] == '.' || isNameByte(s[at[0]-1])) || p.isTaken(word) || lang.Reserved(word) || at[0] == 0 && !strings.Contains(s, ".") {
			continue
		}
		if p.kind(word) != nil && !strings.HasSuffix(before, "=") && !strings.HasSuffix(before, "with") {
			continue
		}
		span := lang.Span{Start: p.stmt.Start + at[0], End: p.stmt.Start + at[1]}
		known := append(p.layerNames(), p.values...)
		if same := slices.IndexFunc(known, func(k string) bool { return sameLetters(k, word) }); same >= 0 {
			list = append(list, change{span: span, text: known[same], free: []string{word, known[same]}})
			continue
		}
		words, d := near(word, known)
		for _, w := range words[:min(len(words), 4)] {
			list = append(list, change{span: span, text: w, cost: d + 2*weighed(len(words) > 1), open: len(words) > 1 || digits(w) != digits(word) && len(digits(w)) == len(digits(word)), free: []string{word, w}})
		}
		if stem, number := parted(word); len(words) == 0 && number != "" && stem != "" {
			for _, l := range p.layers {
				if other, n := parted(l.name); n == number && other != stem {
					list = append(list, change{span: span, text: l.name, cost: 3, open: true})
				}
			}
		}
	}
	return list
}

// sameLetters compares names without capitals and strokes.
func sameLetters(a, b string) bool {
	plain := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, "_", "")) }
	return plain(a) == plain(b)
}

const operand = `(?:\$?[A-Za-z_]\w*|\([^()]*\)|\d+)`

var (
	braced      = re(`\$\{\s*(\w+)\s*\}|\$\s+([A-Za-z_]\w*)`)
	bracedSum   = re(`\{\s*([^{}]*[*+/-][^{}]*)\s*\}`)
	calculation = re(`(?:^|\s)(` + operand + `(?:\s*(?:\*\*|//|[*/+^-])\s*` + operand + `)+)(?:\s|$)`)
	sizeOfNames = re(`\$?\b([A-Za-z_]\w*?)x\$?([A-Za-z_]\w*)\b`)
	unclosed    = re(`^(.*\$\([^()]*?)(\s+\d\S*(?:\s.*)?)$`)
)

// valueForms writes values and calculations as they stand among a layer's words.
func valueForms(p *place) (list []change) {
	s, all := p.statement(), p.lineText()
	add := func(span lang.Span, was, text string, cost int) {
		if was != text {
			list = append(list, change{span: span, text: text, cost: cost})
		}
	}
	add(p.line, all, braced().ReplaceAllString(all, "$$$1$2"), 0)
	add(p.line, all, bracedSum().ReplaceAllStringFunc(all, func(m string) string {
		return "$(" + strings.ReplaceAll(strings.TrimSpace(m[1:len(m)-1]), "$", "") + ")"
	}), 0)
	if m := calculation().FindStringSubmatchIndex(s); m != nil && m[2] > 0 && p.computes(s[m[2]:m[3]]) && !strings.Contains(s[:m[2]], "$(") && firstWord().FindString(s) != "let" && lang.Usage(firstWord().FindString(s)) == "" {
		add(p.stmt, s, s[:m[2]]+"$("+strings.ReplaceAll(strings.ReplaceAll(s[m[2]:m[3]], "$", ""), "^", "**")+")"+s[m[3]:], 0)
	}
	for _, m := range sizeOfNames().FindAllStringSubmatchIndex(s, -1) {
		if a, b := s[m[2]:m[3]], s[m[4]:m[5]]; p.isValue(a) && p.isValue(b) {
			add(p.stmt, s, s[:m[0]]+"$("+a+")x$("+b+")"+s[m[1]:], 0)
		}
	}
	if m := unclosed().FindStringSubmatch(s); m != nil && strings.Count(s, "(") > strings.Count(s, ")") {
		add(p.stmt, s, m[1]+")"+m[2], 0)
	}
	return list
}

// computes reports a calculation whose names are those of values.
func (p *place) computes(s string) bool {
	for _, name := range reference().FindAllString(s, -1) {
		if !p.isValue(name) {
			return false
		}
	}
	return true
}

// withLeftOut reads names behind a merge, and a sum or product of names.
func withLeftOut(p *place) []change {
	toks := tokens(p.statement())
	kind, names, open := "", []string(nil), false
	for i, t := range toks {
		k := p.begins(t.text, false)
		switch {
		case t.isMark("=") && i == 1:
			names = nil // what it is called
		case t.isMark("+", "*", "-"):
			kind = map[string]string{"+": "add", "*": "mul", "-": "sub"}[t.text]
		case t.isMark("(", ")", "[", "]", ",", "&", "="):
		case t.sort == aWord && p.isLayer(t.text) || i == 0 && len(toks) > 1 && toks[1].isMark("="):
			names = append(names, t.text)
		case t.sort == aWord && (k != nil && k[0].kind.Merges):
			kind, open = cmp.Or(kind, k[0].kind.Name), open || k[0].open
		case t.sort == aWord && slices.Contains([]string{"skip", "connection", "from", "and", "with", "of", "residual", "to", "the", "sum"}, strings.ToLower(t.text)):
		default:
			return nil
		}
	}
	if kind == "" || len(names) == 0 {
		return nil
	}
	rest := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return len(names) > 1 && n == p.last() })
	if len(rest) == 0 {
		return nil
	}
	return []change{{span: p.stmt, text: kind + " with " + strings.Join(rest, " "), open: open, free: names}}
}

// chains are what may stand between the layers of a chain.
var chains = []pattern{re(`\s*(?:->|→|=>|>>)\s*`), re(`\s*\|\s*`), re(`\s*\+\s*`), re(`\s*/\s*`), re(`\s*,\s*`), re(`\s*(?:,?\s*\bthen\b|,?\s*\bfollowed by\b|,?\s*\band then\b)\s*`)}

// chained parts layers that stand in one line, joined by arrows and the like.
func chained(p *place, s string) string {
	for _, sep := range chains {
		parts := sep().Split(strings.TrimSpace(s), -1)
		if len(parts) < 2 || slices.ContainsFunc(parts, func(part string) bool { return !p.startsLayer(part) }) {
			continue
		}
		return indented(s) + strings.Join(parts, "; ")
	}
	return s
}

// startsLayer reports a text that begins with a kind.
func (p *place) startsLayer(s string) bool {
	toks := tokens(s)
	return len(toks) > 0 && toks[0].sort == aWord && len(p.begins(toks[0].text, false)) > 0
}

var joinedKinds = re(`^([A-Za-z]+?)[_/+-]?((?i:bn|batchnorm)?)[_/+-]?((?i:relu|gelu|tanh|sigmoid)?)\s+(\d.*)$`)

// parts reads several kinds that are written as one: conv_bn_relu 20 3x3, or that follow
// each other without a semicolon.
func parts(p *place, s string) string {
	if m := joinedKinds().FindStringSubmatch(s); m != nil && m[2]+m[3] != "" && layer.Find(strings.ToLower(m[1])) != nil {
		text := strings.ToLower(m[1]) + " " + m[4]
		if m[2] != "" {
			text += "; batchnorm"
		}
		if m[3] != "" {
			text += "; " + strings.ToLower(m[3])
		}
		return text
	}
	w := firstWordly(s)
	for i := len(w) - 2; i > 2; i-- {
		a, b := layer.Find(w[:i]), layer.Find(w[i:])
		if a != nil && b != nil && a.Light && len(a.ValueNames()) == 0 {
			return a.Name + "; " + s[i:]
		}
	}
	return s
}

func firstWordly(s string) string {
	if list := pieces(s); len(list) > 0 {
		return list[0]
	}
	return ""
}

var (
	partedName = re(`^([A-Za-z]\w*)\s+([A-Za-z]\w*)[-/.]([\w]+)(\s|$)`)
	digitFirst = re(`^([A-Za-z]\w*)\s+(\d+)([A-Za-z]+)\s+(\d.*)$`)
	twoNames   = re(`^([A-Za-z]\w*)\s+([A-Za-z]+)\s+([A-Za-z]+)\s+(\d.*)$`)
)

// nameForms writes a layer's name in letters, digits and strokes, wherever it stands.
func nameForms(p *place) (list []change) {
	s := p.statement()
	if m := partedName().FindStringSubmatch(s); m != nil && p.kind(m[1]) != nil {
		rest := s[len(m[0]):]
		name := regexp.MustCompile(`\b` + m[2] + `[-/.]` + m[3] + `\b`).FindString(s)
		text := strings.ReplaceAll(p.text, name, m[2]+"_"+m[3])
		list = append(list, change{span: lang.Span{End: len(p.text)}, text: text}, change{span: p.stmt, text: m[1] + " " + m[2] + "_" + m[3] + m[4] + rest})
	}
	if m := digitFirst().FindStringSubmatch(s); m != nil && p.kind(m[1]) != nil {
		list = append(list, change{span: p.stmt, text: m[1] + " " + m[3] + m[2] + " " + m[4], cost: 1})
	}
	if m := twoNames().FindStringSubmatch(s); m != nil && p.kind(m[1]) != nil && !lang.Reserved(m[2]) && !lang.Reserved(m[3]) && p.kind(m[3]) == nil && p.kind(m[2]) == nil && p.kind(m[1]).Find(m[2]) < 0 && p.kind(m[1]).Find(m[3]) < 0 {
		list = append(list, change{span: p.stmt, text: m[1] + " " + m[2] + "_" + m[3] + " " + m[4], cost: 2, open: true})
	}
	return list
}

var frozenWord = re(`^freeze\s+([a-z]\w*?)s?$`)

// frozenKind freezes every layer of a kind that is named in place of them.
func frozenKind(p *place) []change {
	m := frozenWord().FindStringSubmatch(p.statement())
	if m == nil || layer.Find(m[1]) == nil || p.isTaken(m[1]) {
		return nil
	}
	text := "freeze"
	for _, l := range p.layers {
		if l.kind == m[1] {
			text += " " + l.name
		}
	}
	return p.change(p.stmt, text)
}

// wordTwice leaves a word out that stands there twice in a row.
func wordTwice(p *place) (list []change) {
	s := p.statement()
	toks := tokens(s)
	for i := 1; i < len(toks); i++ {
		if t := toks[i]; t.text == toks[i-1].text && t.sort != aMark && t.sort != aValue {
			span := lang.Span{Start: p.stmt.Start + toks[i-1].at, End: p.stmt.Start + t.at}
			list = append(list, change{span: span, cost: 2 * weighed(t.sort != aWord), open: t.sort != aWord, free: []string{t.text}})
		}
	}
	return list
}

var letName = re(`(?m)\blet\s+([A-Za-z_]\w*)`)

// reservedLet gives a let that has a word of the language for a name another one,
// wherever it stands.
func reservedLet(p *place, text string) string {
	for _, m := range letName().FindAllStringSubmatch(p.lineText(), -1) {
		if lang.Reserved(m[1]) {
			text = regexp.MustCompile(`(\blet\s+|\$)`+m[1]+`\b`).ReplaceAllString(text, "${1}"+m[1]+"_")
		}
	}
	return text
}

var namedLayer = re(`^([A-Za-z]\w*)\s+([A-Za-z_]\w*)\s+(\S.*)$`)

// nameLeftOut leaves out a name that no layer can have.
func nameLeftOut(p *place, s string) string {
	m := namedLayer().FindStringSubmatch(s)
	if m == nil || p.kind(m[1]) == nil || m[2] == "no" || m[2] == "with" || !lang.Reserved(m[2]) && !layer.IsColour(m[2]) {
		return s
	}
	return m[1] + " " + m[3]
}

// otherName gives a layer whose name is taken the next that is free.
func otherName(p *place, s string) string {
	m := namedLayer().FindStringSubmatch(s)
	if m == nil || p.kind(m[1]) == nil || !p.isTaken(m[2]) {
		return s
	}
	stem := strings.TrimRight(m[2], "0123456789")
	for n := 2; n < 1000; n++ {
		if name := stem + itoa(n); !p.isTaken(name) && !p.below[name] {
			return m[1] + " " + name + " " + m[3]
		}
	}
	return s
}

// everyStep keeps the steps of the recurrent layer before this one.
func everyStep(p *place) []change {
	at := strings.LastIndex(strings.TrimRight(p.text[:p.line.Start], "\n"), "\n") + 1
	before := lineAround(p.text, at)
	s := p.text[before.Start:before.End]
	w := firstWord().FindString(strings.TrimSpace(s))
	const steps = "sequence"
	if k := layer.Find(w); k == nil || k.Source || p.line.Start == 0 || k.Find(steps) < 0 || strings.ContainsAny(s, "#;") {
		return nil
	}
	return []change{{span: before, text: strings.TrimRight(s, " ") + " " + steps}}
}

var used = re(`\$\(?([A-Za-z_]\w*)`)

// truthOfLet makes true or false of the value of a let that the line uses.
func truthOfLet(p *place, text string) string {
	for _, m := range used().FindAllStringSubmatch(p.statement(), -1) {
		text = regexp.MustCompile(`\b(let\s+`+m[1]+`\s*=\s*)1\b`).ReplaceAllString(text, "${1}true")
		text = regexp.MustCompile(`\b(let\s+`+m[1]+`\s*=\s*)0\b`).ReplaceAllString(text, "${1}false")
	}
	return text
}
