package lang

import "github.com/alecthomas/participle/v2"

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
	case tNumber, tSize, tDollar, tRefused:
	default:
		if t.Value != "$(" {
			return participle.NextMatch
		}
	}
	o.Parts, err = readParts(lex)
	return err
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
