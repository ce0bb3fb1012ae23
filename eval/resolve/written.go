package resolve

import (
	"cnnl/eval/value"
	"cnnl/lang"
)

// Written is where an argument of a layer is written; the zero Span: nowhere. The
// words are read once more for it: few are ever asked for.
func (p *Program) Written(u *Unit, l *Layer, param int) lang.Span {
	prog := *p
	prog.Log = &Log{}
	unit := *u
	unit.Uses = Uses{}
	r := &Resolver{prog: &prog, muted: 1, loose: 1}
	r.calc = value.Evaluator{Context: context{r}}
	r.fill = Filler{Evaluator: &r.calc}
	r.place = &place{unit: &unit, scope: &Scope{unit: &unit}, body: &Body{}}
	var block *Block
	if l.More != nil {
		block = l.More.Block
	}
	return r.bind(l.Node, l.Kind, block).spans[param]
}
