package grade

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Submission is what one student hands in for one question.
type Submission struct {
	ID, Name, File string
	Question       string // of which key it is an answer, where there are several
	Text           string
	SHA256         string
	Late           bool     // as the platform says
	Due            string   // the student's own time to hand in by; "": that of all
	Submitted      string   // when it was handed in, as somebody wrote it; "": nobody says
	Notes          []string // on its form, for the student
	Group          []string // the ids of others who handed it in, too
	Beside         []string // other files that were handed in with it
	Attempt        int64    // of several rows the last counts
	Row            bool     // a row of answers, which may all be left blank
}

// work is a submission, read and evaluated.
type work struct {
	file     *lang.File
	v        *eval.Evaluation
	net      *network.Network // what stands behind a mistake as it would be
	claims   map[string][]claim.Claim
	sheet    bool             // answers without a network
	layers   int              // how many it has
	wrong    *lang.Diagnostic // the first mistake
	notes    []string
	row      bool // a row of a table
	diags    lang.Diagnostics
	slips    []Slip                 // of form, as which it is read; none: it is read as it is written
	decimals map[string]value.Value // what numbers are if their one comma is a decimal one
	last     int                    // where the last layer statement ends
}

// read parses and evaluates a script; why is set where that gives nothing to
// grade.
func (k *Key) read(parser *lang.Parser, scratch *eval.Scratch, s Submission) (w *work, outcome Outcome, why string) {
	limits := k.parseLimits()
	w = &work{claims: map[string][]claim.Claim{}, notes: slices.Clip(s.Notes), row: s.Row}
	var diags lang.Diagnostics
	w.file, diags = parser.Parse(lang.NewSource(s.File, s.Text), limits)
	if len(w.file.Stmts) == 0 && overLimit(diags) {
		return nil, Limit, diags.List[0].Summary
	}
	if diags.Failed() {
		if text, changed := w.respelled(); changed {
			w.file, diags = parser.Parse(lang.NewSource(s.File, text), limits)
		}
	}
	w.diags = diags
	if why := w.survey(); why != "" && !s.Row {
		return w, Ungradable, why + firstMistake(diags)
	}
	w.v = eval.Evaluate(w.file, eval.Options{Reading: reading.Reading{Assumes: k.opts.Reading.Assumes}, Limits: k.submissionLimits(), Scratch: scratch, Place: k.hasAnswers()})
	for _, d := range w.v.Diags.List {
		if d.Code == lang.Limit {
			return nil, Limit, d.Summary
		}
	}
	diags.Merge(w.v.Diags)
	diags.Sort()
	w.diags = diags
	w.judge(diags)
	w.hint(diags)
	if w.net = w.v.Network; w.net.Failed {
		w.net = w.net.Provisional()
	}
	for i := range w.net.Nodes {
		if row := &w.net.Nodes[i]; row.Kind != nil && !row.Kind.Source {
			w.layers++
		}
	}
	if k.hasAnswers() {
		w.take(k, w.stated())
	}
	return w, Graded, ""
}

// mostMessages is how many mistakes of a submission are looked at.
const mostMessages = 20

// What a submission may cost where nobody says otherwise: more than any homework, done
// in a tenth of a second, and so many times what the key itself takes.
const (
	mostLayers = 25_000
	mostSteps  = 500_000
	timesKey   = 10
)

func (k *Key) parseLimits() lang.Limits {
	return lang.Limits{Messages: mostMessages, Source: k.opts.Limits.Source, Depth: k.opts.Limits.Depth}
}

// brokenAsWritten reports a script that runs only as it was read, slips in claims left
// aside.
func (w *work) brokenAsWritten() bool {
	return slices.ContainsFunc(w.slips, func(s Slip) bool { return !inClaim(&s) })
}

