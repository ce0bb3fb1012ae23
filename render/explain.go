package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cnnl/eval"
	"cnnl/eval/calc"
	"cnnl/eval/network"
	"cnnl/explain"
	"cnnl/lang"
)

// Explanations: one model, and a writer for each format.

// A step is one calculation as a format shows it.
type step struct {
	label  string // height, width; parameters
	before string // words in front
	math   string // the calculation, in the format's notation; none where there is nothing to calculate
	value  string // what it gives
	after  string // words behind
	terms  string // what it is made of
}

// stepOf puts a calculation into a format's notation.
func stepOf(c *explain.Calc, notation func(calc.Expr) string) step {
	s := step{label: labelOf(c), before: c.Before, after: c.Said, value: lang.Group(c.Value)}
	switch {
	case !c.Expr.Present() && c.Said != "" && c.Value == 0 && c.What != explain.Parameters:
		s.value = ""
	case !c.Expr.Present():
	case c.Alone():
		s.value = lang.Group(c.Expr.Value())
		if t := c.Terms(); t != "" {
			s.value = t
		}
	default:
		s.math, s.value, s.terms = notation(c.Expr), lang.Group(c.Expr.Value()), c.Terms()
	}
	if len(c.Of) > 0 {
		s.terms = layers(c.Of, mostNames)
	}
	return s
}

func labelOf(c *explain.Calc) string {
	switch {
	case len(c.Axes) == 0:
		return c.What
	case c.What == explain.Output:
		return strings.Join(c.Axes, ", ")
	}
	return "field " + strings.Join(c.Axes, ", ")
}

// caption is a layer's sentence, from a capital on.
func caption(sentence string) string { return lang.Capital(sentence) }

// words are a step's words in one line of text, its calculation as it is.
func (s step) words() string {
	text := s.value
	if s.math != "" {
		text = s.math + " = " + s.value
	}
	if s.before != "" {
		text = s.before + " " + text
	}
	switch {
	case s.after == "":
		return text
	case text == "":
		return s.after
	}
	return text + ", " + s.after
}

// inputs says what a layer takes: its shape, and of several their names.
func inputs(l *explain.Layer) string {
	var list []string
	for _, t := range l.Takes {
		if len(l.Takes) > 1 {
			list = append(list, t.Name+" "+t.Shape.String())
		} else {
			list = append(list, t.Shape.String()+", from "+t.Name)
		}
	}
	return strings.Join(list, "; ")
}

// steps are a layer's calculations, behind what it takes and, where its sides
// are calculated, what it gives.
func steps(l *explain.Layer, notation func(calc.Expr) string) (list []step) {
	if len(l.Takes) > 0 {
		list = append(list, step{label: "input", value: inputs(l)})
	}
	given := step{label: explain.Output, value: l.Output.String()}
	var kept, phrases []string // the axes that are the input's, where others are not
	said := ""
	behind := 0
	for i := range l.Calcs {
		c := &l.Calcs[i]
		s := stepOf(c, notation)
		switch {
		case c.What != explain.Output:
			list = append(list, s)
			continue
		case !c.Expr.Present():
			if s.after != said || len(phrases) == 0 {
				kept, said, phrases = nil, s.after, append(phrases, "")
			}
			kept = append(kept, c.Axes...)
			phrases[len(phrases)-1] = strings.TrimSpace(strings.Join(kept, ", ") + " " + said)
			given.after = strings.Join(phrases, "; ")
		case len(c.Axes) == 0:
			given = s
		default:
			list = append(list, s)
		}
		behind = len(list)
	}
	return slices.Insert(list, max(behind, min(len(l.Takes), 1)), given)
}

// stopped says where the explanation ends too early, or is empty.
func stopped(net *network.Network) string {
	switch {
	case !net.Failed:
		return ""
	case net.Good == 0:
		return "the first layer failed, and nothing can be explained"
	}
	text := "explained up to " + net.Path(int32(net.Good-1)) + ", the last layer before the first that failed"
	if net.Good < len(net.Nodes) {
		text += " (line " + strconv.Itoa(lineOf(net, int32(net.Good))) + ")"
	}
	return text
}

// Explanation writes an explanation for people.
func Explanation(w io.Writer, t Terminal, x *explain.Explanation, readings []eval.Reading) {
	between := ""
	for l := range x.Layers() {
		io.WriteString(w, between+t.paint(bold, l.Name)+"  "+t.wrapped(l.Sentence, len(l.Name)+2)+"\n"+t.steps(steps(l, calc.Expr.Grouped)))
		between = "\n"
	}
	if text := stopped(x.Net); text != "" {
		fmt.Fprintln(w, between+t.wrapped(text, 0))
		return
	}
	if !x.Whole() || x.Net.Good == 0 {
		return
	}
	io.WriteString(w, between+t.paint(bold, "all layers")+"\n"+t.steps(sums(x, calc.Expr.Grouped)))
	io.WriteString(w, t.assumptions(x.Net, readings, allNames))
}

func sums(x *explain.Explanation, notation func(calc.Expr) string) (list []step) {
	for _, c := range x.Sums() {
		list = append(list, stepOf(&c, notation))
	}
	return list
}

// labels is the least width of the column of labels: most have it.
const labels = len("height, width")

func (t Terminal) steps(list []step) string {
	var b strings.Builder
	column := labels
	for _, s := range list {
		column = max(column, len(s.label))
	}
	indent := 4 + column + 2
	for _, s := range list {
		b.WriteString("    " + s.label + strings.Repeat(" ", column-len(s.label)+2) + t.wrapped(s.words(), indent) + "\n")
		if s.terms != "" {
			b.WriteString(strings.Repeat(" ", indent) + t.paint(faint, t.wrapped(s.terms, indent)) + "\n")
		}
	}
	return b.String()
}
