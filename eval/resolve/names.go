package resolve

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Names: what gives them, and what they may be.

// kind is the kind of the layers, or the block's uses, that a name stands for;
// nil: they are of several, or it is not known.
func (n *Name) kind() (kind *layer.Kind) {
	for i, g := range n.Given {
		if i > 0 && g.Kind != kind || g.Kind == nil {
			return nil
		}
		kind = g.Kind
	}
	return kind
}

// block is the block whose uses a name stands for; nil: none, or several.
func (n *Name) block() *Block {
	if n.kind() == nil {
		return nil
	}
	return n.Given[0].Block
}

// words say what a name stands for.
func (n *Name) words() string {
	switch {
	case n.Sort == AValue:
		return "a value"
	case n.block() != nil:
		return "a block: " + n.kind().Name
	case n.kind() != nil:
		return "a layer: " + n.kind().Name
	}
	return "a layer"
}

// giveValue gives a value its name, which ends with the braces around it; nil:
// the name is taken, which is told.
func (r *Resolver) giveValue(key lang.Key, sort value.Sort) *Name {
	if r.lenient > 0 {
		r.bindOther(key)
		return nil
	}
	if !r.free(key, AValue) {
		return nil
	}
	n := r.newName(Name{Text: key.Text, Sort: AValue, Scope: r.scope, Slot: r.scope.Values, Type: sort}, Giving{Span: key.Span(), body: r.body})
	r.scope.Values++
	r.give(key, n)
	if r.body.outer != nil {
		r.locals = append(r.locals, key.Text)
	}
	return n
}

// giveLayer gives a layer its name; in loops, and under conditions that exclude
// each other, several have the same. Nil: it has none, or it is taken.
func (r *Resolver) giveLayer(key lang.Key, l *Layer) *Name {
	if key.Text == "" && l != nil && l.Kind.Source {
		key = r.inputName(l)
	}
	if key.Text == "" {
		return nil
	}
	if r.lenient > 0 {
		r.bindOther(key)
		return nil
	}
	giving := Giving{Span: key.Span(), body: r.body}
	if l != nil {
		giving.Kind = l.Kind
		if l.More != nil {
			giving.Block = l.More.Block
		}
	}
	if old := r.scope.names[key.Text]; old != nil && old.Sort == ALayer && r.mayGiveAgain(old) {
		r.append(old, giving)
		return old
	}
	if !r.free(key, ALayer) && !r.body.loops() {
		return nil
	} // in a loop it is told once, and its turns are known all the same
	n := r.newLayerName(key.Text, giving)
	r.give(key, n)
	return n
}

// inputName is the name that an input gets by itself.
func (r *Resolver) inputName(l *Layer) lang.Key {
	return lang.Key{Text: l.Kind.Name, At: l.Node.Kind.At}
}

func (r *Resolver) newLayerName(text string, given ...Giving) *Name {
	n := r.newName(Name{Text: text, Sort: ALayer, Scope: r.scope, Slot: r.scope.Layers}, given...)
	r.scope.Layers++
	return n
}

// newName is a name from a piece of memory that many share.
func (r *Resolver) newName(n Name, given ...Giving) *Name {
	if len(r.names) == cap(r.names) {
		size := r.piece()
		r.names, r.givings = make([]Name, 0, size), make([]Giving, 0, size)
	}
	from := len(r.givings)
	r.givings = append(r.givings, given...)
	n.Given = r.givings[from:len(r.givings):len(r.givings)]
	r.names = append(r.names, n)
	return &r.names[len(r.names)-1]
}

// piece is how many of something are made at once.
func (r *Resolver) piece() int { return min(max(len(r.stmts), 4), 4096) }

// mayGiveAgain reports a name of layers that one more may have: in a loop that gives
// it on each turn, or where it is not sure that it has been given.
func (r *Resolver) mayGiveAgain(old *Name) bool {
	if r.body.loops() && slices.ContainsFunc(old.Given, func(g Giving) bool { return g.body.loops() }) {
		return true
	}
	return !old.alwaysGiven(r.body)
}

// bindOther binds what another reading gives to the name it stands in for.
func (r *Resolver) bindOther(key lang.Key) {
	if n := r.scope.find(key.Text); n != nil {
		r.bindTo(key.At, n)
	}
}

// append adds a place where a name is given.
func (r *Resolver) append(n *Name, g Giving) {
	if r.undo != nil {
		was := n.Given
		*r.undo = append(*r.undo, func() { n.Given = was })
	}
	n.Given = append(n.Given[:len(n.Given):len(n.Given)], g)
}

// give makes a name known from here on.
func (r *Resolver) give(key lang.Key, n *Name) {
	s := r.scope
	s.set(key.Text, n)
	if kind, _ := r.looksAutomatic(key.Text); kind != nil && !kind.Source {
		if s.numbered == nil {
			s.numbered = map[string]bool{}
		}
		if r.undo != nil && !s.numbered[key.Text] {
			*r.undo = append(*r.undo, func() { delete(s.numbered, key.Text) })
		}
		s.numbered[key.Text] = true
	}
}

// giveLost remembers a name whose statement is no good, so that its uses are
// silent.
func (r *Resolver) giveLost(key lang.Key) {
	if key.Text != "" && r.scope.find(key.Text) == nil && r.lenient == 0 {
		r.scope.set(key.Text, &Name{Text: key.Text, Scope: r.scope, Given: []Giving{{Span: key.Span(), body: r.body}}, why: r.last})
	}
}

// free reports a name that can be given here to a layer or a value, or tells why
// not.
func (r *Resolver) free(key lang.Key, sort Sort) bool {
	old := r.scope.names[key.Text]
	if r.unit.Blocks[key.Text] != nil && (old == nil || old.Sort == Missing) {
		r.errorf(lang.Naming, key.Span(), "the name "+key.Text+" is taken", "it is a block", r.otherName(key.Text))
		return false
	}
	if old == nil && r.automatically != nil && r.scope == r.prog.Script.Scope {
		if what, at, ok := r.automatically(key.Text); ok {
			r.errorf(lang.Naming, key.Span(), "the name "+key.Text+" is taken", "line "+itoa(r.line(at))+" gives it to "+what, r.otherName(key.Text))
			return false
		}
	}
	if old == nil || old.Sort == Missing || old.Sort == sort && !old.alwaysGiven(r.body) {
		return true
	}
	r.errorf(lang.Naming, key.Span(), "the name "+key.Text+" is taken", "line "+itoa(r.line(old.at()))+" gives it to "+old.words(), r.otherName(key.Text))
	return false
}

// otherName is advice for a name that is taken; a second input has it only
// because none was given.
func (r *Resolver) otherName(name string) string {
	if k := layer.Find(name); k != nil && k.Source {
		return "a further input has a name, as in input other 120x120 cmyk"
	}
	return "every name is given once"
}

// bindTo notes what is meant by the name that is written somewhere.
func (r *Resolver) bindTo(at int, n *Name) {
	r.unit.Uses.set(at, n)
}
