package resolve

import (
	"slices"

	"cnnl/eval/value"
	"cnnl/lang"
)

// Written is where an argument of a layer is written; the zero Span: nowhere.
func (p *Program) Written(u *Unit, l *Layer, param int) lang.Span {
	return p.spansOf(u, l)[param]
}

// ArgumentAt is the parameter of a layer whose argument is written at a place, or
// -1.
func (p *Program) ArgumentAt(u *Unit, l *Layer, at int) (param int) {
	return slices.IndexFunc(p.spansOf(u, l), func(s lang.Span) bool { return s.Start <= at && at < s.End })
}

// spansOf is where each argument of a layer is written. The words are read once
// more for it: few are ever asked for.
func (p *Program) spansOf(u *Unit, l *Layer) []lang.Span {
	prog := *p
	prog.Log = &Log{}
	unit := *u
	unit.Uses = Uses{}
	r := &Resolver{prog: &prog, telling: telling{muted: 1, lenient: 1}}
	r.calc = value.Evaluator{Context: context{r}}
	r.fill = Filler{Evaluator: &r.calc}
	r.environment = &environment{unit: &unit, scope: &Scope{unit: &unit}, body: &Body{}}
	var block *Block
	if l.More != nil {
		block = l.More.Block
	}
	return r.bind(l.Node, l.Kind, block).spans
}
