package resolve

import "cnnl/lang"

// A Log gathers what is to be said of a script, each mistake once, however often
// its statement is run.
type Log struct {
	Max   int // how many messages are kept; 0: the default
	notes []*note
	more  map[*Body]bool // where those stand that are not kept, and whether in a used file
	told  map[mistake]*note
	run   lang.Diagnostics
}

// A note is what the static pass has to say.
type note struct {
	lang.Diagnostic
	body *Body // that it stands in
	// provisional: a run that comes here has the values, and says it better.
	provisional bool
	used        bool  // it stands in a file that the script uses
	behind      *note // of the same word or name: where that one is an error, one is enough
}

// A mistake is told once.
type mistake struct {
	src  *lang.Source
	span lang.Span
	code lang.Code
}

// Told reports that a mistake of a code has been told of a place.
func (l *Log) Told(src *lang.Source, span lang.Span, code lang.Code) bool {
	_, told := l.told[mistake{src, span, code}]
	return told
}

// once gives what has been told of a place already, or remembers that n is; in a
// run it is nil.
func (l *Log) once(d *lang.Diagnostic, n *note) (old *note, told bool) {
	key := mistake{d.Source, d.Span, d.Code}
	if old, told = l.told[key]; told {
		return old, true
	}
	if l.told == nil {
		l.told = map[mistake]*note{}
	}
	l.told[key] = n
	return n, false
}

// Tell takes what a run has to say.
func (l *Log) Tell(d lang.Diagnostic) {
	if _, told := l.once(&d, nil); !told {
		l.run.Max = l.Max
		l.run.Add(d)
	}
}

// Merge takes what has been said elsewhere.
func (l *Log) Merge(other lang.Diagnostics) {
	l.run.Max = l.Max
	l.run.Merge(other)
}

// mostNotes bounds what the static pass keeps; of the rest only where they stand.
const mostNotes = 10_000

// note takes what the static pass has to say, and gives what now says it.
func (l *Log) note(n *note) *note {
	if !n.provisional {
		if old, told := l.once(&n.Diagnostic, n); told {
			return old
		}
	}
	switch {
	case len(l.notes) < max(mostNotes, l.Max):
		l.notes = append(l.notes, n)
		return n
	case n.provisional:
		return n
	case l.more == nil:
		l.more = map[*Body]bool{}
	}
	l.more[n.body] = n.used
	return n
}

// ofUsed is a log that has only what is to be said of files that are used, as soon
// as a run comes there.
func (l *Log) ofUsed() *Log {
	next := &Log{Max: l.Max}
	for _, n := range l.notes {
		if n.used {
			next.notes = append(next.notes, n)
		}
	}
	return next
}

// Diagnostics is all that is to be said after a run, which has reached the
// bodies for which reached is true. Mistakes in what is never run are warnings,
// or errors where the whole script matters; those of a file that is used are not
// the script's. From says where a block was used for the first time.
func (l *Log) Diagnostics(reached func(*Body) bool, from func(*Body) []lang.Site, whole bool) lang.Diagnostics {
	all := lang.Diagnostics{Max: l.Max}
	var warnings []lang.Diagnostic // no error is left out for one
	errors := map[*note]bool{}
	for _, n := range l.notes {
		ran := reached(n.body)
		errors[n] = ran || whole || errors[n.behind]
		if n.provisional && ran || n.used && !ran || n.behind != nil && (!ran || errors[n.behind]) {
			continue
		}
		if _, told := l.once(&n.Diagnostic, n); n.provisional && told {
			continue
		}
		d := n.Diagnostic
		d.Calls = from(n.body.root())
		if ran || whole {
			all.Add(d)
		} else {
			d.Severity = max(d.Severity, lang.Warning)
			warnings = append(warnings, d)
		}
	}
	all.Merge(l.run)
	for body, used := range l.more {
		if whole && !used || reached(body) {
			all.Add(lang.Diagnostic{Code: lang.Limit, Summary: "there are more mistakes than are told"})
			break
		}
	}
	for _, d := range warnings {
		all.Add(d)
	}
	all.Sort()
	return all
}

// All is all that is to be said where everything counts, and nothing is run.
func (l *Log) All() lang.Diagnostics {
	return l.Diagnostics(func(*Body) bool { return true }, func(*Body) []lang.Site { return nil }, true)
}

// root is the body of the file or block that a body stands in.
func (b *Body) root() *Body {
	for b.outer != nil {
		b = b.outer
	}
	return b
}
