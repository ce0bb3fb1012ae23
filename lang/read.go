package lang

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The readers written by hand, for what most of a script is made of. They
// read what the tags of their types say, several times faster, and name what
// they expected.

func unexpected(lex *stream, expect string) error {
	return &participle.UnexpectedTokenError{Unexpected: *lex.Peek(), Expect: expect}
}

// take consumes the operator or reserved word text.
func take(lex *stream, text string) (Op, bool) {
	t := lex.Peek()
	if t.Value != text {
		return Op{}, false
	}
	return Op{Text: lex.Next().Value, At: t.Pos.Offset}, true
}

func want(lex *stream, text string) error {
	if _, ok := take(lex, text); !ok {
		return unexpected(lex, text)
	}
	return nil
}

func endOfStatement(lex *stream) error {
	if lex.Peek().Type != tEOL {
		return unexpected(lex, "")
	}
	lex.Next()
	return nil
}

// Parse reads a name.
func (n *Name) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tName {
		return participle.NextMatch
	}
	*n = Name{lex.Next().Value, t.Pos.Offset}
	return nil
}

// Capture takes an operator that participle's own tags have matched.
func (o *Op) Capture(words []string) error { o.Text = words[0]; return nil }

// Capture takes a name that participle's own tags have matched.
func (k *Key) Capture(words []string) error { k.Text = words[0]; return nil }

// Parse reads .name.
func (a *Attr) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tAttr {
		return participle.NextMatch
	}
	*a = Attr{lex.Next().Value[1:], t.Pos.Offset + 1}
	return nil
}

// Parse reads a string.
func (s *Str) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tString && (t.Type != tOops || t.Value[0] != '"') {
		return participle.NextMatch
	}
	*s = Str{lex.Next().Value, t.Pos.Offset, t.Type == tOops}
	return nil
}

var litKinds = map[lexer.TokenType]LitKind{tNumber: Number, tSize: Size, tDollar: Dollar, tOops: Refused}

// Parse reads a number, a size or $name.
func (l *Lit) Parse(lex *stream) error {
	t := lex.Peek()
	kind := litKinds[t.Type]
	if kind == 0 {
		return participle.NextMatch
	}
	*l = Lit{lex.Next().Value, t.Pos.Offset, kind}
	return nil
}

// Parse reads a layer statement.
func (l *Layer) Parse(lex *stream) (err error) {
	if err = l.Kind.Parse(lex); err != nil {
		return err
	}
	if l.Words, err = readWords(lex); err != nil {
		return err
	}
	if _, ok := take(lex, "="); ok {
		l.Tie = new(Ref)
		if err = l.Tie.need(lex); err != nil {
			return err
		}
		if l.Changes, err = readWords(lex); err != nil {
			return err
		}
	}
	if _, ok := take(lex, "with"); ok {
		if l.With, err = readRefs(lex); err != nil {
			return err
		}
	}
	if l.Bodies, err = readBodies(lex); err != nil {
		return err
	}
	return endOfStatement(lex)
}

func readWords(lex *stream) (words []Word, err error) {
	for {
		var w Word
		switch err := w.Parse(lex); err {
		case nil:
			if words == nil {
				words = make([]Word, 0, 4)
			}
			words = append(words, w)
		case participle.NextMatch:
			return words, nil
		default:
			return append(words, w), err
		}
	}
}

func readRefs(lex *stream) (refs []Ref, err error) {
	for {
		var r Ref
		switch err := r.Parse(lex); {
		case err == nil:
			refs = append(refs, r)
		case err != participle.NextMatch:
			return refs, err
		case len(refs) == 0:
			return nil, unexpected(lex, "a layer's name")
		default:
			return refs, nil
		}
	}
}

func readBodies(lex *stream) (bodies []Body, err error) {
	for lex.Peek().Value == "{" {
		var b Body
		if err := b.Parse(lex); err != nil {
			return bodies, err
		}
		bodies = append(bodies, b)
	}
	return bodies, nil
}

// Parse reads one word of a layer.
func (w *Word) Parse(lex *stream) error {
	no, isNo := take(lex, "no")
	w.No = no
	t := lex.Peek()
	if t.Type == tName || wordKeywords[t.Value] {
		w.Name = Key{lex.Next().Value, t.Pos.Offset}
		return nil
	}
	minus, isMinus := take(lex, "-")
	w.Minus = minus
	parts, err := readParts(lex)
	switch {
	case err == participle.NextMatch && isMinus:
		return unexpected(lex, "a number")
	case err == participle.NextMatch && isNo:
		return unexpected(lex, "an option's name")
	case err != nil:
		return err
	}
	w.Parts = parts
	if _, ok := take(lex, ".."); ok {
		w.To, err = readParts(lex)
		return needed(lex, err, "the range's end")
	}
	return nil
}

// wordKeywords are reserved words that a layer's options use as values.
var wordKeywords = map[string]bool{"all": true, "true": true, "false": true}

// needed turns "nothing of the sort here" into an error that names the sort.
func needed(lex *stream, err error, what string) error {
	if err == participle.NextMatch {
		return unexpected(lex, what)
	}
	return err
}

