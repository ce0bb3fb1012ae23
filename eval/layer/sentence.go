package layer

import (
	"strings"

	"cnnl/lang"
)

// Layers in sentences, as a textbook has them.

// Sentence says what the layer does: "convolution with 20 filters of 3x3,
// stride 2". Options that are the kind's own defaults go unsaid.
func (c *Call) Sentence() string {
	text := c.Kind.Name + ": " + c.Kind.Doc
	if c.Kind.Sentence != nil {
		text = c.Kind.Sentence(c)
	}
	for i := range c.Args {
		p, a := &c.Kind.Params[i], c.Args[i]
		if c.Kind.Source || p.Told || p.Value || p.Alone || a.Len == 0 && a.Word == 0 || a.From != Given && a.Same(p.Default) {
			continue
		}
		if said := p.said(a); said != "" {
			text += ", " + said
		}
	}
	return text
}

// said is one option in words.
func (p *Param) said(a Arg) string {
	switch on := a.N[0] != 0; {
	case p.Type == Flag && on && p.Default.Same(On), p.Type == Flag && !on && !p.Default.Same(On):
		return ""
	case p.Type == Flag && !on, p.Off && !on && a.Word == 0:
		return "without " + p.Name
	case p.Said != "":
		return plurals(strings.ReplaceAll(p.Said, "%s", p.text(a)), a.N[0])
	case p.Type == Flag:
		return p.Name
	}
	return p.Name + " " + p.text(a)
}

// plurals settles the (s) of a phrase: 1 group, 2 groups.
func plurals(phrase string, n int64) string {
	if n == 1 {
		return strings.ReplaceAll(phrase, "(s)", "")
	}
	return strings.ReplaceAll(phrase, "(s)", "s")
}

// counted is a Count with what it counts: 20 filters, 1 filter.
func (c *Call) counted(param string) string { return Counted(c.arg(param).N[0], param) }

// Counted writes a number of things; noun is their name, in the plural but
// for bias and what has none.
func Counted(n int64, noun string) string {
	switch {
	case noun == "bias" && n != 1:
		noun = "biases"
	case noun != "bias" && n == 1:
		noun = strings.TrimSuffix(noun, "s")
	}
	return lang.Group(n) + " " + noun
}

// window is a PerAxis with a side for every axis: 3x3, along a sequence 3
// steps.
func (c *Call) window(param string) string {
	if c.In.Spatial() == 1 {
		return Counted(c.along(param, 0), "steps")
	}
	sides := make([]int64, max(c.In.Spatial(), 1))
	for i := range sides {
		sides[i] = c.along(param, i)
	}
	return joinInts(sides, "x")
}

// written is an argument as a statement has it.
func (c *Call) written(param string) string {
	return c.Kind.Params[c.Kind.Find(param)].text(*c.arg(param))
}
