package eval

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Session evaluates a script entry by entry, as at a prompt. An entry costs
// what it adds: nothing earlier is evaluated again, nor when it is undone.
type Session struct {
	Source  *lang.Source // all that was entered and stands
	m       *machine
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

// A mark is where a session stood before an entry: how long its lists were,
// and what is no list.
type mark struct {
	text, stmts, rows, groups, inner, uses, loading, journal int

	here, in int32
	totals   network.Totals
	assumed  []assumption
	read     int
	steps    int
	spans    int
	broken   bool
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
	src := lang.NewSource(name, "")
	s := &Session{Source: src, limits: limits, m: newMachine(&lang.File{Source: src}, opts)}
	s.m.journal = new(journal)
	s.m.past, s.m.given = s.m.journal, map[string]bool{}
	s.m.applyOptions()
	diags := s.m.diags
	s.m.diags = lang.Diagnostics{Max: limits.Messages}
	return s, diags
}

// Network is what stands so far.
func (s *Session) Network() *network.Network {
	n := s.m.net
	n.Outputs = n.FindOutputs()
	return n
}

// Totals are the sums so far.
func (s *Session) Totals() network.Totals { return s.m.net.Totals }

// Rows is what has been added, to be looked at in pieces; its Outputs are not
// kept up to date.
func (s *Session) Rows() *network.Network { return s.m.net }

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
		m.told, m.noted, m.memos, m.diags, m.stmts = map[mistake]bool{}, nil, map[*lang.Layer]*memo{}, lang.Diagnostics{Max: s.limits.Messages}, file.Stmts
		m.noteGiven()
		for i := range file.Stmts {
			first := int32(len(m.net.Nodes))
			m.run(file.Stmts[i : i+1])
			a.Results = append(a.Results, Result{&file.Stmts[i], first, int32(len(m.net.Nodes))})
		}
		m.survey(file.Stmts)
		diags.Merge(m.diags)
		a.OK = !diags.Failed() && !m.failed
	}
	diags.Sort()
	a.Diags = diags
	if !a.OK {
		s.freeze(&a.Diags)
		s.back(was)
		return a
	}
	m.net.File.Stmts = append(m.net.File.Stmts, file.Stmts...)
	m.net.Good = len(m.net.Nodes)
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
		text: len(s.Source.Text), stmts: len(m.net.File.Stmts), rows: len(m.net.Nodes), groups: len(m.net.Groups), inner: len(m.inner), uses: len(m.uses), loading: len(m.loading),
		journal: len(*m.journal), here: m.here, in: m.in, totals: m.net.Totals, assumed: m.assumed, read: m.read, steps: m.steps, spans: m.Follower.Spans, broken: m.unit.broken,
	}
}

// back makes everything as it was at a mark.
func (s *Session) back(to mark) {
	m := s.m
	m.journal.back(to.journal)
	m.frame = m.top()
	clear(m.net.Nodes[to.rows:])
	m.net.Nodes, m.net.Groups = m.net.Nodes[:to.rows], m.net.Groups[:to.groups]
	m.inner, m.uses, m.loading = m.inner[:to.inner], m.uses[:to.uses], m.loading[:to.loading]
	m.net.File.Stmts = m.net.File.Stmts[:to.stmts]
	m.net.Totals, m.net.Good = to.totals, to.rows
	m.here, m.in, m.assumed, m.read, m.steps, m.Follower.Spans, m.unit.broken = to.here, to.in, to.assumed, to.read, to.steps, to.spans, to.broken
	m.loops, m.braces, m.locals, m.follow = 0, 0, nil, nil
	m.failed, m.halted, m.muted, m.library, m.claims, m.surveying = false, false, 0, false, false, false
	s.Source.Cut(to.text)
}

// top is the frame of the session's own statements.
func (m *machine) top() *frame {
	f := m.frame
	for f.caller != nil {
		f = f.caller
	}
	return f.unit.top
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
	case behind == "(" && functions[word].most > 0:
		return true
	case word == "", lang.Reserved(word):
		return false
	}
	if kind := s.m.kindNamed(word); kind != nil && behind == "" && !(kind.Source && strings.TrimSpace(text) == word) {
		return false // a layer of that kind
	}
	e := s.m.lookup(word)
	return e != nil && e.sort != lost
}

// refWords are the reserved words that a calculation begins with.
var refWords = map[string]bool{"total": true, "here": true, "in": true, "not": true, "true": true, "false": true}

// Value computes a calculation; nothing is kept of it.
func (s *Session) Value(text string) (string, lang.Diagnostics) {
	m, was := s.m, s.mark()
	src := lang.NewSource(s.Source.Name, "")
	e, diags := s.parser.ParseExpr(src, text, s.limits)
	result := ""
	if e != nil {
		own := m.src
		m.told, m.noted, m.diags, m.stmts, m.claims, m.src = map[mistake]bool{}, nil, lang.Diagnostics{Max: s.limits.Messages}, nil, true, src
		v := m.value(e)
		m.src = own
		if diags.Merge(m.diags); v.Sort != value.Unknown {
			result = v.String()
		}
	}
	s.back(was)
	return result, diags
}

// Names lists what is known: the kinds of the script's own, layers, and
// values.
func (s *Session) Names() (blocks, layers, values []string) {
	for name, e := range s.m.names {
		switch e.sort {
		case isLayer:
			layers = append(layers, name)
		case isValue:
			values = append(values, name)
		}
	}
	n := s.m.net
	for i := range n.Nodes {
		if r := &n.Nodes[i]; r.Group == network.None && s.m.names[r.Name] == nil && !strings.Contains(r.Name, "[") {
			layers = append(layers, r.Name)
		}
	}
	for i := range n.Groups {
		if g := &n.Groups[i]; g.Parent == network.None && s.m.names[g.Name] == nil && !strings.Contains(g.Name, "[") {
			layers = append(layers, g.Name)
		}
	}
	slices.Sort(layers)
	slices.Sort(values)
	return s.m.blockNames(), layers, values
}

// Kind finds a kind of layer, of the catalogue or of the script's own blocks.
func (s *Session) Kind(name string) *layer.Kind { return s.m.kindNamed(name) }

// Inner lists the layers of a block's use, by its name.
func (s *Session) Inner(name string) (names []string) {
	e := s.m.lookup(name)
	if e == nil || e.sort != isLayer || e.place.group == network.None {
		return nil
	}
	for inner, e := range s.m.inner[e.place.group] {
		if e.sort == isLayer {
			names = append(names, inner)
		}
	}
	return append(names, s.m.unnamedWithin(e.place.group)...)
}

// Let finds where the value of one of the script's own lets stands in an
// entry: the entry, and the range of its text; false: there is no such let.
func (s *Session) Let(name string) (entry, start, end int, ok bool) {
	for _, stmt := range s.m.net.File.Stmts {
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
