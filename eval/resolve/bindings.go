package resolve

import (
	"cmp"
	"slices"

	"cnnl/lang"
)

// What an editor asks of a program: what a name means, where else it is written,
// and what stands at a place.

// A Place is a piece of one of a program's files.
type Place struct {
	Unit *Unit
	Span lang.Span
}

// NameAt gives the name that is written at a place, and its span; nil: there is
// none, or nobody has given it. Of an automatic name, such as conv2, there is no
// more to know than that it is one.
func (u *Unit) NameAt(at int) (*Name, lang.Span) {
	text := u.Source.Text
	start, end := at, at
	for start > 0 && isLetter(text[start-1]) {
		start--
	}
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	span := lang.Span{Start: start, End: end}
	if start > 0 && text[start-1] == '$' {
		start--
	}
	if n := u.Uses.At(start); n != nil {
		return n, span
	}
	return u.givenAt(span), span
}

// givenAt is the name that is given somewhere, or nil.
func (u *Unit) givenAt(span lang.Span) *Name {
	block, stmt := u.At(span.Start)
	var names []*Name
	if block != nil {
		names = slices.Concat(block.Params, block.With)
	}
	if stmt != nil {
		names = append(names, stmt.given())
	}
	for _, n := range names {
		if n != nil && slices.ContainsFunc(n.Given, func(g Giving) bool { return g.Span == span }) {
			return n
		}
	}
	return nil
}

// given is the name that a statement gives, or nil.
func (s *Stmt) given() *Name {
	switch n := s.Node.(type) {
	case *Layer:
		return n.Name
	case *Let:
		return n.Name
	case *For:
		return n.Var
	}
	return nil
}

func isLetter(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}

// Written reports a name that a statement writes. The first input has the name
// input though none is written.
func (n *Name) Written() bool {
	return !slices.ContainsFunc(n.Given, func(g Giving) bool { return g.Kind != nil && g.Kind.Source && g.Kind.Name == n.Text })
}

// References lists where a name is written, where it is given among them.
func (p *Program) References(n *Name) (places []Place) {
	for _, u := range p.Units() {
		for at, name := range u.Uses.All {
			if name != n {
				continue
			}
			if u.Source.Text[at] == '$' {
				at++
			}
			places = append(places, Place{u, lang.Span{Start: at, End: at + len(n.Text)}})
		}
	}
	for _, g := range n.Given {
		places = append(places, Place{n.Scope.unit, g.Span})
	}
	sortPlaces(places)
	return slices.Compact(places)
}

// BlockReferences lists where the name of a block is written: its definition, its
// uses, and what counts them.
func (p *Program) BlockReferences(b *Block) (places []Place) {
	for _, u := range p.Units() {
		if u.Blocks[b.Kind.Name] != b {
			continue
		}
		add := func(name string, at int) {
			if name == b.Kind.Name {
				places = append(places, Place{u, lang.Span{Start: at, End: at + len(name)}})
			}
		}
		v := lang.Visitor{
			Stmt: func(s *lang.Stmt) bool {
				switch n := s.Node.(type) {
				case *lang.Layer:
					add(n.Kind.Text, n.Kind.At)
				case *lang.Block:
					add(n.Name.Text, n.Name.At)
				}
				return true
			},
			Ref: func(r *lang.Ref) bool {
				if r.Head.Text == "count" && len(r.Args) == 1 && r.Args[0].First.Ref != nil {
					add(r.Args[0].First.Ref.Head.Text, r.Args[0].First.Ref.Head.At)
				}
				return true
			},
		}
		v.Visit(u.stmts)
	}
	sortPlaces(places)
	return places
}

func sortPlaces(places []Place) {
	slices.SortFunc(places, func(a, b Place) int {
		return cmp.Or(cmp.Compare(a.Unit.Path, b.Unit.Path), a.Span.Start-b.Span.Start)
	})
}

// Units lists the script and the files that it uses.
func (p *Program) Units() []*Unit {
	units := []*Unit{p.Script}
	for _, u := range p.resolver.units {
		units = append(units, u)
	}
	slices.SortFunc(units[1:], func(a, b *Unit) int { return cmp.Compare(a.Path, b.Path) })
	return units
}

// At gives the block in whose head or statements a place stands, nil outside all,
// and the resolved statement there, the innermost.
func (u *Unit) At(at int) (block *Block, stmt *Stmt) {
	body := u.Body
	for _, b := range u.Blocks {
		if b.Unit == u && b.Node.Name.At <= at && at < b.Node.Body.Span.End {
			block, body = b, b.Body
		}
	}
	for body != nil {
		i := slices.IndexFunc(body.Stmts, func(s Stmt) bool { return s.Span.Start <= at && at < s.Span.End })
		if i < 0 {
			break
		}
		stmt = &body.Stmts[i]
		body = bodyAt(stmt.Node, at)
	}
	return block, stmt
}

// bodyAt is the body of a statement in which a place stands; nil: in none.
func bodyAt(node Node, at int) *Body {
	for _, b := range bodies(node) {
		if n := len(b.Stmts); n > 0 && b.Stmts[0].Span.Start <= at && at < b.Stmts[n-1].Span.End {
			return b
		}
	}
	return nil
}

// bodies lists the bodies of a statement.
func bodies(node Node) (list []*Body) {
	switch n := node.(type) {
	case *Layer:
		if n.More != nil {
			return n.More.Bodies
		}
	case *Repeat:
		return []*Body{n.Body}
	case *For:
		return []*Body{n.Body}
	case *If:
		for i := range n.Arms {
			list = append(list, n.Arms[i].Body)
		}
		if n.Else != nil {
			list = append(list, n.Else)
		}
	}
	return list
}
