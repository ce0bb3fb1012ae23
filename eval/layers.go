package eval

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// layer runs a layer statement.
func (m *machine) layer(s *lang.Stmt, n *lang.Layer) {
	kind := layer.Find(n.Kind.Text)
	if kind == nil {
		m.unknownKind(n)
		m.defineLost(givenName(n))
		m.lose()
		return
	}
	if len(m.net.Rows) >= m.opts.Limits.Layers {
		m.limit(s.Span, "layers", m.opts.Limits.Layers, "the network has more than %s layers")
		return
	}
	m.checkShape(n, kind)
	b := m.bind(n, kind)
	row := Row{Kind: kind, At: s.Span.Start, Args: b.args, Owner: none, Tie: b.tie}
	if b.tie != none {
		row.Owner = m.owner(b.tie)
	}
	m.scope.counts[kind]++
	row.Name = b.name.Text
	if row.Name == "" {
		row.Name = m.automatic(kind, m.scope.counts[kind])
	}
	m.compute(n, b, &row)
	m.here = m.addRow(row)
	m.count(n, &m.net.Rows[m.here])
	m.defineLayer(n, b.name, row.Name)
}

// defineLayer gives a layer its name.
func (m *machine) defineLayer(n *lang.Layer, given lang.Key, name string) {
	if m.net.Rows[m.here].Kind.Source && m.first == none {
		m.first = m.here
	}
	e := entity{sort: isLayer, row: m.here}
	if given.Text == "" {
		given = lang.Key{Text: name, At: n.Kind.At}
	}
	m.define(given, e)
}

func (m *machine) defineLost(name lang.Key) {
	if name.Text != "" && m.scope.find(name.Text) == nil {
		m.scope.names[name.Text] = &entity{at: name.Span()}
	}
}

// checkShape refuses what only other kinds take.
func (m *machine) checkShape(n *lang.Layer, kind *layer.Kind) {
	if len(n.Bodies) > 0 {
		b := n.Bodies[0].Span
		m.errorf(lang.Argument, lang.Span{Start: b.Start, End: b.Start + 1}, kind.Name+" has no branches", "found { }", "put the layers of the braces on lines of their own")
	}
	if len(n.With) > 0 {
		m.errorf(lang.Argument, n.With[0].Span, kind.Name+" takes one tensor", "found with "+n.With[0].Head.Text, "take the with out; from "+n.With[0].Head.Text+" goes on from that tensor")
	}
}

// compute runs the kind's rules for a row. A row whose arguments or input
// are not known stays without shape, in silence: that has been told.
func (m *machine) compute(n *lang.Layer, b bound, row *Row) {
	m.sheet.Reset()
	m.current = layer.Call{Kind: row.Kind, Args: row.Args, Sheet: &m.sheet}
	call := &m.current
	if !row.Kind.Source && !m.connect(n, call, row) || !b.ok {
		return
	}
	row.Out = call.Run()
	if call.Fault != nil {
		m.fault(n, b, call.Fault)
		return
	}
	if m.overflow(n, row, call.Axes()) {
		return
	}
	if b.tie != none && !m.fitsTie(n, b, row, call) {
		m.fail() // but its shape is known, and so are those behind it
		return
	}
	m.learn(n, row, call)
}

// connect joins a row to the current tensor.
func (m *machine) connect(n *lang.Layer, call *layer.Call, row *Row) bool {
	if m.here == none {
		m.noInput(n)
		return false
	}
	row.From = []int32{m.here}
	call.In = m.net.Rows[m.here].Out
	return call.In.Known()
}

func (m *machine) noInput(n *lang.Layer) {
	m.errorf(lang.Shape, n.Kind.Span(), "there is no input before the first layer", "", "begin with the input: input 120x120 rgb")
	m.lose()
}

// fault tells why a layer cannot be, under the word that is to blame.
func (m *machine) fault(n *lang.Layer, b bound, f *layer.Fault) {
	span := n.Kind.Span()
	if i := layer.Find(n.Kind.Text).Find(f.Param); f.Param != "" && i >= 0 && b.spans != nil && b.spans[i].End > 0 {
		span = b.spans[i]
	}
	summary := f.Summary
	if b.name.Text != "" {
		summary = b.name.Text + ": " + summary
	}
	m.errorf(lang.Shape, span, summary, f.Detail, f.Hint)
}

// overflow tells of a count that does not fit.
func (m *machine) overflow(n *lang.Layer, row *Row, axes []calc.Expr) bool {
	expr, yes := m.sheet.Overflow()
	if !yes {
		if _, fits := row.Out.Size(); fits || len(axes) == 0 {
			return false
		}
		expr = calc.Product(axes...)
	}
	m.tooLarge(n, row, "a number of "+row.Name, expr.String())
	return true
}

func (m *machine) tooLarge(n *lang.Layer, row *Row, what, calculation string) {
	m.errorf(lang.Value, n.Kind.Span(), what+" does not fit 64 bits", calculation+" is more than 9,223,372,036,854,775,807", "take smaller numbers for "+row.Kind.Name)
	row.Out = layer.Shape{}
}

// learn fills in what a row learns and costs.
func (m *machine) learn(n *lang.Layer, row *Row, call *layer.Call) {
	var weights, biases, stats, macs calc.Expr
	for _, bank := range call.Banks() {
		weights = calc.Sum(weights, bank.Weights())
		biases = calc.Sum(biases, bank.Biases())
		macs = calc.Sum(macs, bank.Macs())
	}
	if row.Kind.Stats != nil {
		stats = row.Kind.Stats(call)
	}
	params := calc.Sum(weights, biases)
	if m.overflow(n, row, nil) {
		return
	}
	row.PerUse, row.Macs = params.Value(), macs.Value()
	if row.Owner == none {
		row.Weights, row.Biases, row.Stats = weights.Value(), biases.Value(), stats.Value()
	}
	if !row.Kind.Free && !row.Kind.Source {
		row.Activations, _ = row.Out.Size()
	}
	m.see(n, row, call)
}

// see fills in the receptive field.
func (m *machine) see(n *lang.Layer, row *Row, call *layer.Call) {
	if row.Kind.Source {
		row.Field = pointField(row.Out)
		if layer.ChannelsFirst(row.Out) {
			m.tell(lang.Note, lang.Shape, n.Words[0].Span(), "channels come last", "this is "+row.Out.Form()+" "+row.Out.String()+" with "+lang.Group(row.Out.Channels())+" channels",
				"for a PyTorch shape C, H, W write HxWxC")
		}
		return
	}
	field, fits := m.net.Rows[m.here].Field.through(call)
	if !fits {
		m.tooLarge(n, row, "the receptive field of "+row.Name, "it")
	}
	row.Field = field
}

// count adds a row to the totals, or marks the place where counting ends.
func (m *machine) count(n *lang.Layer, row *Row) {
	if m.failed {
		return
	}
	if !row.Out.Known() {
		m.failed, m.net.Good = true, int(m.here)
		return
	}
	before := m.net.Totals
	if !m.net.Totals.add(row) {
		m.net.Totals = before
		m.tooLarge(n, row, "the total with "+row.Name, "a sum")
		m.failed, m.net.Good = true, int(m.here)
	}
}
