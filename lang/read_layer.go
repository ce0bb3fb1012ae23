package lang

import "github.com/alecthomas/participle/v2"

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
