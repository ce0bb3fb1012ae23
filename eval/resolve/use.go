package resolve

import (
	"path"
	"slices"
	"strings"

	"cnnl/eval/std"
	"cnnl/lang"
)

// useFile takes the blocks of another file. What a run needs of it are its lets.
func (r *Resolver) useFile(s *lang.Stmt, n *lang.UseStmt) Node {
	if !r.atTop(s, "use") || r.lenient > 0 {
		return nil
	}
	u := r.used(n)
	if r.halted {
		return &Halt{}
	}
	r.unit.broken = r.unit.broken || u == nil || u.broken
	if u == nil {
		return nil
	}
	r.takeBlocks(n, u)
	return &Use{u}
}

// used is the file or library that a statement names; nil: it cannot be used,
// which is told.
func (r *Resolver) used(n *lang.UseStmt) *Unit {
	if n.File.Text == "" {
		return r.libraryUnit(n)
	}
	if n.File.Refused {
		return nil
	}
	file := n.File.Value()
	if why, hint := unusable(file); why != "" {
		var ways []lang.Edit
		if strings.Contains(file, `\`) {
			ways = []lang.Edit{{Span: n.File.Span(), Text: `"` + strings.ReplaceAll(file, `\`, "/") + `"`}}
		}
		r.errorf(lang.Use, n.File.Span(), why, "found "+lang.Quote(file), hint, ways...)
		return nil
	}
	return r.unitOf(n, path.Join(path.Dir(r.unit.Path), file))
}

// libraryUnit is a file of the standard library.
func (r *Resolver) libraryUnit(n *lang.UseStmt) *Unit {
	name := n.Name.Text
	text, ok := std.Text(name)
	if !ok {
		hint, ways := "the libraries are "+strings.Join(std.Names(), ", "), []lang.Edit(nil)
		if near := lang.Nearest(name, std.Names()...); near != "" {
			hint, ways = "did you mean "+near+"?", []lang.Edit{{Span: n.Name.Span(), Text: near}}
		}
		r.errorf(lang.Use, n.Name.Span(), "there is no library "+name, `a file of your own is written in quotes: use "`+name+`.cnnl"`, hint, ways...)
		return nil
	}
	if u := r.units[libraryPath+name]; u != nil {
		return u
	}
	u := r.load(libraryPath+name, libraryPath+name, text)
	u.Library = true
	return u
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
	const inside = "a copy in the script's folder can be used"
	switch {
	case file == "":
		return "use needs the name of a file", `as in use "blocks.cnnl"`
	case strings.HasPrefix(file, "/") || strings.Contains(file, ":"):
		return "use reads files in the script's own folder only, not absolute paths", inside
	case slices.Contains(strings.Split(file, "/"), ".."):
		return "use reads files in the script's own folder only, not above it", inside
	case strings.Contains(file, `\`):
		return "folders are separated by /", ""
	case strings.IndexFunc(file, lang.Hidden) >= 0:
		return "the name of the file holds an invisible character", ""
	}
	return "", ""
}

// unitOf reads a file that is used, once.
func (r *Resolver) unitOf(n *lang.UseStmt, file string) *Unit {
	if u := r.units[file]; u != nil {
		return u
	}
	if i := slices.Index(r.loading, file); i >= 0 {
		detail := "it uses itself"
		if between := r.loading[i+1:]; len(between) > 0 {
			detail = "it is being read, and uses " + strings.Join(between, ", which uses ")
		}
		r.errorf(lang.Use, n.File.Span(), "the use of "+file+" goes round in a circle", detail, "blocks that both need can stand in a third file")
		return nil
	}
	if len(r.loading) >= r.opts.Depth {
		r.limit(n.File.Span(), "depth", r.opts.Depth, "files use each other more than %s deep")
		return nil
	}
	text, ok := r.open(n, file)
	if !ok {
		return nil
	}
	return r.load(file, path.Join(path.Dir(r.prog.File.Source.Name), file), text)
}

// open asks for a file's text.
func (r *Resolver) open(n *lang.UseStmt, file string) (string, bool) {
	if r.opts.Open == nil {
		r.errorf(lang.Use, n.File.Span(), "files cannot be used here", "", "blocks can stand in the script itself")
		return "", false
	}
	text, err := r.opts.Open(file)
	if err != nil {
		var ways []lang.Edit
		if name := strings.TrimSuffix(file, ".cnnl"); slices.Contains(std.Names(), name) {
			ways = []lang.Edit{{Span: n.File.Span(), Text: name}}
		}
		r.errorf(lang.Use, n.File.Span(), "cannot use "+file, err.Error(), "", ways...)
		return "", false
	}
	if r.read += len(text); r.read > r.opts.Source {
		r.limit(n.File.Span(), "source", r.opts.Source, "the script and the files it uses are longer than %s bytes")
		return "", false
	}
	return text, true
}

// load reads a file and resolves what it declares.
func (r *Resolver) load(file, name, text string) *Unit {
	src := lang.NewSource(name, text)
	parsed, diags := lang.Parse(src, lang.Limits{Messages: r.opts.Messages, Depth: r.opts.Depth, Source: r.opts.Source})
	r.prog.Log.Merge(diags)
	u := &Unit{Path: file, Source: src, stmts: parsed.Stmts}
	r.addUnit(file, u)
	r.declare(u, nil)
	return u
}

// declare resolves a file's blocks, and what these need of it, under the defaults
// that are assumed.
func (r *Resolver) declare(u *Unit, assumed []Assumption) {
	outer := r.environment
	r.environment = r.enter(u, nil, u.stmts)
	r.library, r.assumed = true, assumed
	u.Body, u.Scope = r.body, r.scope
	r.loading = append(r.loading, u.Path)
	u.Body.Stmts = r.statements(u.stmts)
	r.loading = r.loading[:len(r.loading)-1]
	r.environment = outer
}

// addUnit makes a file known to those that use it.
func (r *Resolver) addUnit(file string, u *Unit) {
	if r.units == nil {
		r.units = map[string]*Unit{}
	}
	r.units[file] = u
	if r.undo != nil {
		*r.undo = append(*r.undo, func() { delete(r.units, file) })
	}
}

// takeBlocks makes a file's own blocks known here.
func (r *Resolver) takeBlocks(n *lang.UseStmt, u *Unit) {
	for i := range u.stmts {
		node, ok := u.stmts[i].Node.(*lang.Block)
		if !ok {
			continue
		}
		name := node.Name.Text
		b := u.Blocks[name]
		switch old := r.unit.Blocks[name]; {
		case b == nil || b.Node != node:
			r.refuse(name, nil) // it could not be read; that has been told
		case old != nil && old != b:
			line, _ := b.Unit.Source.Position(node.Name.At)
			r.errorf(lang.Use, where(n), "there is a block "+name+" already", old.where()+", and line "+itoa(line)+" of "+b.Unit.Source.Name, "rename one of them")
		case r.taken(name):
			r.errorf(lang.Use, where(n), "the name of the block "+name+" is taken", r.scope.find(name).words()+" has it here", "rename one of them")
		case old == nil:
			r.addBlock(name, b)
		}
	}
}
