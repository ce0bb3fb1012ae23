// Package calc is whole-number arithmetic that can show itself. A rule
// builds an expression from named terms; the number is the value of that
// expression and the text is printed from it, so the two cannot differ.
//
//	s := new(calc.Sheet)
//	kernel, in := s.Term("kernel", 3), s.Term("input channels", 4)
//	params := kernel.Times(kernel).Times(in).Plus(s.Term("bias", 1)).Times(s.Term("filters", 20))
//	params.Value()  // 740
//	params.String() // (3·3·4 + 1)·20
package calc

// An op is what a node does with its operands.
type op uint8

const (
	term op = iota
	add
	sub
	mul
	exactDiv
	floorDiv
	ceilDiv
)

// A Sheet holds the expressions of one calculation. Its zero value is ready;
// Reset makes it ready again without giving its memory back.
type Sheet struct {
	// Plain keeps no calculations, only their values: for numbers that nobody
	// asks to see. Its expressions cannot be written or taken apart.
	Plain bool
	// Marked has a plain sheet give its expressions marks: two with the same mark
	// are made of the same terms in the same way.
	Marked bool
	nodes  []node
	fault  Expr // the first whose value does not fit; absent: there is none
}

type node struct {
	name    string // of a term
	along   string // the axis that a term is about, if any
	value   int64
	a, b    int32
	op      op
	measure bool // a term that is a size, not a number of things
}

// An Expr is a whole number and how it came about. The zero Expr is absent.
type Expr struct {
	sheet *Sheet
	value int64
	at    int32
}

// Reset empties the sheet. Its expressions are void from then on.
func (s *Sheet) Reset() { s.nodes, s.fault = s.nodes[:0], Expr{} }

// Term is a number of things, by their name: 4 "input channels".
func (s *Sheet) Term(name string, value int64) Expr {
	return s.push(node{name: name, value: value})
}

// Measure is a size, by its name and the axis it is about: the kernel's
// height. Without an axis it is the same along all.
func (s *Sheet) Measure(name, axis string, value int64) Expr {
	return s.push(node{name: name, along: axis, value: value, measure: true})
}

// Const is a number that is part of a rule, such as the 2 of 2·padding.
func (s *Sheet) Const(value int64) Expr { return s.push(node{value: value}) }

// Overflow gives the first expression whose value does not fit 64 bits.
func (s *Sheet) Overflow() (Expr, bool) { return s.fault, s.fault.Present() }

// expr is the expression of a node.
func (s *Sheet) expr(at int32) Expr { return Expr{s, s.nodes[at].value, at} }

func (s *Sheet) push(n node) Expr {
	switch {
	case !s.Plain:
		s.nodes = append(s.nodes, n)
		return Expr{s, n.value, int32(len(s.nodes) - 1)}
	case s.Marked:
		return Expr{s, n.value, markOf(n)}
	}
	return Expr{sheet: s, value: n.value}
}

func (e Expr) apply(o op, f Expr) Expr {
	value, ok := compute(o, e.value, f.value)
	result := e.sheet.push(node{op: o, a: e.at, b: f.at, value: value})
	if !ok && !e.sheet.fault.Present() {
		e.sheet.fault = result
	}
	return result
}

// Plus is e + f.
func (e Expr) Plus(f Expr) Expr { return e.apply(add, f) }

// Minus is e - f.
func (e Expr) Minus(f Expr) Expr { return e.apply(sub, f) }

// Times is e · f.
func (e Expr) Times(f Expr) Expr { return e.apply(mul, f) }

// Over is e / f, which must come out even.
func (e Expr) Over(f Expr) Expr { return e.apply(exactDiv, f) }

// FloorOver is e / f, rounded down.
func (e Expr) FloorOver(f Expr) Expr { return e.apply(floorDiv, f) }

// CeilOver is e / f, rounded up.
func (e Expr) CeilOver(f Expr) Expr { return e.apply(ceilDiv, f) }

// Present reports whether e is an expression at all.
func (e Expr) Present() bool { return e.sheet != nil }

// Value is the number e stands for; 0 if it is absent or does not fit.
func (e Expr) Value() int64 {
	return e.value
}

// Product multiplies what is present.
func Product(factors ...Expr) Expr { return fold(mul, factors) }

// Sum adds what is present.
func Sum(terms ...Expr) Expr { return fold(add, terms) }

func fold(o op, exprs []Expr) (result Expr) {
	for _, e := range exprs {
		switch {
		case !e.Present():
		case !result.Present():
			result = e
		default:
			result = result.apply(o, e)
		}
	}
	return result
}
