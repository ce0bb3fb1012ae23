// Package value is what a calculation of a script gives: an exact fraction, a
// truth, a size; how these are written, compared and computed with, and which
// operator of a calculation binds the tightest. It knows no names: those that
// a calculation asks for are its caller's, see Reckoner.
package value

import (
	"math/big"
	"strconv"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A Sort tells what a value is.
type Sort uint8

// The sorts of values.
const (
	Unknown Sort = iota // could not be computed; told already
	Number
	Boolean
	Size
)

// A Value is what a calculation gives: an exact fraction, a truth, a size.
type Value struct {
	Sort  Sort
	Num   int64 // of a number, in lowest terms; 1 for true
	Den   int64
	Shape layer.Shape
	// Would is what an unknown value would be, where that much is known:
	// before a script is run.
	Would Sort
}

// Unsettled is a value of which only the sort is known.
func Unsettled(s Sort) Value { return Value{Would: s} }

// Type is what a value is or, if it is unknown, would be.
func (v Value) Type() Sort {
	if v.Sort == Unknown {
		return v.Would
	}
	return v.Sort
}

// Whole is a whole number.
func Whole(n int64) Value { return Value{Sort: Number, Num: n, Den: 1} }

// Truth is true or false.
func Truth(b bool) Value {
	if b {
		return Value{Sort: Boolean, Num: 1, Den: 1}
	}
	return Value{Sort: Boolean, Den: 1}
}

// OfShape is a shape as a value; that of a vector or of tokens is a number.
func OfShape(s layer.Shape) Value {
	switch s.Rank() {
	case 0:
		return Value{}
	case 1:
		return Whole(s.At(0))
	}
	return Value{Sort: Size, Shape: layer.NewShape(s.Axes()...)} // ids or not
}

// Known reports whether it could be computed.
func (v Value) Known() bool { return v.Sort != Unknown }

// True reports the truth.
func (v Value) True() bool { return v.Sort == Boolean && v.Num == 1 }

// Equal reports two known values that are the same.
func (v Value) Equal(w Value) bool { return v.Known() && v.Sort == w.Sort && Equal(v, w) }

// IsWhole reports a whole number.
func (v Value) IsWhole() bool { return v.Sort == Number && v.Den == 1 }

// String shows a value to people.
func (v Value) String() string {
	switch v.Sort {
	case Boolean:
		return strconv.FormatBool(v.Num == 1)
	case Size:
		return v.Shape.String()
	case Number:
		return fraction(v.Num, v.Den)
	}
	return "?"
}

// Plain writes a value as a script has it, without commas.
func (v Value) Plain() string { return strings.ReplaceAll(v.String(), ",", "") }

// String is the word for what a value is.
func (s Sort) String() string {
	return [...]string{Unknown: "unknown", Number: "a number", Boolean: "true or false", Size: "a size"}[s]
}

// fraction writes a fraction as a decimal where that comes out even.
func fraction(num, den int64) string {
	if den == 1 {
		return lang.Group(num)
	}
	r := big.NewRat(num, den)
	if digits, exact := r.FloatPrec(); exact && digits <= 12 {
		return r.FloatString(digits)
	}
	return lang.Group(num) + "/" + lang.Group(den)
}

// Literal reads a number as the parser has accepted it; commas are told.
func Literal(text string) (Value, bool) {
	if strings.ContainsAny(text, "_,") {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "_", ""), ",", "")
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return Whole(n), true
	}
	if len(text) > 40 {
		return Value{}, false
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return Value{}, false
	}
	return FromRat(r)
}

// FromRat is false where a fraction does not fit two 64-bit integers.
func FromRat(r *big.Rat) (Value, bool) {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return Value{}, false
	}
	return Value{Sort: Number, Num: r.Num().Int64(), Den: r.Denom().Int64()}, true
}

// Rat is a number as a fraction of any size.
func (v Value) Rat() *big.Rat { return big.NewRat(v.Num, v.Den) }

// A BinaryOp computes with two numbers; false: the result does not fit.
type BinaryOp func(a, b Value) (Value, bool)

// Arithmetic is what the signs between numbers do. Division by zero is
// refused before.
var Arithmetic = map[string]BinaryOp{
	"+": Plus, "-": Minus, "*": Times, "·": Times,
	"/":  ratOp((*big.Rat).Quo),
	"//": func(a, b Value) (Value, bool) { return Floor(new(big.Rat).Quo(a.Rat(), b.Rat())) },
	"%":  modulo,
	"**": power,
}

// Plus is a + b; false: it does not fit.
func Plus(a, b Value) (Value, bool) { return wholeOr(calc.Add, (*big.Rat).Add, a, b) }

// Minus is a - b; false: it does not fit.
func Minus(a, b Value) (Value, bool) { return wholeOr(calc.Sub, (*big.Rat).Sub, a, b) }

// Times is a · b; false: it does not fit.
func Times(a, b Value) (Value, bool) { return wholeOr(calc.Mul, (*big.Rat).Mul, a, b) }

// wholeOr computes with whole numbers, and with fractions only where there
// are any.
func wholeOr(op func(a, b int64) (int64, bool), fractions func(z, x, y *big.Rat) *big.Rat, a, b Value) (Value, bool) {
	if a.Den == 1 && b.Den == 1 {
		n, ok := op(a.Num, b.Num)
		return Whole(n), ok
	}
	return ratOp(fractions)(a, b)
}

