package network

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// Nodes that have the parameters of others.

// A Misfit is a node that cannot have the parameters of another one: both, as
// computed, and where their terms part, or -1.
type Misfit struct {
	Owner, Own  layer.Call
	Have, Want  []calc.Term
	Differs     int
	NotTurnedBy Turning
}

// A Turning says why weights cannot be used turned round.
type Turning uint8

// The reasons.
const (
	Turns         Turning = iota // they can be, or were not to be
	OtherAxes                    // their windows have other axes than the input
	OtherChannels                // they give other channels than come in
)

// misfit holds a node to what it shares: its parameters, computed for its own
// input, must be the owner's, number by number. An owner that failed has nothing
// to hold it to.
func (b *Builder) misfit(n *Node) *Misfit {
	owner := &b.Net.Nodes[n.Owner]
	if !owner.Out.Known() || b.learnsAlike(n, owner) {
		return nil
	}
	own, theirs := b.again(n, &b.shown), b.again(owner, &b.other)
	m := &Misfit{Owner: theirs, Own: own, Differs: -1}
	if n.Turned {
		m.NotTurnedBy = m.turning(owner.Out)
		if m.NotTurnedBy == Turns {
			return nil
		}
		return m
	}
	want, have := own.Banks(), theirs.Banks()
	if n.Bias == None {
		want, have = withoutBiases(want), withoutBiases(have)
	}
	m.Want, m.Have = terms(want), terms(have)
	if m.Differs = firstDifference(m.Want, m.Have); m.Differs < 0 {
		return nil
	}
	return m
}

// learnsAlike reports a node whose parameters are made of the very terms of its
// owner's. It is the usual case, and needs no calculations.
func (b *Builder) learnsAlike(n, owner *Node) bool {
	if n.Turned || n.Bias == None {
		return false
	}
	b.prepare(&b.owner, owner, &b.other, true)
	b.owner.Run()
	own, theirs := marked(&b.current), marked(&b.owner)
	return slices.EqualFunc(own, theirs, sameTerms)
}

// marked are the banks of a call whose expressions can be told apart.
func marked(c *layer.Call) []layer.Bank {
	c.Sheet.Marked = true
	banks := c.Banks()
	c.Sheet.Marked = false
	return banks
}

// sameTerms reports banks of the same parameters, made of the same terms.
func sameTerms(a, b layer.Bank) bool {
	for _, e := range [...][2]calc.Expr{{a.Fan, b.Fan}, {a.Bias, b.Bias}, {a.Units, b.Units}} {
		mark, value := e[0].Mark()
		other, same := e[1].Mark()
		if mark != other || value != same || e[0].Present() != e[1].Present() {
			return false
		}
	}
	return true
}

// again is a node's call with its calculations.
func (b *Builder) again(n *Node, sheet *calc.Sheet) layer.Call {
	sheet.Reset()
	sheet.Plain = false
	c := b.Net.CallOf(n)
	c.Sheet = sheet
	c.Run()
	return *c
}

// turning: the weights are as many, and what the owner gives comes in, with as
// many axes where the weights are windows.
func (m *Misfit) turning(out layer.Shape) Turning {
	windows := m.Own.Kind.Takes != layer.Range{}
	switch {
	case windows && m.Own.In.Spatial() != m.Owner.In.Spatial():
		return OtherAxes
	case m.Own.Banks()[0].Weights().Value() != m.Owner.Banks()[0].Weights().Value() || m.Own.In.Channels() != out.Channels():
		return OtherChannels
	}
	return Turns
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
