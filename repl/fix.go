package repl

import (
	"slices"
	"strings"

	"cnnl/eval/session"
	"cnnl/lang"
	"cnnl/repair"
)

// mend looks for ways out of the mistakes of an entry that does not stand. The first is
// kept for :fix, and for the key that brings back what was entered.
func (l *loop) mend(a *session.Answer) {
	above := l.now().Source.Text
	if above != "" && !strings.HasSuffix(above, "\n") {
		above += "\n"
	}
	r := repair.Mend(lang.NewSource(promptName, above+a.Text), a.Diags, repair.Options{Eval: l.now().opts, Limits: l.Limits})
	for _, d := range r.Diags.List {
		told := sameMistake(a, d.Summary)
		for _, f := range d.Fixes {
			if edits, ok := ofEntry(f.Edits, len(above)); ok && told != nil {
				f.Edits = edits
				told.Fixes = append(told.Fixes, f)
			}
		}
		if told != nil && len(told.Fixes) > 0 && l.fix == "" {
			l.fix, _ = lang.Apply(a.Text, told.Fixes[0].Edits)
		}
	}
	if l.fix == "" && len(l.now().Nodes().Nodes) == 0 {
		l.begin(a)
	}
	if l.fix != "" {
		l.remember(l.fix)
	}
}

// certain is an entry that does not stand with what is certain of it.
func (l *loop) certain(a session.Answer) string {
	return repair.Mend(lang.NewSource(promptName, a.Text), a.Diags, repair.Options{Eval: l.now().opts, Limits: l.Limits}).Text
}

// inputs are what a network may begin with, the usual first.
var inputs = []string{"input 120x120 rgb", "input 784", "input 100x64 sequence", "input 100 tokens"}

// begin offers an input for layers that are entered before there is one: the first of
// the usual ones with which they stand.
func (l *loop) begin(a *session.Answer) {
	wrong := slices.IndexFunc(a.Diags.List, func(d lang.Diagnostic) bool { return d.Severity == lang.Error && len(d.Fixes) == 0 })
	if wrong < 0 {
		return
	}
	above := l.now().Source.Text
	for _, input := range inputs {
		s, _ := session.New(promptName, l.now().opts, l.Limits)
		s.Enter(above)
		text, edit := input+"\n"+a.Text, lang.Edit{Text: input + "\n"}
		if try := s.Enter(text); !try.OK {
			text = l.certain(try)
			edit = lang.Edit{Span: lang.Span{End: len(a.Text)}, Text: text}
			if !s.Enter(text).OK {
				continue
			}
		}
		l.fix = text
		a.Diags.List[wrong].Fixes = []lang.Fix{{Title: "an input above", Rule: "an input", Edits: []lang.Edit{edit}}}
		return
	}
}

// sameMistake is the mistake of an entry about which that is said.
func sameMistake(a *session.Answer, summary string) *lang.Diagnostic {
	for i := range a.Diags.List {
		if d := &a.Diags.List[i]; d.Severity == lang.Error && d.Summary == summary && d.Source != nil && d.Source.Text == a.Text && len(d.Fixes) == 0 {
			return d
		}
	}
	return nil
}

// ofEntry are edits of an entry that begins at a place. What they put in above it comes
// first in the entry; nothing else above can be changed.
func ofEntry(edits []lang.Edit, at int) (own []lang.Edit, ok bool) {
	for _, e := range edits {
		switch {
		case e.Span.Start >= at:
			e.Span.Start, e.Span.End = e.Span.Start-at, e.Span.End-at
		case e.Span.Start == e.Span.End:
			e.Span = lang.Span{}
		default:
			return nil, false
		}
		own = append(own, e)
	}
	return own, true
}

// enterFix enters the last entry that failed as it was mended.
func (l *loop) enterFix(string) {
	if l.fix == "" {
		l.fail("there is nothing to mend: :fix enters the entry before it as help has shown it")
		return
	}
	entry := l.fix
	for line := range strings.Lines(entry) {
		l.say(prompt + strings.TrimRight(line, "\n"))
	}
	l.enter(entry)
}
