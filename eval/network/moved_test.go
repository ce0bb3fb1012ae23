package network_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/internal/golden"
	"cnnl/lang"
)

// Receptive fields of positions that are moved: into rows, along other axes, into
// channels and out of them, behind each other. As in the tests of fields that stay in
// place, nothing here knows how the program follows them: a tensor is a list of
// positions, and of each is kept what reaches it.

// A reached is which inputs reach a position: the first and the last along each
// axis. Those between are taken to, as by the program.
type reached struct {
	low, high [3]int
	any       bool
	beyond    bool // it is computed of a position that there is not, or that no input reaches
}

func (r *reached) join(s reached) {
	s.beyond = s.beyond || r.beyond
	switch {
	case !s.any:
		r.beyond = s.beyond
	case !r.any:
		*r = s
	default:
		for i := range r.low {
			r.low[i], r.high[i] = min(r.low[i], s.low[i]), max(r.high[i], s.high[i])
		}
		r.beyond = s.beyond
	}
}

// A moved tensor has what reaches each of its positions, row by row.
type moved struct {
	name     string
	sides    []int
	channels int
	at       []reached
}

func (t *moved) size() int { return product(t.sides) * t.channels }

// sees is what reaches the position, where there is one.
func (t *moved) sees(at []int) reached {
	for i, side := range t.sides {
		if at[i] < 0 || at[i] >= side {
			return reached{beyond: true}
		}
	}
	return t.at[place(t.sides, at)]
}

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

func written(sides []int) string {
	words := []string{}
	for _, n := range sides {
		words = append(words, fmt.Sprint(n))
	}
	return strings.Join(words, "x")
}

var axesOf = [...][]string{1: {"length"}, 2: {"height", "width"}, 3: {"depth", "height", "width"}}

// only writes a number for one axis and another one for the rest.
func only(rank, axis, n, rest int) string {
	sides := slices.Repeat([]int{rest}, rank)
	sides[axis] = n
	return written(sides)
}

// A drawing draws a network, a layer behind any of those before.
type drawing struct {
	*rand.Rand
	lines []string
	made  []*moved
}

func (d *drawing) between(low, high int) int { return low + d.IntN(high-low+1) }

// then adds a layer to the network. Behind it each position is computed of what of
// gives.
func (d *drawing) then(t *moved, script string, sides []int, channels int, of func(at []int) reached) *moved {
	kind, rest, _ := strings.Cut(script, " ")
	next := &moved{name: fmt.Sprintf("t%d", len(d.made)), sides: sides, channels: channels, at: make([]reached, product(sides))}
	if t != d.made[len(d.made)-1] {
		d.lines = append(d.lines, "from "+t.name)
	}
	d.lines = append(d.lines, strings.TrimSpace(kind+" "+next.name+" "+rest))
	for i := range next.at {
		next.at[i] = of(placed(sides, i))
	}
	d.made = append(d.made, next)
	return next
}

// numbers adds one that has the numbers of t in another order; from gives for each
// number of it which one of t it is.
func (d *drawing) numbers(t *moved, script string, sides []int, channels int, from func(n int) int) *moved {
	return d.then(t, script, sides, channels, func(at []int) (r reached) {
		first := place(sides, at) * channels
		for n := first; n < first+channels; n++ {
			r.join(t.at[from(n)/t.channels])
		}
		return r
	})
}

// along adds a layer that sees along one axis. Where it does more than to move positions,
// what it looks at and nothing reaches is taken to lie beyond the border.
func (d *drawing) along(t *moved, script string, axis, n, channels int, shift bool, of func(o int) []int) *moved {
	sides := slices.Clone(t.sides)
	sides[axis] = n
	return d.then(t, script, sides, channels, func(at []int) (r reached) {
		at = slices.Clone(at)
		for _, o := range of(at[axis]) {
			at[axis] = o
			s := t.sees(at)
			s.beyond = s.beyond || !s.any && !shift
			r.join(s)
		}
		return r
	})
}

func (d *drawing) reshape(t *moved, sides []int) *moved {
	channels := t.size() / product(sides)
	return d.numbers(t, fmt.Sprintf("reshape %sx%d", written(sides), channels), sides, channels, func(n int) int { return n })
}

// sides draws other axes for the numbers of a tensor.
func (d *drawing) sides(t *moved) (sides []int) {
	left := t.size()
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
	return sides
}

