package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A block is a layer kind of the script's own. To the words of a statement
// it is a kind like any other: its parameters are a table.
type block struct {
	kind    *layer.Kind
	node    *lang.Block
	unit    *unit
	src     *lang.Source
	at      int
	assumed []assumption // the defaults where it is written
	given   map[string]bool
}

// defineBlock adds a kind to those that the file knows.
func (m *machine) defineBlock(s *lang.Stmt, n *lang.Block) {
	if !m.atTop(s, "block") || !m.blockName(n.Name) || !m.blockParams(n) {
		m.note(n.Name.Text)
		return
	}
	b := &block{kind: blockKind(n), node: n, unit: m.unit, src: m.src, at: s.Span.Start, assumed: m.assumed}
	put(m.past, m.unit.blocks, n.Name.Text, knownBlock{b, s.Span.Start})
}

// blockName holds a block's name to what names may be.
func (m *machine) blockName(name lang.Name) bool {
	old := m.unit.blocks[name.Text]
	switch {
	case layer.Find(name.Text) != nil:
		m.errorf(lang.Naming, name.Span(), "`"+name.Text+"` is a kind of layer already", "", "choose another name")
	case layer.IsColour(name.Text):
		m.errorf(lang.Naming, name.Span(), "`"+name.Text+"` is a colour and cannot name a block", "", "choose another name")
	case old.block != nil:
		m.errorf(lang.Naming, name.Span(), "there is a block "+name.Text+" already", m.whereBlock(old), "choose another name")
	case m.find(name.Text) != nil && m.find(name.Text).sort != lost:
		line, _ := m.src.Position(m.find(name.Text).at.Start)
		m.errorf(lang.Naming, name.Span(), "the name "+name.Text+" is taken", "line "+itoa(line)+" gives it to "+m.find(name.Text).words(m), "choose another name")
	default:
		return true
	}
	return false
}

func (m *machine) whereBlock(b knownBlock) string {
	line, _ := b.src.Position(b.node.Name.At)
	return "line " + itoa(line) + " of " + b.src.Name + " defines it"
}

// blockParams checks the head of a block.
func (m *machine) blockParams(n *lang.Block) bool {
	seen := map[string]bool{}
	names := make([]lang.Name, 0, len(n.Params)+len(n.With))
	options := false
	for i := range n.Params {
		p := &n.Params[i]
		if options && p.Default == nil {
			m.errorf(lang.Argument, p.Name.Span(), "values come before options", p.Name.Text+" has no default, and an option stands before it", "put it first, or give it a default: "+p.Name.Text+" = 1")
			return false
		}
		options = options || p.Default != nil
		names = append(names, p.Name)
	}
	for _, name := range append(names, n.With...) {
		if seen[name.Text] {
			m.errorf(lang.Naming, name.Span(), "the block has two parameters called "+name.Text, "", "choose another name")
			return false
		}
		seen[name.Text] = true
	}
	return true
}

