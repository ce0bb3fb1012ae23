// Package reading says how a script is read otherwise than it is written: by
// another right reading that an accept of it gives, or by a wrong one that a
// misconception gives.
//
// It knows statements only, no layers and no values: a reading is made into a
// script by putting its statements among those of the script it belongs to, and
// that script is read like any other. A new way to read a script otherwise is a
// field of Reading and what Script makes of it.
package reading

import (
	"slices"

	"cnnl/lang"
)

// A Reading is one other way to read a script, from the braces of its accept
// or misconception.
type Reading struct {
	Title string
	Wrong bool      // it is a misconception
	Span  lang.Span // of the braces
	stmts []lang.Stmt
}

// Of lists the readings that a script gives, in their order.
func Of(file *lang.File) (list []Reading) {
	for i := range file.Stmts {
		switch n := file.Stmts[i].Node.(type) {
		case *lang.Accept:
			list = append(list, Reading{Title: n.Title.Value(), Span: n.Body.Span, stmts: n.Body.Stmts})
		case *lang.Misconception:
			list = append(list, Reading{Title: n.Title.Value(), Wrong: true, Span: n.Body.Span, stmts: n.Body.Stmts})
		}
	}
	return list
}

// Whole reports a reading with a network of its own, from its input on. One
// that has none changes what the script assumes and the values of its lets.
func (r *Reading) Whole() bool { return firstLayer(r.stmts) < len(r.stmts) }

// Lets lists the lets of the reading.
func (r *Reading) Lets() (lets []*lang.Let) {
	for i := range r.stmts {
		if let, ok := r.stmts[i].Node.(*lang.Let); ok {
			lets = append(lets, let)
		}
	}
	return lets
}

// Script is the script in this reading. Computed reports the lets of the
// script that are made of its network's numbers, and so stand behind it.
func (r *Reading) Script(file *lang.File, computed func(let string) bool) *lang.File {
	var stmts []lang.Stmt
	if r.Whole() {
		front, behind := r.declarations(file.Stmts, computed)
		stmts = slices.Concat(front, r.stmts, behind)
	} else {
		front, others := r.changes(file.Stmts)
		stmts = append(front, others...)
	}
	return &lang.File{Source: file.Source, Stmts: stmts}
}

// changes are the reading's own statements, and those of the script with the
// reading's lets in place of theirs.
func (r *Reading) changes(script []lang.Stmt) (front, others []lang.Stmt) {
	own, theirs := letsOf(r.stmts), letsOf(script)
	for _, s := range r.stmts {
		if let, ok := s.Node.(*lang.Let); !ok || theirs[let.Name.Text] == nil {
			front = append(front, s)
		}
	}
	for _, s := range script {
		if let, ok := s.Node.(*lang.Let); ok && own[let.Name.Text] != nil {
			s = *own[let.Name.Text]
		}
		others = append(others, s)
	}
	return front, others
}

// declarations are the script's blocks, its assumes before the first layer and
// its lets, without those that the reading has itself: what needs no layer in
// front, the lets that are computed behind.
func (r *Reading) declarations(script []lang.Stmt, computed func(let string) bool) (front, behind []lang.Stmt) {
	own, first := letsOf(r.stmts), firstLayer(script)
	for i, s := range script {
		switch n := s.Node.(type) {
		case *lang.Let:
			switch {
			case own[n.Name.Text] != nil:
			case i > first && computed(n.Name.Text):
				behind = append(behind, s)
			default:
				front = append(front, s)
			}
		case *lang.Block, *lang.UseStmt:
			front = append(front, s)
		case *lang.Assume:
			if i < first {
				front = append(front, s)
			}
		}
	}
	return front, behind
}

func letsOf(stmts []lang.Stmt) map[string]*lang.Stmt {
	lets := map[string]*lang.Stmt{}
	for i := range stmts {
		if let, ok := stmts[i].Node.(*lang.Let); ok {
			lets[let.Name.Text] = &stmts[i]
		}
	}
	return lets
}

// firstLayer is the place of a script's first layer, or where it ends.
func firstLayer(stmts []lang.Stmt) int {
	for i := range stmts {
		if _, ok := stmts[i].Node.(*lang.Layer); ok {
			return i
		}
	}
	return len(stmts)
}