func (d *drawing) permute(t *moved) *moved {
	old := append(slices.Clone(t.sides), t.channels)
	order := d.Perm(len(old))
	var axes []int
	script := "permute"
	for _, o := range order {
		axes = append(axes, old[o])
		script += fmt.Sprint(" ", o+1)
	}
	return d.numbers(t, script, axes[:len(axes)-1], axes[len(axes)-1], func(n int) int {
		from := make([]int, len(old))
		for i, at := range placed(axes, n) {
			from[order[i]] = at
		}
		return place(old, from)
	})
}

// oneAxis draws a layer that sees along one axis.
func (d *drawing) oneAxis(t *moved) *moved {
	rank := len(t.sides)
	axis := d.IntN(rank)
	n, name := t.sides[axis], axesOf[rank][axis]
	switch d.IntN(6) {
	case 0:
		by := d.between(2, 3)
		return d.along(t, "upsample "+only(rank, axis, by, 1), axis, n*by, t.channels, false, func(o int) []int { return []int{o / by} })
	case 1:
		first, last, step := d.between(1, n), n, d.between(1, 2)
		if step == 1 {
			last = d.between(first, n)
		}
		return d.sliced(t, fmt.Sprintf("slice %s %d..%d step %d", name, first, last, step), axis, first-1, (last-first)/step+1, step)
	case 2:
		before, after := d.between(0, 2), d.between(0, 2)
		if before+after == 0 {
			after = 1
		}
		return d.along(t, fmt.Sprintf("zeropad before %s after %s", only(rank, axis, before, 0), only(rank, axis, after, 0)), axis, n+before+after, t.channels, true, func(o int) []int { return []int{o - before} })
	case 3:
		if n%2 == 0 { // as many on both sides
			return d.sliced(t, "crop "+only(rank, axis, 1, 0), axis, 1, max(n-2, 1), 1)
		}
	}
	k, s := d.between(1, min(n, 3)), d.between(1, 2)
	return d.along(t, fmt.Sprintf("conv 2 %s stride %s", only(rank, axis, k, 1), only(rank, axis, s, 1)), axis, (n-k)/s+1, 2, k == 1 && s == 1, func(o int) (list []int) {
		for i := range k {
			list = append(list, o*s+i)
		}
		return list
	})
}

// sliced adds a layer that takes some positions.
func (d *drawing) sliced(t *moved, script string, axis, first, n, step int) *moved {
	if strings.HasPrefix(script, "crop") && t.sides[axis] < 3 {
		return t
	}
	return d.along(t, script, axis, n, t.channels, step == 1, func(o int) []int { return []int{first + o*step} })
}

// everyone draws a layer in which every position sees all of a tensor.
func (d *drawing) everyone(t, other *moved) *moved {
	all, script := reached{}, "attention"
	if other != t {
		script += " with " + other.name
		for _, r := range other.at {
			all.join(r)
		}
	} else {
		for _, r := range t.at {
			all.join(r)
		}
	}
	return d.then(t, script, t.sides, t.channels, func(at []int) reached {
		r := t.at[place(t.sides, at)]
		r.join(all)
		return r
	})
}

// token puts a position in front that no input reaches. Where all see the same it is
// taken to see that, too.
func (d *drawing) token(t *moved) *moved {
	if len(t.sides) != 1 {
		return t
	}
	alike := t.alike(0, []int{0})
	return d.then(t, "token", []int{t.sides[0] + 1}, t.channels, func(at []int) reached {
		if at[0] == 0 {
			return reached{beyond: alike}
		}
		return t.at[at[0]-1]
	})
}

// constant draws a tensor that no input reaches, of the axes of t but for one.
func (d *drawing) constant(t *moved) *moved {
	sides := slices.Clone(t.sides)
	sides[d.IntN(len(sides))] = d.between(1, 4)
	x := &moved{name: fmt.Sprintf("t%d", len(d.made)), sides: sides, channels: t.channels, at: make([]reached, product(sides))}
	d.lines = append(d.lines, fmt.Sprintf("param %s %sx%d", x.name, written(sides), x.channels))
	d.made = append(d.made, x)
	return x
}

