package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"cnnl/eval/layer"
)

// A generator draws one network. What the program refuses is drawn again, so
// that all of a network's lines hold.
type generator struct {
	*rand.Rand
	against *framework
	kinds   []*layer.Kind
	blocks  []block
	assumed map[string]any // what layers that an assume reaches have for want of a word
	heads   string         // the script's first lines: assume and the blocks
	given   int
}

// How large a network gets. Real tensors go through it.
const (
	mostNumbers = 20_000
	mostParams  = 200_000
	mostMacs    = 4_000_000
	tries       = 12
)

// draw draws the network of a seed.
func draw(seed uint64, against *framework) sample {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0)), against: against, kinds: against.kinds()}
	if g.IntN(5) == 0 {
		g.assume()
	}
	s := g.grow(g.inputs(), 4+g.IntN(9), 2)
	return sample{Seed: seed, Script: g.heads + s.text, Ops: s.ops}
}

// pick chooses one of several.
func pick[T any](g *generator, from ...T) T { return from[g.IntN(len(from))] }

func (g *generator) name() string {
	g.given++
	return fmt.Sprintf("n%d", g.given)
}

// assume sets an option's default for the whole script.
func (g *generator) assume() {
	a := pick(g, arg{"bias", "no bias", false}, arg{"pad", "pad same", "same"}, arg{"stride", "stride 2", 2})
	if !g.against.lacks("conv", a) {
		g.heads, g.assumed = "assume "+a.text+"\n", map[string]any{a.name: a.value}
	}
}

// inputs begin a network.
func (g *generator) inputs() (s state) {
	for range 1 + g.IntN(5)/4 {
		form := pick(g, "image", "image", "image", "sequence", "sequence", "volume", "vector", "tokens")
		name := g.name()
		size, word := g.size(form)
		next := s.with("input "+name+" "+sized(size)+word, op{Kind: "input", Args: map[string]any{"size": size, "tokens": form == "tokens"}, In: []int{}, Owner: -1})
		next.names[name] = use{"input", len(s.ops), len(next.ops)}
		s, _ = g.hold(next)
	}
	return s
}

// size is an input's, with the word behind it.
func (g *generator) size(form string) (size []int, word string) {
	sides := func(most ...int) (list []int) {
		for _, m := range most {
			list = append(list, 1+g.IntN(m))
		}
		return list
	}
	switch form {
	case "volume":
		return sides(6, 8, 8, 4), ""
	case "sequence":
		return sides(24, 12), " sequence"
	case "vector":
		return sides(60), ""
	case "tokens":
		return sides(pick(g, []int{12}, []int{6, 8})...), " tokens"
	}
	return sides(18, 18, 8), ""
}

// hold asks the program whether a state stands, and sets the current shape. A
// row for each op is what the whole comparison goes by.
func (g *generator) hold(s state) (state, bool) {
	net, why := count(g.heads + s.text)
	if why != "" {
		return s, false
	}
	if len(net.Nodes) != len(s.ops) {
		return s, true // the comparison will tell
	}
	for i := range net.Nodes {
		r, o := &net.Nodes[i], &s.ops[i]
		if r.Activations > mostNumbers || r.PerUse > mostParams || r.Macs > mostMacs {
			return s, false
		}
		var ins []layer.Shape
		for _, in := range o.In {
			ins = append(ins, net.Nodes[in].Out)
		}
		if !g.against.fits(*o, ins...) || g.against.tiesAsIs && o.Owner >= 0 && net.Nodes[s.ops[o.Owner].In[0]].Out.Rank() != ins[0].Rank() {
			return s, false
		}
	}
	s.shape = net.Nodes[s.at].Out
	return s, true
}

// grow adds statements; braces nest so deep.
func (g *generator) grow(s state, statements, depth int) state {
	for range statements {
		for range tries {
			if next, ok := g.step(s, depth); ok {
				s = next
				break
			}
		}
	}
	return s
}

// step adds one statement, if it fits.
func (g *generator) step(s state, depth int) (state, bool) {
	switch choice := g.IntN(20); {
	case choice < 2:
		return g.tie(s)
	case choice == 2:
		return g.from(s)
	case choice < 6 && depth > 0:
		return g.branches(s, depth)
	case choice == 6 && depth > 0:
		return g.loop(s, depth)
	case choice == 7 && depth > 0:
		return g.defined(s)
	case choice == 8 && len(g.blocks) > 0:
		return g.called(s)
	}
	return g.layer(s)
}

