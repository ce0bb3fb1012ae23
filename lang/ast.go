package lang

// The syntax tree. The parser tags are the grammar of the language; types
// with a Parse method (in read*.go) are read by it instead, and a test holds
// each such method to its tags. Parsing knows no layers: a layer statement is
// a kind, words and bodies, and only the check gives the words a meaning.

// A File is a parsed script.
type File struct {
	Source *Source
	Stmts  []Stmt
}

// A Stmt is one statement and where it stands.
type Stmt struct {
	Span Span
	Node Node `parser:"@@"`
}

// A Node is what a statement says: *Layer, *Let, *Block, *UseStmt, *Repeat,
// *For, *If, *ExpectStmt, *Mark, *Accept, *Misconception, *Slips, *Differs, *Assume, *Freeze,
// *From or, where it could not be read, *Bad.
type Node interface{ node() }

// A Body is the statements between two braces.
type Body struct {
	Stmts []Stmt `parser:"'{' @@* '}'"`
	Span  Span
}

// A Layer is KIND [NAME] VALUES [OPTION VALUE]..., or KIND [NAME] = OWNER.
// Which words are which only the kind knows.
type Layer struct {
	Kind    Name   `parser:"@@"`
	Words   []Word `parser:"@@*"`
	Tie     *Ref   `parser:"( '=' @@"`
	Changes []Word `parser:"@@* )?"`
	With    []Ref  `parser:"( 'with' @@+ )?"`
	Bodies  []Body `parser:"@@* EOL"`
}

// A Word is one word of a layer: a name, or a value, or a range of values. No
// value may be negative; the minus is read so that it can be told.
type Word struct {
	No    Op     `parser:"@'no'?"`
	Name  Key    `parser:"( @( Name | 'all' | 'true' | 'false' )"`
	Minus Op     `parser:"| @'-'?"`
	Parts []Part `parser:"@@ ( By @@ )*"`
	To    []Part `parser:"( '..' @@ ( By @@ )* )? )"`
}

// A Part is a number, a size, $name or $( ); several joined by x are a size.
type Part struct {
	Lit  Lit   `parser:"( @@"`
	Expr *Expr `parser:"| '$(' @@ ')' )"`
}

// An Expr is a calculation as written: operands and the operators between
// them, in a row. Their strength decides only when it is computed.
type Expr struct {
	First Operand  `parser:"@@"`
	Rest  []OpTerm `parser:"@@*"`
}

// An OpTerm is an operator and its right operand.
type OpTerm struct {
	Op Op      `parser:"@( 'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '·' | '/' | '//' | '%' | '**' )"`
	X  Operand `parser:"@@"`
}

// An Operand is a value, a name with what follows it, or a bracket, with at
// most one sign.
type Operand struct {
	Sign  Op     `parser:"@( '-' | 'not' )?"`
	Parts []Part `parser:"( @@ ( By @@ )*"`
	Ref   *Ref   `parser:"| @@"`
	Group *Expr  `parser:"| '(' @@ ')' )"`
	Span  Span
}

// A Ref is a name and the way on from it: c3, b1.conv2.params, c[2..5], or a
// function's call. The words total, here, in, all, true and false are refs.
type Ref struct {
	Head Key    `parser:"@( Name | 'total' | 'here' | 'in' | 'all' | 'true' | 'false' )"`
	Args []Expr `parser:"( '(' @@ ( ',' @@ )* ')' )?"`
	Path []Step `parser:"@@*"`
	Span Span
}

// A Step is .name or [ ].
type Step struct {
	Attr  Attr  `parser:"@@"`
	Index *Item `parser:"| '[' @@ ']'"`
}

// An Item is a value, or a range of whole numbers with both ends.
type Item struct {
	From Expr  `parser:"@@"`
	To   *Expr `parser:"( '..' @@ )?"`
}

// A Let names a value.
type Let struct {
	Name  Name `parser:"'let' @@ '='"`
	Value Expr `parser:"@@ EOL"`
}

