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
	"strconv"
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

// ops says how each operation is computed and written. Strength is that of
// its sign: only weaker operands need brackets.
var ops = [...]struct {
	apply    func(a, b int64) (int64, bool)
	sign     string
	strength int
	wrap     string
}{
	add:      {Add, " + ", 1, ""},
	sub:      {Sub, " - ", 1, ""},
	mul:      {Mul, "·", 2, ""},
	exactDiv: {divExact, "/", 2, ""},
	floorDiv: {divFloor, "/", 2, "floor"},
	ceilDiv:  {divCeil, "/", 2, "ceil"},
}

// A Sheet holds the expressions of one calculation. Its zero value is ready;
// Reset makes it ready again without giving its memory back.
type Sheet struct {
	nodes []node
	fault int32 // 1 + the first node whose value does not fit, or 0
}

type node struct {
	name  string // of a term
	along string // the axis that a term is about, if any
	value int64
	a, b  int32
	op    op
}

// An Expr is a whole number and how it came about. The zero Expr is absent.
type Expr struct {
	sheet *Sheet
	at    int32
}

// Reset empties the sheet. Its expressions are void from then on.
func (s *Sheet) Reset() { s.nodes, s.fault = s.nodes[:0], 0 }

// Term is a number that has a name, such as "input channels".
func (s *Sheet) Term(name string, value int64) Expr {
	return s.push(node{name: name, value: value})
}

// TermAlong is a number that has a name for one axis, such as kernel height.
func (s *Sheet) TermAlong(name, axis string, value int64) Expr {
	return s.push(node{name: name, along: axis, value: value})
}

// Const is a number that is part of a rule, such as the 2 of 2·padding.
func (s *Sheet) Const(value int64) Expr { return s.push(node{value: value}) }

// Overflow gives the first expression whose value does not fit 64 bits.
func (s *Sheet) Overflow() (Expr, bool) { return Expr{s, s.fault - 1}, s.fault > 0 }

func (s *Sheet) push(n node) Expr {
	s.nodes = append(s.nodes, n)
	return Expr{s, int32(len(s.nodes) - 1)}
}

func (e Expr) apply(o op, f Expr) Expr {
	s := e.sheet
	value, ok := ops[o].apply(s.nodes[e.at].value, s.nodes[f.at].value)
	result := s.push(node{op: o, a: e.at, b: f.at, value: value})
	if !ok && s.fault == 0 {
		s.fault = result.at + 1
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
	if e.sheet == nil {
		return 0
	}
	return e.sheet.nodes[e.at].value
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

// A Term is one named number of a calculation.
type Term struct {
	Name  string
	Value int64
}

// Terms lists the named numbers of e in the order of writing.
func (e Expr) Terms() []Term { return e.appendTerms(nil) }

func (e Expr) appendTerms(terms []Term) []Term {
	if !e.Present() {
		return terms
	}
	n := e.sheet.nodes[e.at]
	if n.op == term {
		switch {
		case n.along != "":
			terms = append(terms, Term{n.name + " " + n.along, n.value})
		case n.name != "":
			terms = append(terms, Term{n.name, n.value})
		}
		return terms
	}
	return Expr{e.sheet, n.b}.appendTerms(Expr{e.sheet, n.a}.appendTerms(terms))
}

// String writes the calculation as a textbook does: (3·3·4 + 1)·20.
func (e Expr) String() string {
	if !e.Present() {
		return "0"
	}
	return string(e.sheet.write(nil, e.at, 0, node.number))
}

// Names writes the calculation with the names of its terms in place of their
// numbers: (kernel·kernel·input channels + bias)·filters.
func (e Expr) Names() string {
	if !e.Present() {
		return "0"
	}
	return string(e.sheet.write(nil, e.at, 0, node.title))
}

func (n node) number() string { return strconv.FormatInt(n.value, 10) }

// title is a term's name; what has none is part of the rule.
func (n node) title() string {
	switch {
	case n.name == "":
		return n.number()
	case n.along != "":
		return n.name + " " + n.along
	}
	return n.name
}

func (s *Sheet) write(text []byte, at int32, strength int, leaf func(node) string) []byte {
	n := s.nodes[at]
	if n.op == term {
		return append(text, leaf(n)...)
	}
	o := ops[n.op]
	bracket := o.strength < strength || o.wrap != ""
	if bracket {
		text = append(append(text, o.wrap...), '(')
	}
	text = s.write(text, n.a, o.strength, leaf)
	text = append(text, o.sign...)
	text = s.write(text, n.b, o.strength+rightBias(n.op), leaf)
	if bracket {
		text = append(text, ')')
	}
	return text
}

// rightBias brackets a right operand of the same strength where the
// operation is not associative.
func rightBias(o op) int {
	if o == add || o == mul {
		return 0
	}
	return 1
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
	q, ok := divFloor(a, b)
	return q, ok && q*b == a
}

func divFloor(a, b int64) (int64, bool) {
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
	q, ok := divFloor(a, b)
	if ok && q*b != a {
		q++
	}
	return q, ok
}
