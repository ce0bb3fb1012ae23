package eval

import (
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// A memo keeps what a statement that runs often came to when it ran last: in
// loops and blocks most runs are like the one before.
type memo struct {
	bound   *bound       // of a statement whose words hold no values
	assumed *assumption  // the defaults it was bound under
	in      layer.Shape  // of the row
	row     network.Node // the last one that shared nothing and took one tensor
	call    layer.Call   // its window asks this for the receptive field
}

// memo gives a statement its memo; outside loops and blocks there is none.
func (m *machine) memo(n *lang.Layer) *memo {
	if m.loops == 0 && m.block == nil {
		return nil
	}
	k := m.memos[n]
	if k == nil {
		k = new(memo)
		m.memos[n] = k
	}
	return k
}

// bound binds a statement's words, or gives what they were bound to before.
func (m *machine) bound(n *lang.Layer, kind *layer.Kind, k *memo) bound {
	if k != nil && k.bound != nil && k.assumed == m.firstAssumed() {
		return *k.bound
	}
	b := m.bind(n, kind)
	if k != nil {
		k.row.Kind = nil
		if n.Tie == nil && isFixed(n.Words) {
			k.bound, k.assumed = &b, m.firstAssumed()
		}
	}
	return b
}

// firstAssumed tells lists of assumptions apart: none is changed in place.
func (m *machine) firstAssumed() *assumption {
	if len(m.assumed) == 0 {
		return nil
	}
	return &m.assumed[0]
}

// isFixed reports words without values that a run computes.
func isFixed(words []lang.Word) bool {
	for i := range words {
		for _, parts := range [...][]lang.Part{words[i].Parts, words[i].To} {
			for j := range parts {
				if parts[j].Expr != nil || parts[j].Lit.Kind == lang.Dollar {
					return false
				}
			}
		}
	}
	return true
}

// keep remembers a row that was computed.
func (k *memo) keep(m *machine, row *network.Node) {
	if k == nil || k.bound == nil || len(row.From) != 1 || row.Owner != network.None || !row.Out.Known() {
		return
	}
	k.in, k.row = m.net.Nodes[row.From[0]].Out, *row
	k.call = layer.Call{Kind: row.Kind, In: k.in, Args: row.Args, Out: row.Out}
}

// recall fills in a row from the one before, if it is alike. Only the
// receptive field differs.
func (k *memo) recall(m *machine, b bound, row *network.Node) bool {
	if k == nil || k.row.Kind == nil || !b.ok || row.Owner != network.None || len(row.From) != 1 || m.net.Nodes[row.From[0]].Out != k.in {
		return false
	}
	m.fields = append(m.fields[:0], m.net.Nodes[row.From[0]].Field)
	field, fits := m.Follower.Through(m.fields, &k.call)
	if !fits {
		return false
	}
	row.Out, row.Counts, row.Field = k.row.Out, k.row.Counts, field
	return true
}
