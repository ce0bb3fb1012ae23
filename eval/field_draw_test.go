package eval_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// A drawing draws one network.
type drawing struct{ *rand.Rand }

func (d drawing) between(low, high int) int { return low + d.IntN(high-low+1) }

// sized maps sides.
func sized(sides []int, f func(axis, n int) int) (out []int) {
	for i, n := range sides {
		out = append(out, f(i, n))
	}
	return out
}

func written(sides []int) string {
	words := []string{}
	for _, n := range sides {
		words = append(words, fmt.Sprint(n))
	}
	return strings.Join(words, "x")
}

// pair draws a number for each axis.
func (d drawing) pair(t *tensor, low, high int) []int {
	return sized(t.sides, func(int, int) int { return d.between(low, high) })
}

func floorDiv(a, b int) int { return int(math.Floor(float64(a) / float64(b))) }
func ceilDiv(a, b int) int  { return -floorDiv(-a, b) }

// window draws a layer that looks at k places, the first at o·stride - pad.
func (d drawing) window(t *tensor) *tensor {
	k, s, pad, dilation := d.pair(t, 1, 4), d.pair(t, 1, 3), d.pair(t, 0, 2), d.pair(t, 1, 3)
	sides := sized(t.sides, func(i, n int) int { return floorDiv(n+2*pad[i]-dilation[i]*(k[i]-1)-1, s[i]) + 1 })
	words := fmt.Sprintf(" %s stride %s pad %s dilation %s", written(k), written(s), written(pad), written(dilation))
	switch d.IntN(4) {
	case 0: // the odd place behind
		sides = sized(t.sides, func(i, n int) int { return ceilDiv(n, s[i]) })
		pad = sized(t.sides, func(i, n int) int { return max((sides[i]-1)*s[i]+dilation[i]*(k[i]-1)+1-n, 0) / 2 })
		words = fmt.Sprintf(" %s stride %s pad same dilation %s", written(k), written(s), written(dilation))
	case 1:
		if len(t.sides) == 1 {
			sides, pad = []int{ceilDiv(t.sides[0], s[0])}, []int{dilation[0] * (k[0] - 1)}
			words = fmt.Sprintf(" %d stride %d pad causal dilation %d", k[0], s[0], dilation[0])
		}
	}
	kind := "conv 4"
	if !strings.Contains(words, "causal") {
		kind = [...]string{"conv 4", "depthwise", "maxpool", "separable 4"}[d.IntN(4)]
	}
	if kind == "maxpool" {
		for i := range pad {
			if pad[i] > dilation[i]*(k[i]-1) {
				kind = "conv 4"
			}
		}
	}
	channels := 4
	if kind == "depthwise" || kind == "maxpool" {
		channels = t.channels
	}
	return t.then(kind+words, sides, channels, func(axis, o int) (list []int) {
		for tap := range k[axis] {
			list = append(list, o*s[axis]-pad[axis]+tap*dilation[axis])
		}
		return list
	})
}

// spread draws a transposed convolution: input i goes to i·stride - pad + tap.
func (d drawing) spread(t *tensor) *tensor {
	k, s, pad, dilation := d.pair(t, 1, 4), d.pair(t, 1, 3), d.pair(t, 0, 1), d.pair(t, 1, 2)
	words := fmt.Sprintf("deconv 4 %s stride %s pad %s dilation %s", written(k), written(s), written(pad), written(dilation))
	sides := sized(t.sides, func(i, n int) int { return (n-1)*s[i] - 2*pad[i] + dilation[i]*(k[i]-1) + 1 })
	if d.IntN(2) == 0 {
		k, dilation = sized(k, func(i, n int) int { return max(n, s[i]) }), sized(k, func(int, int) int { return 1 })
		words = fmt.Sprintf("deconv 4 %s stride %s pad same", written(k), written(s))
		pad = sized(k, func(i, n int) int { return (n - s[i]) / 2 })
		sides = sized(t.sides, func(i, n int) int { return n * s[i] })
	}
	return t.then(words, sides, 4, func(axis, o int) (list []int) {
		for tap := range k[axis] {
			if from := o + pad[axis] - tap*dilation[axis]; from%s[axis] == 0 {
				list = append(list, from/s[axis])
			}
		}
		return list
	})
}

