package compare

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// mostCells bounds the table of an alignment; what is left of two networks
// when their equal ends are cut off is seldom larger.
const mostCells = 4_000_000

// Align pairs rows of two networks, each list in its order: rows of one kind,
// as many as possible; of equally many pairings the one with most equal
// statements, outputs and names. Rows without a counterpart stand alone, in
// place.
func Align(a, b *network.Network, of, to []int32) (pairs []Pair) {
	al := aligner{a: a, b: b, of: of, to: to, ofArgs: make([]layer.Args, len(of)), toArgs: make([]layer.Args, len(to))}
	first, last := 0, 0
	for first < min(len(of), len(to)) && al.equal(first, first) {
		first++
	}
	for last < min(len(of), len(to))-first && al.equal(len(of)-1-last, len(to)-1-last) {
		last++
	}
	for i := range first {
		pairs = append(pairs, Pair{A: of[i], B: to[i]})
	}
	pairs = al.middle(pairs, first, len(of)-last, first, len(to)-last)
	for i := last; i > 0; i-- {
		pairs = append(pairs, Pair{A: of[len(of)-i], B: to[len(to)-i]})
	}
	return pairs
}

type aligner struct {
	a, b           *network.Network
	of, to         []int32
	ofArgs, toArgs []layer.Args // in effect, of the rows that were asked for
}

// equal reports rows that surely stand for each other.
func (al *aligner) equal(i, j int) bool {
	return al.score(i, j) == same|written|shaped|named
}

// What a pair is worth: kinds decide before statements, statements before
// outputs, those before names.
const (
	named int64 = 1 << (10 * iota)
	shaped
	written
	same
)

// score is what pairing row i of a with row j of b is worth; 0: they cannot
// be paired.
func (al *aligner) score(i, j int) (worth int64) {
	a, b := &al.a.Nodes[al.of[i]], &al.b.Nodes[al.to[j]]
	if a.Kind != b.Kind {
		return 0
	}
	worth = same
	if (a.Owner >= 0) == (b.Owner >= 0) && al.statementsEqual(i, j) {
		worth |= written
	}
	if a.Out == b.Out {
		worth |= shaped
	}
	if a.Name == b.Name {
		worth |= named
	}
	return worth
}

func (al *aligner) statementsEqual(i, j int) bool {
	a, b := &al.a.Nodes[al.of[i]], &al.b.Nodes[al.to[j]]
	if sameArgs(a, b) {
		return true
	}
	if !a.Out.Known() || !b.Out.Known() {
		return false // how they work shows only with an input
	}
	if al.ofArgs[i] == nil {
		al.ofArgs[i] = al.a.Call(int(al.of[i])).InEffect()
	}
	if al.toArgs[j] == nil {
		al.toArgs[j] = al.b.Call(int(al.to[j])).InEffect()
	}
	return slices.EqualFunc(al.ofArgs[i], al.toArgs[j], layer.Arg.Same)
}

// sameArgs reports rows of one kind whose arguments are written alike.
func sameArgs(a, b *network.Node) bool {
	return a.Kind == b.Kind && slices.EqualFunc(a.Args, b.Args, layer.Arg.Same)
}

// middle aligns the rows between equal ends, by the table of all pairings of
// their beginnings.
func (al *aligner) middle(pairs []Pair, i, iEnd, j, jEnd int) []Pair {
	n, m := iEnd-i, jEnd-j
	if n*m > mostCells {
		return al.greedy(pairs, i, iEnd, j, jEnd)
	}
	// best[x][y]: the worth of the rest from i+x and j+y on.
	best := make([]int64, (n+1)*(m+1))
	at := func(x, y int) *int64 { return &best[x*(m+1)+y] }
	worth := make([]int64, n*m)
	for x := n - 1; x >= 0; x-- {
		for y := m - 1; y >= 0; y-- {
			w := al.score(i+x, j+y)
			worth[x*m+y] = w
			*at(x, y) = max(*at(x+1, y), *at(x, y+1))
			if w > 0 {
				*at(x, y) = max(*at(x, y), w+*at(x+1, y+1))
			}
		}
	}
	x, y := 0, 0
	for x < n || y < m {
		switch {
		case x < n && y < m && worth[x*m+y] > 0 && *at(x, y) == worth[x*m+y]+*at(x+1, y+1):
			pairs = append(pairs, Pair{A: al.of[i+x], B: al.to[j+y]})
			x, y = x+1, y+1
		case y == m || x < n && *at(x, y) == *at(x+1, y):
			pairs = append(pairs, Pair{A: al.of[i+x], B: None})
			x++
		default:
			pairs = append(pairs, Pair{A: None, B: al.to[j+y]})
			y++
		}
	}
	return pairs
}

// sight is how far greedy looks for a kind.
const sight = 32

// greedy pairs rows that are too many for a table: each with the next of its
// kind, the nearer one first.
func (al *aligner) greedy(pairs []Pair, i, iEnd, j, jEnd int) []Pair {
	for i < iEnd && j < jEnd {
		x, y := al.nextPair(i, iEnd, j, jEnd)
		for ; x > 0; x-- {
			pairs = append(pairs, Pair{A: al.of[i], B: None})
			i++
		}
		for ; y > 0; y-- {
			pairs = append(pairs, Pair{A: None, B: al.to[j]})
			j++
		}
		if i < iEnd && j < jEnd && al.score(i, j) > 0 {
			pairs = append(pairs, Pair{A: al.of[i], B: al.to[j]})
			i, j = i+1, j+1
		}
	}
	for ; i < iEnd; i++ {
		pairs = append(pairs, Pair{A: al.of[i], B: None})
	}
	for ; j < jEnd; j++ {
		pairs = append(pairs, Pair{A: None, B: al.to[j]})
	}
	return pairs
}

// nextPair is how many rows to leave alone on each side so that the next two
// can be paired; one on each where none is in sight.
func (al *aligner) nextPair(i, iEnd, j, jEnd int) (x, y int) {
	for far := 0; far < sight; far++ {
		for x := 0; x <= far; x++ {
			if y := far - x; i+x < iEnd && j+y < jEnd && al.score(i+x, j+y) > 0 {
				return x, y
			}
		}
	}
	return 1, 1
}
