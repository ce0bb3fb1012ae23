// Package eval turns a parsed script into a network: every tensor's shape,
// every layer's parameters, what is shared, what it costs. It prints nothing
// and reads no files but through Options.Open.
//
//	net, diags := eval.Run(file, eval.Options{})
//
// The static pass, package resolve, comes first: it gives every word its meaning.
// What it gives is run here, statement by statement, on a network's builder. A
// script with mistakes gives a network too: the nodes before the first layer that
// failed are right and counted, and Network.Provisional guesses the rest.
package eval

import (
	"strconv"
	"sync/atomic"

	"cnnl/eval/claim"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Options say how a script is to be read. The zero value reads it as it is.
type Options struct {
	Reading reading.Reading
	Limits  Limits
	// Open gives the text of a file that the script uses, by its path from
	// the script's folder, with slashes and without "..". Nil: the script may
	// use no files.
	Open func(path string) (string, error)
	Path string // the script's own path from its folder
	// Whole says that mistakes in blocks that nobody uses and branches that are
	// not taken are errors; otherwise they are warnings.
	Whole bool
	// Interrupted ends a run when it becomes true. Nil: nothing does.
	Interrupted *atomic.Bool
	// Scratch is memory that one run after another uses. Nil: each has its own.
	Scratch *Scratch
	// Place keeps for an Evaluation what claims name where they stand.
	Place bool
}

// A Scratch is memory for calculations that nobody keeps. One run at a time
// can have it.
type Scratch = network.Scratch

// Limits bound the work a script can ask for. A zero means the default.
type Limits struct {
	Layers   int // nodes of a network, and uses of blocks
	Steps    int // statements reached, turns of loops, and each further term of a calculation or tensor of a layer
	Depth    int // blocks inside blocks, and files that use files
	Messages int // diagnostics kept
	Source   int // bytes of the script and all files it uses
}

// The default limits.
const (
	DefaultLayers = 250_000
	DefaultSteps  = 3_000_000
)

func (l Limits) withDefaults() Limits {
	for _, limit := range [...]struct {
		value *int
		or    int
	}{{&l.Layers, DefaultLayers}, {&l.Steps, DefaultSteps}, {&l.Depth, lang.DefaultDepth}, {&l.Source, lang.DefaultSource}} {
		if *limit.value <= 0 {
			*limit.value = limit.or
		}
	}
	return l
}

// A machine runs one program.
type machine struct {
	*frame // the file or block being run
	network.Builder
	state
	prog *resolve.Program
	opts Options
	environment
	fill      resolve.Filler
	tops      []*frame                             // of files, by the number of their scope
	placed    map[*lang.Ref]Quantity               // what claims name where they stand; nil: nobody asks
	reached   []int                                // when each body was run last, by its number: in which entry
	entry     int                                  // of a session, from 1
	first     map[*resolve.Body][]lang.Site        // where each block was used first
	assumed   []layer.Arg                          // assumed defaults that a run computes, by their number
	uses      []use                                // of blocks, by the group
	before    map[*resolve.Layer]*network.Computed // what statements came to that run often
	names     *automaticNames
	overruled overruled
	past      *journal
	refuted   []claim.Failed // claims about one number that it does not have
}

// state is what a run has come to so far: what a session goes back to is one
// copy of it.
type state struct {
	here   int32 // the node of the current tensor, or none
	fork   int32 // where the branch that is run began, or none
	steps  int
	halted bool // a limit was passed
}

// none is the index of no node and of no group.
const none = network.None

// Run evaluates a script.
func Run(file *lang.File, opts Options) (*network.Network, lang.Diagnostics) {
	v := Evaluate(file, opts)
	return v.Network, v.Diags
}

func (o *Options) resolve() resolve.Options {
	return resolve.Options{Reading: o.Reading, Open: o.Open, Path: o.Path, Depth: o.Limits.Depth, Source: o.Limits.Source, Messages: o.Limits.Messages}
}

// A beginning is what every run has, in one piece of memory.
type beginning struct {
	machine
	net     network.Network
	scratch Scratch
	names   automaticNames
	top     frame
	tops    [2]*frame
	reached [4]int
}

// newMachine makes a machine for a program whose script has so many statements.
func newMachine(prog *resolve.Program, opts Options, stmts int) *machine {
	b := new(beginning)
	m := &b.machine
	m.prog, m.entry, m.opts, m.state = prog, 1, opts, state{here: none, fork: none}
	if m.Scratch = opts.Scratch; m.Scratch == nil {
		m.Scratch = &b.scratch
	}
	b.net = network.Network{File: prog.File, Nodes: make([]network.Node, 0, stmts)}
	m.Net, m.names, m.tops, m.reached = &b.net, &b.names, b.tops[:0], b.reached[:0]
	m.environment = environment{m: m}
	m.calc = value.Evaluator{Context: &m.environment}
	m.fill = resolve.Filler{Evaluator: &m.calc}
	if opts.Place {
		m.placed = map[*lang.Ref]Quantity{}
	}
	b.top.begin(prog.Script, prog.Script.Scope)
	m.frame, m.tops = &b.top, append(m.tops, &b.top)
	return m
}

// run executes statements in order.
func (m *machine) run(body *resolve.Body) {
	m.reach(body)
	m.runStmts(body.Stmts)
}

func (m *machine) runStmts(stmts []resolve.Stmt) {
	for i := range stmts {
		s := &stmts[i]
		m.at = s.Span
		if m.halted || !m.step(s.Span) {
			return
		}
		m.exec(s)
	}
}

// reach notes that a body is run.
func (m *machine) reach(b *resolve.Body) {
	if b.ID >= len(m.reached) {
		m.reached = append(m.reached, make([]int, max(m.prog.Bodies, b.ID+1)-len(m.reached))...)
	}
	m.reached[b.ID] = m.entry
}

func (m *machine) hasReached(b *resolve.Body) bool {
	return b.ID < len(m.reached) && m.reached[b.ID] == m.entry
}

// firstUse is where a block was used first, innermost first.
func (m *machine) firstUse(b *resolve.Body) []lang.Site { return m.first[b] }

// noteUse remembers where a block is used first.
func (m *machine) noteUse(b *resolve.Body) {
	if m.hasReached(b) {
		return
	}
	if m.first == nil {
		m.first = map[*resolve.Body][]lang.Site{}
	}
	m.first[b] = m.calls()
}

// calls is where the blocks being run are used, innermost first.
func (m *machine) calls() (list []lang.Site) {
	for f := m.frame; f.caller != nil; f = f.caller {
		list = append(list, lang.Site{Source: f.caller.unit.Source, Span: f.site})
	}
	return list
}

// step counts a statement or a turn of a loop, and what has been computed since.
func (m *machine) step(span lang.Span) bool {
	m.steps += 1 + m.calc.Terms
	m.calc.Terms = 0
	switch {
	case m.halted:
	case m.steps > m.opts.Limits.Steps:
		m.limit(span, "steps", m.opts.Limits.Steps, "the script takes more than %s steps")
	case m.opts.Interrupted != nil && m.opts.Interrupted.Load():
		m.errorf(lang.Limit, span, "interrupted", "", "")
		m.halt()
	}
	return !m.halted
}

// halt ends the run.
func (m *machine) halt() {
	m.halted = true
	m.Fail()
}

// limit tells that a limit was passed and ends the run.
func (m *machine) limit(span lang.Span, name string, most int, format string) {
	m.overLimit(span, name, most, most, format)
	m.halt()
}

// overLimit tells of a limit, and what to raise it to.
func (m *machine) overLimit(span lang.Span, name string, most, more int, format string) {
	m.errorf(lang.Limit, span, resolve.OverLimit(format, most), "nothing from here on is counted", resolve.Raise(name, most, more))
}

// exec runs one statement.
func (m *machine) exec(s *resolve.Stmt) {
	switch n := s.Node.(type) {
	case *resolve.Layer:
		m.layer(s, n)
	case *resolve.Let:
		m.let(n)
	case *resolve.Expect:
		m.expect(n.Node)
	case *resolve.Assume:
		m.assume(n)
	case *resolve.Freeze:
		m.freeze(n.Node)
	case *resolve.From:
		m.from(n)
	case *resolve.Use:
		m.use(n.Unit)
	case *resolve.Repeat:
		m.repeat(n)
	case *resolve.For:
		m.loop(n)
	case *resolve.If:
		m.choose(n)
	case *resolve.Lost:
		m.pass(n)
	case *resolve.Halt:
		m.halt()
	}
}

// lose makes the current tensor unknown.
func (m *machine) lose() { m.pass(&resolve.Lost{}) }

// pass goes on behind a statement that has no meaning: the current tensor is not
// known, and what could be read is kept for who wants to guess.
func (m *machine) pass(n *resolve.Lost) {
	m.Fail()
	if m.follow != nil {
		m.follow.broken = true
	}
	if !m.room(m.at) {
		return
	}
	node := network.Node{Owner: none, Bias: none, Tie: none, Group: m.group, At: m.at.Start}
	if m.here != none && (n.Passed || n.Read.Kind != nil) {
		node.From = m.List(m.here)
	}
	m.here = m.Append(node)
	if n.Read.Kind != nil {
		m.Net.Understood(m.here, n.Read)
	}
}

// room holds the nodes to the limit; span is the statement that adds one.
func (m *machine) room(span lang.Span) bool {
	if len(m.Net.Nodes) >= m.opts.Limits.Layers && !m.halted {
		m.limit(span, "layers", m.opts.Limits.Layers, "the network has more than %s layers")
	}
	return !m.halted
}

func (m *machine) let(n *resolve.Let) {
	unit := m.unit
	m.unit = n.Unit
	v := m.calc.Value(n.Value)
	m.unit = unit
	if n.Name != nil {
		m.setValue(n.Name, v)
	}
}

func (m *machine) from(n *resolve.From) {
	places, ok := m.places(n.Ref, false)
	if !ok {
		m.lose()
		return
	}
	m.here = places[0].node
}

// assume computes defaults that only a run can tell.
func (m *machine) assume(n *resolve.Assume) {
	unit := m.unit
	m.unit = n.Unit
	defer func() { m.unit = unit }()
	for i := range n.Open {
		a := &n.Open[i]
		f := m.filler(a.Kind)
		arg, ok := f.Argument(*a.Open)
		if !ok {
			arg = a.Kind.Params[a.Param].Default
		}
		arg.From = layer.Assumed
		for len(m.assumed) <= a.ID {
			m.assumed = append(m.assumed, layer.Arg{})
		}
		m.assumed[a.ID] = arg
	}
}

// use runs the lets of a file that is used, once.
func (m *machine) use(u *resolve.Unit) {
	if m.tops[0] != nil && u.Scope.ID < len(m.tops) && m.tops[u.Scope.ID] != nil {
		return
	}
	outer := m.frame
	m.frame = m.top(u)
	m.run(u.Body)
	m.frame = outer
}

// finish adds what can be said only at the end.
func (m *machine) finish() lang.Diagnostics {
	if m.Net.Failed = m.Failed; !m.Failed {
		m.Net.Good = len(m.Net.Nodes)
	}
	m.Net.Outputs = m.Net.FindOutputs()
	return m.prog.Log.Diagnostics(m.hasReached, m.firstUse, m.opts.Whole)
}

func itoa(n int) string { return strconv.Itoa(n) }
