package lang

import (
	"reflect"
	"testing"
)

// TestVisitorSeesEverything compares what a visitor is called for with what
// reflection finds in the trees of the corpus.
func TestVisitorSeesEverything(t *testing.T) {
	for _, text := range corpus(t) {
		file, _ := Parse(NewSource("test", text), Limits{})
		seen := map[any]bool{}
		see := func(part any) bool { seen[part] = true; return true }
		v := Visitor{
			Stmt: func(s *Stmt) bool { return see(s) },
			Body: func(b *Body) bool { return see(b) },
			Word: func(w *Word) bool { return see(w) },
			Expr: func(e *Expr) bool { return see(e) },
			Ref:  func(r *Ref) bool { return see(r) },
			Name: func(n *Name) { see(n) },
			Lit:  func(l *Lit) { see(l) },
		}
		v.Visit(file.Stmts)
		for part := range partsOf(reflect.ValueOf(file.Stmts)) {
			if !seen[part] {
				t.Errorf("%T is not visited: %+v in\n%s", part, part, text)
			}
			delete(seen, part)
		}
		for part := range seen {
			t.Errorf("%T is visited and no part of the tree: %+v", part, part)
		}
	}
}

// partsOf finds the parts in a value that a visitor has a function for; of a
// Bad, what it keeps of the tree.
func partsOf(v reflect.Value) map[any]bool {
	found := map[any]bool{}
	var look func(v reflect.Value)
	look = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				look(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				look(v.Index(i))
			}
		case reflect.Struct:
			switch part := v.Addr().Interface().(type) {
			case *Bad:
				look(v.FieldByName("Node"))
				look(v.FieldByName("Bodies"))
				return
			case *Stmt, *Body, *Word, *Expr, *Ref:
				found[part] = true
			case *Name:
				if part.Text != "" {
					found[part] = true
				}
			case *Lit:
				if part.Kind != 0 {
					found[part] = true
				}
			}
			for i := range v.NumField() {
				look(v.Field(i))
			}
		}
	}
	look(v)
	return found
}

// TestVisitorStaysOutside: false leaves out what is inside, and nothing else.
func TestVisitorStaysOutside(t *testing.T) {
	file, _ := Parse(NewSource("test", "let a = b + c[d]\nif a == 1 { conv $(f) } else { relu }\n"), Limits{})
	refs := 0
	v := Visitor{
		Ref:  func(r *Ref) bool { refs++; return r.Head.Text != "c" },
		Body: func(*Body) bool { return false },
	}
	v.Visit(file.Stmts)
	if refs != 3 { // b, c, a
		t.Errorf("%d references seen", refs)
	}
}
