package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Session evaluates a script entry by entry, as at a prompt. An entry costs
// what it adds: nothing earlier is evaluated again, nor when it is undone.
type Session struct {
	Source  *lang.Source // all that was entered and stands
	m       *machine
	r       *resolve.Resolver
	parser  lang.Parser
	limits  lang.Limits
	entries []standing
	undone  []string
}

// A standing entry is one that was accepted.
type standing struct {
	text string
	mark mark
}

// A mark is where a session stood before an entry: how long its lists were, and
// one copy of what is no list.
type mark struct {
	text, stmts, nodes, groups, uses, reached, assumed, tops, journal int

	state  state
	in     int32
	totals network.Totals
	spans  int
	names  resolve.Mark
}

// An Answer is what an entry came to.
type Answer struct {
	Text    string
	Results []Result
	Diags   lang.Diagnostics
	OK      bool // it stands; otherwise everything is as before
}

// A Result is one statement of an entry, and the rows that it added.
type Result struct {
	Stmt       *lang.Stmt
	First, End int32
}

// NewSession begins a session. What the options say that cannot be is told.
func NewSession(name string, opts Options, limits lang.Limits) (*Session, lang.Diagnostics) {
	opts.Limits, opts.Whole = opts.Limits.withDefaults(), true
	src := lang.NewSource(name, "")
	r := resolve.New(&lang.File{Source: src}, opts.resolve())
	s := &Session{Source: src, limits: limits, r: r, m: newMachine(r.Program(), opts, 0)}
	s.m.past = new(journal)
	r.Entries(s.automatically)
	return s, s.m.told()
}

// told is what the log has to say so far.
func (m *machine) told() lang.Diagnostics {
	return m.prog.Log.Diagnostics(m.hasReached, m.firstUse, true)
}

// automatically says what has a name that no statement gives.
func (s *Session) automatically(name string) (what string, at int, ok bool) {
	p, ok := s.m.names.find(s.m.Net, none, name)
	switch {
	case !ok:
		return "", 0, false
	case p.group != none:
		return s.m.words(p), s.m.Net.Groups[p.group].At, true
	}
	return s.m.words(p), s.m.Net.Nodes[p.node].At, true
}

// Network is what stands so far.
func (s *Session) Network() *network.Network {
	n := s.m.Net
	n.Outputs = n.FindOutputs()
	return n
}

// Totals are the sums so far.
func (s *Session) Totals() network.Totals { return s.m.Net.Totals }

// Nodes is what has been added, to be looked at in pieces; its Outputs are not
// kept up to date.
func (s *Session) Nodes() *network.Network { return s.m.Net }

// Enter evaluates one entry. It stands as a whole or not at all.
func (s *Session) Enter(text string) Answer {
	a := s.enter(text)
	if a.OK {
		s.undone = nil
	}
	return a
}

func (s *Session) enter(text string) Answer {
	m, was := s.m, s.mark()
	if len(s.Source.Text) > 0 && !strings.HasSuffix(s.Source.Text, "\n") {
		s.Source.Extend("\n")
	}
	file, diags := s.parser.ParseMore(s.Source, text, s.limits)
	a := Answer{Text: text, OK: !diags.Failed()}
	if a.OK {
		stmts := s.r.Enter(file.Stmts)
		m.entry++
		m.reach(m.prog.Script.Body)
		for i := range file.Stmts {
			first := int32(len(m.Net.Nodes))
			if len(stmts) > 0 && stmts[0].Span == file.Stmts[i].Span {
				m.runStmts(stmts[:1])
				stmts = stmts[1:]
			}
			a.Results = append(a.Results, Result{&file.Stmts[i], first, int32(len(m.Net.Nodes))})
		}
		diags.Merge(m.told())
		a.OK = !diags.Failed() && !m.Failed
	}
	diags.Sort()
	a.Diags = diags
	if !a.OK {
		s.freeze(&a.Diags)
		s.back(was)
		return a
	}
	m.Net.File.Stmts = append(m.Net.File.Stmts, file.Stmts...)
	m.Net.Good = len(m.Net.Nodes)
	s.entries = append(s.entries, standing{text, was})
	return a
}

// freeze lets messages keep the text that they quote, which is taken back.
func (s *Session) freeze(diags *lang.Diagnostics) {
	if len(diags.List) == 0 {
		return
	}
	now := s.Source.Copy()
	for i := range diags.List {
		d := &diags.List[i]
		if d.Source == s.Source {
			d.Source = now
		}
		d.Calls = slices.Clone(d.Calls)
		for j := range d.Calls {
			if d.Calls[j].Source == s.Source {
				d.Calls[j].Source = now
			}
		}
	}
}

func (s *Session) mark() mark {
	m := s.m
	return mark{
		text: len(s.Source.Text), stmts: len(m.Net.File.Stmts), nodes: len(m.Net.Nodes), groups: len(m.Net.Groups), uses: len(m.uses), reached: len(m.reached), assumed: len(m.assumed), tops: len(m.tops), journal: len(*m.past),
		state: m.state, in: m.in, totals: m.Net.Totals, spans: m.Follower.Spans, names: s.r.Mark(),
	}
}

// back makes everything as it was at a mark.
func (s *Session) back(to mark) {
	m := s.m
	m.past.back(to.journal)
	s.r.Back(to.names)
	m.frame = m.tops[0]
	clear(m.Net.Nodes[to.nodes:])
	clear(m.tops[to.tops:])
	m.Net.Nodes, m.Net.Groups = m.Net.Nodes[:to.nodes], m.Net.Groups[:to.groups]
	m.uses, m.reached, m.assumed, m.tops = m.uses[:to.uses], m.reached[:to.reached], m.assumed[:to.assumed], m.tops[:to.tops]
	m.Net.File.Stmts = m.Net.File.Stmts[:to.stmts]
	m.Net.Totals, m.Net.Good = to.totals, to.nodes
	m.state, m.in, m.Follower.Spans = to.state, to.in, to.spans
	m.follow, m.Failed, m.muted, m.claims = nil, false, 0, false
	s.Source.Cut(to.text)
}

