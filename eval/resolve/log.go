package resolve

import "cnnl/lang"

// A Log gathers what is to be said of a script, each mistake once, however often
// its statement is run.
type Log struct {
	Max   int // how many messages are kept; 0: the default
	notes []note
	told  map[mistake]bool
	run   lang.Diagnostics
}

// A note is what the static pass has to say.
type note struct {
	lang.Diagnostic
	body  *Body // that it stands in
	again bool  // a run that comes here says it itself, and better
	blame bool  // whether it is run or not
	used  bool  // it stands in a file that the script uses
}

// A mistake is told once.
type mistake struct {
	src  *lang.Source
	span lang.Span
	code lang.Code
}

// Told reports that a mistake of a code has been told of a place.
func (l *Log) Told(src *lang.Source, span lang.Span, code lang.Code) bool {
	return l.told[mistake{src, span, code}]
}

// once reports a mistake that has not been told yet, and notes it.
func (l *Log) once(d *lang.Diagnostic) bool {
	key := mistake{d.Source, d.Span, d.Code}
	if l.told[key] {
		return false
	}
	if l.told == nil {
		l.told = map[mistake]bool{}
	}
	l.told[key] = true
	return true
}

// Tell takes what a run has to say.
func (l *Log) Tell(d lang.Diagnostic) {
	if l.once(&d) {
		l.run.Max = l.Max
		l.run.Add(d)
	}
}

// Merge takes what has been said elsewhere.
func (l *Log) Merge(other lang.Diagnostics) {
	l.run.Max = l.Max
	l.run.Merge(other)
}

// mostNotes bounds what the static pass keeps; those behind it are counted.
const mostNotes = 10_000

func (l *Log) note(n note) {
	if n.again || l.once(&n.Diagnostic) {
		if len(l.notes) < mostNotes {
			l.notes = append(l.notes, n)
		}
	}
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
	for _, n := range l.notes {
		switch ran := n.blame || reached(n.body); {
		case n.again && (ran || !l.once(&n.Diagnostic)), !ran && n.used:
			continue
		case !ran && !whole && n.Severity == lang.Error:
			n.Severity = lang.Warning
		}
		n.Calls = from(n.body.root())
		all.Add(n.Diagnostic)
	}
	all.Merge(l.run)
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
