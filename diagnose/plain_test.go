package diagnose_test

import (
	"fmt"
	"slices"
	"strings"
)

// Networks in a row as plain arithmetic, which knows nothing of the library.

// A layerOf is one line of a network as this test reads it.
type layerOf struct {
	kind, name                                string
	of                                        int // the layer whose weights it takes; -1: its own
	filters, k, stride, pad, dilation, groups int64
	bare, global                              bool // no biases; one window over all
}

// An imageOf is what goes in: h and w are 1 where it has no such side, and sides how many
// it has.
type imageOf struct {
	h, w, c, sides int64
}

var channelsOf = map[string]int64{"gray": 1, "rgb": 3, "cmyk": 4}

// readImage reads the line of the input; false: it is none that this test counts.
func readImage(words []string) (i imageOf, ok bool) {
	i = imageOf{h: 1, w: 1}
	switch n, _ := fmt.Sscanf(words[1], "%dx%dx%d", &i.h, &i.w, &i.c); {
	case n == 3:
		i.sides = 2
	case n == 2 && len(words) == 3 && words[2] == "sequence":
		i.c, i.w, i.sides = i.w, 1, 1
	case n == 2 && len(words) == 3:
		i.c, i.sides = channelsOf[words[2]], 2
	case n == 1 && len(words) == 2:
		i.c, i.h = i.h, 1
	}
	return i, i.c > 0
}

// readPlain reads networks of convolutions, poolings, batch normalization and dense layers
// in a row; false: it is none.
func readPlain(script string) (image imageOf, layers []layerOf, ok bool) {
	for line := range strings.Lines(script) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case words[0] == "input":
			if image, ok = readImage(words); !ok {
				return image, nil, false
			}
		default:
			l, ok := readLayer(words, layers)
			if !ok {
				return image, nil, false
			}
			layers = append(layers, l)
		}
	}
	return image, layers, ok
}

// plainKinds are the layers that this test counts, and how many values stand behind the
// name of each.
var plainKinds = map[string]struct {
	kind   string
	values int
}{
	"conv": {"conv", 2}, "depthwise": {"depthwise", 1}, "dense": {"dense", 1}, "maxpool": {"pool", 1}, "avgpool": {"pool", 1},
	"batchnorm": {"bn", 0}, "flatten": {"flatten", 0}, "relu": {"relu", 0},
}

func readLayer(words []string, before []layerOf) (l layerOf, ok bool) {
	known, ok := plainKinds[words[0]]
	l = layerOf{kind: known.kind, of: -1, stride: 1, dilation: 1, groups: 1}
	switch words = words[1:]; {
	case !ok:
		return l, false
	case len(words) == 1 && words[0] == "global":
		l.global = true
		return l, true
	case len(words) == 3 && words[1] == "=":
		at := slices.IndexFunc(before, func(b layerOf) bool { return b.name == words[2] })
		l, name := before[at], words[0]
		l.name, l.of = name, at
		return l, true
	case len(words) > 0:
		l.name, words = words[0], words[1:]
	}
	if len(words) < known.values {
		return l, false
	}
	values := words[:known.values]
	if l.kind == "conv" || l.kind == "dense" {
		fmt.Sscan(values[0], &l.filters)
		values = values[1:]
	}
	if len(values) > 0 {
		fmt.Sscanf(values[0], "%d", &l.k)
	}
	if l.kind == "pool" {
		l.stride = l.k
	}
	return l, l.options(words[known.values:])
}

// options reads what stands behind the values; false: this test does not know it.
func (l *layerOf) options(words []string) bool {
	for len(words) > 1 {
		n := map[string]*int64{"stride": &l.stride, "pad": &l.pad, "dilation": &l.dilation, "groups": &l.groups}[words[0]]
		switch {
		case words[0] == "no" && words[1] == "bias":
			l.bare = true
		case n == nil:
			return false
		default:
			fmt.Sscan(words[1], n)
		}
		words = words[2:]
	}
	return len(words) == 0
}

// A countOf is one layer while it is counted.
type countOf struct {
	*layerOf
	image  imageOf
	window int64 // weights of a window over one channel
	bias   int64 // 1: each filter has one
	c      int64 // channels that come in
	h, w   int64 // the sides that come in
	oh, ow int64 // and those that go out
	last   bool
}

// depth is how many channels a filter sees.
func (l *countOf) depth() int64 { return l.c / l.groups }

