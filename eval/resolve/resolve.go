package resolve

import (
	"cnnl/eval/layer"
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
	*place
	prog    *Program
	opts    Options
	units   map[string]*Unit // files that are used, by path
	loading []string         // files being read, each used by the one before
	read    int              // bytes of all files
	refused map[string]*note // blocks that could not be defined, and what tells why
	last    *note            // what has been told last
	cause   *note            // what is told has been told by this already
	loose   int              // above 0 names may be those of another reading
	muted   int              // above 0 nothing is told
	halted  bool             // a limit was passed
	calc    value.Evaluator
	binder  binder
	fill    Filler
	firm    bool        // what is wrong with a calculation is told here: no run does
	args    []layer.Arg // memory for arguments, many in one piece
	layers  []Layer     // likewise
	names   []Name      // likewise, and where they are given
	givings []Giving
	past    *[]func() // how to take back what entries have added; nil: nobody asks
	// automatically says what has got a name by itself; nil: names are looked
	// for ahead.
	automatically func(name string) (what string, at int, ok bool)
	// assuming are the libraries under what is assumed where they are used.
	assuming map[assuming]*Unit
}

// A place is where the pass stands: in which file, block and braces.
type place struct {
	unit    *Unit
	scope   *Scope
	body    *Body
	at      lang.Span // of the statement
	stmts   []lang.Stmt
	locals  []string // values whose names end with their braces
	assumed []Assumption
	library bool             // of a used file's own statements: only what its blocks need
	unknown map[string]*note // kinds that are told to be unknown
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
	place place
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
	*r = Resolver{place: &b.place, prog: &b.prog, opts: opts, read: len(file.Source.Text)}
	r.calc.Context = context{r}
	r.fill.Evaluator = &r.calc
	r.enterAt(&b.place, &b.scope, &b.body, &b.unit, nil, file.Stmts)
	if opts.Path != "" {
		r.loading = []string{opts.Path}
	}
	r.begin()
	return r
}

// Program is what has been resolved so far.
func (r *Resolver) Program() *Program { return r.prog }

// enter is the place at the beginning of a file's or a block's statements.
func (r *Resolver) enter(unit *Unit, block *Block, stmts []lang.Stmt) *place {
	p := new(place)
	r.enterAt(p, new(Scope), new(Body), unit, block, stmts)
	return p
}

func (r *Resolver) enterAt(p *place, scope *Scope, body *Body, unit *Unit, block *Block, stmts []lang.Stmt) {
	*body = Body{ID: r.prog.Bodies, stmts: stmts}
	*scope = Scope{ID: r.prog.Scopes, block: block, unit: unit, root: body, past: r.past}
	*p = place{unit: unit, scope: scope, body: body, stmts: stmts}
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
	r.loose++
	r.braces(b, braced{})
	r.loose--
}

// atTop refuses a statement that stands inside braces.
func (r *Resolver) atTop(s *lang.Stmt, word string) bool {
	if r.body == r.scope.root && r.scope.block == nil || r.loose > 0 {
		return true
	}
	r.errorf(lang.Syntax, lang.Span{Start: s.Span.Start, End: s.Span.Start + len(word)}, word+" stands outside all braces", "", "move it to the top of the file")
	return false
}

// bad keeps what an unreadable statement says all the same: a name it gives
// is known, and if it was to be a layer, the tensor behind it is not.
func (r *Resolver) bad(b *lang.Bad) Node {
	r.last = nil // that it is unreadable is an error wherever it stands
	r.giveLost(r.givenName(b.Node))
	for _, body := range lang.Bodies(b) {
		r.braces(body, braced{lost: true})
	}
	switch b.Node.(type) {
	case *lang.Let, *lang.ExpectStmt, *lang.Assume, *lang.Freeze, *lang.Mark, *lang.Accept, *lang.Misconception, *lang.UseStmt:
		return nil
	case *lang.Block:
		r.refuse(b.Node.(*lang.Block).Name.Text, nil)
		return nil
	}
	return &Lost{}
}

// refuse remembers a block that could not be defined, so that its uses are silent.
func (r *Resolver) refuse(block string, why *note) {
	if r.refused == nil {
		r.refused = map[string]*note{}
	}
	r.refused[block] = why
}

func (r *Resolver) let(n *lang.Let) Node {
	let := &Let{Value: &n.Value, Unit: r.unit}
	sort := r.typeOf(&n.Value)
	if other := r.otherwise(n); other != nil {
		if other.Value == nil {
			r.giveLost(lang.Key(n.Name))
			return nil
		}
		inside := r.unit
		r.unit = r.outside(other.Source)
		let.Value, let.Unit, sort = other.Value, r.unit, r.typeOf(other.Value)
		r.unit = inside
	}
	let.Name = r.giveValue(lang.Key(n.Name), sort)
	return let
}

func (r *Resolver) from(n *lang.From) Node {
	if !r.layerNamed(&n.Ref, false) {
		return &Lost{}
	}
	return &From{&n.Ref}
}

