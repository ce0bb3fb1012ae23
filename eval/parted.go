package eval

import (
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Sums over many layers, in a few words.

// mostShown is how many numbers of a sum are shown one by one.
const mostShown = 8

// parted is what a sum over layers is made of, each block at the top as one
// part; empty where these are too many too. summed: r asks for such a sum.
func (m *machine) parted(r *lang.Ref) (parts string, summed bool) {
	first, end, depth, name := int32(0), int32(len(m.net.Nodes)), 0, attribute(r.Path, "params")
	if r.Head.Text != "total" {
		p, path, ok := m.subject(r)
		if !ok || p.group == network.None {
			return "", false
		}
		first, end = m.extent(p.group)
		depth, name = m.net.Level(p.group), attribute(path, "")
	}
	count := network.Measured(name)
	if count == nil {
		return "", false
	}
	good := m.net.Good
	m.net.Good = max(good, int(end)) // it is not known before the end of a run
	rows := m.net.FoldedFrom(first, end, depth)
	m.net.Good = good
	var list []string
	sum := int64(0)
	for i := range rows {
		if n := count.OfNode(&rows[i]); n != 0 {
			list, sum = append(list, rows[i].Name+" "+lang.Group(n)), sum+n
		}
	}
	for i := first; i < end; i++ {
		sum -= count.OfNode(&m.net.Nodes[i])
	}
	if len(list) > mostShown || sum != 0 { // a block can be frozen in part
		return "", true
	}
	return "the sum of " + joinWords(list), true
}

// difference says how far a claimed number is off.
func difference(is, claimed value.Value) string {
	off, ok := value.Minus(is, claimed)
	switch {
	case !ok || !off.IsWhole():
		return ""
	case off.Num < 0:
		return lang.Group(-off.Num) + " fewer than claimed"
	}
	return lang.Group(off.Num) + " more than claimed"
}

// quantitiesIn lists the quantities that a calculation asks for, each once,
// with its value.
func (m *machine) quantitiesIn(e *lang.Expr) (list []string) {
	operands := []lang.Operand{e.First}
	for i := range e.Rest {
		operands = append(operands, e.Rest[i].X)
	}
	for i := range operands {
		x := operands[i]
		x.Sign = lang.Op{}
		one := lang.Expr{First: x}
		switch {
		case x.Group != nil:
			list = appendAll(list, m.quantitiesIn(x.Group))
		case m.isQuantity(&one):
			list = appendNew(list, m.text(x.Ref.Span)+" = "+m.value(&one).String())
		}
	}
	return list
}

// askedFor shows the quantities that a side of a claim is calculated from.
func (m *machine) askedFor(e *lang.Expr) string {
	if len(e.Rest) == 0 {
		return ""
	}
	return strings.Join(m.quantitiesIn(e), ", ")
}
