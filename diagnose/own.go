package diagnose

import (
	"math"

	"cnnl/eval/network"
)

// An Own is a misconception that a key's author has described: the network as it comes
// out with it.
type Own struct {
	Name string // its id
	Text string // the sentence for the student
	Net  *network.Network
}

// ownRate is how often an author's misconception is taken to be held.
const ownRate = .1

// entry is a misconception of the key as one of the library.
func (o *Own) entry() *Entry {
	return &Entry{ID: o.Name, Catalogue: []string{}, Group: "key", Belief: "it is so: " + o.Name, Rule: o.Text, Teacher: o.Name + ", as the key describes it", Rate: ownRate}
}

// ownChanges are the key's misconceptions, as changes of the answers.
func (p *problem) ownChanges() {
	for i := range p.g.own {
		o := &p.g.own[i]
		p.addOwn(&change{entry: p.g.ownEntries[i], scope: ofWhole, bits: math.Log2(ownRate), answer: o.answer})
	}
}

// answer is what the author's network has for a target.
func (o *Own) answer(w *world, t *target) (int64, bool) {
	if t.Node == network.None {
		m := network.Measured(t.property)
		if m == nil || !t.whole(w.engine) {
			return 0, false
		}
		return m.OfTotals(&o.Net.Totals), true
	}
	i := o.Net.Named(w.engine.net.Path(t.Node))
	if i == network.None {
		return 0, false
	}
	r := &o.Net.Nodes[i]
	if m := network.Measured(t.property); m != nil {
		return m.OfNode(r), true
	}
	return sideOf(r.Out, t.property)
}
