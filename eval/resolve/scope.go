package resolve

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Sort tells what a name stands for.
type Sort uint8

// The sorts of names.
const (
	Missing   Sort = iota // told to be wrong; whatever it is used for is silent
	AValue                // a let, a parameter, a loop's variable
	ALayer                // a layer, or a block's use
	Automatic             // one that no statement gives: conv2
)

// A Name is what a file or a block has a name for.
type Name struct {
	Text  string
	Sort  Sort
	Scope *Scope
	Slot  int        // its number among the values, or the layers, of its scope
	Type  value.Sort // of a value, as far as it is known
	Given []Giving   // where it is given: in several places only under conditions or in loops
	why   *note      // of a missing one: what has been told
}

// A Giving is a place where a name is given.
type Giving struct {
	Span  lang.Span
	Kind  *layer.Kind // of a layer
	Block *Block      // of a block's use
	body  *Body
}

// Line is that of its file where it is given first.
func (n *Name) Line() int {
	line, _ := n.Scope.unit.Source.Position(n.at())
	return line
}

// automatic stands for every name that no statement gives.
var automatic = &Name{Sort: Automatic}

// A Scope is the names of a file's own statements, or of a block's.
type Scope struct {
	ID             int
	Layers, Values int // how many names of each sort there are

	block *Block // nil: a file's
	outer *Scope // of a question: that of the script
	unit  *Unit
	names map[string]*Name // those that can be seen now
	// numbered are the names given anywhere in it that look like automatic ones.
	numbered map[string]bool
	kinds    kindCounts   // layers of each kind so far, as they are written
	few      [8]kindCount // memory for those of most
	root     *Body
	undo     *[]func() // how to take back what a session's entry has added; nil: nobody asks
}

// Find gives what a name means at the end of the scope; nil: nothing.
func (s *Scope) Find(text string) *Name { return s.names[text] }

// Names lists the names that can be seen at the end of the scope.
func (s *Scope) Names() (list []*Name) {
	if s.outer != nil {
		return s.outer.Names()
	}
	for _, n := range s.names {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b *Name) int { return a.at() - b.at() })
	return list
}

func (n *Name) at() int {
	if len(n.Given) == 0 {
		return 0
	}
	return n.Given[0].Span.Start
}

// set makes a text mean a name from here on.
func (s *Scope) set(text string, n *Name) {
	if s.names == nil {
		s.names = make(map[string]*Name, 8)
	}
	s.keep(text)
	s.names[text] = n
}

// keep notes what a text means, so that an entry of a session can be taken back.
func (s *Scope) keep(text string) {
	if s.undo == nil {
		return
	}
	old := s.names[text]
	*s.undo = append(*s.undo, func() {
		if old == nil {
			delete(s.names, text)
		} else {
			s.names[text] = old
		}
	})
}

// unset ends names with their braces.
func (s *Scope) unset(texts []string) {
	for _, text := range texts {
		s.keep(text)
		delete(s.names, text)
	}
}

// find gives what a name means here. A block knows the values that stand above
// it in its file.
func (s *Scope) find(text string) *Name {
	n := s.names[text]
	switch {
	case n != nil:
		return n
	case s.outer != nil:
		return s.outer.find(text)
	case s.block == nil:
		return nil
	}
	if n := s.unit.Scope.names[text]; n != nil && n.Sort != ALayer {
		return n
	}
	return nil
}

// Numbered reports a name that some statement of the scope gives and that looks
// like an automatic one, so that no layer gets it by itself.
func (s *Scope) Numbered(text string) bool { return s.numbered[text] }

// alwaysGiven reports that a name has been given whenever a body is run that comes
// behind.
func (n *Name) alwaysGiven(behind *Body) bool {
	return slices.ContainsFunc(n.Given, func(g Giving) bool { return g.body.runsBefore(behind) })
}

// runsBefore reports that a body has been run, or is being run, whenever another
// one is that stands in it or behind it.
func (b *Body) runsBefore(other *Body) bool {
	for b != nil && b.certain {
		b = b.outer
	}
	for ; other != nil; other = other.outer {
		if other == b {
			return true
		}
	}
	return b == nil
}

// loops reports that a body stands in a loop, or is one.
func (b *Body) loops() bool {
	for ; b != nil; b = b.outer {
		if b.loop {
			return true
		}
	}
	return false
}
