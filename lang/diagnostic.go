package lang

import (
	"slices"
	"strings"
)

// Severity tells how much a diagnostic matters.
type Severity uint8

// An Error makes the script fail; a Warning and a Note do not.
const (
	Error Severity = iota
	Warning
	Note
)

// String is the word that messages use.
func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// A Code names a family of diagnostics. Each has a page behind `cnnl help`.
type Code string

// The codes. They are stable: tests, graders and editors rely on them.
const (
	Syntax   Code = "syntax"   // the text is not built like a statement
	Naming   Code = "name"     // a name nobody gave, or given twice
	Argument Code = "argument" // a layer's words: missing, surplus, unknown
	Value    Code = "value"    // a number that cannot be, or cannot be computed
	Shape    Code = "shape"    // a layer does not fit its input
	Share    Code = "share"    // a layer cannot have another's parameters
	Limit    Code = "limit"    // more than a script may ask for
	Expect   Code = "expect"   // a claim that does not hold
	Use      Code = "use"      // a file or library that cannot be used
	Marking  Code = "mark"     // a key that cannot grade
)

// Codes lists every code, in the order of the pages.
var Codes = [...]Code{Syntax, Naming, Argument, Value, Shape, Share, Limit, Expect, Use, Marking}

// A Span is a range of bytes in a source, its end excluded.
type Span struct{ Start, End int }

// A Diagnostic is one thing to say about a script. It is data: only the room
// render turns it into text.
type Diagnostic struct {
	Severity Severity
	Code     Code
	Source   *Source // nil where no line is to blame
	Span     Span    // what the carets stand under
	Summary  string  // one line: what is wrong
	Detail   string  // beside the carets: what was found and what was expected
	Hint     string  // what to write instead
	Ways     []Edit  // what whoever tells it thinks was meant, each a way out by itself; not tried
	Form     bool    // only a matter of spelling: the value is clear all the same
	Calls    []Site  // where the block was used, whose statement it is about; innermost first
	Related  []Related
	Fixes    []Fix // ways out that have been tried, the likeliest first
}

// A Site is a place in a script.
type Site struct {
	Source *Source
	Span   Span
}

// A Related place is another that the mistake has to do with, and how.
type Related struct {
	Site
	Text string
}

// DefaultMessages is how many diagnostics a run keeps.
const DefaultMessages = 100

// Diagnostics is a bounded list of diagnostics.
type Diagnostics struct {
	List []Diagnostic
	More int // how many were left out
	Max  int // how many List may hold; 0 means DefaultMessages

	errors bool // there is an error among those that were left out
}

// Add appends d, or counts it where the list is full.
func (l *Diagnostics) Add(d Diagnostic) {
	d.Summary, d.Detail, d.Hint = shortened(d.Summary), shortened(d.Detail), shortened(d.Hint)
	if len(l.List) < l.limit() {
		l.List = append(l.List, d)
	} else {
		l.More++
		l.errors = l.errors || d.Severity == Error
	}
}

// longest is how much of a sentence is kept: some quote names as the script
// has them.
const longest = 600

func shortened(s string) string {
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}

// Merge appends another list.
func (l *Diagnostics) Merge(other Diagnostics) {
	for _, d := range other.List {
		l.Add(d)
	}
	l.More += other.More
	l.errors = l.errors || other.errors
}

// Sort puts the list in the order of the text, file by file as they appear in
// it; what stands at one place keeps the order in which it was found.
func (l *Diagnostics) Sort() {
	rank := map[*Source]int{}
	for i := range l.List {
		if src := l.List[i].Source; rank[src] == 0 {
			rank[src] = len(rank) + 1
		}
	}
	slices.SortStableFunc(l.List, func(a, b Diagnostic) int {
		if d := rank[a.Source] - rank[b.Source]; d != 0 {
			return d
		}
		return a.Span.Start - b.Span.Start
	})
}

// Failed reports whether there is an error, be it one that was left out.
func (l *Diagnostics) Failed() bool {
	return l.errors || slices.ContainsFunc(l.List, func(d Diagnostic) bool { return d.Severity == Error })
}

// OnlyClaims reports that no error is told but of claims that do not hold.
func (l *Diagnostics) OnlyClaims() bool {
	return l.More == 0 && !slices.ContainsFunc(l.List, func(d Diagnostic) bool { return d.Severity == Error && d.Code != Expect })
}

func (l *Diagnostics) limit() int {
	if l.Max > 0 {
		return l.Max
	}
	return DefaultMessages
}
