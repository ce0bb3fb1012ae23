package eval

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/dialect"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// share binds KIND NAME = OWNER: the owner's arguments, and options that do
// not touch what is shared.
func (b *binder) share() {
	b.args = b.kind.Defaults()
	if len(b.words) > 0 {
		b.wordsBeforeTie()
		return
	}
	places, ok := b.m.places(b.n.Tie, false)
	if !ok {
		b.ok = false
		return
	}
	b.words = b.n.Changes
	p := places[0]
	switch {
	case p.group != network.None:
		b.shareBlock(p)
	case b.turns():
		b.shareTurned(p.row)
	default:
		b.shareLayer(p.row)
	}
}

// shareLayer takes over the arguments of a layer of the same kind.
func (b *binder) shareLayer(row int32) {
	owner := &b.m.net.Nodes[row]
	switch {
	case owner.Kind == nil:
		b.ok = false
		return
	case owner.Kind != b.kind:
		b.notOfOneKind(owner.Kind.Name, owner.Name)
		return
	case b.kind.Source:
		b.errorf(lang.Share, b.n.Tie.Span, "an input has nothing to share", "", "write "+b.kind.Example)
		return
	}
	b.tie = row
	if owner.Args == nil {
		b.ok = false
	} else {
		b.args = slices.Clone(owner.Args)
	}
	b.takeOptions(func(p *layer.Param) bool { return !p.Learned })
}

func (b *binder) notOfOneKind(kind, name string) {
	b.errorf(lang.Share, b.n.Tie.Span, fmt.Sprintf("%s cannot share the parameters of %s %s", strings.TrimSpace(b.kind.Name+" "+b.name.Text), kind, name),
		"only layers of one kind can share", "name "+b.kind.WithArticle()+" behind =, or write "+b.kind.Example)
}

// shareBlock takes over what another use of the same block was given. That
// both unfold into the same layers is seen when they do.
func (b *binder) shareBlock(p place) {
	owner := &b.m.net.Groups[p.group]
	if owner.Kind != b.kind {
		b.notOfOneKind(owner.Kind.Name, owner.Name)
		return
	}
	theirs := &b.m.uses[p.group]
	b.tie = p.group
	b.args, b.values = slices.Clone(theirs.args), slices.Clone(theirs.values)
	b.takeOptions(func(*layer.Param) bool { return true })
}

// turns reports the word transposed, and takes it.
func (b *binder) turns() bool {
	i := slices.IndexFunc(b.words, func(w lang.Word) bool { return w.Name.Text == transposed && w.No.Text == "" })
	if i < 0 || b.kind.Find(transposed) >= 0 {
		return false
	}
	b.words = slices.Delete(slices.Clone(b.words), i, i+1)
	return true
}

const transposed = "transposed"

// shareTurned takes a layer's weights turned round: what was its output is
// the input now. Biases are the layer's own, and an assume reaches them.
func (b *binder) shareTurned(row int32) {
	owner := &b.m.net.Nodes[row]
	switch {
	case owner.Kind == nil || !owner.Out.Known():
		b.ok = false
		return
	case len(b.kind.Turns) == 0:
		b.errorf(lang.Share, b.n.Tie.Span, b.kind.Name+" cannot be transposed", "a dense layer can be from a dense or an embedding, a deconv from a conv", "leave transposed out")
		return
	case !slices.Contains(b.kind.Turns, owner.Kind.Name):
		b.errorf(lang.Share, b.n.Tie.Span, fmt.Sprintf("%s cannot use the weights of %s %s transposed", b.kind.Name, owner.Kind.Name, owner.Name),
			"it can use those of "+strings.Join(b.kind.Turns, " or "), "")
		return
	}
	b.tie, b.turned = row, true
	b.m.applyAssumed(b.kind, b.args)
	theirs := b.m.net.Call(int(row))
	b.kind.Turn(&layer.Call{Kind: b.kind, Args: b.args}, theirs)
	b.takeOptions(func(p *layer.Param) bool { return !p.Learned || p.Name == "bias" })
}

// wordsBeforeTie tells of words between a layer's name and its =. Often = was
// written between an option and its value.
func (b *binder) wordsBeforeTie() {
	last := b.words[len(b.words)-1]
	hint := "write " + strings.TrimSpace(b.kind.Name+" "+b.name.Text) + " = " + b.n.Tie.Head.Text + ", or give it values of its own without ="
	tied := b.m.find(b.n.Tie.Head.Text)
	switch i := b.kind.Find(last.Name.Text); {
	case tied != nil && tied.sort == isLayer:
	case i >= 0 && b.kind.Params[i].Type == layer.Flag:
		if word := strings.ToLower(b.n.Tie.Head.Text); word == "true" || word == "false" {
			hint = "write " + map[bool]string{true: "no "}[word == "false"] + last.Name.Text
		}
	case i >= 0 || dialect.OptionOf(b.kind, last.Name.Text) != nil:
		hint = "options are written without =: " + last.Name.Text + " " + b.n.Tie.Head.Text
	}
	b.errorf(lang.Argument, b.n.Tie.Span, "only a name stands before =", "found "+lang.Quote(b.text(b.words)), hint)
}

// owner is the row that owns what row i uses.
func (m *machine) owner(i int32) int32 {
	if owner := m.net.Nodes[i].Owner; owner != network.None {
		return owner
	}
	return i
}

// biasOwner is the row that owns the biases that row i uses.
func (m *machine) biasOwner(i int32) int32 {
	if r := &m.net.Nodes[i]; r.Bias != network.None {
		return r.Bias
	}
	return i
}