// blockKind is a block's entry of the table.
func blockKind(n *lang.Block) *layer.Kind {
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
func (m *machine) blockNames() (names []string) {
	for name := range m.unit.blocks {
		if m.blockNamed(name) != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// laterBlock finds a block that is defined further down.
func (m *machine) laterBlock(name string) (b *lang.Block) {
	for i := range m.unit.top.stmts {
		if n, ok := m.unit.top.stmts[i].Node.(*lang.Block); ok && n.Name.Text == name {
			b = n
		}
	}
	return b
}

// useBlock runs a statement that uses a block.
func (m *machine) useBlock(s *lang.Stmt, n *lang.Layer, k *block) {
	if len(n.Bodies) > 0 {
		m.checkAlone(&lang.Layer{Kind: n.Kind, Bodies: n.Bodies}, k.kind)
	}
	b := m.bind(n, k.kind)
	with, ok := m.blockTensors(n, k)
	if m.here == network.None {
		m.noInput(n)
		ok = false
	}
	if !b.ok || !ok || !m.enterable(s) {
		m.defineLost(b.name)
		if !m.halted {
			m.lose()
		}
		return
	}
	group := m.openGroup(s, k, b, with)
	outer := m.enter(s, k, group, with)
	m.setParams(k, &b)
	m.uses = append(m.uses, b)
	m.net.Groups[group].Short = b.short(k)
	m.run(k.node.Body.Stmts)
	m.leave(outer, group)
	m.definePlace(b.name, place{m.here, group})
}

// enterable holds the use of blocks to the limits.
func (m *machine) enterable(s *lang.Stmt) bool {
	switch {
	case m.depth >= m.opts.Limits.Depth:
		m.limit(s.Span, "depth", m.opts.Limits.Depth, "blocks use each other more than %s deep")
	case len(m.net.Groups) >= m.opts.Limits.Layers:
		m.limit(s.Span, "layers", m.opts.Limits.Layers, "the network has more than %s blocks")
	}
	return !m.halted
}

// blockTensors finds the tensors behind `with`.
func (m *machine) blockTensors(n *lang.Layer, k *block) ([]int32, bool) {
	rows, ok := m.rows(n.With)
	if want := len(k.node.With); ok && len(rows) != want {
		span := n.Kind.Span()
		if len(n.With) > 0 {
			span = lang.Span{Start: n.With[0].Span.Start, End: n.With[len(n.With)-1].Span.End}
		}
		names := make([]string, want)
		for i, w := range k.node.With {
			names[i] = w.Text
		}
		takes, detail := "no tensors", "found "+itoa(len(rows))
		if want > 0 {
			takes, detail = layer.Counted(int64(want), "tensors"), "it takes "+joinWords(names)+", "+detail
		}
		m.errorf(lang.Argument, span, k.kind.Name+" takes "+takes+" behind with", detail, m.withTensors(n, want))
		return nil, false
	}
	return rows, ok
}

// withTensors shows a use of a block with as many tensors as it wants.
func (m *machine) withTensors(n *lang.Layer, want int) string {
	written := m.src.Text[n.Kind.At:m.endOfWords(n)]
	if want > 0 {
		written += " with" + strings.Repeat(" NAME", want)
	}
	return "write " + written
}

func (m *machine) openGroup(s *lang.Stmt, k *block, b bound, with []int32) int32 {
	put(m.journal, m.kinds, k.kind.Name, m.kinds[k.kind.Name]+1)
	if b.tie == network.None {
		b.tie = m.counterpart(k)
	}
	m.net.Groups = append(m.net.Groups, network.Group{
		Name: m.nameFor(b.name, k.kind), Kind: k.kind, At: s.Span.Start, Source: k.src,
		First: int32(len(m.net.Nodes)), End: network.None, From: append([]int32{m.here}, with...), Out: m.here, Parent: m.group, Tie: b.tie,
	})
	m.inner = append(m.inner, nil)
	return int32(len(m.net.Groups) - 1)
}

// counterpart is the use of a block that one inside a tied block shares with.
func (m *machine) counterpart(k *block) int32 {
	f, groups := m.follow, m.net.Groups
	if f == nil || f.broken || m.group == network.None || groups[m.group].Tie == network.None {
		return network.None
	}
	for f.use < len(groups) && groups[f.use].First < f.next {
		f.use++
	}
	for i := f.use; i < len(groups) && groups[i].First == f.next; i++ {
		if g := &groups[i]; g.Parent == groups[m.group].Tie && g.Kind == k.kind {
			f.use = i + 1
			return int32(i)
		}
		m.steps++
	}
	return network.None
}

// A stance is where a block is used from.
type stance struct {
	frame   *frame
	assumed []assumption
}

// enter begins the run of a block's statements: with its own names, and the
// defaults that held where it is written.
func (m *machine) enter(s *lang.Stmt, k *block, group int32, with []int32) stance {
	outer := stance{m.frame, m.assumed}
	f := m.newFrame(k.unit, k.src, k.node.Body.Stmts)
	f.block, f.group, f.in, f.caller, f.site, f.depth = k, group, m.here, m.frame, s.Span, m.depth+1
	f.follow = m.follow
	if g := &m.net.Groups[group]; g.Tie != network.None && (f.follow == nil || f.follow.broken) {
		f.follow = &follow{group: group, use: int(g.Tie) + 1, next: m.net.Groups[g.Tie].First, end: m.net.Groups[g.Tie].End, from: outer.frame, span: s.Span}
	}
	m.frame, m.assumed = f, k.assumed
	m.reached[&k.node.Body] = true
	for i, w := range k.node.With {
		m.define(lang.Key(w), entity{sort: isLayer, place: place{with[i], network.None}})
	}
	return outer
}

// leave ends it.
func (m *machine) leave(outer stance, group int32) {
	if f := m.follow; f != nil && f.group == group {
		m.followed(f)
	}
	m.inner[group] = m.names
	g := &m.net.Groups[group]
	g.End, g.Out = int32(len(m.net.Nodes)), m.here
	m.frame, m.assumed = outer.frame, outer.assumed
}

// setParams gives the parameters their values, in order: a default knows
// those before it.
func (m *machine) setParams(k *block, b *bound) {
	for i := range k.kind.Params {
		p, node := &k.kind.Params[i], &k.node.Params[i]
		if b.args[i].From != layer.Given {
			b.values[i] = m.value(node.Default)
			m.checkDefault(p, node, b.values[i])
		} else if p.Type == layer.Flag {
			b.values[i] = value.Truth(b.args[i].N[0] == 1)
		}
		m.define(lang.Key(node.Name), entity{sort: isValue, value: b.values[i]})
	}
}

func (m *machine) checkDefault(p *layer.Param, node *lang.Param, v value.Value) {
	if p.Type == layer.Flag && v.Sort != value.Boolean && v.Sort != value.Unknown {
		m.errorf(lang.Value, node.Default.Span(), p.Name+" is true or false", "found "+v.String(), "")
	}
}

// short writes what a block was given, as a statement has it.
func (b *bound) short(k *block) string {
	words := []string{}
	for i := range k.kind.Params {
		p := &k.kind.Params[i]
		switch {
		case p.Value:
			words = append(words, b.values[i].Plain())
		case b.args[i].From != layer.Given:
		case p.Type == layer.Flag && b.values[i].Num == 1:
			words = append(words, p.Name)
		case p.Type == layer.Flag:
			words = append(words, "no", p.Name)
		default:
			words = append(words, p.Name, b.values[i].Plain())
		}
	}
	return strings.Join(words, " ")
}
