package eval

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// tie gives a node the arguments and the parameters of the layer behind =.
func (m *machine) tie(l *resolve.Layer, node *network.Node) (ok bool) {
	places, ok := m.places(l.Node.Tie, false)
	if !ok {
		return false
	}
	p := places[0]
	if p.group != none {
		g := &m.Net.Groups[p.group]
		m.notOfOneKind(l, g.Kind.Name, g.Name)
		return false
	}
	if node.Args, ok = m.tiedArguments(l, p.node); node.Args == nil {
		return false
	}
	node.Args, ok = m.tieOver(l, node.Args, ok)
	turned := l.More != nil && l.More.Turned
	node.Tie, node.Owner, node.Turned = p.node, m.Owner(p.node), turned
	if !turned {
		node.Bias = m.BiasOwner(p.node)
	}
	node.Turned = turned != m.Net.Nodes[p.node].Turned
	return ok
}

// tiedArguments are the arguments that a layer has from its owner; nil: it cannot
// be the owner, which is told. False: the owner has failed.
func (m *machine) tiedArguments(l *resolve.Layer, owner int32) (layer.Args, bool) {
	o := &m.Net.Nodes[owner]
	switch {
	case o.Kind == nil:
		return nil, false
	case l.More != nil && l.More.Turned:
		return m.turnedArguments(l, owner)
	case o.Kind != l.Kind:
		m.notOfOneKind(l, o.Kind.Name, o.Name)
		return nil, false
	case o.Args == nil:
		return slices.Clone(l.Args), false
	}
	return slices.Clone(o.Args), true
}

// tieOver puts what the statement itself says over what it has from its owner.
func (m *machine) tieOver(l *resolve.Layer, args layer.Args, ok bool) (layer.Args, bool) {
	for i, arg := range l.Args {
		switch {
		case arg.From == layer.Given:
			args[i] = arg
		case l.Kind.Answered(l.Args, i, layer.Given):
			args[i] = arg // off: the statement has another of the group
		}
	}
	for i := range args {
		if l.Args[i].From != layer.Given && l.Kind.Idle(args, i) {
			args[i] = l.Kind.Params[i].Default
		}
	}
	filled, fine := m.arguments(l, args)
	return filled, ok && fine
}

// turnedArguments are those of a layer with the owner's weights turned round: what
// was its output is the input now. Biases are the layer's own.
func (m *machine) turnedArguments(l *resolve.Layer, owner int32) (layer.Args, bool) {
	o := &m.Net.Nodes[owner]
	switch {
	case !o.Out.Known():
		return nil, false
	case !slices.Contains(l.Kind.Turns, o.Kind.Name):
		m.errorf(lang.Share, l.Node.Tie.Span, fmt.Sprintf("%s cannot use the weights of %s %s transposed", l.Kind.Name, o.Kind.Name, o.Name),
			"it can use those of "+strings.Join(l.Kind.Turns, " or "), "")
		return nil, false
	}
	args := slices.Clone(l.Args)
	l.Kind.Turn(&layer.Call{Kind: l.Kind, Args: args}, m.Net.Call(int(owner)))
	return args, true
}

func (m *machine) notOfOneKind(l *resolve.Layer, kind, name string) {
	m.errorf(lang.Share, l.Node.Tie.Span, fmt.Sprintf("%s cannot share the parameters of %s %s", strings.TrimSpace(l.Kind.Name+" "+l.Given()), kind, name),
		"only layers of one kind can share", "behind = stands "+l.Kind.WithArticle())
}

// misfit tells why a layer cannot have the parameters of its owner.
func (m *machine) misfit(l *resolve.Layer, node *network.Node, p *network.Misfit) {
	owner := &m.Net.Nodes[node.Owner]
	refuse := func(detail, hint string) {
		m.errorf(lang.Share, l.Node.Tie.Span, fmt.Sprintf("%s %s cannot use %s's weights transposed", node.Kind.Name, node.Name, owner.Name), detail, hint)
	}
	switch p.NotTurnedBy {
	case network.OtherAxes:
		refuse(fmt.Sprintf("%s's windows are for %s, %s's input is %s", owner.Name, p.Owner.In.WithForm(), node.Name, p.Own.In.WithForm()),
			"its input must have the axes of "+owner.Name+"'s")
		return
	case network.OtherChannels:
		refuse(fmt.Sprintf("%s gives %s channels; %s's input %s has %s", owner.Name, lang.Group(owner.Out.Channels()), node.Name, p.Own.In, lang.Group(p.Own.In.Channels())),
			"its input must have as many channels as "+owner.Name+" gives")
		return
	}
	names := [2]string{m.Net.Path(node.Owner), m.Net.Inside(m.group, node.Name)}
	detail := differenceOf(names[0], names[1], p.Owner.In, p.Own.In, p.Have, p.Want, p.Differs)
	if beside := besides(names, &p.Owner, &p.Own); beside != "" {
		detail = beside
	}
	m.refuseTie(l, node, owner, detail)
}

