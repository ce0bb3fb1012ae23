package lang

// A Visitor goes through a tree in the order of the text. Each function that
// is set is called for every part of its sort, in bodies too; before what is
// inside the part. Where it says so, false leaves out what is inside.
type Visitor struct {
	Stmt func(*Stmt) bool
	Body func(*Body) bool
	Word func(*Word) bool
	Expr func(*Expr) bool
	Ref  func(*Ref) bool
	// Name is called for names that stand bare: a layer's kind, what a let, a
	// loop or a block defines, a library. The others are those of a Word or a
	// Ref, or a Lit such as $width.
	Name func(*Name)
	Lit  func(*Lit)
}

// Visit goes through statements.
func (v *Visitor) Visit(stmts []Stmt) {
	for i := range stmts {
		if s := &stmts[i]; v.Stmt == nil || v.Stmt(s) {
			v.node(s.Node)
		}
	}
}

// VisitExpr goes through a calculation.
func (v *Visitor) VisitExpr(e *Expr) {
	if v.Expr != nil && !v.Expr(e) {
		return
	}
	v.operand(&e.First)
	for i := range e.Rest {
		v.operand(&e.Rest[i].X)
	}
}

// node goes through what a statement says.
func (v *Visitor) node(node Node) {
	switch n := node.(type) {
	case *Layer:
		v.layer(n)
	case *Let:
		v.name(&n.Name)
		v.expr(&n.Value)
	case *Block:
		v.block(n)
	case *UseStmt:
		v.name(&n.Name)
	case *Repeat:
		v.expr(&n.Count)
		v.body(&n.Body)
	case *For:
		v.name(&n.Var)
		for i := range n.Items {
			v.item(&n.Items[i])
		}
		v.body(&n.Body)
	case *If:
		v.choice(n)
	case *ExpectStmt:
		v.expr(&n.Claim)
	case *Mark:
		v.lit(&n.Points)
		v.expr(n.Claim)
		v.refs(n.What)
		v.amount(n.Within)
	case *Accept:
		v.amount(n.Worth)
		v.body(&n.Body)
	case *Misconception:
		v.amount(n.Worth)
		v.body(&n.Body)
	case *Slips:
		v.amount(n.Each)
		v.amount(n.Most)
	case *Differs:
		v.amount(&n.Least)
	case *Late:
		v.amount(&n.Day)
		v.amount(n.Most)
		if n.Grace != nil {
			v.lit(n.Grace)
		}
	case *Assume:
		v.words(n.Words)
	case *Freeze:
		v.refs(n.What)
	case *From:
		v.ref(&n.Ref)
	case *Bad:
		v.node(n.Node)
		v.bodies(n.Bodies)
	}
}

func (v *Visitor) amount(n *Amount) {
	if n != nil {
		v.lit(&n.Number)
	}
}

func (v *Visitor) layer(n *Layer) {
	v.name(&n.Kind)
	v.words(n.Words)
	v.ref(n.Tie)
	v.words(n.Changes)
	v.refs(n.With)
	v.bodies(n.Bodies)
}

func (v *Visitor) block(n *Block) {
	v.name(&n.Name)
	for i := range n.Params {
		v.name(&n.Params[i].Name)
		v.expr(n.Params[i].Default)
	}
	for i := range n.With {
		v.name(&n.With[i])
	}
	v.body(&n.Body)
}

func (v *Visitor) choice(n *If) {
	for i := range n.Arms {
		v.expr(&n.Arms[i].Cond)
		v.body(&n.Arms[i].Body)
	}
	v.body(n.Else)
}

func (v *Visitor) bodies(bodies []Body) {
	for i := range bodies {
		v.body(&bodies[i])
	}
}

// body goes through a body, if there is one.
func (v *Visitor) body(b *Body) {
	if b != nil && (v.Body == nil || v.Body(b)) {
		v.Visit(b.Stmts)
	}
}

// shallow reports that nobody asks for parts of statements: most walks are for
// statements only, and scripts are long.
func (v *Visitor) shallow() bool {
	return v.Word == nil && v.Expr == nil && v.Ref == nil && v.Lit == nil
}

func (v *Visitor) words(words []Word) {
	if v.shallow() {
		return
	}
	for i := range words {
		if w := &words[i]; v.Word == nil || v.Word(w) {
			v.parts(w.Parts)
			v.parts(w.To)
		}
	}
}

func (v *Visitor) parts(parts []Part) {
	for i := range parts {
		v.lit(&parts[i].Lit)
		v.expr(parts[i].Expr)
	}
}

// expr goes through a calculation, if there is one.
func (v *Visitor) expr(e *Expr) {
	if e != nil && !v.shallow() {
		v.VisitExpr(e)
	}
}

func (v *Visitor) operand(x *Operand) {
	v.parts(x.Parts)
	v.expr(x.Group)
	v.ref(x.Ref)
}

func (v *Visitor) refs(refs []Ref) {
	for i := range refs {
		v.ref(&refs[i])
	}
}

// ref goes through a reference, if there is one: the arguments of a function,
// and what stands in [ ].
func (v *Visitor) ref(r *Ref) {
	if r == nil || v.shallow() || v.Ref != nil && !v.Ref(r) {
		return
	}
	for i := range r.Args {
		v.expr(&r.Args[i])
	}
	for i := range r.Path {
		if index := r.Path[i].Index; index != nil {
			v.item(index)
		}
	}
}

func (v *Visitor) item(i *Item) {
	v.expr(&i.From)
	v.expr(i.To)
}

// name is called for a name that may be absent, as that of a file's use.
func (v *Visitor) name(n *Name) {
	if v.Name != nil && n.Text != "" {
		v.Name(n)
	}
}

func (v *Visitor) lit(l *Lit) {
	if v.Lit != nil && l.Kind != 0 {
		v.Lit(l)
	}
}

// Walk calls visit for every statement, those inside bodies after the
// statement they belong to.
func Walk(stmts []Stmt, visit func(*Stmt)) {
	WalkWithin(stmts, func(s *Stmt) bool { visit(s); return true })
}

// WalkWithin is Walk, but stays outside the bodies of a statement for which
// visit is false.
func WalkWithin(stmts []Stmt, visit func(*Stmt) bool) {
	v := Visitor{Stmt: visit}
	v.Visit(stmts)
}

// Bodies lists the bodies that belong to a statement.
func Bodies(node Node) (bodies []*Body) {
	v := Visitor{Body: func(b *Body) bool { bodies = append(bodies, b); return false }}
	v.node(node)
	return bodies
}

// Refs calls visit for every reference of a calculation, those within functions
// and brackets with them.
func Refs(e *Expr, visit func(*Ref)) {
	v := Visitor{Ref: func(r *Ref) bool { visit(r); return true }}
	v.VisitExpr(e)
}
