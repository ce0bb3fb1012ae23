package eval

import (
	"slices"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// An Evaluation is a script that has been run and can be asked.
type Evaluation struct {
	Network *network.Network
	Diags   lang.Diagnostics
	m       *machine
}

// Evaluate runs a script.
func Evaluate(file *lang.File, opts Options) *Evaluation {
	m := newMachine(file, opts)
	m.applyOptions()
	m.run(file.Stmts)
	m.survey(file.Stmts)
	m.finish()
	return &Evaluation{m.net, m.diags, m}
}

// Ask computes a calculation at the end of the script; src is where it is
// written.
func (v *Evaluation) Ask(e *lang.Expr, src *lang.Source) (value.Value, lang.Diagnostics) {
	return v.ask(e, src, nil)
}

// AskAs is Ask with the names of a key: rows gives for each row of the key the
// row here that stands for it, or -1. Missing reports that one of the names
// stands for nothing.
func (v *Evaluation) AskAs(key *Evaluation, rows []int32, e *lang.Expr, src *lang.Source) (result value.Value, missing bool) {
	as := &guise{key: key.m, rows: rows}
	result, _ = v.ask(e, src, as)
	return result, as.missing
}

func (v *Evaluation) ask(e *lang.Expr, src *lang.Source, as *guise) (value.Value, lang.Diagnostics) {
	m := v.m
	own, failed, halted := m.src, m.failed, m.halted
	m.past = new(journal) // of names that turn out to be nobody's
	m.src, m.as, m.claims, m.halted = src, as, true, false
	m.told, m.diags, m.steps = map[mistake]bool{}, lang.Diagnostics{}, 0
	if as != nil {
		m.muted++
	}
	result := m.value(e)
	if as != nil {
		m.muted--
	}
	m.past.back(0)
	m.past = nil
	m.src, m.as, m.claims, m.failed, m.halted = own, nil, false, failed, halted
	return result, m.diags
}

// A guise lets a script answer to the names of another.
type guise struct {
	key     *machine
	rows    []int32
	missing bool
}

// ref computes a name of the key in the machine that stands in for it.
func (g *guise) ref(m *machine, r *lang.Ref) value.Value {
	e := g.key.lookup(r.Head.Text)
	switch {
	case e == nil || e.sort == lost:
		return value.Value{}
	case e.sort == isValue:
		return m.plain(r, e.value)
	}
	places, path, ok := g.key.locate(r, e, false)
	if !ok {
		return value.Value{}
	}
	row := g.place(places[0].row)
	if row == network.None {
		g.missing = true
		return value.Value{}
	}
	if places[0].group == network.None {
		return m.propertyOf(r, path, row, row, row+1)
	}
	first, end := g.key.extent(places[0].group)
	from, to := row, row+1
	for i := first; i < end; i++ {
		if j := g.rows[i]; j != network.None {
			from, to = min(from, j), max(to, j+1)
		}
	}
	return m.propertyOf(r, path, row, from, to)
}

// place is the row that stands for one of the key. Layers that grading passes
// over, as relu, are seen in the one before them.
func (g *guise) place(i int32) int32 {
	for g.rows[i] == network.None {
		r := &g.key.net.Nodes[i]
		if r.Kind == nil || !r.Kind.Light || len(r.From) != 1 {
			return network.None
		}
		i = r.From[0]
	}
	return g.rows[i]
}

// A Quantity is something that a layer, or the use of a block, can be asked for.
type Quantity struct {
	Path     string      // of the layer or the use: c[2], b1.conv2
	Property string      // out, params, field.height
	Row      int32       // the layer; of a block's use its last
	Group    int32       // of a count of all layers of a block's use: the use; otherwise -1
	Value    value.Value // where a claim names it: what it is there
}

// Sum reports that it counts all layers of a block's use.
func (q Quantity) Sum() bool { return q.Group >= 0 }

// String is the quantity in its one spelling: c[2].out for c in a loop of two
// turns; the tensor of a block's use is its last layer's.
func (q Quantity) String() string { return q.Path + "." + q.Property }

// OfTensor reports whether it is a layer's shape or receptive field, and no
// count.
func (q Quantity) OfTensor() bool {
	return !slices.Contains(network.TotalProperties, q.Property) || q.Property == "field"
}

// Quantity finds what a reference names at the end of the script or, of a claim's
// when Options.Place is set, where that stands; false: no layer.
func (v *Evaluation) Quantity(r *lang.Ref, src *lang.Source) (q Quantity, ok bool) {
	m, own := v.m, v.m.src
	if q, ok := m.placed[r]; ok {
		return q, true
	}
	m.src = src
	m.muted++
	defer func() { m.muted--; m.src = own }()
	return m.quantity(r)
}

func (m *machine) quantity(r *lang.Ref) (q Quantity, ok bool) {
	e := m.lookup(r.Head.Text)
	if e == nil || e.sort != isLayer || len(r.Args) > 0 {
		return q, false
	}
	places, rest, ok := m.locate(r, e, false)
	if !ok {
		return q, false
	}
	p := places[0]
	q = Quantity{Path: m.net.Path(p.row), Property: propertyName(rest), Row: p.row, Group: network.None}
	if p.group != network.None && !q.OfTensor() {
		q.Path, q.Group = m.net.GroupPath(p.group), p.group
	}
	return q, true
}

// propertyName is what is asked, in its one spelling.
func propertyName(steps []lang.Step) string {
	var words []string
	for _, s := range steps {
		if s.Index != nil {
			return ""
		}
		words = append(words, s.Attr.Text)
	}
	if len(words) > 1 && words[0] == "out" {
		words = words[1:]
	}
	if len(words) == 0 {
		return "out"
	}
	return strings.Join(words, ".")
}

// Property is one property of a row: params, out, macs.
func (v *Evaluation) Property(row int32, name string) value.Value {
	m := v.m
	r := &lang.Ref{Head: lang.Key{Text: "layer"}}
	m.muted++
	result := m.propertyOf(r, []lang.Step{{Attr: lang.Attr{Text: name}}}, row, row, row+1)
	m.muted--
	return result
}
