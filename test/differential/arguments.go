package main

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/eval/layer"
)

// An arg is one value or option: its words in the script, and what they mean:
// true or false, a number, a list of numbers, a word.
type arg struct {
	name, text string
	value      any
}

// arguments draws a kind's values and some of its options.
func (g *generator) arguments(kind *layer.Kind, in layer.Shape) (list []arg) {
	if alone := g.alone(kind, in); alone != nil {
		return alone
	}
	for i := range kind.Params {
		switch p := &kind.Params[i]; {
		case p.Alone, p.Instead:
		case p.Value, g.IntN(3) == 0, slices.Contains(g.against.always, kind.Name+"."+p.Name):
			list = append(list, g.argument(p, in))
		}
	}
	return list
}

// alone draws what stands in place of all values, or nothing.
func (g *generator) alone(kind *layer.Kind, in layer.Shape) (list []arg) {
	if g.IntN(3) > 0 {
		return nil
	}
	for i := range kind.Params {
		switch p := &kind.Params[i]; {
		case p.Alone && g.IntN(2) == 0:
			return []arg{g.argument(p, in)}
		case p.Instead && g.IntN(2) == 0:
			list = append(list, g.argument(p, in))
		}
	}
	return list
}

func (g *generator) argument(p *layer.Param, in layer.Shape) arg {
	if p.Type == layer.Flag {
		if p.Default.Same(layer.On) {
			return arg{p.Name, "no " + p.Name, false}
		}
		return arg{p.Name, p.Name, true}
	}
	text, value := g.value(p, in)
	if p.Off && (value == 0 || p.Type == layer.Choice && g.IntN(2) == 0) {
		return arg{p.Name, "no " + p.Name, 0}
	}
	if !p.Value {
		text = p.Name + " " + text
	}
	return arg{p.Name, text, value}
}

// value draws a value for an input.
func (g *generator) value(p *layer.Param, in layer.Shape) (string, any) {
	number := func() int { return int(p.Min) + min(g.IntN(4), g.IntN(6)) }
	if n := len(p.Words); n > 0 && (p.Type == layer.Choice || g.IntN(2) == 0) {
		word := pick(g, p.Words...)
		return word, word
	}
	switch p.Type {
	case layer.Rate, layer.Slope:
		return "0.25", 0.25
	case layer.List:
		return g.order(in.Rank())
	case layer.Ranges:
		return g.places()
	case layer.Extent:
		return g.extent(p, in)
	case layer.PerAxis:
		if axes := in.Spatial(); axes > 1 && g.IntN(2) == 0 {
			sides := make([]int, axes)
			for i := range sides {
				sides[i] = number()
			}
			return sized(sides), sides
		}
	}
	n := number()
	return strconv.Itoa(n), n
}

// extent is a size of all spatial axes, or, where channels belong to it, a
// whole shape that often has as many numbers as the input.
func (g *generator) extent(p *layer.Param, in layer.Shape) (string, any) {
	var sides []int
	for _, n := range in.Axes() {
		sides = append(sides, int(n))
	}
	if !p.Value {
		sides = sides[:in.Spatial()]
		for i := range sides {
			sides[i] = 1 + g.IntN(2*sides[i])
		}
	} else if g.IntN(2) == 0 {
		g.Shuffle(len(sides), func(i, j int) { sides[i], sides[j] = sides[j], sides[i] })
	} else if len(sides) > 1 {
		sides[1] *= sides[0]
		sides = sides[1:]
	}
	return sized(sides), sides
}

func (g *generator) order(rank int) (string, any) {
	order := g.Perm(rank)
	words := make([]string, rank)
	for i := range order {
		order[i]++
		words[i] = strconv.Itoa(order[i])
	}
	return strings.Join(words, " "), order
}

// places are what a slice picks: a range and, now and then, one more.
func (g *generator) places() (text string, value any) {
	first := 1 + g.IntN(3)
	last := first + g.IntN(4)
	text = strconv.Itoa(first) + ".." + strconv.Itoa(last)
	list := []int{}
	for i := first; i <= last; i++ {
		list = append(list, i)
	}
	if g.IntN(3) == 0 {
		text, list = text+" "+strconv.Itoa(last+2), append(list, last+2)
	}
	return text, list
}

// sized writes a size.
func sized(sides []int) string {
	words := make([]string, len(sides))
	for i, n := range sides {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, "x")
}

// numbers are those of an argument, one for each axis.
func numbers(value any, axes, otherwise int) []int {
	switch v := value.(type) {
	case []int:
		return v
	case int:
		return slices.Repeat([]int{v}, axes)
	}
	return slices.Repeat([]int{otherwise}, axes)
}
