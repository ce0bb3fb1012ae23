// Package eval turns a parsed script into a network: every tensor's shape,
// every layer's parameters, what is shared, what it costs. It prints nothing
// and reads no files.
//
//	net, diags := eval.Run(file, eval.Options{})
//
// A script with mistakes gives a network too: the rows before the first
// layer that failed are right and counted.
package eval

import (
	"fmt"
	"strconv"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// Options say how a script is to be read. The zero value reads it as it is.
type Options struct {
	Set    []Setting // values in place of the script's lets
	Assume []string  // assume statements before the first line, such as "pad same"
	Limits Limits
}

// A Setting gives a let another value.
type Setting struct{ Name, Value string }

// Limits bound the work a script can ask for. A zero means the default.
type Limits struct {
	Layers   int // rows of a network
	Steps    int // statements reached and turns of loops
	Messages int // diagnostics kept
}

// The default limits.
const (
	DefaultLayers = 1_000_000
	DefaultSteps  = 10_000_000
)

// A machine runs one script.
type machine struct {
	opts    Options
	src     *lang.Source
	stmts   []lang.Stmt
	net     *Network
	diags   lang.Diagnostics
	scope   *scope
	assumed []assumption
	set     map[string]*setting
	noted   map[string]bool // kinds and blocks already told to be unknown
	current layer.Call      // of the layer being computed
	sheet   calc.Sheet      // and its calculations
	other   calc.Sheet      // for the layer that another is compared with
	here    int32           // the row of the current tensor, or none
	first   int32           // the row of the first input, or none
	at      int             // offset of the statement being run
	steps   int
	muted   int  // above 0 nothing is told
	failed  bool // a layer has failed; no totals from here on
	halted  bool // a limit was passed
}

// none is the index of no row.
const none = -1

// Run evaluates a script.
func Run(file *lang.File, opts Options) (*Network, lang.Diagnostics) {
	m := newMachine(file, opts)
	m.applyOptions()
	m.run(file.Stmts)
	m.finish()
	return m.net, m.diags
}

func newMachine(file *lang.File, opts Options) *machine {
	if opts.Limits.Layers <= 0 {
		opts.Limits.Layers = DefaultLayers
	}
	if opts.Limits.Steps <= 0 {
		opts.Limits.Steps = DefaultSteps
	}
	return &machine{
		opts: opts, src: file.Source, stmts: file.Stmts, here: none, first: none, scope: newScope(),
		net:   &Network{File: file, Rows: make([]Row, 0, len(file.Stmts))},
		diags: lang.Diagnostics{Max: opts.Limits.Messages},
	}
}

// run executes statements in order.
func (m *machine) run(stmts []lang.Stmt) {
	for i := range stmts {
		s := &stmts[i]
		m.at = s.Span.Start
		if m.halted || !m.step(s) {
			return
		}
		m.exec(s)
	}
}

// step counts a statement.
func (m *machine) step(s *lang.Stmt) bool {
	if m.steps++; m.steps > m.opts.Limits.Steps {
		m.limit(s.Span, "steps", m.opts.Limits.Steps, "the script takes more than %s steps")
		return false
	}
	return true
}

// limit tells that a limit was passed and ends the run.
func (m *machine) limit(span lang.Span, name string, value int, format string) {
	m.errorf(lang.Limit, span, fmt.Sprintf(format, lang.Group(int64(value))), "nothing from here on is counted",
		fmt.Sprintf("--limit %s=%d raises this limit", name, 2*value))
	m.halted = true
	m.fail()
}

// exec runs one statement.
func (m *machine) exec(s *lang.Stmt) {
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
	case *lang.Mark, *lang.Accept, *lang.Misconception:
		// a key's; only grading looks at them
	case *lang.Bad:
		m.bad(n)
	case *lang.Block:
		m.note(n.Name.Text)
		m.notYet(s, "block")
	case *lang.UseStmt:
		m.notYet(s, "use")
	case *lang.Repeat:
		m.notYet(s, "repeat")
		m.lose()
	case *lang.For:
		m.notYet(s, "for")
		m.lose()
	case *lang.If:
		m.notYet(s, "if")
		m.lose()
	}
}

