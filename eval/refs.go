package eval

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// ref computes a name and the way on from it.
func (m *machine) ref(r *lang.Ref) value.Value {
	if len(r.Args) > 0 {
		return m.function(r)
	}
	switch r.Head.Text {
	case "true", "false":
		return m.plain(r, value.Truth(r.Head.Text == "true"))
	case "total":
		return m.total(r)
	case "here":
		return m.tensor(r, m.here, "here is the current tensor, and there is none yet")
	case "in":
		return m.entered(r)
	case "all":
		m.errorf(lang.Naming, r.Head.Span(), "all stands only behind freeze", "", "")
		return value.Value{}
	}
	if m.as != nil {
		return m.as.ref(m, r)
	}
	e := m.lookup(r.Head.Text)
	switch {
	case e == nil:
		m.unknownName(lang.Name(r.Head), "layer or value")
		return value.Value{}
	case e.sort == isLayer:
		return m.property(r, e)
	case e.sort == isValue:
		return m.plain(r, e.value)
	}
	return value.Value{}
}

// plain is a value that has no properties.
func (m *machine) plain(r *lang.Ref, v value.Value) value.Value {
	if len(r.Path) > 0 {
		m.errorf(lang.Naming, r.Span, r.Head.Text+" is a value and has no parts", "found "+lang.Quote(m.text(r.Span)), "")
		return value.Value{}
	}
	return v
}

func (m *machine) text(span lang.Span) string { return m.src.Text[span.Start:span.End] }

// total computes total and total.macs and so on.
func (m *machine) total(r *lang.Ref) value.Value {
	if m.failed {
		return value.Value{}
	}
	if len(r.Path) == 0 {
		return value.Whole(m.net.Totals.Params())
	}
	return m.counted(r, r.Path, network.TotalProperties, &m.net.Totals)
}

// entered computes in: the tensor that entered the block, in a claim outside
// all blocks the first input.
func (m *machine) entered(r *lang.Ref) value.Value {
	if m.block == nil && !m.claims {
		m.errorf(lang.Naming, r.Head.Span(), "in stands only inside a block", "it is the tensor that entered the block", m.insteadOfIn(r))
		return value.Value{}
	}
	return m.tensor(r, m.in, "in is the first input, and there is none yet")
}

// insteadOfIn is what stands outside blocks for in.
func (m *machine) insteadOfIn(r *lang.Ref) string {
	if len(r.Path) > 0 && m.here != network.None {
		return "write here" + m.text(r.Span)[len("in"):] + ", of the current tensor, or name the input: input img 120x120 rgb"
	}
	return "name the input to use it: input img 120x120 rgb"
}

// tensor computes here and in.
func (m *machine) tensor(r *lang.Ref, row int32, none string) value.Value {
	if row < 0 {
		m.errorf(lang.Naming, r.Head.Span(), "there is no tensor yet", none, "begin with the input: input 120x120 rgb")
		return value.Value{}
	}
	return m.measure(r, r.Path, m.net.Nodes[row].Out)
}

// tensorProperties are what a tensor can be asked for.
var tensorProperties = []string{"height", "width", "depth", "length", "channels", "size"}

// measure computes a tensor's size or one of its axes.
func (m *machine) measure(r *lang.Ref, path []lang.Step, s layer.Shape) value.Value {
	switch {
	case !s.Known():
		return value.Value{}
	case len(path) == 0:
		return value.OfShape(s)
	case len(path) > 1 || path[0].Index != nil:
		return m.noProperty(r, path[len(path)-1], tensorProperties, "a tensor")
	}
	name := path[0].Attr.Text
	if name == "size" {
		n, _ := s.Size()
		return value.Whole(n)
	}
	if n, ok := s.Axis(name); ok {
		return value.Whole(n)
	}
	if !slices.Contains(tensorProperties, name) {
		return m.noProperty(r, path[0], tensorProperties, "a tensor")
	}
	m.errorf(lang.Shape, path[0].Attr.Span(), r.Head.Text+" has no "+name, "it is the "+s.Form()+" "+s.String(), "")
	return value.Value{}
}

