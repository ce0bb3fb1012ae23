package resolve

import (
	"cnnl/eval/value"
	"cnnl/lang"
)

// A context is what stands around a calculation before a script is run: names
// have a meaning and at most a sort, no values. What is wrong all the same, a run
// that gets there tells better: it has the values.
type context struct{ *Resolver }

// Tell takes a mistake in a calculation.
func (c context) Tell(code lang.Code, span lang.Span, summary, detail, hint string, ways ...lang.Edit) {
	if c.literal {
		c.errorf(code, span, summary, detail, hint, ways...)
		return
	}
	c.provisional(code, span, summary, detail, hint, ways...)
}

// Mute says that from here on nothing matters, or again.
func (c context) Mute(by int) { c.muted += by }

// Text is what is written somewhere.
func (c context) Text(span lang.Span) string { return c.text(span) }

// Dollar is the sort of $name.
func (c context) Dollar(lit lang.Lit) value.Value { return c.named(lit) }

// Ref is the sort of what a name and the way on from it come to.
func (c context) Ref(r *lang.Ref) value.Value { return c.ref(r) }

// Count checks count(KIND).
func (c context) Count(r *lang.Ref) value.Value {
	c.countedKind(r)
	return value.Unsettled(value.Number)
}

// typeOf is the sort of a calculation, whose names are given their meaning.
func (r *Resolver) typeOf(e *lang.Expr) value.Sort { v := r.calc.Value(e); return v.Type() }

// wants holds a calculation to a sort.
func (r *Resolver) wants(e *lang.Expr, sort value.Sort, summary string) {
	if t := r.typeOf(e); t != value.Unknown && t != sort {
		r.provisional(lang.Value, e.Span(), summary, "found "+t.String(), "")
	}
}

// countedKind finds the kind that count(KIND) counts; it tells where there is none.
func (r *Resolver) countedKind(ref *lang.Ref) {
	arg := ref.Args[0]
	name := arg.First.Ref
	if name == nil || len(arg.Rest) > 0 || len(name.Path) > 0 || len(name.Args) > 0 {
		r.errorf(lang.Argument, arg.Span(), "count takes the name of a kind", "found "+lang.Quote(r.text(arg.Span())), "as in count(conv)")
		return
	}
	if r.kindNamed(name.Head.Text) != nil {
		return
	}
	hint, ways := "as in count(conv)", []lang.Edit(nil)
	if near := r.near(name.Head.Text, r.kindNames); near != "" {
		hint, ways = "did you mean "+near+"?", []lang.Edit{{Span: name.Span, Text: near}}
	}
	r.errorf(lang.Naming, name.Span, "there is no kind of layer called "+name.Head.Text, "", hint, ways...)
}
