package resolve

import "cnnl/lang"

// Scripts that come entry by entry, as at a prompt.

// Entries makes the resolver ready for entries that can be taken back. Taken says
// what has a name that no statement gives, and where: a prompt cannot look ahead.
func (r *Resolver) Entries(taken func(name string) (what string, at int, ok bool)) {
	r.undo, r.automatically = new([]func()), taken
	r.scope.undo = r.undo
}

// A Mark is where a resolver stands before an entry.
type Mark struct {
	undo, bodies, scopes, assumptions, loading, read int
	assumed                                          []Assumption
	broken                                           bool
	layers, values                                   int
}

// Mark notes where the resolver stands.
func (r *Resolver) Mark() Mark {
	return Mark{undo: len(*r.undo), bodies: r.prog.Bodies, scopes: r.prog.Scopes, assumptions: r.prog.Assumptions, loading: len(r.loading), read: r.read,
		assumed: r.assumed, broken: r.unit.broken, layers: r.scope.Layers, values: r.scope.Values}
}

// Enter resolves the statements of an entry. What is to be said of them goes into
// a log of their own.
func (r *Resolver) Enter(stmts []lang.Stmt) []Stmt {
	r.prog.Log = r.prog.Log.ofUsed()
	r.refused, r.unknown, r.gathered, r.stmts, r.unit.stmts, r.unit.later, r.halted = nil, nil, nil, stmts, stmts, nil, false
	r.spelled, r.compared = 0, 0
	return r.statements(stmts)
}

// Back makes everything as it was at a mark.
func (r *Resolver) Back(to Mark) {
	for i := len(*r.undo) - 1; i >= to.undo; i-- {
		(*r.undo)[i]()
	}
	*r.undo = (*r.undo)[:to.undo]
	r.prog.Bodies, r.prog.Scopes, r.prog.Assumptions = to.bodies, to.scopes, to.assumptions
	r.loading, r.read, r.assumed, r.unit.broken = r.loading[:to.loading], to.read, to.assumed, to.broken
	r.scope.Layers, r.scope.Values, r.locals = to.layers, to.values, nil
	r.body, r.lenient, r.muted, r.library, r.halted = r.scope.root, 0, 0, false, false
}
