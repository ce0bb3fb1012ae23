package network

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"cnnl/eval/layer"
)

func TestSpans(t *testing.T) {
	for _, test := range []struct {
		s, u   span
		size   int64
		union  span
		within bool
	}{
		{span{2, 4}, span{3, 7}, 3, span{2, 7}, false},
		{span{3, 4}, span{2, 7}, 2, span{2, 7}, true},
		{span{2, 7}, span{2, 7}, 6, span{2, 7}, true},
		{span{2, 8}, span{2, 7}, 7, span{2, 8}, false},
		{span{1, 7}, span{2, 7}, 7, span{1, 7}, false},
		{span{8, 9}, span{2, 7}, 2, span{2, 9}, false},
		{span{0, 1}, span{2, 7}, 2, span{0, 7}, false},
		{nothing, span{2, 7}, 0, span{2, 7}, true},
		{span{2, 7}, nothing, 6, span{2, 7}, false},
		{nothing, nothing, 0, nothing, true},
		{span{5, 1}, span{2, 7}, 0, span{2, 7}, true},
		{span{5, 5}, span{5, 5}, 1, span{5, 5}, true},
	} {
		if got := test.s.union(test.u); test.s.size() != test.size || got != test.union || test.s.within(test.u) != test.within {
			t.Errorf("%v and %v: size %d, union %v, within %v", test.s, test.u, test.s.size(), got, test.s.within(test.u))
		}
	}
	if got := nothing.longer(span{1, 2}).longer(span{4, 6}).longer(span{10, 12}).longer(nothing); got != (span{4, 6}) {
		t.Errorf("the longest is %v", got)
	}
}

// What an axis says of any position is held to what is put together position by
// position.

type axisDrawing struct{ *rand.Rand }

func (d axisDrawing) between(low, high int64) int64 { return low + d.Int64N(high-low+1) }

// axis draws one of n positions: all see alike, or in turns, or in parts at different
// speeds.
func (d axisDrawing) axis(n int64) fieldAxis {
	if d.IntN(5) == 0 {
		var k step
		k.apart = true
		return k.together([]fieldAxis{d.inTurns(n), d.inTurns(n), d.inTurns(n)}, n)
	}
	return d.inTurns(n)
}

func (d axisDrawing) inTurns(n int64) fieldAxis {
	spans := make([]span, d.between(1, 4))
	for i := range spans {
		low := d.between(-3, 6)
		spans[i] = span{low, low + d.between(-1, 3)}
		if spans[i].empty() {
			spans[i] = nothing
		}
	}
	return newAxis(int64(len(spans)), d.between(0, 4), n, func(r int64) span { return spans[r] })
}

// window draws one of those that layers have.
func (d axisDrawing) window() layer.Window {
	w := layer.Window{Taps: d.between(1, 4), Step: d.between(1, 3), Before: d.between(-2, 4), Stride: d.between(1, 3), Across: d.between(1, 4)}
	switch d.IntN(8) {
	case 0: // everything from everywhere
		w = layer.Window{Taps: d.between(1, 9), Step: 1, Across: 1}
	case 1:
		w = layer.Window{Cell: d.between(1, 4), Before: d.between(-2, 3), Taps: 1, Step: 1, Stride: 1, Across: 1}
	case 2:
		w = layer.Window{Taps: d.between(1, 4), Step: d.between(1, 3), Stride: 1, Across: 1, Wrap: d.between(1, 4)}
	case 3: // blending to another size
		w.Middle, w.Step, w.Across = d.between(1, w.Taps), 1, d.between(2, 4)
	case 4:
		w.Across = 1
	}
	return w
}

