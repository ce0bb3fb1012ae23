package claim

import (
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Sums over many layers, in a few words.

// mostShown is how many numbers of a sum are shown one by one.
const mostShown = 8

// breakdown is what a sum over layers is made of, each block at the top as one
// part; empty where these are too many too. Summed: such a sum is asked for.
func (s Subject) breakdown(net *network.Network) (parts string, summed bool) {
	count := network.Measured(s.Property())
	if count == nil || s.Group == network.None && !s.Total {
		return "", false
	}
	whole := *net
	whole.Good = max(net.Good, int(s.End)) // it is not known before the end of a run
	rows := whole.FoldedFrom(s.First, s.End, net.Level(s.Group))
	var list []string
	for i := range rows {
		if n := count.OfRow(&rows[i]); n != 0 {
			list = append(list, rows[i].Path+" "+lang.Group(n))
		}
	}
	if len(list) > mostShown {
		return "", true
	}
	return "the sum of " + lang.Join(list), true
}

// off says how far a claimed number is off.
func off(is, claimed value.Value) string {
	by, ok := value.Minus(is, claimed)
	switch {
	case !ok || !by.IsWhole():
		return ""
	case by.Num < 0:
		return lang.Group(-by.Num) + " fewer than claimed"
	}
	return lang.Group(by.Num) + " more than claimed"
}
