package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cnnl/eval/layer"
)

// A block is one of the script's own; its first layer has the block's value
// as its own first.
type block struct {
	name  string
	ops   []op
	value string // the name of that first value
}

func (g *generator) tiedBlock(s state, u use, name, owner string) (state, bool) {
	ops := again(s.ops[u.first:u.end], u.first, s.ops[u.first].In[0], len(s.ops), s.at)
	for i := range ops {
		ops[i].Owner, ops[i].Turned = u.first+i, false
	}
	next := s.with(u.kind+" "+name+" = "+owner, ops...)
	next.names[name] = use{u.kind, len(s.ops), len(next.ops)}
	return g.hold(next)
}

// branches adds a merge of two or three branches, each from the tensor before.
func (g *generator) branches(s state, depth int) (state, bool) {
	kind := pick(g, g.kinds...)
	for !kind.Merges {
		kind = pick(g, g.kinds...)
	}
	o, words, ok := g.of(kind, s.shape)
	if !ok {
		return s, false
	}
	name := g.name()
	line, next := kind.Name+" "+name+words, s
	for range 2 + g.IntN(2) {
		branch := g.branch(s, g.IntN(3), depth-1)
		line += " {\n" + branch.text[len(s.text):] + "}"
		place := len(next.ops)
		next.ops = append(slices.Clip(next.ops), again(branch.ops[len(s.ops):], len(s.ops), s.at, place, s.at)...)
		o.In = append(o.In, shifted(branch.at, len(s.ops), place))
		next.names = maps.Clone(next.names)
		for n, u := range branch.names {
			next.names[n] = use{u.kind, shifted(u.first, len(s.ops), place), shifted(u.end-1, len(s.ops), place) + 1}
		}
	}
	next = next.with(line, o)
	next.names[name] = use{kind.Name, len(next.ops) - 1, len(next.ops)}
	return g.hold(next)
}

// shifted is an op's place after those from first on have moved.
func shifted(i, first, place int) int {
	if i >= first {
		return i - first + place
	}
	return i
}

// branch draws one branch; some begin with a layer that takes no tensor.
func (g *generator) branch(s state, statements, depth int) state {
	for _, k := range g.kinds {
		if k.Begins && g.IntN(8) == 0 {
			if o, words, ok := g.of(k, s.shape); ok {
				o.In = []int{}
				if begun, ok := g.hold(s.with(k.Name+words, o)); ok {
					return begun
				}
			}
		}
	}
	return g.grow(s, statements, depth)
}

// loop adds statements that are run several times. What is named in them has
// numbers afterwards.
func (g *generator) loop(s state, depth int) (state, bool) {
	outside := s
	outside.names = maps.Clone(s.names)
	maps.DeleteFunc(outside.names, func(_ string, u use) bool { return u.last() == s.at }) // so that only the first turn takes that tensor
	body := g.grow(outside, 1+g.IntN(3), depth-1)
	turn := body.ops[len(s.ops):]
	if len(turn) == 0 {
		return s, false
	}
	times := 1 + g.IntN(3)
	next, at := s, body.at
	next.ops = body.ops
	for range times - 1 {
		place := len(next.ops)
		entry := at
		at = shifted(body.at, len(s.ops), place)
		if body.at < len(s.ops) {
			at = body.at
		}
		next.ops = append(slices.Clip(next.ops), again(turn, len(s.ops), s.at, place, entry)...)
	}
	head := pick(g, fmt.Sprintf("repeat %d {", times), fmt.Sprintf("for i in 1..%d {", times))
	next = next.with(head + "\n" + body.text[len(s.text):] + "}")
	next.at = at
	return g.hold(next)
}

// defined writes a block and uses it.
func (g *generator) defined(s state) (state, bool) {
	kind := pick(g, g.kinds...)
	if kind.Params == nil || !kind.Params[0].Value || kind.Params[0].Type != layer.Count || kind.Beside.Min > 0 {
		return s, false
	}
	o, words, ok := g.of(kind, s.shape)
	first := kind.Params[0].Name
	value, hasValue := o.Args[first].(int)
	if !ok || !hasValue {
		return s, false
	}
	o.In = []int{s.at}
	begun := s.with(kind.Name+words, o)
	begun.names = map[string]use{}
	begun, ok = g.hold(begun)
	if !ok {
		return s, false
	}
	body := g.grow(begun, 1+g.IntN(3), 1)
	if body.at != len(body.ops)-1 || strings.Contains(body.text[len(s.text):], "from ") {
		return s, false
	}
	lines := strings.Replace(body.text[len(s.text):], fmt.Sprintf(" %d", value), " $width", 1)
	b := block{fmt.Sprintf("b%c", 'a'+len(g.blocks)), again(body.ops[len(s.ops):], len(s.ops), s.at, 0, -1), first}
	heads := g.heads
	g.heads += "block " + b.name + "(width) {\n" + lines + "}\n"
	if next, ok := g.call(s, b, value); ok {
		g.blocks = append(g.blocks, b)
		return next, true
	}
	g.heads = heads
	return s, false
}

// called uses a block once more, with another value.
func (g *generator) called(s state) (state, bool) {
	return g.call(s, pick(g, g.blocks...), 1+g.IntN(6))
}

func (g *generator) call(s state, b block, value int) (state, bool) {
	ops := again(b.ops, 0, -1, len(s.ops), s.at)
	ops[0].Args = maps.Clone(ops[0].Args)
	ops[0].Args[b.value] = value
	name := g.name()
	next := s.with(fmt.Sprintf("%s %s %d", b.name, name, value), ops...)
	next.names[name] = use{b.name, len(s.ops), len(next.ops)}
	return g.hold(next)
}
