package resolve

import (
	"cnnl/eval/value"
	"cnnl/lang"
)

// Statements, but for layers, blocks, files and assumed defaults.

func (r *Resolver) let(n *lang.Let) Node {
	let := &Let{Value: &n.Value, Unit: r.unit}
	sort := r.typeOf(&n.Value)
	if other := r.otherwise(n); other != nil {
		if other.Value == nil {
			r.giveLost(lang.Key(n.Name))
			return nil
		}
		inside := r.unit
		r.unit = r.outside(other.Source)
		let.Value, let.Unit, sort = other.Value, r.unit, r.typeOf(other.Value)
		r.unit = inside
	}
	let.Name = r.giveValue(lang.Key(n.Name), sort)
	return let
}

func (r *Resolver) from(n *lang.From) Node {
	if !r.layerNamed(&n.Ref, false) {
		return &Lost{}
	}
	return &From{&n.Ref}
}

func (r *Resolver) freeze(n *lang.Freeze) Node {
	for i := range n.What {
		part, _ := FrozenPart(&n.What[i])
		switch {
		case part.Head.Text != "all" || len(part.Path) > 0:
			r.layerNamed(part, true)
		case len(n.What) > 1:
			r.errorf(lang.Argument, part.Span, "all stands alone behind freeze", "found "+itoa(len(n.What)-1)+" more", "", lang.Edit{Span: lang.Span{Start: n.What[0].Span.Start, End: n.What[len(n.What)-1].Span.End}, Text: "all"})
			return nil
		}
	}
	return &Freeze{n}
}

func (r *Resolver) expect(n *lang.ExpectStmt) Node {
	for _, part := range value.Conjuncts(&n.Claim) {
		r.claim(part)
	}
	return &Expect{n}
}

// claim resolves one part of an expect, as a run takes it: a chain of == is no
// calculation.
func (r *Resolver) claim(e *lang.Expr) {
	if op, ok := value.Comparison(e); ok && e.First.Sign.Text != "not" {
		sides := value.Split(e, op.Text)
		left := r.calc.Value(sides[0])
		for _, side := range sides[1:] {
			r.calc.Operate(op, left, r.calc.Value(side))
		}
		return
	}
	if t := r.typeOf(e); t != value.Unknown && t != value.Boolean {
		r.provisional(lang.Value, e.Span(), "an expect claims something", "found "+t.String(), "as in "+r.text(e.Span())+" == 740")
	}
}

func (r *Resolver) repeat(n *lang.Repeat) Node {
	if v := r.calc.Value(&n.Count); v.Known() && (!v.IsWhole() || v.Num < 0) {
		r.provisional(lang.Value, n.Count.Span(), "repeat needs a whole number of at least 0", "found "+v.String(), "")
	} else {
		r.wants(&n.Count, value.Number, "repeat needs a whole number of at least 0")
	}
	return &Repeat{&n.Count, r.braces(&n.Body, bodyMode{loop: true})}
}

func (r *Resolver) loop(n *lang.For) Node {
	sort := value.Unknown
	for i := range n.Items {
		t := r.typeOf(&n.Items[i].From)
		if n.Items[i].To != nil {
			r.calc.Value(n.Items[i].To)
			t = value.Number
		}
		if i == 0 {
			sort = t
		} else if sort != t {
			sort = value.Unknown
		}
	}
	outer, locals := r.body, len(r.locals)
	r.body = &Body{ID: outer.ID, outer: outer, loop: true} // the variable ends with the loop
	f := &For{Items: n.Items, Var: r.giveValue(lang.Key(n.Var), sort)}
	f.Body = r.braces(&n.Body, bodyMode{loop: true})
	if f.Var != nil {
		r.endLocals(locals)
	}
	r.body = outer
	return f
}

func (r *Resolver) choose(n *lang.If) Node {
	f := &If{}
	for i := range n.Arms {
		cond := &n.Arms[i].Cond
		if t := r.typeOf(cond); t != value.Unknown && t != value.Boolean {
			r.provisional(lang.Value, cond.Span(), "a condition is true or false", "found "+t.String(), "as in if "+r.text(cond.Span())+" > 0")
		}
		f.Arms = append(f.Arms, Arm{cond, r.braces(&n.Arms[i].Body, bodyMode{})})
	}
	if n.Else != nil {
		f.Else = r.braces(n.Else, bodyMode{})
	}
	return f
}

// bodyMode tells how a body is run.
type bodyMode struct{ certain, loop, lost bool }

// braces resolves a body. Its lets and assumes end with it.
func (r *Resolver) braces(b *lang.Body, how bodyMode) *Body {
	outer, locals, assumed := r.body, len(r.locals), r.assumed
	body := &Body{ID: outer.ID, outer: outer, stmts: b.Stmts} // whose mistakes count as those around it
	if !how.lost {
		body = r.newBody(outer, b.Stmts)
	}
	body.certain, body.loop = how.certain, how.loop
	r.body = body
	body.Stmts = r.statements(b.Stmts)
	r.endLocals(locals)
	r.body, r.assumed = outer, assumed
	return body
}

func (r *Resolver) endLocals(from int) {
	r.scope.unset(r.locals[from:])
	r.locals = r.locals[:from]
}
