package diagnose

import (
	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
)

// A world is the network as somebody may have counted it: the rules of the layers
// that something touches are asked again, some of them rewritten. All others are as
// in the world that it is made from.
type world struct {
	engine  *Engine
	rows    []*counted
	touched []int32 // the rows that are its own
	plain   numbers // every layer once
	totals  numbers
	pin     *pins  // the claimed sizes that it is counted with
	tally   *tally // nil: every layer counts as it stands
}

// counted are the numbers of one layer.
type counted struct {
	out  layer.Shape // what layers behind it take
	made layer.Shape // what its own rule gives, before a claimed size takes its place

	weights, biases, macs, stats, activations, inside int64
	field, jump                                       [3]int64
}

// sameSizes reports a layer behind which all is the same.
func (c *counted) sameSizes(d *counted) bool {
	return c.out == d.out && c.field == d.field && c.jump == d.jump
}

func (c *counted) same(d *counted) bool { return *c == *d }

// pins are the sizes that are claimed: what comes behind is counted from them, and
// from so many filters where a number needs it.
type pins struct {
	out   map[int32]layer.Shape
	units map[int32]int64
}

// A bench is what one search works with; nobody else uses it at the time.
type bench struct {
	plain, sheet calc.Sheet
	asked        asked // the layer that is being asked
	view         calc.Sheet
	seen         asked // the layer whose calculation is looked at
	dirty        []bool
	budget
}

// world asks the rules of what some changes touch, starting from another world; nil:
// from nothing, so that all are asked. False: a layer does not fit.
func (g *Engine) world(b *bench, base *world, changes []*change, pin *pins) (*world, bool) {
	return g.widened(b, base, changes, changes, pin, nil)
}

// widened is world from one that knows some of the changes already; fresh are the others.
// Only needed nodes are asked; nil: all.
func (g *Engine) widened(b *bench, base *world, changes, fresh []*change, pin *pins, needed []bool) (w *world, ok bool) {
	n := int32(len(g.net.Nodes))
	if !b.spend(1 + int(n)/nodesForOne) {
		return nil, false
	}
	w = &world{engine: g, rows: make([]*counted, n), pin: pin}
	if base != nil {
		copy(w.rows, base.rows)
		w.plain = base.plain
	}
	if b.dirty == nil {
		b.dirty = make([]bool, n)
	}
	fixed := pin
	if base != nil && base.pin == pin {
		fixed = nil // it has them already
	}
	from, last := w.mark(b, base == nil, fresh, fixed)
	for i := from; i <= last; i++ {
		if !b.dirty[i] {
			continue
		}
		b.dirty[i] = false
		if needed != nil && !needed[i] {
			continue
		}
		now, was := new(counted), w.rows[i]
		if !b.spend(1) || !w.ask(b, i, now, changes, pin) {
			clear(b.dirty)
			return nil, false
		}
		if was != nil && was.same(now) {
			continue
		}
		w.rows[i] = now
		w.touched = append(w.touched, i)
		w.plain.plus(numbersOf(&g.net.Nodes[i], now, false), 1)
		if was != nil {
			w.plain.plus(numbersOf(&g.net.Nodes[i], was, false), -1)
		}
		if was == nil || was.sameSizes(now) {
			continue
		}
		for _, taker := range g.takers[i] {
			b.dirty[taker], last = true, max(last, taker)
		}
	}
	w.sum(changes)
	return w, true
}

// needed are the nodes that the numbers of one are counted from: itself, and those before
// it as far as claimed sizes, from which what comes behind is counted.
func (g *Engine) needed(node int32, pin *pins) []bool {
	list := make([]bool, len(g.net.Nodes))
	list[node] = true
	for i := node; i >= 0; i-- {
		if !list[i] || i != node && pin != nil && pin.out[i].Known() {
			continue
		}
		for _, f := range g.net.Nodes[i].From {
			list[f] = true
		}
	}
	return list
}

// nodesForOne is how many nodes cost as much to take over as one costs to ask.
const nodesForOne = 64

// mark notes the layers that have to be asked, from the first to the last.
func (w *world) mark(b *bench, all bool, changes []*change, pin *pins) (first, last int32) {
	if all {
		for i := range b.dirty {
			b.dirty[i] = true
		}
		return 0, int32(len(b.dirty)) - 1
	}
	first, last = int32(len(b.dirty)), -1
	touch := func(i int32) { b.dirty[i], first, last = true, min(first, i), max(last, i) }
	for _, c := range changes {
		if c.entry.ofLayers() {
			for _, i := range c.rows {
				touch(i)
			}
		}
	}
	if pin != nil {
		for i := range pin.out {
			touch(i)
		}
	}
	return first, last
}

// ask asks the rules of one layer for its numbers; false: it does not fit.
func (w *world) ask(b *bench, i int32, row *counted, changes []*change, pin *pins) bool {
	sheet := &b.plain
	sheet.Plain = true
	for _, c := range changes {
		if c.acts(i) {
			sheet = &b.sheet
		}
	}
	sheet.Reset()
	l := &b.asked
	*l = asked{args: l.args[:0]}
	if !w.rules(sheet, i, l, changes, pin) {
		return false
	}
	*row = counted{out: l.call.Out, made: l.call.Out, weights: l.weights.Value(), biases: l.biases.Value(), macs: l.macs.Value(), stats: l.stats.Value(), inside: l.inside.Value()}
	if r := l.call.Kind; !r.Free && !r.Source {
		row.activations, _ = l.call.Out.Size()
	}
	w.follow(i, &l.call, row, changes)
	if pin != nil && pin.out[i].Known() {
		row.out = pin.out[i]
	}
	return true
}

