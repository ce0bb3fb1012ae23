package eval_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
)

// Receptive fields held to a network of numbers: a mark is put on every input
// position, and what reaches a position is asked of each layer by what it computes.
// Nothing here knows how the program follows fields.

// A reached is which inputs reach a position: the first and the last along each
// axis. Those between are taken to, as by the program.
type reached struct {
	low, high [2]int
	any       bool
}

func (r *reached) join(s reached) {
	switch {
	case !s.any:
	case !r.any:
		*r = s
	default:
		for i := range r.low {
			r.low[i], r.high[i] = min(r.low[i], s.low[i]), max(r.high[i], s.high[i])
		}
	}
}

// A tensor of a drawn network. As a field is not cut at the border, the input goes
// on there, and with it every tensor: a position may be any.
type tensor struct {
	script   string
	sides    []int
	channels int
	reach    func(at [2]int) reached
	memo     map[[2]int]reached
}

func (t *tensor) at(at [2]int) reached {
	if r, ok := t.memo[at]; ok {
		return r
	}
	r := t.reach(at)
	t.memo[at] = r
	return r
}

// each calls f for every position that there is.
func (t *tensor) each(f func(at [2]int)) {
	for y := range t.sides[0] {
		if len(t.sides) == 1 {
			f([2]int{y})
			continue
		}
		for x := range t.sides[1] {
			f([2]int{y, x})
		}
	}
}

// everything is what reaches any position.
func (t *tensor) everything() (all reached) {
	t.each(func(at [2]int) { all.join(t.at(at)) })
	return all
}

// field is the size of what reaches the position that most inputs reach, along each
// axis.
func (t *tensor) field() []int64 {
	sizes := make([]int64, len(t.sides))
	t.each(func(at [2]int) {
		if r := t.at(at); r.any {
			for i := range sizes {
				sizes[i] = max(sizes[i], int64(r.high[i]-r.low[i]+1))
			}
		}
	})
	return sizes
}

// then is a tensor behind t. Along each axis, looks gives the positions of t that
// position o is computed of.
func (t *tensor) then(script string, sides []int, channels int, looks func(axis, o int) []int) *tensor {
	next := &tensor{script: script, sides: sides, channels: channels, memo: map[[2]int]reached{}}
	next.reach = func(at [2]int) (r reached) {
		columns := []int{0}
		if len(sides) == 2 {
			columns = looks(1, at[1])
		}
		for _, y := range looks(0, at[0]) {
			for _, x := range columns {
				r.join(t.at([2]int{y, x}))
			}
		}
		return r
	}
	return next
}

// everywhere is a tensor all of whose positions are reached by the same.
func (t *tensor) everywhere(script string, all reached) *tensor {
	return &tensor{script: script, sides: t.sides, channels: t.channels, memo: map[[2]int]reached{}, reach: func([2]int) reached { return all }}
}

// TestFieldsOfDrawnNetworks: the receptive field of drawn networks is what is
// reached; hardly any is not followed.
func TestFieldsOfDrawnNetworks(t *testing.T) {
	const networks = 500
	lost := 0
	for seed := range uint64(networks) {
		d := drawing{rand.New(rand.NewPCG(seed, 13))}
		sides := []int{d.between(4, 24)}
		if seed%2 == 0 {
			sides = append(sides, d.between(4, 24))
		}
		input := &tensor{sides: sides, channels: 4, memo: map[[2]int]reached{}, reach: func(at [2]int) reached { return reached{at, at, true} }}
		script := "input " + written(sides) + "x4"
		if len(sides) == 1 {
			script += " sequence"
		}
		last := d.grow(input, d.between(2, 8), 2)
		script += "\n" + strings.ReplaceAll(last.script, "; ", "\n") + "\n"
		net := counted(t, script, eval.Options{})
		if net.Failed {
			t.Fatalf("seed %d does not count:\n%s", seed, script)
		}
		got := net.Totals.Field.Sizes()
		if got == nil {
			t.Logf("seed %d: %s", seed, net.FieldLost())
			lost++
			continue
		}
		if out := net.Nodes[net.Good-1].Out; out.Spatial() != len(last.sides) || written(last.sides) != written(ints(out.Axes()[:out.Spatial()])) {
			t.Fatalf("seed %d: the test took %v for %v\n%s", seed, last.sides, out, script)
		}
		if want := last.field(); !slices.Equal(got, want) {
			t.Fatalf("seed %d: the field is %v, and %v are reached\n%s", seed, got, want, script)
		}
	}
	t.Logf("%d of %d are not followed", lost, networks)
	if lost > networks/20 {
		t.Errorf("%d of %d are not followed", lost, networks)
	}
}

func ints(list []int64) (out []int) {
	for _, n := range list {
		out = append(out, int(n))
	}
	return out
}