func (k *Key) submissionLimits() eval.Limits {
	limits := k.opts.Limits
	limits.Messages = mostMessages
	layers, steps := mostLayers, mostSteps
	for _, s := range k.solutions {
		layers, steps = max(layers, timesKey*len(s.v.Network.Nodes)), max(steps, timesKey*s.v.Steps())
	}
	if limits.Layers == 0 {
		limits.Layers = layers
	}
	if limits.Steps == 0 {
		limits.Steps = steps
	}
	return limits
}

func overLimit(diags lang.Diagnostics) bool {
	for i := range diags.List {
		if diags.List[i].Code == lang.Limit {
			return true
		}
	}
	return false
}

// survey looks at what the statements are; it says why there is nothing to
// grade, or nothing.
func (w *work) survey() string {
	read, keyWords := 0, false
	w.sheet = true
	for i := range w.file.Stmts {
		s := &w.file.Stmts[i]
		if lang.OfKey(s.Node) {
			keyWords = true
			continue
		}
		switch s.Node.(type) {
		case *lang.Bad:
			if !slices.ContainsFunc(partsOf(w.line(s.Span.Start)), func(p claimPart) bool { return p.value != "" }) {
				continue
			}
		case *lang.Let, *lang.ExpectStmt:
		case *lang.Layer, *lang.Repeat, *lang.For, *lang.If:
			w.sheet, w.last = false, s.Span.End
		default:
			w.sheet = false
		}
		read++
	}
	if keyWords {
		w.notes = append(w.notes, "mark, accept and misconception belong to a key and were passed over")
	}
	switch {
	case read > 0:
		return ""
	case len(w.file.Stmts) == 0:
		return "it is empty"
	}
	return "no statement could be read"
}

// judge finds the first mistake that counts; spellings that are clear get a
// note.
func (w *work) judge(diags lang.Diagnostics) {
	for i := range diags.List {
		d := &diags.List[i]
		switch {
		case d.Form && w.row:
		case d.Form:
			w.notes = append(w.notes, d.Summary+": "+d.Hint)
		case d.Severity == lang.Error && d.Code != lang.Expect && w.wrong == nil && !w.sheetless(d) && !w.beside(d):
			w.wrong = d
		}
	}
}

// hint gives the student what is noted of a shape, as that channels come last,
// where a shape is the mistake.
func (w *work) hint(diags lang.Diagnostics) {
	i := slices.IndexFunc(diags.List, func(d lang.Diagnostic) bool { return d.Severity == lang.Note && d.Code == lang.Shape })
	if i >= 0 && w.wrong != nil && w.wrong.Code == lang.Shape {
		d := &diags.List[i]
		line, _ := w.file.Source.Position(d.Span.Start)
		w.notes = append(w.notes, strings.TrimSuffix(fmt.Sprintf("line %d: %s: %s", line, d.Summary, ownHint(d.Hint, w.file.Source.Text)), ": "))
	}
}

// beside reports a mistake in what is no part of the network: in a claim, or in
// what belongs to a key.
func (w *work) beside(d *lang.Diagnostic) bool {
	i := w.statement(d.Span.Start)
	if i < 0 || d.Source != w.file.Source {
		return false
	}
	switch n := w.file.Stmts[i].Node.(type) {
	case *lang.ExpectStmt:
		return true
	case *lang.Bad: // an accept that is never closed has swallowed layers
		return n.First.Text == "expect" || n.First.Text == "mark"
	}
	return lang.OfKey(w.file.Stmts[i].Node)
}

// statement is the one outside all braces that a place is in, or -1.
func (w *work) statement(at int) int {
	i, found := slices.BinarySearchFunc(w.file.Stmts, at, func(s lang.Stmt, at int) int { return cmp.Compare(s.Span.Start, at) })
	if !found {
		i--
	}
	return i
}

// sheetless passes over what an answer sheet cannot know: the names are the
// key's.
func (w *work) sheetless(d *lang.Diagnostic) bool { return w.sheet && d.Code == lang.Naming }

func (k *Key) hasAnswers() bool {
	for i := range k.marks {
		if k.marks[i].how == answers {
			return true
		}
	}
	return false
}
