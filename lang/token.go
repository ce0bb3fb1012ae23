package lang

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// The classes of tokens. Anything in a script is of one of them, so lexing
// never fails: what has no meaning is a bad token with a diagnostic.
const (
	tEOL     lexer.TokenType = iota + 1 // the end of a statement
	tName                               // conv, c3
	tKeyword                            // let, block, ...
	tAttr                               // .params, its dot included
	tNumber                             // 20, 7_271_940, 0.5
	tSize                               // 3x3, 120x120x4
	tString                             // "same padding"
	tDollar                             // $width
	tBy                                 // the x of $(k)x$(k)
	tOp                                 // + == ( { $( and so on
	tRefused                            // a number, size or string that was refused: already told, its place is kept
	tBad                                // anything else that was refused: already told, ends its statement
)

// symbols is what the grammar's tags call the classes.
var symbols = map[string]lexer.TokenType{
	"EOF": lexer.EOF, "EOL": tEOL, "Name": tName, "Keyword": tKeyword, "Attr": tAttr,
	"Number": tNumber, "Size": tSize, "String": tString, "Dollar": tDollar, "By": tBy, "Op": tOp,
	"Refused": tRefused, "Bad": tBad,
}

// keywords are the reserved words, each with the way its statement is written
// where it begins one.
var keywords = map[string]string{
	"let":           "let NAME = VALUE",
	"block":         "block NAME(VALUE, OPTION = DEFAULT) { ... }",
	"use":           `use "FILE" or use NAME`,
	"repeat":        "repeat COUNT { ... }",
	"for":           "for NAME in 1..4 { ... } or for NAME in 64, 128 { ... }",
	"if":            "if CONDITION { ... } else { ... }",
	"expect":        "expect NAME.params == NUMBER",
	"mark":          `mark POINTS "TITLE" WHAT`,
	"accept":        `accept "TITLE" { ... }`,
	"misconception": `misconception "TITLE" { ... }`,
	"slips":         "slips 5 % at most 15 % or slips refused",
	"differs":       "differs 5 %",
	"assume":        "assume OPTION VALUE",
	"freeze":        "freeze NAME NAME... or freeze all",
	"from":          "from NAME",
	"in":            "", "else": "", "with": "", "no": "", "all": "", "and": "", "or": "", "not": "",
	"true": "", "false": "", "here": "", "total": "",
}

// Reserved reports whether a word is part of the language and so no name.
func Reserved(word string) bool { _, ok := keywords[word]; return ok }

// Usage is how a statement that begins with a reserved word is written, or
// empty.
func Usage(word string) string {
	if w, ok := softWords[word]; ok {
		return w.usage
	}
	return keywords[word]
}

// Statements lists the reserved words that begin a statement.
func Statements() (words []string) {
	for word, usage := range keywords {
		if usage != "" {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}
