package foreign

import (
	"slices"
	"strings"

	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A region is the lines of a script that are a program of another tool.
type region struct {
	text  string
	lines []line
	stmts []*stmt // one for each line; nil: it is no Python
	first int     // the lines from first up to end
	end   int
	// partial says why what stands there is not all of the network; empty: it may be.
	partial string
	tool    dialect.Tools // 0: it has to be found out
}

// span is the part of the text that a region covers.
func (r *region) span() lang.Span {
	return lang.Span{Start: r.lines[r.first].span.Start, End: r.lines[r.end-1].span.End}
}

// linesOf cuts a text into logical lines.
func linesOf(text string) *region {
	r := &region{text: text}
	for at := 0; at < len(text); {
		l := scanLine(text, at)
		if l.end <= at {
			break
		}
		at = l.end
		if l.span.Start == l.span.End && l.ok {
			continue // blank, or a comment
		}
		r.lines = append(r.lines, l)
		r.stmts = append(r.stmts, parseLine(l))
	}
	return r
}

// at is the line that a place stands in, or -1.
func (r *region) at(place int) int {
	for i, l := range r.lines {
		if place < l.end {
			return i
		}
	}
	return -1
}

// find is the region around a place: the lines beside it that are Python, if one of
// them can only be that. Nil: there is none.
func (r *region) find(place int) *region {
	i := r.at(place)
	if i < 0 || !r.isPython(i) {
		return nil
	}
	found := *r
	found.first, found.end = i, i+1
	for found.first > 0 && r.isPython(found.first-1) {
		found.first--
	}
	for found.end < len(r.lines) && r.isPython(found.end) {
		found.end++
	}
	if !slices.ContainsFunc(found.stmts[found.first:found.end], isStrong) {
		return nil
	}
	return &found
}

// isPython reports a line that can be part of a program. A name alone is a layer of
// ours, as is a kind with an owner: conv = c1.
func (r *region) isPython(i int) bool { return r.stmts[i] != nil && canBePython(r.stmts[i]) }

func canBePython(s *stmt) bool {
	switch s.sort {
	case sBlock:
		return s.text != ";" || !slices.ContainsFunc(s.body, func(inner *stmt) bool { return !canBePython(inner) })
	case sExpr:
		return s.x.sort == eCall
	case sAssign:
		t := s.targets[0]
		return t.sort != eName || layer.Find(t.text) == nil || s.x.sort != eName
	}
	return true
}

// isStrong reports a statement that can only be another tool's.
func isStrong(s *stmt) bool {
	switch s.sort {
	case sImport, sClass, sDef:
		return true
	case sExpr, sAssign, sReturn, sAugment:
		return s.x != nil && callsSomething(s.x)
	case sBlock:
		return s.text == ";" && slices.ContainsFunc(s.body, isStrong)
	}
	return false
}

// callsSomething reports a call that some tool knows, of a module or of a tensor.
func callsSomething(x *expr) bool {
	if x.sort == eCall {
		name, prefix := dotted(x.args[0])
		switch {
		case name != "" && dialect.CallOf(dialect.AnyTool, name) != nil, prefix != "" && dialect.MethodOf(name) != nil:
			return true
		case prefix == "self", x.args[0].sort == eCall && callsSomething(x.args[0]):
			return true
		}
	}
	return slices.ContainsFunc(x.args, callsSomething)
}

// dotted is the last name of a dotted one, and what stands before it.
func dotted(x *expr) (name, prefix string) {
	switch x.sort {
	case eName:
		return x.text, ""
	case eAttr:
		last, before := dotted(x.args[0])
		if before != "" && last != "" {
			last = before + "." + last
		}
		return x.text, last
	}
	return "", ""
}

// tree nests the statements of a region by their indentation.
func (r *region) tree() []*stmt {
	list := slices.DeleteFunc(slices.Clone(r.stmts[r.first:r.end]), func(s *stmt) bool { return s == nil })
	stmts, _ := nest(list, -1)
	return stmts
}

// nest takes the statements that are indented more than their header.
func nest(list []*stmt, header int) (body, rest []*stmt) {
	for len(list) > 0 && list[0].indent > header {
		s := new(stmt)
		*s = *list[0] // the lines are read more than once
		list = list[1:]
		if hasBody(s) && len(s.body) == 0 {
			s.body, list = nest(list, s.indent)
		}
		if last := len(body) - 1; s.sort == sBlock && s.text == "else" && last >= 0 && body[last].sort == sIf {
			deepestElse(body[last]).orElse = s.body
			continue
		}
		if last := len(body) - 1; s.sort == sIf && s.text == "elif" && last >= 0 && body[last].sort == sIf {
			deepestElse(body[last]).orElse = []*stmt{s}
			continue
		}
		body = append(body, s)
	}
	return body, list
}

// deepestElse is the last condition of a chain of them.
func deepestElse(s *stmt) *stmt {
	for len(s.orElse) == 1 && s.orElse[0].sort == sIf && s.orElse[0].text == "elif" {
		s = s.orElse[0]
	}
	return s
}

func hasBody(s *stmt) bool {
	switch s.sort {
	case sClass, sDef, sIf, sFor, sBlock:
		return true
	}
	return false
}

// toolOf is the tool that a region's modules and names are most likely of.
func (r *region) toolOf() dialect.Tools {
	if r.tool != 0 {
		return r.tool
	}
	text := r.text[r.span().Start:r.span().End]
	torch, keras := 0, 0
	for _, l := range r.lines[r.first:r.end] {
		for _, t := range l.tokens {
			switch {
			case t.sort != tName:
			case dialect.ToolOf(t.text) == dialect.PyTorch, strings.HasSuffix(t.text, "2d"), strings.HasSuffix(t.text, "1d"), t.text == "Linear", t.text == "forward":
				torch++
			case dialect.ToolOf(t.text) == dialect.Keras, strings.HasSuffix(t.text, "2D"), strings.HasSuffix(t.text, "1D"), t.text == "Dense":
				keras++
			}
		}
	}
	switch {
	case torch > keras:
		return dialect.PyTorch
	case keras > 0 || strings.Contains(text, "return_sequences"):
		return dialect.Keras
	}
	return dialect.AnyTool
}
