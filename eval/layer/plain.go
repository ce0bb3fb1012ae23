package layer

import (
	"iter"
	"slices"
)

// Arguments as plain data, for whoever writes them down or builds the layer in
// another tool.

// Plain is an argument's value as a bool, an int64, a float64, a string, a list
// of numbers, or, of Ranges, a list of pairs; nil where there is none.
func (p *Param) Plain(a Arg) any {
	switch {
	case a.Word > 0:
		return p.Words[a.Word-1]
	case p.Type == Flag:
		return a.Len > 0 && a.N[0] != 0
	case a.Len == 0:
		return nil
	case p.Type == Choice:
		return false // turned off by no
	case p.Type == Rate, p.Type == Slope:
		return float64(a.N[0]) / float64(a.N[1])
	case p.Type == Count, p.Type == PerAxis && a.Len == 1:
		return a.N[0]
	case p.Type == Ranges:
		return slices.Collect(a.pairs())
	}
	return append([]int64{}, a.Sides()...)
}

// pairs yields the first and the last number of each range.
func (a *Arg) pairs() iter.Seq[[2]int64] {
	return func(yield func([2]int64) bool) {
		for sides := a.Sides(); len(sides) > 1; sides = sides[2:] {
			if !yield([2]int64{sides[0], sides[1]}) {
				return
			}
		}
	}
}

// Filled are the arguments with options that nobody gave and that are then as a
// value: the stride of a pool is its kernel.
func (c *Call) Filled() Args { return c.filled().Args }
