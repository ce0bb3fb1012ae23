// Package eval turns a parsed script into a network: every tensor's shape,
// every layer's parameters, what is shared, what it costs. It prints nothing
// and reads no files but through Options.Open.
//
//	net, diags := eval.Run(file, eval.Options{})
//
// A script with mistakes gives a network too: the rows before the first
// layer that failed are right and counted.
package eval

import (
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/lang"
)

// Options say how a script is to be read. The zero value reads it as it is.
type Options struct {
	Set    []Setting // values in place of the script's lets
	Assume []string  // assume statements before the first line, such as "pad same"
	Limits Limits
	// Open gives the text of a file that the script uses, by its path from
	// the script's folder, with slashes and without "..". Nil: the script may
	// use no files.
	Open func(path string) (string, error)
	Path string // the script's own path from its folder
	// Interrupted ends a run when it becomes true. Nil: nothing does.
	Interrupted *atomic.Bool
	// Scratch is memory that one run after another uses. Nil: each has its own.
	Scratch *Scratch
	// Place keeps for an Evaluation what claims name where they stand.
	Place bool
}

// A Scratch is memory for calculations that nobody keeps. One run at a time
// can have it.
type Scratch struct {
	sheet calc.Sheet // of the layer being computed
	other calc.Sheet // of the layer that it is compared with
}

// A Setting gives a let another value. From is what it stands in; empty: the
// flag --set.
type Setting struct{ Name, Value, From string }

// Limits bound the work a script can ask for. A zero means the default.
type Limits struct {
	Layers   int // rows of a network, and uses of blocks
	Steps    int // statements reached and turns of loops
	Depth    int // blocks inside blocks, and files that use files
	Messages int // diagnostics kept
	Source   int // bytes of the script and all files it uses
}

