package diagnose

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
)

// A place is one layer whose rules are being asked in a world.
type place struct {
	w      *world
	i      int32
	call   *layer.Call
	l      *asked
	own    bool    // the arguments are a copy
	change *change // the one that is being carried out
}

func (p *place) engine() *Engine { return p.w.engine }

// argument finds an argument to change it; nil: the kind has none of the name.
func (p *place) argument(name string) *layer.Arg {
	i := p.call.Kind.Find(name)
	if i < 0 || p.call.Args == nil {
		return nil
	}
	if !p.own {
		p.l.args = append(p.l.args[:0], p.call.Args...)
		p.call.Args, p.own = p.l.args, true
	}
	return &p.call.Args[i]
}

// word makes an option a word, where it takes that.
func (p *place) word(name, word string) {
	a := p.argument(name)
	if a == nil {
		return
	}
	if w := slices.Index(p.call.Kind.Params[p.call.Kind.Find(name)].Words, word); w >= 0 {
		*a = layer.Arg{Word: uint8(w + 1)}
	}
}

func (p *place) term(name string, n int64) calc.Expr { return p.call.Sheet.Term(name, n) }
func (p *place) number(n int64) calc.Expr            { return p.call.Sheet.Const(n) }

// size is axis i of the input.
func (p *place) size(i int) calc.Expr {
	return p.call.Sheet.Measure(layer.TermInput, p.call.In.AxisNames()[i], p.call.In.At(i))
}

// side is a value of the window along an axis.
func (p *place) side(name string, axis int) calc.Expr {
	return p.call.Sheet.Measure(name, "", p.call.Along(name, axis))
}

// positions is the number of places of a tensor, all axes but the channels.
func (p *place) positions(s layer.Shape, which string) (n calc.Expr) {
	for i := range s.Spatial() {
		n = calc.Product(n, p.call.Sheet.Measure(which, s.AxisNames()[i], s.At(i)))
	}
	return n
}

func (p *place) outputPositions() calc.Expr { return p.positions(p.call.Out, layer.TermOutput) }
func (p *place) inputPositions() calc.Expr  { return p.positions(p.call.In, layer.TermInput) }

// channels is the last axis of the input.
func (p *place) channels() calc.Expr {
	if p.call.In.Rank() == 1 {
		return p.term(layer.TermInputs, p.call.In.At(0))
	}
	return p.term(layer.TermChannels, p.call.In.Channels())
}

// units is the number of filters or units; absent: there are none.
func (p *place) units() calc.Expr {
	name := p.call.Kind.UnitsParam()
	if name == "" {
		return calc.Expr{}
	}
	return p.term(name, p.call.Args[p.call.Kind.Find(name)].N[0])
}

// window is the number of a window's weights.
func (p *place) window() (n calc.Expr) {
	for a := range p.call.In.Spatial() {
		n = calc.Product(n, p.side(layer.TermKernel, a))
	}
	return n
}

// orOne is e, or 1 where all of it was left out.
func (p *place) orOne(e calc.Expr) calc.Expr {
	if e.Present() {
		return e
	}
	return p.number(1)
}

// without leaves terms out of a product that stays one.
func (p *place) without(e calc.Expr, names ...string) calc.Expr {
	if !e.Present() {
		return e
	}
	return p.orOne(drop(e, names...))
}
