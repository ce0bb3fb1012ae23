package repl

import (
	"strings"

	"cnnl/eval/session"
	"cnnl/lang"
)

// edit writes a layer's statement anew where it stands, and reads everything behind
// it again.
func (l *loop) edit(args string) {
	name, statement, _ := strings.Cut(args, " ")
	if name == "" {
		l.fail("write :edit LAYER STATEMENT, as in :edit c1 conv c1 20 5x5")
		return
	}
	given, _, _ := strings.Cut(name, "[") // of a loop's turns: one statement gives them all
	piece, ok := l.now().StatementOf(given)
	if !ok {
		l.failNoLayer(name)
		return
	}
	entries := l.now().Standing()
	e := &entries[piece.Entry]
	old := e.Text[piece.Start:piece.End]
	if statement = strings.TrimSpace(statement); statement == "" {
		if statement, ok = l.rewritten(name, old); !ok {
			return
		}
	}
	e.Text = e.Text[:piece.Start] + statement + e.Text[piece.End:]
	l.standInPlace(entries)
}

func (l *loop) failNoLayer(name string) {
	_, layers, _ := l.now().Names()
	if near := lang.Nearest(name, layers...); near != "" {
		l.fail("there is no layer called %s; did you mean %s?", name, near)
		return
	}
	l.fail("there is no layer called %s; :table lists them", name)
}

// rewritten lets somebody change a statement; false: it stays as it is.
func (l *loop) rewritten(name, old string) (string, bool) {
	line := lang.OneLine(old)
	text, err := l.lines.Edit(prompt, line)
	switch {
	case err == ErrNoEditing:
		l.fail("%s is %s; write what is to stand there: :edit %s STATEMENT", name, line, name)
		return "", false
	case err != nil || strings.TrimSpace(text) == "" || text == line:
		l.say("everything stands as before")
		return "", false
	}
	return strings.TrimSpace(text), true
}

// standInPlace reads entries in place of what stands, and tells what became of the
// total.
func (l *loop) standInPlace(entries []session.Entry) {
	before := l.now().Totals()
	opts := l.now().opts
	s, diags := session.New(l.now().Source.Name, opts, l.Limits)
	l.tell(diags)
	v, ok := l.repeated(s, entries, opts)
	if !ok {
		l.say("everything stands as before")
		return
	}
	l.replaceFrom(v, before)
}
