package eval

import (
	"math/big"
	"strconv"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A sort tells what a value is.
type sort uint8

const (
	unknown sort = iota // could not be computed; told already
	number
	boolean
	size
)

// A value is what a calculation gives: an exact fraction, a truth, a size.
type value struct {
	sort sort
	num  int64 // of a number, in lowest terms; 1 for true
	den  int64
	size layer.Shape
}

func whole(n int64) value { return value{sort: number, num: n, den: 1} }

func truth(b bool) value {
	if b {
		return value{sort: boolean, num: 1, den: 1}
	}
	return value{sort: boolean, den: 1}
}

// sizeOf is a shape as a value; that of a vector or of tokens is a number.
func sizeOf(s layer.Shape) value {
	switch s.Rank() {
	case 0:
		return value{}
	case 1:
		return whole(s.At(0))
	}
	return value{sort: size, size: layer.NewShape(s.Axes()...)} // ids or not
}

func (v value) isWhole() bool { return v.sort == number && v.den == 1 }

// String shows a value to people.
func (v value) String() string {
	switch v.sort {
	case boolean:
		return strconv.FormatBool(v.num == 1)
	case size:
		return v.size.String()
	case number:
		return fraction(v.num, v.den)
	}
	return "?"
}

// plain writes a value as a script has it, without commas.
func (v value) plain() string { return strings.ReplaceAll(v.String(), ",", "") }

// sorts are the words for what a value is.
var sorts = [...]string{unknown: "unknown", number: "a number", boolean: "true or false", size: "a size"}

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

// literal reads a number as the parser has accepted it; commas are told.
func literal(text string) (value, bool) {
	if strings.ContainsAny(text, "_,") {
		text = strings.NewReplacer("_", "", ",", "").Replace(text)
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return whole(n), true
	}
	if len(text) > 40 {
		return value{}, false
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return value{}, false
	}
	return fromRat(r)
}

// fromRat is false where a fraction does not fit two 64-bit integers.
func fromRat(r *big.Rat) (value, bool) {
	if !r.Num().IsInt64() || !r.Denom().IsInt64() {
		return value{}, false
	}
	return value{sort: number, num: r.Num().Int64(), den: r.Denom().Int64()}, true
}

func (v value) rat() *big.Rat { return big.NewRat(v.num, v.den) }

// A binaryOp computes with two numbers; false: the result does not fit.
type binaryOp func(a, b value) (value, bool)

// arithmetic is what the signs between numbers do. Division by zero is
// refused before.
var arithmetic = map[string]binaryOp{
	"+": plus, "-": minus, "*": times, "·": times,
	"/":  ratOp((*big.Rat).Quo),
	"//": func(a, b value) (value, bool) { return floorOf(new(big.Rat).Quo(a.rat(), b.rat())) },
	"%":  modulo,
	"**": power,
}

func plus(a, b value) (value, bool)  { return wholeOr(calc.Add, (*big.Rat).Add, a, b) }
func minus(a, b value) (value, bool) { return wholeOr(calc.Sub, (*big.Rat).Sub, a, b) }
func times(a, b value) (value, bool) { return wholeOr(calc.Mul, (*big.Rat).Mul, a, b) }

// wholeOr computes with whole numbers, and with fractions only where there
// are any.
func wholeOr(op func(a, b int64) (int64, bool), fractions func(z, x, y *big.Rat) *big.Rat, a, b value) (value, bool) {
	if a.den == 1 && b.den == 1 {
		n, ok := op(a.num, b.num)
		return whole(n), ok
	}
	return ratOp(fractions)(a, b)
}

func ratOp(op func(z, x, y *big.Rat) *big.Rat) binaryOp {
	return func(a, b value) (value, bool) { return fromRat(op(new(big.Rat), a.rat(), b.rat())) }
}

func modulo(a, b value) (value, bool) {
	q, ok := floorOf(new(big.Rat).Quo(a.rat(), b.rat()))
	if !ok {
		return value{}, false
	}
	return fromRat(new(big.Rat).Sub(a.rat(), new(big.Rat).Mul(b.rat(), q.rat())))
}

// power multiplies b times; beyond 64 only 0, 1 and -1 stay in range.
func power(a, b value) (value, bool) {
	n := b.num
	if a.den == 1 && (a.num == 0 || a.num == 1 || a.num == -1) {
		n %= 2
		n += 2 // the same parity, and not 0
		if b.num == 0 {
			n = 0
		}
	}
	if n > 64 || n < -64 {
		return value{}, false
	}
	result, ok := whole(1), true
	for i := int64(0); i < max(n, -n) && ok; i++ {
		result, ok = times(result, a)
	}
	if ok && b.num < 0 {
		return fromRat(new(big.Rat).Inv(result.rat()))
	}
	return result, ok
}

func floorOf(r *big.Rat) (value, bool) {
	q := new(big.Int).Div(r.Num(), r.Denom()) // Euclid's division rounds down: the denominator is positive
	return value{sort: number, num: q.Int64(), den: 1}, q.IsInt64()
}

// compare gives -1, 0 or 1.
func compare(a, b value) int {
	if a.den == 1 && b.den == 1 {
		switch {
		case a.num < b.num:
			return -1
		case a.num > b.num:
			return 1
		}
		return 0
	}
	return a.rat().Cmp(b.rat())
}

// equal reports whether two values of one sort are the same.
func equal(a, b value) bool {
	if a.sort == size {
		return a.size.Rank() == b.size.Rank() && a.size == b.size
	}
	return a.num == b.num && a.den == b.den
}

// isRoot reports the functions whose results are seldom exact.
func isRoot(name string) bool { return name == "sqrt" || name == "log2" }

// root computes sqrt or log2 of x, rounded as floor, ceil or round do, or
// exactly with no rounding.
func root(name, rounding string, x value) (value, bool) {
	below := sqrtBelow
	if name == "log2" {
		below = log2Below
	}
	low := below(x.rat(), false)
	exact := below(x.rat(), true) != low
	switch rounding {
	case "floor":
		return whole(low), true
	case "ceil":
		if exact {
			return whole(low), true
		}
		return whole(low + 1), true
	case "round":
		if roundsUp(name, x.rat(), low) {
			return whole(low + 1), true
		}
		return whole(low), true
	}
	return whole(low), exact
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

// divisible is the multiple of by nearest to v, halves up, at least by
// itself and never under 90 % of v (the channel rule of the MobileNet papers).
func divisible(v, by value) (value, bool) {
	near, ok := floorOf(new(big.Rat).Add(new(big.Rat).Quo(v.rat(), by.rat()), big.NewRat(1, 2)))
	if !ok {
		return value{}, false
	}
	near.num = max(near.num, 1)
	result, ok := times(near, by)
	if ok && result.rat().Cmp(new(big.Rat).Mul(v.rat(), big.NewRat(9, 10))) < 0 {
		return plus(result, by)
	}
	return result, ok
}
