// Package doc is one tree for a document and a printer for each kind of sink:
// text, Markdown, HTML, LaTeX. A view in render says what there is to read, a
// printer how its sink writes it; so a view never escapes anything, and all
// that a sink must not obey is made harmless in one place, its printer.
//
// Texts in a tree are plain: a printer makes them visible and escapes them.
// Numbers that have a calculation stand in it as calc expressions, which each
// printer typesets in its own notation.
//
// The package knows calc, lang and how a terminal is set, and nothing of layers,
// networks or classes. A page in a browser imports it: no template, no XML.
//
// To add a block, write its type here and a case in the block method of each
// printer. To add a sink, write a printer: a file with its escapes and a
// method for each block.
package doc

import (
	"iter"
	"strings"

	"cnnl/eval/calc"
	"cnnl/lang"
)

// A Document is what a view says.
type Document struct {
	Name   string // what a browser calls it
	Title  string // what stands over it, if anything does
	Charts bool   // it has charts and details
	Blocks iter.Seq[Block]
}

// A Block is a part of a document: one of the types below that have the method.
// What an iterator of blocks yields is void when the next one comes.
type Block interface{ block() }

// A Section is a heading and what stands under it.
type Section struct {
	ID      string // what links lead to, if any do
	Heading Heading
	Blocks  []Block
}

// A Heading without a text is not there. Where it is no name, sinks for
// documents give it a capital.
type Heading struct {
	ID   string // what tables and charts under it are called by
	Text string
	Name bool // of a layer, a file, a question
}

func (h Heading) capital() string {
	if h.Name {
		return h.Text
	}
	return lang.Capital(h.Text)
}

// Sentences belong together. They are given without a capital and a full stop,
// which sinks for documents add.
type Sentences []string

// Stopped is a sentence that says why a document ends too early.
type Stopped string

// A Line is words that are no sentence.
type Line struct {
	Text   string
	Strong bool
}

// A List has a title, or none.
type List struct {
	Title string
	Items []string
}

// Remarks are sentences of one kind, said by the word in front of each, or by
// the heading over them where a sink has room for one.
type Remarks struct {
	Heading Heading
	Word    string
	Items   []string
}

// before is the word in front of each remark, with a blank.
func (r Remarks) before() string {
	if r.Word == "" {
		return ""
	}
	return r.Word + " "
}

// Steps are numbers, each with how it comes about.
type Steps struct {
	Caption string
	List    []Step
}

// A Step is one number. Where there is nothing to calculate, it has no
// expression, and perhaps no value.
type Step struct {
	Label  string    // height, width; parameters
	Before string    // words in front
	Calc   calc.Expr // the calculation
	Value  string    // what it gives
	After  string    // words behind
	Terms  string    // what it is made of
}

// A Table has a head if a column has a name.
type Table struct {
	Caption string
	Under   string // the ID of the heading that a page calls it by in place of the caption
	Wide    bool   // on a narrow page it scrolls
	Columns []Column
	Rows    iter.Seq[[]Cell]
	Orders  []string // of rows, for readers to choose from: as they come, then by each of their ranks
}

// A Column says how its cells stand.
type Column struct {
	Name   string
	Number bool // to the right
	Names  bool // its cells are the names of the rows
}

// A Cell is a text, in a page perhaps with more.
type Cell struct {
	Text    string
	Link    string // the ID of what it leads to
	File    string // the file that it leads to, from where the page is
	Ranks   []int  // in the first of a row: where the row stands in each further order of its table
	Details *Details
}

// Details are a table that is opened by a word.
type Details struct {
	Word  string
	Table Table
}

func (Section) block()   {}
func (Heading) block()   {}
func (Sentences) block() {}
func (Stopped) block()   {}
func (Line) block()      {}
func (List) block()      {}
func (Remarks) block()   {}
func (Steps) block()     {}
func (Table) block()     {}

// Cells are texts in a row.
func Cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, text := range texts {
		row[i].Text = text
	}
	return row
}

// headed reports whether a column has a name.
func (t Table) headed() bool {
	for _, c := range t.Columns {
		if c.Name != "" {
			return true
		}
	}
	return false
}

// sentence gives one its capital and full stop.
func sentence(text string) string { return lang.Capital(text) + "." }

// words puts a step on one line: what stands in front, the calculation with
// what it gives, what stands behind.
func (s Step) words(escape func(string) string, formula func(e calc.Expr, value string) string) string {
	text := escape(s.Value)
	if s.Calc.Present() {
		text = formula(s.Calc, s.Value)
	}
	if s.Before != "" {
		text = escape(s.Before) + " " + text
	}
	if s.After != "" {
		text = strings.TrimPrefix(text+", "+escape(s.After), ", ")
	}
	return text
}
