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

import (
	"math"
	"math/bits"
)

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

// ops says how each operation is computed.
var ops = [...]func(a, b int64) (int64, bool){add: Add, sub: Sub, mul: Mul, exactDiv: divExact, floorDiv: FloorDiv, ceilDiv: divCeil}

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
	fault  int32 // 1 + the first node whose value does not fit, or 0
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
func (s *Sheet) Reset() { s.nodes, s.fault = s.nodes[:0], 0 }

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
func (s *Sheet) Overflow() (Expr, bool) { return s.expr(s.fault - 1), s.fault > 0 }

// expr is the expression of a node.
func (s *Sheet) expr(at int32) Expr {
	if at < 0 || int(at) >= len(s.nodes) {
		return Expr{sheet: s, at: at}
	}
	return Expr{s, s.nodes[at].value, at}
}

func (s *Sheet) push(n node) Expr {
	if s.Plain {
		e := Expr{sheet: s, value: n.value}
		if s.Marked {
			e.at = markOf(n)
		}
		return e
	}
	s.nodes = append(s.nodes, n)
	return Expr{s, n.value, int32(len(s.nodes) - 1)}
}

// Mark is what tells an expression of a marked sheet from others.
func (e Expr) Mark() (mark int32, value int64) { return e.at, e.value }

// markOf mixes a term's name, axis and value, as FNV-1a does bytes.
func markOf(n node) int32 {
	h := uint32(2166136261)
	for _, text := range [...]string{n.name, n.along} {
		for i := range len(text) {
			h = (h ^ uint32(text[i])) * fnvPrime
		}
	}
	return int32((h^uint32(n.value))*fnvPrime ^ uint32(n.value>>32))
}

const fnvPrime = 16777619

func (e Expr) apply(o op, f Expr) Expr {
	s := e.sheet
	value, ok := compute(o, e.value, f.value)
	result := Expr{sheet: s, value: value}
	switch {
	case s.Marked:
		result.at = int32((uint32(e.at)*fnvPrime^uint32(f.at))*fnvPrime + uint32(o))
	case !s.Plain:
		result = s.push(node{op: o, a: e.at, b: f.at, value: value})
	}
	if !ok && s.fault == 0 {
		if s.fault = result.at + 1; s.Plain {
			s.fault = 1
		}
	}
	return result
}

// compute is what an operation does; the usual ones by a direct call.
func compute(o op, a, b int64) (int64, bool) {
	switch o {
	case add:
		return Add(a, b)
	case mul:
		return Mul(a, b)
	}
	return ops[o](a, b)
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

// A Term is one named number of a calculation: so many things, or a size.
type Term struct {
	Name    string
	Axis    string // that a size is about; empty: all, or a number of things
	Value   int64
	Measure bool
}

// Title is the name, with the axis.
func (t Term) Title() string {
	if t.Axis != "" {
		return t.Name + " " + t.Axis
	}
	return t.Name
}

// Operands are what a calculation is made of: of a sum all summands, of a
// product all factors, of others two. A term has none. Sign is + - · or /.
func (e Expr) Operands() (sign string, operands []Expr) {
	n := e.sheet.nodes[e.at]
	if n.op == term {
		return "", nil
	}
	a, b := e.sheet.expr(n.a), e.sheet.expr(n.b)
	operands = []Expr{a}
	if e.sheet.nodes[n.a].op == n.op && (n.op == add || n.op == mul) {
		_, operands = a.Operands()
	}
	if e.sheet.nodes[n.b].op == n.op && (n.op == add || n.op == mul) {
		_, more := b.Operands()
		return signs[n.op], append(operands, more...)
	}
	return signs[n.op], append(operands, b)
}

// Rounding is how a quotient is rounded: floor, ceil, or not at all.
func (e Expr) Rounding() string {
	switch e.sheet.nodes[e.at].op {
	case floorDiv:
		return "floor"
	case ceilDiv:
		return "ceil"
	}
	return ""
}

// Term gives the named number that e is; false: it is a calculation, or a
// number that is part of a rule.
func (e Expr) Term() (Term, bool) {
	if !e.Present() {
		return Term{}, false
	}
	n := &e.sheet.nodes[e.at]
	return Term{n.name, n.along, n.value, n.measure}, n.op == term && n.name != ""
}

// Alone reports whether e is one number, with nothing to calculate.
func (e Expr) Alone() bool { return !e.Present() || e.sheet.nodes[e.at].op == term }

// Terms lists the named numbers of e in the order of writing.
func (e Expr) Terms() []Term { return e.appendTerms(nil) }

func (e Expr) appendTerms(terms []Term) []Term {
	if t, ok := e.Term(); ok {
		return append(terms, t)
	}
	if !e.Present() || e.sheet.nodes[e.at].op == term {
		return terms
	}
	n := e.sheet.nodes[e.at]
	return e.sheet.expr(n.b).appendTerms(e.sheet.expr(n.a).appendTerms(terms))
}

// Add is a + b, and false if that does not fit.
func Add(a, b int64) (int64, bool) {
	if sum := a + b; (sum > a) == (b > 0) {
		return sum, true
	}
	return 0, false
}

// Sub is a - b, and false if that does not fit.
func Sub(a, b int64) (int64, bool) {
	if diff := a - b; (diff < a) == (b > 0) {
		return diff, true
	}
	return 0, false
}

// Mul is a · b, and false if that does not fit.
func Mul(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func divExact(a, b int64) (int64, bool) {
	q, ok := FloorDiv(a, b)
	return q, ok && q*b == a
}

// FloorDiv is a / b rounded down, and false if that does not fit or b is 0.
func FloorDiv(a, b int64) (int64, bool) {
	if b == 0 || a == math.MinInt64 && b == -1 {
		return 0, false
	}
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q, true
}

func divCeil(a, b int64) (int64, bool) {
	q, ok := FloorDiv(a, b)
	if ok && q*b != a {
		q++
	}
	return q, ok
}

// GCD is the greatest number that divides both a and b; of 0 and b it is b.
func GCD(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
