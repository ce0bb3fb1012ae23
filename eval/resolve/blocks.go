package resolve

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/value"
	"cnnl/lang"
)

// defineBlock resolves a block and adds it to those that the file knows.
func (r *Resolver) defineBlock(s *lang.Stmt, n *lang.Block) {
	if !r.atTop(s, "block") || !r.blockName(n.Name) || !r.blockParams(n) {
		r.refuse(n.Name.Text, r.last)
		return
	}
	b := &Block{Kind: r.blockKind(n), Node: n, Unit: r.unit}
	r.resolveBlock(b)
	if r.lenient == 0 {
		r.addBlock(n.Name.Text, b)
	}
}

// addBlock makes a block known in the file.
func (r *Resolver) addBlock(name string, b *Block) {
	u := r.unit
	if u.Blocks == nil {
		u.Blocks = map[string]*Block{}
	}
	u.Blocks[name] = b
	if r.undo != nil {
		*r.undo = append(*r.undo, func() { delete(u.Blocks, name) })
	}
}

// resolveBlock gives a block's statements their meaning, once for all its uses:
// its parameters have no values yet, and the defaults are those that hold where
// it is written.
func (r *Resolver) resolveBlock(b *Block) {
	file := r.environment
	r.environment = r.enter(b.Unit, b, b.Node.Body.Stmts)
	r.assumed = file.assumed
	b.Scope, b.Body = r.scope, r.body
	for _, w := range b.Node.With {
		b.With = append(b.With, r.giveLayer(lang.Key(w), nil))
	}
	for i := range b.Node.Params {
		p, sort := &b.Node.Params[i], value.Unknown
		if p.Default != nil {
			sort = r.typeOf(p.Default)
		}
		if b.Kind.Params[i].Type == layer.Flag {
			if sort != value.Unknown && sort != value.Boolean {
				r.provisional(lang.Value, p.Default.Span(), p.Name.Text+" is true or false", "found "+sort.String(), "")
			}
			sort = value.Boolean
		} else {
			sort = value.Unknown // a size may be given for a number
		}
		b.Params = append(b.Params, r.giveValue(lang.Key(p.Name), sort))
	}
	b.Body.Stmts = r.statements(b.Node.Body.Stmts)
	r.environment = file
}

// blockName holds a block's name to what names may be.
func (r *Resolver) blockName(name lang.Name) bool {
	old := r.unit.Blocks[name.Text]
	switch {
	case layer.Find(name.Text) != nil:
		r.errorf(lang.Naming, name.Span(), "`"+name.Text+"` is a kind of layer already", "", "")
	case layer.IsColour(name.Text):
		r.errorf(lang.Naming, name.Span(), "`"+name.Text+"` is a colour and cannot name a block", "", "")
	case old != nil && r.lenient == 0:
		r.errorf(lang.Naming, name.Span(), "there is a block "+name.Text+" already", old.where(), "every name is given once")
	case r.taken(name.Text) && r.lenient == 0:
		n := r.scope.find(name.Text)
		r.errorf(lang.Naming, name.Span(), "the name "+name.Text+" is taken", "line "+itoa(r.line(n.at()))+" gives it to "+n.words(), "every name is given once")
	default:
		return true
	}
	return false
}

// taken reports a name that stands for something.
func (r *Resolver) taken(name string) bool {
	n := r.scope.find(name)
	return n != nil && n.Sort != Missing
}

func (r *Resolver) line(at int) int {
	line, _ := r.unit.Source.Position(at)
	return line
}

// where says where a block is defined.
func (b *Block) where() string {
	line, _ := b.Unit.Source.Position(b.Node.Name.At)
	return "line " + itoa(line) + " of " + b.Unit.Source.Name + " defines it"
}

// blockParams checks the head of a block.
func (r *Resolver) blockParams(n *lang.Block) bool {
	seen := map[string]bool{}
	names := make([]lang.Name, 0, len(n.Params)+len(n.With))
	options := false
	for i := range n.Params {
		p := &n.Params[i]
		if options && p.Default == nil {
			r.errorf(lang.Argument, p.Name.Span(), "values come before options", p.Name.Text+" has no default, and an option stands before it", "parameters without a default come first; one has a default by "+p.Name.Text+" = 1")
			return false
		}
		options = options || p.Default != nil
		names = append(names, p.Name)
	}
	for _, name := range append(names, n.With...) {
		if seen[name.Text] {
			r.errorf(lang.Naming, name.Span(), "the block has two parameters called "+name.Text, "", "every name is given once")
			return false
		}
		seen[name.Text] = true
	}
	return true
}

// blockKind is a block's entry of the table; that of a library is one, whatever is
// assumed.
func (r *Resolver) blockKind(n *lang.Block) *layer.Kind {
	if of := r.unit.of; of != nil {
		return of.Blocks[n.Name.Text].Kind
	}
	return BlockKind(n)
}

// BlockKind is a block as an entry of the table.
func BlockKind(n *lang.Block) *layer.Kind {
	k := &layer.Kind{Name: n.Name.Text, Doc: "a block of the script"}
	k.Beside = layer.Range{Min: len(n.With), Max: len(n.With)}
	example := []string{n.Name.Text}
	flags := map[string]bool{}
	for _, p := range n.Params {
		param := layer.Param{Name: p.Name.Text, Type: layer.Any, Value: p.Default == nil}
		if p.Default != nil && isTruth(p.Default, flags) {
			param.Type = layer.Flag
			flags[p.Name.Text] = true
		}
		if param.Value {
			example = append(example, strings.ToUpper(p.Name.Text))
		}
		k.Params = append(k.Params, param)
	}
	if len(n.With) > 0 {
		example = append(example, "with")
		for _, w := range n.With {
			example = append(example, strings.ToUpper(w.Text))
		}
	}
	k.Example = strings.Join(example, " ")
	return k
}

// isTruth reports whether a calculation gives true or false, so that the
// parameter whose default it is is a flag.
func isTruth(e *lang.Expr, flags map[string]bool) bool {
	for _, t := range e.Rest {
		if t.Op.Row().Between <= lang.Comparison {
			return true
		}
	}
	switch x := &e.First; {
	case len(e.Rest) > 0:
		return false
	case x.Sign.Text == "not":
		return true
	case x.Group != nil:
		return isTruth(x.Group, flags)
	case x.Ref != nil:
		name := x.Ref.Head.Text
		return name == "true" || name == "false" || flags[name] && len(x.Ref.Path) == 0
	}
	return false
}

// blockNames lists the blocks that can be used here.
func (r *Resolver) blockNames() (names []string) {
	for name := range r.unit.Blocks {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// laterBlock finds a block that is defined further down.
func (r *Resolver) laterBlock(name string) *lang.Block {
	if r.unit.later == nil { // a script may have thousands of unknown words
		r.unit.later = map[string]*lang.Block{}
		for i := range r.unit.stmts {
			if n, ok := r.unit.stmts[i].Node.(*lang.Block); ok {
				r.unit.later[n.Name.Text] = n
			}
		}
	}
	return r.unit.later[name]
}
