package foreign

import "cnnl/lang"

// list is an expression, or several with commas between.
func (p *parser) list() *expr {
	start := p.here()
	first := p.item()
	if !p.is(",") {
		return first
	}
	list := &expr{sort: eList, args: []*expr{first}}
	for p.take(",") {
		if p.pos >= len(p.tokens) || p.is("=") || p.is(")") || p.is("]") || p.is(":") {
			break
		}
		list.args = append(list.args, p.item())
	}
	list.span = lang.Span{Start: start, End: p.behind()}
	return list
}

// item is an expression with a star, or without.
func (p *parser) item() *expr {
	if p.is("*") || p.is("**") {
		start := p.here()
		p.pos++
		x := p.expr()
		return &expr{sort: eStar, args: []*expr{x}, span: lang.Span{Start: start, End: p.behind()}}
	}
	return p.expr()
}

// expr is an expression: a choice, or what is calculated.
func (p *parser) expr() *expr {
	if p.depth++; p.depth > deepest {
		p.fail()
	}
	defer func() { p.depth-- }()
	start := p.here()
	if p.is("lambda") {
		return p.lambda()
	}
	x := p.binary(0)
	if p.take("if") {
		condition := p.binary(0)
		p.want("else")
		x = &expr{sort: eIf, args: []*expr{x, condition, p.expr()}}
	}
	x.span = lang.Span{Start: start, End: p.behind()}
	return x
}

// lambda is read over: what it computes is not followed.
func (p *parser) lambda() *expr {
	start := p.here()
	for !p.is(":") {
		if p.pos >= len(p.tokens) {
			p.fail()
		}
		p.pos++
	}
	p.pos++
	p.expr()
	return &expr{sort: eOther, span: lang.Span{Start: start, End: p.behind()}}
}

// strengths of the operators between two operands.
var strengths = map[string]int{
	"or": 1, "and": 2, "in": 4, "is": 4, "==": 4, "!=": 4, "<": 4, ">": 4, "<=": 4, ">=": 4, "=>": 3,
	"|": 5, "^": 5, "&": 5, "+": 6, "-": 6, "*": 7, "/": 7, "//": 7, "%": 7, "@": 7, "**": 9,
}

func (p *parser) binary(least int) *expr {
	start := p.here()
	x := p.unary()
	for {
		op := p.peek()
		if op == "not" && p.pos+1 < len(p.tokens) && p.tokens[p.pos+1].text == "in" {
			p.pos++
			op = "in"
		}
		strength := strengths[op]
		if strength <= least {
			return x
		}
		p.pos++
		if op == "is" {
			p.take("not")
		}
		x = &expr{sort: eBinary, text: op, args: []*expr{x, p.binary(strength)}}
		x.span = lang.Span{Start: start, End: p.behind()}
	}
}

func (p *parser) unary() *expr {
	start := p.here()
	if op := p.peek(); op == "-" || op == "+" || op == "not" || op == "~" {
		if p.depth++; p.depth > deepest {
			p.fail()
		}
		defer func() { p.depth-- }()
		p.pos++
		strength := 8
		if op == "not" {
			strength = 3
		}
		x := &expr{sort: eUnary, text: op, args: []*expr{p.binary(strength)}}
		x.span = lang.Span{Start: start, End: p.behind()}
		return x
	}
	return p.postfix()
}

// postfix is an atom, with its attributes, calls and indices.
func (p *parser) postfix() *expr {
	start := p.here()
	x := p.atom()
	for {
		switch {
		case p.take("."):
			x = &expr{sort: eAttr, text: p.name(), args: []*expr{x}}
		case p.take("("):
			args, words := p.arguments()
			x = &expr{sort: eCall, args: append([]*expr{x}, args...), words: words}
		case p.take("["):
			x = &expr{sort: eIndex, args: append([]*expr{x}, p.index()...)}
		default:
			return x
		}
		x.span = lang.Span{Start: start, End: p.behind()}
	}
}

