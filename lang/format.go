package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// Format writes a script in one form. Tokens and comments stay, in their
// order; blanks, indents and what typing leaves open (× for x, $(n) for $n)
// are settled. The author's line ends stay, but for superfluous ones. A script
// with mistakes in its text is not formatted: the diagnostics tell them.
func Format(src *Source, limits Limits) (string, Diagnostics) {
	_, diags := Parse(src, limits)
	if diags.Failed() {
		return "", diags
	}
	var ignored Diagnostics
	f := &formatter{src: src}
	f.read(scan(src, limits.withDefaults(), nil, &ignored))
	f.settle()
	f.layOut()
	return f.write(), diags
}

// A formatter lays a script's tokens out anew.
type formatter struct {
	src    *Source
	pieces []piece
	lines  []formattedLine
	line   formattedLine // being filled
	text   []byte        // of that line so far
	depth  int           // of braces
	inside int           // of round and square brackets
}

// A piece is a token and what stands before it in the source.
type piece struct {
	text     string
	class    lexer.TokenType
	ends     bool // a statement ends before it
	newline  bool // a line end stands before it
	blank    bool // an empty line stands before it, or before its comments
	comments []comment
	spread   bool // of { and }: the body takes more than one line
	tight    bool // of an operator: no blanks around it
	unary    bool // a sign, not an operator
}

// A comment stands behind something on its line, or on a line of its own.
type comment struct {
	text    string
	ownLine bool
	blank   bool // an empty line stands before it
}

// A formattedLine is one line of the result.
type formattedLine struct {
	indent  int
	text    string
	comment string
	blank   bool // an empty line comes first
}

// read makes pieces of the tokens and what lies between them in the text. The
// last piece is empty: it has the comments at the end.
func (f *formatter) read(tokens []lexer.Token) {
	end, ends := 0, false
	if strings.HasPrefix(f.src.Text, "\ufeff") {
		end = len("\ufeff")
	}
	for _, t := range tokens {
		if t.Type == tEOL {
			ends = true
			continue
		}
		p := piece{text: t.Value, class: t.Type, ends: ends}
		p.readGap(f.src.Text[end:t.Pos.Offset])
		f.pieces = append(f.pieces, p)
		end, ends = t.Pos.Offset+len(t.Value), false
	}
	last := piece{ends: true}
	last.readGap(f.src.Text[end:])
	f.pieces = append(f.pieces, last)
}

// readGap looks at the blanks, line ends and comments before a piece.
func (p *piece) readGap(gap string) {
	newlines := 0
	for gap != "" {
		switch gap[0] {
		case '\n':
			newlines++
			p.newline = true
		case '#':
			text, rest, found := strings.Cut(gap, "\n")
			p.comments = append(p.comments, comment{strings.TrimRight(text, " \t\r"), p.newline, newlines > 1})
			if gap = rest; found {
				p.newline, newlines = true, 1
			}
			continue
		}
		gap = gap[1:]
	}
	p.blank = newlines > 1
}

// layOut puts the pieces on lines.
func (f *formatter) layOut() {
	for i := range f.pieces {
		p := &f.pieces[i]
		var before *piece
		if i > 0 {
			before = &f.pieces[i-1]
		}
		f.comments(p, before)
		switch {
		case p.class == 0:
			f.endLine()
			return
		case f.breaks(p, before):
			f.endLine()
			f.line.blank = p.blank && len(f.lines) > 0 && (before == nil || before.text != "{" || len(p.comments) > 0) && p.text != "}"
		case before != nil:
			f.text = append(f.text, f.between(p, before)...)
		}
		f.put(p)
	}
}

// comments writes what stands before a piece. A comment belongs into the body
// whose closing brace it precedes.
func (f *formatter) comments(p, before *piece) {
	for _, c := range p.comments {
		if !c.ownLine && before != nil {
			f.line.comment = c.text
			f.endLine()
			continue
		}
		f.endLine()
		f.line = formattedLine{indent: f.depth, comment: c.text, blank: c.blank && len(f.lines) > 0 && (before == nil || before.text != "{" || len(p.comments) > 0 && c.text != p.comments[0].text)}
		f.endLine()
	}
}

// breaks reports whether a piece begins a line.
func (f *formatter) breaks(p, before *piece) bool {
	switch {
	case before == nil || len(p.comments) > 0:
		return true
	case before.text == "{" && p.text == "}":
		return before.spread
	case before.text == "{":
		return before.spread
	case p.text == "}":
		return p.spread
	}
	return p.newline
}

// put appends a piece to the line.
func (f *formatter) put(p *piece) {
	closes := p.text == "}" || p.text == ")" || p.text == "]"
	switch {
	case p.text == "}":
		f.depth--
	case closes:
		f.inside--
	}
	if len(f.text) == 0 {
		f.line.indent = f.depth
		if !p.ends && p.text != "}" && f.continues() {
			f.line.indent++
		}
	}
	f.text = append(f.text, p.text...)
	switch {
	case p.text == "{":
		f.depth++
	case strings.HasSuffix(p.text, "("), p.text == "[":
		f.inside++
	}
}

// continues reports whether the line that begins belongs to the statement
// before it: inside brackets, or behind a comma.
func (f *formatter) continues() bool {
	if f.inside > 0 {
		return true
	}
	if len(f.lines) == 0 {
		return false
	}
	return strings.HasSuffix(f.lines[len(f.lines)-1].text, ",")
}

func (f *formatter) endLine() {
	f.line.text, f.text = string(f.text), f.text[:0]
	if f.line.text != "" || f.line.comment != "" {
		f.lines = append(f.lines, f.line)
	}
	f.line = formattedLine{}
}

// write puts the lines together.
func (f *formatter) write() string {
	var b strings.Builder
	for i := 0; i < len(f.lines); {
		end, column := f.commentRun(i)
		for ; i < end; i++ {
			f.lines[i].write(&b, column)
		}
	}
	return b.String()
}

// widestAligned is how long a line may be for the comments around it to stand where
// its own does: the blanks before them would be longer than what they say.
const widestAligned = 200

// commentRun is how far the lines go on that follow each other and end in
// comments: these begin in one column.
func (f *formatter) commentRun(i int) (end, column int) {
	for end = i; end < len(f.lines); end++ {
		l := &f.lines[end]
		if l.text == "" || l.comment == "" || l.blank && end > i {
			break
		}
		if width := l.width(); width <= widestAligned {
			column = max(column, width)
		}
	}
	return max(end, i+1), column
}

const indent = "    "

func (l *formattedLine) width() int { return l.indent*len(indent) + utf8.RuneCountInString(l.text) }

func (l *formattedLine) write(b *strings.Builder, column int) {
	if l.blank {
		b.WriteByte('\n')
	}
	b.WriteString(strings.Repeat(indent, l.indent) + l.text)
	switch {
	case l.comment != "" && l.text == "":
		b.WriteString(l.comment)
	case l.comment != "":
		b.WriteString(strings.Repeat(" ", max(column-l.width(), 0)+2) + l.comment)
	}
	b.WriteByte('\n')
}
