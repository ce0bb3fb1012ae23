package resolve

import (
	"strconv"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// What names mean where they are used, and what can be asked of them.

// use finds what a name means here and notes it; nil: nothing that is known,
// which is told.
func (r *Resolver) use(name lang.Name, key int, what string) *Name {
	n := r.scope.find(name.Text)
	if n == nil && r.loopGives(name.Text) {
		n = r.newLayerName(name.Text)
		r.scope.set(name.Text, n)
	}
	switch {
	case n != nil && n.Sort == Missing:
		r.onceMore(n.why, func() { r.unknownName(name, what) })
		r.unbind(key)
		return nil
	case n != nil:
	case r.automaticName(name.Text):
		n = automatic
	default:
		r.unbind(key)
		if r.lenient == 0 {
			r.unknownName(name, what)
		}
		return nil
	}
	r.bindTo(key, n)
	return n
}

// unbind leaves a name without meaning.
func (r *Resolver) unbind(at int) { r.unit.Uses.set(at, nil) }

// loopGives reports a name of a layer that a loop around this place gives further
// down: from the second turn on it is known.
func (r *Resolver) loopGives(name string) (gives bool) {
	var loop *Body
	for b := r.body; b != nil; b = b.outer {
		if b.loop && b.stmts != nil {
			loop = b
		}
	}
	if loop == nil {
		return false
	}
	lang.Walk(loop.stmts, func(s *lang.Stmt) {
		if _, ok := s.Node.(*lang.Layer); ok && r.givenName(s.Node).Text == name {
			gives = true
		}
	})
	return gives
}

// automaticName reports a name that a layer so far may have got by itself.
func (r *Resolver) automaticName(name string) bool {
	kind, digits := r.looksAutomatic(name)
	if kind == nil {
		return false
	}
	if kind.Source {
		return digits == ""
	}
	number, err := strconv.Atoi(digits)
	most := r.scope.kinds.of(kind.Name) + len(r.scope.numbered)
	return err == nil && digits[0] != '0' && number <= most
}

// layerNamed finds the layers that a reference names, where a layer is wanted
// and no number; false where there is none, which is told.
func (r *Resolver) layerNamed(ref *lang.Ref, many bool) bool {
	name := lang.Name(ref.Head)
	if name.Text == "in" && len(ref.Path) == 0 && r.scope.block != nil {
		return true
	}
	if lang.Reserved(name.Text) || len(ref.Args) > 0 {
		hint := ""
		if name.Text == "in" {
			hint = "in stands only inside a block"
		}
		r.errorf(lang.Naming, ref.Span, "expected the name of a layer", "found "+lang.Quote(r.text(ref.Span)), hint)
		return false
	}
	n := r.use(name, name.At, "layer")
	switch {
	case n == nil:
		return r.lenient > 0
	case n.Sort == AValue:
		r.errorf(lang.Naming, name.Span(), name.Text+" is a value, not a layer", "", "")
		return false
	}
	rest, known := r.steps(ref, n, ref.Path, many)
	if known && len(rest) > 0 {
		r.provisional(lang.Naming, ref.Span, "expected the name of a layer alone", "found "+lang.Quote(r.text(ref.Span)), "")
	}
	return true
}

// ref is the sort of what a name and the way on from it come to.
func (r *Resolver) ref(ref *lang.Ref) value.Value {
	switch ref.Head.Text {
	case "total":
		return r.property(ref, ref.Path, network.TotalProperties, value.Number)
	case "here", "in":
		return r.property(ref, ref.Path, network.TensorProperties, value.Unknown)
	case "all":
		r.provisional(lang.Naming, ref.Head.Span(), "all stands only behind freeze", "", "")
		return value.Value{}
	}
	n := r.use(lang.Name(ref.Head), ref.Head.At, "layer or value")
	switch {
	case n == nil || n.Sort == Automatic:
		return value.Value{}
	case n.Sort == AValue:
		return r.calc.Plain(ref, value.Unsettled(n.Type))
	}
	path, known := r.steps(ref, n, ref.Path, false)
	if !known {
		return value.Value{}
	}
	return r.property(ref, path, network.Properties, value.Unknown)
}

// named is the sort of $name.
func (r *Resolver) named(lit lang.Lit) value.Value {
	name := lit.Text[1:]
	if r.scope.find(name) == nil && r.lenient == 0 && r.asSide(name) != "" {
		r.unbind(lit.At)
		r.errorf(lang.Naming, lit.Span(), "there is no value called "+name, "", "in sizes a value stands in brackets: "+r.asSide(name))
		return value.Value{}
	}
	n := r.use(lang.Name{Text: name, At: lit.At + 1}, lit.At, "value")
	switch {
	case n == nil:
		return value.Value{}
	case n.Sort != AValue:
		r.errorf(lang.Naming, lit.Span(), "`"+name+"` is a layer, not a value", "", "a number of it is written in a calculation: $("+name+".channels)")
		r.unbind(lit.At)
		return value.Value{}
	}
	return value.Unsettled(n.Type)
}

// asSide is how $kx3 is written, where k is a value; or empty.
func (r *Resolver) asSide(name string) string {
	stem := strings.TrimRight(name, "0123456789x")
	if n := r.scope.find(stem); stem == name || n == nil || n.Sort != AValue || name[len(stem)] != 'x' {
		return ""
	}
	return "$(" + stem + ")" + name[len(stem):]
}

// FrozenPart is the layer that a reference behind freeze names, and which of its
// parameters: c1.biases are its biases only.
func FrozenPart(r *lang.Ref) (*lang.Ref, network.Frozen) {
	last := len(r.Path) - 1
	if last < 0 || r.Path[last].Index != nil {
		return r, network.Frozen{Weights: true, Biases: true}
	}
	what := network.Frozen{Weights: r.Path[last].Attr.Text == "weights", Biases: r.Path[last].Attr.Text == "biases"}
	if what == (network.Frozen{}) {
		return r, network.Frozen{Weights: true, Biases: true}
	}
	whole := *r
	whole.Path = r.Path[:last]
	return &whole, what
}
