package grade

import (
	"math"
	"math/big"
	"strings"
)

// Which marks tell good work from poor: Moodle's discrimination index.

// leastDiscriminating is from how many scripts on a correlation says anything.
const leastDiscriminating = 10

// A profile is what so many scripts alike came to.
type profile struct {
	scores []*big.Rat // of the checks
	lost   *big.Rat   // beside the checks
	number int
}

// addProfile takes the points of a record. Scripts with the same are kept once.
func (o *Overview) addProfile(r *Record) {
	if r.Outcome != Graded || len(r.Checks) != len(o.Checks) {
		return
	}
	var words []string
	for i := range r.Checks {
		words = append(words, r.Checks[i].Score)
	}
	for i := range r.Deductions {
		words = append(words, r.Deductions[i].Points)
	}
	key := strings.Join(words, " ")
	if o.profiles[key] == nil {
		o.profiles[key] = profileOf(r)
	}
	o.profiles[key].number++
}

func profileOf(r *Record) *profile {
	p := &profile{lost: new(big.Rat)}
	for i := range r.Checks {
		score, ok := Points(r.Checks[i].Score)
		if !ok {
			score = none()
		}
		p.scores = append(p.scores, score)
	}
	for i := range r.Deductions {
		if lost, ok := Points(r.Deductions[i].Points); ok {
			p.lost.Add(p.lost, lost)
		}
	}
	return p
}

// rest is the score without that of one check; never below 0.
func (p *profile) rest(check int) *big.Rat {
	sum := new(big.Rat).Neg(p.lost)
	for i, score := range p.scores {
		if i != check {
			sum.Add(sum, score)
		}
	}
	if sum.Sign() < 0 {
		return none()
	}
	return sum
}

// Discrimination is the correlation of a check's points with the rest of the score, from
// -1 to 1. There is none of fewer than ten scripts, nor where all have the same points of
// the check, or of the rest. Sums are exact, so that the order of records changes nothing.
func (o *Overview) Discrimination(check int) (correlation float64, ok bool) {
	var x, y, xx, yy, xy, n big.Rat
	add := func(sum *big.Rat, number int64, factors ...*big.Rat) {
		product := big.NewRat(number, 1)
		for _, f := range factors {
			product.Mul(product, f)
		}
		sum.Add(sum, product)
	}
	for _, p := range o.profiles {
		a, b, number := p.scores[check], p.rest(check), int64(p.number)
		add(&n, number)
		add(&x, number, a)
		add(&y, number, b)
		add(&xx, number, a, a)
		add(&yy, number, b, b)
		add(&xy, number, a, b)
	}
	spread := func(sum, a, b *big.Rat) *big.Rat { // so many times the covariance
		return new(big.Rat).Sub(new(big.Rat).Mul(&n, sum), new(big.Rat).Mul(a, b))
	}
	both, product := spread(&xy, &x, &y), new(big.Rat).Mul(spread(&xx, &x, &x), spread(&yy, &y, &y))
	if n.Cmp(big.NewRat(leastDiscriminating, 1)) < 0 || product.Sign() == 0 {
		return 0, false
	}
	square, _ := new(big.Rat).Quo(new(big.Rat).Mul(both, both), product).Float64()
	return float64(both.Sign()) * math.Sqrt(square), true
}
