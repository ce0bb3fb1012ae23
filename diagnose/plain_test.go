package diagnose_test

import (
	"fmt"
	"strings"
)

// Networks in a row and mistakes in them as plain arithmetic, which knows nothing of the
// library.

// A layerOf is one line of a network as this test reads it.
type layerOf struct {
	kind, name              string
	filters, k, stride, pad int64
}

// readPlain reads networks of convolutions, poolings and dense layers in a row; false:
// it is none.
func readPlain(script string) (input [3]int64, layers []layerOf, ok bool) {
	channels := map[string]int64{"gray": 1, "rgb": 3, "cmyk": 4}
	for line := range strings.Lines(script) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		l := layerOf{kind: words[0], stride: 1}
		switch {
		case words[0] == "input" && len(words) == 3 && channels[words[2]] > 0:
			fmt.Sscanf(words[1], "%dx%d", &input[0], &input[1])
			input[2] = channels[words[2]]
			continue
		case words[0] == "conv" && len(words) > 3 && words[2] != "=":
			l.name = words[1]
			fmt.Sscan(words[2], &l.filters)
			fmt.Sscanf(words[3], "%dx", &l.k)
			words = words[4:]
		case words[0] == "maxpool" || words[0] == "avgpool":
			if len(words) < 3 {
				return input, nil, false
			}
			fmt.Sscanf(words[2], "%dx", &l.k)
			l.kind, l.stride, words = "pool", l.k, words[3:]
		case words[0] == "dense" && len(words) == 3:
			l.name = words[1]
			fmt.Sscan(words[2], &l.filters)
			words = nil
		case words[0] == "flatten" || words[0] == "relu":
			words = nil
		default:
			return input, nil, false
		}
		for i := 0; i+1 < len(words); i += 2 {
			switch n := int64(0); words[i] {
			case "stride":
				fmt.Sscan(words[i+1], &l.stride)
			case "pad":
				fmt.Sscan(words[i+1], &l.pad)
			default:
				_ = n
				return input, nil, false
			}
		}
		layers = append(layers, l)
	}
	return input, layers, input[0] > 0
}

// A mistake is how somebody counts who makes it.
type mistake struct {
	name      string
	rate      float64 // how often it is behind a wrong answer, in percent
	catalogue []string
	size      func(n, k, s, p int64, pool bool) int64
	layer     func(k, c, f int64, conv bool) int64
	flat      func(h, w, c int64) int64
	sum       func(kind string, last bool) bool
}

func places(n, k, s, p int64, _ bool) int64 { return (n+2*p-k)/s + 1 }

var mistakes = []mistake{
	{name: "no biases", rate: 16, catalogue: []string{"M01"}, layer: func(k, c, f int64, conv bool) int64 { return weightsOf(k, c, conv) * f }},
	{name: "one bias", rate: 6, catalogue: []string{"M03"}, layer: func(k, c, f int64, conv bool) int64 { return weightsOf(k, c, conv)*f + 1 }},
	{name: "two biases", rate: 2, catalogue: []string{"M02"}, layer: func(k, c, f int64, conv bool) int64 { return (weightsOf(k, c, conv) + 2) * f }},
	{name: "flat filters", rate: 16, catalogue: []string{"M06"}, layer: func(k, c, f int64, conv bool) int64 {
		if conv {
			return (k*k + 1) * f
		}
		return (c + 1) * f
	}},
	{name: "no window", rate: 2, catalogue: []string{"M37"}, layer: func(_, c, f int64, _ bool) int64 { return (c + 1) * f }},
	{name: "same", rate: 6, catalogue: []string{"M13"}, size: func(n, k, s, p int64, pool bool) int64 {
		if pool {
			return places(n, k, s, p, pool)
		}
		return (n + s - 1) / s
	}},
	{name: "no padding", rate: 3.5, catalogue: []string{"M13"}, size: func(n, k, s, _ int64, pool bool) int64 { return places(n, k, s, 0, pool) }},
	{name: "no stride", rate: 5, catalogue: []string{"M12"}, size: func(n, k, _, p int64, pool bool) int64 { return places(n, k, 1, p, pool) }},
	{name: "rounded up", rate: 5, catalogue: []string{"M14"}, size: func(n, k, s, p int64, _ bool) int64 { return (n+2*p-k+s-1)/s + 1 }},
	{name: "no plus one", rate: 4, catalogue: []string{"M15"}, size: func(n, k, s, p int64, _ bool) int64 { return (n + 2*p - k) / s }},
	{name: "flat without channels", rate: 4, catalogue: []string{"M18", "M06"}, flat: func(h, w, _ int64) int64 { return h * w }},
	{name: "only channels", rate: 1.2, catalogue: []string{"M18", "M17"}, flat: func(_, _, c int64) int64 { return c }},
	{name: "only convolutions", rate: 2.5, catalogue: []string{"M28"}, sum: func(kind string, _ bool) bool { return kind == "conv" }},
	{name: "only dense", rate: 2, catalogue: []string{"M28"}, sum: func(kind string, _ bool) bool { return kind == "dense" }},
	{name: "without the last", rate: 2, catalogue: []string{"M28"}, sum: func(_ string, last bool) bool { return !last }},
}

func weightsOf(k, c int64, conv bool) int64 {
	if conv {
		return k * k * c
	}
	return c
}

// A holding is a mistake and the layers in which it is made.
type holding struct {
	*mistake
	in func(i int, l layerOf) bool
}

func (m *mistake) everywhere() holding {
	return holding{m, func(int, layerOf) bool { return true }}
}

func (m *mistake) of(kind string) holding {
	return holding{m, func(_ int, l layerOf) bool { return l.kind == kind }}
}

func (m *mistake) at(place int) holding {
	return holding{m, func(i int, _ layerOf) bool { return i == place }}
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
	r := mistake{size: places, flat: func(h, w, c int64) int64 { return h * w * c }, sum: func(string, bool) bool { return true },
		layer: func(k, c, f int64, conv bool) int64 { return (weightsOf(k, c, conv) + 1) * f }}
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
		if m.flat != nil {
			r.flat = m.flat
		}
		if m.sum != nil {
			r.sum = m.sum
		}
	}
	return r
}

// count counts a network with mistakes; false: nothing is left of the image.
func count(input [3]int64, layers []layerOf, held ...holding) (n counted, ok bool) {
	h, w, c := input[0], input[1], input[2]
	for i, l := range layers {
		r, params := rules(i, l, held), int64(0)
		switch l.kind {
		case "conv", "dense":
			params = r.layer(l.k, c, l.filters, l.kind == "conv")
			if r.sum(l.kind, i == len(layers)-1) {
				n.total += params
			}
			c = l.filters
		case "flatten":
			c, h, w = r.flat(h, w, c), 1, 1
		}
		if pool := l.kind == "pool"; pool || l.kind == "conv" {
			h, w = r.size(h, l.k, l.stride, l.pad, pool), r.size(w, l.k, l.stride, l.pad, pool)
		}
		if h < 1 || w < 1 {
			return n, false
		}
		n.lines = append(n.lines, lineOf{params, h, w, c})
	}
	return n, true
}
