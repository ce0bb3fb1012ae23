package resolve

import (
	"cnnl/eval/layer"
	"cnnl/lang"
)

// What to say of a name that nobody has given.

// unknownName tells of a name that nobody has given so far, once.
func (r *Resolver) unknownName(name lang.Name, what string) {
	if r.muted > 0 {
		return
	}
	detail, hint, ways := "nothing before this line has that name", "", []lang.Edit(nil)
	if lost := r.scope.find(name.Text); lost != nil && len(lost.Given) > 0 {
		detail, hint = "line "+itoa(r.line(lost.at()))+" gives that name, and did not run", "a name that is used is given in every case"
		r.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint, ways...)
		return
	}
	if r.scope.block != nil {
		detail = "a block knows its parameters, its own layers and the lets above it"
	}
	if b := r.scope.block; b != nil && b.Kind.Find(name.Text) >= 0 {
		detail = "a default knows only the parameters before it"
	} else if at, later := r.later(name.Text); later {
		line := r.line(at)
		detail = "line " + itoa(line) + " gives that name, and only earlier names can be used"
	} else if last := r.lastOf(name.Text); last != "" {
		hint, ways = "the last is "+last, []lang.Edit{{Span: name.Span(), Text: last}}
	} else if p := layer.OptionOf(name.Text); p != nil && len(name.Text) > 1 { // q may be anybody's
		hint = "`" + name.Text + "` is a word of " + p.Name + "; values are numbers, sizes, true and false"
	} else if near := r.near(name.Text, func() []string { return r.candidates(name.Text) }); near != "" {
		hint, ways = "did you mean "+near+"?", []lang.Edit{{Span: name.Span(), Text: near}}
	} else if r.kindNamed(name.Text) != nil {
		hint = "it is a kind; a layer has its name behind it, as in " + name.Text + " n1"
	} else if what == "layer" {
		hint = "a layer has its name behind its kind, as in conv " + name.Text + " 20 3x3"
	} else {
		hint = "a let gives a value its name, as in let " + name.Text + " = 20"
	}
	if r.library && r.scope.block == nil {
		detail, hint = "of a file that is used only the blocks and lets count", "move the let into the block that needs it"
	}
	r.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint, ways...)
	r.scope.set(name.Text, &Name{Text: name.Text, Scope: r.scope, why: r.last})
}

// lastOf is the automatic name of the latest layer of a kind, or empty.
func (r *Resolver) lastOf(kind string) string {
	n := r.scope.kinds.of(kind)
	if n == 0 || n >= anyNumber || layer.Find(kind) == nil && r.unit.Blocks[kind] == nil {
		return ""
	}
	return AutomaticStem(kind) + itoa(n)
}

// AutomaticStem is what stands before the number of an automatic name.
func AutomaticStem(kind string) string {
	if last := kind[len(kind)-1]; last >= '0' && last <= '9' {
		return kind + "_" // relu6_1 is no 61st relu
	}
	return kind
}

// candidates lists the known names in the order of giving.
func (r *Resolver) candidates(word string) (names []string) {
	for _, n := range r.scope.Names() {
		if n.Sort != Missing && n.Text != word {
			names = append(names, n.Text)
		}
	}
	if b := r.scope.block; b != nil {
		for i := range b.Kind.Params {
			if p := &b.Kind.Params[i]; r.scope.names[p.Name] == nil && p.Name != word {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// later finds where the statements of this file or block give a name further
// down.
func (r *Resolver) later(name string) (at int, found bool) {
	for _, g := range r.givers()[name] {
		if g.stmt > r.at.Start {
			return g.at, true
		}
	}
	return 0, false
}

// A giver is a statement that gives a name, and where the name stands.
type giver struct{ stmt, at int }

// givers are the statements of this file or block that give each name, in their
// order. They are gathered once: there may be as many unknown names as statements.
func (r *Resolver) givers() map[string][]giver {
	if r.gathered != nil {
		return r.gathered
	}
	r.gathered = map[string][]giver{}
	lang.WalkWithin(r.stmts, func(s *lang.Stmt) bool {
		if key := r.givenName(s.Node); key.Text != "" {
			r.gathered[key.Text] = append(r.gathered[key.Text], giver{s.Span.Start, key.At})
		}
		switch s.Node.(type) {
		case *lang.Block, *lang.Accept, *lang.Misconception:
			return false
		}
		return true
	})
	return r.gathered
}
