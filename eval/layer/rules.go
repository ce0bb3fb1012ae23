package layer

import (
	"strings"

	"cnnl/eval/calc"
)

// A Rule is one calculation of a kind in words: the tree that gives the
// number, written with the names of its terms.
type Rule struct {
	What string // output height, weights, ...
	Rule string
	In   Shape // the input that it was taken from
}

// samples are inputs to show rules for, and the values to show them with.
var samples = []Shape{NewShape(32, 30, 8), NewShape(48, 8), NewShape(48), Tokens(48), NewShape(16, 14, 12, 8)}

// Rules shows a kind's rules for the first sample that it takes.
func (k *Kind) Rules() (rules []Rule) {
	if k.Source {
		return nil
	}
	for _, in := range samples {
		for _, with := range [...]Shape{in, turned(in)} {
			c := &Call{Kind: k, In: in, Args: k.sampleArgs(), Sheet: new(calc.Sheet)}
			if k.Merges || k.Beside.Min > 0 {
				c.With = []Shape{with}
			}
			if c.Run(); c.Fault == nil {
				return c.rules()
			}
		}
	}
	return nil
}

// turned is a shape with its last two axes swapped, as a product wants it.
func turned(s Shape) Shape {
	if n := s.Rank(); n > 1 {
		s.axes[n-1], s.axes[n-2] = s.axes[n-2], s.axes[n-1]
	}
	return s
}

// sampleArgs gives every value a number that fits most inputs.
func (k *Kind) sampleArgs() Args {
	args := k.Defaults()
	for i := range k.Params {
		p := &k.Params[i]
		switch {
		case p.Name == "groups" || p.Name == "dilation" || p.Name == "multiplier":
			args[i] = Num(2) // so that they show
		case !p.Value:
		case len(p.Words) > 0:
			args[i] = Arg{Word: uint8(1 + len(p.Words)/2)} // height, of the axes
		case p.Type == List:
			args[i] = Num(2, 1, 3)
		case p.Type == Ranges:
			args[i] = Num(1, 4)
		case p.Type == Rate:
			args[i] = Num(1, 2)
		case p.Type == Extent:
			args[i] = Num(16, 60, 8)
		default:
			args[i] = Num(2)
		}
	}
	return args
}

func (c *Call) rules() (rules []Rule) {
	add := func(what string, e calc.Expr) {
		if e.Present() {
			rules = append(rules, Rule{what, e.Names(), c.In})
		}
	}
	for i, e := range c.Axes() {
		add("output "+c.axisName(i), e)
	}
	var params calc.Expr
	for _, b := range c.Banks() {
		params = calc.Sum(params, b.Params())
	}
	add("parameters", params)
	if c.Kind.Stats != nil {
		add("running statistics", c.Kind.Stats(c))
	}
	add("multiply-accumulates", c.Macs())
	return rules
}

// Usage writes how a statement of the kind is built. What stands in place of
// the values, or alone, stands behind a |.
func (k *Kind) Usage() string {
	words, others := []string{k.Name, "[NAME]"}, ""
	for i := range k.Params {
		switch p := &k.Params[i]; {
		case p.Value:
			words = append(words, strings.ToUpper(p.Name))
		case p.Alone:
			others += " | " + p.usage()
		case p.Instead && strings.Contains(others, "|"):
			others += " " + p.usage()
		case p.Instead:
			others = " | " + p.usage()
		case k.Branch != "" && p.Name == k.Branch:
			words = append(words, "["+p.Name+" [{ ... }]]")
		default:
			words = append(words, "["+p.usage()+"]")
		}
	}
	return strings.Join(words, " ") + others + k.beside()
}

// usage writes one option, with a place for its value.
func (p *Param) usage() string {
	switch {
	case p.Type == Flag && p.Default.Len > 0 && p.Default.N[0] != 0:
		return "no " + p.Name
	case p.Type == Flag:
		return p.Name
	}
	return p.Name + " ..."
}

// beside writes the tensors that a kind takes beside the current one.
func (k *Kind) beside() string {
	switch names := "with" + strings.Repeat(" NAME", k.Beside.Max); {
	case k.Merges:
		return " with NAME..., or { ... } { ... }"
	case k.Beside.Max == 0:
		return ""
	case k.Beside.Min == 0:
		return " [" + names + "]"
	default:
		return " " + names
	}
}

// DefaultText writes what an option is where it is not given.
func (p *Param) DefaultText() string { return p.Text(p.Default) }

// Text writes an argument by itself: a flag as on or off, and one that is not
// there as nothing.
func (p *Param) Text(a Arg) string {
	switch {
	case p.Type == Flag && a.Len > 0 && a.N[0] != 0:
		return "on"
	case p.Type == Flag:
		return "off"
	case a.Len == 0 && a.Word == 0:
		return ""
	}
	return p.text(a)
}

// evenSame reports same padding that is as much on either side.
func (c *Call) evenSame() bool {
	s := c
	if c.Kind.strides != nil {
		s = c.Kind.strides(c)
	}
	for axis := range c.In.Spatial() {
		if s.along("stride", axis) != 1 || c.reach(axis)%2 != 0 || c.Kind.Name == "deconv" {
			return false
		}
	}
	return true
}

// InEffect are the arguments as they work, however they are written: a size
// with a side for every axis, no padding as 0, a pool's stride as its kernel.
func (c *Call) InEffect() Args {
	args := append(Args(nil), c.Args...)
	if c.Kind.strides != nil {
		args = append(Args(nil), c.Kind.strides(c).Args...)
	}
	for i := range args {
		p, a := &c.Kind.Params[i], &args[i]
		if p.Type != PerAxis {
			continue
		}
		switch {
		case a.Word > 0 && p.Words[a.Word-1] == "valid":
			*a = Num(0)
		case a.Word > 0 && p.Words[a.Word-1] == "same" && c.evenSame():
			for axis := range c.In.Spatial() {
				a.N[axis] = c.reach(axis) / 2
			}
			a.Word, a.Len = 0, uint8(c.In.Spatial())
		}
		if a.Len == 1 {
			n := a.N[0]
			for axis := range min(c.In.Spatial(), len(a.N)) {
				a.N[axis] = n
			}
			a.Len = uint8(max(c.In.Spatial(), 1))
		}
	}
	return args
}

// WithForm is a shape with its word: the image 120x120x4.
func WithForm(s Shape) string { return s.withForm() }
