package eval

import (
	"slices"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// Where references lead: to layers, into blocks, to the turns of loops.

// places finds the layers that a reference names, where a layer is wanted
// and no number; false where there is none, which is told.
func (m *machine) places(r *lang.Ref, many bool) ([]place, bool) {
	if r.Head.Text == "in" && len(r.Path) == 0 && m.block != nil {
		return []place{{m.in, none}}, true
	}
	g := m.meaning(r)
	if g == nil {
		return nil, false
	}
	places, rest, ok := m.locate(r, g, many)
	if ok && len(rest) > 0 {
		written := m.Text(lang.Span{Start: r.Span.Start, End: stepStart(rest[0])})
		m.errorf(lang.Naming, r.Span, "expected the name of a layer alone", "found "+lang.Quote(m.Text(r.Span)), "write "+written, lang.Edit{Span: r.Span, Text: written})
		return nil, false
	}
	return places, ok
}

// stepStart is where a step begins, its dot or bracket included.
func stepStart(s lang.Step) int {
	if s.Index != nil {
		return s.Index.From.Span().Start - 1
	}
	return s.Attr.At - 1
}

// locate follows a path into blocks and through the turns of loops, to one
// layer or, with many, to several. What it leaves of the path are properties.
func (e *environment) locate(r *lang.Ref, g *given, many bool) (places []place, rest []lang.Step, ok bool) {
	return e.follows(r, g, r.Path, many)
}

func (e *environment) follows(r *lang.Ref, g *given, path []lang.Step, many bool) (places []place, rest []lang.Step, ok bool) {
	places = []place{g.place}
	if len(path) > 0 && path[0].Index != nil {
		if g.turns == nil {
			e.noProperty(r, path[0], nil, r.Head.Text)
			return nil, nil, false
		}
		if places, ok = e.turnsOf(r, g, path[0].Index, many); !ok {
			return nil, nil, false
		}
		path = path[1:]
	}
	if len(path) == 0 || path[0].Index != nil || slices.Contains(network.Properties, path[0].Attr.Text) {
		return places, path, true
	}
	return e.inside(r, places, path, many)
}

// inside follows a path on into each of some uses of blocks.
func (e *environment) inside(r *lang.Ref, uses []place, path []lang.Step, many bool) (places []place, rest []lang.Step, ok bool) {
	rest = path
	for _, p := range uses {
		if p.group == none {
			return uses, path, true
		}
		inner := e.within(p.group, path[0].Attr.Text)
		if inner == nil || inner.state == unset {
			e.noLayerWithin(p.group, path[0])
		}
		if inner == nil || inner.state != set {
			return nil, nil, false
		}
		found, left, ok := e.follows(r, inner, path[1:], many)
		if !ok {
			return nil, nil, false
		}
		places, rest = append(places, found...), left
	}
	return places, rest, true
}

// turnsOf picks one or several of the layers that a loop has named.
func (e *environment) turnsOf(r *lang.Ref, g *given, item *lang.Item, many bool) ([]place, bool) {
	from := e.calc.Value(&item.From)
	to := from
	span := item.From.Span()
	if item.To != nil {
		to = e.calc.Value(item.To)
		span.End = item.To.Span().End
	}
	switch {
	case !from.Known() || !to.Known():
		return nil, false
	case item.To != nil && !many:
		e.errorf(lang.Argument, span, "one layer is wanted here, not several", "found "+lang.Quote(e.Text(span)), "")
		return nil, false
	case many && item.To != nil && from.IsWhole() && to.IsWhole() && from.Num >= 1 && to.Num == from.Num-1 && to.Num <= int64(len(g.turns)):
		return nil, true // an empty range is nothing, as in a loop
	case !from.IsWhole() || !to.IsWhole() || from.Num < 1 || to.Num > int64(len(g.turns)) || to.Num < from.Num:
		found := "found " + from.String()
		if item.To != nil {
			found += ".." + to.String()
		}
		e.errorf(lang.Naming, span, e.Text(lang.Span{Start: r.Span.Start, End: span.Start - 1})+" counts from 1 to "+itoa(len(g.turns))+" here", found, "")
		return nil, false
	}
	e.m.steps += int(to.Num - from.Num)
	return g.turns[from.Num-1 : to.Num], true
}

// within finds a layer of a block's use.
func (e *environment) within(group int32, name string) *given {
	f := e.m.uses[group].frame
	if n := f.scope.Find(name); n != nil {
		if n.Sort != resolve.ALayer {
			return nil // what a block is given is its own affair
		}
		return &f.layers[n.Slot]
	}
	if p, ok := e.m.names.find(e.m.Net, group, name); ok {
		return &given{place: p, state: set}
	}
	return nil
}

func (e *environment) noLayerWithin(group int32, step lang.Step) {
	names := append(e.m.uses[group].frame.layerNames(), e.unnamedWithin(group)...)
	slices.Sort(names)
	hint := ""
	if near := lang.Nearest(step.Attr.Text, append(names, network.Properties...)...); near != "" {
		hint = "did you mean ." + near + "?"
	} else if len(names) > mostListed {
		hint = "its layers are " + strings.Join(names[:mostListed], ", ") + " and others"
	} else if len(names) > 0 {
		hint = "its layers are " + lang.Join(names)
	}
	e.errorf(lang.Naming, step.Attr.Span(), e.m.Net.Groups[group].Name+" has no layer and no property called "+step.Attr.Text, "it is a "+e.m.Net.Groups[group].Kind.Name, hint)
}

// mostListed is how many names of layers a message lists.
const mostListed = 12

// unnamedWithin lists the automatic names of a block's layers.
func (e *environment) unnamedWithin(group int32) (names []string) {
	first, end := e.m.Extent(group)
	for i := first; i < end && len(names) <= mostListed; i++ {
		if r := &e.m.Net.Nodes[i]; r.Group == group && r.Kind != nil && e.m.uses[group].frame.scope.Find(r.Name) == nil && !strings.Contains(r.Name, "[") {
			names = append(names, r.Name)
		}
	}
	return names
}

// layerNames lists the layers that a frame's names stand for.
func (f *frame) layerNames() (names []string) {
	for _, n := range f.scope.Names() {
		if n.Sort == resolve.ALayer && n.Slot < len(f.layers) && f.layers[n.Slot].state == set {
			names = append(names, n.Text)
		}
	}
	return names
}
