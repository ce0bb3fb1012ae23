package repair

import (
	"strconv"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/lang"
)

// Liberties of what stands around a statement: in notes, chats, tables and other
// languages.

var marks = []liberty{
	{name: "prompt", form: true, cost: 1, when: line(replacing(`^(\s*)(?:cnnl|prompt|>>)?>+\s+`, "$1")),
		example: [2]string{"input 32x32x3\ncnnl> conv 20 3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "bullet", form: true, cost: 1, when: line(replacing(`^(\s*)[-*•·–+‣◦]\s+`, "$1")),
		example: [2]string{"input 32x32x3\n- conv 20 3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "numbering", form: true, cost: 1, when: unnumbered,
		example: [2]string{"input 32x32x3\n2. conv 20 3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "label", form: true, cost: 1, when: line(replacing(`^(\s*)(?i:layer|step|line|stage|help|hint|answer|solution)\s*\d*\s*[:.)]\s*(?:write\s+)?`, "$1")),
		example: [2]string{"input 32x32x3\nLayer 1: conv 20 3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "line numbers", form: true, cost: 1, when: lineNumbers,
		example: [2]string{"10 input 32x32x3\n20 conv 20 3x3\n30 relu", "input 32x32x3\nconv 20 3x3\nrelu"}},
	{name: "line number", cost: 4, when: line(replacing(`^(\s*)\d+\s+([A-Za-z])`, "$1$2")),
		example: [2]string{"input 32x32x3\n12 conv 20 3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "marks around the line", form: true, cost: 1, when: line(inTurn(
		replacing("^\\s*`(.*)`\\s*$", "$1"), replacing(`^\s*\|\s*(.*?)\s*\|\s*$`, "$1"), replacing(`^\s*"([^"]*)"\s*$`, "$1"), replacing(`^\s*'([^']*)'\s*$`, "$1"), replacing(`^(\s*)\{\s*([^{}]*\w[^{}]*?)\s*\}\s*$`, "$1$2"), replacing(`^(\s*\w+)\s*\{\s*(\w+\s*:[^{}]*?)\s*\}\s*$`, "$1 $2"))),
		example: [2]string{"input 32x32x3\n`conv 20 3x3`", "input 32x32x3\nconv 20 3x3"}},
	{name: "bold", form: true, cost: 1, when: line(inTurn(replacing(`(?:\*\*|__)(\w[^*]*?)(?:\*\*|__)`, "$1"), replacing(`(^|\s)\*(\w[^*]*?)\*(\s|$)`, "$1$2$3"))),
		example: [2]string{"input 32x32x3\n**conv** 20 3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "formula", form: true, cost: 1, when: line(inTurn(
		replacing(`\$?(\d+)\s*\$?\s*\\times\s*\$?\s*(\d+)\$?`, "${1}x$2"), replacing(`\\cdot`, "*"), replacing(`\\leq?`, "<="), replacing(`\\geq?`, ">="), replacing(`\\_`, "_"))),
		example: [2]string{"input 32x32x3\nconv 20 $3\\times3$", "input 32x32x3\nconv 20 3x3"}},
	{name: "comment", form: true, cost: 1, when: line(commented),
		example: [2]string{"input 32x32x3\nconv 20 3x3 // first", "input 32x32x3\nconv 20 3x3 # first"}},
	{name: "remark", form: true, cost: 1, when: remarks,
		example: [2]string{"input 32x32x3\nconv 20 3x3 -> 30x30x20", "input 32x32x3\nconv 20 3x3 # -> 30x30x20"}},
	{name: "fence", form: true, cost: 1, when: line(replacing("^(\\s*)(```|~~~|\\$ cnnl|\\$ cat|─|━|═|---+\\s*$|===+\\s*$|\\*\\*\\*+\\s*$|\"\"\")", "$1# $2")),
		example: [2]string{"```\ninput 32x32x3", "# ```\ninput 32x32x3"}},
	{name: "docstring", form: true, cost: 1, when: whole(replacing(`"""\s*\n?((?:[^"\n]*\n)*?[^"\n]*?)\s*"""`, "# $1")),
		example: [2]string{"\"\"\"\nmine\n\"\"\"\ninput 32x32x3", "# mine\ninput 32x32x3"}},
	{name: "long comment", form: true, cost: 1, when: whole(longComments),
		example: [2]string{"/* my\nnetwork */\ninput 32x32x3", "# my\n# network\ninput 32x32x3"}},
	{name: "table row", form: true, cost: 1, when: line(tableRow),
		example: [2]string{"input 32x32x3\n1\tconv\t20\t3x3", "input 32x32x3\nconv 20 3x3"}},
	{name: "table's head", form: true, cost: 1, when: line(replacing(`^(\s*)((?i:layer|name|nr|no\.|#)(?:\s{2,}|\t|\s*\|)\s*(?i:what|type|kind|layer|operation)\b.*)$`, "$1# $2")),
		example: [2]string{"layer  what  output\ninput 32x32x3", "# layer  what  output\ninput 32x32x3"}},
	{name: "question", form: true, cost: 1, when: line(replacing(`^(\s*)((?:(?i:print|show|echo)\b\s*)?\(?\s*(?:total(?:\.\w+)?|\w+\.(?:params|weights|biases|out|macs))\s*\)?\s*[?:;]?\s*)$`, "$1# $2")),
		example: [2]string{"input 32x32x3\nconv 20 3x3\nprint(total)", "input 32x32x3\nconv 20 3x3\n# print(total)"}},
	{name: "no statement", cost: 4, when: line(asComment),
		example: [2]string{"Ada Lovelace, 20123456\ninput 32x32x3", "# Ada Lovelace, 20123456\ninput 32x32x3"}},
}

var numbered = re(`^(\s*)(?:\(?(?:\d+|[a-z]|[ivx]+)[.)]|\d+\s*[|:])\s*(\D.*)$`)

// unnumbered takes the number or letter off a line of a list: it counts lines and means
// nothing else.
func unnumbered(p *place) []change {
	m := numbered().FindStringSubmatchIndex(p.lineText())
	if m == nil {
		return nil
	}
	label := lang.Span{Start: p.line.Start + m[3], End: p.line.Start + m[4]}
	return []change{{span: label, free: counted(p.text[label.Start:label.End])}}
}

var lineNumber = re(`^[ \t]*(\d+)[ \t]+([A-Za-z#])`)

// fewestNumbered is how many lines in a row are numbered by no accident.
const fewestNumbered = 3

// lineNumbers takes the numbers off a text of which every line has one, each by as much
// greater than the one before.
func lineNumbers(p *place) []change {
	var text strings.Builder
	var free []string
	last, step := 0, 0
	for line := range strings.Lines(p.text) {
		if strings.TrimSpace(line) == "" {
			text.WriteString(line)
			continue
		}
		m := lineNumber().FindStringSubmatchIndex(line)
		if m == nil {
			return nil
		}
		n, err := strconv.Atoi(line[m[2]:m[3]])
		if len(free) == 1 {
			step = n - last
		}
		if err != nil || len(free) > 0 && (step <= 0 || n != last+step) {
			return nil
		}
		text.WriteString(line[:m[2]] + line[m[4]:])
		last = n
		free = append(free, line[m[2]:m[3]])
	}
	if len(free) < fewestNumbered {
		return nil
	}
	return []change{{span: lang.Span{End: len(p.text)}, text: text.String(), free: free}}
}

var comments = re(`\s*(?://|--\s|%\s|<!--|\\\\\s)\s*(.*?)\s*(?:-->)?$|\s*/\*\s*(.*?)\s*(?:\*/)?$`)

// enclosed is a comment with statements behind it.
var enclosed = re(`^(.*?)/\*\s*(.*?)\s*\*/\s*(\S.*)$`)

// commented makes a comment of what other languages take for one.
func commented(_ *place, s string) string {
	if strings.ContainsAny(s, `"#`) {
		return s
	}
	if m := enclosed().FindStringSubmatch(s); m != nil {
		return m[1] + m[3] + " # " + m[2]
	}
	m := comments().FindStringSubmatchIndex(s)
	if m == nil {
		return s
	}
	text := ""
	for i := 2; i < len(m); i += 2 {
		if m[i] >= 0 {
			text += s[m[i]:m[i+1]]
		}
	}
	blank := " "
	if strings.TrimSpace(s[:m[0]]) == "" {
		blank = s[:m[0]]
	}
	return s[:m[0]] + blank + "# " + text
}

var longComment = re(`(?s)/\*\s*(.*?)\s*\*/`)

// longComments makes comments of those over several lines.
func longComments(_ *place, s string) string {
	return longComment().ReplaceAllStringFunc(s, func(c string) string {
		inner := longComment().FindStringSubmatch(c)[1]
		if !strings.Contains(inner, "\n") {
			return c
		}
		lines := strings.Split(inner, "\n")
		for i := range lines {
			lines[i] = "# " + strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(lines[i]), "*"))
		}
		return strings.Join(lines, "\n")
	})
}

