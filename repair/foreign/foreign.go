// Package foreign reads what is pasted from other tools: layers and programs of Keras
// and PyTorch, printed modules, the sections of darknet. What it finds it writes as
// statements of ours, in the place of what they mean; everything else is commented out.
//
// It goes four steps: a region of the script that can only be another tool's is cut out
// (region.go) and parsed (scan.go, parse.go); the program is carried out as far as it
// describes a network, which gives the uses of its layers in their order (machine.go,
// calls.go); each is lowered by the tables of package dialect (lower.go, rules.go),
// written and entered into a session, so that every layer's input is known (writer.go);
// and the statements become edits of the text (edits.go).
package foreign

import (
	"fmt"
	"strings"

	"cnnl/eval"
	"cnnl/eval/dialect"
	"cnnl/eval/session"
	"cnnl/lang"
)

// A Reading is what a piece of a script means, as edits that make it so.
type Reading struct {
	Title string
	Rule  string // the tool: stable names
	Edits []lang.Edit
	Span  lang.Span // what it covers: the mistakes in it are all answered
	// Sure is set where every word went over by a row of the tables, what the text
	// says of its input is so, and nothing was assumed that it does not say.
	Sure bool
	Lost string // what cannot be carried over; empty: nothing
}

// A Text is a script in which pieces of other tools are looked for.
type Text struct {
	text     string
	physical *region // all lines as they stand
	logical  *region // those of Python, once somebody asks
}

// mostText is how long a script may be whose pieces are read.
const mostText = 1 << 18

// Look is a script as it is looked at.
func Look(text string) *Text {
	return &Text{text: text, physical: &region{text: text, lines: physical(text)}}
}

// Read reads the piece of a script that a place is in; none: it is nothing of others.
// The best comes first. What stands above it is evaluated with the options.
func (t *Text) Read(at int, opts eval.Options, limits lang.Limits) (readings []Reading) {
	if len(t.text) > mostText || at < 0 || at > len(t.text) {
		return nil
	}
	if found := printed(t.physical, at); found != nil {
		return found.readings(opts, limits, nil)
	}
	if found, sections := darknet(t.physical, at); found != nil {
		return found.readings(opts, limits, sections)
	}
	if t.logical == nil {
		t.logical = linesOf(t.text)
	}
	found := t.logical.find(at)
	if found == nil {
		return nil
	}
	readings = found.readings(opts, limits, nil)
	if i := t.logical.at(at); found.end-found.first > 1 && isStrong(found.stmts[i]) && !hasBody(found.stmts[i]) {
		alone := *found
		alone.first, alone.end = i, i+1
		readings = append(readings, alone.readings(opts, limits, nil)...)
	}
	return readings
}

// readings is what a region means, if it means something.
func (r *region) readings(opts eval.Options, limits lang.Limits, sections []section) []Reading {
	if reading, ok := r.read(opts, limits, sections); ok {
		return []Reading{reading}
	}
	return nil
}

// read reads a region.
func (r *region) read(opts eval.Options, limits lang.Limits, sections []section) (Reading, bool) {
	s := above(r.text[:r.lineStart(r.span().Start)], opts, limits)
	known := map[string]bool{}
	_, layers, _ := s.Names()
	for _, name := range layers {
		known[name] = true
	}
	tool := r.toolOf()
	m := newMachine(tool, func(name string) bool { return known[name] })
	if len(sections) > 0 {
		m.darknetProgram(sections)
	} else {
		m.program(r.tree())
	}
	if m.over {
		return Reading{}, false
	}
	w := newWriter(s, m.ops)
	w.sample = m.sample
	if w.entry == "" && len(w.ops) > 0 && w.countInputs() == 0 && !m.saysInput() {
		if !w.guess() {
			return Reading{}, false
		}
		return r.reading(m, w), true
	}
	if w.write(); w.failed != nil {
		return Reading{}, false
	}
	return r.reading(m, w), true
}

// above is a session in which everything stands that is above a piece, as far as it can
// be read.
func above(text string, opts eval.Options, limits lang.Limits) *session.Session {
	s, _ := session.New("", opts, limits)
	if strings.TrimSpace(text) == "" || s.Enter(text).OK {
		return s
	}
	piece, depth := "", 0
	for l := range strings.Lines(text) {
		piece += l
		depth += strings.Count(l, "{") - strings.Count(l, "}")
		if depth <= 0 {
			s.Enter(piece)
			piece, depth = "", 0
		}
	}
	return s
}

// reading makes edits of what was written.
func (r *region) reading(m *machine, w *writer) Reading {
	texts := map[site][][]string{}
	statements := 0
	for i, at := range r.sites(m) {
		if list := w.written[m.ops[i]]; len(list) > 0 {
			texts[at] = append(texts[at], list)
			statements += len(list)
		}
	}
	reading := Reading{Rule: toolName(m.speaks()), Edits: r.edits(texts), Span: r.span(), Sure: w.sure && !m.odd && r.partial == "" && !r.losesComment(texts)}
	if r.partial != "" {
		w.notes = append(w.notes, r.partial)
	}
	reading.Title, reading.Lost = title(reading.Rule, statements), lost(w.notes)
	if reading.Lost != "" {
		reading.Title += "; " + reading.Lost
	}
	return reading
}

// title says what a reading does.
func title(tool string, statements int) string {
	switch statements {
	case 0:
		return "comment out what describes no layer"
	case 1:
		return "write what is of " + tool + " as ours"
	}
	return fmt.Sprintf("write what is of %s as %d statements of ours", tool, statements)
}

// mostLost is how much of what is lost is told one by one.
const mostLost = 3

// lost says what a reading leaves.
func lost(notes []string) string {
	if len(notes) > mostLost {
		notes = append(notes[:mostLost:mostLost], fmt.Sprintf("and %d more cannot be carried over", len(notes)-mostLost))
	}
	return strings.Join(notes, "; ")
}

// speaks is the tool of a program: by its words, else by its first call.
func (m *machine) speaks() dialect.Tools {
	if m.tool == dialect.AnyTool && len(m.ops) > 0 {
		return m.ops[0].module.call.Tool
	}
	return m.tool
}

// toolName is a tool for titles.
func toolName(tool dialect.Tools) string {
	switch tool {
	case dialect.PyTorch:
		return "PyTorch"
	case dialect.Keras:
		return "Keras"
	case dialect.Darknet:
		return "darknet"
	}
	return "another tool"
}
