package eval

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// layer runs a layer statement.
func (m *machine) layer(s *lang.Stmt, n *lang.Layer) {
	kind := layer.Find(n.Kind.Text)
	if kind == nil {
		if b := m.blockNamed(n.Kind.Text); b != nil {
			m.useBlock(s, n, b)
			return
		}
		m.unknownKind(n)
		m.defineLost(m.givenName(n))
		m.lose()
		return
	}
	if kind.Source && !m.atTop(s, n.Kind.Text) {
		m.defineLost(m.givenName(n))
		m.lose()
		return
	}
	memo := m.memo(n)
	b := m.bound(n, kind, memo)
	row := network.Node{Kind: kind, At: s.Span.Start, Args: b.args, Owner: network.None, Bias: network.None, Tie: b.tie, Turned: b.turned}
	if b.tie != network.None {
		row.Owner = m.owner(b.tie)
		if !b.turned {
			row.Bias = m.biasOwner(b.tie)
		}
		row.Turned = row.Turned != m.net.Nodes[b.tie].Turned
	}
	var ok bool
	if row.From, ok = m.inputs(n, kind, b.args); m.halted {
		return
	}
	b.ok = b.ok && ok
	if m.place(n, b, &row, memo) {
		m.defineLayer(n, b.name)
	}
}

// place computes a row and adds it to the network; false: there is no room.
func (m *machine) place(n *lang.Layer, b bound, row *network.Node, memo *memo) bool {
	m.pair(row)
	if !m.room(n.Kind.Span()) {
		return false
	}
	put(m.journal, m.kinds, row.Kind.Name, m.kinds[row.Kind.Name]+1)
	row.Name = m.nameFor(b.name, row.Kind)
	if !memo.recall(m, b, row) {
		m.compute(n, b, row)
		memo.keep(m, row)
	}
	m.here = m.addRow(*row)
	m.count(n, &m.net.Nodes[m.here])
	return true
}

// nameFor is the name a layer or a block's use gets within its block.
func (m *machine) nameFor(given lang.Key, kind *layer.Kind) string {
	if m.frame.counts == nil {
		m.frame.counts = map[string]int{}
	}
	put(m.past, m.frame.counts, kind.Name, m.frame.counts[kind.Name]+1)
	switch {
	case given.Text == "":
		return m.automatic(kind)
	case m.loops > 0:
		return given.Text + "[" + itoa(m.turn(given.Text)) + "]"
	}
	return given.Text
}

// defineLayer gives a layer its name. Automatic names are found among the
// rows when somebody asks for them.
func (m *machine) defineLayer(n *lang.Layer, given lang.Key) {
	row := &m.net.Nodes[m.here]
	if row.Kind.Source && m.in == network.None {
		m.in = m.here
	}
	if given.Text == "" && row.Kind.Source {
		given = lang.Key{Text: row.Name, At: n.Kind.At}
	}
	m.definePlace(given, place{m.here, network.None})
}

// definePlace gives a layer or a block's use its name, in a loop once more.
func (m *machine) definePlace(given lang.Key, p place) {
	switch {
	case given.Text == "":
	case m.loops > 0:
		m.defineTurn(given, p)
	default:
		m.define(given, entity{sort: isLayer, place: p})
	}
}

func (m *machine) defineLost(name lang.Key) {
	if name.Text != "" && m.find(name.Text) == nil {
		m.frame.set(name.Text, &entity{at: name.Span()})
	}
}

