package eval

import "cnnl/lang"

// freeze takes layers out of training.
func (m *machine) freeze(n *lang.Freeze) {
	for i := range n.What {
		r, what := frozenPart(&n.What[i])
		if r.Head.Text == "all" && len(r.Path) == 0 {
			if len(n.What) > 1 {
				m.errorf(lang.Argument, r.Span, "all stands alone behind freeze", "found "+itoa(len(n.What)-1)+" more", "write freeze all, or the names only")
				return
			}
			m.freezeRows(0, int32(len(m.net.Rows)), what)
			continue
		}
		places, _ := m.places(r, true)
		for _, p := range places {
			first, end := p.row, p.row+1
			if p.group != none {
				first, end = m.extent(p.group)
			}
			m.freezeRows(first, end, what)
		}
	}
}

// frozenPart is the layer that a reference names, and which of its parameters:
// c1.biases are its biases only.
func frozenPart(r *lang.Ref) (*lang.Ref, Frozen) {
	last := len(r.Path) - 1
	if last < 0 || r.Path[last].Index != nil {
		return r, Frozen{true, true}
	}
	what := Frozen{Weights: r.Path[last].Attr.Text == "weights", Biases: r.Path[last].Attr.Text == "biases"}
	if what == (Frozen{}) {
		return r, Frozen{true, true}
	}
	whole := *r
	whole.Path = r.Path[:last]
	return &whole, what
}

func (m *machine) freezeRows(first, end int32, what Frozen) {
	m.steps += int(end - first)
	for i := first; i < end; i++ {
		m.freezeRow(i, what)
		m.freezeRow(m.owner(i), Frozen{Weights: what.Weights})
		m.freezeRow(m.biasOwner(i), Frozen{Biases: what.Biases})
	}
}

// freezeRow takes parameters that a row owns out of training.
func (m *machine) freezeRow(i int32, what Frozen) {
	r := &m.net.Rows[i]
	before, was := r.FrozenParams(), r.Frozen
	m.journal.note(func() { m.net.Rows[i].Frozen = was })
	r.Frozen.Weights = r.Frozen.Weights || what.Weights
	r.Frozen.Biases = r.Frozen.Biases || what.Biases
	if !m.failed || int(i) < m.net.Good {
		m.net.Totals.Frozen += r.FrozenParams() - before
	}
}
