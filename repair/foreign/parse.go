package foreign

import (
	"errors"

	"cnnl/lang"
)

// errNotPython stops the reading of a line that is no Python.
var errNotPython = errors.New("no Python")

// deepest is how deep brackets may be nested: hostile text must not exhaust the stack.
const deepest = 60

// A parser reads the tokens of one logical line.
type parser struct {
	tokens []token
	pos    int
	depth  int
}

// parseLine reads a logical line as a statement without its body; nil: it is none.
func parseLine(l line) (s *stmt) {
	if !l.ok || len(l.tokens) == 0 {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			if r != errNotPython { //nolint:errorlint // it is our own
				panic(r)
			}
			s = nil
		}
	}()
	p := &parser{tokens: l.tokens}
	s = p.line()
	s.span, s.indent = l.span, l.indent
	if p.pos < len(p.tokens) {
		return nil
	}
	return s
}

// line is the statement of a line, or those between its semicolons.
func (p *parser) line() *stmt {
	first := p.statement()
	for p.take(",") { // cut out of a list
	}
	if !p.is(";") {
		return first
	}
	first.span = lang.Span{Start: p.tokens[0].span.Start, End: p.behind()}
	all := &stmt{sort: sBlock, text: ";", body: []*stmt{first}}
	for p.take(";") {
		if p.pos < len(p.tokens) {
			start := p.here()
			s := p.statement()
			s.span = lang.Span{Start: start, End: p.behind()}
			all.body = append(all.body, s)
		}
	}
	if len(all.body) == 1 {
		return first
	}
	return all
}

func (p *parser) fail() { panic(errNotPython) }

// peek is the next token's text, with a mark before a string's; empty at the end.
func (p *parser) peek() string {
	if p.pos >= len(p.tokens) {
		return ""
	}
	if t := p.tokens[p.pos]; t.sort != tString {
		return t.text
	}
	return "\"" + p.tokens[p.pos].text
}

func (p *parser) is(text string) bool { return p.peek() == text }

// take steps over a token, if it is the next.
func (p *parser) take(text string) bool {
	if p.is(text) {
		p.pos++
		return true
	}
	return false
}

func (p *parser) want(text string) {
	if !p.take(text) {
		p.fail()
	}
}

func (p *parser) name() string {
	if p.pos >= len(p.tokens) || p.tokens[p.pos].sort != tName {
		p.fail()
	}
	p.pos++
	return p.tokens[p.pos-1].text
}

// here is where the next token begins, behind where the last one ended.
func (p *parser) here() int {
	if p.pos < len(p.tokens) {
		return p.tokens[p.pos].span.Start
	}
	return p.behind()
}

func (p *parser) behind() int { return p.tokens[p.pos-1].span.End }

// header reads a statement that begins with a word of its own; nil: it does not.
func (p *parser) header() *stmt {
	switch word := p.peek(); word {
	case "import", "pass", "@", "del", "global", "assert", "raise", "with", "while", "else", "try", "except", "finally":
		return p.over(word)
	case "from":
		return p.from()
	case "class":
		return p.class()
	case "def":
		return p.def()
	case "return":
		p.pos++
		s := &stmt{sort: sReturn}
		if p.pos < len(p.tokens) {
			s.x = p.list()
		}
		return s
	case "if", "elif":
		p.pos++
		s := &stmt{sort: sIf, text: word, x: p.expr()}
		p.want(":")
		return p.withInline(s)
	case "for":
		return p.loop()
	}
	return nil
}

// sorts are what becomes of statements that are read over.
var sorts = map[string]stmtSort{"import": sImport, "with": sBlock, "while": sBlock, "else": sBlock, "try": sBlock, "except": sBlock, "finally": sBlock}

// over reads a statement of which nothing but its body counts.
func (p *parser) over(word string) *stmt {
	sort, known := sorts[word]
	if !known {
		sort = sPass
	}
	if last := p.tokens[len(p.tokens)-1].text; sort == sBlock && last != ":" || len(p.tokens) == 1 && word == "import" {
		p.fail()
	}
	p.pos = len(p.tokens)
	return &stmt{sort: sort, text: word}
}

// from is an import; ours has none.
func (p *parser) from() *stmt {
	for _, t := range p.tokens {
		if t.sort == tName && t.text == "import" {
			return p.over("import")
		}
	}
	p.fail()
	return nil
}

func (p *parser) class() *stmt {
	p.pos++
	s := &stmt{sort: sClass, text: p.name()}
	if p.take("(") {
		p.arguments()
	}
	p.want(":")
	return s
}

func (p *parser) def() *stmt {
	p.pos++
	s := &stmt{sort: sDef, text: p.name()}
	p.want("(")
	for !p.take(")") {
		s.params = append(s.params, p.param())
		if !p.is(")") {
			p.want(",")
		}
	}
	if p.take("->") {
		p.expr()
	}
	p.want(":")
	return p.withInline(s)
}

// withInline gives a statement the body that stands on its header's line, if any.
func (p *parser) withInline(s *stmt) *stmt {
	if p.pos < len(p.tokens) {
		start := p.here()
		inner := p.statement()
		inner.span = lang.Span{Start: start, End: p.behind()}
		s.body = []*stmt{inner}
	}
	return s
}

func (p *parser) param() (f param) {
	if p.take("*") || p.take("**") || p.take("/") {
		if p.is(",") || p.is(")") {
			return f
		}
		p.name()
		return f
	}
	f.name = p.name()
	if p.take(":") {
		p.expr()
	}
	if p.take("=") {
		f.x = p.expr()
	}
	return f
}

func (p *parser) loop() *stmt {
	p.pos++
	s := &stmt{sort: sFor, targets: []*expr{p.targets()}}
	p.want("in")
	s.x = p.list()
	p.want(":")
	return p.withInline(s)
}

// targets are what a loop or comprehension names: names, with commas between.
func (p *parser) targets() *expr {
	start := p.here()
	list := &expr{sort: eList}
	for {
		list.args = append(list.args, p.postfix())
		if !p.take(",") {
			break
		}
	}
	if len(list.args) == 1 {
		return list.args[0]
	}
	list.span = lang.Span{Start: start, End: p.behind()}
	return list
}

// statement reads what stands on one line.
func (p *parser) statement() *stmt {
	if s := p.header(); s != nil {
		return s
	}
	x := p.list()
	switch op := p.peek(); op {
	case "=":
		s := &stmt{sort: sAssign, targets: []*expr{x}}
		for p.take("=") {
			s.targets = append(s.targets, p.list())
		}
		last := len(s.targets) - 1
		s.x, s.targets = s.targets[last], s.targets[:last]
		return s
	case ":": // a name with a type
		p.pos++
		p.expr()
		p.want("=")
		return &stmt{sort: sAssign, targets: []*expr{x}, x: p.list()}
	case "+=", "-=", "*=", "/=", "@=", "//=", "**=":
		p.pos++
		return &stmt{sort: sAugment, text: op[:len(op)-1], targets: []*expr{x}, x: p.list()}
	}
	if x.sort == eText {
		return &stmt{sort: sPass}
	}
	return &stmt{sort: sExpr, x: x}
}