// A Block is a layer kind of the script's own.
type Block struct {
	Name   Name    `parser:"'block' @@"`
	Params []Param `parser:"( '(' @@ ( ',' @@ )* ')' )?"`
	With   []Name  `parser:"( 'with' @@+ )?"`
	Body   Body    `parser:"@@ EOL"`
}

// A Param is a value of a block or, with a default, an option.
type Param struct {
	Name    Name  `parser:"@@"`
	Default *Expr `parser:"( '=' @@ )?"`
}

// A UseStmt takes the blocks of a file or of the standard library.
type UseStmt struct {
	File Str  `parser:"'use' ( @@"`
	Name Name `parser:"| @@ ) EOL"`
}

// A Repeat runs its body so many times.
type Repeat struct {
	Count Expr `parser:"'repeat' @@"`
	Body  Body `parser:"@@ EOL"`
}

// A For runs its body for each value.
type For struct {
	Var   Name   `parser:"'for' @@ 'in'"`
	Items []Item `parser:"@@ ( ',' @@ )*"`
	Body  Body   `parser:"@@ EOL"`
}

// An If runs the first body whose condition holds.
type If struct {
	Arms []Arm `parser:"'if' @@ ( (?= 'else' 'if') 'else' 'if' @@ )*"`
	Else *Body `parser:"( 'else' @@ )? EOL"`
}

// An Arm is a condition and what it guards.
type Arm struct {
	Cond Expr `parser:"@@"`
	Body Body `parser:"@@"`
}

// An ExpectStmt is a claim.
type ExpectStmt struct {
	Claim Expr `parser:"'expect' @@ EOL"`
}

// A Mark gives points for something a submission gets right.
type Mark struct {
	Points Lit     `parser:"'mark' @@"`
	Title  Str     `parser:"@@"`
	Claim  *Expr   `parser:"( 'expect' @@"`
	What   []Ref   `parser:"| ( (?! 'within' | ('hidden' | 'after') EOL) @@ )+"`
	Within *Amount `parser:"( 'within' @@ )? )"`
	Hidden Key     `parser:"@('hidden' | 'after')? EOL"`
}

// An Amount is a number, or so many percent of another.
type Amount struct {
	Number  Lit `parser:"@@"`
	Percent Op  `parser:"@'%'?"`
}

// Slips says what a slip of form costs in a submission.
type Slips struct {
	Refused Key     `parser:"'slips' ( @'refused'"`
	Each    *Amount `parser:"| @@"`
	Most    *Amount `parser:"( 'at' 'most' @@ )? ) EOL"`
}

// Differs says what a network that differs from the key's loses at least.
type Differs struct {
	Least Amount `parser:"'differs' @@ EOL"`
}

// A Title is what the homework of a key is called.
type Title struct {
	Text Str `parser:"'title' @@ EOL"`
}

// Due is when a homework is to be handed in.
type Due struct {
	Time Str `parser:"'due' @@ EOL"`
}

// Late says what each day costs that a submission is late.
type Late struct {
	Day   Amount  `parser:"'late' @@ 'a' 'day'"`
	Most  *Amount `parser:"( 'at' 'most' @@ )?"`
	Grace *Lit    `parser:"( ','? 'grace' @@ ('minutes' | 'minute') )? EOL"`
}

// An Accept is another right reading of a key.
type Accept struct {
	Worth *Amount `parser:"'accept' @@?"`
	Title Str     `parser:"@@"`
	Body  Body    `parser:"@@ EOL"`
}

// A Misconception is a wrong reading, for diagnosis.
type Misconception struct {
	Worth *Amount `parser:"'misconception' @@?"`
	Title Str     `parser:"@@"`
	Body  Body    `parser:"@@ EOL"`
}

// An Assume sets an option's default for the statements after it.
type Assume struct {
	Words []Word `parser:"'assume' @@+ EOL"`
}

// A Freeze takes layers out of training.
type Freeze struct {
	What []Ref `parser:"'freeze' @@+ EOL"`
}