var (
	behindShape = re(`^(.*?\S)\s*((?:->|→|=>|=|:|//)\s*\(?\s*(\d+(?:\s*[x×,]\s*\d+)+)\)?|\s\(\s*(\d+(?:\s*[x×,]\s*\d+)+)\s*\))\s*$`)
	behindWords = re(`^(.*?\S)\s+((?:<-|<--|->|←)\s*[A-Za-z][^{}]*|\([A-Za-z][A-Za-z ,.!?']*\)|!!*\s.*)$`)
)

// remarks makes comments of what is noted behind a statement: in words, or the shape
// that comes out, which must be so.
func remarks(p *place) (list []change) {
	s := p.statement()
	if m := behindShape().FindStringSubmatch(s); m != nil {
		shape := strings.Join(strings.FieldsFunc(m[3]+m[4], func(r rune) bool { return r == 'x' || r == '×' || r == ',' || r == ' ' }), "x")
		list = append(list, change{span: p.stmt, text: m[1] + " # " + strings.TrimSpace(m[2]), out: shape})
	}
	if m := behindWords().FindStringSubmatch(s); m != nil {
		list = append(list, change{span: p.stmt, text: m[1] + " # " + strings.Trim(m[2], "()"), cost: 1})
	}
	return list
}

var (
	cells      = re(`\s*\t\s*|\s*[|│]\s*|\s{2,}`)
	separated  = re(`^(\s*)([A-Za-z]\w*)((?:\s*[;,\t]\s*[\w.=]+)+)\s*$`)
	separators = re(`\s*[;,\t]\s*`)
	onlyDigits = re(`^\s*(?:[\d,.x×]+|None|-|—)\s*$`)
)