func ratOp(op func(z, x, y *big.Rat) *big.Rat) BinaryOp {
	return func(a, b Value) (Value, bool) { return FromRat(op(new(big.Rat), a.Rat(), b.Rat())) }
}

func modulo(a, b Value) (Value, bool) {
	q, ok := Floor(new(big.Rat).Quo(a.Rat(), b.Rat()))
	if !ok {
		return Value{}, false
	}
	return FromRat(new(big.Rat).Sub(a.Rat(), new(big.Rat).Mul(b.Rat(), q.Rat())))
}

// power multiplies b times; beyond 64 only 0, 1 and -1 stay in range.
func power(a, b Value) (Value, bool) {
	n := b.Num
	if a.Den == 1 && (a.Num == 0 || a.Num == 1 || a.Num == -1) {
		n %= 2
		n += 2 // the same parity, and not 0
		if b.Num == 0 {
			n = 0
		}
	}
	if n > 64 || n < -64 {
		return Value{}, false
	}
	result, ok := Whole(1), true
	for i := int64(0); i < max(n, -n) && ok; i++ {
		result, ok = Times(result, a)
	}
	if ok && b.Num < 0 {
		return FromRat(new(big.Rat).Inv(result.Rat()))
	}
	return result, ok
}

// Floor is the whole number at or below r; false: it does not fit.
func Floor(r *big.Rat) (Value, bool) {
	q := new(big.Int).Div(r.Num(), r.Denom()) // Euclid's division rounds down: the denominator is positive
	return Value{Sort: Number, Num: q.Int64(), Den: 1}, q.IsInt64()
}

// Compare gives -1, 0 or 1.
func Compare(a, b Value) int {
	if a.Den == 1 && b.Den == 1 {
		switch {
		case a.Num < b.Num:
			return -1
		case a.Num > b.Num:
			return 1
		}
		return 0
	}
	return a.Rat().Cmp(b.Rat())
}

// Equal reports whether two values of one sort are the same.
func Equal(a, b Value) bool {
	if a.Sort == Size {
		return a.Shape.Rank() == b.Shape.Rank() && a.Shape == b.Shape
	}
	return a.Num == b.Num && a.Den == b.Den
}

// IsRoot reports the functions whose results are seldom exact.
func IsRoot(name string) bool { return name == "sqrt" || name == "log2" }

// Root computes sqrt or log2 of x, rounded as floor, ceil or round do, or
// exactly with no rounding.
func Root(name, rounding string, x Value) (Value, bool) {
	below := sqrtBelow
	if name == "log2" {
		below = log2Below
	}
	low := below(x.Rat(), false)
	exact := below(x.Rat(), true) != low
	switch rounding {
	case "floor":
		return Whole(low), true
	case "ceil":
		if exact {
			return Whole(low), true
		}
		return Whole(low + 1), true
	case "round":
		if roundsUp(name, x.Rat(), low) {
			return Whole(low + 1), true
		}
		return Whole(low), true
	}
	return Whole(low), exact
}

// sqrtBelow is the largest m with m*m <= x, or < x where strict.
func sqrtBelow(x *big.Rat, strict bool) int64 {
	q := new(big.Int).Div(x.Num(), x.Denom())
	m := q.Sqrt(q).Int64()
	if strict && new(big.Rat).SetInt64(m*m).Cmp(x) == 0 {
		m--
	}
	return m
}

// log2Below is the largest m with 2^m <= x, or < x where strict.
func log2Below(x *big.Rat, strict bool) int64 {
	m := int64(x.Num().BitLen() - x.Denom().BitLen())
	switch c := powerOfTwo(m).Cmp(x); {
	case c > 0:
		m--
	case c == 0 && strict:
		m--
	}
	return m
}

func powerOfTwo(m int64) *big.Rat {
	p := new(big.Int).Lsh(big.NewInt(1), uint(max(m, -m)))
	if m < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), p)
	}
	return new(big.Rat).SetInt(p)
}

// roundsUp reports whether the root of x lies at or above low + 1/2.
func roundsUp(name string, x *big.Rat, low int64) bool {
	if name == "log2" { // x >= 2^(low + 1/2) where x² >= 2^(2·low + 1)
		return new(big.Rat).Mul(x, x).Cmp(powerOfTwo(2*low+1)) >= 0
	}
	half := big.NewRat(2*low+1, 2)
	return x.Cmp(half.Mul(half, half)) >= 0
}

// Divisible is the multiple of by nearest to v, halves up, at least by
// itself and never under 90 % of v (the channel rule of the MobileNet papers).
func Divisible(v, by Value) (Value, bool) {
	near, ok := Floor(new(big.Rat).Add(new(big.Rat).Quo(v.Rat(), by.Rat()), big.NewRat(1, 2)))
	if !ok {
		return Value{}, false
	}
	near.Num = max(near.Num, 1)
	result, ok := Times(near, by)
	if ok && result.Rat().Cmp(new(big.Rat).Mul(v.Rat(), big.NewRat(9, 10))) < 0 {
		return Plus(result, by)
	}
	return result, ok
}
