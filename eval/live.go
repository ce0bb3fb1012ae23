package eval

import (
	"slices"

	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Live run goes on, entry by entry, and can go back to where it stood before
// one.
type Live struct {
	m *machine
	r *resolve.Resolver
}

// A Mark is where a run stood: how long its lists were, and one copy of what is no
// list.
type Mark struct {
	stmts, nodes, groups, uses, reached, assumed, tops, journal int

	state  state
	in     int32
	totals network.Totals
	spans  int
	names  resolve.Mark
}

// Begin begins a run of a script that has no statements yet. What the options say
// that cannot be is told.
func Begin(file *lang.File, opts Options) (*Live, lang.Diagnostics) {
	opts.Limits = opts.Limits.withDefaults()
	r := resolve.New(file, opts.resolve())
	l := &Live{newMachine(r.Program(), opts, 0), r}
	l.m.past = new(journal)
	l.m.run(r.Program().Script.Body)
	r.Entries(l.automatically)
	return l, l.m.told()
}

// told is what the log has to say so far.
func (m *machine) told() lang.Diagnostics {
	return m.prog.Log.Diagnostics(m.hasReached, m.firstUse, m.opts.Whole)
}

// automatically says what has a name that no statement gives.
func (l *Live) automatically(name string) (what string, at int, ok bool) {
	p, ok := l.m.names.find(l.m.Net, none, name)
	switch {
	case !ok:
		return "", 0, false
	case p.group != none:
		return l.m.words(p), l.m.Net.Groups[p.group].At, true
	}
	return l.m.words(p), l.m.Net.Nodes[p.node].At, true
}

// Network is what has been run; its Outputs are not kept up to date.
func (l *Live) Network() *network.Network { return l.m.Net }

// Enter runs the statements of an entry, and calls ran behind each with the nodes
// that it has added. False: the entry is at fault, and the run has to go back.
// Where claims may fail, an entry in which nothing else does is not at fault.
func (l *Live) Enter(stmts []lang.Stmt, claimsMayFail bool, ran func(s *lang.Stmt, first, end int32)) (lang.Diagnostics, bool) {
	m := l.m
	resolved := l.r.Enter(stmts)
	m.entry++
	m.reach(m.prog.Script.Body)
	for i := range stmts {
		first := int32(len(m.Net.Nodes))
		if len(resolved) > 0 && resolved[0].Span == stmts[i].Span {
			m.runStmts(resolved[:1])
			resolved = resolved[1:]
		}
		ran(&stmts[i], first, int32(len(m.Net.Nodes)))
	}
	diags := m.told()
	if m.Failed || diags.Failed() && !(claimsMayFail && diags.OnlyClaims()) {
		return diags, false
	}
	m.Net.File.Stmts = append(m.Net.File.Stmts, stmts...)
	m.Net.Good = len(m.Net.Nodes)
	return diags, true
}

// Mark notes where the run stands.
func (l *Live) Mark() Mark {
	m := l.m
	return Mark{
		stmts: len(m.Net.File.Stmts), nodes: len(m.Net.Nodes), groups: len(m.Net.Groups), uses: len(m.uses), reached: len(m.reached), assumed: len(m.assumed), tops: len(m.tops), journal: len(*m.past),
		state: m.state, in: m.in, totals: m.Net.Totals, spans: m.Follower.Spans, names: l.r.Mark(),
	}
}

// Back makes everything as it was at a mark.
func (l *Live) Back(to Mark) {
	m := l.m
	m.past.back(to.journal)
	l.r.Back(to.names)
	m.frame = m.tops[0]
	clear(m.Net.Nodes[to.nodes:])
	clear(m.tops[to.tops:])
	m.Net.Nodes, m.Net.Groups = m.Net.Nodes[:to.nodes], m.Net.Groups[:to.groups]
	m.uses, m.reached, m.assumed, m.tops = m.uses[:to.uses], m.reached[:to.reached], m.assumed[:to.assumed], m.tops[:to.tops]
	m.Net.File.Stmts = m.Net.File.Stmts[:to.stmts]
	m.Net.Totals, m.Net.Good = to.totals, to.nodes
	m.state, m.in, m.Follower.Spans = to.state, to.in, to.spans
	m.follow, m.Failed, m.muted, m.claims = nil, false, 0, false
}

// Ask computes a calculation that is no part of the script; nothing is kept of it.
func (l *Live) Ask(e *lang.Expr, src *lang.Source) (value.Value, lang.Diagnostics) {
	return l.m.ask(e, src)
}

// Quantity finds what a reference that is no part of the script names; false: no
// layer.
func (l *Live) Quantity(r *lang.Ref, src *lang.Source) (Quantity, bool) {
	return l.m.quantityOf(r, src)
}

// Scope has the names that statements give.
func (l *Live) Scope() *resolve.Scope { return l.m.prog.Script.Scope }

// Block is a block of the script, by its name; nil: there is none.
func (l *Live) Block(name string) *resolve.Block { return l.m.prog.Script.Blocks[name] }

// Blocks lists the blocks that can be used.
func (l *Live) Blocks() (names []string) {
	for name := range l.m.prog.Script.Blocks {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Automatic reports a name that a layer has got by itself.
func (l *Live) Automatic(name string) bool {
	_, ok := l.m.names.find(l.m.Net, none, name)
	return ok
}

// Inner lists the layers of a block's use, by its name.
func (l *Live) Inner(name string) []string {
	p, ok := l.place(name)
	if !ok || p.group == none {
		return nil
	}
	return append(l.m.uses[p.group].frame.layerNames(), l.m.unnamedWithin(p.group)...)
}

// Statement is where the statement begins that gives a layer, or uses a block, of
// the script's own; false: there is none of that name.
func (l *Live) Statement(name string) (at int, ok bool) {
	p, ok := l.place(name)
	switch {
	case !ok:
		return 0, false
	case p.group != none:
		g := &l.m.Net.Groups[p.group]
		return g.At, g.Parent == none
	}
	n := &l.m.Net.Nodes[p.node]
	return n.At, n.Group == none
}

// place is where a name of a layer leads.
func (l *Live) place(name string) (place, bool) {
	n := l.Scope().Find(name)
	switch {
	case n == nil:
		return l.m.names.find(l.m.Net, none, name)
	case n.Sort != resolve.ALayer || l.m.layersOf(n).state != set:
		return place{}, false
	}
	return l.m.layersOf(n).place, true
}