// rowProperties are what a layer can be asked for, beside its tensor's.
var rowProperties = slices.Concat([]string{"out"}, network.TotalProperties, tensorProperties)

// property computes what is asked of a layer; its name alone is its output.
func (m *machine) property(r *lang.Ref, e *entity) value.Value {
	places, path, ok := m.locate(r, e, false)
	if !ok {
		return value.Value{}
	}
	p := places[0]
	first, end := p.row, p.row+1
	if p.group != network.None {
		first, end = m.extent(p.group)
		m.steps += int(end - first)
	}
	return m.propertyOf(r, path, p.row, first, end)
}

// propertyOf computes what is asked of a row, or of rows whose last tensor is
// that row's.
func (m *machine) propertyOf(r *lang.Ref, path []lang.Step, row, first, end int32) value.Value {
	out := m.net.Nodes[row].Out
	switch {
	case !out.Known():
		return value.Value{}
	case len(path) == 0:
		return value.OfShape(out)
	case path[0].Index != nil:
		return m.noProperty(r, path[0], rowProperties, r.Head.Text)
	}
	switch name := path[0].Attr.Text; {
	case name == "out":
		return m.measure(r, path[1:], out)
	case slices.Contains(tensorProperties, name):
		return m.measure(r, path, out)
	}
	counts, ok := m.countsOf(row, first, end)
	if !ok {
		return value.Value{}
	}
	return m.counted(r, path, rowProperties, &counts)
}

// countsOf sums up rows; false: not all of them are known.
func (m *machine) countsOf(row, first, end int32) (t network.Totals, ok bool) {
	for i := first; i < end; i++ {
		if !m.net.Nodes[i].Out.Known() {
			return t, false
		}
		t.Add(&m.net.Nodes[i]) // no part of a total that fits overflows
	}
	t.Field = m.net.Nodes[row].Field
	return t, true
}

// counted computes a count of a layer, a block or the whole network.
func (m *machine) counted(r *lang.Ref, path []lang.Step, known []string, t *network.Totals) value.Value {
	if path[0].Index != nil {
		return m.noProperty(r, path[0], known, r.Head.Text)
	}
	name := path[0].Attr.Text
	count := network.Measured(name)
	switch {
	case name == "field":
		return m.fieldOf(r, path[1:], t.Field)
	case count == nil:
		return m.noProperty(r, path[0], known, r.Head.Text)
	case len(path) > 1:
		return m.noProperty(r, path[1], nil, "a number")
	}
	return value.Whole(count.OfTotals(t))
}

// fieldOf computes a receptive field, or its size along one axis.
func (m *machine) fieldOf(r *lang.Ref, path []lang.Step, f *network.Field) value.Value {
	if !f.Known() {
		m.errorf(lang.Shape, r.Span, lang.Quote(m.text(r.Span))+" does not exist", "it ends where no positions are left, and is not followed where they are moved, as by reshape or permute", "ask a layer before that")
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
	return m.noProperty(r, path[0], names[:len(names)-1], "a receptive field")
}

// noProperty tells of a property that does not exist.
func (m *machine) noProperty(r *lang.Ref, step lang.Step, known []string, of string) value.Value {
	if step.Index != nil {
		m.errorf(lang.Naming, r.Span, r.Head.Text+" is one layer, not several", "[ ] picks one of the layers that a loop has named", "")
		return value.Value{}
	}
	hint := ""
	if step.Attr.Text == "out" {
		hint = r.Head.Text + " by itself is its size"
	} else if near := lang.Nearest(step.Attr.Text, known...); near != "" {
		hint = "did you mean ." + near + "?"
	} else if len(known) > 0 {
		hint = "it has " + joinWords(known)
	}
	m.errorf(lang.Naming, step.Attr.Span(), of+" has no ."+step.Attr.Text, "", hint)
	return value.Value{}
}

// Properties lists what a layer can be asked for.
func Properties() []string { return slices.Clone(rowProperties) }
