package eval

import (
	"cnnl/eval/network"
	"cnnl/lang"
)

// freeze takes layers out of training.
func (m *machine) freeze(n *lang.Freeze) {
	for i := range n.What {
		r, what := frozenPart(&n.What[i])
		if r.Head.Text == "all" && len(r.Path) == 0 {
			if len(n.What) > 1 {
				m.errorf(lang.Argument, r.Span, "all stands alone behind freeze", "found "+itoa(len(n.What)-1)+" more", "write freeze all, or the names only")
				return
			}
			m.freezeRows(0, int32(len(m.net.Nodes)), what)
			continue
		}
		places, _ := m.places(r, true)
		for _, p := range places {
			first, end := p.row, p.row+1
			if p.group != network.None {
				first, end = m.extent(p.group)
			}
			m.freezeRows(first, end, what)
		}
	}
}

// frozenPart is the layer that a reference names, and which of its parameters:
// c1.biases are its biases only.
func frozenPart(r *lang.Ref) (*lang.Ref, network.Frozen) {
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

func (m *machine) freezeRows(first, end int32, what network.Frozen) {
	m.steps += int(end - first)
	for i := first; i < end; i++ {
		m.freezeRow(i, what)
		m.freezeRow(m.owner(i), network.Frozen{Weights: what.Weights})
		m.freezeRow(m.biasOwner(i), network.Frozen{Biases: what.Biases})
	}
}

// freezeRow takes parameters that a row owns out of training.
func (m *machine) freezeRow(i int32, what network.Frozen) {
	r := &m.net.Nodes[i]
	before, was := r.FrozenParams(), r.Frozen
	m.journal.note(func() { m.net.Nodes[i].Frozen = was })
	r.Frozen.Weights = r.Frozen.Weights || what.Weights
	r.Frozen.Biases = r.Frozen.Biases || what.Biases
	if !m.failed || int(i) < m.net.Good {
		m.net.Totals.Frozen += r.FrozenParams() - before
	}
}
