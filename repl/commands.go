package repl

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cnnl/assist"
	"cnnl/eval"
	"cnnl/eval/network"
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
	complete        func(l *loop, args string) []assist.Completion
}

// commands lists them all: dispatch, help and completion read it.
func commands() []command {
	return []command{
		{"help", "[TOPIC]", "what to write; or what a command, kind, word means", (*loop).help, (*loop).topics},
		{"table", "[DEPTH]", "the network so far; blocks deeper than DEPTH folded", (*loop).table, nil},
		{"explain", "[LAYER...]", "where the numbers come from", (*loop).explain, (*loop).layerNames},
		{"diagnose", "CLAIM...", "which mistake made a wrong number, as 32780", (*loop).diagnose, nil},
		{"fix", "", "enter what failed last as help has shown it", (*loop).enterFix, nil},
		{"undo", "[N]", "take back the last entry, or N", (*loop).undo, nil},
		{"redo", "[N]", "enter again what was taken back", (*loop).redo, nil},
		{"assume", "OPTION VALUE", "read everything again under an assume, as pad same", (*loop).assume, (*loop).assumable},
		{"edit", "LAYER [STATEMENT]", "write a layer anew, where it stands", (*loop).edit, (*loop).layerNames},
		{"set", "NAME=VALUE", "read everything again with another value of a let", (*loop).set, (*loop).letNames},
		{"load", "FILE", "read a script in place of what stands", (*loop).load, (*loop).filesLike},
		{"save", "FILE", "write what stands to a script", (*loop).save, (*loop).filesLike},
		{"save!", "FILE", "the same over a file that is not of this session", (*loop).saveOver, (*loop).filesLike},
		{"layers", "[KIND]", "the kinds of layers, or one of them", (*loop).layers, kindNames},
		{"reset", "", "begin anew", (*loop).reset, nil},
		{"quit", "", "end, as Ctrl-D", (*loop).quit, nil},
	}
}

// aliases are what else people write for commands.
var aliases = map[string]string{"exit": "quit", "q": "quit", "?": "help"}

// bare is a command that was written without its colon; false: the text is none, or
// something else, as where the word is a layer's name.
func (l *loop) bare(text string) (name, args string, ok bool) {
	name, args, _ = strings.Cut(text, " ")
	name = cmp.Or(aliases[name], name)
	isCommand := slices.ContainsFunc(commands(), func(c command) bool { return c.name == name })
	return name, strings.TrimSpace(args), isCommand && !lang.Reserved(name) && l.now().Kind(name) == nil && !l.now().IsExpression(name)
}

// run carries out a command.
func (l *loop) run(name, args string) {
	var names []string
	name = cmp.Or(aliases[name], name)
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
	render.Network(l.Out, l.Terminal, net, eval.Readings(net, l.now().opts), n, l.Extent)
}

func (l *loop) explain(names string) {
	net := l.now().Network()
	x, err := explain.New(net, explain.Options{Depth: -1, Layers: strings.Fields(names)})
	if err != nil {
		l.fail("%v", err)
		return
	}
	render.Explanation(l.Out, l.Terminal, x, eval.Readings(net, l.now().opts), l.Extent)
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
	s, _ := session.New(promptName, l.Eval, l.Limits)
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
	l.replaceFrom(v, before)
}

// replaceFrom puts a version in place of what stands, and tells both totals.
func (l *loop) replaceFrom(v version, before network.Totals) {
	l.replace(v)
	after := v.Totals()
	fmt.Fprintf(l.Out, "  total %s, was %s\n", lang.Group(after.Params()), lang.Group(before.Params()))
}

// again enters into a new session what stands; false: something of it failed,
// which has been told.
func (l *loop) again(opts eval.Options) (version, bool) {
	s, diags := session.New(l.now().Source.Name, opts, l.Limits)
	if l.tell(diags); diags.Failed() {
		return version{}, false
	}
	return l.repeated(s, l.now().Standing(), opts)
}

// repeated enters what stood in another session. Claims that fail now are told, and
// stand.
func (l *loop) repeated(s *session.Session, entries []session.Entry, opts eval.Options) (version, bool) {
	for _, e := range entries {
		a := s.Repeat(e)
		if len(a.Diags.List) > 0 && (!a.OK || a.Diags.Failed()) {
			l.tell(a.Diags)
		}
		if !a.OK {
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
		_, _, values := l.now().Names()
		if near := lang.Nearest(name, values...); near != "" {
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