// tableRow reads a row of a table: a number or a name, what the layer is, and what comes
// of it.
func tableRow(p *place, s string) string {
	if m := separated().FindStringSubmatch(s); m != nil && p.startsLayer(m[2]) {
		return m[1] + m[2] + separators().ReplaceAllString(m[3], " ")
	}
	parts := cells().Split(strings.TrimSpace(s), -1)
	if len(parts) < 3 {
		return s
	}
	if onlyDigits().MatchString(parts[0]) && !strings.ContainsAny(parts[0], "x×") {
		return strings.Join(parts[1:], " ")
	}
	words := strings.Fields(parts[1])
	if len(words) == 0 || p.kind(words[0]) == nil || !isName(parts[0]) {
		return s
	}
	for _, cell := range parts[2:] {
		if !onlyDigits().MatchString(cell) {
			return s
		}
	}
	if strings.HasPrefix(parts[0], words[0]) && digits(parts[0]) == "" || p.kind(words[0]).Source {
		return parts[1]
	}
	return strings.Join(append([]string{words[0], parts[0]}, words[1:]...), " ")
}

// shows are words that ask for what is shown anyway: no statement of ours does.
var shows = re(`^(?i:print|printf|println|show|display|echo|puts|summary|plot)\b`)

// asComment makes a comment of a line in which no word is known, or that only asks for
// something to be shown.
func asComment(p *place, s string) string {
	if code := strings.TrimLeft(s, " \t"); shows().MatchString(code) && !strings.ContainsAny(s, "{};=") {
		return indented(s) + "# " + code
	}
	if s == "" || strings.ContainsAny(s, "{}") {
		return s
	}
	for _, t := range tokens(s) {
		if t.sort != aWord {
			continue
		}
		for _, part := range strings.FieldsFunc(t.text, func(r rune) bool { return r == '_' || r == '.' }) {
			if p.isKnownWord(part) || len(p.begins(part, len(part) > 3)) > 0 {
				return s
			}
		}
	}
	return indented(s) + "# " + strings.TrimLeft(s, " \t")
}

// isKnownWord reports a word that begins a layer or a statement, or names something.
func (p *place) isKnownWord(word string) bool {
	if lang.Reserved(word) || p.isTaken(word) || p.kind(strings.ToLower(word)) != nil {
		return true
	}
	k, _ := dialect.KindOf(dialect.Plain(word))
	return k != nil
}
