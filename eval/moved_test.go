package eval_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

// Receptive fields of positions that are moved: into rows, along other axes, into
// channels and out of them. As in field_test.go nothing here knows how the program
// follows them; only layers that see nothing beyond the border are drawn, so that a
// tensor is a list of positions.

// A moved tensor has what reaches each of its positions, row by row.
type moved struct {
	script   string
	sides    []int
	channels int
	at       []reached
}

func (t *moved) size() int { return product(t.sides) * t.channels }

func product(list []int) int {
	n := 1
	for _, i := range list {
		n *= i
	}
	return n
}

// place is the number of a position.
func place(sides, at []int) (n int) {
	for i, side := range sides {
		n = n*side + at[i]
	}
	return n
}

// placed are the axes of a position's number.
func placed(sides []int, n int) []int {
	at := make([]int, len(sides))
	for i := len(sides) - 1; i >= 0; i-- {
		at[i], n = n%sides[i], n/sides[i]
	}
	return at
}

// then is a tensor behind t, of whose positions each is computed of some of t's.
func (t *moved) then(script string, sides []int, channels int, of func(at []int) []int) *moved {
	next := &moved{script: t.script + "; " + script, sides: sides, channels: channels, at: make([]reached, product(sides))}
	for i := range next.at {
		for _, from := range of(placed(sides, i)) {
			next.at[i].join(t.at[from])
		}
	}
	return next
}

// numbers is a tensor that has the numbers of t in another order; from gives for each
// number of it which one of t it is.
func (t *moved) numbers(script string, sides []int, channels int, from func(n int) int) *moved {
	return t.then(script, sides, channels, func(at []int) (list []int) {
		first := place(sides, at) * channels
		for n := first; n < first+channels; n++ {
			list = append(list, from(n)/t.channels)
		}
		return list
	})
}

// along is a tensor that differs from t along one axis.
func (t *moved) along(script string, axis, n, channels int, of func(o int) []int) *moved {
	sides := slices.Clone(t.sides)
	sides[axis] = n
	return t.then(script, sides, channels, func(at []int) (list []int) {
		for _, o := range of(at[axis]) {
			from := slices.Clone(at)
			from[axis] = o
			list = append(list, place(t.sides, from))
		}
		return list
	})
}

var axesOf = [...][]string{1: {"length"}, 2: {"height", "width"}, 3: {"depth", "height", "width"}}

// only writes a number for one axis and another one for the rest.
func only(rank, axis, n, rest int) string {
	sides := slices.Repeat([]int{rest}, rank)
	sides[axis] = n
	return written(sides)
}

// reshape draws other axes for the same numbers.
func (d drawing) reshape(t *moved) *moved {
	left, sides := t.size(), []int{}
	for range d.between(1, 3) {
		var divisors []int
		for i := 1; i <= left; i++ {
			if left%i == 0 && i <= 24 {
				divisors = append(divisors, i)
			}
		}
		n := divisors[d.IntN(len(divisors))]
		if d.IntN(2) == 0 && len(sides) < len(t.sides) && left%t.sides[len(sides)] == 0 {
			n = t.sides[len(sides)]
		}
		sides, left = append(sides, n), left/n
	}
	return t.numbers(fmt.Sprintf("reshape %sx%d", written(sides), left), sides, left, func(n int) int { return n })
}

func (d drawing) permute(t *moved) *moved {
	old := append(slices.Clone(t.sides), t.channels)
	order := d.Perm(len(old))
	var axes []int
	script := "permute"
	for _, o := range order {
		axes = append(axes, old[o])
		script += fmt.Sprint(" ", o+1)
	}
	return t.numbers(script, axes[:len(axes)-1], axes[len(axes)-1], func(n int) int {
		from := make([]int, len(old))
		for i, at := range placed(axes, n) {
			from[order[i]] = at
		}
		return place(old, from)
	})
}

