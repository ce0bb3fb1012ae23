package resolve

import "cnnl/lang"

// Scripts that come entry by entry, as at a prompt.

// Entries makes the resolver ready for entries that can be taken back. Taken says
// what has a name that no statement gives, and where: a prompt cannot look ahead.
func (r *Resolver) Entries(taken func(name string) (what string, at int, ok bool)) {
	r.past, r.automatically = new([]func()), taken
	r.scope.past = r.past
}

// A Mark is where a resolver stands before an entry.
type Mark struct {
	past, bodies, scopes, assumptions, loading, read int
	assumed                                          []Assumption
	broken                                           bool
	layers, values                                   int
}

// Mark notes where the resolver stands.
func (r *Resolver) Mark() Mark {
	return Mark{past: len(*r.past), bodies: r.prog.Bodies, scopes: r.prog.Scopes, assumptions: r.prog.Assumptions, loading: len(r.loading), read: r.read,
		assumed: r.assumed, broken: r.unit.broken, layers: r.scope.Layers, values: r.scope.Values}
}

// Enter resolves the statements of an entry. What is to be said of them goes into
// a log of their own.
func (r *Resolver) Enter(stmts []lang.Stmt) []Stmt {
	r.prog.Log = r.prog.Log.ofUsed()
	r.refused, r.unknown, r.stmts, r.unit.stmts, r.halted = nil, nil, stmts, stmts, false
	return r.statements(stmts)
}

// Back makes everything as it was at a mark.
func (r *Resolver) Back(to Mark) {
	for i := len(*r.past) - 1; i >= to.past; i-- {
		(*r.past)[i]()
	}
	*r.past = (*r.past)[:to.past]
	r.prog.Bodies, r.prog.Scopes, r.prog.Assumptions = to.bodies, to.scopes, to.assumptions
	r.loading, r.read, r.assumed, r.unit.broken = r.loading[:to.loading], to.read, to.assumed, to.broken
	r.scope.Layers, r.scope.Values, r.locals = to.layers, to.values, nil
	r.body, r.loose, r.muted, r.library, r.halted = r.scope.root, 0, 0, false, false
}

// KindNamed finds a kind of the catalogue or a block that is known at the end of
// the script.
func (r *Resolver) KindNamed(name string) (known bool) { return r.kindNamed(name) != nil }
