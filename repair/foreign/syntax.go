package foreign

import "cnnl/lang"

// The syntax of what is read of Python: expressions and statements, as far as
// programs that describe networks have them.

// An exprSort says what an expression is.
type exprSort uint8

const (
	eNumber exprSort = iota
	eText            // a string
	eName
	eAttr   // args[0].text
	eCall   // args[0](args[1:]), with words for each
	eList   // a list or tuple
	eBinary // text is the operator
	eUnary
	eIndex // args[0][args[1:]]
	eSlice // a range of an index
	eIf    // args: then, condition, else
	eFor   // a comprehension: args: item, variable, sequence
	eStar  // * or ** before an argument
	eOther // read over
)

// An expr is an expression.
type expr struct {
	sort  exprSort
	text  string
	args  []*expr
	words []string // of a call: each argument's word, empty by place
	span  lang.Span
}

// callee is what a call calls; of anything else itself.
func (x *expr) callee() *expr {
	if x.sort == eCall {
		return x.args[0]
	}
	return x
}

// A stmtSort says what a statement is.
type stmtSort uint8

const (
	sExpr stmtSort = iota
	sAssign
	sAugment // text is the operator
	sReturn
	sImport
	sClass
	sDef
	sIf
	sFor
	sBlock // with, try and what else has a body
	sPass  // counts nothing: pass, a decorator, a docstring
)

// A stmt is a statement: one logical line, and what is indented below it.
type stmt struct {
	sort    stmtSort
	text    string  // an operator or a name
	targets []*expr // of an assignment or a loop
	x       *expr   // value, condition, or what is gone through
	params  []param
	body    []*stmt
	orElse  []*stmt
	span    lang.Span // of the line, without its body
	indent  int
}

// A param is one of a function's; x is its default, or nil.
type param struct {
	name string
	x    *expr
}
