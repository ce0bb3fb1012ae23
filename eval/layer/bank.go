package layer

import "cnnl/eval/calc"

// A Bank is a number of learned units that are alike: filters, neurons, or
// the scale and shift of a channel. Its parameters are (Fan + Bias)·Units.
type Bank struct {
	Fan   calc.Expr // weights of one unit; absent: none
	Bias  calc.Expr // biases of one unit; absent: none
	Units calc.Expr
	// Multiplies is set where the weights count as multiply-accumulates;
	// Uses is then how often each multiplies for one input, absent: once.
	Multiplies bool
	Uses       calc.Expr
}

// one is a list of one bank.
func (c *Call) one(b Bank) []Bank {
	c.bank[0] = b
	return c.bank[:]
}

// Weights is Fan·Units.
func (b Bank) Weights() calc.Expr { return product(b.Fan, b.Units) }

// Biases is Bias·Units.
func (b Bank) Biases() calc.Expr { return product(b.Bias, b.Units) }

// Params is (Fan + Bias)·Units.
func (b Bank) Params() calc.Expr { return product(calc.Sum(b.Fan, b.Bias), b.Units) }

// Macs is Fan·Units·Uses, the multiply-accumulates of one use of the layer.
func (b Bank) Macs() calc.Expr {
	if !b.Multiplies || !b.Fan.Present() {
		return calc.Expr{}
	}
	return calc.Product(b.Fan, b.Units, b.Uses)
}

// product is absent where a factor is.
func product(factors ...calc.Expr) calc.Expr {
	for _, f := range factors {
		if !f.Present() {
			return calc.Expr{}
		}
	}
	return calc.Product(factors...)
}