// Undo takes the last entry back and gives its text; false: there is none.
func (s *Session) Undo() (text string, ok bool) {
	n := len(s.entries)
	if n == 0 {
		return "", false
	}
	last := s.entries[n-1]
	s.back(last.mark)
	s.entries, s.undone = s.entries[:n-1], append(s.undone, last.text)
	return last.text, true
}

// Redo enters once more what was undone last, which can fail: a file that it
// uses may be another now. False: there is nothing.
func (s *Session) Redo() (a Answer, ok bool) {
	n := len(s.undone)
	if n == 0 {
		return Answer{}, false
	}
	if a = s.enter(s.undone[n-1]); a.OK {
		s.undone = s.undone[:n-1]
	}
	return a, true
}

// Settle forgets what was undone.
func (s *Session) Settle() { s.undone = nil }

// Entries is how many stand.
func (s *Session) Entries() int { return len(s.entries) }

// Texts are those of the entries that stand.
func (s *Session) Texts() (texts []string) {
	for _, e := range s.entries {
		texts = append(texts, e.text)
	}
	return texts
}

// Script is all that stands as a script.
func (s *Session) Script() string {
	text := s.Source.Text
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// IsExpression reports an entry that is a calculation, not a statement: it
// begins with a number, a bracket, a sign, a word that has a value, a function
// or a name that is known.
func (s *Session) IsExpression(text string) bool {
	word, behind, number := lang.Lead(text)
	switch {
	case number, word == "(", word == "-", word == "$(", refWords[word]:
		return true
	case behind == "(" && value.IsFunction(word):
		return true
	case word == "", lang.Reserved(word):
		return false
	}
	if kind := s.Kind(word); kind != nil && behind == "" && !(kind.Source && strings.TrimSpace(text) == word) {
		return false // a layer of that kind
	}
	if n := s.scope().Find(word); n != nil {
		return n.Sort != resolve.Missing
	}
	_, ok := s.m.names.find(s.m.Net, none, word)
	return ok
}

func (s *Session) scope() *resolve.Scope { return s.m.prog.Script.Scope }

// refWords are the reserved words that a calculation begins with.
var refWords = map[string]bool{"total": true, "here": true, "in": true, "not": true, "true": true, "false": true}

// Value computes a calculation; nothing is kept of it.
func (s *Session) Value(text string) (string, lang.Diagnostics) {
	src := lang.NewSource(s.Source.Name, "")
	e, diags := s.parser.ParseExpr(src, text, s.limits)
	if e == nil {
		return "", diags
	}
	v, more := s.m.ask(e, src)
	if diags.Merge(more); v.Known() {
		return v.String(), diags
	}
	return "", diags
}

// Names lists what is known: the kinds of the script's own, layers, and
// values.
func (s *Session) Names() (blocks, layers, values []string) {
	for _, n := range s.scope().Names() {
		switch n.Sort {
		case resolve.ALayer:
			layers = append(layers, n.Text)
		case resolve.AValue:
			values = append(values, n.Text)
		}
	}
	n := s.m.Net
	for i := range n.Nodes {
		if r := &n.Nodes[i]; r.Group == none && s.scope().Find(r.Name) == nil && !strings.Contains(r.Name, "[") {
			layers = append(layers, r.Name)
		}
	}
	for i := range n.Groups {
		if g := &n.Groups[i]; g.Parent == none && s.scope().Find(g.Name) == nil && !strings.Contains(g.Name, "[") {
			layers = append(layers, g.Name)
		}
	}
	slices.Sort(layers)
	slices.Sort(values)
	return s.blocks(), layers, values
}

func (s *Session) blocks() (names []string) {
	for name := range s.m.prog.Script.Blocks {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Kind finds a kind of layer, of the catalogue or of the script's own blocks.
func (s *Session) Kind(name string) *layer.Kind {
	if k := layer.Find(name); k != nil {
		return k
	}
	if b := s.m.prog.Script.Blocks[name]; b != nil {
		return b.Kind
	}
	return nil
}

// Inner lists the layers of a block's use, by its name.
func (s *Session) Inner(name string) []string {
	p, ok := s.place(name)
	if !ok || p.group == none {
		return nil
	}
	e := &s.m.environment
	return append(s.m.uses[p.group].frame.layerNames(), e.unnamedWithin(p.group)...)
}

// place is where a name of a layer leads.
func (s *Session) place(name string) (place, bool) {
	if n := s.scope().Find(name); n != nil {
		if n.Sort != resolve.ALayer || s.m.layersOf(n).state != set {
			return place{}, false
		}
		return s.m.layersOf(n).place, true
	}
	return s.m.names.find(s.m.Net, none, name)
}

// Let finds where the value of one of the script's own lets stands in an
// entry: the entry, and the range of its text; false: there is no such let.
func (s *Session) Let(name string) (entry, start, end int, ok bool) {
	for _, stmt := range s.m.Net.File.Stmts {
		let, isLet := stmt.Node.(*lang.Let)
		if !isLet || let.Name.Text != name {
			continue
		}
		span := let.Value.Span()
		for i, e := range s.entries {
			begins := e.mark.text
			if begins > 0 && s.Source.Text[begins-1] != '\n' {
				begins++ // the line end that parts it from the one before
			}
			if span.Start >= begins && span.End <= begins+len(e.text) {
				return i, span.Start - begins, span.End - begins, true
			}
		}
	}
	return 0, 0, 0, false
}
