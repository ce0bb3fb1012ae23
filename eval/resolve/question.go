package resolve

import (
	"cnnl/eval/value"
	"cnnl/lang"
)

// Question gives the names of a calculation that is no part of the script their
// meaning at its end, by the place where each is written, and tells what is wrong
// with it; a run tells the rest. The program stays as it is: several may ask at
// once.
func (p *Program) Question(e *lang.Expr, src *lang.Source) (uses Uses, diags lang.Diagnostics) {
	return p.question(e, src, 0)
}

// Meanings is a Question of somebody who does not read what is wrong with it: words that
// are near to an unknown one are not looked for.
func (p *Program) Meanings(e *lang.Expr, src *lang.Source) Uses {
	uses, _ := p.question(e, src, mostCompared+1)
	return uses
}

func (p *Program) question(e *lang.Expr, src *lang.Source, compared int) (uses Uses, diags lang.Diagnostics) {
	prog := *p
	prog.Log = &Log{Max: p.Log.Max}
	unit := *p.Script
	unit.Source, unit.Uses = src, Uses{}
	r := &Resolver{prog: &prog, opts: p.resolver.opts}
	r.calc, r.compared = value.Evaluator{Context: context{r}}, compared
	r.environment = &environment{unit: &unit, scope: p.Script.Scope.aside(&unit), body: &Body{}}
	r.calc.Value(e)
	return unit.Uses, prog.Log.All()
}

// aside is a scope with the same names, to which nothing that is added stays.
func (s *Scope) aside(unit *Unit) *Scope {
	c := *s
	c.unit, c.undo, c.names, c.outer = unit, nil, nil, s
	return &c
}
