package network

import (
	"reflect"
	"slices"

	"cnnl/eval/calc"
)

// Along an axis of the input, positions see alike in turns: the one at q·P + r
// sees the inputs of span r, q·jump further on. Behind convolutions and poolings P
// is 1; behind a transposed convolution of stride 2 it is 2.
type fieldAxis struct {
	jump int64
	one  span   // of all turns, where they are not told apart
	more *turns // nil: P is 1
}

// Turns are told apart, or each is taken to see what any of them does.
type turns struct {
	count int64  // P
	n     int64  // positions that there are
	spans []span // of each; nil: they are not told apart
	// Parts move on at different speeds: a position sees what it sees of each, and
	// the rest of this and of its axis says nothing.
	parts []fieldAxis
	// All is what positions see together that lie in no order: each sees no more
	// than one is long, and one of them as much.
	all *span
}

// A span is a range of input positions, both ends included; it may be empty.
type span struct{ low, high int64 }

var nothing = span{low: 1, high: 0}

func (s span) empty() bool { return s.low > s.high }

func (s span) size() int64 { return max(s.high-s.low+1, 0) }

func (s span) union(t span) span {
	switch {
	case s.empty():
		return t
	case t.empty():
		return s
	}
	return span{min(s.low, t.low), max(s.high, t.high)}
}

func (s span) within(t span) bool { return s.empty() || t.low <= s.low && s.high <= t.high }

// turns is P.
func (a *fieldAxis) turns() int64 {
	if a.more == nil {
		return 1
	}
	return a.more.count
}

// apart is how many positions in a row it takes to see all turns.
func (a *fieldAxis) apart() int64 {
	if a.more == nil {
		return 1
	}
	return int64(max(len(a.more.spans), 1))
}

// parts are what moves on at one speed each.
func (a *fieldAxis) parts() []fieldAxis {
	if a.more == nil || a.more.parts == nil {
		return []fieldAxis{*a}
	}
	return a.more.parts
}

func (a *fieldAxis) isParted() bool { return a.more != nil && a.more.parts != nil }

// same reports that every position sees the same.
func (a *fieldAxis) same() bool { return a.jump == 0 && a.more == nil }

// unordered reports positions that lie in no order.
func (a *fieldAxis) unordered() bool { return a.more != nil && a.more.all != nil }

// at is what position o sees.
func (a *fieldAxis) at(k *step, o int64) span {
	s, q := a.one, o
	if t := a.more; t != nil {
		if t.parts != nil {
			s = nothing
			for i := range t.parts {
				s = s.union(t.parts[i].at(k, o))
			}
			return s
		}
		if q = k.floor(o, t.count); t.spans != nil {
			s = t.spans[o-q*t.count]
		}
	}
	if s.empty() {
		return s
	}
	shift := k.times(q, a.jump)
	return span{k.plus(s.low, shift), k.plus(s.high, shift)}
}

// most is the span of the position that sees most, from the one numbered first on.
func (a *fieldAxis) most(first int64) span {
	switch {
	case a.more == nil:
		return a.one
	case a.more.parts != nil:
		return a.more.mostOfParts(first)
	case a.more.spans == nil:
		return a.one
	}
	most := nothing
	for o := range min(a.more.count, a.more.n-first) {
		most = most.longer(a.more.spans[(first+o)%a.more.count])
	}
	return most
}

// longer is the longer of two spans, the first where they are of one size.
func (s span) longer(t span) span {
	if s.empty() || !t.empty() && uint64(t.high-t.low) > uint64(s.high-s.low) {
		return t
	}
	return s
}

// mostOfParts finds the longest span at the ends: from turn to turn the ends of
// each part's span move on evenly, so that what they cover together is never
// longest in between.
func (t *turns) mostOfParts(first int64) (most span) {
	var k step
	most = nothing
	all := fieldAxis{more: t}
	for o := range min(t.count, t.n-first) {
		most = most.longer(all.at(&k, first+o)).longer(all.at(&k, t.n-1-o))
	}
	return most
}

