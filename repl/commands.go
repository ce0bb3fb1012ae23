package repl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cnnl/assist"
	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/eval/resolve"
	"cnnl/eval/session"
	"cnnl/explain"
	"cnnl/lang"
	"cnnl/render"
)

// A command is what a line that begins with a colon asks for.
type command struct {
	name, args, doc string
	run             func(l *loop, args string)
	complete        func(l *loop, word string) []string // of its argument
}

// commands lists them all: dispatch, help and completion read it.
func commands() []command {
	return []command{
		{"help", "[TOPIC]", "what to write; or what a command, a kind, a word means", (*loop).help, (*loop).topics},
		{"table", "[DEPTH]", "the network so far; blocks deeper than DEPTH folded", (*loop).table, nil},
		{"explain", "[LAYER...]", "where the numbers come from", (*loop).explain, (*loop).layerNames},
		{"undo", "[N]", "take back the last entry, or N", (*loop).undo, nil},
		{"redo", "[N]", "enter again what was taken back", (*loop).redo, nil},
		{"assume", "OPTION VALUE", "read everything again under an assume, as pad same", (*loop).assume, nil},
		{"set", "NAME=VALUE", "read everything again with another value of a let", (*loop).set, (*loop).letNames},
		{"load", "FILE", "read a script in place of what stands", (*loop).load, (*loop).files},
		{"save", "FILE", "write what stands to a script", (*loop).save, (*loop).files},
		{"layers", "[KIND]", "the kinds of layers, or one of them", (*loop).layers, kindNames},
		{"reset", "", "begin anew", (*loop).reset, nil},
		{"quit", "", "end, as Ctrl-D", (*loop).quit, nil},
	}
}

// run carries out a command.
func (l *loop) run(name, args string) {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
		if c.name != name {
			continue
		}
		if c.args == "" && args != "" {
			l.fail(":%s stands alone; found %s", name, args)
			return
		}
		c.run(l, args)
		return
	}
	if near := lang.Nearest(name, names...); near != "" {
		l.fail("there is no command :%s; did you mean :%s?", name, near)
		return
	}
	l.fail("there is no command :%s; the commands are :%s", name, strings.Join(names, " :"))
}

func (l *loop) table(depth string) {
	n := -1
	if depth != "" {
		var err error
		if n, err = strconv.Atoi(depth); err != nil {
			l.fail(":table takes a number; found %s", depth)
			return
		}
	}
	net := l.now().Network()
	if net.Good == 0 {
		l.say("nothing stands yet; begin with the input: input 120x120 rgb")
		return
	}
	render.Network(l.Out, l.Terminal, net, eval.Readings(net, l.now().opts), n)
}

func (l *loop) explain(names string) {
	net := l.now().Network()
	x, err := explain.New(net, explain.Options{Depth: -1, Layers: strings.Fields(names)})
	if err != nil {
		l.fail("%v", err)
		return
	}
	render.Explanation(l.Out, l.Terminal, x, eval.Readings(net, l.now().opts))
}

// times is how often something is to be done: once, or as often as written.
func (l *loop) times(text string) (n int, ok bool) {
	if text == "" {
		return 1, true
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		l.fail("write a number of entries, at least 1; found %s", text)
		return 0, false
	}
	return n, true
}

func (l *loop) undo(text string) {
	n, ok := l.times(text)
	for ; ok && n > 0; n-- {
		v := l.now()
		switch {
		case v.Entries() > v.base:
			entry, _ := v.Undo()
			fmt.Fprintln(l.Out, "  took back: "+lang.Visible(lang.OneLine(entry)))
		case l.at > 0:
			l.at--
			fmt.Fprintln(l.Out, "  took back the last change of everything")
		default:
			l.fail("nothing is left to take back")
			n = 0
		}
	}
	if ok {
		l.showTotal()
	}
}

