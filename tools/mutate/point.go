package main

import (
	"go/ast"
	"go/types"
	"slices"
)

// A point is a place of a file that can be mutated, and what may stand there.
type point struct {
	number    int // among the points of all files
	from, to  int // offsets in the file
	typ       types.Type
	statement bool // it is left out, and has one text, which is empty
	texts     []string
	rule      string // the function or the entry of a table that it is in
}

// A mutant is one point with one of its texts.
type mutant struct {
	file *file
	*point
	variant int // from 1
}

// before and after are the lines that a mutant changes.
func (m mutant) before() string {
	return m.file.lines(m.from, m.to, string(m.file.text[m.from:m.to]))
}

func (m mutant) after() string {
	if m.statement {
		return m.file.lines(m.from, m.to, "")
	}
	return m.file.lines(m.from, m.to, m.texts[m.variant-1])
}

// note adds texts to the point of a node.
func (w *walker) note(e ast.Expr, texts []string) {
	t := w.info.TypeOf(e)
	if _, many := t.(*types.Tuple); len(texts) == 0 || t == nil || many {
		return
	}
	p := &point{from: w.offset(e.Pos()), to: w.offset(e.End()), typ: types.Default(t), rule: w.rule}
	if last := len(w.points) - 1; last >= 0 && !w.points[last].statement && w.points[last].from == p.from && w.points[last].to == p.to {
		p = w.points[last]
	} else {
		w.points = append(w.points, p)
	}
	for _, text := range texts {
		if !slices.Contains(p.texts, text) {
			p.texts = append(p.texts, text)
		}
	}
}

func (w *walker) leaveOut(s ast.Stmt) {
	w.points = append(w.points, &point{from: w.offset(s.Pos()), to: w.offset(s.End()), statement: true, texts: []string{""}, rule: w.rule})
}
