package calc_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cnnl/eval/calc"
	_ "cnnl/internal/gen" // draws the same in every run
)

func TestWriting(t *testing.T) {
	s := new(calc.Sheet)
	n := func(v int64) calc.Expr { return s.Term("n", v) }
	for _, test := range []struct {
		expr  calc.Expr
		text  string
		value int64
	}{
		{n(3).Times(n(3)).Times(n(4)).Plus(n(1)).Times(n(20)), "(3·3·4 + 1)·20", 740},
		{n(2).Times(n(3).Times(n(4))), "2·3·4", 24},
		{n(9).Minus(n(3).Minus(n(1))), "9 - (3 - 1)", 7},
		{n(9).Minus(n(3)).Minus(n(1)), "9 - 3 - 1", 5},
		{n(64).Over(n(2)).Times(n(3)), "64/2·3", 96},
		{n(64).Over(n(2).Times(n(4))), "64/(2·4)", 8},
		{n(120).Plus(n(2).Times(n(0))).Minus(n(3)).FloorOver(n(1)).Plus(n(1)), "floor((120 + 2·0 - 3)/1) + 1", 118},
		{n(-7).FloorOver(n(2)), "floor(-7/2)", -4},
		{n(7).CeilOver(n(2)), "ceil(7/2)", 4},
		{n(-7).CeilOver(n(2)), "ceil(-7/2)", -3},
		{n(5).Minus(n(-5)).Plus(n(1)), "5 - (-5) + 1", 11},
		{calc.Sum(), "0", 0},
		{calc.Product(calc.Expr{}, n(3)), "3", 3},
	} {
		if got := test.expr.String(); got != test.text || test.expr.Value() != test.value {
			t.Errorf("got %s = %d, want %s = %d", got, test.expr.Value(), test.text, test.value)
		}
	}
	if _, yes := s.Overflow(); yes {
		t.Error("something overflowed")
	}
}

// TestNotations: one calculation, in every notation.
func TestNotations(t *testing.T) {
	s := new(calc.Sheet)
	floor := s.Measure("input", "height", 1200).Minus(s.Measure("kernel", "height", 3)).FloorOver(s.Term("stride", 2)).Plus(s.Const(1))
	e := floor.Times(s.Term("filters", 20))
	for _, test := range []struct{ name, got, want string }{
		{"plain", e.String(), "(floor((1200 - 3)/2) + 1)·20"},
		{"grouped", e.Grouped(), "(floor((1,200 - 3)/2) + 1)·20"},
		{"names", e.Names(), "(floor((input height - kernel height)/stride) + 1)·filters"},
		{"LaTeX", e.LaTeX(), `\left(\left\lfloor \frac{1{,}200 - 3}{2} \right\rfloor + 1\right) \cdot 20`},
		{"MathML", e.MathML(), `<mrow><mo stretchy="false">(</mo><mrow><mo>⌊</mo><mfrac><mrow><mn>1,200</mn><mo>−</mo><mn>3</mn></mrow><mrow><mn>2</mn></mrow></mfrac><mo>⌋</mo></mrow><mo>+</mo><mn>1</mn><mo stretchy="false">)</mo></mrow><mo>·</mo><mn>20</mn>`},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, test.got, test.want)
		}
	}
	for n, want := range map[int64]string{0: "0", 999: "999", -1000: "-1,000", math.MinInt64: "-9,223,372,036,854,775,808"} {
		if got := s.Const(n).Grouped(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestTerms(t *testing.T) {
	s := new(calc.Sheet)
	e := s.Measure("kernel", "height", 3).Times(s.Term("inputs", 4)).Plus(s.Const(1)).Times(s.Term("filters", 20))
	want := []calc.Term{{"kernel", "height", 3, true}, {"inputs", "", 4, false}, {"filters", "", 20, false}}
	if got := e.Terms(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOverflow(t *testing.T) {
	s := new(calc.Sheet)
	big := s.Term("big", math.MaxInt64)
	sum := big.Plus(s.Const(1)).Times(s.Const(2))
	expr, yes := s.Overflow()
	if !yes || expr.String() != "9223372036854775807 + 1" || sum.Value() != 0 {
		t.Errorf("got %v %s, want the sum that overflowed first", yes, expr)
	}
	s.Reset()
	if s.Const(7).Over(s.Const(2)); true {
		if _, yes := s.Overflow(); !yes {
			t.Error("7/2 comes out even")
		}
	}
}

// TestChecked compares the checked operations with numbers that cannot
// overflow.
func TestChecked(t *testing.T) {
	edges := rapid.SampledFrom([]int64{0, 1, -1, 2, math.MaxInt64, math.MinInt64, math.MaxInt64 / 2, 1 << 32, -(1 << 31), 3037000500})
	operand := rapid.OneOf(edges, rapid.Int64())
	rapid.Check(t, func(t *rapid.T) {
		a, b := operand.Draw(t, "a"), operand.Draw(t, "b")
		for _, op := range []struct {
			name  string
			apply func(a, b int64) (int64, bool)
			exact func(z, x, y *big.Int) *big.Int
		}{{"+", calc.Add, (*big.Int).Add}, {"-", calc.Sub, (*big.Int).Sub}, {"·", calc.Mul, (*big.Int).Mul}} {
			exact := op.exact(new(big.Int), big.NewInt(a), big.NewInt(b))
			got, ok := op.apply(a, b)
			inside := exact.IsInt64() && (op.name != "·" || exact.Int64() != math.MinInt64)
			if ok != exact.IsInt64() && ok != inside || ok && got != exact.Int64() {
				t.Errorf("%d %s %d: got %d %v, want %s", a, op.name, b, got, ok, exact)
			}
		}
	})
}
