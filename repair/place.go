package repair

import (
	"slices"
	"strings"

	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/resolve"
	"cnnl/lang"
)

// A place is where a mistake stands in a text.
type place struct {
	text  string
	found *lang.Diagnostic
	line  lang.Span                  // its line, without the line end
	stmt  lang.Span                  // its statement, without blanks around it and comments
	begun map[beginsWith][]beginning // what words can be, as far as somebody asked
	*scope
}

// at makes the place of a mistake.
func (a *attempt) at(d *lang.Diagnostic) *place {
	p := &place{text: a.src.Text, found: d, begun: map[beginsWith][]beginning{}}
	p.line = lineAround(p.text, d.Span.Start)
	p.stmt = statementAround(p.text, p.line, d.Span.Start)
	p.scope = a.scope(p.stmt.Start)
	return p
}

func (p *place) lineText() string  { return p.text[p.line.Start:p.line.End] }
func (p *place) statement() string { return p.text[p.stmt.Start:p.stmt.End] }

// lineAround is the line that a place is in, without its end.
func lineAround(text string, at int) lang.Span {
	at = min(at, len(text))
	s := lang.Span{Start: strings.LastIndexByte(text[:at], '\n') + 1, End: len(text)}
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		s.End = at + i
	}
	if s.End > s.Start && text[s.End-1] == '\r' {
		s.End--
	}
	return s
}

// statementAround is the statement on a line that a place is in: between braces and
// semicolons, before a comment.
func statementAround(text string, line lang.Span, at int) lang.Span {
	at = min(max(at, line.Start), line.End)
	start, quoted, inside := line.Start, false, 0
	end := line.End
scan:
	for i := line.Start; i < line.End; i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(' || c == '[':
			inside++
		case c == ')' || c == ']':
			inside = max(inside-1, 0)
		case c == '#':
			end = i
			break scan
		case c == '}' && inside > 0, c == '{' && inside > 0:
		case c == ';' || c == '{' || c == '}':
			if i >= at && i > start {
				end = i
				break scan
			}
			start = i + 1
		}
	}
	s := lang.Span{Start: min(start, end), End: end}
	for s.Start < s.End && (text[s.Start] == ' ' || text[s.Start] == '\t') {
		s.Start++
	}
	for s.End > s.Start && strings.IndexByte(" \t\r", text[s.End-1]) >= 0 {
		s.End--
	}
	return s
}

// A scope is what is known where a statement stands.
type scope struct {
	layers []known                // in the order of the script
	values []string               // of lets, loops and blocks
	blocks map[string]*layer.Kind // of the script and the libraries that it uses
	counts map[string]int         // layers of each kind, for automatic names
	below  map[string]bool        // names that are given from here on
	// channels are those of the current tensor, as far as can be seen; 0: unknown.
	channels int64
	// size is how many numbers the current tensor has; 0: unknown.
	size int64
	// axes are those of the current tensor beside its channels; 0: unknown.
	axes int
}

// A known layer.
type known struct{ name, kind string }

func (a *attempt) scope(at int) *scope {
	s := &scope{blocks: map[string]*layer.Kind{}, counts: map[string]int{}, below: map[string]bool{}}
	libraries := map[string]bool{}
	lang.WalkWithin(a.file.Stmts, func(stmt *lang.Stmt) bool {
		above := stmt.Span.Start < at
		node := stmt.Node
		if bad, ok := node.(*lang.Bad); ok {
			node = bad.Node
		}
		switch n := node.(type) {
		case *lang.Block:
			if above {
				s.blocks[n.Name.Text] = resolve.BlockKind(n)
			}
			return s.block(n, at)
		case *lang.UseStmt:
			libraries[n.Name.Text] = true
		case *lang.Let:
			s.give(n.Name.Text, above)
		case *lang.For:
			s.give(n.Var.Text, above)
		case *lang.Layer:
			s.layer(n, above)
		}
		return true
	})
	for _, b := range resolve.LibraryBlocks() {
		if libraries[b.Library] {
			s.blocks[b.Name] = b.Kind
		}
	}
	for _, n := range a.net.Nodes[:a.net.Good] {
		if n.Group == network.None && n.At < at {
			s.channels = n.Out.Channels()
			s.size, _ = n.Out.Size()
			s.axes = len(n.Out.Axes()) - 1
		}
	}
	return s
}

// block takes the parameters of a block if the place is inside; otherwise what it holds
// is not known outside.
func (s *scope) block(n *lang.Block, at int) (inside bool) {
	if at < n.Body.Span.Start || at > n.Body.Span.End {
		return false
	}
	for _, p := range n.Params {
		s.give(p.Name.Text, true)
	}
	return true
}

func (s *scope) give(name string, above bool) {
	if name != "" && above {
		s.values = append(s.values, name)
	}
	s.below[name] = s.below[name] || !above
}

func (s *scope) layer(n *lang.Layer, above bool) {
	kind := s.kind(n.Kind.Text)
	if kind == nil {
		return
	}
	name := ""
	if len(n.Words) > 0 && n.Words[0].No.Text == "" && !lang.Reserved(n.Words[0].Name.Text) && !kind.Knows(n.Words[0].Name.Text) {
		name = n.Words[0].Name.Text
	}
	if !above {
		s.below[name] = true
		return
	}
	s.counts[kind.Name]++
	if name == "" {
		name = resolve.AutomaticStem(kind.Name) + itoa(s.counts[kind.Name])
		if kind.Source {
			name = kind.Name
		}
	}
	s.layers = append(s.layers, known{name, kind.Name})
}

// kind finds a kind of the catalogue or of the script.
func (s *scope) kind(name string) *layer.Kind {
	if k := layer.Find(name); k != nil {
		return k
	}
	return s.blocks[name]
}

// kindOf is the kind of a layer that is known by its name; empty: there is none.
func (s *scope) kindOf(name string) string {
	for _, l := range slices.Backward(s.layers) {
		if l.name == name {
			return l.kind
		}
	}
	return ""
}

func (s *scope) isLayer(name string) bool { return s.kindOf(name) != "" }
func (s *scope) isValue(name string) bool { return slices.Contains(s.values, name) }
func (s *scope) isTaken(name string) bool { return s.isLayer(name) || s.isValue(name) }

// last is the layer whose output is the current tensor, as far as can be seen.
func (s *scope) last() string {
	if len(s.layers) == 0 {
		return ""
	}
	return s.layers[len(s.layers)-1].name
}

// layerNames lists the known layers.
func (s *scope) layerNames() (names []string) {
	for _, l := range s.layers {
		names = append(names, l.name)
	}
	return names
}
