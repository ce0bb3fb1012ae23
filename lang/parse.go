// Package lang is the text of the language: source and positions, tokens,
// syntax tree, parser, formatter and diagnostics.
//
//	file, diags := lang.Parse(lang.NewSource("hw.cnnl", text), lang.Limits{})
//
// A file always comes back, with every statement that could be read; each
// mistake is in the diagnostics once.
//
// The package knows no layers, no sizes and no values: to it conv is a name.
// What a name, a word or a calculation means is for the rooms above to say.
//
// A new statement is a type in ast.go whose tags are its grammar, an entry in
// keywords (token.go) and readers (parse.go), and a case in Visitor.node
// (walk.go). A new operator is a row in operators (operator.go) and a word in
// the tag of OpTerm. Where speed matters a type has a Parse method besides its
// tags; a test holds the two to each other, and others find what was forgotten.
package lang

import (
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A Parser reads scripts. Its zero value is ready; one that reads many
// scripts, one after the other, is faster than many that read one.
type Parser struct {
	tokens []lexer.Token
	list   tokenList
}

// Parse reads one script with a new Parser.
func Parse(src *Source, limits Limits) (*File, Diagnostics) { return new(Parser).Parse(src, limits) }

// Parse reads a script.
func (p *Parser) Parse(src *Source, limits Limits) (*File, Diagnostics) {
	limits = limits.withDefaults()
	diags := Diagnostics{Max: limits.Messages}
	p.tokens = scan(src, limits, p.tokens, &diags)
	stmts := readStmts(p.list.fill(p.tokens))
	p.list.fill(nil)
	clear(p.tokens)
	file := &File{Source: src, Stmts: stmts}
	report(file, &diags)
	if len(stmts) == 0 && len(diags.List) == 0 {
		diags.Add(Diagnostic{Severity: Note, Code: Syntax, Source: src, Summary: "the script has no statements", Hint: "a network begins with its input: input 120x120 rgb"})
	}
	diags.Sort()
	return file, diags
}

// readStmts reads statements until a closing brace or the end. It never
// fails: what cannot be read becomes Bad.
func readStmts(lex *stream) (stmts []Stmt) {
	for {
		var s Stmt
		if s.Parse(lex) != nil {
			return stmts
		}
		if stmts == nil {
			stmts = make([]Stmt, 0, 4)
		}
		if bad, ok := s.Node.(*Bad); ok && len(stmts) > 0 && bad.isTail() && bad.joins(stmts[len(stmts)-1].Node) {
			continue
		}
		stmts = append(stmts, s)
	}
}

// joins gives the braces that a bad statement begins with to the one before,
// and reports whether nothing else is to be told of it.
func (b *Bad) joins(before Node) bool {
	switch n := before.(type) {
	case *Bad:
		n.Bodies = append(n.Bodies, b.Bodies...)
		return true
	case *Layer:
		if b.First.Text == "{" && len(n.Bodies) > 0 {
			n.Bodies, b.Bodies = append(n.Bodies, b.Bodies...), nil
		}
	}
	return false
}

// Parse reads the statements between two braces.
func (b *Body) Parse(lex *stream) error {
	open, ok := take(lex, "{")
	if !ok {
		return unexpected(lex, "{")
	}
	b.Stmts = readStmts(lex)
	b.Span = Span{open.At, lex.Peek().Pos.Offset + 1}
	return want(lex, "}")
}

// Parse reads one statement.
func (s *Stmt) Parse(lex *stream) error {
	if t := lex.Peek(); t.EOF() || t.Value == "}" {
		return participle.NextMatch
	}
	s.read(lex)
	return nil
}

func (s *Stmt) read(lex *stream) {
	first := *lex.Peek()
	s.Span.Start = first.Pos.Offset
	node, err := readNode(lex, first)
	s.Node = node
	if err != nil {
		s.Node = recovered(lex, first, node, err)
	}
	s.Span.End = endOfStmt(lex)
}

// endOfStmt is the end of the last token before the statement's EOL.
func endOfStmt(lex *stream) int {
	at := lex.RawCursor()
	for at > 0 {
		if t := lex.Range(at-1, at)[0]; t.Type != tEOL {
			return t.Pos.Offset + len(t.Value)
		}
		at--
	}
	return 0
}

// readNode picks the production by the statement's first word.
func readNode(lex *stream, first lexer.Token) (Node, error) {
	switch first.Type {
	case tName:
		if w, ok := softWords[first.Value]; ok && w.begins(lex) {
			return w.read(lex)
		}
		l := new(Layer)
		return l, l.Parse(lex)
	case tKeyword:
		if read := readers[first.Value]; read != nil {
			return read(lex)
		}
	}
	return nil, unexpected(lex, "a statement")
}

// readers has a reader for each statement that begins with a reserved word:
// those of nearly every script by hand, for others a small participle parser,
// built when it is first needed.
var readers = map[string]func(*stream) (Node, error){
	"let":           byHand[Let](),
	"block":         reader[Block](),
	"use":           reader[UseStmt](),
	"repeat":        reader[Repeat](),
	"for":           reader[For](),
	"if":            reader[If](),
	"expect":        byHand[ExpectStmt](),
	"mark":          reader[Mark](),
	"accept":        reader[Accept](),
	"misconception": reader[Misconception](),
	"slips":         reader[Slips](),
	"differs":       reader[Differs](),
	"assume":        reader[Assume](),
	"freeze":        reader[Freeze](),
	"from":          reader[From](),
}

func byHand[T any, P interface {
	*T
	Node
	Parse(*stream) error
}]() func(*stream) (Node, error) {
	return func(lex *stream) (Node, error) {
		node := P(new(T))
		return node, node.Parse(lex)
	}
}

func reader[T any, P interface {
	*T
	Node
}]() func(*stream) (Node, error) {
	parser := sync.OnceValue(func() *participle.Parser[T] { return build[T]() })
	return func(lex *stream) (Node, error) {
		node, err := parser().ParseFromLexer(lex, participle.AllowTrailing(true))
		return P(node), err
	}
}

// build makes the parser that a type's tags describe. The language is LL(1):
// with more lookahead participle blames the wrong word.
func build[T any](options ...participle.Option) *participle.Parser[T] {
	return participle.MustBuild[T](append(options, participle.Lexer(definition{}), participle.UseLookahead(0))...)
}

// recovered makes a Bad of what was read, and goes on behind the word that
// was not expected, through the bodies it passes, to the statement's end.
// Nothing is read twice.
func recovered(lex *stream, first lexer.Token, node Node, err error) *Bad {
	bad := &Bad{First: Name{first.Value, first.Pos.Offset}, Node: node}
	found := *lex.Peek()
	if e, ok := err.(*participle.UnexpectedTokenError); ok {
		found, bad.Expect = e.Unexpected, e.Expect
	}
	bad.Found = Name{foundText(found), found.Pos.Offset}
	for !lex.Peek().EOF() && lex.Peek().Pos.Offset < found.Pos.Offset {
		lex.Next()
	}
	if at := lex.RawCursor(); found.Type == tEOL && at > 0 && lex.Range(at-1, at)[0].Type == tRefused {
		bad.Found.Text = "" // it stops short because of what has been told
	}
	bad.Bodies = skipStatement(lex)
	return bad
}

// skipStatement steps behind the end of a statement and reads the bodies on
// the way.
func skipStatement(lex *stream) (bodies []Body) {
	for {
		switch t := lex.Peek(); {
		case t.EOF(), t.Value == "}":
			return bodies
		case t.Type == tEOL:
			lex.Next()
			return bodies
		case t.Value == "{":
			var b Body
			_ = b.Parse(lex) // a body never fails: its braces balance
			bodies = append(bodies, b)
		default:
			lex.Next()
		}
	}
}

// foundText shows a word that was not expected; none for one that was told.
func foundText(t lexer.Token) string {
	switch t.Type {
	case tBad, tRefused:
		return ""
	case tEOL, lexer.EOF:
		return endOfLine
	}
	return t.Value
}

// endOfLine is what a Bad found where the statement stopped short.
const endOfLine = "\n"

// isTail reports whether a bad statement is the rest of the one before it.
func (b *Bad) isTail() bool {
	if b.First.Text == "" || b.First.Text == "//" || b.Node != nil {
		return false
	}
	return strings.ContainsRune("{)],=.", rune(b.First.Text[0])) || b.First.Text == "else"
}
