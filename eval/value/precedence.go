package value

import "cnnl/lang"

// A Reckoner makes something of a calculation: its value, or what it is when
// it is multiplied out.
type Reckoner[T any] interface {
	Atom(x *lang.Operand) T // without its sign
	Signed(x *lang.Operand, v T) T
	Join(left T, term *lang.OpTerm, right func() T) T
	Chained(first, second lang.Op) // two operators that do not chain
}

// A climb goes through a calculation that is written in a row, by the strength
// of its operators.
type climb[T any] struct {
	Reckoner[T]
	rest []lang.OpTerm
}

// Reckon makes of e what r makes of its parts.
func Reckon[T any](r Reckoner[T], e *lang.Expr) T {
	c := climb[T]{r, e.Rest}
	return c.from(&e.First, 0)
}

// from takes an operand and everything behind it that binds at least as
// tightly as least.
func (c *climb[T]) from(x *lang.Operand, least lang.Precedence) T {
	v := c.Atom(x)
	if x.Sign.Text != "" {
		v = c.Signed(x, c.on(v, x.Sign.Row().Before+1))
	}
	return c.on(v, least)
}

// on continues behind a left operand.
func (c *climb[T]) on(left T, least lang.Precedence) T {
	for len(c.rest) > 0 && c.rest[0].Op.Row().Between >= least {
		term := &c.rest[0]
		op := term.Op.Row()
		c.rest = c.rest[1:]
		left = c.Join(left, term, func() T { return c.from(&term.X, op.Between+1) })
		if !op.Single || len(c.rest) == 0 || c.rest[0].Op.Row().Between != op.Between {
			continue
		}
		c.Chained(term.Op, c.rest[0].Op)
		c.rest = nil
		var nothing T
		return nothing
	}
	return left
}