// resize draws an upsampling or a pooling to a size.
func (d drawing) resize(t *tensor) *tensor {
	to := sized(t.sides, func(_, n int) int { return d.between(1, 2*n) })
	words := " to " + written(to)
	if d.IntN(2) == 0 {
		by := d.pair(t, 1, 3)
		to = sized(t.sides, func(i, n int) int { return n * by[i] })
		words = " " + written(by)
	}
	kind := [...]string{"upsample", "nearest", "bilinear", "bicubic", "area", "avgpool"}[d.IntN(6)]
	script := "upsample" + words + " " + kind
	switch kind {
	case "upsample":
		script = "upsample" + words
	case "avgpool":
		script = "avgpool to " + written(to)
	}
	return t.then(script, to, t.channels, func(axis, o int) (list []int) {
		n, to := t.sides[axis], to[axis]
		switch kind {
		case "area", "avgpool": // all that are covered
			for i := floorDiv(o*n, to); i < ceilDiv((o+1)*n, to); i++ {
				list = append(list, i)
			}
		case "bilinear":
			return blended(o, n, to, 1)
		case "bicubic":
			return blended(o, n, to, 2)
		default:
			return []int{floorDiv(o*n, to)}
		}
		return list
	})
}

// blended are the positions around o, in the middle of its part of n, so many on
// each side; where it lies on one, that is all.
func blended(o, n, to, around int) (list []int) {
	twice := (2*o+1)*n - to // 2·to times the place
	first := floorDiv(twice, 2*to)
	if twice == first*2*to {
		return []int{first}
	}
	for i := first - around + 1; i <= first+around; i++ {
		list = append(list, i)
	}
	return list
}

// move draws a layer that moves positions, or makes channels of some.
func (d drawing) move(t *tensor) *tensor {
	by := d.pair(t, 1, 2)
	switch d.IntN(5) {
	case 0:
		return t.then("zeropad "+written(by), sized(t.sides, func(i, n int) int { return n + 2*by[i] }), t.channels, func(axis, o int) []int { return []int{o - by[axis]} })
	case 1:
		return t.then("crop "+written(by), sized(t.sides, func(i, n int) int { return n - 2*by[i] }), t.channels, func(axis, o int) []int { return []int{o + by[axis]} })
	case 2:
		fits := sized(t.sides, func(i, n int) int { return n % by[i] })
		if slices.Max(fits) > 0 {
			return d.window(t)
		}
		channels := t.channels
		for _, n := range by {
			channels *= n
		}
		return t.then("pixelunshuffle "+written(by), sized(t.sides, func(i, n int) int { return n / by[i] }), channels, func(axis, o int) (list []int) {
			for i := range by[axis] {
				list = append(list, o*by[axis]+i)
			}
			return list
		})
	case 3:
		if len(t.sides) == 1 {
			break
		}
		turned := t.then("permute 2 1 3", []int{t.sides[1], t.sides[0]}, t.channels, nil)
		turned.reach = func(at [2]int) reached { return t.at([2]int{at[1], at[0]}) }
		return turned
	}
	axis, name := len(t.sides)-1, "width"
	if axis == 0 {
		name = "length"
	}
	step, first := d.between(1, 2), d.between(1, 3)
	last := t.sides[axis]
	if first > last {
		return d.window(t)
	}
	sides := slices.Clone(t.sides)
	sides[axis] = (last-first)/step + 1
	return t.then(fmt.Sprintf("slice %s %d..%d step %d", name, first, last, step), sides, t.channels, func(a, o int) []int {
		if a == axis {
			o = first - 1 + o*step
		}
		return []int{o}
	})
}

