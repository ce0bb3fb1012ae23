package claim

import "slices"

// How far two calculations are the same.

// A Likeness is how far one calculation is another.
type Likeness byte

// The likenesses, each more than the one before.
const (
	Unlike  Likeness = iota
	Grouped          // some factors are worked out: 9·20 for 3·3·20
	Exact            // factor by factor
)

// Like is how far f is g.
func (f Form) Like(g Form) Likeness {
	if f.key(true) == g.key(true) {
		return Exact
	}
	a, b := f.collected(false), g.collected(false)
	if len(a) != len(b) {
		return Unlike
	}
	if rest, ok := a.Take(b, Grouped); ok && len(rest) == 0 {
		return Grouped
	}
	return Unlike
}

// Take takes the products of g out of f, if they are all there; with Grouped also
// where their factors are grouped otherwise.
func (f Form) Take(g Form, as Likeness) (rest Form, ok bool) {
	rest = slices.Clone(f)
	for i := range g {
		m := &g[i]
		if m.value == 0 {
			continue
		}
		key := m.key(as == Exact)
		at := slices.IndexFunc(rest, func(r monomial) bool {
			return r.key(as == Exact) == key && (as == Exact || groups(r.factors, m.factors) || groups(m.factors, r.factors))
		})
		if at < 0 {
			return f, false
		}
		rest = slices.Delete(rest, at, at+1)
	}
	return rest, true
}

// Empty reports that nothing but 0 is left.
func (f Form) Empty() bool {
	return !slices.ContainsFunc(f, func(m monomial) bool { return m.value != 0 })
}

// groups reports whether parts can be grouped into products that are the wholes.
func groups(wholes, parts []int64) bool {
	if len(wholes) == 0 {
		return len(parts) == 0
	}
	last := len(wholes) - 1
	return fill(wholes[:last], wholes[last], parts, 0)
}

// fill takes parts from one on for what is left of a whole, then goes on to the
// next whole.
func fill(wholes []int64, left int64, parts []int64, from int) bool {
	if left == 1 {
		return groups(wholes, parts)
	}
	for i := from; i < len(parts); i++ {
		if p := parts[i]; p != 0 && left%p == 0 && fill(wholes, left/p, slices.Concat(parts[:i], parts[i+1:]), i) {
			return true
		}
	}
	return false
}
