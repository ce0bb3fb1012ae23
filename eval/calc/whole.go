package calc

import (
	"math"
	"math/bits"
)

// Whole numbers of 64 bits that say when they do not fit.

// ops says how each operation is computed.
var ops = [...]func(a, b int64) (int64, bool){add: Add, sub: Sub, mul: Mul, exactDiv: divExact, floorDiv: FloorDiv, ceilDiv: divCeil}

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
