package repair

import (
	"regexp"
	"strconv"
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// Liberties of loops, conditions and the braces around statements.

var loops = []liberty{
	{name: "loop's form", form: true, cost: 1, when: line(loopForm),
		example: [2]string{"input 8x8x4\nfor i in range(1, 4) { conv $(8 * i) 3 pad 1 }", "input 8x8x4\nfor i in 1..3 { conv $(8 * i) 3 pad 1 }"}},
	{name: "repeat left out", cost: 4, when: line(replacing(`^(\s*)(\d+)\s+([A-Za-z][^{}]*)$`, "${1}repeat $2 { $3 }")),
		example: [2]string{"input 32x32x3\n5 conv 20 3x3", "input 32x32x3\nrepeat 5 { conv 20 3x3 }"}},
	{name: "condition's form", form: true, cost: 1, when: line(conditionForm),
		example: [2]string{"input 8x8x4\nif here.height > 4 && here.width > 4: { relu }", "input 8x8x4\nif here.height > 4 and here.width > 4 { relu }"}},
	{name: "braces left out", form: true, cost: 1, when: line(bracesLeftOut),
		example: [2]string{"input 8x8x4\nrepeat 3: relu", "input 8x8x4\nrepeat 3 { relu }"}},
	{name: "branches", form: true, cost: 1, when: line(branchForm),
		example: [2]string{"input i 8x8x4\nadd { relu }, { tanh }", "input i 8x8x4\nadd { relu } { tanh }"}},
	{name: "one branch", cost: 2, when: line(replacing(`^(\s*(?:add|concat|mul|max|sub)\s*\{[^{}]*\})\s*$`, "$1 { }")),
		example: [2]string{"input 8x8x4\nadd { relu }", "input 8x8x4\nadd { relu } { }"}},
	{name: "block's form", form: true, cost: 1, when: line(blockForm),
		example: [2]string{"def f(n):{ conv $n 1 }\ninput 8x8x4\nf 3", "block f(n){ conv $n 1 }\ninput 8x8x4\nf 3"}},
	{name: "brace on a new line", form: true, cost: 1, when: whole(inTurn(
		replacing(`\}[ \t]*\r?\n[ \t]*\{`, "} {"), replacing(`\}[ \t]*\r?\n[ \t]*else\b`, "} else"),
		replacing(`(?m)^([ \t]*(?:repeat|add|concat|mul|max|sub|for|if|block|else)\b[^\n{#]*?)[ \t]*\r?\n[ \t]*\{`, "$1 {"))),
		example: [2]string{"input 8x8x4\nadd { relu }\n{ tanh }", "input 8x8x4\nadd { relu } { tanh }"}},
	{name: "line goes on", form: true, cost: 1, when: whole(inTurn(
		replacing(`[ \t]*\\[ \t]*\r?\n[ \t]*`, " "), replacing(`\n[ \t]+((?:with|stride|pad|no|dilation|groups|bias|heads|kernel|filters)\b)`, " $1"))),
		example: [2]string{"input 8x8x4\nconv 4 3x3\n  stride 2", "input 8x8x4\nconv 4 3x3 stride 2"}},
	{name: "indentation", form: true, cost: 1, when: whole(func(p *place, text string) string { return bracesByIndent(text) }),
		example: [2]string{"input 8x8x4\nrepeat 2:\n    relu\ntanh", "input 8x8x4\nrepeat 2 {\n    relu\n}\ntanh"}},
	{name: "brace left out", form: true, cost: 1, when: whole(func(p *place, text string) string { return closedByIndent(text) }),
		example: [2]string{"input 8x8x4\nrepeat 2 {\n    relu\ntanh", "input 8x8x4\nrepeat 2 {\n    relu\n}\ntanh"}},
	{name: "brace left out", form: true, cost: 2, when: line(func(_ *place, s string) string {
		if code := codeOf(s); strings.Count(code, "{") > strings.Count(code, "}") {
			return strings.TrimRight(code, " \t") + " }" + s[len(code):]
		}
		return s
	}), example: [2]string{"input 8x8x4\nrepeat 2 { relu", "input 8x8x4\nrepeat 2 { relu }"}},
	{name: "brace too many", form: true, cost: 2, when: line(func(_ *place, s string) string {
		if code := strings.TrimRight(codeOf(s), " \t"); strings.HasSuffix(code, "}") && strings.Count(code, "}") > strings.Count(code, "{") {
			return strings.TrimRight(code[:len(code)-1], " \t") + s[len(code):]
		}
		return s
	}), example: [2]string{"input 8x8x4\nrepeat 2 { relu } }", "input 8x8x4\nrepeat 2 { relu }"}},
	{name: "input first", form: true, cost: 2, when: whole(func(p *place, text string) string { return movedUp(text, inputLine()) }),
		example: [2]string{"relu\ninput 8x8x4\n", "input 8x8x4\nrelu\n"}},
	{name: "block first", form: true, cost: 2, when: whole(func(p *place, text string) string {
		return movedUp(text, regexp.MustCompile(`(?ms)^block `+firstWord().FindString(p.statement())+`\b.*?^\}\n?`))
	}), example: [2]string{"input 8x8x4\nf 3\nblock f(n) {\n    conv $n 1\n}\n", "block f(n) {\n    conv $n 1\n}\ninput 8x8x4\nf 3\n"}},
}

// codeOf is what stands before a comment.
func codeOf(s string) string {
	code, _, _ := strings.Cut(s, "#")
	return code
}

// loopForms write loops as the language has them, one after the other.
var loopForms = []func(*place, string) string{
	replacing(`^(\s*)for\s*\(\s*(?:(?:int|let|var|auto)\s+)?\w+\s*=\s*0\s*;\s*\w+\s*<\s*(\d+)\s*;[^)]*\)\s*\{`, "${1}repeat $2 {"),
	replacing(`^(\s*)for\s*\(\s*(?:(?:int|let|var|auto)\s+)?\w+\s*=\s*1\s*;\s*\w+\s*<=\s*(\d+)\s*;[^)]*\)\s*\{`, "${1}repeat $2 {"),
	replacing(`^(\s*)for\s*\((.*?)\)\s*\{`, "${1}for $2 {"), replacing(`^(\s*for\s+\w+)\s*(?:=|:|:=|from|over|of)\s+`, "$1 in "),
	replacing(`(\d)\.\.\.+(\d)`, "$1..$2"), replacing(`^(\s*for\s+\w+\s+in\s+\d+)\s*(?::|-|–|…|to|until|\.\.=|through)\s*(\d+)`, "$1..$2"),
	replacing(`^(\s*for\s+\w+\s+in\s+)[\[({]([^\])}]*)[\])}]`, "$1$2"), replacing(`^(\s*)for\s+(\d+\.\.\d+)\s+as\s+(\w+)`, "${1}for $3 in $2"), replacing(`^(\s*)for\s+each\s+`, "${1}for "),
	ranges,
	replacing(`^(\s*)(?:for|do|loop)\s+(\d+)\s*(?:times)?\s*\{`, "${1}repeat $2 {"), replacing(`^(\s*)(\d+)\s*(?:x|×|\*|times)?\s*\{`, "${1}repeat $2 {"),
	replacing(`^(\s*)\{(.*)\}\s*(?:\*|x|×)\s*(\d+)\s*(?:times)?\s*$`, "${1}repeat $3 {$2}"), replacing(`^(\s*)(\d+)\s*(?:\*|x|×)\s*\((.*)\)\s*$`, "${1}repeat $2 { $3 }"),
	replacing(`^(\s*)repeat\s*\(?\s*(\d+|\$?\w+)\s*\)?\s*(?:times|x|×)?\s*:?\s*\{`, "${1}repeat $2 {"), replacing(`^(\s*)repeat\s*(\d+)\s+times\b`, "${1}repeat $2"),
	replacing(`^(\s*)repeat(\d+)\b`, "${1}repeat $2"),
}

// loopForm writes a loop as the language has it.
func loopForm(p *place, s string) string {
	for _, form := range loopForms {
		s = form(p, s)
	}
	return timesLayer(p, s)
}

var pythonRange = re(`^(\s*for\s+)(\w+)(\s+in\s+)range\(\s*(?:(\d+)\s*,\s*)?(\d+)\s*\)(.*)$`)

// ranges writes the ranges of Python, whose end is excluded.
func ranges(_ *place, s string) string {
	m := pythonRange().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	end, err := strconv.Atoi(m[5])
	if err != nil || end > 1e6 {
		return s
	}
	if m[4] == "" && !regexp.MustCompile(`\b`+m[2]+`\b`).MatchString(m[6]) {
		return indented(s) + "repeat " + m[5] + m[6]
	}
	start := m[4]
	if start == "" {
		start = "0"
	}
	return m[1] + m[2] + m[3] + start + ".." + itoa(end-1) + m[6]
}

var (
	countedLayer = re(`^(\s*)(?:repeat\s+)?(\d+)\s*(?:x|×|\*|times)\s+([A-Za-z].*)$`)
	layerTimes   = re(`^(\s*)(.*(?:\dx\d+|[A-Za-z]))\s+[x×*]\s?(\d+)$`)
	layerTwice   = re(`^(\s*)(.*?)\s*(?:,\s*)?(?:(twice|thrice)|(\d+)\s+times)$`)
)

// timesLayer reads 3 times conv 8 3x3, conv 8 3x3 x3 and conv 8 3x3 twice.
func timesLayer(p *place, s string) string {
	if m := countedLayer().FindStringSubmatch(s); m != nil && p.startsLayer(m[3]) {
		return m[1] + "repeat " + m[2] + " { " + m[3] + " }"
	}
	if m := layerTimes().FindStringSubmatch(s); m != nil && p.startsLayer(m[2]) {
		return m[1] + "repeat " + m[3] + " { " + m[2] + " }"
	}
	if m := layerTwice().FindStringSubmatch(s); m != nil && p.startsLayer(m[2]) && strings.Contains(m[2], " ") {
		n := m[4]
		if m[3] == "twice" {
			n = "2"
		} else if m[3] == "thrice" {
			n = "3"
		}
		return m[1] + "repeat " + n + " { " + m[2] + " }"
	}
	return s
}

// conditionForm writes a condition as the language has it.
var conditionForm = onlyIf(`\b(?:if|else|elif|elseif|elsif|when)\b`, inTurn(
	replacing(`\b(?:elif|elseif|elsif)\b`, "else if"), replacing(`\bwhen\b`, "if"),
	replacing(`\s*&&\s*`, " and "), replacing(`\s*\|\|\s*`, " or "), replacing(`!\s*([(A-Za-z])`, "not $1"), replacing(`===`, "=="), replacing(`=<`, "<="), replacing(`([^=!<>])=>`, "$1>="), replacing(`<>`, "!="),
	replacing(`^(\s*(?:\}\s*else\s+)?if\s+[^{]*?[^=!<>\s{])\s*=\s*([^=])`, "$1 == $2"), replacing(`\b(if\b[^{]*?)\s*(?::|\bthen\b)\s*\{`, "$1 {"), replacing(`\belse\s*:\s*\{`, "else {"),
	replacing(`\bif\s*\(([^()]*)\)\s*\{`, "if $1 {"), replacing(`\}\s*else\s+([a-z][^{}]*)$`, "} else { $1 }"),
))

var bare = re(`^(\s*(?:\}\s*)?(?:block\s+\w+\s*(?:\([^()]*\))?|repeat\s+\(?[$\w]+\)?|for\s+\w+\s+in\s+[^:{]*?|if\s+.*?(?:[<>=]=?|not)\s*\(?\S+|else)\s*(?:times)?)\s*(:|\bthen\b|\bdo\b|)\s+([A-Za-z][^{}]*)$`)

// bracesLeftOut puts the statement behind a loop's head or a condition into braces.
func bracesLeftOut(p *place, s string) string {
	m := bare().FindStringSubmatch(strings.TrimRight(s, " \t"))
	if m == nil || !p.startsLayer(m[3]) && lang.Usage(firstWord().FindString(m[3])) == "" {
		return s
	}
	return strings.TrimRight(m[1], " ") + " { " + m[3] + " }"
}

// branchForm writes branches behind each other.
func branchForm(p *place, s string) string {
	for _, form := range branchForms {
		s = form(p, s)
	}
	return s
}

var branchForms = []func(*place, string) string{
	replacing(`\}\s*(?:,|\||\+|&)\s*\{`, "} {"),
	replacing(`^(\s*)(?:sum|residual|plus|skip)(\s*\{)`, "${1}add$2"), replacing(`^(\s*)(?:parallel|branches?|inception|split|fork|cat|concatenate|merge|join)(\s*\{)`, "${1}concat$2"), replacing(`^(\s*)(?:multiply|product|times|gate)(\s*\{)`, "${1}mul$2"),
	replacing(`^(\s*(?:add|concat|mul|max|sub)\s+(?:\{.*\}))\s*(along\s+\w+)\s*$`, "$1"), // its option goes before them, see below
	replacing(`^(\s*(?:add|concat|mul|max|sub)\s+\{.*\})\s*with\s+(\w+)\s*$`, "$1 { from $2 }"),
}

var (
	blockHead = inTurn(
		replacing(`^(\s*)(?:def|function|func|fn|module|macro|class)\s+(\w+)`, "${1}block $2"),
		replacing(`^(\s*block\s+\w+)\s+(\w+(?:\s*,\s*\w+)*)\s*\{`, "$1($2) {"),
		replacing(`^(\s*block\s+\w+\s*(?:\([^()]*\))?)\s*:\s*\{`, "$1{"))
	called    = re(`^(\s*)(\w+)\((.*)\)\s*$`)
	equals    = re(`\s*=\s*`)
	kindAgain = re(`^(\s*)(\w+)(\s+.*?)=\s*(\w+)\s+(\w+)\s*$`)
)

// blockForm writes the head of a block, and its use, as the language has them.
func blockForm(p *place, s string) string {
	s = blockHead(p, s)
	if m := called().FindStringSubmatch(s); m != nil && (p.blocks[m[2]] != nil || layer.Find(m[2]) != nil) {
		args := strings.Split(m[3], ",")
		for i := range args {
			args[i] = equals().ReplaceAllString(strings.TrimSpace(args[i]), " ")
		}
		s = strings.TrimRight(m[1]+m[2]+" "+strings.Join(args, " "), " ")
	}
	if m := kindAgain().FindStringSubmatch(s); m != nil && m[2] == m[4] {
		s = m[1] + m[2] + m[3] + "= " + m[5]
	}
	return s
}

var (
	listed  = re(`\bin\s+\[(.*)\]`)
	endWord = re(`^\s*(?:end\w*|\)|done|fi)\s*;?\s*$`)
)

var header = re(`^(\s*)((?:repeat\s+\S+|for\s+.*\S|block\s+.*\S|if\s+.*?\S|else|def\s+.*\S|while\s+.*))\s*?\s*(:|begin|do|then|\()?\s*$`)

// bracesByIndent puts braces around what is further in than the head above it.
func bracesByIndent(text string) string {
	lines := strings.Split(text, "\n")
	var out []string
	for i := 0; i < len(lines); i++ {
		m := header().FindStringSubmatch(strings.TrimRight(lines[i], "\r"))
		if m == nil || strings.ContainsAny(lines[i], "{}#") || i+1 == len(lines) || depth(lines[i+1]) <= len(m[1]) || strings.TrimSpace(lines[i+1]) == "" {
			out = append(out, lines[i])
			continue
		}
		end := i + 1
		for last := i + 1; last < len(lines) && (strings.TrimSpace(lines[last]) == "" || depth(lines[last]) > len(m[1])); last++ {
			if strings.TrimSpace(lines[last]) != "" {
				end = last + 1
			}
		}
		head := listed().ReplaceAllString(strings.TrimRight(m[2], " :"), "in $1")
		body := bracesByIndent(strings.Join(lines[i+1:end], "\n"))
		out = append(out, m[1]+head+" {", body, m[1]+"}")
		if end < len(lines) && endWord().MatchString(lines[end]) {
			end++
		}
		i = end - 1
	}
	return strings.Join(out, "\n")
}

// depth is how far in a line begins.
func depth(s string) int { return len(indented(s)) }

// closedByIndent closes braces where lines are no longer further in.
func closedByIndent(text string) string {
	if strings.Count(text, "{") <= strings.Count(text, "}") {
		return text
	}
	var out []string
	var open []int
	for _, l := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(codeOf(l))
		for len(open) > 0 && trimmed != "" && depth(l) <= open[len(open)-1] && !strings.HasPrefix(trimmed, "}") {
			closing := strings.Repeat(" ", open[len(open)-1]) + "}"
			at := len(out)
			for at > 0 && strings.TrimSpace(out[at-1]) == "" {
				at--
			}
			out = append(out[:at:at], append([]string{closing}, out[at:]...)...)
			open = open[:len(open)-1]
		}
		if strings.HasPrefix(trimmed, "}") && len(open) > 0 {
			open = open[:len(open)-1]
		}
		if strings.HasSuffix(trimmed, "{") {
			open = append(open, depth(l))
		}
		out = append(out, l)
	}
	for len(open) > 0 {
		at := len(out)
		for at > 0 && strings.TrimSpace(out[at-1]) == "" {
			at--
		}
		out = append(out[:at:at], append([]string{strings.Repeat(" ", open[len(open)-1]) + "}"}, out[at:]...)...)
		open = open[:len(open)-1]
	}
	return strings.Join(out, "\n")
}

var inputLine = re(`(?m)^input .*\n?`)

// movedUp puts a piece of the text in front of all.
func movedUp(text string, piece *regexp.Regexp) string {
	at := piece.FindStringIndex(text)
	if at == nil || at[0] == 0 {
		return text
	}
	moved := text[at[0]:at[1]]
	if !strings.HasSuffix(moved, "\n") {
		moved += "\n"
	}
	return moved + text[:at[0]] + text[at[1]:]
}