func (l *countOf) conv() bool { return l.kind == "conv" || l.kind == "depthwise" }

// learns reports a layer with filters or units.
func (l *countOf) learns() bool { return l.conv() || l.kind == "dense" }

func (l *countOf) weights() int64 { return l.window * l.depth() * l.filters }

// params is how many parameters the layer has.
func (l *countOf) params() int64 {
	switch {
	case l.kind == "bn":
		return 2 * l.c
	case l.learns():
		return l.weights() + l.bias*l.filters
	}
	return 0
}

// places is how many places a window has along a side of n.
func (l *countOf) places(n int64) int64 {
	return (n+2*l.pad-l.reach())/l.stride + 1
}

// reach is how many places a window spans.
func (l *countOf) reach() int64 { return (l.k-1)*l.dilation + 1 }

// slides reports a layer with a window that moves.
func (l *countOf) slides() bool { return (l.kind == "pool" || l.conv()) && !l.global }

// A holding is a mistake and the layers in which it is made.
type holding struct {
	*mistake
	kind  string // empty: all
	place int    // -1: all
}

func (m *mistake) everywhere() holding { return holding{m, "", -1} }

func (m *mistake) of(kind string) holding { return holding{m, kind, -1} }

func (m *mistake) at(place int) holding { return holding{m, "", place} }

func (h *holding) in(i int, l layerOf) bool {
	return (h.kind == "" || h.kind == l.kind) && (h.place < 0 || h.place == i)
}

// A counted is what somebody writes down of a network: the total, and of each layer its
// parameters and its size.
type counted struct {
	total int64
	lines []lineOf
}

type lineOf struct {
	params  int64
	h, w, c int64
}

// rules are how one layer is counted; those of no mistake are right.
func rules(i int, l layerOf, held []holding) mistake {
	r := mistake{
		size:  (*countOf).places,
		layer: (*countOf).params,
		depth: func(l *countOf) int64 {
			if l.learns() {
				return l.filters
			}
			return l.c
		},
		flat: func(h, w, c int64) int64 { return h * w * c },
		sum:  func(l *countOf) bool { return l.of < 0 },
	}
	for _, m := range held {
		if !m.in(i, l) {
			continue
		}
		if m.size != nil {
			r.size = m.size
		}
		if m.layer != nil {
			r.layer = m.layer
		}
		if m.depth != nil {
			r.depth = m.depth
		}
		if m.flat != nil {
			r.flat = m.flat
		}
		if m.sum != nil {
			r.sum = m.sum
		}
	}
	return r
}

// count counts a network with mistakes; false: nothing is left of the image, or what it
// comes to is none that can be counted.
func count(image imageOf, layers []layerOf, held ...holding) (n counted, ok bool) {
	h, w, c := image.h, image.w, image.c
	for i := range layers {
		copied := layers[i]
		l := countOf{layerOf: &copied, image: image, c: c, h: h, w: w, oh: h, ow: w, bias: 1, window: 1, last: i == len(layers)-1}
		if l.bare {
			l.bias = 0
		}
		switch {
		case l.kind == "depthwise":
			l.filters, l.groups = c, c
		case l.groups > 1 && c%l.groups != 0:
			return n, false
		}
		for range image.sides {
			if l.conv() {
				l.window *= l.k
			}
		}
		r := rules(i, layers[i], held)
		if l.slides() {
			if l.oh = r.size(&l, h); image.sides == 2 {
				l.ow = r.size(&l, w)
			}
		} else if l.global {
			l.oh, l.ow = 1, 1
		}
		if l.oh < 1 || l.ow < 1 {
			return n, false
		}
		params := r.layer(&l)
		if r.sum(&l) {
			n.total += params
		}
		if l.of >= 0 {
			params = 0 // it has none of its own
		}
		if c = r.depth(&l); l.kind == "flatten" {
			c, l.oh, l.ow = r.flat(h, w, c), 1, 1
		}
		if h, w = l.oh, l.ow; c < 1 || l.of >= 0 && l.c != layersIn(n, l.of, image) {
			return n, false
		}
		n.lines = append(n.lines, lineOf{params, h, w, c})
	}
	return n, true
}

// layersIn is how many channels came into a layer, which is what its weights are for.
func layersIn(n counted, i int, image imageOf) int64 {
	if i == 0 {
		return image.c
	}
	return n.lines[i-1].c
}
