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
	if got := longest([]span{{1, 2}, {4, 6}, {10, 12}}); got != (span{4, 6}) {
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
		most = max(most, w.size())
		if got := a.at(&k, o); got != w && !(got.empty() && w.empty()) {
			t.Fatalf("%s: position %d of %d sees %v, want %v (%+v %+v)", what, o, n, got, w, a, a.more)
		}
	}
	if got := a.most(); got.size() != most {
		t.Fatalf("%s: most is %v, want %d in length (%+v %+v)", what, got, most, a, a.more)
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
		u := a.union(&k, &b, n)
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
		u, next := a.union(&k, &b, n), a.through(&k, w, n)
		v := d.window()
		for v.Middle > 0 || v.Wrap > 0 {
			v = d.window()
		}
		third, both := next.through(&k, v, n), next.union(&k, &u, n)
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
