package resolve

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/lang"
)

// layer resolves a layer statement.
func (r *Resolver) layer(s *lang.Stmt, n *lang.Layer) Node {
	kind, block := layer.Find(n.Kind.Text), (*Block)(nil)
	if kind == nil {
		if block = r.unit.Blocks[n.Kind.Text]; block != nil {
			block = r.underAssumed(block)
			kind = block.Kind
		}
	}
	switch {
	case kind == nil:
		r.unknownKind(n)
		fallthrough
	case kind.Source && !r.atTop(s, n.Kind.Text):
		r.giveLost(r.givenName(n))
		r.tensors(n)
		for i := range n.Bodies {
			r.braces(&n.Bodies[i], bodyMode{certain: true, lost: true})
		}
		return &Lost{}
	}
	b := r.bind(n, kind, block)
	name := b.name // the binder is used again in braces
	l := r.newLayer()
	*l = Layer{Node: n, Kind: kind, Args: b.args, OK: b.ok, Loop: r.body.loops(), Named: b.name.Text != ""}
	if block != nil || len(b.open) > 0 || b.turned || r.body.outer != nil || len(n.Bodies) > 0 || b.read != nil {
		l.More = &More{Block: block, Values: b.values, Open: b.open, Turned: b.turned, Braces: r.body.outer != nil, Read: b.read}
	}
	l.overrule(b.overruled())
	r.checkArguments(b)
	r.checkTensors(n, kind, block)
	switch {
	case len(n.With) == 0 || block == nil && !kind.Merges && kind.Beside.Max == 0:
		r.countTensors(n, kind, block)
	case block == nil && len(n.Bodies) == 0 && r.optionBehindWith(n, kind):
		l.OK = false
	default:
		r.tensors(n)
		r.countTensors(n, kind, block)
	}
	for i := range n.Bodies {
		l.More.Bodies = append(l.More.Bodies, r.braces(&n.Bodies[i], bodyMode{certain: true}))
	}
	l.Name = r.giveLayer(name, l)
	r.countKind(kind.Name)
	return l
}

// overrule notes assumptions that what is written overrules.
func (l *Layer) overrule(over []Assumption) {
	if len(over) > 0 && l.More == nil {
		l.More = &More{}
	}
	if len(over) > 0 {
		l.More.Overruled = over
	}
}

// newLayer is a layer from a piece of memory that many share.
func (r *Resolver) newLayer() *Layer {
	if len(r.layers) == cap(r.layers) {
		r.layers = make([]Layer, 0, r.piece())
	}
	r.layers = append(r.layers, Layer{})
	return &r.layers[len(r.layers)-1]
}

// countKind counts the layers of a kind as they are written: no automatic name
// has a higher number, but in loops.
func (r *Resolver) countKind(kind string) {
	s := r.scope
	if n := s.kinds.of(kind); r.undo != nil {
		*r.undo = append(*r.undo, func() { s.kinds.set(kind, n) })
	}
	if r.body.loops() {
		s.kinds.set(kind, anyNumber)
	} else {
		s.kinds.set(kind, s.kinds.of(kind)+1)
	}
}

// kindCounts is how many layers of each kind there are; of few kinds.
type kindCounts []kindCount

type kindCount struct {
	kind string
	n    int
}

func (c kindCounts) of(kind string) int {
	for i := range c {
		if c[i].kind == kind {
			return c[i].n
		}
	}
	return 0
}

func (c *kindCounts) set(kind string, n int) {
	for i := range *c {
		if (*c)[i].kind == kind {
			(*c)[i].n = n
			return
		}
	}
	if *c == nil {
		*c = make(kindCounts, 0, 8)
	}
	*c = append(*c, kindCount{kind, n})
}

// anyNumber is how many layers a loop may have.
const anyNumber = 1 << 30

// tensors gives the names behind `with` their meaning.
func (r *Resolver) tensors(n *lang.Layer) {
	for i := range n.With {
		r.layerNamed(&n.With[i], true)
	}
}