// looked is what output o sees through a window.
func looked(k *step, a *fieldAxis, w layer.Window, o int64) span {
	all := nothing
	if w.Cell > 0 {
		for p := range w.Cell {
			begin := floorDiv(o+w.Before, w.Cell)*w.Cell - w.Before
			all = all.union(a.at(k, begin+p))
		}
		return all
	}
	if w.Wrap > 0 {
		o %= w.Wrap
	}
	for tap := range w.Taps {
		p := o*w.Stride - w.Before + tap*w.Step
		if p%w.Across != 0 {
			continue
		}
		seen := a.at(k, p/w.Across)
		if tap+1 == w.Middle {
			return seen
		}
		all = all.union(seen)
	}
	return all
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// same holds an axis to what each position sees, and to what the longest and all see.
func sameSpans(t *testing.T, what string, a *fieldAxis, n int64, want func(o int64) span) {
	t.Helper()
	k := step{apart: true}
	var most int64
	for o := range n {
		w := want(o)
		if got := a.at(&k, o); got != w && !(got.empty() && w.empty()) {
			t.Fatalf("%s: position %d of %d sees %v, want %v (%+v %+v)", what, o, n, got, w, a, a.more)
		}
	}
	for first := n - 1; first >= 0; first-- {
		most = max(most, want(first).size())
		if got := a.most(first); got.size() != most && (first == 0 || a.more != nil) {
			t.Fatalf("%s: most from %d on is %v, want %d in length (%+v %+v)", what, first, got, most, a, a.more)
		}
	}
	for first := range n {
		for last := first; last < n; last++ {
			all := nothing
			for o := first; o <= last; o++ {
				all = all.union(want(o))
			}
			if got := a.over(&k, first, last); got != all && !(got.empty() && all.empty()) {
				t.Fatalf("%s: positions %d to %d see %v, want %v (%+v %+v)", what, first, last, got, all, a, a.more)
			}
		}
	}
	if k.overflow || k.loss.why != "" {
		t.Fatalf("%s: %+v", what, k)
	}
}

func TestAxisUnion(t *testing.T) {
	for seed := range uint64(4000) {
		d := axisDrawing{rand.New(rand.NewPCG(seed, 1))}
		n := d.between(1, 12)
		a, b := d.axis(n), d.axis(n)
		k := step{apart: true}
		u := a.union(&k, &b, 0, n)
		if k.loss.why != "" || k.overflow {
			t.Fatalf("seed %d: %+v", seed, k)
		}
		sameSpans(t, fmt.Sprintf("seed %d", seed), &u, n, func(o int64) span { return a.at(&k, o).union(b.at(&k, o)) })
	}
}

func TestAxisThroughWindows(t *testing.T) {
	for seed := range uint64(6000) {
		d := axisDrawing{rand.New(rand.NewPCG(seed, 2))}
		a, w, n := d.axis(d.between(1, 12)), d.window(), d.between(1, 12)
		k := step{apart: true}
		next := a.through(&k, w, n)
		if k.loss.why != "" || k.overflow {
			t.Fatalf("seed %d: %+v", seed, k)
		}
		sameSpans(t, fmt.Sprintf("seed %d: %+v of %+v %+v", seed, w, a, a.more), &next, n, func(o int64) span { return looked(&k, &a, w, o) })
	}
}

// TestAxesNotApart: where there is no memory to tell turns apart, a position is taken
// to see what any of them sees, and never less than it does.
func TestAxesNotApart(t *testing.T) {
	for seed := range uint64(3000) {
		d := axisDrawing{rand.New(rand.NewPCG(seed, 3))}
		n := d.between(1, 12)
		a, b, w := d.inTurns(n), d.inTurns(n), d.window()
		for w.Middle > 0 || w.Wrap > 0 {
			w = d.window()
		}
		k := step{}
		u, next := a.union(&k, &b, 0, n), a.through(&k, w, n)
		v := d.window()
		for v.Middle > 0 || v.Wrap > 0 {
			v = d.window()
		}
		third, both := next.through(&k, v, n), next.union(&k, &u, 0, n)
		for o := range n {
			if want := a.at(&k, o).union(b.at(&k, o)); !want.within(u.at(&k, o)) {
				t.Fatalf("seed %d: position %d sees %v, want %v at least", seed, o, u.at(&k, o), want)
			}
			if want := looked(&k, &a, w, o); !want.within(next.at(&k, o)) {
				t.Fatalf("seed %d: through %+v position %d sees %v, want %v at least", seed, w, o, next.at(&k, o), want)
			}
			if want := looked(&k, &next, v, o); !want.within(third.at(&k, o)) {
				t.Fatalf("seed %d: through %+v and %+v position %d sees %v, want %v at least", seed, w, v, o, third.at(&k, o), want)
			}
			if want := next.at(&k, o).union(u.at(&k, o)); !want.within(both.at(&k, o)) {
				t.Fatalf("seed %d: position %d sees %v, want %v at least", seed, o, both.at(&k, o), want)
			}
		}
	}
}

// TestAxisForms: what says the same is written in one way, the shortest.
func TestAxisForms(t *testing.T) {
	at := func(spans ...span) func(r int64) span { return func(r int64) span { return spans[r] } }
	for _, test := range []struct {
		name  string
		axis  fieldAxis
		turns int64
		jump  int64
		kept  int // spans
	}{
		{"one turn", newAxis(1, 3, 5, at(span{0, 2})), 1, 3, 0},
		{"two alike", newAxis(2, 4, 5, at(span{0, 1}, span{2, 3})), 1, 2, 0},
		{"three alike", newAxis(3, 6, 5, at(span{0, 1}, span{2, 3}, span{4, 5})), 1, 2, 0},
		{"all the same", newAxis(3, 0, 5, at(span{0, 1}, span{0, 1}, span{0, 1})), 1, 0, 0},
		{"the last another", newAxis(3, 6, 5, at(span{0, 1}, span{2, 3}, span{4, 6})), 3, 6, 3},
		{"unlike steps", newAxis(2, 5, 5, at(span{0, 1}, span{2, 3})), 2, 5, 2},
		{"one, not apart", alike(1, 3, 5, span{0, 2}), 1, 3, 0},
		{"two, not apart", alike(2, 3, 5, span{0, 2}), 2, 3, 0},
	} {
		a := test.axis
		if a.turns() != test.turns || a.jump != test.jump || a.spans() != test.kept || (a.more == nil) != (test.turns == 1) || a.more != nil && a.more.n != 5 {
			t.Errorf("%s: %d turns, jump %d, %d spans kept: %+v %+v", test.name, a.turns(), a.jump, a.spans(), a, a.more)
		}
	}
}

// speeds are axes of n positions each at another speed, with so many turns.
func speeds(n int64, turns ...int64) (list []fieldAxis) {
	for i, count := range turns {
		list = append(list, newAxis(count, count*int64(i+2)+1, n, func(r int64) span { return span{r * r, r*r + 1} }))
	}
	return list
}

// TestAxisParts: parts at different speeds are kept up to a number of them, and up to so
// many turns in all where there are many positions.
func TestAxisParts(t *testing.T) {
	many := make([]int64, mostParts+1)
	for i := range many {
		many[i] = 1
	}
	for _, test := range []struct {
		name  string
		n     int64
		turns []int64
		count int64
		lost  bool
	}{
		{"2 and 3 turns", 9, []int64{2, 3}, 6, false},
		{"2 and 4 turns", 9, []int64{2, 4}, 4, false},
		{"1 and 5 turns", 9, []int64{1, 5}, 5, false},
		{"64 and 65 turns of few", 2 * mostTurns, []int64{64, 65}, mostTurns + 1, false},
		{"64 and 65 turns of many", 2*mostTurns + 1, []int64{64, 65}, mostTurns + 1, true},
		{"64 and 4096 turns of many", 2*mostTurns + 1, []int64{64, mostTurns}, mostTurns, false},
		{"63 and 65 turns of many", 2*mostTurns + 1, []int64{63, 65}, 63 * 65, false},
		{"as many parts as are kept", 9, many[1:], 1, false},
		{"one more", 9, many, 1, true},
	} {
		k := step{apart: true}
		a := k.together(speeds(test.n, test.turns...), test.n)
		if !a.isParted() || a.more.count != test.count || (k.loss.why == manySpeeds) != test.lost {
			t.Errorf("%s: %d turns, %q", test.name, a.more.count, k.loss.why)
		}
	}
	k := step{apart: true}
	a := k.together(speeds(9, 2, 3), 9)
	if got := a.spans(); got != 2+2+3 {
		t.Errorf("%d spans are kept", got)
	}
	f := Field{axes: [3]fieldAxis{a, speeds(9, 4)[0]}}
	if got := f.spans(); got != 7+4 {
		t.Errorf("%d spans are kept in all", got)
	}
	k = step{}
	parts := speeds(9, 2, 3)
	b := k.together(parts, 9)
	if want := parts[0].over(&k, 0, 8).union(parts[1].over(&k, 0, 8)); b.more != nil || b.one != want || b.jump != 0 {
		t.Errorf("not apart: %+v, want %v", b, want)
	}
}

// TestAxesInStep: at one speed as many turns are told apart as there may be; without
// memory for them each sees what all see.
func TestAxesInStep(t *testing.T) {
	one := fieldAxis{jump: 1, one: span{0, 3}}
	for _, test := range []struct {
		turns int64
		in    bool
	}{{3, true}, {mostTurns, true}, {mostTurns + 1, false}} {
		a := newAxis(test.turns, test.turns, 9, func(r int64) span { return span{r, r + r%3} })
		k := step{apart: true}
		if _, in := a.inStep(&k, &one, 9); in != test.in {
			t.Errorf("%d turns: in step is %v", test.turns, in)
		}
	}
	a := newAxis(3, 6, 9, func(r int64) span { return span{r, r + r*r} })
	b := newAxis(2, 4, 9, func(r int64) span { return span{-r, 9 * r} })
	k := step{}
	u, in := a.inStep(&k, &b, 9)
	all := nothing
	for o := range int64(6) {
		all = all.union(a.at(&k, o)).union(b.at(&k, o))
	}
	if !in || u.turns() != 6 || u.jump != 12 || u.one != all || u.spans() != 0 {
		t.Errorf("%v: %+v %+v, want %v", in, u, u.more, all)
	}
}

// TestUnordered: positions in no order can only be joined with such as see no more.
func TestUnordered(t *testing.T) {
	a, b := unordered(span{0, 3}, span{0, 20}), fieldAxis{jump: 1, one: span{0, 2}}
	everything := fieldAxis{one: span{-1, 30}}
	for _, test := range []struct {
		name string
		a, b *fieldAxis
		want *fieldAxis // nil: it is not followed
	}{
		{"itself", &a, &a, &a}, {"with another", &a, &b, nil}, {"another with it", &b, &a, nil},
		{"with what sees all", &a, &everything, &everything}, {"what sees all with it", &everything, &a, &everything},
	} {
		k := step{apart: true}
		u := test.a.union(&k, test.b, 0, 9)
		if lost := k.loss.why == meets; lost != (test.want == nil) || !lost && u != *test.want {
			t.Errorf("%s: %+v, %q", test.name, u, k.loss.why)
		}
	}
}

// TestPointField: an input has a field of up to three axes, and a vector none.
func TestPointField(t *testing.T) {
	for _, test := range []struct {
		shape layer.Shape
		rank  int
		lost  bool
	}{
		{layer.NewShape(5), 0, false}, {layer.NewShape(7, 5), 1, false}, {layer.NewShape(7, 7, 5), 2, false}, {layer.NewShape(7, 7, 7, 5), 3, false},
		{layer.NewShape(7, 7, 7, 7, 5), 0, true}, {layer.Tokens(7), 1, false},
	} {
		f := PointField(test.shape, 2)
		switch {
		case test.rank == 0 && !test.lost:
			if f != nil {
				t.Errorf("%s has a field", test.shape)
			}
		case f.isLost() != test.lost || len(f.Sizes()) != test.rank:
			t.Errorf("%s: %v, lost %v", test.shape, f.Sizes(), f.isLost())
		case test.lost:
			if why, at := f.Loss(); why != manyAxes || at != 2 {
				t.Errorf("%s is lost as it %s at %d", test.shape, why, at)
			}
		default:
			f.axes[0].one = span{-2, 4}
			if f.Beyond() {
				t.Errorf("%s: 7 of 7 is beyond", test.shape)
			}
			f.axes[0].one = span{-2, 5}
			if !f.Beyond() {
				t.Errorf("%s: 8 of 7 is not beyond", test.shape)
			}
		}
	}
}
