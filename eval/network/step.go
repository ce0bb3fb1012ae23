package network

import "cnnl/eval/calc"

// A step is one layer through which fields are followed. It remembers whether a
// number did not fit 64 bits, and why they cannot be followed.
type step struct {
	overflow bool
	apart    bool // there is memory to tell turns apart
	loss     loss
}

// Why a field is not followed behind a layer, as its sentence goes on.
const (
	meets      = "brings positions together that lie in no order with others"
	manySpeeds = "brings positions together that move over the input at many different speeds"
	manyTurns  = "has positions that see in too many turns"
	manyAxes   = "has positions along more than three axes"
	across     = "brings positions together that lie along different axes"
	inputs     = "brings inputs of different sizes together"
	aRow       = "looks at neighbours in a row that were no neighbours"
	someOfRow  = "takes some positions out of a row"
	uneven     = "takes places that lie in no even order"
	elsewhere  = "moves parts of an axis to others"
)

// lose ends the following; the first reason counts.
func (k *step) lose(l loss) {
	if k.loss.why == "" {
		k.loss = l
	}
}

// cannot ends it at this layer.
func (k *step) cannot(why string) { k.lose(loss{why, None}) }

func (k *step) keep(n int64, ok bool) int64 {
	k.overflow = k.overflow || !ok
	return n
}

func (k *step) times(a, b int64) int64 { n, ok := calc.Mul(a, b); return k.keep(n, ok) }
func (k *step) plus(a, b int64) int64  { n, ok := calc.Add(a, b); return k.keep(n, ok) }
func (k *step) minus(a, b int64) int64 { n, ok := calc.Sub(a, b); return k.keep(n, ok) }
func (k *step) floor(a, b int64) int64 { n, ok := calc.FloorDiv(a, b); return k.keep(n, ok) }
