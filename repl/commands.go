package repl

import (
	"fmt"
	"strconv"
	"strings"

	"cnnl/eval"
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

const intro = `A statement adds a layer, and is answered with what it adds:

  input 120x120 cmyk       what the network is given
  conv c1 20 3x3           20 filters of 3x3; the name c1 may be left out
  conv c5 = c3             c3's parameters once more
  flatten
  dense 30                 a fully connected layer of 30 neurons

A calculation is computed: total, c1.params, total / 2, c3.out. Braces that stay
open go on over several lines. Tab completes. The commands:
`

func (l *loop) help(topic string) {
	if topic != "" {
		l.topic(strings.TrimPrefix(topic, ":"))
		return
	}
	fmt.Fprint(l.Out, intro)
	for _, c := range commands() {
		fmt.Fprintf(l.Out, "  :%-19s %s\n", c.name+" "+c.args, c.doc)
	}
}

func (l *loop) topic(topic string) {
	for _, c := range commands() {
		if c.name == topic {
			fmt.Fprintf(l.Out, ":%s %s\n  %s\n", c.name, c.args, c.doc)
			return
		}
	}
	if usage := lang.Usage(topic); usage != "" {
		fmt.Fprintln(l.Out, "write "+usage)
	} else if kind, _ := eval.KindCalled(topic); kind != nil {
		render.Kind(l.Out, l.Terminal, kind)
	} else if page, ok := l.Topic(topic); ok {
		fmt.Fprintln(l.Out, page)
	} else if near := lang.Nearest(topic, l.topics("")...); near != "" {
		l.fail("there is no help on %s; did you mean %s?", topic, near)
	} else {
		l.fail("there is no help on %s; :help alone tells what to write", topic)
	}
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
	render.Network(l.Out, l.Terminal, net, net.Readings(l.now().opts), n)
}

func (l *loop) explain(names string) {
	net := l.now().Network()
	x, err := explain.New(net, explain.Options{Depth: -1, Layers: strings.Fields(names)})
	if err != nil {
		l.fail("%v", err)
		return
	}
	render.Explanation(l.Out, l.Terminal, x, net.Readings(l.now().opts))
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
			fmt.Fprintln(l.Out, "  took back: "+render.Visible(lang.OneLine(entry)))
		case l.at > 0:
			l.at--
			fmt.Fprintln(l.Out, "  took back the last change of everything")
		default:
			l.fail("nothing is left to take back")
			return
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
		case some:
			render.Answer(l.Out, l.Terminal, l.now().Rows(), a)
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
	s, diags := eval.NewSession("prompt", l.Eval, l.Limits)
	l.tell(diags)
	l.replace(version{s, 0, l.Eval})
	fmt.Fprintln(l.Out, "  nothing stands now; :undo brings back what stood")
}

// replace puts a session in place of the one that stands.
func (l *loop) replace(v version) {
	l.versions = append(l.versions[:l.at+1], v)
	l.at++
}

// again enters texts into a new session; false: one of them failed, which has
// been told.
func (l *loop) again(texts []string, opts eval.Options) (version, bool) {
	s, diags := eval.NewSession("prompt", opts, l.Limits)
	l.tell(diags)
	for _, text := range texts {
		if a := s.Enter(text); !a.OK {
			l.tell(a.Diags)
			return version{}, false
		}
	}
	return version{s, s.Entries(), opts}, true
}

// reread puts texts in place of what stands, and shows what that changes.
func (l *loop) reread(texts []string) {
	before := l.now().Totals()
	v, ok := l.again(texts, l.now().opts)
	if !ok {
		l.say("everything stands as before")
		return
	}
	l.replace(v)
	after := v.Totals()
	fmt.Fprintf(l.Out, "  total %s, was %s\n", lang.Group(after.Params()), lang.Group(before.Params()))
}

func (l *loop) assume(words string) {
	if words == "" {
		l.fail("write what to assume, as in :assume pad same")
		return
	}
	l.reread(append([]string{"assume " + words}, l.now().Texts()...))
}

func (l *loop) set(text string) {
	name, value, ok := strings.Cut(text, "=")
	if name, value = strings.TrimSpace(name), strings.TrimSpace(value); !ok || name == "" || value == "" {
		l.fail("write :set NAME=VALUE")
		return
	}
	texts := l.now().Texts()
	i, start, end, ok := l.now().Let(name)
	if !ok {
		hint := "let " + name + " = " + value + " gives it one"
		if near := lang.Nearest(name, l.letNames("")...); near != "" {
			hint = "did you mean " + near + "?"
		}
		l.fail("there is no let called %s; %s", name, hint)
		return
	}
	texts[i] = texts[i][:start] + value + texts[i][end:]
	l.reread(texts)
}

func (l *loop) load(path string) {
	if path == "" {
		l.fail("write :load FILE")
		return
	}
	text, opts, err := l.Files.Load(path)
	if err != nil {
		l.fail("%v", err)
		return
	}
	opts.Interrupted = l.Eval.Interrupted
	file, diags := lang.Parse(lang.NewSource(path, text), l.Limits)
	if l.tell(diags); diags.Failed() {
		l.say("nothing was loaded")
		return
	}
	s, diags := eval.NewSession(path, opts, l.Limits)
	l.tell(diags)
	for i, piece := range lang.Pieces(file) {
		a := s.Enter(strings.TrimPrefix(strings.TrimPrefix(piece, ";"), "\n"))
		if l.tell(a.Diags); !a.OK {
			line, _ := file.Source.Position(file.Stmts[i].Span.Start)
			l.say(fmt.Sprintf("loaded up to line %d", line-1))
			break
		}
	}
	l.replace(version{s, 0, opts})
	fmt.Fprintf(l.Out, "  %s: %s, total %s\n", render.Visible(path), layersOf(s), lang.Group(s.Rows().Totals.Params()))
}

// layersOf counts the layers that stand, inputs left out.
func layersOf(s *eval.Session) string {
	n := 0
	net := s.Rows()
	for i := range net.Rows {
		if !net.Rows[i].Kind.Source {
			n++
		}
	}
	if n == 1 {
		return "1 layer"
	}
	return lang.Group(int64(n)) + " layers"
}

func (l *loop) save(path string) {
	if path == "" {
		l.fail("write :save FILE")
		return
	}
	if err := l.Files.Save(path, l.now().Script()); err != nil {
		l.fail("%v", err)
		return
	}
	fmt.Fprintf(l.Out, "  saved to %s: %s\n", render.Visible(path), layersOf(l.now().Session))
}

func (l *loop) layers(word string) {
	if word == "" {
		render.Kinds(l.Out, l.Terminal)
		return
	}
	kind, names := eval.KindCalled(word)
	if kind == nil {
		hint := ":layers lists them"
		if near := lang.Nearest(strings.ToLower(word), names...); near != "" {
			hint = "did you mean " + near + "?"
		}
		l.fail("there is no kind of layer called %s; %s", word, hint)
		return
	}
	render.Kind(l.Out, l.Terminal, kind)
}

func (l *loop) quit(string) { l.done = true }