// compute runs the kind's rules for a row. A row whose arguments or input
// are not known stays without shape, in silence: that has been told.
func (m *machine) compute(n *lang.Layer, b bound, row *network.Node) {
	if !b.ok {
		return
	}
	m.sheet.Reset()
	m.current = layer.Call{Kind: row.Kind, Args: row.Args, Sheet: &m.sheet, With: m.current.With[:0]}
	call := &m.current
	for i, from := range row.From {
		switch out := m.net.Nodes[from].Out; {
		case !out.Known():
			if call.CheckAlone(); call.Fault != nil {
				m.fault(n, b, call.Fault)
			}
			return
		case i == 0:
			call.In = out
		default:
			call.With = append(call.With, out)
		}
	}
	row.Out = call.Run()
	if call.Fault != nil {
		if call.Fault.Flat {
			call.Fault.Hint = m.flatHint(row)
		}
		m.fault(n, b, call.Fault)
		return
	}
	if m.overflow(n, row, call.Axes()) {
		return
	}
	if row.Owner != network.None && !m.fitsTie(n, b, row, call) {
		m.fail() // but its shape is known, and so are those behind it
		return
	}
	m.learn(n, row, call)
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
func (m *machine) overflow(n *lang.Layer, row *network.Node, axes []calc.Expr) bool {
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

func (m *machine) tooLarge(n *lang.Layer, row *network.Node, what, calculation string) {
	m.errorf(lang.Value, n.Kind.Span(), what+" does not fit 64 bits", calculation+" is more than 9,223,372,036,854,775,807", "take smaller numbers for "+row.Kind.Name)
	row.Out = layer.Shape{}
}

// learn fills in what a row learns and costs.
func (m *machine) learn(n *lang.Layer, row *network.Node, call *layer.Call) {
	var weights, biases, stats calc.Expr
	for _, bank := range call.Banks() {
		weights = calc.Sum(weights, bank.Weights())
		biases = calc.Sum(biases, bank.Biases())
	}
	if row.Kind.Stats != nil {
		stats = row.Kind.Stats(call)
	}
	params, macs := calc.Sum(weights, biases), call.Macs()
	if m.overflow(n, row, nil) {
		return
	}
	row.PerUse, row.Macs = params.Value(), macs.Value()
	if row.Owner == network.None {
		row.Weights, row.Stats = weights.Value(), stats.Value()
	}
	if row.Bias == network.None {
		row.Biases = biases.Value()
	}
	if !row.Kind.Free && !row.Kind.Source {
		row.Activations, _ = row.Out.Size()
	}
	m.see(n, row, call)
}

// see fills in the receptive field.
func (m *machine) see(n *lang.Layer, row *network.Node, call *layer.Call) {
	if row.Kind.Source {
		row.Field = network.PointField(row.Out)
		if twice := layer.ChannelsTwice(call); twice != "" {
			m.tell(lang.Note, lang.Shape, n.Kind.Span(), "this is "+row.Out.Form()+" "+row.Out.String()+", with a depth", "a colour adds its channels to the size",
				"for an image of "+lang.Group(row.Out.Channels())+" channels write input "+twice)
		}
		if layer.ChannelsFirst(row.Out) {
			m.tell(lang.Note, lang.Shape, n.Words[0].Span(), "channels come last", "this is "+row.Out.Form()+" "+row.Out.String()+" with "+lang.Group(row.Out.Channels())+" channels",
				"for a PyTorch shape C, H, W write HxWxC")
		}
		return
	}
	if row.Kind.Begins {
		row.Field = network.EmptyField(row.Out)
		return
	}
	m.fields = m.fields[:0]
	for _, from := range row.From {
		m.fields = append(m.fields, m.net.Nodes[from].Field)
	}
	field, fits := m.Follower.Through(m.fields, call)
	if !fits {
		m.tooLarge(n, row, "the receptive field of "+row.Name, "it")
	}
	row.Field = field
}

// count adds a row to the totals, or marks the place where counting ends.
func (m *machine) count(n *lang.Layer, row *network.Node) {
	if m.failed {
		return
	}
	if !row.Out.Known() {
		m.failed, m.net.Good = true, int(m.here)
		return
	}
	before := m.net.Totals
	if !m.net.Totals.Add(row) {
		m.net.Totals = before
		m.tooLarge(n, row, "the total with "+row.Name, "a sum")
		m.failed, m.net.Good = true, int(m.here)
	}
}
