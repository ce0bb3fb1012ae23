package layer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/calc"
)

// Kinds that put the input's numbers in another order or pick some:
// flatten, reshape, permute, slice.

var flatten = &Kind{
	Name:    "flatten",
	Doc:     "all numbers in a row",
	Example: "flatten",
	Params:  []Param{{Name: "sequence", Doc: "puts the positions in a row and keeps the channels", Type: Flag, Said: "position by position, the channels kept"}},
	Tensors: Tensors{Ids: true},
	Output: func(c *Call) {
		if c.is("sequence") && c.In.Rank() > 1 && !c.In.IsTokens() {
			c.Axis(c.positions(c.In, TermInput))
			c.Axis(c.channels())
			return
		}
		c.Axis(c.elements())
	},
	Positions: Positions{Rows: true},
	Standing:  Standing{Free: true},
}

// anyRank is what reshape and permute take: up to MaxAxes axes.
var anyRank = Range{0, MaxAxes - 1}

var reshape = &Kind{
	Name:     "reshape",
	Doc:      "the same numbers in another shape",
	Example:  "reshape 16x64x3",
	Params:   []Param{{Name: "size", Doc: "the new shape, up to eight axes, channels last", Type: Extent, Value: true, Min: 1, Shown: Num(16, 60, 8)}},
	Sentence: func(c *Call) string { return "the same numbers as " + c.written("size") },
	Takes:    anyRank,
	Tensors:  Tensors{Ids: true},
	Output: func(c *Call) {
		size := c.arg("size")
		sides := size.Sides()
		for _, n := range sides {
			c.Axis(c.Sheet.Measure("size", "", n))
		}
		have, _ := c.In.Size()
		if want, fits := NewShape(sides...).Size(); !fits || want != have {
			c.Refuse(Fault{Param: "size", Summary: "reshape keeps the number of elements",
				Detail: fmt.Sprintf("the input %s has %s = %d, %s has %d", c.In, c.elements(), have, size.numbers(), want), Hint: "the product of its sides is that number"})
		}
	},
	Positions: Positions{Keeps: "with a size for positions it keeps some", Rows: true},
	Standing:  Standing{Free: true},
}

var permute = &Kind{
	Name:     "permute",
	Doc:      "the axes in another order",
	Example:  "permute 2 1 3",
	Params:   []Param{{Name: "order", Doc: "for each axis of the output the number of the input's, from 1", Type: List, Value: true, Min: 1, Shown: Num(2, 1, 3)}},
	Sentence: func(c *Call) string { return "the axes in the order " + c.written("order") },
	Takes:    anyRank,
	Tensors:  Tensors{Ids: true},
	Output: func(c *Call) {
		order := c.arg("order").Sides()
		sorted := slices.Sorted(slices.Values(order))
		for i, n := range sorted {
			if n != int64(i)+1 || len(sorted) != c.In.Rank() {
				c.Refuse(Fault{Param: "order", Summary: "permute names every axis once", Detail: fmt.Sprintf("the input %s has the axes 1 to %d, found %s", c.In, c.In.Rank(), joinInts(order, " "))})
				return
			}
		}
		for _, n := range order {
			c.Axis(c.size(int(n) - 1))
		}
	},
	Positions: Positions{Order: func(c *Call) []int64 { return c.arg("order").Sides() }},
	Standing:  Standing{Free: true},
}

var slice = &Kind{
	Name:    "slice",
	Doc:     "picks places of an axis",
	Example: "slice height 1..16",
	Params: []Param{
		{Name: "axis", Doc: "the axis to pick from", Type: Choice, Value: true, Words: axisWords, Shown: Arg{Word: 3}},
		{Name: "places", Doc: "numbers and ranges, from 1", Type: Ranges, Value: true, Min: 1, Shown: Num(1, 4)},
		{Name: "step", Doc: "of a range every so many", Type: Count, Min: 1, Default: Num(1), Said: "every %s"},
	},
	Sentence: func(c *Call) string { return "the places " + c.written("places") + " along the " + c.written("axis") },
	Tensors:  Tensors{Ids: true},
	Output: func(c *Call) {
		axis, ok := c.sliced()
		if !ok {
			return
		}
		for i := range c.In.Rank() {
			if i == axis {
				c.Axis(c.picked())
			} else {
				c.Axis(c.size(i))
			}
		}
	},
	Window: sliceWindow,
}

// sliced finds the axis to pick from and checks the places.
func (c *Call) sliced() (axis int, ok bool) {
	for axis = range c.In.Rank() {
		if c.In.axisName(axis) == c.word("axis") {
			break
		}
	}
	if c.In.axisName(axis) != c.word("axis") {
		c.Refuse(Fault{Param: "axis", Summary: "there is no " + c.word("axis") + " to pick from", Detail: "the input is " + c.In.WithForm()})
		return 0, false
	}
	places := c.arg("places").Sides()
	for i := 0; i < len(places); i += 2 {
		switch from, to := places[i], places[i+1]; {
		case to < from:
			c.Refuse(Fault{Param: "places", Summary: fmt.Sprintf("the range %d..%d is empty", from, to), Hint: "a range runs from the smaller to the larger", Instead: turnedRanges(places)})
			return 0, false
		case to > c.In.At(axis):
			c.Refuse(Fault{Param: "places", Summary: fmt.Sprintf("there is no place %d", to), Detail: fmt.Sprintf("the input %s has %d along its %s", c.In, c.In.At(axis), c.word("axis"))})
			return 0, false
		}
	}
	return axis, true
}

// turnedRanges are ranges as they are written, each from its smaller end.
func turnedRanges(places []int64) []string {
	var ranges []string
	for i := 0; i < len(places); i += 2 {
		from, to := min(places[i], places[i+1]), max(places[i], places[i+1])
		text := strconv.FormatInt(from, 10)
		if from < to {
			text += ".." + strconv.FormatInt(to, 10)
		}
		ranges = append(ranges, text)
	}
	return []string{strings.Join(ranges, " ")}
}

// picked is how many places are picked: of a range floor((last - first)/step) + 1.
func (c *Call) picked() (n calc.Expr) {
	for r := range c.arg("places").pairs() {
		one := c.Sheet.Const(1)
		if r[0] == r[1] {
			n = calc.Sum(n, one)
			continue
		}
		span := c.Sheet.Measure("last place", "", r[1]).Minus(c.Sheet.Measure("first place", "", r[0]))
		n = calc.Sum(n, span.FloorOver(c.count("step")).Plus(one))
	}
	return n
}

// sliceWindow is the view of a slice: what it picks may be an even row of places,
// however that is written.
func sliceWindow(c *Call, axis int) Window {
	if c.In.axisName(axis) != c.word("axis") {
		return ownPlace
	}
	first, stride, even := c.placesInRow()
	return Window{Taps: 1, Step: 1, Before: 1 - first, Stride: stride, Across: 1, Uneven: !even}
}

// placesInRow are the first place that a slice picks and how far the next ones lie
// behind each other; false: not all so far.
func (c *Call) placesInRow() (first, stride int64, even bool) {
	places, step := c.arg("places"), c.arg("step").N[0]
	if ranges := places.Sides(); len(ranges) == 2 {
		return ranges[0], step, true
	}
	even = true
	next := func(by int64) {
		if stride == 0 {
			stride = by
		}
		even = even && by == stride && by > 0
	}
	var last int64 // none yet
	for r := range places.pairs() {
		if last == 0 {
			first = r[0]
		} else {
			next(r[0] - last)
		}
		if last = r[0] + (r[1]-r[0])/step*step; last != r[0] {
			next(step)
		}
	}
	return first, max(stride, 1), even
}
