package grade

import (
	"math/big"
	"strings"

	"cnnl/eval/claim"
	"cnnl/eval/layer"
	"cnnl/eval/value"
)

// Whether what is stated is what was asked for: the same number in another exact form,
// rounded as one would, within what the key says, in another unit of bytes.

// A verdict is what becomes of an answer.
type verdict struct {
	right bool
	how   string // what is worth noting of it
}

// holds holds what a claim states to what a target is.
func (a *attempt) holds(m *mark, t *target, c claim.Claim) verdict {
	v := a.inForm(c, t.value)
	if judged := a.judge(m, t, v); judged != (verdict{}) {
		return judged
	}
	if decimal, ok := a.w.decimals[v.String()]; ok { // 208,808, which can be 208.808 too
		if judged := a.judge(m, t, decimal); judged.right {
			return judged
		}
	}
	return verdict{}
}

func (a *attempt) judge(m *mark, t *target, v value.Value) verdict {
	switch {
	case m.within != nil && v.Sort == value.Number && t.value.Sort == value.Number:
		return verdict{right: within(v.Rat(), t.value.Rat(), *m.within)}
	case sameSize(v, t.value):
		return verdict{right: true}
	case m.exact:
		return verdict{}
	case roundedTo(v, t.value):
		return verdict{true, RoundedAnswer}
	case turnedAround(v, t.value):
		return verdict{false, ChannelsFirst}
	}
	if other, ok := a.otherUnit(t); ok && (v.Equal(other) || roundedTo(v, other)) {
		return verdict{true, OtherUnit}
	}
	return verdict{}
}

// within reports a number that lies as near to another as the key allows.
func within(v, want *big.Rat, by amount) bool {
	far := new(big.Rat).Sub(v, want)
	return far.Abs(far).Cmp(by.of(new(big.Rat).Abs(want))) <= 0
}

// sameSize reports equal values, and sizes of one position, which are a vector's:
// 1x1x400 and 400.
func sameSize(v, want value.Value) bool {
	return v.Equal(want) || squeezed(v).Equal(squeezed(want))
}

func squeezed(v value.Value) value.Value {
	if v.Sort == value.Size {
		return value.OfShape(v.Shape.Squeezed())
	}
	return v
}

// turnedAround reports a size whose channels stand first.
func turnedAround(v, want value.Value) bool {
	if v.Sort != value.Size || want.Sort != value.Size || v.Shape.Rank() != want.Shape.Rank() {
		return false
	}
	axes := want.Shape.Axes()
	turned := append([]int64{axes[len(axes)-1]}, axes[:len(axes)-1]...)
	return v.Shape == layer.NewShape(turned...)
}

// leastDigits is how many digits a rounded fraction has at least, and mostDigits how
// many are tried.
const leastDigits, mostDigits = 3, 15

// roundedTo reports a fraction that was rounded to three digits or more. Whole
// numbers are counts and sizes, and exact.
func roundedTo(v, want value.Value) bool {
	if v.Sort != value.Number || want.Sort != value.Number || want.IsWhole() || want.Num <= 0 {
		return false
	}
	is := want.Rat()
	for digits := leastDigits; digits <= mostDigits; digits++ {
		if v.Rat().Cmp(roundedAt(is, digits)) == 0 {
			return true
		}
	}
	return false
}

// roundedAt is a positive number with so many digits, half up.
func roundedAt(v *big.Rat, digits int) *big.Rat {
	ten := big.NewRat(10, 1)
	scale, low := big.NewRat(1, 1), new(big.Rat).SetInt64(1)
	for range digits - 1 {
		low.Mul(low, ten)
	}
	high := new(big.Rat).Mul(low, ten)
	scaled := new(big.Rat).Set(v)
	for ; scaled.Cmp(low) < 0; scaled.Mul(scaled, ten) {
		scale.Mul(scale, ten)
	}
	for ; scaled.Cmp(high) >= 0; scaled.Quo(scaled, ten) {
		scale.Quo(scale, ten)
	}
	scaled.Add(scaled, big.NewRat(1, 2))
	whole := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	return new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale)
}

var bytesUnit = pattern(`(?i)(?:^|_)([kmg])b(?:ytes?)?$`)

// otherUnit is a target that is called after a unit of bytes, as kb, counted the other
// way: in powers of 1024 where the key counts in those of 1000, or the other way round.
func (a *attempt) otherUnit(t *target) (v value.Value, ok bool) {
	name := bytesUnit().FindStringSubmatch(t.name)
	if name == nil || !t.isLet() || t.value.Sort != value.Number {
		return v, false
	}
	factor := big.NewRat(1000, 1024)
	if let := a.k.let(t.name); let != nil && strings.Contains(a.k.text(let.Value.Span()), "1024") {
		factor.Inv(factor)
	}
	other := t.value.Rat()
	for range 1 + strings.Index("kmg", strings.ToLower(name[1])) {
		other.Mul(other, factor)
	}
	if !other.Num().IsInt64() || !other.Denom().IsInt64() {
		return v, false
	}
	return value.Value{Sort: value.Number, Num: other.Num().Int64(), Den: other.Denom().Int64()}, true
}
