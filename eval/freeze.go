package eval

import (
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// freeze takes layers out of training.
func (m *machine) freeze(n *lang.Freeze) {
	for i := range n.What {
		r, what := resolve.FrozenPart(&n.What[i])
		if r.Head.Text == "all" && len(r.Path) == 0 {
			m.freezeNodes(0, int32(len(m.Net.Nodes)), what)
			continue
		}
		places, _ := m.places(r, true)
		for _, p := range places {
			first, end := p.node, p.node+1
			if p.group != none {
				first, end = m.Extent(p.group)
			}
			m.freezeNodes(first, end, what)
		}
	}
}

func (m *machine) freezeNodes(first, end int32, what network.Frozen) {
	m.steps += int(end - first)
	for i := first; i < end; i++ {
		m.freezeNode(i, what)
		m.freezeNode(m.Owner(i), network.Frozen{Weights: what.Weights})
		m.freezeNode(m.BiasOwner(i), network.Frozen{Biases: what.Biases})
	}
}

// freezeNode takes parameters that a node owns out of training.
func (m *machine) freezeNode(i int32, what network.Frozen) {
	r := &m.Net.Nodes[i]
	before, was := r.FrozenParams(), r.Frozen
	m.past.note(func() { m.Net.Nodes[i].Frozen = was })
	r.Frozen.Weights = r.Frozen.Weights || what.Weights
	r.Frozen.Biases = r.Frozen.Biases || what.Biases
	if !m.Failed || int(i) < m.Net.Good {
		m.Net.Totals.Frozen += r.FrozenParams() - before
	}
}
