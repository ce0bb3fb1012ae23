// Package resolve is the static pass over a script: it gives every name, word
// and option of the whole script its meaning once, whether it is ever run or
// not, and finds every mistake that needs no sizes. Its result, a Program, is
// what package eval runs.
//
// It knows the syntax tree and the catalogue, and nothing of tensors: what only
// a run can tell, a value behind $ or how a loop turns, it leaves open. A new
// kind of statement is one case of the pass and one Node; a new kind of layer
// needs nothing here. A mistake is told with errorf, or with provisional where a
// run that gets there knows more and tells it itself; a script in
// testdata/mistakes.cnnl tries it wherever it may stand. What editors ask of a
// program is in bindings.go.
package resolve

import (
	"cnnl/eval/layer"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Program is a script whose words have their meaning.
type Program struct {
	File   *lang.File
	Script *Unit // the script itself
	Bodies int   // how many there are; each has a number below it
	Scopes int   // likewise
	// Assumptions is how many assumed defaults wait for a value that only a run
	// can tell.
	Assumptions int
	Log         *Log

	resolver *Resolver
}

// A Unit is a file: the script, or one that it uses.
type Unit struct {
	Path    string // as `use` names it from the script's folder
	Library bool   // of the standard library
	Source  *lang.Source
	Body    *Body
	Scope   *Scope
	Blocks  map[string]*Block // that the file knows so far
	Uses    Uses

	stmts  []lang.Stmt
	later  map[string]*lang.Block // that stmts define, by name; nil: nobody asked yet
	of     *Unit                  // that it is, read again under what is assumed; nil: it is itself
	broken bool                   // something it uses could not be read; which blocks it has is not known
}

// A Block is a layer kind of the script's own. To the words of a statement it
// is a kind like any other: its parameters are a table.
type Block struct {
	Kind   *layer.Kind
	Node   *lang.Block
	Unit   *Unit
	Scope  *Scope
	Params []*Name
	With   []*Name
	Body   *Body
}

// A Body is the statements of a file, a block or a pair of braces.
type Body struct {
	ID    int
	Stmts []Stmt

	outer   *Body // of the same file or block
	certain bool  // it runs whenever the one around it does
	loop    bool
	stmts   []lang.Stmt
}

// A Stmt is a statement and where it stands.
type Stmt struct {
	Span lang.Span
	Node Node
}

// A Node is what a statement does: *Layer, *Let, *From, *Freeze, *Expect,
// *Assume, *Use, *Repeat, *For, *If or, where its meaning is not known, *Lost.
type Node interface{ node() }

// A Layer is a layer statement, its words bound. Where it is no good, that has
// been told.
type Layer struct {
	Node  *lang.Layer
	Kind  *layer.Kind
	Args  layer.Args // as far as they are known; those of all runs of the statement
	Name  *Name      // that it gives; nil: none
	OK    bool
	Loop  bool // it stands in a loop, and its name is numbered
	Named bool // the script names it, though the name may be taken
	More  *More
}

// More is what few layers have.
type More struct {
	Block  *Block        // whose use it is
	Values []value.Value // of a block: what its parameters are given
	Open   []Open
	// Overruled is what is assumed and stated here all the same, in a library.
	Overruled []Assumption
	Turned    bool       // behind =: the owner's weights turned round
	Braces    bool       // it stands in braces
	Read      layer.Args // of one that is at fault: what could be made out of it, or nil
	Bodies    []*Body
}

// An Open argument has a value that only a run can tell.
type Open struct {
	Param   int
	Words   []lang.Word
	Form    Form
	Assumed int // the assumed default that it is, from 1; 0: it is written here
}

// A Form is how words become an argument.
type Form uint8

// The forms of arguments.
const (
	OneValue Form = iota
	AList
	ATruth
	Anything // of a block's parameter
)

// A Let names a value.
type Let struct {
	Name  *Name // nil: it could not be given
	Value *lang.Expr
	Unit  *Unit // that the value is written in: the script, or what gives it another
}

// A From goes on from an earlier tensor.
type From struct{ Ref *lang.Ref }

// A Freeze takes layers out of training.
type Freeze struct{ Node *lang.Freeze }

// An Expect is a claim.
type Expect struct{ Node *lang.ExpectStmt }

// An Assume has defaults that only a run can tell; others are in the layers
// already.
type Assume struct {
	Open []Assumption
	Unit *Unit // that they are written in, as a let's
}

// A Use runs the lets of a file that is used.
type Use struct{ Unit *Unit }

// A Repeat runs its body so many times.
type Repeat struct {
	Count *lang.Expr
	Body  *Body
}

// A For runs its body for each value.
type For struct {
	Var   *Name // nil: it could not be given
	Items []lang.Item
	Body  *Body
}

// An If runs the first body whose condition holds.
type If struct {
	Arms []Arm
	Else *Body
}

// An Arm is a condition and what it guards.
type Arm struct {
	Cond *lang.Expr
	Body *Body
}

// A Lost statement has no meaning, which has been told: behind it the current
// tensor is not known. Read is what could be made out of it all the same.
type Lost struct {
	Read   network.Read
	Passed bool // it is not like a layer at all
}

// A Halt ends the run: a limit was passed.
type Halt struct{}

func (*Layer) node()  {}
func (*Let) node()    {}
func (*From) node()   {}
func (*Freeze) node() {}
func (*Expect) node() {}
func (*Assume) node() {}
func (*Use) node()    {}
func (*Repeat) node() {}
func (*For) node()    {}
func (*If) node()     {}
func (*Lost) node()   {}
func (*Halt) node()   {}

// Given is the name that the statement gives its layer, or empty.
func (l *Layer) Given() string {
	if !l.Named {
		return ""
	}
	return l.Node.Words[0].Name.Text
}