// An asked layer has its calculations.
type asked struct {
	call                                 layer.Call
	args                                 []layer.Arg // of the call, where they are changed
	axes                                 []calc.Expr
	banks                                []layer.Bank
	weights, biases, macs, stats, inside calc.Expr
}

// rules asks the rules of one layer, as changes rewrite them; false: it does not fit.
func (w *world) rules(sheet *calc.Sheet, i int32, l *asked, changes []*change, pin *pins) bool {
	r := &w.engine.net.Nodes[i]
	l.call = layer.Call{Kind: r.Kind, Args: r.Args, Sheet: sheet}
	for j := range r.From {
		if s := w.taken(r, j); j == 0 {
			l.call.In = s
		} else {
			l.call.With = append(l.call.With, s)
		}
	}
	p := &place{w: w, i: i, call: &l.call, l: l}
	for _, c := range changes {
		if c.acts(i) && c.entry.args != nil {
			p.change = c
			c.entry.args(p)
		}
	}
	if l.call.In.Rank() > 1 && !l.call.In.IsTokens() && w.engine.classes[i] == denseClass {
		*p.argument("each") = layer.On // where flattening is left out it works on the last axis
	}
	if l.call.Run(); l.call.Fault != nil || !p.sizes(l, changes) {
		return false
	}
	if pin != nil && pin.units[i] != 0 {
		*p.argument(r.Kind.UnitsParam()) = layer.Num(pin.units[i])
	}
	p.learn(l, changes)
	_, over := sheet.Overflow()
	return !over
}

// taken is the size of what a node takes first, second and so on.
func (w *world) taken(r *network.Node, i int) layer.Shape {
	from := r.From[i]
	if i == 0 || r.Kind.Hands == nil {
		return w.rows[from].out
	}
	giver := &w.engine.net.Nodes[from]
	c := layer.Call{Kind: giver.Kind, Args: giver.Args, Out: w.rows[from].out}
	return c.Handed(r.Kind, i)
}

// largestSide bounds the sizes that a rewritten rule may give.
const largestSide = 1 << 40

// sizes rewrites the sizes of the output; false: nothing is left of it.
func (p *place) sizes(l *asked, changes []*change) bool {
	l.axes = l.call.Axes()
	if l.call.Out.IsTokens() {
		return true
	}
	for _, c := range changes {
		if c.acts(p.i) && c.entry.axes != nil {
			p.change = c
			l.axes = c.entry.axes(p, append([]calc.Expr(nil), l.axes...))
		}
	}
	var sides [layer.MaxAxes]int64
	for i, e := range l.axes {
		if sides[i] = e.Value(); sides[i] < 1 || sides[i] > largestSide {
			return false
		}
	}
	l.call.Out = layer.NewShape(sides[:len(l.axes)]...)
	_, fits := l.call.Out.Size()
	return fits
}

// learn rewrites what is learned and what it costs.
func (p *place) learn(l *asked, changes []*change) {
	l.banks = l.call.Banks()
	for _, c := range changes {
		if c.acts(p.i) && c.entry.banks != nil {
			p.change = c
			l.banks = c.entry.banks(p, l.banks)
		}
	}
	for _, b := range l.banks {
		l.weights, l.biases, l.macs = calc.Sum(l.weights, b.Weights()), calc.Sum(l.biases, b.Biases()), calc.Sum(l.macs, b.Macs())
	}
	if l.call.Kind.Work != nil {
		l.macs = calc.Sum(l.macs, l.call.Kind.Work(&l.call))
	}
	for _, c := range changes {
		if c.acts(p.i) && c.entry.macs != nil {
			p.change = c
			l.macs = c.entry.macs(p, l.banks, l.macs)
		}
	}
	if l.call.Kind.Stats != nil && p.engine().net.Nodes[p.i].Owner == network.None {
		l.stats = l.call.Kind.Stats(&l.call)
	}
	l.inside = l.call.Inside()
}

// follow widens the receptive field: by the window's reach, in steps that strides
// before it have made wide.
func (w *world) follow(i int32, call *layer.Call, row *counted, changes []*change) {
	if call.Kind.Source {
		row.field, row.jump = [3]int64{1, 1, 1}, [3]int64{1, 1, 1}
		return
	}
	for _, f := range w.engine.net.Nodes[i].From {
		for a := range 3 {
			row.field[a], row.jump[a] = max(row.field[a], w.rows[f].field[a]), max(row.jump[a], w.rows[f].jump[a])
		}
	}
	if call.Kind.Window == nil {
		return
	}
	flat := false
	for _, c := range changes {
		flat = flat || c.entry.flat
	}
	for a := range min(call.Out.Spatial(), 3) {
		window := call.Kind.Window(call, a)
		row.field[a] += (window.Taps - 1) * max(window.Step, 1) * row.jump[a]
		if !flat {
			row.jump[a] *= max(window.Stride, 1)
		}
	}
}
