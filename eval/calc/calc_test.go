package calc_test

import (
	"math"
	"math/big"
	"slices"
	"strings"
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

// TestPlain: a sheet that keeps no calculations gives the same values, and the same
// faults.
func TestPlain(t *testing.T) {
	for _, plain := range []bool{false, true} {
		s := &calc.Sheet{Plain: plain}
		n := s.Const
		for i, test := range []struct {
			expr calc.Expr
			want int64
		}{
			{n(3).Times(n(4)).Plus(n(1)), 13}, {n(9).Minus(n(4)), 5}, {n(8).Over(n(2)), 4}, {n(-7).FloorOver(n(2)), -4}, {n(-7).CeilOver(n(2)), -3},
			{s.Term("a", 2).Plus(s.Measure("b", "height", 3)), 5}, {calc.Product(n(2), calc.Expr{}, n(5)), 10}, {calc.Sum(n(2), n(5)), 7},
		} {
			if test.expr.Value() != test.want || !test.expr.Present() {
				t.Errorf("plain %v: number %d is %d, want %d", plain, i, test.expr.Value(), test.want)
			}
		}
		if _, yes := s.Overflow(); yes {
			t.Errorf("plain %v: something overflowed", plain)
		}
		n(1).Over(n(0))
		if _, yes := s.Overflow(); !yes {
			t.Errorf("plain %v: nothing was divided by 0", plain)
		}
		s.Reset()
		if _, yes := s.Overflow(); yes || n(5).Value() != 5 {
			t.Errorf("plain %v: the fault stays", plain)
		}
	}
}

// TestMarks: on a marked sheet what is made of the same terms in the same way has the
// same mark, and nothing else has it.
func TestMarks(t *testing.T) {
	s := &calc.Sheet{Plain: true, Marked: true}
	draw := func() []calc.Expr {
		a, b := s.Term("a", 3), s.Term("b", 3)
		return []calc.Expr{
			a, b, s.Term("a", 4), s.Term("a", 3+1<<32), s.Measure("a", "height", 3), s.Measure("a", "width", 3), s.Const(3),
			a.Plus(b), b.Plus(a), a.Minus(b), a.Times(b), a.Over(b), a.FloorOver(b), a.CeilOver(b), a.Plus(b).Plus(a), a.Plus(a.Plus(b)),
		}
	}
	first, again := draw(), draw()
	for i := range first {
		for j := range again {
			mark, _ := first[i].Mark()
			other, value := again[j].Mark()
			if value != again[j].Value() || (mark == other) != (i == j) {
				t.Errorf("numbers %d and %d have the marks %d and %d", i, j, mark, other)
			}
		}
	}
}

func TestOperands(t *testing.T) {
	s := new(calc.Sheet)
	n := func(v int64) calc.Expr { return s.Term("n", v) }
	for _, test := range []struct {
		expr     calc.Expr
		sign     string
		operands string
		rounding string
		alone    bool
	}{
		{n(7), "", "", "", true},
		{calc.Expr{}, "", "", "", true},
		{n(1).Plus(n(2)).Plus(n(3)), "+", "1 2 3", "", false},
		{n(1).Plus(n(2).Plus(n(3))), "+", "1 2 3", "", false},
		{n(1).Plus(n(2)).Plus(n(3).Plus(n(4))), "+", "1 2 3 4", "", false},
		{n(1).Times(n(2)).Times(n(3)), "·", "1 2 3", "", false},
		{n(1).Times(n(2).Times(n(3))), "·", "1 2 3", "", false},
		{n(1).Plus(n(2)).Times(n(3)), "·", "1 + 2 3", "", false},
		{n(3).Times(n(1).Plus(n(2))), "·", "3 1 + 2", "", false},
		{n(9).Minus(n(2)).Minus(n(3)), "-", "9 - 2 3", "", false},
		{n(9).Minus(n(2).Minus(n(1))), "-", "9 2 - 1", "", false},
		{n(8).Over(n(4).Over(n(2))), "/", "8 4/2", "", false},
		{n(8).Over(n(4)).Over(n(2)), "/", "8/4 2", "", false},
		{n(9).FloorOver(n(2)), "/", "9 2", "floor", false},
		{n(9).CeilOver(n(2)), "/", "9 2", "ceil", false},
	} {
		if test.expr.Alone() != test.alone {
			t.Errorf("%s: alone is %v", test.expr, test.expr.Alone())
		}
		if !test.expr.Present() {
			continue
		}
		sign, operands := test.expr.Operands()
		var texts []string
		for _, e := range operands {
			texts = append(texts, e.String())
		}
		if got := strings.Join(texts, " "); sign != test.sign || got != test.operands || test.expr.Rounding() != test.rounding {
			t.Errorf("%s: %q of %q, %q", test.expr, sign, got, test.expr.Rounding())
		}
	}
}

// TestNothing: what is absent is no term and has none.
func TestNothing(t *testing.T) {
	none := calc.Expr{}
	if _, named := none.Term(); named || none.Present() || none.Value() != 0 || none.Terms() != nil {
		t.Error("nothing is something")
	}
	s := new(calc.Sheet)
	if _, named := s.Const(2).Term(); named || len(s.Const(2).Terms()) > 0 {
		t.Error("a number of a rule has a name")
	}
	if _, named := s.Term("a", 1).Plus(s.Term("b", 2)).Term(); named {
		t.Error("a sum is a term")
	}
	if title := (calc.Term{Name: "kernel", Axis: "height"}).Title(); title != "kernel height" {
		t.Errorf("got %q", title)
	}
	if title := (calc.Term{Name: "kernel"}).Title(); title != "kernel" {
		t.Errorf("got %q", title)
	}
}

func TestOverflow(t *testing.T) {
	s := new(calc.Sheet)
	big := s.Term("big", math.MaxInt64)
	sum := big.Plus(s.Const(1)).Times(s.Const(2))
	s.Const(1).Over(s.Const(0)) // the first is told
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

// TestDivided: rounding is to the whole number below and above, of negative ones too.
func TestDivided(t *testing.T) {
	s := new(calc.Sheet)
	for _, test := range []struct{ a, b, floor, ceil int64 }{
		{7, 2, 3, 4}, {-7, 2, -4, -3}, {7, -2, -4, -3}, {-7, -2, 3, 4}, {6, 2, 3, 3}, {-6, 2, -3, -3}, {0, 5, 0, 0}, {0, -5, 0, 0}, {1, 5, 0, 1}, {-1, 5, -1, 0},
		{7, -1, -7, -7}, {math.MinInt64, 1, math.MinInt64, math.MinInt64}, {math.MinInt64, 2, math.MinInt64 / 2, math.MinInt64 / 2}, {math.MaxInt64, -1, -math.MaxInt64, -math.MaxInt64},
	} {
		a, b := s.Const(test.a), s.Const(test.b)
		if got := a.FloorOver(b).Value(); got != test.floor {
			t.Errorf("floor(%d/%d) = %d, want %d", test.a, test.b, got, test.floor)
		}
		if got := a.CeilOver(b).Value(); got != test.ceil {
			t.Errorf("ceil(%d/%d) = %d, want %d", test.a, test.b, got, test.ceil)
		}
	}
	if _, yes := s.Overflow(); yes {
		t.Error("something overflowed")
	}
	for _, over := range [][2]int64{{1, 0}, {0, 0}, {math.MinInt64, -1}} {
		for name, divide := range map[string]func(a, b calc.Expr) calc.Expr{"floor": calc.Expr.FloorOver, "ceil": calc.Expr.CeilOver, "even": calc.Expr.Over} {
			s.Reset()
			if got := divide(s.Const(over[0]), s.Const(over[1])).Value(); got != 0 {
				t.Errorf("%s of %d/%d is %d", name, over[0], over[1], got)
			}
			if _, yes := s.Overflow(); !yes {
				t.Errorf("%s of %d/%d fits", name, over[0], over[1])
			}
		}
		if q, ok := calc.FloorDiv(over[0], over[1]); ok || q != 0 {
			t.Errorf("%d/%d is %d", over[0], over[1], q)
		}
	}
}

func TestGCD(t *testing.T) {
	for _, test := range [][3]int64{{12, 18, 6}, {18, 12, 6}, {0, 5, 5}, {5, 0, 5}, {7, 3, 1}, {-12, 18, 6}, {12, -18, 6}, {0, 0, 0}} {
		if got := calc.GCD(test[0], test[1]); got != test[2] {
			t.Errorf("of %d and %d it is %d, want %d", test[0], test[1], got, test[2])
		}
	}
}

// TestChecked compares the checked operations with numbers that cannot
// overflow.
func TestChecked(t *testing.T) {
	edge := []int64{0, 1, -1, 2, -2, 3, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, math.MaxInt64 - 1, math.MaxInt64 / 2, math.MinInt64 / 2, 1 << 32, 1 << 31, -(1 << 31), -(1 << 32), 3037000500, 3037000499}
	check := func(t errorer, a, b int64) {
		for _, op := range []struct {
			name  string
			apply func(a, b int64) (int64, bool)
			exact func(z, x, y *big.Int) *big.Int
		}{{"+", calc.Add, (*big.Int).Add}, {"-", calc.Sub, (*big.Int).Sub}, {"·", calc.Mul, (*big.Int).Mul}} {
			exact := op.exact(new(big.Int), big.NewInt(a), big.NewInt(b))
			got, ok := op.apply(a, b)
			// The least number of 64 bits is no product: its amount does not fit.
			fits := exact.IsInt64() && (op.name != "·" || exact.Int64() != math.MinInt64)
			switch {
			case ok != fits:
				t.Errorf("%d %s %d: fits is %v, want %v", a, op.name, b, ok, fits)
			case ok && got != exact.Int64(), !ok && got != 0:
				t.Errorf("%d %s %d: got %d, want %s", a, op.name, b, got, exact)
			}
		}
	}
	for _, a := range edge {
		for _, b := range edge {
			check(t, a, b)
		}
	}
	operand := rapid.OneOf(rapid.SampledFrom(edge), rapid.Int64())
	rapid.Check(t, func(t *rapid.T) { check(t, operand.Draw(t, "a"), operand.Draw(t, "b")) })
}

type errorer interface{ Errorf(string, ...any) }
