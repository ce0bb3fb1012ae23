package eval

import (
	"path"
	"slices"
	"strings"

	"cnnl/eval/std"
	"cnnl/lang"
)

// useFile takes the blocks of another file.
func (m *machine) useFile(s *lang.Stmt, n *lang.UseStmt) {
	if !m.atTop(s, "use") {
		return
	}
	if n.File.Text == "" {
		m.useLibrary(s, n)
		return
	}
	if n.File.Refused {
		m.unit.broken = true
		return
	}
	file := n.File.Value()
	if why, hint := unusable(file); why != "" {
		m.errorf(lang.Use, n.File.Span(), why, "found "+lang.Quote(file), hint)
		m.unit.broken = true
		return
	}
	u := m.unitOf(n, path.Join(path.Dir(m.unit.path), file))
	if u != nil {
		m.takeBlocks(s, n, u)
	}
	m.unit.broken = m.unit.broken || u == nil || u.broken
}

// useLibrary takes the blocks of the standard library.
func (m *machine) useLibrary(s *lang.Stmt, n *lang.UseStmt) {
	name := n.Name.Text
	text, ok := std.Text(name)
	if !ok {
		hint := "the libraries are " + strings.Join(std.Names(), ", ")
		if near := lang.Nearest(name, std.Names()...); near != "" {
			hint = "did you mean " + near + "?"
		}
		m.errorf(lang.Use, n.Name.Span(), "there is no library "+name, `a file of your own is written in quotes: use "`+name+`.cnnl"`, hint)
		m.unit.broken = true
		return
	}
	u := m.units[libraryPath+name]
	if u == nil {
		u = m.load(libraryPath+name, libraryPath+name, text)
	}
	m.takeBlocks(s, n, u)
}

// libraryPath begins the names of libraries, as messages give them.
const libraryPath = "library "

// where is the place of what is used.
func where(n *lang.UseStmt) lang.Span {
	if n.File.Text == "" {
		return n.Name.Span()
	}
	return n.File.Span()
}

// unusable refuses paths that lead out of the script's folder.
func unusable(file string) (why, hint string) {
	const inside = "copy the file into the script's folder"
	switch {
	case file == "":
		return "use needs the name of a file", `write use "blocks.cnnl"`
	case strings.HasPrefix(file, "/") || strings.Contains(file, ":"):
		return "use reads files in the script's own folder only, not absolute paths", inside
	case slices.Contains(strings.Split(file, "/"), ".."):
		return "use reads files in the script's own folder only, not above it", inside
	case strings.Contains(file, `\`):
		return "folders are separated by /", "write " + lang.Quote(strings.ReplaceAll(file, `\`, "/"))
	case strings.IndexFunc(file, lang.Hidden) >= 0:
		return "the name of the file holds an invisible character", ""
	}
	return "", ""
}

// unitOf reads a file that is used, once.
func (m *machine) unitOf(n *lang.UseStmt, file string) *unit {
	if u := m.units[file]; u != nil {
		return u
	}
	if i := slices.Index(m.loading, file); i >= 0 {
		detail := "it uses itself"
		if between := m.loading[i+1:]; len(between) > 0 {
			detail = "it is being read, and uses " + strings.Join(between, ", which uses ")
		}
		m.errorf(lang.Use, n.File.Span(), "the use of "+file+" goes round in a circle", detail, "put the blocks that both need into a third file")
		return nil
	}
	if len(m.loading) >= m.opts.Limits.Depth {
		m.limit(n.File.Span(), "depth", m.opts.Limits.Depth, "files use each other more than %s deep")
		return nil
	}
	text, ok := m.open(n, file)
	if !ok {
		return nil
	}
	return m.load(file, path.Join(path.Dir(m.net.File.Source.Name), file), text)
}

// open asks for a file's text.
func (m *machine) open(n *lang.UseStmt, file string) (string, bool) {
	if m.opts.Open == nil {
		m.errorf(lang.Use, n.File.Span(), "files cannot be used here", "", "write the blocks into the script itself")
		return "", false
	}
	text, err := m.opts.Open(file)
	if err != nil {
		m.errorf(lang.Use, n.File.Span(), "cannot use "+file, err.Error(), "")
		return "", false
	}
	if m.read += len(text); m.read > m.opts.Limits.Source {
		m.limit(n.File.Span(), "source", m.opts.Limits.Source, "the script and the files it uses are longer than %s bytes")
		return "", false
	}
	return text, true
}

// load runs what a file declares: its blocks, and what these need of it.
func (m *machine) load(file, name, text string) *unit {
	src := lang.NewSource(name, text)
	parsed, diags := lang.Parse(src, lang.Limits{Messages: m.opts.Limits.Messages, Depth: m.opts.Limits.Depth, Source: m.opts.Limits.Source})
	m.diags.Merge(diags)
	u := &unit{path: file, blocks: map[string]knownBlock{}}
	if m.units == nil {
		m.units = map[string]*unit{}
	}
	put(m.journal, m.units, file, u)

	outer, library := stance{m.frame, m.assumed}, m.library
	m.frame, m.assumed, m.library = m.newFrame(u, src, parsed.Stmts), nil, true
	u.top = m.frame
	m.loading = append(m.loading, file)
	m.run(parsed.Stmts)
	m.loading = m.loading[:len(m.loading)-1]
	m.frame, m.assumed, m.library = outer.frame, outer.assumed, library
	return u
}

// takeBlocks makes a file's own blocks known here.
func (m *machine) takeBlocks(s *lang.Stmt, n *lang.UseStmt, u *unit) {
	for i := range u.top.stmts {
		node, ok := u.top.stmts[i].Node.(*lang.Block)
		if !ok {
			continue
		}
		name := node.Name.Text
		b := u.blocks[name].block
		switch old := m.unit.blocks[name]; {
		case b == nil || b.node != node:
			m.note(name) // it could not be read; that has been told
		case old.block != nil && old.block != b:
			line, _ := b.src.Position(node.Name.At)
			m.errorf(lang.Use, where(n), "there is a block "+name+" already", m.whereBlock(old)+", and line "+itoa(line)+" of "+b.src.Name, "rename one of them")
		case m.find(name) != nil && m.find(name).sort != lost:
			m.errorf(lang.Use, where(n), "the name of the block "+name+" is taken", m.find(name).words(m)+" has it here", "rename one of them")
		case old.block == nil:
			put(m.past, m.unit.blocks, name, knownBlock{b, s.Span.Start})
		}
	}
}