// refuseTie tells of a layer that cannot share; of one in a tied block where
// the block is used.
func (m *machine) refuseTie(l *resolve.Layer, node, owner *network.Node, detail string) {
	if l.Node.Tie == nil && m.follow != nil {
		m.refuseBlock(m.follow, node.Kind.Name+" "+node.Name+" cannot share "+m.Net.Path(node.Owner)+"'s parameters: "+detail)
		return
	}
	own := strings.Join(strings.Fields(node.Kind.Name+" "+l.Given()+" "+node.Kind.Short(node.Args)), " ")
	m.errorf(lang.Share, l.Node.Tie.Span, fmt.Sprintf("%s %s cannot share %s's parameters", node.Kind.Name, node.Name, owner.Name), detail,
		"with parameters of its own it is "+own, lang.Edit{Span: lang.Span{Start: l.Node.Kind.At, End: resolve.EndOfWords(l.Node)}, Text: own})
}

// besides says in what two layers differ beside their inputs, or nothing.
func besides(names [2]string, theirs, mine *layer.Call) string {
	i := mine.Kind.Find(mine.Kind.Branch)
	braces := i >= 0 && mine.Args[i].Len > 0 && mine.Args[i].N[0] != 0
	switch a, b := theirs.With, mine.With; {
	case braces && len(a) > len(b):
		return names[0] + " has braces behind " + mine.Kind.Branch + ", " + names[1] + " has none"
	case braces && len(a) < len(b):
		return names[1] + " has braces behind " + mine.Kind.Branch + ", " + names[0] + " has none"
	case !slices.Equal(a, b) && (len(a) > 0 || len(b) > 0):
		return names[0] + " takes " + taken(theirs) + ", " + names[1] + " " + taken(mine)
	}
	return ""
}

// taken are the shapes of all tensors that a layer takes.
func taken(c *layer.Call) string {
	list := []string{c.In.String()}
	for _, s := range c.With {
		list = append(list, s.String())
	}
	return lang.Join(list)
}

// differenceOf says in which number two layers differ.
func differenceOf(owner, row string, theirs, mine layer.Shape, have, want []calc.Term, i int) string {
	if i >= len(have) || have[i].Title() != want[i].Title() {
		return fmt.Sprintf("%s's input is %s, %s's is %s", owner, theirs, row, mine)
	}
	if _, ofInput := layer.InputAxis(have[i]); ofInput && !have[i].Measure {
		return fmt.Sprintf("%s's parameters are for %s %s (its input is %s); %s's input %s has %s", owner,
			lang.Group(have[i].Value), have[i].Title(), theirs, row, mine, lang.Group(want[i].Value))
	}
	return fmt.Sprintf("%s has %s %s, %s has %s %s", owner, have[i].Title(), lang.Group(have[i].Value), row, have[i].Title(), lang.Group(want[i].Value))
}

// A follow walks along the rows of the block whose parameters another use of
// it shares: layer by layer both must be of one kind.
type follow struct {
	group     int32 // the use that shares
	next, end int32 // the owner's rows still to come
	use       int   // its uses of blocks still to come
	from      *frame
	span      lang.Span // of the statement that shares, in from's source
	broken    bool      // told already, or unknown
}

// pair gives a layer of a tied block the owner's parameters.
func (m *machine) pair(row *network.Node) {
	f := m.follow
	if f == nil || f.broken {
		return
	}
	if f.next >= f.end {
		m.refuseBlock(f, "it has a "+row.Kind.Name+" more than "+m.Net.GroupPath(m.Net.Groups[f.group].Tie))
		return
	}
	theirs := &m.Net.Nodes[f.next]
	f.next++
	switch {
	case theirs.Kind == nil:
		f.broken = true
	case theirs.Kind != row.Kind:
		m.refuseBlock(f, "it has a "+row.Kind.Name+" where "+m.Net.GroupPath(m.Net.Groups[f.group].Tie)+" has the "+theirs.Kind.Name+" "+theirs.Name)
	case row.Owner == none && row.Kind.Learn != nil:
		row.Tie, row.Owner, row.Turned = f.next-1, m.Owner(f.next-1), theirs.Turned
		row.Bias = m.BiasOwner(f.next - 1)
	case row.Bias == none:
		row.Bias = m.BiasOwner(f.next - 1)
	}
}

// followed checks that a tied block has as many layers as its owner.
func (m *machine) followed(f *follow) {
	if !f.broken && !m.halted && f.next < f.end && m.Net.Nodes[f.next].Kind != nil {
		m.refuseBlock(f, "it lacks the "+m.Net.Nodes[f.next].Kind.Name+" "+m.Net.Path(f.next))
	}
}

// refuseBlock tells, where a block is tied, that it does not unfold as its
// owner does.
func (m *machine) refuseBlock(f *follow, detail string) {
	f.broken = true
	inside := m.frame
	m.frame = f.from
	g := &m.Net.Groups[f.group]
	m.errorf(lang.Share, f.span, g.Kind.Name+" "+g.Name+" cannot share all parameters of "+m.Net.GroupPath(g.Tie), detail, "a tied block unfolds into the same layers; without = it has its own")
	m.frame = inside
	m.Fail()
}
