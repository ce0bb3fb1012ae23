package eval

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// What a tensor, a layer, a block's use or the whole network can be asked for.

// measure computes a tensor's size or one of its axes.
func (e *environment) measure(r *lang.Ref, path []lang.Step, s layer.Shape) value.Value {
	switch {
	case !s.Known():
		return value.Value{}
	case len(path) == 0:
		return value.OfShape(s)
	case len(path) > 1 || path[0].Index != nil:
		return e.noProperty(r, path[len(path)-1], network.TensorProperties, "a tensor")
	}
	name := path[0].Attr.Text
	if name == "size" {
		n, _ := s.Size()
		return value.Whole(n)
	}
	if n, ok := s.Axis(name); ok {
		return value.Whole(n)
	}
	if !slices.Contains(network.TensorProperties, name) {
		return e.noProperty(r, path[0], network.TensorProperties, "a tensor")
	}
	e.errorf(lang.Shape, path[0].Attr.Span(), r.Head.Text+" has no "+name, "it is the "+s.Form()+" "+s.String(), "")
	return value.Value{}
}

// property computes what is asked of a layer; its name alone is its output.
func (e *environment) property(r *lang.Ref, g *given) value.Value {
	places, path, ok := e.locate(r, g, false)
	if !ok {
		return value.Value{}
	}
	p := places[0]
	first, end := p.node, p.node+1
	if p.group != none {
		first, end = e.m.Extent(p.group)
		e.m.steps += int(end - first)
	}
	return e.propertyOf(r, path, p.node, first, end)
}

// propertyOf computes what is asked of a row, or of rows whose last tensor is
// that row's.
func (e *environment) propertyOf(r *lang.Ref, path []lang.Step, row, first, end int32) value.Value {
	out := e.m.Net.Nodes[row].Out
	switch {
	case !out.Known():
		return value.Value{}
	case len(path) == 0:
		return value.OfShape(out)
	case path[0].Index != nil:
		return e.noProperty(r, path[0], network.Properties, r.Head.Text)
	}
	switch name := path[0].Attr.Text; {
	case name == "out":
		return e.measure(r, path[1:], out)
	case slices.Contains(network.TensorProperties, name):
		return e.measure(r, path, out)
	}
	counts, ok := e.countsOf(row, first, end)
	if !ok {
		return value.Value{}
	}
	return e.counted(r, path, network.Properties, &counts)
}

// countsOf sums up rows; false: not all of them are known.
func (e *environment) countsOf(row, first, end int32) (t network.Totals, ok bool) {
	for i := first; i < end; i++ {
		if !e.m.Net.Nodes[i].Out.Known() {
			return t, false
		}
		t.Add(&e.m.Net.Nodes[i]) // no part of a total that fits overflows
	}
	t.Field = e.m.Net.Nodes[row].Field
	return t, true
}

// counted computes a count of a layer, a block or the whole network.
func (e *environment) counted(r *lang.Ref, path []lang.Step, known []string, t *network.Totals) value.Value {
	if path[0].Index != nil {
		return e.noProperty(r, path[0], known, r.Head.Text)
	}
	name := path[0].Attr.Text
	count := network.Measured(name)
	switch {
	case name == "field":
		return e.fieldOf(r, path[1:], t.Field)
	case count == nil:
		return e.noProperty(r, path[0], known, r.Head.Text)
	case len(path) > 1:
		return e.noProperty(r, path[1], nil, "a number")
	}
	return value.Whole(count.OfTotals(t))
}

// fieldOf computes a receptive field, or its size along one axis.
func (e *environment) fieldOf(r *lang.Ref, path []lang.Step, f *network.Field) value.Value {
	if !f.Known() {
		why := "it ends where no positions are left"
		if lost := e.m.Net.LostField(f); lost != "" {
			why = "it is not followed: " + lost
		}
		e.errorf(lang.Shape, r.Span, lang.Quote(e.Text(r.Span))+" does not exist", why, "ask a layer before that")
		return value.Value{}
	}
	s := layer.NewShape(append(f.Sizes(), 1)...)
	if len(path) == 0 {
		return value.OfShape(layer.NewShape(f.Sizes()...))
	}
	if n, ok := s.Axis(path[0].Attr.Text); ok && path[0].Attr.Text != "channels" && len(path) == 1 {
		return value.Whole(n)
	}
	names := s.AxisNames()
	return e.noProperty(r, path[0], names[:len(names)-1], "a receptive field")
}

// noProperty tells of a property that does not exist.
func (e *environment) noProperty(r *lang.Ref, step lang.Step, known []string, of string) value.Value {
	if step.Index != nil {
		e.errorf(lang.Naming, r.Span, r.Head.Text+" is one layer, not several", "[ ] picks one of the layers that a loop has named", "")
		return value.Value{}
	}
	hint, ways := "", []lang.Edit(nil)
	if step.Attr.Text == "out" {
		hint = r.Head.Text + " by itself is its size"
	} else if near := lang.Nearest(step.Attr.Text, known...); near != "" {
		hint, ways = "did you mean ."+near+"?", []lang.Edit{{Span: step.Attr.Span(), Text: near}}
	} else if len(known) > 0 {
		hint = "it has " + lang.Join(known)
	}
	e.errorf(lang.Naming, step.Attr.Span(), of+" has no ."+step.Attr.Text, "", hint, ways...)
	return value.Value{}
}
