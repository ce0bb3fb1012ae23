package eval

import (
	"slices"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Where references lead: to layers, into blocks, to the turns of loops.

// places finds the layers that a reference names, where a layer is wanted
// and no number; false where there is none, which is told.
func (m *machine) places(r *lang.Ref, many bool) ([]place, bool) {
	name := lang.Name(r.Head)
	if name.Text == "in" && len(r.Path) == 0 && m.block != nil {
		return []place{{m.in, network.None}}, true
	}
	if lang.Reserved(name.Text) || len(r.Args) > 0 {
		hint := ""
		if name.Text == "in" {
			hint = "in stands only inside a block"
		}
		m.errorf(lang.Naming, r.Span, "expected the name of a layer", "found "+lang.Quote(m.text(r.Span)), hint)
		return nil, false
	}
	e := m.lookup(name.Text)
	switch {
	case e == nil:
		m.unknownName(name, "layer")
		return nil, false
	case e.sort == lost:
		return nil, false
	case e.sort == isValue:
		m.errorf(lang.Naming, name.Span(), name.Text+" is a value, not a layer", "", "")
		return nil, false
	}
	places, rest, ok := m.locate(r, e, many)
	if ok && len(rest) > 0 {
		written := m.text(lang.Span{Start: r.Span.Start, End: m.stepStart(rest[0])})
		m.errorf(lang.Naming, r.Span, "expected the name of a layer alone", "found "+lang.Quote(m.text(r.Span)), "write "+written)
		return nil, false
	}
	return places, ok
}

// stepStart is where a step begins, its dot or bracket included.
func (m *machine) stepStart(s lang.Step) int {
	if s.Index != nil {
		return s.Index.From.Span().Start - 1
	}
	return s.Attr.At - 1
}

// locate follows a path into blocks and through the turns of loops, to one
// layer or, with many, to several. What it leaves of the path are properties.
func (m *machine) locate(r *lang.Ref, e *entity, many bool) (places []place, rest []lang.Step, ok bool) {
	return m.follows(r, e, r.Path, many)
}

func (m *machine) follows(r *lang.Ref, e *entity, path []lang.Step, many bool) (places []place, rest []lang.Step, ok bool) {
	places = []place{e.place}
	if len(path) > 0 && path[0].Index != nil {
		if e.turns == nil {
			m.noProperty(r, path[0], nil, r.Head.Text)
			return nil, nil, false
		}
		if places, ok = m.turnsOf(r, e, path[0].Index, many); !ok {
			return nil, nil, false
		}
		path = path[1:]
	}
	if len(path) == 0 || path[0].Index != nil || slices.Contains(rowProperties, path[0].Attr.Text) {
		return places, path, true
	}
	return m.inside(r, places, path, many)
}

// inside follows a path on into each of some uses of blocks.
func (m *machine) inside(r *lang.Ref, uses []place, path []lang.Step, many bool) (places []place, rest []lang.Step, ok bool) {
	rest = path
	for _, p := range uses {
		if p.group == network.None {
			return uses, path, true
		}
		inner := m.within(p.group, path[0].Attr.Text)
		if inner == nil {
			m.noLayerWithin(p.group, path[0])
		}
		if inner == nil || inner.sort != isLayer {
			return nil, nil, false
		}
		found, left, ok := m.follows(r, inner, path[1:], many)
		if !ok {
			return nil, nil, false
		}
		places, rest = append(places, found...), left
	}
	return places, rest, true
}

// turnsOf picks one or several of the layers that a loop has named.
func (m *machine) turnsOf(r *lang.Ref, e *entity, item *lang.Item, many bool) ([]place, bool) {
	from := m.value(&item.From)
	to := from
	span := item.From.Span()
	if item.To != nil {
		to = m.value(item.To)
		span.End = item.To.Span().End
	}
	switch {
	case from.Sort == value.Unknown || to.Sort == value.Unknown:
		return nil, false
	case item.To != nil && !many:
		m.errorf(lang.Argument, span, "one layer is wanted here, not several", "found "+lang.Quote(m.text(span)), "")
		return nil, false
	case many && item.To != nil && from.IsWhole() && to.IsWhole() && from.Num >= 1 && to.Num == from.Num-1 && to.Num <= int64(len(e.turns)):
		return nil, true // an empty range is nothing, as in a loop
	case !from.IsWhole() || !to.IsWhole() || from.Num < 1 || to.Num > int64(len(e.turns)) || to.Num < from.Num:
		found := "found " + from.String()
		if item.To != nil {
			found += ".." + to.String()
		}
		m.errorf(lang.Naming, span, m.text(lang.Span{Start: r.Span.Start, End: span.Start - 1})+" counts from 1 to "+itoa(len(e.turns))+" here", found, "")
		return nil, false
	}
	m.steps += int(to.Num - from.Num)
	return e.turns[from.Num-1 : to.Num], true
}

// within finds a layer of a block's use.
func (m *machine) within(group int32, name string) *entity {
	if e := m.inner[group][name]; e != nil {
		if e.sort == isValue {
			return nil // what a block is given is its own affair
		}
		return e
	}
	return m.unnamed(group, name)
}

func (m *machine) noLayerWithin(group int32, step lang.Step) {
	var names []string
	for name, e := range m.inner[group] {
		if e.sort == isLayer {
			names = append(names, name)
		}
	}
	names = append(names, m.unnamedWithin(group)...)
	slices.Sort(names)
	hint := ""
	if near := lang.Nearest(step.Attr.Text, append(names, rowProperties...)...); near != "" {
		hint = "did you mean ." + near + "?"
	} else if len(names) > mostListed {
		hint = "its layers are " + strings.Join(names[:mostListed], ", ") + " and others"
	} else if len(names) > 0 {
		hint = "its layers are " + joinWords(names)
	}
	m.errorf(lang.Naming, step.Attr.Span(), m.net.Groups[group].Name+" has no layer and no property called "+step.Attr.Text, "it is a "+m.net.Groups[group].Kind.Name, hint)
}

// mostListed is how many names of layers a message lists.
const mostListed = 12

// unnamedWithin lists the automatic names of a block's layers.
func (m *machine) unnamedWithin(group int32) (names []string) {
	first, end := m.extent(group)
	for i := first; i < end && len(names) <= mostListed; i++ {
		if r := &m.net.Nodes[i]; r.Group == group && r.Kind != nil && m.inner[group][r.Name] == nil && !strings.Contains(r.Name, "[") {
			names = append(names, r.Name)
		}
	}
	return names
}