// added draws the sum of a tensor and another one of as many numbers, or of one
// position along some axes.
func (d *drawing) added(t, other *moved) *moved {
	switch axis := d.IntN(len(t.sides)); {
	case slices.Equal(other.sides, t.sides) && d.IntN(2) == 0:
		p := d.between(1, t.sides[axis])
		other = d.sliced(other, fmt.Sprintf("slice %s %d..%d", axesOf[len(t.sides)][axis], p, p), axis, p-1, 1, 1)
	case other.size() == t.size():
		other = d.reshape(other, t.sides)
	}
	if len(other.sides) != len(t.sides) || other.channels != t.channels {
		return t
	}
	sides := slices.Clone(t.sides)
	for i, n := range other.sides {
		if n != t.sides[i] && n != 1 && t.sides[i] != 1 {
			return t
		}
		sides[i] = max(n, t.sides[i])
	}
	return d.then(t, "add with "+other.name, sides, t.channels, func(at []int) reached {
		r := t.stretched(at)
		r.join(other.stretched(at))
		return r
	})
}

// stretched is what reaches the position, or the one that stands for all along an axis.
func (t *moved) stretched(at []int) reached {
	from := slices.Clone(at)
	for i, n := range t.sides {
		from[i] = min(from[i], n-1)
	}
	return t.at[place(t.sides, from)]
}

// joined draws two tensors behind each other.
func (d *drawing) joined(t, other *moved) *moved {
	rank := len(t.sides)
	axis := d.IntN(rank)
	if other == t {
		other = d.along(t, "upsample "+only(rank, axis, 2, 1), axis, 2*t.sides[axis], t.channels, false, func(o int) []int { return []int{o / 2} })
	}
	if len(other.sides) != rank || other.channels != t.channels {
		return t
	}
	for i, n := range other.sides {
		if n != t.sides[i] && i != axis {
			return t
		}
	}
	sides, n := slices.Clone(t.sides), t.sides[axis]
	sides[axis] += other.sides[axis]
	return d.then(t, fmt.Sprintf("concat along %s with %s", axesOf[rank][axis], other.name), sides, t.channels, func(at []int) reached {
		from, beside := t, other
		if at = slices.Clone(at); at[axis] >= n {
			at[axis] -= n
			from, beside = other, t
		}
		r := from.at[place(from.sides, at)]
		r.beyond = r.beyond || !r.any && beside.alike(axis, at)
		return r
	})
}

// alike reports a line of positions that all see the same. One beside them that no input
// reaches is taken to see that, too.
func (t *moved) alike(axis int, at []int) bool {
	at = slices.Clone(at)
	var some reached
	fuzzy := false
	for at[axis] = range t.sides[axis] {
		switch r := t.at[place(t.sides, at)]; {
		case !r.any || r.beyond:
			fuzzy = fuzzy || r.any || r.beyond
		case !some.any:
			some = r
		case r != some:
			return false
		}
	}
	return some.any || fuzzy
}

// multiplied draws a matrix product: of the last axis each position sees its own row of
// t and all rows of the other tensor; of those before, its own place of both.
func (d *drawing) multiplied(t, other *moved) *moved {
	if other.size() == t.size() && d.IntN(2) == 0 {
		other = d.reshape(other, t.sides)
	}
	last := len(t.sides) - 1
	if len(other.sides) != len(t.sides) || other.channels != t.channels {
		return t
	}
	for i, n := range other.sides[:last] {
		if n != t.sides[i] && n != 1 {
			return t
		}
	}
	return d.then(t, "matmul transpose with "+other.name, t.sides, other.sides[last], func(at []int) reached {
		r := t.at[place(t.sides, at)]
		from := slices.Clone(at)
		for i, n := range other.sides {
			from[i] = min(from[i], n-1)
		}
		for from[last] = range other.sides[last] {
			r.join(other.at[place(other.sides, from)])
		}
		return r
	})
}

// field is the size of what reaches the position that most inputs reach.
func (t *moved) field(rank int) (sizes []int64, beyond bool) {
	sizes = make([]int64, rank)
	for _, r := range t.at {
		for i := range sizes {
			if r.any {
				sizes[i] = max(sizes[i], int64(r.high[i]-r.low[i]+1))
			}
		}
		beyond = beyond || r.beyond
	}
	return sizes, beyond
}

