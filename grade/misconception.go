package grade

import "cnnl/compare"

// Misconceptions that a key describes: a network, or values of lets, that come of a
// known mistake.

// misconceptions are those of the key that a submission shows: its network is the
// one that comes of it, or what it states is.
func (k *Key) misconceptions(a *attempt) []Finding {
	list := []Finding{}
	for _, r := range k.solutions {
		if r.wrong && (k.hasNetworkOf(r, a.w) || k.statesAsOf(r, a)) {
			list = append(list, Finding{ID: r.name, IDs: []string{r.name}, Catalogue: []string{}, Claims: []string{}, Teacher: "as the key describes it"})
		}
	}
	return list
}

// hasNetworkOf reports a network that is a misconception's, and not the key's.
func (k *Key) hasNetworkOf(r *solution, w *work) bool {
	if w.layers == 0 || w.v.Network.Failed || compare.Sides(r.written, k.solutions[0].written).First == compare.None {
		return false
	}
	if r.inOrder(w.net).First == compare.None {
		return true
	}
	d := r.branched(w.net)
	return d != nil && d.First == compare.None
}

// statesAsOf reports answers that are a misconception's: most of those in which it
// differs from the key.
func (k *Key) statesAsOf(r *solution, a *attempt) bool {
	stated, as := 0, 0
	for i := range k.marks {
		if !r.other[i] || len(r.targets[i]) != len(k.solutions[0].targets[i]) {
			continue
		}
		for j := range r.targets[i] {
			t, key := &r.targets[i][j], &k.solutions[0].targets[i][j]
			if t.value.Equal(key.value) {
				continue
			}
			if c, how := a.one(a.claimsOf(key)); how == "" {
				stated++
				if a.holds(&k.marks[i], t, c).right {
					as++
				}
			}
		}
	}
	return as > 0 && 2*as > stated
}
