package lang

import (
	"math"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// Scripts that are entered bit by bit: at a prompt.

// ParseMore reads text that goes on a source, and extends the source by it.
// The statements of the file are those of the text; their places are places
// of the source.
func (p *Parser) ParseMore(src *Source, text string, limits Limits) (*File, Diagnostics) {
	limits = limits.withDefaults()
	diags := Diagnostics{Max: limits.Messages}
	stmts := readStmts(p.more(src, text, limits, &diags))
	p.forget()
	file := &File{Source: src, Stmts: stmts}
	report(file, &diags)
	diags.Sort()
	return file, diags
}

// ParseExpr reads a calculation that stands by itself, and extends the source
// by its text. Nil: it could not be read.
func (p *Parser) ParseExpr(src *Source, text string, limits Limits) (*Expr, Diagnostics) {
	limits = limits.withDefaults()
	diags := Diagnostics{Max: limits.Messages}
	lex := p.more(src, text, limits, &diags)
	defer p.forget()
	var e Expr
	first := *lex.Peek()
	err := e.need(lex)
	if err == nil {
		err = endOfStatement(lex)
	}
	if err == nil && !lex.Peek().EOF() {
		err = unexpected(lex, "")
	}
	if err != nil && !diags.Failed() {
		d := recovered(lex, first, nil, err).diagnostic(src)
		d.Detail, d.Hint = "expected a calculation, as in (3*3*4 + 1)*20", ""
		if d.Span.Start == d.Span.End {
			d.Summary = "the calculation stops short"
		}
		diags.Add(d)
	}
	if diags.Failed() {
		return nil, diags
	}
	return &e, diags
}

func (p *Parser) more(src *Source, text string, limits Limits, diags *Diagnostics) *stream {
	s := &scanner{src: src, text: text, base: src.Extend(text), limits: limits, out: p.tokens[:0], diags: diags}
	p.tokens = s.scan()
	return p.list.fill(p.tokens)
}

// forget lets go of the text that was read last.
func (p *Parser) forget() {
	p.list.fill(nil)
	clear(p.tokens)
}

// A Pending entry comes line by line. A line costs what it is long.
type Pending struct {
	s       *scanner
	ignored Diagnostics
}

// Add takes the next line, with its end, and reports whether the entry goes
// on: brackets stand open, or a comma ends it.
func (p *Pending) Add(line string) (more bool) {
	if p.s == nil {
		p.s = &scanner{src: NewSource("", ""), limits: Limits{Source: math.MaxInt32, Words: math.MaxInt32}.withDefaults(), diags: &p.ignored}
	}
	s := p.s
	s.base, s.text, s.pos = s.base+len(s.text), line, 0
	for s.pos < len(s.text) {
		s.next()
	}
	return len(s.open) > 0 && !s.lost || s.last().Value == ","
}

// Lead gives the first word of a text and what touches it behind: enough to
// tell a calculation from a statement. Number: it begins with one.
func Lead(text string) (word, behind string, number bool) {
	var ignored Diagnostics
	line := text[:min(len(text), 1000)]
	tokens := scan(NewSource("", line), Limits{}.withDefaults(), nil, &ignored)
	if len(tokens) == 0 {
		return "", "", false
	}
	first := tokens[0]
	if len(tokens) > 1 && tokens[1].Pos.Offset == first.Pos.Offset+len(first.Value) {
		behind = tokens[1].Value
	}
	return first.Value, behind, isNumber(first)
}

func isNumber(t lexer.Token) bool { return t.Type == tNumber || t.Type == tSize }

// Pieces cuts a script into its statements, each with the comments before it
// and the one behind it.
func Pieces(file *File) (pieces []string) {
	at := 0
	for i := range file.Stmts {
		end := behindComment(file.Source.Text, file.Stmts[i].Span.End)
		pieces = append(pieces, file.Source.Text[at:end])
		at = end
	}
	if at < len(file.Source.Text) && len(pieces) > 0 {
		pieces[len(pieces)-1] += file.Source.Text[at:]
	}
	return pieces
}

// behindComment is the end of the comment that stands behind a place on its
// line, or the place.
func behindComment(text string, at int) int {
	line, _, _ := strings.Cut(text[at:], "\n")
	if rest := strings.TrimLeft(line, " \t"); !strings.HasPrefix(rest, "#") {
		return at
	}
	return at + len(strings.TrimSuffix(line, "\r"))
}

// OneLine writes an entry of several lines as one, its comments left out. One
// that cannot be read stays as it is.
func OneLine(text string) string {
	var diags Diagnostics
	f := &formatter{src: NewSource("", text)}
	tokens := scan(f.src, Limits{}.withDefaults(), nil, &diags)
	if diags.Failed() {
		return text
	}
	f.read(tokens)
	var b strings.Builder
	for i := range f.pieces[:len(f.pieces)-1] {
		if i > 0 {
			b.WriteString(f.between(&f.pieces[i], &f.pieces[i-1]))
		}
		b.WriteString(f.pieces[i].text)
	}
	return b.String()
}