// A From goes on from an earlier tensor.
type From struct {
	Ref Ref `parser:"'from' @@ EOL"`
}

// A Bad statement could not be read. What was read of it is kept, so that a
// name it gives is known, and so are the bodies behind the fault.
type Bad struct {
	First  Name // its first word
	Found  Name // the word that was not expected; no text: it has been told already
	Expect string
	Node   Node // as far as it was read, or nil
	Bodies []Body
}

func (*Layer) node()         {}
func (*Let) node()           {}
func (*Block) node()         {}
func (*UseStmt) node()       {}
func (*Repeat) node()        {}
func (*For) node()           {}
func (*If) node()            {}
func (*ExpectStmt) node()    {}
func (*Mark) node()          {}
func (*Accept) node()        {}
func (*Misconception) node() {}
func (*Slips) node()         {}
func (*Differs) node()       {}
func (*Title) node()         {}
func (*Due) node()           {}
func (*Late) node()          {}
func (*Assume) node()        {}
func (*Freeze) node()        {}
func (*From) node()          {}
func (*Bad) node()           {}

// The leaves keep their text, which is a piece of the source, and its offset.

// A Name is a name as written.
type Name struct {
	Text string
	At   int
}

// An Op is an operator or a small reserved word; without text it is absent.
type Op struct {
	Text string
	At   int
}

// A Key is a name, or a reserved word that stands where a name may.
type Key struct {
	Text string
	At   int
}

// An Attr is .params without its dot.
type Attr struct {
	Text string
	At   int
}

// A Str is a string with its quotes.
type Str struct {
	Text    string
	At      int
	Refused bool // never closed; already told
}

// A Lit is a number, a size or $name as written.
type Lit struct {
	Text string
	At   int
	Kind LitKind
}

// LitKind tells the literals apart.
type LitKind uint8

// A Refused literal has been told already and has no value.
const (
	Number LitKind = iota + 1
	Size
	Dollar
	Refused
)

// Span is where a leaf stands.
func (n Name) Span() Span { return Span{n.At, n.At + len(n.Text)} }

// Span is where a key stands.
func (k Key) Span() Span { return Span{k.At, k.At + len(k.Text)} }

// Span is where an operator stands.
func (o Op) Span() Span { return Span{o.At, o.At + len(o.Text)} }

// Span is where an attribute stands, its dot left out.
func (a Attr) Span() Span { return Span{a.At, a.At + len(a.Text)} }

// Span is where a string stands.
func (s Str) Span() Span { return Span{s.At, s.At + len(s.Text)} }

// Value is the string without its quotes.
func (s Str) Value() string {
	if s.Refused || len(s.Text) < 2 {
		return ""
	}
	return s.Text[1 : len(s.Text)-1]
}

// Span is where a literal stands.
func (l Lit) Span() Span { return Span{l.At, l.At + len(l.Text)} }

// Span is where a word stands.
func (w Word) Span() Span {
	var span Span
	if w.Name.Text != "" {
		span = w.Name.Span()
	} else {
		span = partsSpan(w.Parts)
		if len(w.To) > 0 {
			span.End = partsSpan(w.To).End
		}
	}
	if w.Minus.Text != "" {
		span.Start = w.Minus.At
	}
	if w.No.Text != "" {
		span.Start = w.No.At
	}
	return span
}

func partsSpan(parts []Part) Span {
	if len(parts) == 0 {
		return Span{}
	}
	return Span{parts[0].span().Start, parts[len(parts)-1].span().End}
}

func (p Part) span() Span {
	span := p.Lit.Span()
	if p.Expr != nil {
		span = p.Expr.Span()
		span.Start, span.End = span.Start-len("$("), span.End+len(")")
	}
	return span
}

// Span is where a calculation stands.
func (e *Expr) Span() Span {
	span := e.First.Span
	if n := len(e.Rest); n > 0 {
		span.End = e.Rest[n-1].X.Span.End
	}
	return span
}
