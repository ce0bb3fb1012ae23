// Package repl is the prompt: it reads entries, evaluates each on top of what
// stands, and prints what it came to.
//
//	failed := repl.Run(lines, repl.Options{Out: os.Stdout, Err: os.Stderr, ...})
//
// What the session knows and what it costs is eval's affair, how it looks is
// render's; nothing here opens a file.
package repl

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"cnnl/eval"
	"cnnl/eval/session"
	"cnnl/lang"
	"cnnl/render"
	"cnnl/render/terminal"
)

// Lines gives the lines that somebody writes, or a pipe holds.
type Lines interface {
	// Read gives one line without its end; io.EOF: there are no more;
	// ErrInterrupt: it was given up.
	Read(prompt string) (string, error)
	// Edit gives a line that begins as a text that stands there to be changed;
	// ErrNoEditing: only whole lines are read.
	Edit(prompt, text string) (string, error)
	// Remember puts an entry into the history.
	Remember(entry string)
}

// ErrNoEditing is what Edit gives where lines come as they are.
var ErrNoEditing = errors.New("there is no line editing here")

// ErrInterrupt is what Read gives where a line was given up with Ctrl-C.
var ErrInterrupt = errors.New("interrupted")

// Options say where a prompt runs.
type Options struct {
	Out, Err io.Writer
	// Look gives the terminal as it is now, for its window may change. Nil: there is
	// none.
	Look func() terminal.Terminal
	// Interactive: somebody sits before it and sees a prompt.
	Interactive bool
	Eval        eval.Options
	Limits      lang.Limits
	Files       Files
	Extent      render.Extent // of :table and :explain
}

// Files are what a prompt may do with files.
type Files struct {
	// Load reads a script, and gives how it is to be evaluated.
	Load func(path string) (text string, opts eval.Options, err error)
	// Save writes a script.
	Save func(path, text string) error
	// Exists reports that something stands at a path.
	Exists func(path string) bool
	// List gives the scripts and folders that a path begins like.
	List func(prefix string) []string
}

// A loop is one run of the prompt.
type loop struct {
	Options
	Terminal terminal.Terminal
	lines    Lines
	queued   []string // lines that were read and are still to be entered
	versions []version
	at       int             // the version that stands
	own      map[string]bool // the files that were loaded or saved, by their paths
	failed   bool
	done     bool
	fix      string // the last entry, if it failed, as it was mended
}

// promptName is what messages call the text that was entered.
const promptName = "prompt"

// A version is a session that stands in place of the one before it: the same
// script under another assume, another script. Its first entries came with
// it and are undone together.
type version struct {
	*session.Session
	base   int
	opts   eval.Options
	folder string // from which it sees files
}

// mostVersions is how many can be gone back to; each is a whole network.
const mostVersions = 10

// Run reads entries until there are no more. It reports whether one failed.
func Run(lines Lines, o Options, file string) (failed bool) {
	l := &loop{Options: o, lines: lines, own: map[string]bool{}}
	l.look()
	l.Out = stoppable{l, o.Out}
	if t, ok := lines.(*Terminal); ok {
		t.loop = l
	}
	o.Eval.Whole = true // what is entered is refused where any of it is wrong
	s, diags := session.New(promptName, o.Eval, o.Limits)
	l.versions = []version{{s, 0, o.Eval, "."}}
	if l.tell(diags); diags.Failed() {
		return true
	}
	if o.Interactive {
		fmt.Fprintln(l.Out, "cnnl: write layers, as in conv c1 20 3x3; :help helps, Ctrl-D ends")
	}
	if file != "" {
		l.run("load", file)
		l.checkSettings()
	}
	for !l.done {
		entry, err := l.read()
		switch {
		case err == io.EOF:
			l.done = true
		case err != nil:
			l.say(err.Error())
			l.failed, l.done = true, true
		default:
			l.enter(entry)
		}
	}
	return l.failed
}

func (l *loop) look() {
	if l.Look != nil {
		l.Terminal = l.Look()
	}
}

// A stoppable is where answers go; after Ctrl-C it swallows the rest of one.
type stoppable struct {
	l *loop
	w io.Writer
}

func (s stoppable) Write(p []byte) (int, error) {
	if s.l.interrupted() {
		return len(p), nil
	}
	return s.w.Write(p)
}

// The prompts: of an entry, and of one that goes on.
const (
	prompt     = "> "
	promptMore = ". "
)

