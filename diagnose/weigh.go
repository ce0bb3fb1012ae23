package diagnose

import (
	"math"
	"strconv"
)

// Weights say how evidence is weighed. All are bits, but for rates and shares.
type Weights struct {
	Unknown float64 // rate of errors without a rule, by a factor
	Small   float64 // rate of errors without a rule, by a difference of any size
	Typo    float64 // rate of slips of the pen
	Carry   float64 // rate of slips by a round number

	Further   float64 // for each further cause: mistakes come together
	Spoilt    float64 // against a belief, for each right number that it would have spoilt
	SpoiltOne float64 // the same of a slip in one place
	Other     float64 // against, for each number that it predicts otherwise
	Form      float64 // for a calculation that is the predicted one
	FormExact float64 // more, where it is factor by factor
	FormOther float64 // against, where it is another

	Threshold float64 // before a student is told, of one or two numbers
	Many      float64 // the same of more, or of a calculation
	Pair      float64 // more, for two causes
	Lead      float64 // over what could be said instead

	Everywhere, Class, Place float64 // how a rate is shared between scopes
}

// DefaultWeights are those that were calibrated: see the test of calibration.
func DefaultWeights() Weights {
	return Weights{Unknown: .25, Small: .1, Typo: .08, Carry: .03, Further: 1, Spoilt: 5, SpoiltOne: 8, Other: 3, Form: 7, FormExact: 6, FormOther: 3,
		Threshold: 6, Many: 3, Pair: 2, Lead: 3, Everywhere: .5, Class: .25, Place: .25}
}

// leastOfNone is what is said at least by a number where the right one is 0, and
// byRank by a size of another rank.
const (
	leastOfNone = 9
	byRank      = 8
)

// surprise is how unlikely a wrong number is without a rule behind it. Errors are
// taken to be of any size, small ones more often: by a difference, by a factor, by a
// slip of the pen, by a round number.
func (w *Weights) surprise(claimed, right int64) float64 {
	d := math.Abs(float64(claimed) - float64(right))
	if d == 0 {
		return 0
	}
	large := max(float64(claimed), float64(right), 3)
	small := max(min(float64(claimed), float64(right)), .5)
	chance := w.Small/(2*d*math.Log(large)) + w.Unknown/(2*max(float64(claimed), 1))*small/large
	a, b := strconv.FormatInt(claimed, 10), strconv.FormatInt(right, 10)
	digits := float64(len(b))
	if oneEdit(a, b) {
		chance += w.Typo / (21 * digits)
	}
	switch roundDigit(int64(d)) {
	case 0:
	case 1:
		chance += w.Carry * .5 / (2 * digits)
	default:
		chance += w.Carry * .5 / (16 * digits)
	}
	bits := -math.Log2(chance)
	if right == 0 {
		return max(bits, leastOfNone)
	}
	return bits
}

// roundDigit is the digit of a number that has only noughts behind it; 0: it is no
// such.
func roundDigit(d int64) int64 {
	for d%10 == 0 && d > 0 {
		d /= 10
	}
	if d < 10 {
		return d
	}
	return 0
}

// oneEdit reports numbers that one digit too many, too few or wrong makes of each
// other, or two neighbours that changed places.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b)-len(a) == 1:
		return a[i:] == b[i+1:]
	case len(b) > len(a):
		return false
	case i == len(a), a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// together adds probabilities that are given as logarithms.
func together(a, b float64) float64 { return math.Log2(math.Exp2(a) + math.Exp2(b)) }
