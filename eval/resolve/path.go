package resolve

import (
	"slices"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// What stands behind a name: into blocks, the turns of loops, properties.

// property is the sort of what is asked; alone is that of what is asked for by no
// word.
func (r *Resolver) property(ref *lang.Ref, path []lang.Step, known []string, alone value.Sort) value.Value {
	switch {
	case len(path) == 0:
		return value.Unsettled(alone)
	case path[0].Index != nil:
		return r.noProperty(ref, path[0], nil, ref.Head.Text)
	}
	name, behind := path[0].Attr.Text, path[1:]
	tensor := slices.Contains(network.TensorProperties, name)
	switch {
	case !slices.Contains(known, name) && !tensor:
		return r.noProperty(ref, path[0], known, ref.Head.Text)
	case name == "out" && len(behind) > 0:
		return r.property(ref, behind, network.TensorProperties, value.Number)
	case name == "out" || name == "field":
		return value.Value{} // a size, or of a vector a number
	case len(behind) > 0 && tensor:
		return r.noProperty(ref, behind[len(behind)-1], network.TensorProperties, "a tensor")
	case len(behind) > 0:
		return r.noProperty(ref, behind[0], nil, "a number")
	}
	return value.Unsettled(value.Number)
}

// noProperty tells of a property that does not exist.
func (r *Resolver) noProperty(ref *lang.Ref, step lang.Step, known []string, of string) value.Value {
	if step.Index != nil {
		r.provisional(lang.Naming, ref.Span, ref.Head.Text+" is one layer, not several", "", "[ ] picks one of the layers that a loop has named")
		return value.Value{}
	}
	hint, ways := "", []lang.Edit(nil)
	if near := r.near(step.Attr.Text, func() []string { return known }); near != "" {
		hint, ways = "did you mean ."+near+"?", []lang.Edit{{Span: step.Attr.Span(), Text: near}}
	}
	r.provisional(lang.Naming, step.Attr.Span(), of+" has no ."+step.Attr.Text, "", hint, ways...)
	return value.Value{}
}

// steps follows a path into blocks and through the turns of loops, as far as it is
// clear where it leads; with many it may lead to several layers. What it leaves of
// the path are properties. False: where it leads is not known, or nowhere.
func (r *Resolver) steps(ref *lang.Ref, n *Name, path []lang.Step, many bool) (rest []lang.Step, known bool) {
	r.indices(path)
	for {
		if len(path) > 0 && path[0].Index != nil {
			if !r.picks(ref, n, path[0], many) {
				return nil, false
			}
			path = path[1:]
		}
		if len(path) == 0 || path[0].Index != nil || slices.Contains(network.Properties, path[0].Attr.Text) {
			return path, n.kind() != nil
		}
		block := n.block()
		if block == nil {
			return path, n.kind() != nil
		}
		inner := block.Scope.Find(path[0].Attr.Text)
		if inner == nil || inner.Sort != ALayer {
			switch {
			case inner == nil && block.mayHave(path[0].Attr.Text):
				r.bindTo(path[0].Attr.At, automatic)
			case inner == nil:
				r.provisional(lang.Naming, path[0].Attr.Span(), ref.Head.Text+" has no layer and no property called "+path[0].Attr.Text, "it is a "+block.Kind.Name, block.layersHint(path[0].Attr.Text))
			}
			return nil, false
		}
		r.bindTo(path[0].Attr.At, inner)
		n, path = inner, path[1:]
	}
}

// picks reports whether an index can pick layers of a name.
func (r *Resolver) picks(ref *lang.Ref, n *Name, step lang.Step, many bool) bool {
	switch {
	case len(n.Given) > 0 && !slices.ContainsFunc(n.Given, func(g Giving) bool { return g.body.loops() }):
		r.noProperty(ref, step, nil, "")
		return false
	case step.Index.To != nil && !many:
		span := lang.Span{Start: step.Index.From.Span().Start, End: step.Index.To.Span().End}
		r.provisional(lang.Argument, span, "one layer is wanted here, not several", "found "+lang.Quote(r.text(span)), "")
		return false
	}
	return true
}

// indices gives the names in brackets of a path their meaning.
func (r *Resolver) indices(path []lang.Step) {
	for _, s := range path {
		if s.Index == nil {
			continue
		}
		r.calc.Value(&s.Index.From)
		if s.Index.To != nil {
			r.calc.Value(s.Index.To)
		}
	}
}

// mayHave reports an automatic name that a layer of the block may have.
func (b *Block) mayHave(name string) bool {
	return strings.TrimRight(name, "0123456789") != name
}

// layersHint is advice for a layer that a block does not have.
func (b *Block) layersHint(word string) string {
	var names []string
	for _, n := range b.Scope.Names() {
		if n.Sort == ALayer {
			names = append(names, n.Text)
		}
	}
	if near := lang.Nearest(word, append(names, network.Properties...)...); near != "" {
		return "did you mean ." + near + "?"
	}
	if len(names) == 0 {
		return ""
	}
	return "its layers are " + lang.Join(names)
}