// read collects the lines of one entry: while brackets stand open it goes on.
// Ctrl-C, Ctrl-D and :undo give such an entry up, another command ends it, and
// so does more text than a script may have.
func (l *loop) read() (string, error) {
	var pending lang.Pending
	var entry strings.Builder
	for blanks := 0; ; {
		ask := prompt
		if entry.Len() > 0 {
			ask = promptMore
		}
		line, err := l.next(ask)
		switch {
		case err == ErrInterrupt && entry.Len() == 0:
			l.say("Ctrl-D ends, :help helps")
			continue
		case err == ErrInterrupt, err == io.EOF && entry.Len() > 0 && l.Interactive, isUndo(line) && entry.Len() > 0 && l.Interactive:
			if err != ErrInterrupt {
				l.say("gave up the entry that stood open")
			}
			entry.Reset()
			pending, blanks = lang.Pending{}, 0
			continue
		case err == io.EOF && entry.Len() > 0:
			return entry.String(), nil
		case err != nil:
			return "", err
		}
		if strings.HasPrefix(line, ":") && entry.Len() > 0 {
			l.queued = append(l.queued, line)
			return entry.String(), nil
		}
		if blanks = countBlank(blanks, line); blanks == 2 && l.Interactive {
			l.say("a bracket stands open: close it, or give the entry up with Ctrl-C")
		}
		entry.WriteString(line + "\n")
		if strings.HasPrefix(line, ":") || !pending.Add(line+"\n") || entry.Len() > l.longest() {
			l.remember(entry.String())
			return entry.String(), nil
		}
	}
}

// isUndo reports the command that takes back one entry: of an open one, all.
func isUndo(line string) bool { return strings.TrimSpace(line) == ":undo" }

// next is a line that waits, or one that is read.
func (l *loop) next(ask string) (string, error) {
	if len(l.queued) > 0 {
		line := l.queued[0]
		l.queued = l.queued[1:]
		return line, nil
	}
	return l.lines.Read(ask)
}

func countBlank(before int, line string) int {
	if strings.TrimSpace(line) != "" {
		return 0
	}
	return before + 1
}

// longest is how much text a script may have.
func (l *loop) longest() int {
	if l.Limits.Source > 0 {
		return l.Limits.Source
	}
	return lang.DefaultSource
}

// longestRemembered is how long a line of the history can be.
const longestRemembered = 10_000

// remember puts an entry into the history, on one line; of one that cannot be
// read, its lines.
func (l *loop) remember(entry string) {
	entry = strings.TrimSpace(entry)
	if strings.Contains(entry, "\n") {
		entry = lang.OneLine(entry)
	}
	for line := range strings.Lines(entry) {
		if line = strings.TrimSpace(line); line != "" && len(line) < longestRemembered {
			l.lines.Remember(line)
		}
	}
}

// now is the session that stands.
func (l *loop) now() *version { return &l.versions[l.at] }

// enter carries out one entry: a command, a calculation or statements.
func (l *loop) enter(entry string) {
	text := strings.TrimSpace(entry)
	l.look()
	name, args, bare := l.bare(text)
	if l.Eval.Interrupted != nil {
		l.Eval.Interrupted.Store(false)
	}
	switch {
	case text == "":
	case strings.HasPrefix(text, ":"):
		name, args = text[1:], ""
		if i := strings.IndexAny(name, " \t"); i >= 0 {
			name, args = name[:i], strings.TrimSpace(name[i:])
		}
		l.run(name, args)
	case bare:
		l.run(name, args)
	case l.now().IsExpression(text):
		value, diags := l.now().Value(text)
		l.tell(diags)
		if value != "" {
			l.hold(text, value)
		}
	default:
		l.fix = ""
		l.answer(l.now().Enter(strings.TrimRight(entry, "\n")))
	}
}

// answer shows what statements came to.
func (l *loop) answer(a session.Answer) {
	if a.OK {
		l.versions = l.versions[:l.at+1] // what was undone is gone
		render.Answer(l.Out, l.Terminal, l.now().Nodes(), a)
	}
	if !a.OK {
		l.mend(&a)
	}
	if l.tell(l.explained(a.Text, a.Diags)); l.fix != "" {
		l.say("  :fix enters it so; the key ↑ brings it back to be changed")
	}
	if !a.OK && len(a.Results) > 1 {
		l.say("nothing of this entry was kept")
	}
}

// tell shows messages, and remembers errors.
func (l *loop) tell(diags lang.Diagnostics) {
	render.Diagnostics(l.Err, l.Terminal, diags)
	l.failed = l.failed || diags.Failed()
}

// say tells something that is no answer.
func (l *loop) say(text string) { fmt.Fprintln(l.Err, l.Terminal.Wrap(lang.Visible(text), 0)) }

// fail tells of an entry that could not be carried out.
func (l *loop) fail(format string, args ...any) {
	l.say(fmt.Sprintf(format, args...))
	l.failed = true
}