// fitsTie holds a layer to what it shares: its parameters, computed for its
// own input, must be the owner's, number by number. An owner that failed has
// nothing to hold it to.
func (m *machine) fitsTie(n *lang.Layer, b bound, row *network.Node, call *layer.Call) bool {
	owner := &m.net.Nodes[row.Owner]
	if !owner.Out.Known() {
		return true
	}
	m.other.Reset()
	theirs := m.net.Call(int(row.Owner))
	theirs.Sheet = &m.other
	theirs.Run()
	mine, have := call.Banks(), theirs.Banks()
	if row.Turned {
		return m.fitsTurned(n, row, owner, call, theirs)
	}
	if row.Bias == network.None {
		mine, have = withoutBiases(mine), withoutBiases(have)
	}
	want, found := terms(mine), terms(have)
	if i := firstDifference(want, found); i >= 0 {
		names := [2]string{m.net.Path(row.Owner), m.net.Inside(m.group, row.Name)}
		detail := differenceOf(names[0], names[1], theirs.In, call.In, found, want, i)
		if beside := besides(names, theirs, call); beside != "" {
			detail = beside
		}
		m.refuseTie(n, b, row, owner, detail)
		return false
	}
	return true
}

// fitsTurned: the weights are as many, and what the owner gives comes in, with
// as many axes where the weights are windows.
func (m *machine) fitsTurned(n *lang.Layer, row, owner *network.Node, call, theirs *layer.Call) bool {
	refuse := func(detail, hint string) bool {
		m.errorf(lang.Share, n.Tie.Span, fmt.Sprintf("%s %s cannot use %s's weights transposed", row.Kind.Name, row.Name, owner.Name), detail, hint)
		return false
	}
	windows := row.Kind.Takes != layer.Range{}
	switch {
	case windows && call.In.Spatial() != theirs.In.Spatial():
		return refuse(fmt.Sprintf("%s's windows are for %s, %s's input is %s", owner.Name, theirs.In.WithForm(), row.Name, call.In.WithForm()),
			"its input must have the axes of "+owner.Name+"'s")
	case call.Banks()[0].Weights().Value() != theirs.Banks()[0].Weights().Value() || call.In.Channels() != owner.Out.Channels():
		return refuse(fmt.Sprintf("%s gives %s channels; %s's input %s has %s", owner.Name, lang.Group(owner.Out.Channels()), row.Name, call.In, lang.Group(call.In.Channels())),
			"its input must have as many channels as "+owner.Name+" gives")
	}
	return true
}

// refuseTie tells of a layer that cannot share; of one in a tied block where
// the block is used.
func (m *machine) refuseTie(n *lang.Layer, b bound, row, owner *network.Node, detail string) {
	if n.Tie == nil && m.follow != nil {
		m.refuseBlock(m.follow, row.Kind.Name+" "+row.Name+" cannot share "+m.net.Path(row.Owner)+"'s parameters: "+detail)
		return
	}
	m.errorf(lang.Share, n.Tie.Span, fmt.Sprintf("%s %s cannot share %s's parameters", row.Kind.Name, row.Name, owner.Name), detail,
		fmt.Sprintf("give it parameters of its own: %s", strings.Join(strings.Fields(row.Kind.Name+" "+b.name.Text+" "+row.Kind.Short(row.Args)), " ")))
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
	return joinWords(list)
}

// firstDifference is where two lists of terms part, or -1.
func firstDifference(want, have []calc.Term) int {
	for i := range want {
		if i >= len(have) || want[i] != have[i] {
			return i
		}
	}
	return -1
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

func withoutBiases(banks []layer.Bank) []layer.Bank {
	for i := range banks {
		banks[i].Bias = calc.Expr{}
	}
	return banks
}

func terms(banks []layer.Bank) (list []calc.Term) {
	for _, b := range banks {
		list = append(list, calc.Sum(b.Fan, b.Bias).Terms()...)
		list = append(list, b.Units.Terms()...)
	}
	return list
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
		m.refuseBlock(f, "it has a "+row.Kind.Name+" more than "+m.net.GroupPath(m.net.Groups[f.group].Tie))
		return
	}
	theirs := &m.net.Nodes[f.next]
	f.next++
	switch {
	case theirs.Kind == nil:
		f.broken = true
	case theirs.Kind != row.Kind:
		m.refuseBlock(f, "it has a "+row.Kind.Name+" where "+m.net.GroupPath(m.net.Groups[f.group].Tie)+" has the "+theirs.Kind.Name+" "+theirs.Name)
	case row.Owner == network.None && row.Kind.Learn != nil:
		row.Tie, row.Owner, row.Turned = f.next-1, m.owner(f.next-1), theirs.Turned
		row.Bias = m.biasOwner(f.next - 1)
	case row.Bias == network.None:
		row.Bias = m.biasOwner(f.next - 1)
	}
}

// followed checks that a tied block has as many layers as its owner.
func (m *machine) followed(f *follow) {
	if !f.broken && !m.halted && f.next < f.end && m.net.Nodes[f.next].Kind != nil {
		m.refuseBlock(f, "it lacks the "+m.net.Nodes[f.next].Kind.Name+" "+m.net.Path(f.next))
	}
}

// refuseBlock tells, where a block is tied, that it does not unfold as its
// owner does.
func (m *machine) refuseBlock(f *follow, detail string) {
	f.broken = true
	inside := m.frame
	m.frame = f.from
	g := &m.net.Groups[f.group]
	m.errorf(lang.Share, f.span, g.Kind.Name+" "+g.Name+" cannot share all parameters of "+m.net.GroupPath(g.Tie), detail, "a tied block must unfold into the same layers; leave the = out to give it its own")
	m.frame = inside
	m.fail()
}
