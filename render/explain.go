package render

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/explain"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// Explanation writes an explanation for people. This and the other forms go as far
// as the extent does; the sums are always those over all layers.
func Explanation(w io.Writer, t terminal.Terminal, x *explain.Explanation, readings []eval.Reading, e Extent) error {
	m := e.meter(w)
	return doc.Text(m, t, m.explanation("", x, readings))
}

// MarkdownExplanation writes an explanation as Markdown.
func MarkdownExplanation(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading, e Extent) error {
	m := e.meter(w)
	return doc.Markdown(m, m.explanation(file, x, readings))
}

// LaTeX writes an explanation as a document that pdflatex sets, or as the
// part of one.
func LaTeX(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading, fragment bool, e Extent) error {
	m := e.meter(w)
	if fragment {
		return doc.LaTeXFragment(m, m.explanation(file, x, readings))
	}
	return doc.LaTeX(m, m.explanation(file, x, readings))
}

// HTML writes an explanation as a page, which begins with the network as a
// table whose names lead to the layers. Table and layers have half of the extent's
// bytes each.
func HTML(w io.Writer, file string, x *explain.Explanation, readings []eval.Reading, e Extent) error {
	m := e.meter(w)
	d := m.explanation(file, x, readings)
	if x.Whole() && x.Net.Good > 0 {
		layers := d.Blocks
		d.Blocks = func(yield func(doc.Block) bool) {
			v := &view{meter: m, bytes: m.Bytes / 2, net: x.Net, depth: x.Depth()}
			if x.Net.Failed {
				v.behind = x.Net.Provisional()
			}
			table := v.document(links(x, m.Rows))
			if !yield(table) {
				return
			}
			m.Bytes = v.bytes
			layers(yield)
		}
	}
	if err := doc.HTML(m, d); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n") // with which these pages have always ended
	return err
}

// links are where the names of a table lead: to the layers that are explained.
func links(x *explain.Explanation, most int) func(row int) string {
	before := 0
	return func(row int) string {
		if !x.Wants(row) || before == most {
			return ""
		}
		before++
		return layerID(before - 1)
	}
}

// explanation is the document that explains a network.
func (m *meter) explanation(file string, x *explain.Explanation, readings []eval.Reading) *doc.Document {
	return &doc.Document{Name: file + ": every number explained", Title: file, Blocks: func(yield func(doc.Block) bool) {
		i := 0
		for l := range x.Layers() {
			if m.full(i) {
				if !yield(doc.Stopped(leftOut(x.Count()-i, "layer"))) {
					return
				}
				break
			}
			if !yield(m.layerSection(i, l)) {
				return
			}
			i++
		}
		for _, b := range m.conclusion(x, readings) {
			if !yield(b) {
				return
			}
		}
	}}
}

// layerID is what links to a layer lead to, and its place among those that are
// explained.
func layerID(i int) string { return "layer-" + strconv.Itoa(i+1) }

func (m *meter) layerSection(i int, l *explain.Layer) doc.Section {
	return doc.Section{ID: layerID(i), Heading: doc.Heading{ID: layerID(i) + "-name", Text: l.Name, Name: true}, Blocks: []doc.Block{
		doc.Sentences{m.cut(l.Sentence)}, doc.Steps{Caption: "The numbers of " + l.Name, List: m.steps(l)}}}
}

// conclusion is what follows the layers: where the explanation stops, or the
// sums and what was assumed.
func (m *meter) conclusion(x *explain.Explanation, readings []eval.Reading) []doc.Block {
	if text := stopped(x.Net); text != "" {
		return []doc.Block{doc.Stopped(text)}
	}
	if !x.Whole() || x.Net.Good == 0 {
		return nil
	}
	var sums []doc.Step
	for _, c := range x.Sums() {
		sums = append(sums, m.stepOf(&c))
	}
	return []doc.Block{
		doc.Section{ID: "all", Heading: doc.Heading{ID: "all-name", Text: "all layers"}, Blocks: []doc.Block{doc.Steps{Caption: "The sums over all layers", List: sums}}},
		m.assumptions(x.Net, readings, allNames)}
}

// steps are a layer's calculations, behind what it takes and, where its sides
// are calculated, what it gives.
func (m *meter) steps(l *explain.Layer) (list []doc.Step) {
	if len(l.Takes) > 0 {
		list = append(list, doc.Step{Label: "input", Value: m.cut(inputs(l))})
	}
	given := doc.Step{Label: explain.Output, Value: l.Output.String()}
	var kept, phrases []string // the axes that are the input's, where others are not
	said := ""
	behind := 0
	for i := range l.Calcs {
		c := &l.Calcs[i]
		s := m.stepOf(c)
		switch {
		case c.What != explain.Output:
			list = append(list, s)
			continue
		case !c.Expr.Present():
			if s.After != said || len(phrases) == 0 {
				kept, said, phrases = nil, s.After, append(phrases, "")
			}
			kept = append(kept, c.Axes...)
			phrases[len(phrases)-1] = strings.TrimSpace(strings.Join(kept, ", ") + " " + said)
			given.After = strings.Join(phrases, "; ")
		case len(c.Axes) == 0:
			given = s
		default:
			list = append(list, s)
		}
		behind = len(list)
	}
	return slices.Insert(list, max(behind, min(len(l.Takes), 1)), given)
}

// stepOf is a calculation as a document shows it.
func (m *meter) stepOf(c *explain.Calc) doc.Step {
	s := doc.Step{Label: labelOf(c), Before: c.Before, After: c.Said, Value: lang.Group(c.Value)}
	switch {
	case !c.Expr.Present() && c.Said != "" && c.Value == 0 && c.What != network.Measured("params").Title:
		s.Value = ""
	case !c.Expr.Present():
	case c.Alone():
		s.Value = lang.Group(c.Expr.Value())
		if t := c.Terms(); t != "" {
			s.Value = t
		}
	default:
		s.Calc, s.Value, s.Terms = c.Expr, lang.Group(c.Expr.Value()), c.Terms()
	}
	if len(c.Of) > 0 {
		s.Terms = layers(c.Of, mostNames)
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
