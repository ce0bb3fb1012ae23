package eval

import (
	"math"
	"slices"

	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Loops and conditions.

// repeat runs a body so many times.
func (m *machine) repeat(n *resolve.Repeat) {
	v := m.calc.Value(n.Count)
	if !v.IsWhole() || v.Num < 0 {
		if v.Sort != value.Unknown {
			m.errorf(lang.Value, n.Count.Span(), "repeat needs a whole number of at least 0", "found "+v.String(), "")
		}
		m.lose()
		v = value.Whole(1) // so that what is in it is read
	} else if !m.enoughSteps(n.Count.Span(), v.Num) {
		v = value.Whole(1)
	}
	before := len(m.Net.Nodes)
	for turn := int64(0); turn < v.Num && m.step(n.Count.Span()); turn++ {
		m.run(n.Body)
		if turn == 0 {
			m.expectNodes(before, v.Num-1)
		}
	}
}

// expectNodes makes room for so many turns more that add as many nodes as the
// one that has been run: a list that grows by and by is copied, and for a while
// is there twice.
func (m *machine) expectNodes(before int, turns int64) {
	nodes := m.Net.Nodes
	room := int64(m.opts.Limits.Layers - len(nodes))
	if added := int64(len(nodes) - before); added > 0 && turns > 0 && room > 0 {
		m.Net.Nodes = slices.Grow(nodes, int(min(turns, room/added+1)*added))
	}
}

// enoughSteps refuses at once a loop that cannot end within the limit. It took
// none of the steps, and so the rest of the script is read.
func (m *machine) enoughSteps(span lang.Span, turns int64) bool {
	if turns <= int64(m.opts.Limits.Steps-m.steps) {
		return true
	}
	if !m.halted {
		m.overLimit(span, "steps", m.opts.Limits.Steps, int(min(turns, math.MaxInt32)), "with a loop of "+lang.Group(turns)+" turns the script takes more than %s steps")
		m.lose()
	}
	return false
}

// loop runs a body for each value of a list.
func (m *machine) loop(n *resolve.For) {
	for i := range n.Items {
		if item := &n.Items[i]; item.To != nil {
			m.loopRange(n, item)
		} else {
			m.turnFor(n, m.calc.Value(&item.From), item.From.Span())
		}
	}
}

// loopRange runs a body for each whole number from one to another.
func (m *machine) loopRange(n *resolve.For, item *lang.Item) {
	from, to := m.calc.Value(&item.From), m.calc.Value(item.To)
	span := lang.Span{Start: item.From.Span().Start, End: item.To.Span().End}
	switch {
	case from.Sort == value.Unknown || to.Sort == value.Unknown:
		m.lose()
		m.turnFor(n, value.Value{}, span)
		return
	case !from.IsWhole() || !to.IsWhole():
		m.errorf(lang.Value, span, "a range goes from one whole number to another", "found "+from.String()+" and "+to.String(), "as in 1..4")
		m.lose()
		m.turnFor(n, value.Value{}, span)
		return
	case to.Num < from.Num:
		return
	case from.Num < -1<<62 || to.Num > 1<<62 || !m.enoughSteps(span, to.Num-from.Num+1):
		m.enoughSteps(span, 1<<62)
		m.turnFor(n, value.Value{}, span)
		return
	}
	before := len(m.Net.Nodes)
	for i := from.Num; i <= to.Num && !m.halted; i++ {
		m.turnFor(n, value.Whole(i), span)
		if i == from.Num {
			m.expectNodes(before, to.Num-from.Num)
		}
	}
}

// turnFor runs a loop's body once.
func (m *machine) turnFor(n *resolve.For, v value.Value, span lang.Span) {
	if m.halted || !m.step(span) {
		return
	}
	if n.Var == nil {
		m.reach(n.Body)
		m.lose()
		return
	}
	m.setValue(n.Var, v)
	m.run(n.Body)
}

// choose runs the first body whose condition holds. Where a condition cannot
// be computed, what comes out is unknown.
func (m *machine) choose(n *resolve.If) {
	for i := range n.Arms {
		v := m.calc.Value(n.Arms[i].Cond)
		switch {
		case v.Sort == value.Unknown:
			m.lose()
			return
		case v.Sort != value.Boolean:
			m.errorf(lang.Value, n.Arms[i].Cond.Span(), "a condition is true or false", "found "+v.String()+", which is "+v.Sort.String(), "as in if "+m.Text(n.Arms[i].Cond.Span())+" > 0")
			m.lose()
			return
		case v.Num == 1:
			m.run(n.Arms[i].Body)
			return
		}
	}
	if n.Else != nil {
		m.run(n.Else)
	}
}
