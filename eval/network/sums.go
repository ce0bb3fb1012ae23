package network

import (
	"iter"

	"cnnl/eval/calc"
	"cnnl/lang"
)

// Added is the sum of numbers, each with the name of what it is of; equal ones
// in a row are multiplied, those that are 0 left out. False: there are too many
// to be shown.
func Added(s *calc.Sheet, numbers iter.Seq2[string, int64]) (sum calc.Expr, ok bool) {
	var n, alike, different int64
	var first string
	add := func() {
		if alike == 0 {
			return
		}
		e := s.Term(first, n)
		if alike > 1 {
			e = s.Term("layers of "+lang.Group(n), alike).Times(e)
		}
		sum = calc.Sum(sum, e)
	}
	for name, next := range numbers {
		switch {
		case next == 0:
			continue
		case alike > 0 && next == n:
			alike++
			continue
		}
		add()
		if different++; different > mostTerms {
			return sum, false
		}
		n, alike, first = next, 1, name
	}
	add()
	return sum, true
}

// mostTerms is how many different numbers in a row a sum shows.
const mostTerms = 400

// Numbers yields a measure of the nodes from first up to end, each with its name
// within its block.
func (n *Network) Numbers(m *Measure, first, end int32) iter.Seq2[string, int64] {
	return func(yield func(string, int64) bool) {
		for i := range n.Nodes[first:end] {
			if r := &n.Nodes[int(first)+i]; !yield(r.Name, m.OfNode(r)) {
				return
			}
		}
	}
}
