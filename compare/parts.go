package compare

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// In what two layers differ.

// parts lists it of two rows: their statements, what they take, what is trained.
func (d *Diff) parts(i, j int32) []Part {
	a, b := d.nodes(i, j)
	parts := d.statements(i, j)
	if d.a.rows[i].form.Kind != d.b.rows[j].form.Kind {
		return parts
	}
	parts = append(parts, d.wiring(i, j)...)
	if d.a.own(i) && d.b.own(j) {
		parts = append(parts, trained(a, b)...)
	}
	return parts
}

// nodes are the layers of two rows.
func (d *Diff) nodes(i, j int32) (a, b *network.Node) {
	return &d.A.Nodes[d.a.rows[i].node], &d.B.Nodes[d.b.rows[j].node]
}

// statements lists in what two rows differ as statements: kind, values,
// options, tie.
func (d *Diff) statements(i, j int32) (parts []Part) {
	a, b := d.nodes(i, j)
	one, other := d.a.rows[i].form, d.b.rows[j].form
	switch {
	case one.Kind != other.Kind && a.Kind != b.Kind:
		return []Part{{"kind", a.Kind.Name, b.Kind.Name}}
	case one.Kind != other.Kind:
		return []Part{{"kind", one.Kind.Name, other.Kind.Name}}
	case a.Kind.Source && a.Out != b.Out:
		return []Part{{"size", a.Out.String(), b.Out.String()}}
	case a.Kind.Source:
		return nil
	}
	parts = d.arguments(i, j)
	learns := (a.PerUse > 0 || b.PerUse > 0) && d.a.own(i) && d.b.own(j)
	if learns && (!d.alike(a.Owner, b.Owner) || !d.alike(a.Bias, b.Bias) || a.Turned != b.Turned) {
		parts = append(parts, d.toldApart(Part{"shares", sharing(d.A, a), sharing(d.B, b)}, owners(b)))
	}
	return parts
}

// arguments lists the values and options in which two rows differ. What both
// have from the layer they share with is that layer's difference.
func (d *Diff) arguments(i, j int32) (parts []Part) {
	a, b := d.nodes(i, j)
	one, other := d.a.argsAs(i, d.b.Side, j), d.b.argsAs(j, d.a.Side, i)
	written := d.a.asWritten(i) && d.b.asWritten(j)
	if written && sameArgs(a, b) {
		return nil
	}
	kind := d.b.rows[j].form.Kind
	if one == nil || other == nil {
		return []Part{{"statement", readable(a, one), readable(b, other)}}
	}
	for k := range one {
		p := &kind.Params[k]
		if one[k].Same(other[k]) || written && d.alike(a.Tie, b.Tie) && inherits(d.A, a, k) && inherits(d.B, b, k) {
			continue
		}
		part := Part{p.Name, p.Text(one[k]), p.Text(other[k])}
		if written && p.Text(a.Args[k]) != "" && p.Text(b.Args[k]) != "" {
			part.A, part.B = p.Text(a.Args[k]), p.Text(b.Args[k])
		}
		parts = append(parts, part)
	}
	return parts
}

// readable is what is written, or that it cannot be read.
func readable(r *network.Node, args layer.Args) string {
	if args == nil {
		return "not readable"
	}
	return strings.TrimSpace(r.Kind.Name + " " + r.Kind.Short(r.Args))
}

// inherits reports an argument that a layer has from the one it is tied to.
func inherits(net *network.Network, r *network.Node, k int) bool {
	if r.Tie < 0 {
		return false
	}
	if r.Turned && r.Kind.Params[k].Learned {
		return true // what the weights turned round give: as many units as their layer takes
	}
	tie := &net.Nodes[r.Tie]
	return tie.Kind == r.Kind && k < len(tie.Args) && tie.Args[k].Same(r.Args[k])
}

// alike reports layers that stand for each other, or two that are none.
func (d *Diff) alike(i, j int32) bool {
	if i < 0 || j < 0 {
		return i < 0 && j < 0
	}
	a, b := d.a.of[i], d.b.of[j]
	return a != None && b != None && d.a.other[a] == b
}

// wiring tells of two rows whose tensors come from different layers.
func (d *Diff) wiring(i, j int32) []Part {
	a, b := d.nodes(i, j)
	commutes := b.Kind.Commutes || d.b.view.Graded && b.Kind.Joins != nil
	if d.fromAlike(i, j, commutes) {
		return nil
	}
	return []Part{d.toldApart(Part{"takes", origins(d.A, a), origins(d.B, b)}, b.From)}
}

// fromAlike reports tensors that come from rows that stand for each other.
// What only one network has is looked through: a layer that was added or left
// out is a difference of its own.
// Where tensors commute their order does not count.
func (d *Diff) fromAlike(i, j int32, commute bool) bool {
	a, b := d.a.from(i), d.b.from(j)
	if len(a) != len(b) {
		return false
	}
	var from, to []int32
	for k := range a {
		x, y := d.a.through(a[k]), d.b.through(b[k])
		if x < 0 || y < 0 {
			continue
		}
		from, to = append(from, d.a.other[x]), append(to, y)
	}
	if commute {
		slices.Sort(from)
		slices.Sort(to)
	}
	return slices.Equal(from, to)
}

// through goes back over rows without a counterpart, or gives None where
// several tensors meet in one.
func (h *half) through(i int32) int32 {
	for i != None && h.other[i] == None {
		from := h.from(i)
		if len(from) != 1 {
			return None
		}
		i = from[0]
	}
	return i
}

// trained tells of parameters that only one of two layers trains.
func trained(a, b *network.Node) []Part {
	if a.FrozenWords() == b.FrozenWords() || a.PerUse == 0 || b.PerUse == 0 {
		return nil
	}
	words := func(r *network.Node) string {
		if text := r.FrozenWords(); text != "" {
			return text
		}
		return "all trained"
	}
	return []Part{{"training", words(a), words(b)}}
}

// toldApart says of layers of b what they stand for, where both sides of a part
// would read alike: one name can be that of unlike layers.
func (d *Diff) toldApart(p Part, nodes []int32) Part {
	if p.A != p.B {
		return p
	}
	names := make([]string, len(nodes))
	for k, j := range nodes {
		names[k] = d.B.Path(j)
		if i := d.standsFor(j); i == None {
			names[k] += " (which has no counterpart)"
		} else if stands := d.A.Path(i); stands != names[k] {
			names[k] += " (which stands for " + stands + ")"
		}
	}
	p.B = strings.Join(names, ", ")
	return p
}

// standsFor is the node of a that stands for one of b, or None.
func (d *Diff) standsFor(j int32) int32 {
	if row := d.b.of[j]; row != None && d.b.other[row] != None {
		return d.a.rows[d.b.other[row]].node
	}
	return None
}

// owners are the layers whose weights and biases one uses, each once.
func owners(r *network.Node) (nodes []int32) {
	for _, i := range [...]int32{r.Owner, r.Bias} {
		if i >= 0 && !slices.Contains(nodes, i) {
			nodes = append(nodes, i)
		}
	}
	return nodes
}

func sharing(net *network.Network, r *network.Node) string {
	switch owner := net.Shares(r); {
	case owner == "":
		return "nothing"
	case r.Turned:
		return owner + " transposed"
	default:
		return owner
	}
}

func origins(net *network.Network, r *network.Node) string {
	names := make([]string, len(r.From))
	for i, from := range r.From {
		names[i] = net.Path(from)
	}
	return strings.Join(names, ", ")
}
