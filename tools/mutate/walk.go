package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A walker finds the points of one file.
type walker struct {
	*file
	rule   string
	named  map[*ast.BasicLit][]string
	points []*point
}

func (f *file) points() []*point {
	w := &walker{file: f, named: map[*ast.BasicLit][]string{}}
	for _, d := range f.syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && !w.givesText(d.Type) && !strings.HasPrefix(strings.ToLower(d.Name.Name), "refuse") {
				w.rule = functionName(d)
				w.names(d.Body)
				w.block(d.Body)
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				w.variables(d)
			}
		}
	}
	return w.points
}

// functionName is a function as it is called in a list: (*Call).slide.
func functionName(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	of := types.ExprString(d.Recv.List[0].Type)
	if strings.HasPrefix(of, "*") {
		of = "(" + of + ")"
	}
	return of + "." + d.Name.Name
}

// variables walks tables.
func (w *walker) variables(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		for i, value := range v.Values {
			w.rule = v.Names[min(i, len(v.Names)-1)].Name
			w.names(value)
			w.expr(value)
		}
	}
}

// givesText reports a function whose results are words: it is no rule.
func (w *walker) givesText(t *ast.FuncType) bool {
	if t.Results == nil {
		return false
	}
	for _, r := range t.Results.List {
		if types.ExprString(r.Type) != "string" && types.ExprString(r.Type) != "[]string" {
			return false
		}
	}
	return true
}

func (w *walker) block(b *ast.BlockStmt) {
	if b != nil {
		w.statements(b.List)
	}
}

func (w *walker) statements(list []ast.Stmt) {
	for _, s := range list {
		w.stmt(s)
	}
}

// stmt walks a statement, and notes that it may be left out.
func (w *walker) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		w.leaveOut(s)
		w.inside(s.X)
	case *ast.IncDecStmt:
		w.leaveOut(s)
	case *ast.BranchStmt:
		if s.Tok == token.CONTINUE || s.Tok == token.BREAK {
			w.leaveOut(s)
		}
	case *ast.AssignStmt:
		w.assignment(s)
	case *ast.ReturnStmt:
		w.exprs(s.Results)
	case *ast.DeclStmt:
		if d := s.Decl.(*ast.GenDecl); d.Tok == token.VAR {
			for _, spec := range d.Specs {
				w.exprs(spec.(*ast.ValueSpec).Values)
			}
		}
	case *ast.BlockStmt:
		w.block(s)
	case *ast.LabeledStmt:
		w.stmt(s.Stmt)
	case *ast.IfStmt:
		w.header(s.Init)
		w.condition(s.Cond)
		w.block(s.Body)
		if s.Else != nil {
			w.stmt(s.Else)
		}
	case *ast.ForStmt:
		w.header(s.Init)
		if s.Cond != nil {
			w.expr(s.Cond)
		}
		w.block(s.Body)
	case *ast.RangeStmt:
		w.rangeOver(s)
	case *ast.SwitchStmt:
		w.switched(s)
	}
}

// header walks the statement in front of a condition, which cannot be left out.
func (w *walker) header(s ast.Stmt) {
	if a, ok := s.(*ast.AssignStmt); ok {
		w.exprs(a.Rhs)
	}
}

func (w *walker) assignment(s *ast.AssignStmt) {
	if len(s.Lhs) == 1 && saysSomething(s.Lhs[0]) {
		return
	}
	if s.Tok != token.DEFINE {
		w.leaveOut(s)
	}
	for _, left := range s.Lhs {
		if index, ok := left.(*ast.IndexExpr); ok {
			w.expr(index.Index)
		}
	}
	w.exprs(s.Rhs)
}

// rangeOver walks a loop; over a number it may take one turn less.
func (w *walker) rangeOver(s *ast.RangeStmt) {
	if w.isInteger(s.X) {
		w.note(s.X, []string{"(" + w.piece(s.X) + ") - 1"})
	}
	w.inside(s.X)
	w.block(s.Body)
}

func (w *walker) isInteger(e ast.Expr) bool {
	t := w.info.TypeOf(e)
	return t != nil && w.isNumber(e) && w.info.Types[e].Value == nil
}

// switched walks a switch. Its cases are conditions, or words one of which is never
// found.
func (w *walker) switched(s *ast.SwitchStmt) {
	w.header(s.Init)
	if s.Tag != nil {
		w.expr(s.Tag)
	}
	for _, clause := range s.Body.List {
		c := clause.(*ast.CaseClause)
		for _, e := range c.List {
			lit, isLit := e.(*ast.BasicLit)
			switch {
			case s.Tag == nil:
				w.condition(e)
			case isLit && lit.Kind == token.STRING:
				w.note(e, []string{`"\x00"`})
			}
		}
		w.statements(c.Body)
	}
}

