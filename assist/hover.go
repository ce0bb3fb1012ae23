package assist

import (
	"slices"

	"cnnl/eval/network"
	"cnnl/eval/session"
)

// A Hover is what there is to say of a word in a script: the layer or the use of a
// block that it names, the value that it has, or else what the language means by it.
type Hover struct {
	Row   *network.Row // nil: it names no layer
	Value string       // of a let; empty: it names none
	Meaning
}

// HoverOver says what a word is in what stands so far. Others are words that the one
// who asks knows besides.
func HoverOver(s *session.Session, word string, others ...string) Hover {
	net := s.Nodes()
	if i := net.Named(word); i != network.None {
		return Hover{Row: &net.FoldedFrom(i, i+1, -1)[0]}
	}
	for g := range net.Groups {
		if net.GroupPath(int32(g)) == word {
			return Hover{Row: &net.FoldedFrom(net.Groups[g].First, net.Groups[g].End, net.Level(int32(g))-1)[0]}
		}
	}
	if _, _, values := s.Names(); slices.Contains(values, word) {
		value, _ := s.Value(word)
		return Hover{Value: value}
	}
	return Hover{Meaning: Lookup(word, others...)}
}