// arguments are those of a call, up to its bracket.
func (p *parser) arguments() (args []*expr, words []string) {
	for !p.take(")") {
		word := ""
		if p.pos+1 < len(p.tokens) && p.tokens[p.pos].sort == tName && p.tokens[p.pos+1].text == "=" && p.tokens[p.pos+1].sort == tOp {
			word = p.name()
			p.pos++
		}
		x := p.item()
		if p.is("for") {
			x = p.comprehension(x)
		}
		args, words = append(args, x), append(words, word)
		if !p.is(")") {
			p.want(",")
		}
	}
	return args, words
}

func (p *parser) comprehension(item *expr) *expr {
	p.want("for")
	target := p.targets()
	p.want("in")
	x := &expr{sort: eFor, args: []*expr{item, target, p.binary(0)}}
	if p.is("if") || p.is("for") {
		p.fail()
	}
	x.span = lang.Span{Start: item.span.Start, End: p.behind()}
	return x
}

// index is what stands in square brackets: numbers and ranges.
func (p *parser) index() (items []*expr) {
	for !p.take("]") {
		items = append(items, p.indexItem())
		if !p.is("]") {
			p.want(",")
		}
	}
	return items
}

func (p *parser) indexItem() *expr {
	start := p.here()
	if p.take("...") {
		return &expr{sort: eSlice, text: "...", span: lang.Span{Start: start, End: p.behind()}}
	}
	var x *expr
	if !p.is(":") {
		if x = p.expr(); !p.is(":") {
			return x
		}
	}
	slice := &expr{sort: eSlice, text: ":"}
	for p.take(":") {
		if !p.is(":") && !p.is(",") && !p.is("]") {
			slice.args = append(slice.args, p.expr())
		}
	}
	if x != nil {
		slice.args = append(slice.args, x)
	}
	slice.span = lang.Span{Start: start, End: p.behind()}
	return slice
}

func (p *parser) atom() *expr {
	if p.pos >= len(p.tokens) {
		p.fail()
	}
	t := p.tokens[p.pos]
	p.pos++
	x := &expr{text: t.text, span: t.span}
	switch t.sort {
	case tNumber:
		x.sort = eNumber
	case tString:
		x.sort = eText
		for p.pos < len(p.tokens) && p.tokens[p.pos].sort == tString { // strings side by side are one
			x.text += p.tokens[p.pos].text
			p.pos++
		}
	case tName:
		if reserved[t.text] {
			p.fail()
		}
		x.sort = eName
	default:
		return p.bracket(t)
	}
	return x
}

// reserved are words of Python that are no names.
var reserved = map[string]bool{"if": true, "else": true, "elif": true, "for": true, "in": true, "is": true, "and": true, "or": true, "not": true, "def": true, "class": true, "return": true, "import": true, "from": true, "with": true, "as": true, "lambda": true, "while": true, "pass": true}

// bracket is a list, a tuple, an expression in brackets, or a dictionary, which is
// read over.
func (p *parser) bracket(open token) *expr {
	closer := map[string]string{"(": ")", "[": "]"}[open.text]
	if open.text == "{" {
		return p.braces(open)
	}
	if closer == "" {
		p.fail()
	}
	if p.depth++; p.depth > deepest {
		p.fail()
	}
	defer func() { p.depth-- }()
	list, comma := &expr{sort: eList}, open.text == "["
	for !p.take(closer) {
		x := p.item()
		if p.is("for") {
			x, comma = p.comprehension(x), true
		}
		list.args = append(list.args, x)
		if !p.is(closer) {
			if !p.take(",") && open.text == "(" { // MATLAB's sizes have no commas
				p.fail()
			}
			comma = true
		}
	}
	list.span = lang.Span{Start: open.span.Start, End: p.behind()}
	if len(list.args) == 1 && !comma {
		return list.args[0]
	}
	return list
}

func (p *parser) braces(open token) *expr {
	for depth := 1; depth > 0; p.pos++ {
		switch p.peek() {
		case "":
			p.fail()
		case "{":
			depth++
		case "}":
			depth--
		}
	}
	return &expr{sort: eOther, span: lang.Span{Start: open.span.Start, End: p.behind()}}
}
