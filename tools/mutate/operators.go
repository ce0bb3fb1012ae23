package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// What a rule is changed to: one term each time. Every function here gives the
// texts that may stand in place of an expression or a statement.

// exprMutants are the other texts of an expression.
func (w *walker) exprMutants(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return w.binary(e)
	case *ast.UnaryExpr:
		if e.Op == token.SUB || e.Op == token.NOT {
			return []string{w.piece(e.X)}
		}
	case *ast.CallExpr:
		return w.call(e)
	case *ast.SelectorExpr:
		return w.sibling(e)
	case *ast.BasicLit:
		return w.named[e]
	case *ast.Ident:
		if e.Name == "true" || e.Name == "false" {
			return []string{fmt.Sprint(e.Name == "false")}
		}
	}
	return nil
}

// swapped are operators that are easily taken for each other: sums, and bounds that
// are one off.
var swapped = map[token.Token]token.Token{
	token.ADD: token.SUB, token.SUB: token.ADD,
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
}

// binary swaps an operator and drops either term. Only what is a number or a
// condition is a rule.
func (w *walker) binary(e *ast.BinaryExpr) (texts []string) {
	x, y := w.piece(e.X), w.piece(e.Y)
	if other, ok := swapped[e.Op]; ok && w.isNumber(e.X) {
		texts = append(texts, x+" "+other.String()+" "+y)
	}
	switch e.Op {
	case token.ADD, token.MUL:
		if w.isNumber(e) {
			texts = append(texts, x, y)
		}
	case token.SUB, token.QUO, token.REM:
		texts = append(texts, x)
	case token.LAND, token.LOR:
		texts = append(texts, x, y)
	case token.EQL:
		texts = append(texts, x+" != "+y)
	case token.NEQ:
		texts = append(texts, x+" == "+y)
	}
	return texts
}

// methods are the ways to build a calculation, with those that they are taken for.
var methods = map[string]string{"Plus": "Minus", "Minus": "Plus", "Times": "Plus", "FloorOver": "CeilOver", "CeilOver": "FloorOver", "Over": "Times", "Rank": "Spatial", "Spatial": "Rank"}

// folds are the functions whose terms can each be left out.
var folds = []string{"max", "min", "Product", "Sum", "product"}

// call swaps a method for its opposite and drops one argument.
func (w *walker) call(e *ast.CallExpr) (texts []string) {
	name := calledName(e)
	method, isMethod := e.Fun.(*ast.SelectorExpr)
	if other, ok := methods[name]; ok && isMethod {
		receiver, args := w.piece(method.X), w.arguments(e, -1)
		texts = append(texts, receiver+"."+other+"("+args+")")
		if len(e.Args) == 1 {
			texts = append(texts, receiver)
		}
		if name == "Times" {
			texts = append(texts, args)
		}
	}
	if slices.Contains(folds, name) && e.Ellipsis == token.NoPos && len(e.Args) > 1 {
		for i := range e.Args {
			texts = append(texts, w.piece(e.Fun)+"("+w.arguments(e, i)+")")
		}
		switch name {
		case "max":
			texts = append(texts, "min("+w.arguments(e, -1)+")")
		case "min":
			texts = append(texts, "max("+w.arguments(e, -1)+")")
		}
	}
	if name == "append" && len(e.Args) > 1 {
		texts = append(texts, w.piece(e.Args[0]))
	}
	return texts
}

// arguments are those of a call but one.
func (w *walker) arguments(e *ast.CallExpr, without int) string {
	var list []string
	for i, a := range e.Args {
		if i != without {
			list = append(list, w.piece(a))
		}
	}
	return strings.Join(list, ", ")
}

// calledName is the name of what is called, without what it is of.
func calledName(e *ast.CallExpr) string {
	switch f := e.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// sibling takes the next field of the same type in place of one, as the high end of
// a span for the low one or the output for the input.
func (w *walker) sibling(e *ast.SelectorExpr) []string {
	s := w.info.Selections[e]
	if s == nil || s.Kind() != types.FieldVal || len(s.Index()) != 1 || !w.isMeasure(s.Type()) {
		return nil
	}
	of := s.Recv()
	if p, ok := of.Underlying().(*types.Pointer); ok {
		of = p.Elem()
	}
	fields := of.Underlying().(*types.Struct)
	for i := 1; i < fields.NumFields(); i++ {
		f := fields.Field((s.Index()[0] + i) % fields.NumFields())
		if types.Identical(f.Type(), s.Type()) && (f.Exported() || f.Pkg() == w.pkg) && !f.Embedded() {
			return []string{w.piece(e.X) + "." + f.Name()}
		}
	}
	return nil
}

// isMeasure reports a number or a shape.
func (w *walker) isMeasure(t types.Type) bool {
	if named, ok := t.(*types.Named); ok && named.Obj().Name() == "Shape" {
		return true
	}
	b, ok := t.(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func (w *walker) isNumber(e ast.Expr) bool {
	b, ok := w.info.TypeOf(e).Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// constantMutants are a whole number one more and one less.
func (w *walker) constantMutants(e ast.Expr) (texts []string) {
	tv := w.info.Types[e]
	b, ok := tv.Type.Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 || tv.Value.Kind() != constant.Int {
		return nil
	}
	for _, by := range [...]int64{1, -1} {
		n := constant.BinaryOp(tv.Value, token.ADD, constant.MakeInt64(by))
		if constant.Sign(n) >= 0 {
			texts = append(texts, n.ExactString())
		}
	}
	return texts
}

// readers are the methods that take the name of a parameter: another name that is
// read beside it may be meant.
var readers = []string{"along", "side", "arg", "is", "word", "count", "flag", "many", "width", "perHead", "biased", "chosen", "pads"}

// names notes, for every name of a parameter that a function reads, the next one
// that it reads.
func (w *walker) names(function ast.Node) {
	var literals []*ast.BasicLit
	var distinct []string
	ast.Inspect(function, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !slices.Contains(readers, calledName(call)) {
			return true
		}
		for _, a := range call.Args {
			if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				literals = append(literals, lit)
				if !slices.Contains(distinct, lit.Value) {
					distinct = append(distinct, lit.Value)
				}
			}
		}
		return true
	})
	for _, lit := range literals {
		if len(distinct) > 1 {
			next := (slices.Index(distinct, lit.Value) + 1) % len(distinct)
			w.named[lit] = []string{distinct[next]}
		}
	}
}