func (r *Resolver) freeze(n *lang.Freeze) Node {
	for i := range n.What {
		part, _ := FrozenPart(&n.What[i])
		switch {
		case part.Head.Text != "all" || len(part.Path) > 0:
			r.layerNamed(part, true)
		case len(n.What) > 1:
			r.errorf(lang.Argument, part.Span, "all stands alone behind freeze", "found "+itoa(len(n.What)-1)+" more", "write freeze all, or the names only")
			return nil
		}
	}
	return &Freeze{n}
}

func (r *Resolver) expect(n *lang.ExpectStmt) Node {
	for _, part := range value.Conjuncts(&n.Claim) {
		r.claim(part)
	}
	return &Expect{n}
}

// claim resolves one part of an expect, as a run takes it: a chain of == is no
// calculation.
func (r *Resolver) claim(e *lang.Expr) {
	if op, ok := value.Comparison(e); ok && e.First.Sign.Text != "not" {
		sides := value.Split(e, op.Text)
		left := r.calc.Value(sides[0])
		for _, side := range sides[1:] {
			r.calc.Operate(op, left, r.calc.Value(side))
		}
		return
	}
	if t := r.typeOf(e); t != value.Unknown && t != value.Boolean {
		r.again(lang.Value, e.Span(), "an expect claims something", "found "+t.String(), "write for example "+r.text(e.Span())+" == 740")
	}
}

func (r *Resolver) repeat(n *lang.Repeat) Node {
	r.wants(&n.Count, value.Number, "repeat needs a whole number of at least 0")
	return &Repeat{&n.Count, r.braces(&n.Body, braced{loop: true})}
}

func (r *Resolver) loop(n *lang.For) Node {
	sort := value.Unknown
	for i := range n.Items {
		t := r.typeOf(&n.Items[i].From)
		if n.Items[i].To != nil {
			r.calc.Value(n.Items[i].To)
			t = value.Number
		}
		if i == 0 {
			sort = t
		} else if sort != t {
			sort = value.Unknown
		}
	}
	outer, locals := r.body, len(r.locals)
	r.body = &Body{ID: outer.ID, outer: outer, loop: true} // the variable ends with the loop
	f := &For{Items: n.Items, Var: r.giveValue(lang.Key(n.Var), sort)}
	f.Body = r.braces(&n.Body, braced{loop: true})
	if f.Var != nil {
		r.endLocals(locals)
	}
	r.body = outer
	return f
}

func (r *Resolver) choose(n *lang.If) Node {
	f := &If{}
	for i := range n.Arms {
		cond := &n.Arms[i].Cond
		if t := r.typeOf(cond); t != value.Unknown && t != value.Boolean {
			r.again(lang.Value, cond.Span(), "a condition is true or false", "found "+t.String(), "write for example if "+r.text(cond.Span())+" > 0")
		}
		f.Arms = append(f.Arms, Arm{cond, r.braces(&n.Arms[i].Body, braced{})})
	}
	if n.Else != nil {
		f.Else = r.braces(n.Else, braced{})
	}
	return f
}

// braced tells how a body is run.
type braced struct{ certain, loop, lost bool }

// braces resolves a body. Its lets and assumes end with it.
func (r *Resolver) braces(b *lang.Body, how braced) *Body {
	outer, locals, assumed := r.body, len(r.locals), r.assumed
	body := &Body{ID: outer.ID, outer: outer, stmts: b.Stmts} // whose mistakes count as those around it
	if !how.lost {
		body = r.newBody(outer, b.Stmts)
	}
	body.certain, body.loop = how.certain, how.loop
	r.body = body
	body.Stmts = r.statements(b.Stmts)
	r.endLocals(locals)
	r.body, r.assumed = outer, assumed
	return body
}

func (r *Resolver) endLocals(from int) {
	r.scope.unset(r.locals[from:])
	r.locals = r.locals[:from]
}

// limit tells that a limit was passed and ends the pass and the run.
func (r *Resolver) limit(span lang.Span, name string, most int, format string) {
	r.errorf(lang.Limit, span, OverLimit(format, most), "nothing from here on is counted", Raise(name, most, most))
	r.halted = true
}

// errorf tells of a mistake.
func (r *Resolver) errorf(code lang.Code, span lang.Span, summary, detail, hint string) {
	r.say(&note{Diagnostic: lang.Diagnostic{Code: code, Span: span, Summary: summary, Detail: detail, Hint: hint}})
}

// again tells of a mistake that a run tells itself, and better, if it gets there.
func (r *Resolver) again(code lang.Code, span lang.Span, summary, detail, hint string) {
	if r.loose == 0 {
		r.say(&note{Diagnostic: lang.Diagnostic{Code: code, Span: span, Summary: summary, Detail: detail, Hint: hint}, again: true})
	}
}

func (r *Resolver) say(n *note) {
	if r.muted > 0 {
		return
	}
	n.Source, n.body, n.behind, n.used = r.unit.Source, r.body, r.cause, r.unit != r.prog.Script && r.unit.stmts != nil
	r.last = r.prog.Log.note(n)
}

// onceMore tells again what has been told by a note, where it may be that this
// place is run and that one is not.
func (r *Resolver) onceMore(told *note, tell func()) {
	if r.last = told; told == nil || told.body.within(r.body) {
		return
	}
	r.cause = told
	tell()
	r.cause = nil
}

func (r *Resolver) text(span lang.Span) string { return r.unit.Source.Text[span.Start:span.End] }
