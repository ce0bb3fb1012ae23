package grade

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cnnl/compare"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/value"
)

// answers looks at what the submission states. What is wrong of one belief, as of
// channels in front, costs as one answer does.
func (a *attempt) answers(m *mark, i int, c *Check) *big.Rat {
	targets := a.r.targets[i]
	wrong := 0
	var words, beliefs []string
	for j := range targets {
		p := a.answer(m, &targets[j])
		switch {
		case p.Right:
		case p.How != ChannelsFirst:
			wrong++
		case !slices.Contains(beliefs, p.How):
			beliefs = append(beliefs, p.How)
			wrong++
		}
		if !p.Right || p.How != "" {
			c.Parts = append(c.Parts, p)
			if word := saidOfAnswer(p); !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	switch {
	case len(words) > mostNamed:
		c.Said = strings.Join(words[:mostNamed], "; ") + "; and others"
	case len(words) > 0:
		c.Said = strings.Join(words, "; ")
	default:
		c.Said = "right"
	}
	return part(len(targets)-wrong, len(targets))
}

// saidOf are the words for each way that an answer can come about: of one that is
// right, and of one that is not. The first %s is what is stated, the second of what.
var saidOf = map[string][2]string{
	"":            {"%s for %s is right", "%s for %s is not right"},
	OwnNetwork:    {"%s for %s is right for the network that was written", "%s for %s is right for the network that was written, which is not the one asked for"},
	Carried:       {"%s for %s is right for what is stated before it", ""},
	RoundedAnswer: {"%s for %s is right, rounded", ""},
	OtherUnit:     {"%s for %s is right, counted in the other unit of bytes", ""},
	ChannelsFirst: {"", "%s for %s has the channels in front; they come last"},
}

func saidOfAnswer(p Part) string {
	switch p.How {
	case NotStated:
		return p.Name + " is not stated"
	case Computed:
		return p.Name + " is computed by the tool, and so answers nothing: state a number"
	case Unread:
		return p.Name + " is stated, but what stands there cannot be read as a number or a size"
	case Twice:
		return p.Name + " has two different answers, and so none counts"
	}
	said := saidOf[p.How]
	if p.Right {
		return fmt.Sprintf(said[0], p.Own, p.Name)
	}
	return fmt.Sprintf(said[1], p.Own, p.Name)
}

// answer grades one target.
func (a *attempt) answer(m *mark, t *target) Part {
	name, claims := a.claims(t)
	p := Part{Name: shortTarget(name), Key: t.name, Want: t.value.String()}
	c, how := a.one(claims)
	if how != "" {
		p.How = how
		return p
	}
	stated := a.inForm(c, t.value)
	p.Own = stated.String()
	judged := a.holds(m, t, c)
	p.Right, p.How = judged.right, judged.how
	if p.Right {
		return p
	}
	if a.w.sheet {
		if carried, ok := a.carried(t); ok && a.judge(m, &target{name: t.name, value: carried}, stated).right {
			p.Right, p.How = true, Carried
		}
		return p
	}
	if own, ok := a.ownValue(t); ok && stated.Equal(own) {
		p.How, p.Right = OwnNetwork, m.carry
	}
	return p
}

// claimsOf are the claims of a target.
func (a *attempt) claimsOf(t *target) []claim.Claim {
	_, claims := a.claims(t)
	return claims
}

// claims finds what a submission states of a target, and by which name: that
// of its own layer, or the key's where it has none or no network.
func (a *attempt) claims(t *target) (name string, claims []claim.Claim) {
	if t.row < 0 || a.w.sheet {
		return t.said, a.w.claims[t.name]
	}
	names := a.ownNames(t)
	if a.w.net.Named(strings.TrimSuffix(t.name, t.tail)) < 0 { // otherwise the name is another layer's here
		names = append(names, t.name)
	}
	for _, name := range names {
		if claims := a.w.claims[name]; len(claims) > 0 {
			return name, claims
		}
	}
	return append(names, t.said)[0], nil
}

// ownNames are what the student can call a target: by the layer that stands
// for the key's, or by a block that it is in.
func (a *attempt) ownNames(t *target) (names []string) {
	net := a.w.net
	if t.group >= 0 {
		return a.ownBlocks(t)
	}
	own := a.own(t.row)
	if own < 0 || net.Nodes[own].Name == "" {
		return nil
	}
	names = append(names, net.Path(own)+t.tail)
	for g := net.Nodes[own].Group; g >= 0 && onlyLearned(net, net.Groups[g].First, net.Groups[g].End) == own; g = net.Groups[g].Parent {
		names = append(names, net.GroupPath(g)+t.tail)
	}
	return names
}

// ownBlocks are the uses of blocks that hold the layers that stand for those of
// the key's block; a layer that alone has its parameters may be named itself.
func (a *attempt) ownBlocks(t *target) (names []string) {
	net, key := a.w.net, a.r.v.Network
	block := &key.Groups[t.group]
	first, last := a.endsOf(block.First, block.End)
	for g := groupOf(net, last); g >= 0; g = net.Groups[g].Parent {
		from, to := countedEnds(net, net.Groups[g].First, net.Groups[g].End)
		if from == first && to == last {
			names = append(names, net.GroupPath(g)+t.tail)
		}
	}
	if row := onlyLearned(key, block.First, block.End); row >= 0 && a.own(row) >= 0 {
		names = append(names, net.Path(a.own(row))+t.tail)
	}
	return names
}

// onlyLearned is the one of some rows that has parameters, or -1.
func onlyLearned(net *network.Network, from, end int32) (row int32) {
	row = -1
	for i := from; i < end; i++ {
		switch {
		case net.Nodes[i].PerUse == 0:
		case row >= 0:
			return -1
		default:
			row = i
		}
	}
	return row
}

func groupOf(net *network.Network, row int32) int32 {
	if row < 0 {
		return -1
	}
	return net.Nodes[row].Group
}

// endsOf are the student's rows for the first and the last of the key's that
// count, or -1.
func (a *attempt) endsOf(from, end int32) (first, last int32) {
	from, to := countedEnds(a.r.v.Network, from, end)
	if from < 0 {
		return -1, -1
	}
	first, last = a.own(from), a.own(to)
	if first < 0 || last < 0 {
		return -1, -1
	}
	return first, last
}

// countedEnds are the first and the last of some rows that can be matched.
func countedEnds(net *network.Network, from, end int32) (first, last int32) {
	first, last = -1, -1
	for i := from; i < end; i++ {
		if k := net.Nodes[i].Kind; k != nil && !k.Source && !k.Light {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	return first, last
}

// own is the row that stands for one of the key, or -1: from the first failed one on
// as well, for what is stated of those counts, though the tool cannot.
func (a *attempt) own(row int32) int32 {
	if a.d == nil {
		return compare.None
	}
	return a.of[row]
}

// ownPath is what the student calls a row, or the block whose last it is.
func (a *attempt) ownPath(row int32, block bool) string {
	net := a.w.net
	if g := net.Nodes[row].Group; block && g >= 0 && net.Groups[g].Out == row {
		return net.GroupPath(g)
	}
	return net.Path(row)
}

// one takes the one answer that counts, or says why none does. What is said of the
// total with layers below it is a check on the way, if more is said of it at the end.
func (a *attempt) one(claims []claim.Claim) (c claim.Claim, how string) {
	early := func(c claim.Claim) bool {
		return !a.w.sheet && strings.HasPrefix(c.Target, "total.") && c.Span.Start < a.w.last
	}
	final := slices.ContainsFunc(claims, func(c claim.Claim) bool { return c.Why == "" && c.Value.Known() && !early(c) })
	how = NotStated
	for _, next := range claims {
		switch {
		case next.Why != "":
			if how == NotStated {
				how = whyNot(next)
			}
		case final && early(next), !next.Value.Known():
		case how == "" && !next.Value.Equal(c.Value):
			return c, Twice
		default:
			c, how = next, ""
		}
	}
	return c, how
}

// whyNot is how a claim comes to state nothing.
func whyNot(c claim.Claim) string {
	if c.Why == unread {
		return Unread
	}
	return Computed
}

// inForm is what a claim states, where a size is asked for and 118*118*20 is
// written that size.
func (a *attempt) inForm(c claim.Claim, want value.Value) value.Value {
	sides := strings.Count(want.String(), "x") + 1
	if sides == 1 || c.Calculation == "" {
		return c.Value
	}
	text, ok := normalAnswer(c.Calculation, sides)
	if !ok || strings.Count(text, "x") != sides-1 {
		return c.Value
	}
	both := claimsOf("let product = " + c.Calculation + "; let size = " + text)
	if len(both) != 2 || !both[0].Value.Equal(c.Value) || both[1].Value.Equal(c.Value) {
		return c.Value
	}
	if note := "a size is written with x: " + text; !slices.Contains(a.w.notes, note) {
		a.w.notes = append(a.w.notes, note)
	}
	return both[1].Value
}

// ownValue is the target in the student's own network.
func (a *attempt) ownValue(t *target) (value.Value, bool) {
	if t.row >= 0 {
		own := a.own(t.row)
		if own < 0 {
			return value.Value{}, false
		}
		if property := strings.TrimPrefix(t.tail, "."); t.group < 0 && !strings.Contains(property, ".") {
			v := a.w.v.Property(own, property)
			return v, v.Known()
		}
	}
	v, missing := a.w.v.AskAs(a.r.v, a.of, t.ref, a.k.file.Source)
	return v, !missing && v.Known()
}