// drawMoved draws a network of an input of up to three axes.
func drawMoved(seed uint64) *drawing {
	d := &drawing{Rand: rand.New(rand.NewPCG(seed, 17))}
	sides := []int{[...]int{1, 2, 3, 4, 6}[d.IntN(5)], [...]int{2, 3, 4, 6}[d.IntN(4)], d.between(2, 3)}[:d.between(1, 3)]
	x := &moved{name: "input", sides: sides, channels: [...]int{1, 2, 3, 4, 6}[d.IntN(5)]}
	line := fmt.Sprintf("input %sx%d", written(sides), x.channels)
	if len(sides) == 1 {
		line += " sequence"
	}
	for i := range product(sides) {
		var at [3]int
		copy(at[:], placed(sides, i))
		x.at = append(x.at, reached{at, at, true, false})
	}
	d.lines, d.made = []string{line}, []*moved{x}
	for range d.between(1, 6) {
		t := d.made[len(d.made)-1]
		if d.IntN(6) == 0 {
			t = d.made[d.IntN(len(d.made))]
		}
		if t.size() > 600 || slices.Max(t.sides) > 60 {
			break
		}
		other := d.made[d.IntN(len(d.made))]
		if d.IntN(8) == 0 {
			other = d.constant(t)
			if d.IntN(2) == 0 {
				t, other = other, t
			}
		}
		switch d.IntN(12) {
		case 0, 1, 2:
			d.reshape(t, d.sides(t))
		case 3:
			d.permute(t)
		case 4, 5:
			d.added(t, other)
		case 6:
			if d.IntN(3) == 0 {
				d.everyone(t, other)
			}
		case 7:
			d.joined(t, other)
		case 8:
			d.token(t)
		case 9:
			d.multiplied(t, other)
		default:
			d.oneAxis(t)
		}
	}
	return d
}

// TestFieldsOfMovedPositions: where the field of positions that were moved is followed,
// each of them sees what reaches it, and the figure is that of the one that sees most.
func TestFieldsOfMovedPositions(t *testing.T) {
	const networks = 20_000
	why, followed, inPlace := map[string]int{}, 0, 0
	for seed := range uint64(networks) {
		d := drawMoved(seed)
		script := strings.Join(d.lines, "\n") + "\n"
		file, diags := lang.Parse(lang.NewSource("drawn", script), lang.Limits{})
		net, more := eval.Run(file, eval.Options{})
		if net.Failed || len(net.Nodes) != len(d.made) {
			t.Fatalf("seed %d does not count: %v %v\n%s", seed, diags, more, script)
		}
		rank := len(d.made[0].sides)
		for i, x := range d.made {
			f, out := net.Nodes[i].Field, net.Nodes[i].Out
			switch {
			case f == nil && slices.ContainsFunc(x.at, func(r reached) bool { return r.any }):
				t.Fatalf("seed %d, %s has no field", seed, x.name)
			case f == nil:
				continue
			case f.InPlace():
				inPlace++
			}
			if f.Lost() {
				reason, _ := f.Loss()
				why[reason]++
				continue
			}
			followed++
			if err := holds(f, out, x, rank); err != "" {
				t.Fatalf("seed %d, %s: %s\n%s", seed, x.name, err, script)
			}
		}
	}
	golden.File(t, "testdata/followed.txt", told(followed, inPlace, why))
}

// told says how many fields were followed, and why the others were not.
func told(followed, inPlace int, why map[string]int) string {
	lines := []string{fmt.Sprintf("%6d followed\n", followed), fmt.Sprintf("%6d of them in place\n", inPlace)}
	for reason, n := range why {
		lines = append(lines, fmt.Sprintf("%6d %s\n", n, reason))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// holds compares the field of a tensor with what reaches it.
func holds(f *network.Field, out layer.Shape, x *moved, rank int) string {
	for p, r := range x.at {
		at := placed(x.sides, p)
		seen, loose, any := f.PositionSees(out, at)
		for i := range rank {
			s, want := seen[i], network.Span{Low: r.low[i], High: r.high[i]}
			switch {
			case !r.any:
				if any && !r.beyond && loose == [3]bool{} {
					return fmt.Sprintf("position %v sees %v, and nothing reaches it", at, seen[:rank])
				}
			case loose[i]:
				if want.High-want.Low > s.High {
					return fmt.Sprintf("position %v sees %d along axis %d, and %v reach it", at, s.High+1, i, want)
				}
			case s != want && !(r.beyond && s.Low <= want.Low && s.High >= want.High):
				return fmt.Sprintf("position %v sees %v along axis %d, and %v reach it", at, s, i, want)
			}
		}
	}
	got := f.Sizes()
	want, beyond := x.field(rank)
	for i := range rank {
		if got[i] < want[i] || got[i] > want[i] && !beyond {
			return fmt.Sprintf("the field is %v, and %v are reached", got, want)
		}
	}
	return ""
}
