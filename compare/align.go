package compare

import (
	"slices"

	"cnnl/eval/layer"
)

// mostCells bounds the table of an alignment; what is left of two networks
// when their equal ends are cut off is seldom larger.
const mostCells = 4_000_000

// align makes the rows of a, and pairs them with those of b, each list in its
// order: rows of one kind, as many as possible; of equally many pairings the one with
// most equal statements, parts in sharing, outputs and given names. Rows without a
// counterpart stand alone, in place. Nodes at both ends that are surely the same are
// paired before anything is computed.
func align(a, b *Side) []Pair {
	first, last := ends(a, b)
	a.begin()
	middle := [2]int{} // of the rows between
	for i, node := range a.nodes {
		switch j := i + len(b.nodes) - len(a.nodes); {
		case i < first:
			a.addAs(node, b, b.nodes[i])
			middle[0] = len(a.rows)
		case i >= len(a.nodes)-last:
			a.addAs(node, b, b.nodes[j])
		default:
			a.add(node)
		}
		if i < len(a.nodes)-last {
			middle[1] = len(a.rows)
		}
	}
	al := aligner{a: a, b: b, pairs: make([]Pair, 0, max(len(a.rows), len(b.rows)))}
	al.straight(0, 0, middle[0])
	al.middle(middle[0], middle[1], middle[0], len(b.rows)-(len(a.rows)-middle[1]))
	al.straight(middle[1], len(b.rows)-(len(a.rows)-middle[1]), len(a.rows)-middle[1])
	return al.pairs
}

// mostAtLeisure is how many cells a table may have before ends are cut that might as
// well be paired otherwise.
const mostAtLeisure = 1 << 14

// ends are how many nodes at the beginning and at the end are surely the same. Of
// several like layers the first ones are paired: an end is cut as far as names are
// the same too, those that layers get by themselves included, and further where too
// much is left.
func ends(a, b *Side) (first, last int) {
	n := min(len(a.nodes), len(b.nodes))
	for first < n && alike(a, a.nodes[first], b, b.nodes[first]) {
		first++
	}
	for last < n-first {
		i, j := a.nodes[len(a.nodes)-1-last], b.nodes[len(b.nodes)-1-last]
		leisure := (len(a.nodes)-first-last)*(len(b.nodes)-first-last) <= mostAtLeisure
		if !alike(a, i, b, j) || leisure && a.net.Nodes[i].Name != b.net.Nodes[j].Name {
			break
		}
		last++
	}
	return first, last
}

type aligner struct {
	a, b  *Side
	pairs []Pair
}

// pair adds a pair of rows, or one alone.
func (al *aligner) pair(i, j int) {
	p := Pair{A: None, B: None, a: int32(i), b: int32(j)}
	if i >= 0 {
		p.A = al.a.rows[i].node
	}
	if j >= 0 {
		p.B = al.b.rows[j].node
	}
	al.pairs = append(al.pairs, p)
}

// straight pairs so many rows one after another.
func (al *aligner) straight(i, j, n int) {
	for k := range n {
		al.pair(i+k, j+k)
	}
}

// What a pair is worth: kinds decide before statements, statements before what is
// shared, that before outputs, those before names.
const (
	named int64 = 1 << (12 * iota)
	shaped
	shared
	written
	same
)

// score is what pairing row i of a with row j of b is worth; 0: they cannot
// be paired.
func (al *aligner) score(i, j int) (worth int64) {
	a, b := &al.a.rows[i], &al.b.rows[j]
	if a.form.Kind != b.form.Kind {
		return 0
	}
	worth = same
	if args := al.a.argsAs(int32(i), al.b, int32(j)); args != nil && slices.EqualFunc(args, b.form.Args, layer.Arg.Same) {
		worth |= written
	}
	if al.a.role(a.node) == al.b.role(b.node) {
		worth |= shared
	}
	if a.form.Out == b.form.Out && a.form.Out.Known() {
		worth |= shaped
	}
	if al.a.given(a.node).name == al.b.given(b.node).name {
		worth |= named
	}
	return worth
}

// middle aligns the rows between equal ends, by the table of all pairings of
// their beginnings.
func (al *aligner) middle(i, iEnd, j, jEnd int) {
	n, m := iEnd-i, jEnd-j
	if n*m > mostCells {
		al.greedy(i, iEnd, j, jEnd)
		return
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
			al.pair(i+x, j+y)
			x, y = x+1, y+1
		case y == m || x < n && *at(x, y) == *at(x+1, y):
			al.pair(i+x, None)
			x++
		default:
			al.pair(None, j+y)
			y++
		}
	}
}

// sight is how far greedy looks for a kind.
const sight = 32

// greedy pairs rows that are too many for a table: each with the next of its
// kind, the nearer one first.
func (al *aligner) greedy(i, iEnd, j, jEnd int) {
	for i < iEnd && j < jEnd {
		x, y := al.nextPair(i, iEnd, j, jEnd)
		for ; x > 0; x-- {
			al.pair(i, None)
			i++
		}
		for ; y > 0; y-- {
			al.pair(None, j)
			j++
		}
		if i < iEnd && j < jEnd && al.score(i, j) > 0 {
			al.pair(i, j)
			i, j = i+1, j+1
		}
	}
	for ; i < iEnd; i++ {
		al.pair(i, None)
	}
	for ; j < jEnd; j++ {
		al.pair(None, j)
	}
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

// paired pairs layers of different kinds that stand in one place: as many
// that only one network has as only the other has.
func paired(pairs []Pair) (list []Pair) {
	alone := func(p *Pair) bool { return p.a == None || p.b == None }
	if !slices.ContainsFunc(pairs, func(p Pair) bool { return alone(&p) }) {
		return pairs
	}
	for i := 0; i < len(pairs); {
		end, onlyA, onlyB := i, []Pair{}, []Pair{}
		for ; end < len(pairs) && alone(&pairs[end]); end++ {
			if pairs[end].a != None {
				onlyA = append(onlyA, pairs[end])
			} else {
				onlyB = append(onlyB, pairs[end])
			}
		}
		switch {
		case end == i:
			list, i = append(list, pairs[i]), i+1
			continue
		case len(onlyA) == len(onlyB):
			for k := range onlyA {
				list = append(list, Pair{A: onlyA[k].A, B: onlyB[k].B, a: onlyA[k].a, b: onlyB[k].b})
			}
		default:
			list = append(list, pairs[i:end]...)
		}
		i = end
	}
	return list
}
