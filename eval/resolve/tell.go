package resolve

import "cnnl/lang"

// How mistakes are told.

// A telling is what telling depends on, and what has been told.
type telling struct {
	last    *note // what has been told last
	cause   *note // what has told already of what is told now
	muted   int   // above 0 nothing is told
	lenient int   // above 0 names may be those of another script, which grading knows
	// literal says that a calculation has no names: what is wrong with it is told
	// here, as no run computes it again.
	literal  bool
	spelled  int // words for which near ones have been looked for
	compared int // what that has cost, in pairs of letters
}

// mostCompared bounds what looking for near words may cost: some hundred of usual words
// among as many names.
const mostCompared = 2_000_000

// near is the candidate that a word is written much like, or empty. It is looked for
// while messages are kept: what nobody reads need not say it.
func (r *Resolver) near(word string, candidates func() []string) string {
	if !r.spells() || r.compared > mostCompared {
		return ""
	}
	list := candidates()
	r.compared += 100*len(list) + len(word)*len(word)*min(len(list), lang.MostSpelledWith)
	return lang.Nearest(word, list...)
}

// spells counts a word for which near ones are looked for; false: there were too many.
func (r *Resolver) spells() bool {
	r.spelled++
	return r.spelled <= r.mostSpelled()
}

// mostSpelled is for how many words near ones are looked for.
func (r *Resolver) mostSpelled() int {
	if r.opts.Messages > 0 {
		return r.opts.Messages
	}
	return lang.DefaultMessages
}

// limit tells that a limit was passed and ends the pass and the run.
func (r *Resolver) limit(span lang.Span, name string, most int, format string) {
	r.errorf(lang.Limit, span, OverLimit(format, most), "nothing from here on is counted", Raise(name, most, most))
	r.halted = true
}

// errorf tells of a mistake.
func (r *Resolver) errorf(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	r.say(&note{Diagnostic: lang.Diagnostic{Code: code, Span: span, Summary: summary, Detail: detail, Hint: hint, Ways: ways}})
}

// provisional tells of a mistake that a run tells itself if it gets there, and
// better: it has the values.
func (r *Resolver) provisional(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	if r.lenient == 0 {
		r.say(&note{Diagnostic: lang.Diagnostic{Code: code, Span: span, Summary: summary, Detail: detail, Hint: hint, Ways: ways}, provisional: true})
	}
}

func (r *Resolver) say(n *note) {
	if r.muted > 0 {
		return
	}
	n.Source, n.body, n.behind, n.used = r.unit.Source, r.body, r.cause, r.unit != r.prog.Script && r.unit.stmts != nil
	r.last = r.prog.Log.note(n)
}

// onceMore tells again what has been told by a note, where it may be that this
// place is run and that one is not.
func (r *Resolver) onceMore(told *note, tell func()) {
	if r.last = told; told == nil || told.body.runsBefore(r.body) {
		return
	}
	r.cause = told
	tell()
	r.cause = nil
}

func (r *Resolver) text(span lang.Span) string { return r.unit.Source.Text[span.Start:span.End] }

// A Teller takes a mistake: what is wrong, what was found, what helps, and ways out that
// have not been tried.
type Teller = func(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit)
