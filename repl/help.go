package repl

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/lang"
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
	} else if text := words[topic]; text != "" {
		fmt.Fprintln(l.Out, text)
	} else if text := optionHelp(topic); text != "" && layer.Find(topic) == nil {
		fmt.Fprint(l.Out, text)
	} else if b, ok := eval.BlockCalled(topic); ok {
		render.LibraryBlock(l.Out, l.Terminal, b)
	} else if text := optionHelp(foreignOption(topic)); text != "" && layer.Find(topic) == nil {
		fmt.Fprint(l.Out, text)
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

// words are those of calculations that somebody may ask about.
var words = map[string]string{
	"total":  "all layers so far: total, total.trainable, total.macs and others",
	"here":   "the output at this place: here, here.channels",
	"in":     "inside a block, its input: in, in.channels",
	"count":  "how many layers of a kind there are: count(conv)",
	"params": "the parameters of a layer, those that it shares counted at their owner: c1.params",
	"macs":   "multiply-accumulates for one input: c1.macs, total.macs",
	"field":  "the receptive field: c1.field, c1.field.height",
	"out":    "the output of a layer: c1.out, c1.out.channels",
}

// optionHelp tells what an option or a value means, for each kind that has it.
func optionHelp(name string) string {
	kinds := map[string][]string{}
	var docs []string
	for _, k := range layer.All {
		i := k.Find(name)
		if i < 0 {
			continue
		}
		doc := k.Params[i].Doc
		if kinds[doc] == nil {
			docs = append(docs, doc)
		}
		kinds[doc] = append(kinds[doc], k.Name)
	}
	var b strings.Builder
	for _, doc := range docs {
		fmt.Fprintf(&b, "%s: %s\n  of %s\n", name, doc, strings.Join(kinds[doc], ", "))
	}
	return b.String()
}

// foreignOption is what an option or a value is called here that other tools call by
// that word.
func foreignOption(word string) string {
	for _, k := range layer.All {
		for i := range k.Params {
			if p := &k.Params[i]; slices.Contains(p.Foreign, strings.ToLower(word)) {
				return p.Name
			}
		}
	}
	return ""
}