// look draws an attention.
func (d drawing) look(t *tensor) *tensor {
	part := d.pair(t, 2, 4)
	size := written(part)
	switch d.IntN(4) {
	case 0:
		return t.everywhere("attention", t.everything())
	case 1: // in a row and back
		return t.everywhere(fmt.Sprintf("flatten sequence; attention; reshape %sx%d", written(t.sides), t.channels), t.everything())
	case 2:
		shift := d.pair(t, 0, 1)
		return t.then(fmt.Sprintf("attention window %s shift %s", size, written(shift)), t.sides, t.channels, func(axis, o int) (list []int) {
			n := part[axis]
			first := floorDiv(o-shift[axis], n)*n + shift[axis]
			if n >= t.sides[axis] {
				first, n = 0, t.sides[axis]
			}
			for i := range n {
				list = append(list, first+i)
			}
			return list
		})
	}
	return t.then("attention grid "+size, t.sides, t.channels, func(axis, o int) (list []int) {
		apart := ceilDiv(t.sides[axis], part[axis])
		for i := range min(part[axis], t.sides[axis]) {
			list = append(list, o-floorDiv(o, apart)*apart+i*apart)
		}
		return list
	})
}

// merge draws branches of one size.
func (d drawing) merge(t *tensor, depth int) *tensor {
	a, b := d.grow(t, d.between(0, 3), depth-1), d.grow(t, d.between(0, 3), depth-1)
	if len(a.sides) != len(b.sides) {
		return t
	}
	if from, to := b.sides, a.sides; !slices.Equal(from, to) { // brought to one size, at another speed mostly
		b = b.then(b.script+"; upsample to "+written(to), to, b.channels, func(axis, o int) []int { return []int{floorDiv(o*from[axis], to[axis])} })
	}
	kind := [...]string{"add", "mul", "max"}[d.IntN(3)]
	a, b = d.channels(a, 4), d.channels(b, 4)
	script := fmt.Sprintf("%s { %s } { %s }", kind, a.script, b.script)
	u := &tensor{script: script, sides: a.sides, channels: 4, memo: map[[2]int]reached{}}
	everything := a.everything()
	everything.join(b.everything())
	var everywhere [2]bool // who sees all of the other's sees no more beyond the border
	for i := range u.sides {
		everywhere[i] = a.covers(i, everything) || b.covers(i, everything)
	}
	u.reach = func(at [2]int) reached {
		r := a.at(at)
		r.join(b.at(at))
		for i := range u.sides {
			if everywhere[i] && r.any {
				r.low[i], r.high[i] = everything.low[i], everything.high[i]
			}
		}
		return r
	}
	return u
}

// covers reports that every position of t, beyond the border too, sees all of what
// is reached, along an axis.
func (t *tensor) covers(axis int, all reached) bool {
	covers := true
	alike := func(at [2]int) {
		r := t.at(at)
		covers = covers && r.any && r.low[axis] == all.low[axis] && r.high[axis] == all.high[axis]
	}
	t.each(alike)
	for i := range t.sides {
		for o := -32; covers && o < 48; o++ {
			var at [2]int
			at[i] = o
			alike(at)
		}
	}
	return covers
}

func (d drawing) channels(t *tensor, n int) *tensor {
	next := *t
	next.script, next.channels = t.script+fmt.Sprintf("; dense %d each", n), n
	return &next
}

// grow draws so many layers behind t; what gets too large or too small is left out.
func (d drawing) grow(t *tensor, layers, depth int) *tensor {
	begin := *t
	begin.script = "identity"
	t = &begin
	for range layers {
		var next *tensor
		switch choice := d.IntN(12); {
		case choice < 4:
			next = d.window(t)
		case choice < 6:
			next = d.spread(t)
		case choice < 8:
			next = d.resize(t)
		case choice < 9:
			next = d.move(t)
		case choice < 10:
			next = d.look(t)
		case depth > 0:
			next = d.merge(t, depth)
		default:
			next = t.then("relu; layernorm", t.sides, t.channels, func(_, o int) []int { return []int{o} })
		}
		if slices.Min(next.sides) < 1 || slices.Max(next.sides) > 64 {
			continue
		}
		next.script = t.script + "; " + next.script
		t = next
	}
	return t
}
