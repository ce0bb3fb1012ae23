package resolve

import (
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/reading"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Options say how a script is to be read, and what it may need for that.
type Options struct {
	Reading reading.Reading
	// Open gives the text of a file that the script uses, by its path from
	// the script's folder, with slashes and without "..". Nil: the script may
	// use no files.
	Open     func(path string) (string, error)
	Path     string // the script's own path from its folder
	Depth    int    // of files that use files, at most
	Source   int    // bytes of the script and all files it uses, at most
	Messages int    // kept at most
}

// A Resolver gives the statements of a script their meaning, all at once or, at
// a prompt, one after the other.
type Resolver struct {
	*environment
	telling
	files
	slabs
	prog    *Program
	opts    Options
	refused map[string]*note // blocks that could not be defined, and what tells why
	halted  bool             // a limit was passed
	calc    value.Evaluator
	binder  binder
	fill    Filler
	sheet   calc.Sheet // of what is checked without an input
	alone   layer.Call
	undo    *[]func() // how to take back what entries have added; nil: nobody asks
	// automatically says what has got a name by itself; nil: names are looked
	// for ahead.
	automatically func(name string) (what string, at int, ok bool)
	// assuming are the libraries under what is assumed where they are used.
	assuming map[assuming]*Unit
}

// An environment is where the pass stands: in which file, block and braces, and
// what holds there.
type environment struct {
	unit    *Unit
	scope   *Scope
	body    *Body
	at      lang.Span // of the statement
	stmts   []lang.Stmt
	locals  []string // values whose names end with their braces
	assumed []Assumption
	library bool             // of a used file's own statements: only what its blocks need
	unknown map[string]*note // kinds that are told to be unknown
	// gathered are the statements that give each name; nil: nobody has asked.
	gathered map[string][]giver
}

// files are those that the script uses.
type files struct {
	units   map[string]*Unit // by path
	loading []string         // those being read, each used by the one before
	read    int              // bytes of all, and of the script
}

// slabs are memory for what there is much of, many in one piece.
type slabs struct {
	args    []layer.Arg
	layers  []Layer
	names   []Name
	givings []Giving
}

// Script resolves a whole script.
func Script(file *lang.File, opts Options) *Program {
	r := New(file, opts)
	stmts := r.statements(file.Stmts)
	if body := r.prog.Script.Body; len(body.Stmts) > 0 {
		stmts = append(body.Stmts, stmts...)
	}
	r.prog.Script.Body.Stmts = stmts
	r.checkReading(file.Stmts)
	return r.prog
}

// A beginning is what every script has, in one piece of memory.
type beginning struct {
	Resolver
	prog  Program
	log   Log
	unit  Unit
	env   environment
	scope Scope
	body  Body
}

// New begins a script with what stands in front of it by its reading.
func New(file *lang.File, opts Options) *Resolver {
	b := new(beginning)
	r := &b.Resolver
	b.log.Max = opts.Messages
	b.prog = Program{File: file, Script: &b.unit, Log: &b.log, resolver: r}
	b.unit = Unit{Path: opts.Path, Source: file.Source, stmts: file.Stmts, Body: &b.body, Scope: &b.scope}
	*r = Resolver{environment: &b.env, prog: &b.prog, opts: opts, files: files{read: len(file.Source.Text)}}
	r.calc.Context = context{r}
	r.fill.Evaluator = &r.calc
	r.enterAt(&b.env, &b.scope, &b.body, &b.unit, nil, file.Stmts)
	if opts.Path != "" {
		r.loading = []string{opts.Path}
	}
	r.begin()
	return r
}

// Program is what has been resolved so far.
func (r *Resolver) Program() *Program { return r.prog }

// enter is the environment at the beginning of a file's or a block's statements.
func (r *Resolver) enter(unit *Unit, block *Block, stmts []lang.Stmt) *environment {
	e := new(environment)
	r.enterAt(e, new(Scope), new(Body), unit, block, stmts)
	return e
}

func (r *Resolver) enterAt(e *environment, scope *Scope, body *Body, unit *Unit, block *Block, stmts []lang.Stmt) {
	*body = Body{ID: r.prog.Bodies, stmts: stmts}
	*scope = Scope{ID: r.prog.Scopes, block: block, unit: unit, root: body, undo: r.undo}
	scope.kinds = scope.few[:0]
	*e = environment{unit: unit, scope: scope, body: body, stmts: stmts}
	r.prog.Bodies++
	r.prog.Scopes++
}

func (r *Resolver) newBody(outer *Body, stmts []lang.Stmt) *Body {
	b := &Body{ID: r.prog.Bodies, outer: outer, stmts: stmts}
	r.prog.Bodies++
	return b
}

// statements resolves statements in their order.
func (r *Resolver) statements(stmts []lang.Stmt) []Stmt {
	list := make([]Stmt, 0, len(stmts))
	for i := range stmts {
		s := &stmts[i]
		r.at = s.Span
		if node := r.statement(s); node != nil {
			list = append(list, Stmt{s.Span, node})
		}
		if r.halted {
			break
		}
	}
	return list
}

// statement resolves one statement; nil: there is nothing in it to run.
func (r *Resolver) statement(s *lang.Stmt) Node {
	if r.library && !declares(s.Node) {
		return nil
	}
	switch n := s.Node.(type) {
	case *lang.Layer:
		return r.layer(s, n)
	case *lang.Let:
		return r.let(n)
	case *lang.ExpectStmt:
		return r.expect(n)
	case *lang.Assume:
		return r.assume(n)
	case *lang.Freeze:
		return r.freeze(n)
	case *lang.From:
		return r.from(n)
	case *lang.Block:
		r.defineBlock(s, n)
	case *lang.UseStmt:
		return r.useFile(s, n)
	case *lang.Repeat:
		return r.repeat(n)
	case *lang.For:
		return r.loop(n)
	case *lang.If:
		return r.choose(n)
	case *lang.Accept:
		r.otherReading(&n.Body)
	case *lang.Misconception:
		r.otherReading(&n.Body)
	case *lang.Bad:
		return r.bad(n)
	}
	return nil
}

// declares reports the statements of a used file that its blocks need.
func declares(n lang.Node) bool {
	switch n.(type) {
	case *lang.Let, *lang.Assume, *lang.Block, *lang.UseStmt:
		return true
	}
	return false
}

// otherReading reads the braces of a key's other readings: of their names only
// grading knows what they mean.
func (r *Resolver) otherReading(b *lang.Body) {
	r.lenient++
	r.braces(b, bodyMode{})
	r.lenient--
}

// atTop refuses a statement that stands inside braces.
func (r *Resolver) atTop(s *lang.Stmt, word string) bool {
	if r.body == r.scope.root && r.scope.block == nil || r.lenient > 0 {
		return true
	}
	r.errorf(lang.Syntax, lang.Span{Start: s.Span.Start, End: s.Span.Start + len(word)}, word+" stands outside all braces", "", "it stands at the top of the file")
	return false
}

// bad keeps what an unreadable statement says all the same: a name it gives
// is known, and if it was to be a layer, the tensor behind it is not.
func (r *Resolver) bad(b *lang.Bad) Node {
	r.last = nil // that it is unreadable is an error wherever it stands
	r.giveLost(r.givenName(b.Node))
	for _, body := range lang.Bodies(b) {
		r.braces(body, bodyMode{lost: true})
	}
	if lang.OfKey(b.Node) {
		return nil
	}
	switch b.Node.(type) {
	case *lang.Let, *lang.ExpectStmt, *lang.Assume, *lang.Freeze, *lang.UseStmt:
		return nil
	case *lang.Block:
		r.refuse(b.Node.(*lang.Block).Name.Text, nil)
		return nil
	}
	return r.lost(b)
}

// lost is an unreadable statement as far as it was read.
func (r *Resolver) lost(bad *lang.Bad) *Lost {
	n, ok := bad.Node.(*lang.Layer)
	if !ok {
		return &Lost{Passed: bad.Node == nil}
	}
	kind := layer.Find(n.Kind.Text)
	if kind == nil || kind.Source {
		return &Lost{}
	}
	read := network.Read{Kind: kind, Fault: true}
	b := r.bindSilently(&lang.Layer{Kind: n.Kind, Words: r.wholeWords(n.Words)}, kind)
	if b.name.Span().End < bad.Found.At {
		read.Name = b.name.Text
	}
	if read.Args = b.read; b.ok && len(b.open) == 0 {
		read.Args = b.args
	}
	return &Lost{Read: read}
}

func (r *Resolver) bindSilently(n *lang.Layer, kind *layer.Kind) *binder {
	r.muted++
	defer func() { r.muted-- }()
	return r.bind(n, kind, nil)
}

// wholeWords leaves out the last word of a statement that could not be read, where
// reading may have stopped inside it.
func (r *Resolver) wholeWords(words []lang.Word) []lang.Word {
	n := len(words)
	if n == 0 {
		return words
	}
	if last := &words[n-1]; len(last.Parts) == 0 && last.Name.Text == "" || strings.ContainsRune(r.unit.Source.Text[last.Span().Start:last.Span().End], '(') {
		n--
	}
	return words[:n]
}

// refuse remembers a block that could not be defined, so that its uses are silent.
func (r *Resolver) refuse(block string, why *note) {
	if r.refused == nil {
		r.refused = map[string]*note{}
	}
	r.refused[block] = why
}