// condition notes that a branch may be taken always and never.
func (w *walker) condition(e ast.Expr) {
	texts := []string{"true", "false"}
	if b, ok := e.(*ast.BinaryExpr); !ok {
		w.note(e, texts)
		w.inside(e)
		return
	} else if b.Op != token.EQL && b.Op != token.NEQ {
		texts = append(texts, w.exprMutants(e)...)
	}
	w.note(e, texts)
	w.inside(e)
}

func (w *walker) exprs(list []ast.Expr) {
	for _, e := range list {
		w.expr(e)
	}
}

// expr notes what may stand in place of an expression, and walks its parts.
func (w *walker) expr(e ast.Expr) {
	if v := w.info.Types[e].Value; v != nil && !isLiteralWord(e) {
		if _, named := e.(*ast.Ident); !named {
			w.note(e, w.constantMutants(e))
		}
		return
	}
	w.note(e, w.exprMutants(e))
	w.inside(e)
}

// isLiteralWord reports true, false and the names of parameters, which are
// constants with mutants of their own.
func isLiteralWord(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "true" || e.Name == "false"
	case *ast.BasicLit:
		return e.Kind == token.STRING
	}
	return false
}

// inside walks the parts of an expression.
func (w *walker) inside(e ast.Expr) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		w.expr(e.X)
	case *ast.BinaryExpr:
		w.expr(e.X)
		w.expr(e.Y)
	case *ast.UnaryExpr:
		if e.Op != token.AND {
			w.expr(e.X)
		} else {
			w.inside(e.X)
		}
	case *ast.StarExpr:
		w.expr(e.X)
	case *ast.CallExpr:
		w.callParts(e)
	case *ast.SelectorExpr:
		w.receiver(e)
	case *ast.IndexExpr:
		w.inside(e.X)
		w.index(e.Index)
	case *ast.SliceExpr:
		w.inside(e.X)
		for _, bound := range [...]ast.Expr{e.Low, e.High, e.Max} {
			if bound != nil {
				w.expr(bound)
			}
		}
	case *ast.CompositeLit:
		w.composite(e)
	case *ast.FuncLit:
		if !w.givesText(e.Type) {
			w.block(e.Body)
		}
	}
}

// index walks an index; one that is constant is only moved on.
func (w *walker) index(e ast.Expr) {
	if w.info.Types[e].Value == nil {
		w.expr(e)
	} else if texts := w.constantMutants(e); len(texts) > 0 {
		w.note(e, texts[:1])
	}
}

// callParts walks what is called on, and the arguments. What is said, and what is
// taken by its address, is left as it is.
func (w *walker) callParts(e *ast.CallExpr) {
	if s, ok := e.Fun.(*ast.SelectorExpr); ok {
		if id, ok := s.X.(*ast.Ident); ok && slices.Contains([]string{"fmt", "strings", "strconv"}, id.Name) {
			return
		}
		w.receiver(s)
	}
	if f, ok := e.Fun.(*ast.FuncLit); ok {
		w.inside(f)
	}
	if name := calledName(e); name == "panic" || strings.HasPrefix(name, "refuse") {
		return
	}
	w.exprs(e.Args)
}

// receiver walks what a field or a method is of, where that need not be a
// variable.
func (w *walker) receiver(e *ast.SelectorExpr) {
	if _, isCall := e.X.(*ast.CallExpr); isCall {
		w.expr(e.X)
		return
	}
	if s := w.info.Selections[e]; s != nil && w.isMeasure(w.info.TypeOf(e.X)) {
		w.expr(e.X)
		return
	}
	w.inside(e.X)
}

// words are the fields that say something to people.
var words = []string{"Name", "Article", "Doc", "Example", "Sentence", "Remark", "Said", "Told", "Shown", "Silence", "Summary", "Detail", "Hint", "Keeps", "Common", "Flat"}

// saysSomething reports a field of those.
func saysSomething(e ast.Expr) bool {
	field, ok := e.(*ast.SelectorExpr)
	return ok && slices.Contains(words, field.Sel.Name)
}

func (w *walker) composite(e *ast.CompositeLit) {
	for _, element := range e.Elts {
		kv, ok := element.(*ast.KeyValueExpr)
		if !ok {
			w.expr(element)
			continue
		}
		key, isField := kv.Key.(*ast.Ident)
		if isField && slices.Contains(words, key.Name) {
			continue
		}
		if isField {
			w.leaveOutField(kv.Value)
		}
		w.expr(kv.Value)
	}
}

// leaveOutField notes that a number or a calculation of a struct may be missing.
func (w *walker) leaveOutField(value ast.Expr) {
	t := w.info.TypeOf(value)
	switch {
	case w.info.Types[value].Value != nil:
	case w.isNumber(value):
		w.note(value, []string{"0"})
	default:
		if named, ok := t.(*types.Named); ok && named.Obj().Name() == "Expr" {
			w.note(value, []string{w.typeName(t) + "{}"})
		}
	}
}
