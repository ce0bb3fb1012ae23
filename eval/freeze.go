package eval

import "cnnl/lang"

// freeze takes layers out of training.
func (m *machine) freeze(n *lang.Freeze) {
	for i := range n.What {
		r := &n.What[i]
		if r.Head.Text == "all" && len(r.Path) == 0 {
			if len(n.What) > 1 {
				m.errorf(lang.Argument, r.Span, "all stands alone behind freeze", "found "+itoa(len(n.What)-1)+" more", "write freeze all, or the names only")
				return
			}
			m.freezeRows(0, int32(len(m.net.Rows)))
			continue
		}
		places, _ := m.places(r, true)
		for _, p := range places {
			first, end := p.row, p.row+1
			if p.group != none {
				first, end = m.extent(p.group)
			}
			m.freezeRows(first, end)
		}
	}
}

func (m *machine) freezeRows(first, end int32) {
	m.steps += int(end - first)
	for i := first; i < end; i++ {
		if owner := m.net.Rows[i].Owner; owner != none {
			m.freezeRow(owner)
		}
		m.freezeRow(i)
	}
}

// freezeRow takes the parameters that a row owns out of training.
func (m *machine) freezeRow(i int32) {
	r := &m.net.Rows[i]
	if r.Frozen {
		return
	}
	r.Frozen = true
	if !m.failed || int(i) < m.net.Good {
		m.net.Totals.Frozen += r.Params()
	}
}
