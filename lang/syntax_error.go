package lang

import (
	"slices"
	"strings"
)

// Words for what could not be read. A message names what was found and how
// the statement is written; it never speaks of the grammar.

// report adds a diagnostic for every Bad statement of the file.
func report(file *File, diags *Diagnostics) {
	WalkWithin(file.Stmts, func(s *Stmt) bool {
		bad, ok := s.Node.(*Bad)
		if ok && bad.Found.Text != "" {
			if bad.isSoft() { // what it shows to write has none of the signs that could not be read
				diags.List = slices.DeleteFunc(diags.List, func(d Diagnostic) bool { return d.Span.Start > bad.Found.At && d.Span.End <= s.Span.End })
			}
			diags.Add(bad.diagnostic(file.Source))
		}
		return !ok || !bad.calculates()
	})
}

// calculates reports a statement that was to hold a calculation: what stands
// in braces behind the fault is no statement then.
func (b *Bad) calculates() bool {
	switch b.Node.(type) {
	case *Let, *ExpectStmt:
		return true
	}
	return false
}

func (b *Bad) diagnostic(src *Source) Diagnostic {
	d := Diagnostic{Code: Syntax, Source: src, Span: b.Found.Span()}
	if b.Found.Text == endOfLine {
		d.Span = Span{b.Found.At, b.Found.At}
		d.Summary = "the statement stops short"
	} else {
		d.Summary = "did not expect " + Quote(b.Found.Text) + " here"
	}
	d.Detail, d.Hint = b.advice()
	if l, ok := b.Node.(*Layer); ok && len(l.Bodies) > 0 && isLetter(b.Found.Text[0]) {
		d.Hint = l.beforeBraces(src.Text, b.Found)
	}
	return d
}

// beforeBraces shows a layer with what stands behind its braces in front of
// them.
func (l *Layer) beforeBraces(text string, found Name) string {
	if found.Text == "with" {
		return "a branch of its own goes on from a tensor: { from NAME }"
	}
	layer, _, _ := strings.Cut(text[l.Kind.At:found.At], "{")
	behind := text[found.At:]
	if i := strings.IndexAny(behind, "\n;#{}"); i >= 0 {
		behind = behind[:i]
	}
	return "options stand before the braces: " + strings.TrimSpace(layer) + " " + strings.TrimSpace(behind) + " { ... }"
}

// advice says what was expected and how to mend the statement.
func (b *Bad) advice() (detail, hint string) {
	if b.Expect != "" && b.Expect != "a statement" {
		detail = "expected " + expectWords(b.Expect)
	}
	if b.Found.Text == "if" && b.calculates() {
		return "a calculation holds no if", "an if stands around layers: if CONDITION { conv 2 3x3 } else { conv 1 3x3 }"
	}
	if usage := Usage(b.First.Text); usage != "" && (Reserved(b.First.Text) || b.isSoft()) {
		hint = "its form is " + usage
		if Reserved(b.Found.Text) && b.Found.At != b.First.At {
			detail = "`" + b.Found.Text + "` is a word of the language"
		}
		return detail, hint
	}
	if l, ok := b.Node.(*Layer); ok {
		if l.Tie != nil && l.Tie.Head.Text == "" && b.Found.Text != endOfLine {
			detail = "behind = stands the layer whose parameters are shared"
		}
		return detail, l.advice(b.Found.Text)
	}
	return "a statement begins with a kind of layer or a word like let", beginHint(b.First.Text)
}

func expectWords(expect string) string {
	if len(expect) <= 2 {
		return Quote(expect)
	}
	return expect
}

// beginHint helps with what cannot begin a statement.
func beginHint(first string) string {
	switch first {
	case "else":
		return "else stands behind the closing brace: } else {"
	case "//", "/":
		return "a comment begins with #"
	case "{":
		return "braces stand on the line of their statement: add { ... } { ... }"
	case "with":
		return "with stands on the line of its layer: concat with e3 e4"
	}
	return "as in conv c1 20 3x3"
}

// advice helps with the slips made in layer statements.
func (l *Layer) advice(found string) string {
	kind := l.Kind.Text
	switch {
	case l.Tie != nil && l.Tie.Head.Text == "" && len(l.Words) == 0:
		return "a value is named with let: let " + kind + " = " + oneLine(found)
	case l.Tie != nil && l.Tie.Head.Text == "" && l.lastWord() != "":
		return "options are written without =: " + l.lastWord() + " " + oneLine(found) + "; filters, kernel and units need no word: conv c1 20 3x3"
	case found == "%":
		return "a part is written as a number: 0.5"
	case found == "*" && l.endsInNumber():
		return "a size is written 3x3, a calculation stands in $( ): $(2 * width)"
	case operatorsByText[found].Between > Conjunction || found == "..":
		return "a calculation stands in $( ): $(2 * width)"
	case found == "(" || found == "," || found == "[":
		return "words are separated by blanks, the sides of a size by x, without brackets or commas: conv c1 20 3x3, input 32x32x3"
	case strings.HasPrefix(found, `"`):
		return "names stand without quotes"
	case Reserved(found):
		return "`" + found + "` is a word of the language and cannot be a name"
	}
	return "a layer is written KIND NAME VALUES OPTION VALUE, as in conv c1 20 3x3 stride 2"
}

func (l *Layer) lastWord() string {
	if n := len(l.Words); n > 0 {
		return l.Words[n-1].Name.Text
	}
	return ""
}

func (l *Layer) endsInNumber() bool {
	n := len(l.Words)
	return n > 0 && len(l.Words[n-1].Parts) == 1 && l.Words[n-1].Parts[0].Lit.Kind == Number
}

func oneLine(found string) string {
	if found == endOfLine {
		return "VALUE"
	}
	return found
}
