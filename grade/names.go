package grade

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Names are what a sentence lists of many names: the least of them, whatever
// the order in which they come, and how many more there are.
type Names struct {
	first []string
	more  int
}

// mostListed is how many names a sentence has.
const mostListed = 20

// Add takes a name.
func (n *Names) Add(name string) {
	at, _ := slices.BinarySearchFunc(n.first, name, compareNames)
	if at < mostListed {
		n.first = slices.Insert(n.first, at, name)
	}
	if at == mostListed || len(n.first) > mostListed {
		n.first, n.more = n.first[:mostListed], n.more+1
	}
}

// compareNames puts line 9 before line 10.
func compareNames(a, b string) int {
	const digits = "0123456789"
	return cmp.Or(strings.Compare(strings.TrimRight(a, digits), strings.TrimRight(b, digits)), cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// Empty reports that there is none.
func (n *Names) Empty() bool { return len(n.first) == 0 }

func (n *Names) String() string {
	between := ", "
	if slices.ContainsFunc(n.first, func(name string) bool { return strings.Contains(name, ", ") }) {
		between = "; "
	}
	text := strings.Join(n.first, between)
	if n.more > 0 {
		text += fmt.Sprintf(" and %d more", n.more)
	}
	return text
}

// NamesOf takes all of a list.
func NamesOf(list []string) (n Names) {
	for _, name := range list {
		n.Add(name)
	}
	return n
}