// The default limits.
const (
	DefaultLayers = 1_000_000
	DefaultSteps  = 10_000_000
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

// A machine runs one script.
type machine struct {
	placed   map[*lang.Ref]Quantity // what claims name where they stand; nil: nobody asks
	*frame                          // the file or block being run
	journal  *journal               // of a session
	as       *guise                 // names are those of another script
	opts     Options
	net      *network.Network
	diags    lang.Diagnostics
	told     map[mistake]bool
	assumed  []assumption
	settings map[string]*setting
	kinds    map[string]int       // rows of each kind so far, and uses of each block
	inner    []map[string]*entity // the names of each block's use
	uses     []bound              // and what it was given
	units    map[string]*unit     // files that are used, by path
	loading  []string             // files being read, each used by the one before
	read     int                  // bytes of all files
	noted    map[string]bool      // kinds and blocks already told to be unknown
	reached  map[*lang.Body]bool  // bodies that have been run
	memos    map[*lang.Layer]*memo
	ones     []int32          // memory for lists of one row
	fields   []*network.Field // those of the tensors a layer takes
	network.Follower
	current   layer.Call // of the layer being computed
	*Scratch             // its calculations
	fork      int32      // where the branch that is run began, or none
	here      int32      // the row of the current tensor, or none
	steps     int
	muted     int  // above 0 nothing is told
	library   bool // a used file's own statements are run: only what its blocks need
	claims    bool // an expect is computed
	keyBraces int  // of accept and misconception, around what is surveyed
	surveying bool // statements are read that were not run
	failed    bool // a layer has failed; no totals from here on
	halted    bool // a limit was passed
}

// A mistake is told once, however often its statement is run.
type mistake struct {
	src  *lang.Source
	span lang.Span
	code lang.Code
}

// Run evaluates a script.
func Run(file *lang.File, opts Options) (*network.Network, lang.Diagnostics) {
	v := Evaluate(file, opts)
	return v.Network, v.Diags
}

func newMachine(file *lang.File, opts Options) *machine {
	opts.Limits = opts.Limits.withDefaults()
	if opts.Scratch == nil {
		opts.Scratch = new(Scratch)
	}
	m := &machine{
		Scratch: opts.Scratch,
		opts:    opts, here: network.None, fork: network.None, read: len(file.Source.Text), told: map[mistake]bool{},
		reached: map[*lang.Body]bool{}, memos: map[*lang.Layer]*memo{}, kinds: map[string]int{},
		net:   &network.Network{File: file, Nodes: make([]network.Node, 0, len(file.Stmts))},
		diags: lang.Diagnostics{Max: opts.Limits.Messages},
	}
	if opts.Place {
		m.placed = map[*lang.Ref]Quantity{}
	}
	script := &unit{path: opts.Path, blocks: map[string]knownBlock{}}
	m.frame = m.newFrame(script, file.Source, file.Stmts)
	script.top = m.frame
	if opts.Path != "" {
		m.loading = []string{opts.Path}
	}
	return m
}

// run executes statements in order.
func (m *machine) run(stmts []lang.Stmt) {
	for i := range stmts {
		s := &stmts[i]
		m.at = s.Span
		if m.halted || !m.step(s.Span) {
			return
		}
		m.exec(s)
	}
}

// step counts a statement or a turn of a loop.
func (m *machine) step(span lang.Span) bool {
	switch m.steps++; {
	case m.halted:
	case m.steps > m.opts.Limits.Steps:
		m.limit(span, "steps", m.opts.Limits.Steps, "the script takes more than %s steps")
	case m.opts.Interrupted != nil && m.opts.Interrupted.Load():
		m.errorf(lang.Limit, span, "interrupted", "", "")
		m.halted = true
		m.fail()
	}
	return !m.halted
}

// limit tells that a limit was passed and ends the run.
func (m *machine) limit(span lang.Span, name string, value int, format string) {
	m.overLimit(span, name, value, value, format)
	m.halted = true
	m.fail()
}

// mostRaised is how far beyond a limit the advice to raise it makes sense.
const mostRaised = 1_000_000_000

// overLimit tells of a limit, and what to raise it to where that is so many
// more.
func (m *machine) overLimit(span lang.Span, name string, value, more int, format string) {
	hint := fmt.Sprintf("--limit %s=%d raises this limit", name, value+more)
	if more > mostRaised {
		hint = "write fewer"
	}
	m.errorf(lang.Limit, span, fmt.Sprintf(format, lang.Group(int64(value))), "nothing from here on is counted", hint)
}

// exec runs one statement.
func (m *machine) exec(s *lang.Stmt) {
	if m.library && !declares(s.Node) {
		return
	}
	switch n := s.Node.(type) {
	case *lang.Layer:
		m.layer(s, n)
	case *lang.Let:
		m.let(n)
	case *lang.ExpectStmt:
		m.expect(n)
	case *lang.Assume:
		m.assume(n)
	case *lang.Freeze:
		m.freeze(n)
	case *lang.From:
		m.from(n)
	case *lang.Block:
		m.defineBlock(s, n)
	case *lang.UseStmt:
		m.useFile(s, n)
	case *lang.Repeat:
		m.repeat(n)
	case *lang.For:
		m.loop(n)
	case *lang.If:
		m.choose(n)
	case *lang.Mark, *lang.Accept, *lang.Misconception:
		// a key's; only grading looks at them
	case *lang.Bad:
		m.bad(n)
	}
}

// declares reports the statements of a used file that its blocks need.
func declares(n lang.Node) bool {
	switch n.(type) {
	case *lang.Let, *lang.Assume, *lang.Block, *lang.UseStmt:
		return true
	}
	return false
}

// atTop refuses a statement that stands outside all braces.
func (m *machine) atTop(s *lang.Stmt, word string) bool {
	if m.braces == 0 && m.block == nil {
		return true
	}
	m.notInBraces(s, word)
	return false
}

func (m *machine) notInBraces(s *lang.Stmt, word string) {
	m.errorf(lang.Syntax, lang.Span{Start: s.Span.Start, End: s.Span.Start + len(word)}, word+" stands outside all braces", "", "move it to the top of the file")
}

// note remembers a kind that has been told to be unknown.
func (m *machine) note(kind string) bool {
	told := m.noted[kind]
	if m.noted == nil {
		m.noted = map[string]bool{}
	}
	m.noted[kind] = true
	return told
}

// bad keeps what an unreadable statement says all the same: a name it gives
// is known, and if it was to be a layer, the tensor behind it is not.
func (m *machine) bad(b *lang.Bad) {
	if key := m.givenName(b.Node); key.Text != "" && m.find(key.Text) == nil {
		m.frame.set(key.Text, &entity{at: key.Span()})
	}
	switch b.Node.(type) {
	case *lang.Let, *lang.ExpectStmt, *lang.Assume, *lang.Freeze, *lang.Mark, *lang.Accept, *lang.Misconception, *lang.UseStmt:
	case *lang.Block:
		m.note(b.Node.(*lang.Block).Name.Text)
	default:
		m.lose()
	}
}

// lose makes the current tensor unknown.
func (m *machine) lose() {
	m.fail()
	if m.follow != nil {
		m.follow.broken = true
	}
	if m.room(m.at) {
		m.here = m.addRow(network.Node{Owner: network.None, Bias: network.None, Tie: network.None, At: m.at.Start})
	}
}

// room holds the rows to the limit; span is the statement that adds one.
func (m *machine) room(span lang.Span) bool {
	if len(m.net.Nodes) >= m.opts.Limits.Layers && !m.halted {
		m.limit(span, "layers", m.opts.Limits.Layers, "the network has more than %s layers")
	}
	return !m.halted
}

// fail ends the counting: what comes after would be built on a mistake.
func (m *machine) fail() {
	if !m.failed {
		m.failed, m.net.Good = true, len(m.net.Nodes)
	}
}

// addRow appends a row to the use of the block being run.
func (m *machine) addRow(r network.Node) int32 {
	r.Group, r.Use = m.group, network.None
	r.Last = int32(len(m.net.Nodes))
	r.Gives = r.Last
	if n := len(m.net.Nodes); n == cap(m.net.Nodes) {
		m.net.Nodes = slices.Grow(m.net.Nodes, max(n, 16)) // append grows long lists by little, and copies often
	}
	m.net.Nodes = append(m.net.Nodes, r)
	return int32(len(m.net.Nodes) - 1)
}

func (m *machine) let(n *lang.Let) {
	v := m.setValue(n)
	if v == nil {
		own := m.value(&n.Value)
		v = &own
	}
	m.defineLocal(lang.Key(n.Name), *v)
}

func (m *machine) from(n *lang.From) {
	places, ok := m.places(&n.Ref, false)
	if !ok {
		m.lose()
		return
	}
	m.here = places[0].row
}

// finish adds what can be said only at the end.
func (m *machine) finish() {
	if m.net.Failed = m.failed; !m.failed {
		m.net.Good = len(m.net.Nodes)
	}
	m.checkSettings()
	m.net.Outputs = m.net.FindOutputs()
	m.diags.Sort()
}

// errorf tells of a mistake, unless what it stands in does not matter.
func (m *machine) errorf(code lang.Code, span lang.Span, summary, detail, hint string) {
	m.tell(lang.Error, code, span, summary, detail, hint)
}

func (m *machine) tell(severity lang.Severity, code lang.Code, span lang.Span, summary, detail, hint string) {
	key := mistake{m.src, span, code}
	if m.muted > 0 || m.told[key] {
		return
	}
	m.told[key] = true
	d := lang.Diagnostic{Severity: severity, Code: code, Source: m.src, Span: span, Summary: summary, Detail: detail, Hint: hint}
	for f := m.frame; f.caller != nil; f = f.caller {
		d.Calls = append(d.Calls, lang.Site{Source: f.caller.src, Span: f.site})
	}
	m.diags.Add(d)
}

func itoa(n int) string { return strconv.Itoa(n) }
