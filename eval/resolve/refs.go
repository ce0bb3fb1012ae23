package resolve

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
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
		r.forget(key)
		return nil
	case n != nil:
	case r.automaticName(name.Text):
		n = automatic
	default:
		r.forget(key)
		if r.loose == 0 {
			r.unknownName(name, what)
		}
		return nil
	}
	r.bindTo(key, n)
	return n
}

// forget leaves a name without meaning.
func (r *Resolver) forget(at int) { r.unit.Uses.set(at, nil) }

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
	most := r.scope.kinds.of(kind.Name) + len(r.scope.looks)
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
		return r.loose > 0
	case n.Sort == AValue:
		r.errorf(lang.Naming, name.Span(), name.Text+" is a value, not a layer", "", "")
		return false
	}
	rest, known := r.steps(ref, n, ref.Path, many)
	if known && len(rest) > 0 {
		r.again(lang.Naming, ref.Span, "expected the name of a layer alone", "found "+lang.Quote(r.text(ref.Span)), "")
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
		r.again(lang.Naming, ref.Head.Span(), "all stands only behind freeze", "", "")
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
		r.again(lang.Naming, ref.Span, ref.Head.Text+" is one layer, not several", "", "[ ] picks one of the layers that a loop has named")
		return value.Value{}
	}
	hint := ""
	if near := lang.Nearest(step.Attr.Text, known...); near != "" {
		hint = "did you mean ." + near + "?"
	}
	r.again(lang.Naming, step.Attr.Span(), of+" has no ."+step.Attr.Text, "", hint)
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
				r.again(lang.Naming, path[0].Attr.Span(), ref.Head.Text+" has no layer and no property called "+path[0].Attr.Text, "it is a "+block.Kind.Name, block.layersHint(path[0].Attr.Text))
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
		r.again(lang.Argument, span, "one layer is wanted here, not several", "found "+lang.Quote(r.text(span)), "")
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

// named is the sort of $name.
func (r *Resolver) named(lit lang.Lit) value.Value {
	name := lit.Text[1:]
	if r.scope.find(name) == nil && r.loose == 0 && r.asSide(name) != "" {
		r.forget(lit.At)
		r.errorf(lang.Naming, lit.Span(), "there is no value called "+name, "", "in sizes a value stands in brackets: "+r.asSide(name))
		return value.Value{}
	}
	n := r.use(lang.Name{Text: name, At: lit.At + 1}, lit.At, "value")
	switch {
	case n == nil:
		return value.Value{}
	case n.Sort != AValue:
		r.errorf(lang.Naming, lit.Span(), "`"+name+"` is a layer, not a value", "", "a number of it is written in a calculation: $("+name+".channels)")
		r.forget(lit.At)
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

// unknownName tells of a name that nobody has given so far, once.
func (r *Resolver) unknownName(name lang.Name, what string) {
	if r.muted > 0 {
		return
	}
	detail, hint := "nothing before this line has that name", ""
	if lost := r.scope.find(name.Text); lost != nil && len(lost.Given) > 0 {
		detail, hint = "line "+itoa(r.line(lost.at()))+" gives that name, and did not run", "give it in every case"
		r.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint)
		return
	}
	if r.scope.block != nil {
		detail = "a block knows its parameters, its own layers and the lets above it"
	}
	if b := r.scope.block; b != nil && b.Kind.Find(name.Text) >= 0 {
		detail = "a default knows only the parameters before it"
		hint = "put " + name.Text + " before it in the head of the block"
	} else if at, later := r.later(name.Text); later {
		line := r.line(at)
		detail = "line " + itoa(line) + " gives that name, and only earlier names can be used"
		hint = "move this statement below line " + itoa(line)
	} else if last := r.lastOf(name.Text); last != "" {
		hint = "the last is " + last
	} else if p := layer.OptionOf(name.Text); p != nil && len(name.Text) > 1 { // q may be anybody's
		hint = "`" + name.Text + "` is a word of " + p.Name + "; values are numbers, sizes, true and false"
	} else if near := lang.Nearest(name.Text, r.candidates(name.Text)...); near != "" {
		hint = "did you mean " + near + "?"
	} else if r.kindNamed(name.Text) != nil {
		hint = "it is a kind; give a layer a name, and write that: " + name.Text + " n1"
	} else if what == "layer" {
		hint = "give a layer that name first: conv " + name.Text + " 20 3x3"
	} else {
		hint = "name the value first: let " + name.Text + " = 20"
	}
	if r.library && r.scope.block == nil {
		detail, hint = "of a file that is used only the blocks and lets count", "move the let into the block that needs it"
	}
	r.errorf(lang.Naming, name.Span(), "there is no "+what+" called "+name.Text, detail, hint)
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
	lang.WalkWithin(r.stmts, func(s *lang.Stmt) bool {
		if key := r.givenName(s.Node); !found && key.Text == name && s.Span.Start > r.at.Start {
			at, found = key.At, true
		}
		switch s.Node.(type) {
		case *lang.Block, *lang.Accept, *lang.Misconception:
			return false
		}
		return true
	})
	return at, found
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
