// Package repair finds the ways out of a script's mistakes. Each is an edit that has
// been tried: with it the script is read and evaluated, the mistake is gone, none is new
// in its place, and no claim is lost.
//
//	mended := repair.Mend(src, diags, repair.Options{Eval: opts})
//
// A mistake is looked at where it stands. Liberties, a table of what people write in
// place of what they mean, propose what else the text there could be; the cheapest are
// tried first, and one that does not suffice is gone on from. Nothing is done for a
// script without mistakes.
package repair

import (
	"fmt"
	"slices"

	"cnnl/eval"
	"cnnl/lang"
	"cnnl/repair/foreign"
)

// Options say how a script is read. The zero value reads it as it is.
type Options struct {
	Eval   eval.Options
	Limits lang.Limits
	Parser *lang.Parser // nil: one is made
}

// A Result is what has been found out about a script's mistakes.
type Result struct {
	// Diags are the script's, each mistake with its fixes. Where a fix is certain,
	// diagnosing has gone on as if it were carried out: what only followed from the
	// mistake is gone, and mistakes that it hid are there.
	Diags lang.Diagnostics
	// Text is the script with all that is certain.
	Text string
}

// Mend looks for ways out of what a script's diagnostics tell.
func Mend(src *lang.Source, diags lang.Diagnostics, o Options) Result {
	if len(src.Text) > longest || !slices.ContainsFunc(diags.List, ofScript) {
		return Result{diags, src.Text}
	}
	m := newMender(src, diags, o)
	m.mend()
	return Result{m.result(diags), m.now.src.Text}
}

// longest is the length in bytes of a script that is still mended.
const longest = 1 << 20

// A mender mends one script.
type mender struct {
	opts   Options
	src    *lang.Source // as written
	now    *attempt     // with all that is certain so far
	done   positions    // from now to src
	told   []lang.Diagnostic
	passed map[mistake]bool
	pasted *foreign.Text // the script as it is now, once somebody looks for pieces of other tools
	budget budget
}

// A mistake is known by what is said and where.
type mistake struct {
	at      int
	summary string
}

func newMender(src *lang.Source, diags lang.Diagnostics, o Options) *mender {
	if o.Parser == nil {
		o.Parser = new(lang.Parser)
	}
	if o.Eval.Scratch == nil {
		o.Eval.Scratch = new(eval.Scratch)
	}
	m := &mender{opts: o, src: src, done: kept(src.Text), passed: map[mistake]bool{}}
	m.budget.trials = mostTrials
	m.now = m.try(src.Text)
	m.budget.begin(m.now)
	return m
}

// mend takes one mistake after the other, in the order of the text.
func (m *mender) mend() {
	for {
		d := m.next()
		if d == nil {
			return
		}
		fixes, got := m.search(d)
		m.tell(d, fixes)
		if len(fixes) > 0 && fixes[0].Rank == lang.Certain {
			m.done = m.done.after(fixes[0].Edits)
			m.now, m.pasted = got, nil
			continue
		}
		m.passed[m.known(d)] = true
		if len(fixes) > 0 {
			m.answered(d, fixes[0].Edits)
		}
	}
}

// answered passes over the other mistakes of the lines that a fix changes: it is a way
// out of them too.
func (m *mender) answered(d *lang.Diagnostic, edits []lang.Edit) {
	src := m.now.src
	first, _ := src.Position(edits[0].Span.Start)
	last, _ := src.Position(edits[len(edits)-1].Span.End)
	for i := range m.now.diags.List {
		e := &m.now.diags.List[i]
		if e == d || !mendable(e, src) {
			continue
		}
		if line, _ := src.Position(e.Span.Start); first <= line && line <= last && !m.passed[m.known(e)] {
			m.passed[m.known(e)] = true
			m.tell(m.covered(*e, d), nil)
		}
	}
}

// covered is a mistake for which the help of another one is too: what would be said of it
// alone nobody needs.
func (m *mender) covered(e lang.Diagnostic, by *lang.Diagnostic) *lang.Diagnostic {
	here, _ := m.src.Position(m.done.back(e.Span.Start))
	there, _ := m.src.Position(m.done.back(by.Span.Start))
	e.Ways, e.Hint = nil, ""
	if here != there {
		e.Hint = fmt.Sprintf("what line %d's help shows is for this line too", there)
	}
	return &e
}

func (m *mender) known(d *lang.Diagnostic) mistake {
	return mistake{m.done.back(d.Span.Start), d.Summary}
}

// next is the first mistake that has not been looked at.
func (m *mender) next() *lang.Diagnostic {
	for i := range m.now.diags.List {
		d := &m.now.diags.List[i]
		if mendable(d, m.now.src) && !m.passed[m.known(d)] {
			return d
		}
	}
	return nil
}

// mendable reports a mistake of the script itself that edits can be a way out of. What a
// claim states is never changed.
func mendable(d *lang.Diagnostic, src *lang.Source) bool {
	return d.Source == src && ofScript(*d)
}

func ofScript(d lang.Diagnostic) bool {
	return d.Severity == lang.Error && d.Code != lang.Expect && d.Code != lang.Limit && d.Code != lang.Marking
}

// tell keeps a mistake, its places and edits turned into those of the script as written.
func (m *mender) tell(d *lang.Diagnostic, fixes []lang.Fix) {
	told := m.asWritten(*d)
	if len(d.Ways) > 0 && len(fixes) == 0 {
		told.Hint = "" // it says what did not stand the trial
	}
	for _, f := range fixes {
		if edits, ok := m.done.edits(f.Edits); ok {
			f.Edits = edits
			told.Fixes = append(told.Fixes, f)
		}
	}
	m.told = append(m.told, told)
}

func (m *mender) asWritten(d lang.Diagnostic) lang.Diagnostic {
	site := func(s lang.Site) lang.Site {
		if s.Source == m.now.src {
			s = lang.Site{Source: m.src, Span: m.done.span(s.Span)}
		}
		return s
	}
	own := site(lang.Site{Source: d.Source, Span: d.Span})
	d.Source, d.Span = own.Source, own.Span
	d.Calls, d.Related = slices.Clone(d.Calls), slices.Clone(d.Related)
	for i := range d.Calls {
		d.Calls[i] = site(d.Calls[i])
	}
	for i := range d.Related {
		d.Related[i].Site = site(d.Related[i].Site)
	}
	return d
}

// result is what has been told, with what else was said of the script.
func (m *mender) result(before lang.Diagnostics) lang.Diagnostics {
	all := lang.Diagnostics{Max: before.Max}
	for _, d := range m.told {
		all.Add(d)
	}
	for _, d := range m.now.diags.List {
		if d.Severity == lang.Error && !mendable(&d, m.now.src) {
			all.Add(asBefore(m.asWritten(d), before))
		}
	}
	for _, d := range before.List {
		if d.Severity != lang.Error {
			all.Add(d)
		}
	}
	all.Sort()
	all.Merge(lang.Diagnostics{More: before.More})
	for i := range all.List {
		all.List[i].Ways = nil // they have been tried
	}
	return all
}

// asBefore is a mistake as it was told, if it was: something may have been added to it.
func asBefore(d lang.Diagnostic, before lang.Diagnostics) lang.Diagnostic {
	for _, b := range before.List {
		if b.Source == d.Source && b.Span == d.Span && b.Summary == d.Summary {
			return b
		}
	}
	return d
}
