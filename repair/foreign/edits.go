package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A site is where what an op comes to is written: in place of a logical line, or of one
// element of the list that stands on it.
type site struct{ line, element int }

// wholeLine is the element of a site that is all of its line.
const wholeLine = -1

// sites finds the place of every op: the innermost statement that was carried out once,
// as long as the order of the text stays that of the layers.
func (r *region) sites(m *machine) []site {
	list := make([]site, len(m.ops))
	for i, o := range m.ops {
		list[i] = r.siteOf(o, innermost(o.path, m.runs))
	}
	if inOrderOfText(list) {
		return list
	}
	for i, o := range m.ops {
		list[i] = r.siteOf(o, o.path[0].stmt)
	}
	if !inOrderOfText(list) { // all at the last place
		last := slices.MaxFunc(list, compareSites)
		for i := range list {
			list[i] = last
		}
	}
	return list
}

func compareSites(a, b site) int {
	if a.line != b.line {
		return a.line - b.line
	}
	return a.element - b.element
}

func inOrderOfText(list []site) bool { return slices.IsSortedFunc(list, compareSites) }

// innermost is the statement that an op is of, as long as all around it was done once.
func innermost(path []place, runs map[*stmt]int) *stmt {
	s := path[0].stmt
	for _, p := range path[1:] {
		if p.repeated || p.frame != nil && runs[p.frame] > 1 {
			break
		}
		s = p.stmt
	}
	return s
}

func (r *region) siteOf(o *op, s *stmt) site {
	i := r.lineOf(s.span.Start)
	for j, e := range r.elements(i) {
		if at := o.module.at; e.Start <= at.Start && at.End <= e.End {
			return site{i, j}
		}
	}
	return site{i, wholeLine}
}

// lineOf is the line of the region that a place is in.
func (r *region) lineOf(at int) int {
	for i := r.first; i < r.end; i++ {
		if at <= r.lines[i].span.End {
			return i
		}
	}
	return r.end - 1
}

// elements are the layers of a list that each begin a physical line of their own.
func (r *region) elements(i int) (list []lang.Span) {
	s := r.stmts[i]
	if s == nil || s.x == nil {
		return nil
	}
	items := listed(s.x)
	for n, x := range items {
		if strings.TrimSpace(r.text[r.lineStart(x.span.Start):x.span.Start]) != "" || n > 0 && !strings.Contains(r.text[items[n-1].span.End:x.span.Start], "\n") {
			return nil
		}
		list = append(list, x.span)
	}
	return list
}

// listed are the items of a list, or of a chain of layers.
func listed(x *expr) []*expr {
	switch x.sort {
	case eList:
		return x.args
	case eCall:
		name, _ := dotted(x.args[0])
		if c := dialect.CallOf(dialect.AnyTool, name); c == nil || c.Does != dialect.Chains || len(x.args) < 2 {
			return nil
		}
		if len(x.args) == 2 || x.words[len(x.words)-1] == "name" {
			first := x.args[1]
			if name, _ := dotted(first.callee()); name == "OrderedDict" && len(first.args) == 2 {
				first = first.args[1]
			}
			if first.sort == eList {
				return first.args
			}
		}
		return x.args[1:]
	}
	return nil
}

func (r *region) lineStart(at int) int { return strings.LastIndexByte(r.text[:at], '\n') + 1 }

// indent is the region's own indentation, which what is written has.
func (r *region) indent() string {
	at := r.lines[r.first].span.Start
	return r.text[r.lineStart(at):at]
}

// edits puts statements in the place of what they mean, and comments out the rest.
func (r *region) edits(texts map[site][][]string) (edits []lang.Edit) {
	for i := r.first; i < r.end; i++ {
		if ops, is := texts[site{i, wholeLine}]; is {
			edits = append(edits, r.replaced(r.lines[i].span, ops))
			continue
		}
		at := r.lines[i].span.Start
		for j, e := range r.elements(i) {
			ops, is := texts[site{i, j}]
			if !is {
				continue
			}
			edits = append(edits, r.comment(at, r.lineStart(e.Start))...)
			end := e.End
			if rest := strings.TrimLeft(r.text[end:], " \t"); strings.HasPrefix(rest, ",") {
				end = len(r.text) - len(rest) + 1
			}
			edits = append(edits, r.replaced(lang.Span{Start: e.Start, End: end}, ops))
			at = end
			if strings.TrimSpace(r.text[end:end+lineLength(r.text[end:])]) == "" {
				at = min(end+lineLength(r.text[end:])+1, len(r.text))
			}
		}
		edits = append(edits, r.comment(at, r.lines[i].span.End)...)
	}
	return edits
}

// losesComment reports a statement over several lines that is replaced, comments inside.
func (r *region) losesComment(texts map[site][][]string) bool {
	for at := range texts {
		span := r.lines[at.line].span
		if at.element != wholeLine {
			span = r.elements(at.line)[at.element]
		}
		for l := range strings.Lines(r.text[span.Start:span.End]) {
			if strings.Contains(l, "#") {
				return true
			}
		}
	}
	return false
}

// replaced puts statements in place of a piece, and of the blanks before it.
func (r *region) replaced(span lang.Span, ops [][]string) lang.Edit {
	start := r.lineStart(span.Start)
	if strings.TrimSpace(r.text[start:span.Start]) != "" {
		start = span.Start
	} else {
		start += min(len(r.indent()), span.Start-start)
	}
	return lang.Edit{Span: lang.Span{Start: start, End: span.End}, Text: layout2(ops, r.indent())}
}

// layout2 puts what keeps the shape behind what it follows, and everything else on lines
// of their own.
func layout2(ops [][]string, indent string) string {
	var b strings.Builder
	for _, statements := range ops {
		for _, s := range statements {
			kind, _, _ := strings.Cut(s, " ")
			k := layer.Find(kind)
			switch {
			case b.Len() == 0:
			case k != nil && k.Light || kind == "freeze":
				b.WriteString("; ")
			default:
				b.WriteString("\n" + indent)
			}
			b.WriteString(s)
		}
	}
	return b.String()
}

// comment makes comments of the lines that begin in a piece.
func (r *region) comment(start, end int) (edits []lang.Edit) {
	if start > 0 && r.text[start-1] != '\n' && strings.TrimSpace(r.text[r.lineStart(start):start]) == "" {
		start = r.lineStart(start)
	}
	for at := start; at < end; at += lineLength(r.text[at:]) + 1 {
		text := r.text[at : at+lineLength(r.text[at:])]
		if bare := strings.TrimSpace(text); bare == "" || bare[0] == '#' {
			continue
		}
		place := at + min(len(r.indent()), len(text)-len(strings.TrimLeft(text, " \t")))
		edits = append(edits, lang.Edit{Span: lang.Span{Start: place, End: place}, Text: "# "})
	}
	return edits
}