// notYet tells of a statement of the language that is read but not counted.
func (m *machine) notYet(s *lang.Stmt, word string) {
	m.errorf(lang.Syntax, lang.Span{Start: s.Span.Start, End: s.Span.Start + len(word)},
		"this version of cnnl does not evaluate "+word+" yet", "the statement is well written", "write its layers out one by one")
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
	if key := givenName(b.Node); key.Text != "" && m.scope.find(key.Text) == nil {
		m.scope.names[key.Text] = &entity{at: key.Span()}
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
	m.here = m.addRow(Row{Owner: none, Tie: none, At: m.at})
}

// fail ends the counting: what comes after would be built on a mistake.
func (m *machine) fail() {
	if !m.failed {
		m.failed, m.net.Good = true, len(m.net.Rows)
	}
}

// addRow appends a row and counts it, unless something has failed before.
func (m *machine) addRow(r Row) int32 {
	m.net.Rows = append(m.net.Rows, r)
	return int32(len(m.net.Rows) - 1)
}

func (m *machine) let(n *lang.Let) {
	v := m.setValue(n)
	if v == nil {
		own := m.value(&n.Value)
		v = &own
	}
	m.define(lang.Key(n.Name), entity{sort: isValue, value: *v})
}

func (m *machine) from(n *lang.From) {
	e := m.layerNamed(&n.Ref)
	if e == nil || e.sort == lost {
		m.lose()
		return
	}
	m.here = e.row
}

// layerNamed finds the layer that a reference names; nil or lost where there
// is none, which is told.
func (m *machine) layerNamed(r *lang.Ref) *entity {
	name := lang.Name(r.Head)
	if lang.Reserved(name.Text) || len(r.Args) > 0 {
		m.errorf(lang.Naming, r.Span, "expected the name of a layer", "found "+lang.Quote(m.src.Text[r.Span.Start:r.Span.End]), "")
		return nil
	}
	if len(r.Path) > 0 {
		m.errorf(lang.Naming, r.Span, "expected the name of a layer alone", "found "+lang.Quote(m.src.Text[r.Span.Start:r.Span.End]), "write "+name.Text)
		return nil
	}
	e := m.scope.find(name.Text)
	switch {
	case e == nil:
		m.unknownName(name, "layer")
	case e.sort == isValue:
		m.errorf(lang.Naming, name.Span(), name.Text+" is a value, not a layer", "it was named with let", "")
		return nil
	}
	return e
}

func (m *machine) freeze(n *lang.Freeze) {
	for i := range n.What {
		r := &n.What[i]
		if r.Head.Text == "all" && len(r.Path) == 0 {
			for row := range m.net.Rows {
				m.freezeRow(int32(row))
			}
		} else if e := m.layerNamed(r); e != nil && e.sort == isLayer {
			m.freezeRow(e.row)
		}
	}
}

// freezeRow takes a row's parameters out of training; where it shares, the
// owner's.
func (m *machine) freezeRow(i int32) {
	if owner := m.net.Rows[i].Owner; owner != none {
		i = owner
	}
	r := &m.net.Rows[i]
	if r.Frozen {
		return
	}
	r.Frozen = true
	if !m.failed || int(i) < m.net.Good {
		m.net.Totals.Frozen += r.Params()
	}
}

// finish adds what can be said only at the end.
func (m *machine) finish() {
	if m.net.Failed = m.failed; !m.failed {
		m.net.Good = len(m.net.Rows)
	}
	m.checkSettings()
	m.net.Outputs = m.net.outputs()
	m.diags.Sort()
}

// outputs are the good rows that no other takes.
func (n *Network) outputs() (outputs []int32) {
	taken := make([]bool, len(n.Rows))
	for i := range n.Rows[:n.Good] {
		for _, from := range n.Rows[i].From {
			taken[from] = true
		}
	}
	for i := range n.Rows[:n.Good] {
		if !taken[i] && (!n.Rows[i].Kind.Source || n.Good == 1) {
			outputs = append(outputs, int32(i))
		}
	}
	return outputs
}

// errorf tells of a mistake, unless what it stands in does not matter.
func (m *machine) errorf(code lang.Code, span lang.Span, summary, detail, hint string) {
	m.tell(lang.Error, code, span, summary, detail, hint)
}

func (m *machine) tell(severity lang.Severity, code lang.Code, span lang.Span, summary, detail, hint string) {
	if m.muted == 0 {
		m.diags.Add(lang.Diagnostic{Severity: severity, Code: code, Source: m.src, Span: span, Summary: summary, Detail: detail, Hint: hint})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
