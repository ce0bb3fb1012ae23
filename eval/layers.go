package eval

import (
	"slices"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// layer runs a layer statement.
func (m *machine) layer(s *resolve.Stmt, l *resolve.Layer) {
	if l.More != nil && l.More.Block != nil {
		m.useBlock(s, l)
		return
	}
	node := network.Node{Kind: l.Kind, At: s.Span.Start, Group: m.group, Owner: none, Bias: none, Tie: none}
	ok := l.OK
	switch {
	case ok && l.Node.Tie != nil:
		ok = m.tie(l, &node)
	case ok:
		node.Args, ok = m.arguments(l, l.Args)
	}
	var found bool
	if node.From, found = m.inputs(l, node.Args); m.halted {
		return
	}
	m.steps += max(0, len(node.From)-1)
	if !m.place(l, &node, ok && found) {
		return
	}
	m.defineLayer(l)
	if !ok || !found {
		m.understood(l, ok, found)
	}
}

// understood keeps what could be read of a layer whose arguments or tensors are
// wrong.
func (m *machine) understood(l *resolve.Layer, ok, found bool) {
	read := network.Read{Kind: l.Kind, Fault: !ok}
	if !ok && found && l.More != nil {
		read.Args = l.More.Read
	}
	m.Net.Understood(m.here, read)
}

// arguments fills in what only a run can tell.
func (m *machine) arguments(l *resolve.Layer, args layer.Args) (layer.Args, bool) {
	if l.More == nil || len(l.More.Open) == 0 {
		return args, true
	}
	args = slices.Clone(args)
	f := m.filler(l.Kind)
	for _, o := range l.More.Open {
		if o.Assumed > 0 {
			if o.Assumed < len(m.assumed) {
				args[o.Param] = m.assumed[o.Assumed]
			}
			continue
		}
		if arg, ok := f.Argument(o); ok {
			args[o.Param] = arg
		}
	}
	return args, f.OK && m.exclude(l, args)
}

// filler makes arguments of words.
func (m *machine) filler(kind *layer.Kind) *resolve.Filler {
	f := &m.fill
	f.Kind, f.OK, f.Behind, f.Value, f.Have = kind, true, nil, value.Value{}, 0
	if m.here != none {
		f.Have, _ = m.Net.Nodes[m.here].Out.Size()
	}
	return f
}

// exclude holds flags that only a run can tell to those that they exclude.
func (m *machine) exclude(l *resolve.Layer, args layer.Args) bool {
	groups := map[string]string{}
	for i := range l.Kind.Params {
		p := &l.Kind.Params[i]
		if p.Group == "" || args[i].From != layer.Given || p.IsOff(&args[i]) {
			continue
		}
		if other := groups[p.Group]; other != "" {
			m.errorf(lang.Argument, m.spanOf(l, p.Name), p.Name+" and "+other+" exclude each other", "", "", lang.Edit{Span: m.spanOf(l, p.Name)}, lang.Edit{Span: m.spanOf(l, other)})
			return false
		}
		groups[p.Group] = p.Name
	}
	return true
}

// place computes a node and adds it to the network; false: there is no room.
func (m *machine) place(l *resolve.Layer, node *network.Node, ok bool) bool {
	m.pair(node)
	if !m.room(l.Node.Kind.Span()) {
		return false
	}
	node.Name = m.nameFor(l)
	if ok {
		m.compute(l, node)
		m.holdToAssumed(l, node)
	}
	var p network.Problem
	m.here, p = m.Add(*node)
	m.report(l, &m.Net.Nodes[m.here], p)
	return true
}

// compute computes a node or, where the statement has run before on a tensor of
// the same shape, takes over what that came to.
func (m *machine) compute(l *resolve.Layer, node *network.Node) {
	if m.block == nil && !l.Loop || l.More != nil && len(l.More.Open) > 0 {
		m.report(l, node, m.Compute(node))
		return
	}
	last := m.before[l]
	if last == nil {
		last = new(network.Computed)
		if m.before == nil {
			m.before = map[*resolve.Layer]*network.Computed{}
		}
		m.before[l] = last
	}
	if !m.Recall(last, node) {
		m.report(l, node, m.Compute(node))
		last.Keep(&m.Builder, node)
	}
}

// defineLayer gives a layer its name. Automatic names are found among the nodes
// when somebody asks for them.
func (m *machine) defineLayer(l *resolve.Layer) {
	if l.Kind.Source && m.in == none {
		m.in = m.here
	}
	m.define(l.Name, place{m.here, none}, l.Loop && l.Named)
}

// report tells why a node cannot be.
func (m *machine) report(l *resolve.Layer, node *network.Node, p network.Problem) {
	switch {
	case p.Fault != nil:
		if p.Fault.Flat {
			p.Fault.Hint = m.flatHint(node)
		}
		m.fault(l, p.Fault)
	case p.Tie != nil:
		m.misfit(l, node, p.Tie)
	case p.Large != "":
		m.errorf(lang.Value, l.Node.Kind.Span(), p.What+" does not fit 64 bits", p.Large+" is more than 9,223,372,036,854,775,807", "")
	case node.Kind.Source && node.Out.Known():
		m.doubtInput(l, node)
	}
}

// fault tells why a layer cannot be, under the word that is to blame.
func (m *machine) fault(l *resolve.Layer, f *layer.Fault) {
	summary := f.Summary
	if name := l.Given(); name != "" {
		summary = name + ": " + summary
	}
	span := m.spanOf(l, f.Param)
	m.errorf(lang.Shape, span, summary, f.Detail, f.Hint, resolve.Instead(l.Node, span, f.Instead)...)
}

// spanOf is where an argument is written, or the kind's word.
func (m *machine) spanOf(l *resolve.Layer, param string) lang.Span {
	if i := l.Kind.Find(param); param != "" && i >= 0 {
		if span := m.prog.Written(m.unit, l, i); span.End > 0 {
			return span
		}
	}
	return l.Node.Kind.Span()
}

// doubtInput tells of inputs that may have been meant otherwise.
func (m *machine) doubtInput(l *resolve.Layer, node *network.Node) {
	if twice := layer.ChannelsTwice(&layer.Call{Kind: node.Kind, Args: node.Args, Out: node.Out}); twice != "" {
		m.tell(lang.Note, lang.Shape, l.Node.Kind.Span(), "this is "+node.Out.Form()+" "+node.Out.String()+", with a depth", "a colour adds its channels to the size",
			"for an image of "+lang.Group(node.Out.Channels())+" channels it is input "+twice)
	}
	if turned := layer.ChannelsFirst(node.Out); turned != "" {
		m.tell(lang.Note, lang.Shape, l.Node.Words[0].Span(), "channels come last", "this is "+node.Out.WithForm()+" with "+lang.Group(node.Out.Channels())+" channels",
			"a PyTorch shape C, H, W is "+turned+" here")
	}
}