// layer adds a layer of a random kind, with another tensor where it takes one.
func (g *generator) layer(s state) (state, bool) {
	kind := pick(g, g.kinds...)
	o, words, ok := g.of(kind, s.shape)
	if !ok {
		return s, false
	}
	o.In = []int{s.at}
	name, with := g.name(), ""
	for range g.beside(kind) {
		other, known := g.known(s)
		if !known {
			return s, false
		}
		with, o.In = with+" "+other, append(o.In, s.names[other].last())
	}
	if with != "" {
		with = " with" + with
	}
	next := s.with(kind.Name+" "+name+words+with, o)
	next.names[name] = use{kind.Name, len(s.ops), len(next.ops)}
	return g.hold(next)
}

// beside is how many further tensors a layer takes.
func (g *generator) beside(kind *layer.Kind) int {
	if kind.Merges {
		return 1 + g.IntN(2)
	}
	return kind.Beside.Min + g.IntN(kind.Beside.Max-kind.Beside.Min+1)
}

// of draws a layer of a kind, for an input; false where the framework does not
// have its values. Options that it does not have are left out.
func (g *generator) of(kind *layer.Kind, in layer.Shape) (o op, words string, ok bool) {
	o = op{Kind: kind.Name, Args: map[string]any{}, Owner: -1}
	for _, a := range g.arguments(kind, in) {
		if g.against.lacks(kind.Name, a) {
			if kind.Params[kind.Find(a.name)].Value {
				return o, "", false
			}
			continue
		}
		o.Args[a.name] = a.value
		words += " " + a.text
	}
	g.reach(kind, o.Args)
	return o, words, true
}

// reach adds what is assumed to a layer's arguments.
func (g *generator) reach(kind *layer.Kind, args map[string]any) {
	for name, value := range g.assumed {
		if _, given := args[name]; kind.Common && !given && kind.Find(name) >= 0 {
			args[name] = value
		}
	}
}

// known is the name of something that can be referred to.
func (g *generator) known(s state) (string, bool) {
	names := slices.Sorted(maps.Keys(s.names))
	if len(names) == 0 {
		return "", false
	}
	return pick(g, names...), true
}

// from goes on from another tensor.
func (g *generator) from(s state) (state, bool) {
	name, ok := g.known(s)
	if !ok {
		return s, false
	}
	next := s.with("from " + name)
	next.at = s.names[name].last()
	return g.hold(next)
}

// tie adds a layer, or a use of a block, that has another's parameters.
func (g *generator) tie(s state) (state, bool) {
	owner, ok := g.known(s)
	if !ok {
		return s, false
	}
	u, name := s.names[owner], g.name()
	kind := layer.Find(u.kind)
	if kind == nil {
		return g.tiedBlock(s, u, name, owner)
	}
	if kind.Merges || kind.Beside.Max > 0 || kind.Begins || kind.Source {
		return s, false
	}
	o := s.ops[u.first]
	o.Args, o.In, o.Owner, o.Turned = maps.Clone(o.Args), []int{s.at}, u.first, false
	line := kind.Name + " " + name + " = " + owner
	if turned := g.turned(kind); turned != nil && g.IntN(2) == 0 {
		o.Kind, o.Turned, line = turned.Name, true, turned.Name+" "+name+" = "+owner+" transposed"
		delete(o.Args, "bias")
		if o.Args["pad"] == "causal" { // is of a convolution only
			delete(o.Args, "pad")
		}
		g.reach(turned, o.Args)
	} else if g.IntN(3) == 0 && !g.against.tiesAsIs {
		line += g.change(kind, s.shape, o.Args)
	}
	next := s.with(line, o)
	next.names[name] = use{o.Kind, len(s.ops), len(next.ops)}
	return g.hold(next)
}

// turned is a kind that can use the weights of another turned round.
func (g *generator) turned(owner *layer.Kind) *layer.Kind {
	if g.against.tiesAsIs {
		return nil
	}
	for _, k := range g.kinds {
		if slices.Contains(k.Turns, owner.Name) {
			return k
		}
	}
	return nil
}

// change gives a tied layer an option of its own.
func (g *generator) change(kind *layer.Kind, in layer.Shape, args map[string]any) (words string) {
	for _, a := range g.arguments(kind, in) {
		if p := kind.Params[kind.Find(a.name)]; !p.Value && !p.Learned && !p.Alone && !g.against.lacks(kind.Name, a) {
			args[a.name] = a.value
			words += " " + a.text
		}
	}
	return words
}