// checkTensors holds what stands behind `with` and in braces to what the kind
// takes, as far as that can be seen before a run.
func (r *Resolver) checkTensors(n *lang.Layer, kind *layer.Kind, block *Block) {
	alone := r.provisional
	if r.lenient > 0 {
		alone = r.errorf // it needs no names, and nothing runs
	}
	if block != nil {
		if len(n.Bodies) > 0 {
			CheckAlone(alone, r.text, &lang.Layer{Kind: n.Kind, Bodies: n.Bodies}, kind)
		}
		if !slices.ContainsFunc(n.With, Several) && len(n.With) != len(block.With) {
			r.provisional(lang.Argument, n.Kind.Span(), kind.Name+" takes "+block.takes()+" behind with", "found "+itoa(len(n.With)), "")
		}
		return
	}
	if !kind.Merges {
		CheckAlone(alone, r.text, n, kind)
	}
}

// countTensors holds how many tensors a layer takes to its kind, where no range
// leaves that to a run.
func (r *Resolver) countTensors(n *lang.Layer, kind *layer.Kind, block *Block) {
	switch {
	case block != nil || slices.ContainsFunc(n.With, Several):
	case kind.Merges:
		CheckMerge(r.provisional, r.text, n, kind)
	case len(n.With) > 0 && kind.Beside.Max > 0, kind.Beside.Min > 0:
		CheckBeside(r.provisional, n, kind, len(n.With), "found no with")
	}
}

// CheckMerge refuses what is no way to bring tensors together.
func CheckMerge(tell Teller, text func(lang.Span) string, n *lang.Layer, kind *layer.Kind) bool {
	switch {
	case len(n.Bodies) > 0 && len(n.With) > 0:
		tell(lang.Argument, n.With[0].Span, kind.Name+" takes branches or with, not both", "", "a tensor behind with is a branch of its own: { from "+text(n.With[0].Span)+" }")
	case len(n.Bodies) == 1:
		tell(lang.Argument, Opening(n.Bodies[0]), kind.Name+" needs two branches or more", "found one", "{ } is the tensor before the branches: "+kind.Name+" { ... } { }")
	case len(n.Bodies) == 0 && len(n.With) == 0:
		tell(lang.Argument, n.Kind.Span(), kind.Name+" needs tensors to bring together", "found no branches and no with", "they stand in braces, or behind with: "+kind.Name+" { ... } { }, "+kind.Name+" with NAME")
	default:
		return true
	}
	return false
}

// CheckBeside holds how many tensors stand behind with to what a kind takes that is
// no merge; none says how it came that there are none.
func CheckBeside(tell Teller, n *lang.Layer, kind *layer.Kind, found int, none string) bool {
	switch most := kind.Beside.Max; {
	case found == 0:
		tell(lang.Argument, n.Kind.Span(), kind.Name+" needs a second tensor", none, "it stands behind with: "+kind.Name+" with NAME")
	case found > most:
		tell(lang.Argument, n.With[0].Span, kind.Name+" takes "+layer.Counted(int64(most), "tensors")+" behind with", "found "+itoa(found), "")
	default:
		return true
	}
	return false
}

// checkArguments refuses values and options that cannot be, whatever the input.
// Outside all braces a run always gets there, and checks them itself.
func (r *Resolver) checkArguments(b *binder) {
	if r.body == r.prog.Script.Body || !b.ok || len(b.open) > 0 || b.n.Tie != nil || b.kind.Check == nil {
		return
	}
	call := &r.alone
	*call = layer.Call{Kind: b.kind, Args: b.args, Sheet: &r.sheet}
	r.sheet.Reset()
	if call.CheckAlone(); call.Fault == nil {
		return
	}
	span := b.n.Kind.Span()
	if i := b.kind.Find(call.Fault.Param); i >= 0 && b.spans[i].End > 0 {
		span = b.spans[i]
	}
	r.provisional(lang.Shape, span, call.Fault.Summary, call.Fault.Detail, call.Fault.Hint, Instead(b.n, span, call.Fault.Instead)...)
}

// Instead puts each of several texts in place of the argument that is to blame, where it
// is written in the layer.
func Instead(n *lang.Layer, span lang.Span, texts []string) (ways []lang.Edit) {
	if span == n.Kind.Span() {
		return nil
	}
	for _, text := range texts {
		ways = append(ways, lang.Edit{Span: span, Text: text})
	}
	return ways
}

// takes says how many tensors a block takes behind with.
func (b *Block) takes() string {
	if len(b.With) == 0 {
		return "no tensors"
	}
	return layer.Counted(int64(len(b.With)), "tensors")
}

// Several reports a reference that may name more than one layer, or none.
func Several(r lang.Ref) bool {
	return slices.ContainsFunc(r.Path, func(s lang.Step) bool { return s.Index != nil && s.Index.To != nil })
}