func (l *loop) redo(text string) {
	n, ok := l.times(text)
	for ; ok && n > 0; n-- {
		a, some := l.now().Redo()
		switch {
		case some && !a.OK:
			l.tell(a.Diags)
			l.say("everything stands as before")
			return
		case some:
			render.Answer(l.Out, l.Terminal, l.now().Nodes(), a)
			l.tell(a.Diags)
		case l.at+1 < len(l.versions):
			l.at++
			l.showTotal()
		default:
			l.fail("nothing was taken back")
			return
		}
	}
}

func (l *loop) showTotal() {
	t := l.now().Totals()
	fmt.Fprintln(l.Out, "  total "+lang.Group(t.Params()))
}

func (l *loop) reset(string) {
	s, _ := session.New("prompt", l.Eval, l.Limits)
	l.replace(version{s, 0, l.Eval, "."})
	fmt.Fprintln(l.Out, "  nothing stands now; :undo brings back what stood")
}

// replace puts a session in place of the one that stands.
func (l *loop) replace(v version) {
	l.now().Settle() // what was undone is gone
	l.versions = append(l.versions[:l.at+1], v)
	if len(l.versions) > mostVersions {
		l.versions = slices.Delete(l.versions, 0, 1)
	}
	l.at = len(l.versions) - 1
}

// reread reads everything again in another reading as well, and shows what that
// changes. What cannot be is told.
func (l *loop) reread(r reading.Reading) {
	opts := l.now().opts
	opts.Reading = opts.Reading.And(r)
	before := l.now().Totals()
	v, ok := l.again(opts)
	if !ok {
		l.say("everything stands as before")
		return
	}
	l.replace(v)
	after := v.Totals()
	fmt.Fprintf(l.Out, "  total %s, was %s\n", lang.Group(after.Params()), lang.Group(before.Params()))
}

// again enters into a new session what stands; false: something of it failed,
// which has been told.
func (l *loop) again(opts eval.Options) (version, bool) {
	s, diags := session.New("prompt", opts, l.Limits)
	if l.tell(diags); diags.Failed() {
		return version{}, false
	}
	for _, text := range l.now().Texts() {
		if a := s.Enter(text); !a.OK {
			l.tell(a.Diags)
			return version{}, false
		}
	}
	return version{s, s.Entries(), opts, l.now().folder}, true
}

func (l *loop) assume(words string) {
	if words == "" {
		l.fail("write what to assume, as in :assume pad same")
		return
	}
	l.reread(reading.Assuming(words, ":assume"))
}

func (l *loop) set(text string) {
	name, value, ok := strings.Cut(text, "=")
	if name, value = strings.TrimSpace(name), strings.TrimSpace(value); !ok || name == "" || value == "" {
		l.fail("write :set NAME=VALUE")
		return
	}
	if len(l.now().Lets(name)) == 0 {
		hint := "let " + name + " = " + value + " gives it one"
		if near := lang.Nearest(name, l.letNames("")...); near != "" {
			hint = "did you mean " + near + "?"
		}
		l.fail("there is no let called %s; %s", name, hint)
		return
	}
	l.reread(reading.Set(name, value, ":set"))
}

// checkSettings tells of values given for lets that a script does not have.
func (l *loop) checkSettings() {
	for _, let := range l.now().opts.Reading.Lets {
		if len(l.now().Lets(let.Name)) == 0 {
			l.fail("there is no let called %s to be set to %s", let.Name, let.Text())
		}
	}
}

// interrupted reports that somebody pressed Ctrl-C since the entry began.
func (l *loop) interrupted() bool { return l.Eval.Interrupted != nil && l.Eval.Interrupted.Load() }

func (l *loop) layers(word string) {
	if word == "" {
		render.Kinds(l.Out, l.Terminal)
		render.LibraryBlocks(l.Out, l.Terminal, resolve.LibraryBlocks())
		return
	}
	if m := assist.Lookup(word); !render.Meaning(l.Out, l.Terminal, m) {
		l.fail("%s", m.Denial("kind of layer called", ":layers lists them"))
	}
}

func (l *loop) quit(string) { l.done = true }
