package lang

// The statements of nearly every script that begin with a reserved word. Advice
// on them shows the whole statement; what was expected at a place adds nothing.

// Parse reads a let.
func (l *Let) Parse(lex *stream) error {
	if err := need(lex, "let"); err != nil {
		return err
	}
	if err := needed(lex, l.Name.Parse(lex), ""); err != nil {
		return err
	}
	if err := need(lex, "="); err != nil {
		return err
	}
	if err := needed(lex, l.Value.Parse(lex), ""); err != nil {
		return err
	}
	return endOfStatement(lex)
}

// Parse reads a claim.
func (e *ExpectStmt) Parse(lex *stream) error {
	if err := need(lex, "expect"); err != nil {
		return err
	}
	if err := needed(lex, e.Claim.Parse(lex), ""); err != nil {
		return err
	}
	return endOfStatement(lex)
}

// need is want where advice shows the statement.
func need(lex *stream, text string) error {
	if _, ok := take(lex, text); !ok {
		return unexpected(lex, "")
	}
	return nil
}
