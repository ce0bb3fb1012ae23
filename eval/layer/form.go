package layer

import (
	"slices"

	"cnnl/eval/calc"
)

// One network can be written in many ways: average pooling over the whole image is
// global pooling, a convolution as large as its image a dense layer. A Form is the
// one spelling of all that is the same.

// A Form is a layer as it works, however it is written.
type Form struct {
	Kind *Kind
	Args Args  // in effect; nil: they could not be read
	Out  Shape // a tensor of one position as a vector; unknown: it could not be computed
}

// Squeezed is a tensor of one position as the vector of its channels, and any other
// as it is.
func (s Shape) Squeezed() Shape {
	if s.rank < 2 || s.tokens || slices.ContainsFunc(s.axes[:s.rank-1], func(n int64) bool { return n != 1 }) {
		return s
	}
	return NewShape(s.Channels())
}

// Forms are what the layer is in effect, c.Out given: nothing where it gives what it
// takes; several where it does what several others do, one after another; otherwise
// one. What does not follow without an input stays as it is written.
func (c *Call) Forms() []Form {
	out := c.Out.Squeezed()
	switch {
	case c.Args == nil:
		return []Form{{Kind: c.Kind, Out: out}}
	case !c.Out.Known() || c.Kind.Source || !c.In.Known():
		return []Form{{c.Kind, c.InEffect(), out}}
	case c.idle():
		return nil
	case c.Kind.Rows:
		return []Form{rowsForm(out)}
	case c.Kind.Plainer != nil:
		if plain, ok := c.Kind.Plainer(c); ok {
			return formsOf(plain)
		}
	}
	return []Form{{c.Kind, c.InEffect(), out}}
}

// Plain is a layer in plainer words: of which kind, with which arguments beside the
// kind's defaults, from which tensor to which.
type Plain struct {
	Kind    string
	Named   map[string]Arg
	In, Out Shape
}

func formsOf(plain []Plain) (forms []Form) {
	for i := range plain {
		p := &plain[i]
		c := Call{Kind: Find(p.Kind), In: p.In, Out: p.Out}
		c.Args = c.Kind.Defaults()
		for k := range c.Kind.Params {
			if a, ok := p.Named[c.Kind.Params[k].Name]; ok {
				c.Args[k] = a
			}
		}
		forms = append(forms, Form{c.Kind, c.InEffect(), p.Out})
	}
	return forms
}

// Try is the layer's output and how many parameters one use of it has; an unknown shape
// where it cannot be.
func (c *Call) Try() (out Shape, params int64) {
	c.Sheet = &calc.Sheet{Plain: true}
	if out = c.Run(); out.Known() {
		params = c.Params()
	}
	return out, params
}

// idle reports a layer that gives out the numbers that it takes.
func (c *Call) idle() bool {
	if len(c.With) > 0 || c.Kind.Learn != nil || c.In.Squeezed() != c.Out.Squeezed() {
		return false
	}
	switch {
	case c.Kind.Rows:
		return true
	case c.Kind.Order != nil:
		return slices.IsSorted(c.Kind.Order(c))
	case c.Kind.Window == nil || c.Kind.Work != nil:
		return false
	}
	for axis := range c.Out.Spatial() {
		if !c.Kind.Window(c, axis).Stays() {
			return false
		}
	}
	return c.Out.Spatial() == c.In.Spatial()
}

// rowsForm is every layer that only puts numbers into another shape.
func rowsForm(out Shape) Form {
	if out.Rank() == 1 {
		return Form{flatten, flatten.Defaults(), out}
	}
	return Form{reshape, Args{Num(out.Axes()...)}, out}
}

// plainerPool is a pooling over everything as global pooling, however that is
// written; on one position it does nothing.
func plainerPool(c *Call) (plain []Plain, ok bool) {
	if c.Out.Squeezed().Rank() > 1 {
		return nil, false
	}
	for axis := range c.Out.Spatial() {
		if w := c.Kind.Window(c, axis); w.Before != 0 || w.Step != 1 || w.Taps < c.In.At(axis) {
			return nil, false
		}
	}
	if c.In.Squeezed().Rank() == 1 {
		return nil, true
	}
	return []Plain{{c.Kind.Name, map[string]Arg{"global": On}, c.In, c.Out.Squeezed()}}, true
}

// plainerConv is a convolution as large as its image as what it is: all numbers in
// a row, and a dense layer.
func plainerConv(c *Call) (plain []Plain, ok bool) {
	if c.Out.Squeezed().Rank() > 1 || c.arg("groups").N[0] > 1 {
		return nil, false
	}
	effect := Call{Kind: c.Kind, In: c.In, Args: c.InEffect(), Out: c.Out}
	for axis := range c.In.Spatial() {
		if n := c.In.At(axis); effect.along("kernel", axis) != n || effect.reach(axis) != n-1 || effect.along("pad", axis) != 0 || effect.word("pad") != "" {
			return nil, false
		}
	}
	n, _ := c.In.Size()
	row := NewShape(n)
	if c.In.Squeezed().Rank() > 1 {
		plain = append(plain, Plain{Kind: "flatten", In: c.In, Out: row})
	}
	return append(plain, Plain{"dense", map[string]Arg{"units": *c.arg("filters"), "bias": *c.arg("bias")}, row, c.Out.Squeezed()}), true
}

// plainerDense is a dense layer at every position as a convolution of 1x1; on a
// vector it is one as any other.
func plainerDense(c *Call) (plain []Plain, ok bool) {
	n := c.In.Spatial()
	switch {
	case !c.is("each"), n > 3:
		return nil, false
	case c.In.Squeezed().Rank() == 1:
		return []Plain{{"dense", map[string]Arg{"units": *c.arg("units"), "bias": *c.arg("bias")}, c.In.Squeezed(), c.Out.Squeezed()}}, true
	}
	return []Plain{{"conv", map[string]Arg{"filters": *c.arg("units"), "kernel": Num(1), "bias": *c.arg("bias")}, c.In, c.Out}}, true
}
