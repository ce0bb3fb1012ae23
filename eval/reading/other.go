package reading

import (
	"slices"

	"cnnl/lang"
)

// An Other is a reading that a key gives itself, in the braces of an accept or a
// misconception.
type Other struct {
	Title string
	Wrong bool         // it is a misconception
	Worth *lang.Amount // what it is worth; nil: it does not say
	Span  lang.Span    // of the braces
	stmts []lang.Stmt
}

// Of lists the other readings that a key gives, in their order.
func Of(file *lang.File) (list []Other) {
	for i := range file.Stmts {
		switch n := file.Stmts[i].Node.(type) {
		case *lang.Accept:
			list = append(list, Other{Title: n.Title.Value(), Worth: n.Worth, Span: n.Body.Span, stmts: n.Body.Stmts})
		case *lang.Misconception:
			list = append(list, Other{Title: n.Title.Value(), Worth: n.Worth, Wrong: true, Span: n.Body.Span, stmts: n.Body.Stmts})
		}
	}
	return list
}

// Whole reports a reading with a network of its own, from its input on. One
// that has none changes what the script assumes and the values of its lets.
func (o *Other) Whole() bool { return firstLayer(o.stmts) < len(o.stmts) }

// Lets lists the lets of the reading.
func (o *Other) Lets() (lets []*lang.Let) {
	for i := range o.stmts {
		if let, ok := o.stmts[i].Node.(*lang.Let); ok {
			lets = append(lets, let)
		}
	}
	return lets
}

// Script is the key in this reading: its statements, and how they are read.
// Computed reports the lets of the key that are made of its network's numbers,
// and so stand behind it.
func (o *Other) Script(key *lang.File, computed func(let string) bool) (*lang.File, Reading) {
	if o.Whole() {
		front, behind := o.declarations(key.Stmts, computed)
		return &lang.File{Source: key.Source, Stmts: slices.Concat(front, o.stmts, behind)}, Reading{}
	}
	front, changed := o.changes(key)
	return &lang.File{Source: key.Source, Stmts: slices.Concat(front, key.Stmts)}, changed
}

// changes are the lets that stand in place of the key's, and all other statements,
// which come in front of it.
func (o *Other) changes(key *lang.File) (front []lang.Stmt, changed Reading) {
	theirs := letsOf(key.Stmts)
	for _, s := range o.stmts {
		if let, ok := s.Node.(*lang.Let); ok && theirs[let.Name.Text] != nil {
			changed = changed.And(Reading{Lets: []Let{{let.Name.Text, &let.Value, key.Source}}})
		} else {
			front = append(front, s)
		}
	}
	return front, changed
}

// declarations are the script's blocks, its assumes before the first layer and
// its lets, without those that the reading has itself: what needs no layer in
// front, the lets that are computed behind.
func (o *Other) declarations(script []lang.Stmt, computed func(let string) bool) (front, behind []lang.Stmt) {
	own, first := letsOf(o.stmts), firstLayer(script)
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