// CheckAlone refuses what only kinds that merge take.
func CheckAlone(tell Teller, text func(lang.Span) string, n *lang.Layer, kind *layer.Kind) {
	if len(n.Bodies) > 0 && (kind.Branch == "" || len(n.Bodies) > 1) {
		tell(lang.Argument, Opening(n.Bodies[0]), kind.Name+" has no branches", "found { }", "layers stand below each other, without braces")
	}
	if len(n.With) > 0 && kind.Beside.Max == 0 {
		tell(lang.Argument, n.With[0].Span, kind.Name+" takes one tensor", "found with "+n.With[0].Head.Text, "from "+n.With[0].Head.Text+" goes on from that tensor", aloneFrom(text, n))
	}
}

// aloneFrom has a layer go on from the first tensor behind its with.
func aloneFrom(text func(lang.Span) string, n *lang.Layer) lang.Edit {
	words := lang.Span{Start: n.Kind.At, End: EndOfWords(n)}
	return lang.Edit{Span: lang.Span{Start: words.Start, End: n.With[len(n.With)-1].Span.End}, Text: "from " + text(n.With[0].Span) + "; " + strings.TrimSpace(text(words))}
}

// Opening is the place of a body's brace.
func Opening(b lang.Body) lang.Span { return lang.Span{Start: b.Span.Start, End: b.Span.Start + 1} }

// givenName is the name that a statement gives, if it gives one.
func (r *Resolver) givenName(node lang.Node) lang.Key {
	switch n := node.(type) {
	case *lang.Let:
		return lang.Key(n.Name)
	case *lang.For:
		return lang.Key(n.Var)
	case *lang.Layer:
		if len(n.Words) > 0 && n.Words[0].No.Text == "" && !lang.Reserved(n.Words[0].Name.Text) {
			if kind := r.kindNamed(n.Kind.Text); kind == nil || !kind.Knows(n.Words[0].Name.Text) {
				return n.Words[0].Name
			}
		}
	}
	return lang.Key{}
}

// kindNamed finds a kind of the catalogue or of the script.
func (r *Resolver) kindNamed(name string) *layer.Kind {
	if k := layer.Find(name); k != nil {
		return k
	}
	if b := r.unit.Blocks[name]; b != nil {
		return b.Kind
	}
	return nil
}

// looksAutomatic reports a name that a layer could get by itself: a kind and a
// number, or of an input its kind.
func (r *Resolver) looksAutomatic(name string) (kind *layer.Kind, number string) {
	if k := layer.Find(name); k != nil && k.Source {
		return k, ""
	}
	for i := len(name) - 1; i > 0 && '0' <= name[i] && name[i] <= '9'; i-- {
		if k := r.kindNamed(strings.TrimSuffix(name[:i], "_")); k != nil && AutomaticStem(k.Name) == name[:i] {
			return k, name[i:]
		}
	}
	return nil, ""
}

// optionBehindWith tells of an option that stands behind `with` and its names.
func (r *Resolver) optionBehindWith(n *lang.Layer, kind *layer.Kind) bool {
	for i := range n.With {
		head := n.With[i].Head
		if p := kind.Find(head.Text); p < 0 || kind.Params[p].Value || r.scope.find(head.Text) != nil {
			continue
		}
		text := r.unit.Source.Text
		option, rest := text[head.At:n.With[len(n.With)-1].Span.End], text[n.With[0].Span.Start:head.At]
		r.errorf(lang.Argument, lang.Span{Start: head.At, End: n.With[len(n.With)-1].Span.End}, "options stand before with", "found "+lang.Quote(option)+" behind it",
			"write "+strings.Join(strings.Fields(text[n.Kind.At:EndOfWords(n)]+" "+option+" with "+rest), " "),
			lang.Edit{Span: lang.Span{Start: EndOfWords(n), End: n.With[len(n.With)-1].Span.End}, Text: " " + option + " with " + strings.TrimSpace(rest)})
		return true
	}
	return false
}

// EndOfWords is where the words of a layer end, before with and braces.
func EndOfWords(n *lang.Layer) int {
	switch words := append(n.Words[:len(n.Words):len(n.Words)], n.Changes...); {
	case len(n.Changes) == 0 && n.Tie != nil:
		return n.Tie.Span.End
	case len(words) > 0:
		return words[len(words)-1].Span().End
	}
	return n.Kind.Span().End
}
