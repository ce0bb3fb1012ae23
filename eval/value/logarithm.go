package value

import (
	"math"
	"math/big"

	"cnnl/lang"
)

// Quotients of two logarithms, which are one logarithm to another base: where
// they are rounded, they need not come out even.

// mostPower bounds the powers that are computed to compare with.
const mostPower = 4096

// logarithms are the two sides of log2(x)/log2(y), where that is all that stands
// inside floor, ceil or round; otherwise nil.
func logarithms(r *lang.Ref) (over, under *lang.Ref) {
	if !rounds(r.Head.Text) {
		return nil, nil
	}
	arg := &r.Args[0]
	for len(arg.Rest) == 0 && arg.First.Group != nil && arg.First.Sign.Text == "" {
		arg = arg.First.Group
	}
	if len(arg.Rest) != 1 || arg.Rest[0].Op.Text != "/" {
		return nil, nil
	}
	over, under = logarithm(&arg.First), logarithm(&arg.Rest[0].X)
	if over == nil || under == nil {
		return nil, nil
	}
	return over, under
}

// rounds reports the functions inside which a number need not come out even.
func rounds(name string) bool { return name == "floor" || name == "ceil" || name == "round" }

func logarithm(x *lang.Operand) *lang.Ref {
	if r := x.Ref; r != nil && x.Sign.Text == "" && r.Head.Text == "log2" && len(r.Args) == 1 && len(r.Path) == 0 {
		return r
	}
	return nil
}

// logQuotient computes log2(x)/log2(y), rounded as a function says.
func (c *Evaluator) logQuotient(r, over, under *lang.Ref) Value {
	x, y := c.numberIn(over, 0), c.numberIn(under, 0)
	switch {
	case x.Sort == Unknown || y.Sort == Unknown:
		return Unsettled(Number)
	case x.Num <= 0:
		c.Tell(lang.Value, over.Span, "log2 of "+x.String()+" does not exist", "", "")
		return Value{}
	case y.Num <= 0:
		c.Tell(lang.Value, under.Span, "log2 of "+y.String()+" does not exist", "", "")
		return Value{}
	case y.Num == y.Den:
		c.Tell(lang.Value, r.Args[0].Span(), "division by zero", "log2(1) is 0", "")
		return Value{}
	}
	v, ok := LogQuotient(r.Head.Text, x.Rat(), y.Rat())
	if !ok {
		c.Tell(lang.Value, r.Args[0].Span(), "the quotient of the logarithms is beyond "+lang.Group(mostPower), "", "")
		return Value{}
	}
	return Whole(v)
}

// LogQuotient is the logarithm of x to the base y, both above 0 and y not 1,
// rounded as floor, ceil or round do; false: it is too far from 0.
func LogQuotient(rounding string, x, y *big.Rat) (int64, bool) {
	if y.Cmp(big.NewRat(1, 1)) < 0 { // the same to a base above 1
		x, y = new(big.Rat).Inv(x), new(big.Rat).Inv(y)
	}
	switch rounding {
	case "round": // n <= q + 1/2 where y^(2n - 1) <= x²
		n, ok := logBelow(new(big.Rat).Mul(x, x), y)
		return (n + 1) >> 1, ok
	case "ceil":
		n, ok := logBelow(new(big.Rat).Inv(x), y)
		return -n, ok
	}
	return logBelow(x, y)
}

// logBelow is the largest n with y^n <= x, of a base above 1. Floating point only
// says where to look.
func logBelow(x, y *big.Rat) (n int64, ok bool) {
	near := math.Floor(logOf(x) / logOf(y))
	if !(math.Abs(near) <= mostPower) {
		return 0, false
	}
	n = int64(near)
	for powerOf(y, n).Cmp(x) > 0 {
		n--
	}
	for powerOf(y, n+1).Cmp(x) <= 0 {
		n++
	}
	return n, true
}

// logOf is about the logarithm of a fraction, near 1 too.
func logOf(x *big.Rat) float64 {
	above, _ := new(big.Rat).Sub(x, big.NewRat(1, 1)).Float64()
	return math.Log1p(above)
}

// powerOf is y^n.
func powerOf(y *big.Rat, n int64) *big.Rat {
	e := big.NewInt(max(n, -n))
	p := new(big.Rat).SetFrac(new(big.Int).Exp(y.Num(), e, nil), new(big.Int).Exp(y.Denom(), e, nil))
	if n < 0 {
		return p.Inv(p)
	}
	return p
}