// readParts reads a value: parts joined by x.
func readParts(lex *stream) (parts []Part, err error) {
	var p Part
	if err = p.Parse(lex); err != nil {
		return nil, err
	}
	parts = append(make([]Part, 0, 1), p)
	for lex.Peek().Type == tBy {
		lex.Next()
		var side Part
		if err = side.Parse(lex); err != nil {
			return parts, needed(lex, err, "a number or $( )")
		}
		parts = append(parts, side)
	}
	return parts, nil
}

// Parse reads one side of a size, or a value that has no sides.
func (p *Part) Parse(lex *stream) error {
	if _, ok := take(lex, "$("); ok {
		return p.readExpr(lex)
	}
	return p.Lit.Parse(lex)
}

func (p *Part) readExpr(lex *stream) error {
	p.Expr = new(Expr)
	if err := p.Expr.need(lex); err != nil {
		return err
	}
	return want(lex, ")")
}

func (e *Expr) need(lex *stream) error { return needed(lex, e.Parse(lex), "a value") }

// Parse reads a calculation.
func (e *Expr) Parse(lex *stream) error {
	if err := e.First.Parse(lex); err != nil {
		return err
	}
	for {
		var term OpTerm
		switch err := term.Parse(lex); err {
		case nil:
			e.Rest = append(e.Rest, term)
		case participle.NextMatch:
			return nil
		default:
			return err
		}
	}
}

// Parse reads an operator and its right operand.
func (o *OpTerm) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tOp && t.Type != tKeyword || operatorsByText[t.Value].Between == 0 {
		return participle.NextMatch
	}
	o.Op = Op{lex.Next().Value, t.Pos.Offset}
	return needed(lex, o.X.Parse(lex), "a value")
}

// Parse reads an operand. Its sign and brackets are no nested calculations:
// only brackets recurse, and the scanner has bounded those.
func (o *Operand) Parse(lex *stream) (err error) {
	t := lex.Peek()
	sign := operatorsByText[t.Value].Before > 0
	if sign {
		o.Sign = Op{lex.Next().Value, t.Pos.Offset}
	}
	if err = o.readAtom(lex); err != nil && sign {
		err = needed(lex, err, "a value")
	}
	o.Span = Span{t.Pos.Offset, endOfLast(lex)}
	return err
}

func (o *Operand) readAtom(lex *stream) (err error) {
	if _, ok := take(lex, "("); ok {
		o.Group = new(Expr)
		if err = o.Group.need(lex); err != nil {
			return err
		}
		return want(lex, ")")
	}
	switch t := lex.Peek(); t.Type {
	case tName, tKeyword:
		var r Ref
		if err = r.Parse(lex); err == nil {
			o.Ref = &r
		}
		return err
	case tNumber, tSize, tDollar, tOops:
	default:
		if t.Value != "$(" {
			return participle.NextMatch
		}
	}
	o.Parts, err = readParts(lex)
	return err
}

// endOfLast is the end of the token read last.
func endOfLast(lex *stream) int {
	at := lex.RawCursor()
	if at == 0 {
		return 0
	}
	t := lex.Range(at-1, at)[0]
	return t.Pos.Offset + len(t.Value)
}

// refKeywords are the reserved words that stand for something with a value.
var refKeywords = map[string]bool{"total": true, "here": true, "in": true, "all": true, "true": true, "false": true}

func (r *Ref) need(lex *stream) error { return needed(lex, r.Parse(lex), "a layer's name") }

// Parse reads a name and the way on from it, or a function's call.
func (r *Ref) Parse(lex *stream) error {
	t := lex.Peek()
	if t.Type != tName && !refKeywords[t.Value] {
		return participle.NextMatch
	}
	r.Head = Key{lex.Next().Value, t.Pos.Offset}
	err := r.readRest(lex)
	r.Span = Span{t.Pos.Offset, endOfLast(lex)}
	return err
}

func (r *Ref) readRest(lex *stream) error {
	if lex.Peek().Value == "(" {
		if err := r.readArgs(lex); err != nil {
			return err
		}
	}
	for {
		var s Step
		switch err := s.Parse(lex); err {
		case nil:
			r.Path = append(r.Path, s)
		case participle.NextMatch:
			return nil
		default:
			return err
		}
	}
}

func (r *Ref) readArgs(lex *stream) error {
	lex.Next()
	for {
		var e Expr
		if err := e.need(lex); err != nil {
			return err
		}
		r.Args = append(r.Args, e)
		if _, more := take(lex, ","); !more {
			return want(lex, ")")
		}
	}
}

// Parse reads .name or [ ].
func (s *Step) Parse(lex *stream) error {
	if _, ok := take(lex, "["); ok {
		s.Index = new(Item)
		if err := s.Index.Parse(lex); err != nil {
			return needed(lex, err, "a number")
		}
		return want(lex, "]")
	}
	return s.Attr.Parse(lex)
}

// Parse reads a value or a range.
func (i *Item) Parse(lex *stream) error {
	if err := i.From.Parse(lex); err != nil {
		return err
	}
	if _, ok := take(lex, ".."); ok {
		i.To = new(Expr)
		return i.To.need(lex)
	}
	return nil
}