// oneAxis draws a layer that sees along one axis.
func (d drawing) oneAxis(t *moved) *moved {
	rank := len(t.sides)
	axis := d.IntN(rank)
	n := t.sides[axis]
	switch d.IntN(4) {
	case 0:
		by := d.between(2, 3)
		return t.along("upsample "+only(rank, axis, by, 1), axis, n*by, t.channels, func(o int) []int { return []int{o / by} })
	case 1:
		first, step := d.between(1, n), d.between(1, 2)
		return t.along(fmt.Sprintf("slice %s %d..%d step %d", axesOf[rank][axis], first, n, step), axis, (n-first)/step+1, t.channels, func(o int) []int { return []int{first - 1 + o*step} })
	case 2:
		by := d.between(1, 2)
		return t.along(fmt.Sprintf("concat along %s { } { upsample %s }", axesOf[rank][axis], only(rank, axis, by, 1)), axis, n+n*by, t.channels, func(o int) []int {
			if o >= n {
				o = (o - n) / by
			}
			return []int{o}
		})
	}
	k, s := d.between(1, min(n, 3)), d.between(1, 2)
	return t.along(fmt.Sprintf("conv 2 %s stride %s", only(rank, axis, k, 1), only(rank, axis, s, 1)), axis, (n-k)/s+1, 2, func(o int) (list []int) {
		for i := range k {
			list = append(list, o*s+i)
		}
		return list
	})
}

// everyone draws a layer in which every position sees all.
func (t *moved) everyone() *moved {
	return t.then("attention", t.sides, t.channels, func([]int) (list []int) {
		for i := range t.at {
			list = append(list, i)
		}
		return list
	})
}

// added draws a sum of t and what becomes of it in another order and back.
func (d drawing) added(t *moved) *moved {
	b := d.reshape(&moved{sides: t.sides, channels: t.channels, at: t.at, script: "identity"})
	if d.IntN(2) == 0 {
		b = d.oneAxis(b)
	}
	if b.size() != t.size() {
		return t
	}
	b = b.numbers(fmt.Sprintf("reshape %sx%d", written(t.sides), t.channels), t.sides, t.channels, func(n int) int { return n })
	sum := t.then(fmt.Sprintf("add { } { %s }", b.script), t.sides, t.channels, func(at []int) []int { return []int{place(t.sides, at)} })
	for i := range sum.at {
		sum.at[i].join(b.at[i])
	}
	return sum
}

// field is the size of what reaches the position that most inputs reach.
func (t *moved) field(rank int) []int64 {
	sizes := make([]int64, rank)
	for _, r := range t.at {
		for i := range sizes {
			if r.any {
				sizes[i] = max(sizes[i], int64(r.high[i]-r.low[i]+1))
			}
		}
	}
	return sizes
}

// TestFieldsOfMovedPositions: where the field of positions that were moved is followed,
// it is what reaches them.
func TestFieldsOfMovedPositions(t *testing.T) {
	const networks = 1500
	lost := 0
	for seed := range uint64(networks) {
		d := drawing{rand.New(rand.NewPCG(seed, 17))}
		sides := []int{[...]int{1, 2, 3, 4, 6}[d.IntN(5)], [...]int{2, 3, 4, 6}[d.IntN(4)]}[:d.between(1, 2)]
		x := &moved{sides: sides, channels: [...]int{1, 2, 3, 4, 6}[d.IntN(5)]}
		x.script = fmt.Sprintf("input %sx%d", written(sides), x.channels)
		if len(sides) == 1 {
			x.script += " sequence"
		}
		for i := range product(sides) {
			var at [2]int
			copy(at[:], placed(sides, i))
			x.at = append(x.at, reached{at, at, true})
		}
		for range d.between(1, 6) {
			next := x
			switch d.IntN(8) {
			case 0, 1, 2:
				next = d.reshape(x)
			case 3:
				next = d.permute(x)
			case 4:
				next = d.added(x)
			case 5:
				if d.IntN(3) == 0 {
					next = x.everyone()
				}
			default:
				next = d.oneAxis(x)
			}
			if next.size() <= 600 && slices.Max(next.sides) <= 60 {
				x = next
			}
		}
		net, _ := run(lang.NewSource("drawn", strings.ReplaceAll(x.script, "; ", "\n")), eval.Options{})
		if net.Failed {
			t.Fatalf("seed %d does not count: %s", seed, x.script)
		}
		got := net.Totals.Field.Sizes()
		if got == nil {
			lost++
			continue
		}
		if want := x.field(len(sides)); !slices.Equal(got, want) {
			t.Fatalf("seed %d: the field is %v, and %v are reached: %s", seed, got, want, x.script)
		}
	}
	t.Logf("%d of %d are not followed", lost, networks)
	if lost > networks/3 {
		t.Errorf("%d of %d are not followed", lost, networks)
	}
}
