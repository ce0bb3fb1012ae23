// Package session evaluates a script entry by entry, as a prompt does: an entry
// stands as a whole or not at all, and the last one can be taken back. An entry
// costs what it adds. It keeps the text that stands; names, numbers and what is to
// be taken back are a Live's of package eval.
package session

import (
	"slices"
	"strings"

	"cnnl/eval"
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
	live    *eval.Live
	parser  lang.Parser
	limits  lang.Limits
	entries []standing
	script  int // the first entries that are of a script's file
	undone  []string
}

// A standing entry is one that was accepted.
type standing struct {
	text string
	at   int // where the source ended before it
	mark eval.Mark
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

// New begins a session. What the options say that cannot be is told.
func New(name string, opts eval.Options, limits lang.Limits) (*Session, lang.Diagnostics) {
	src := lang.NewSource(name, "")
	live, diags := eval.Begin(&lang.File{Source: src}, opts)
	return &Session{Source: src, limits: limits, live: live}, diags
}

// Network is what stands so far.
func (s *Session) Network() *network.Network {
	n := s.live.Network()
	n.Outputs = n.FindOutputs()
	return n
}

// Totals are the sums so far.
func (s *Session) Totals() network.Totals { return s.live.Network().Totals }

// Nodes is what has been added, to be looked at in pieces; its Outputs are not
// kept up to date.
func (s *Session) Nodes() *network.Network { return s.live.Network() }

// Enter evaluates one entry. It stands as a whole or not at all.
func (s *Session) Enter(text string) Answer {
	a := s.enter(text, false)
	if a.OK {
		s.undone = nil
	}
	return a
}

// EnterScript evaluates an entry that is the next piece of a script's file, which
// messages name by its lines.
func (s *Session) EnterScript(text string) Answer {
	s.script++
	a := s.enter(text, false)
	if !a.OK {
		s.script--
	}
	return a
}

// Repeat evaluates an entry that has stood in another session. It stands here too
// where no more than its claims fail.
func (s *Session) Repeat(e Entry) Answer {
	if e.OfScript {
		s.script++
	}
	return s.enter(e.Text, true)
}

func (s *Session) enter(text string, claimsMayFail bool) Answer {
	at, was := len(s.Source.Text), s.live.Mark()
	if len(s.Source.Text) > 0 && !strings.HasSuffix(s.Source.Text, "\n") {
		s.Source.Extend("\n")
	}
	file, diags := s.parser.ParseMore(s.Source, text, s.limits)
	a := Answer{Text: text, OK: !diags.Failed()}
	if a.OK {
		var more lang.Diagnostics
		more, a.OK = s.live.Enter(file.Stmts, claimsMayFail, func(stmt *lang.Stmt, first, end int32) { a.Results = append(a.Results, Result{stmt, first, end}) })
		diags.Merge(more)
	}
	diags.Sort()
	s.entries = append(s.entries, standing{text, at, was})
	a.Diags = s.quoted(diags, a.OK)
	if !a.OK {
		s.entries = s.entries[:len(s.entries)-1]
		s.back(standing{text, at, was})
	}
	return a
}

// back makes everything as it was before an entry.
func (s *Session) back(e standing) {
	s.live.Back(e.mark)
	s.Source.Cut(e.at)
}

// Undo takes the last entry back and gives its text; false: there is none.
func (s *Session) Undo() (text string, ok bool) {
	n := len(s.entries)
	if n == 0 {
		return "", false
	}
	last := s.entries[n-1]
	s.back(last)
	s.entries, s.undone = s.entries[:n-1], append(s.undone, last.text)
	s.script = min(s.script, n-1)
	return last.text, true
}

// Redo enters once more what was undone last, which can fail: a file that it
// uses may be another now. False: there is nothing.
func (s *Session) Redo() (a Answer, ok bool) {
	n := len(s.undone)
	if n == 0 {
		return Answer{}, false
	}
	if a = s.enter(s.undone[n-1], true); a.OK {
		s.undone = s.undone[:n-1]
	}
	return a, true
}

// Settle forgets what was undone.
func (s *Session) Settle() { s.undone = nil }

// Entries is how many stand.
func (s *Session) Entries() int { return len(s.entries) }

// An Entry is a text that stands.
type Entry struct {
	Text     string
	OfScript bool // it is a piece of a script's file
}

// Standing are the entries that stand.
func (s *Session) Standing() (list []Entry) {
	for i, e := range s.entries {
		list = append(list, Entry{e.text, i < s.script})
	}
	return list
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
	if n := s.live.Scope().Find(word); n != nil {
		return n.Sort != resolve.Missing
	}
	return s.live.Automatic(word)
}

// refWords are the reserved words that a calculation begins with.
var refWords = map[string]bool{"total": true, "here": true, "in": true, "not": true, "true": true, "false": true}

// Value computes a calculation; nothing is kept of it.
func (s *Session) Value(text string) (string, lang.Diagnostics) {
	src := lang.NewSource(s.Source.Name, "")
	e, diags := s.parser.ParseExpr(src, text, s.limits)
	if e == nil {
		return "", diags
	}
	v, more := s.live.Ask(e, src)
	if diags.Merge(more); v.Known() {
		return v.String(), diags
	}
	return "", diags
}

// Ask computes a calculation that is read already.
func (s *Session) Ask(e *lang.Expr, src *lang.Source) (value.Value, lang.Diagnostics) {
	return s.live.Ask(e, src)
}

// Quantity finds what a reference names; false: no layer.
func (s *Session) Quantity(r *lang.Ref, src *lang.Source) (eval.Quantity, bool) {
	return s.live.Quantity(r, src)
}

// Names lists what is known: the kinds of the script's own, layers, and
// values.
func (s *Session) Names() (blocks, layers, values []string) {
	for _, n := range s.live.Scope().Names() {
		switch n.Sort {
		case resolve.ALayer:
			layers = append(layers, n.Text)
		case resolve.AValue:
			values = append(values, n.Text)
		}
	}
	n := s.live.Network()
	for i := range n.Nodes {
		if r := &n.Nodes[i]; r.Group == network.None && s.live.Scope().Find(r.Name) == nil && !strings.Contains(r.Name, "[") {
			layers = append(layers, r.Name)
		}
	}
	for i := range n.Groups {
		if g := &n.Groups[i]; g.Parent == network.None && s.live.Scope().Find(g.Name) == nil && !strings.Contains(g.Name, "[") {
			layers = append(layers, g.Name)
		}
	}
	slices.Sort(layers)
	slices.Sort(values)
	return s.live.Blocks(), layers, values
}

// Kind finds a kind of layer, of the catalogue or of the script's own blocks.
func (s *Session) Kind(name string) *layer.Kind {
	if k := layer.Find(name); k != nil {
		return k
	}
	if b := s.live.Block(name); b != nil {
		return b.Kind
	}
	return nil
}

// Inner lists the layers of a block's use, by its name.
func (s *Session) Inner(name string) []string { return s.live.Inner(name) }
