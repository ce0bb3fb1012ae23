package value

import (
	"fmt"
	"math/big"
	"testing"
)

// TestLogQuotient: the logarithm of x to the base y, held to powers of y.
func TestLogQuotient(t *testing.T) {
	for num := int64(1); num < 90; num++ {
		for _, den := range []int64{1, 7} {
			for base := int64(2); base < 12; base++ {
				x, y := big.NewRat(num, den), big.NewRat(base, 1)
				floor, ceil, round := byPowers(x, y)
				for rounding, want := range map[string]int64{"floor": floor, "ceil": ceil, "round": round} {
					if got, ok := LogQuotient(rounding, x, y); !ok || got != want {
						t.Errorf("%s of the logarithm of %s to the base %s is %d, want %d", rounding, x, y, got, want)
					}
				}
			}
		}
	}
	for _, huge := range []string{"4097", "9000000000000000000"} {
		x, _ := new(big.Rat).SetString(fmt.Sprintf("1/%s", huge))
		if _, ok := LogQuotient("floor", x, big.NewRat(1_000_001, 1_000_000)); ok {
			t.Errorf("the logarithm of %s to a base near 1 is computed", x)
		}
	}
}

// byPowers rounds down, up and to the nearest by steps of one.
func byPowers(x, y *big.Rat) (floor, ceil, round int64) {
	one, times := big.NewRat(1, 1), func(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
	p := one
	for ; p.Cmp(x) > 0; floor-- {
		p = new(big.Rat).Quo(p, y)
	}
	for ; times(p, y).Cmp(x) <= 0; floor++ {
		p = times(p, y)
	}
	ceil, round = floor, floor
	if p.Cmp(x) < 0 {
		ceil++
	}
	if times(times(p, p), y).Cmp(times(x, x)) <= 0 {
		round++
	}
	return floor, ceil, round
}
