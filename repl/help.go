package repl

import (
	"fmt"
	"strings"

	"cnnl/assist"
	"cnnl/render"
)

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
		fmt.Fprintf(l.Out, "  :%-23s %s\n", c.name+" "+c.args, c.doc)
	}
}

func (l *loop) topic(topic string) {
	var names []string
	for _, c := range commands() {
		if c.name == topic {
			fmt.Fprintf(l.Out, ":%s %s\n  %s\n", c.name, c.args, c.doc)
			return
		}
		names = append(names, c.name)
	}
	h := assist.HoverOver(l.now().Session, topic, names...)
	switch {
	case h.Row != nil:
		render.Row(l.Out, l.Terminal, l.now().Nodes(), h.Row)
	case h.Value != "":
		fmt.Fprintln(l.Out, "  "+topic+" is "+h.Value)
	case !render.Meaning(l.Out, l.Terminal, h.Meaning):
		l.fail("%s", h.Denial("help on", ":help alone tells what to write"))
	}
}