// over is what the positions from first to last see together. As spans only
// move on from turn to turn, the ends decide.
func (a *fieldAxis) over(k *step, first, last int64) (all span) {
	switch {
	case a.same():
		return a.one
	case a.unordered():
		return *a.more.all
	}
	all = nothing
	if a.isParted() {
		for i := range a.more.parts {
			all = all.union(a.more.parts[i].over(k, first, last))
		}
		return all
	}
	apart := a.apart()
	for o := first; o <= last && o < first+apart; o++ {
		all = all.union(a.at(k, o))
	}
	for o := last; o > first && o > last-apart; o-- {
		all = all.union(a.at(k, o))
	}
	return all
}

// equal reports that every position sees the same of two axes. Of positions in no order
// nobody knows, but where they are those of one tensor.
func (a *fieldAxis) equal(b *fieldAxis) bool {
	return *a == *b || a.more != nil && !a.unordered() && reflect.DeepEqual(a, b)
}

// union is along one axis of n positions, of which those before the first see nothing.
// What sees everything that the other sees, wherever it is, stays as it is: it sees no
// more beyond the border.
func (a *fieldAxis) union(k *step, b *fieldAxis, first, n int64) fieldAxis {
	switch {
	case a.equal(b):
		return *a
	case a.same() && b.over(k, first, n-1).within(a.one):
		return *a
	case b.same() && a.over(k, first, n-1).within(b.one):
		return *b
	case a.unordered() || b.unordered():
		k.cannot(meets)
		return *a
	}
	if !a.isParted() && !b.isParted() {
		if u, ok := a.inStep(k, b, n); ok {
			return u
		}
	}
	return k.together(slices.Concat(a.parts(), b.parts()), n)
}

// inStep is the union of two that move on at one speed; false: they do not.
func (a *fieldAxis) inStep(k *step, b *fieldAxis, n int64) (fieldAxis, bool) {
	turns := a.turns() / calc.GCD(a.turns(), b.turns()) * b.turns()
	jump := k.times(turns/a.turns(), a.jump)
	switch {
	case jump != k.times(turns/b.turns(), b.jump) || turns > mostTurns:
		return fieldAxis{}, false
	case !k.apart:
		return alike(turns, jump, n, a.over(k, 0, turns-1).union(b.over(k, 0, turns-1))), true
	}
	return newAxis(turns, jump, n, func(r int64) span { return a.at(k, r).union(b.at(k, r)) }), true
}

// together is the union of parts, with as few of them as say it.
func (k *step) together(parts []fieldAxis, n int64) fieldAxis {
	var list []fieldAxis
	count := int64(1)
next:
	for i := range parts {
		for j := range list {
			if u, ok := list[j].inStep(k, &parts[i], n); ok {
				list[j] = u
				continue next
			}
		}
		list = append(list, parts[i])
	}
	all := nothing
	for i := range list {
		all = all.union(list[i].over(k, 0, n-1))
		count = min(count/calc.GCD(count, list[i].turns())*list[i].turns(), mostTurns+1)
	}
	switch {
	case !k.apart:
		return fieldAxis{one: all}
	case len(list) > mostParts, count > mostTurns && n > 2*mostTurns:
		k.cannot(manySpeeds)
	}
	return fieldAxis{more: &turns{count: count, n: n, parts: list}}
}

// alike makes an axis of n positions whose turns are not told apart.
func alike(count, jump, n int64, all span) fieldAxis {
	if count == 1 {
		return fieldAxis{jump: jump, one: all}
	}
	return fieldAxis{jump: jump, one: all, more: &turns{count: count, n: n}}
}

// newAxis makes an axis of n positions that take so many turns, or one where
// that says the same.
func newAxis(count, jump, n int64, at func(r int64) span) fieldAxis {
	if count == 1 {
		return fieldAxis{jump: jump, one: at(0)}
	}
	spans := make([]span, count)
	even := jump%count == 0
	for r := range spans {
		spans[r] = at(int64(r))
		shift := jump / count * int64(r)
		even = even && spans[r] == span{spans[0].low + shift, spans[0].high + shift}
	}
	if even {
		return fieldAxis{jump: jump / count, one: spans[0]}
	}
	return fieldAxis{jump: jump, more: &turns{count: count, n: n, spans: spans}}
}
