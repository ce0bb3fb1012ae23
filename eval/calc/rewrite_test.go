package calc_test

import (
	"slices"
	"testing"

	"cnnl/eval/calc"
)

func TestRewrite(t *testing.T) {
	s := new(calc.Sheet)
	kernel, channels, filters, stride := s.Measure("kernel", "", 3), s.Term("input channels", 4), s.Term("filters", 20), s.Measure("stride", "", 2)
	params := kernel.Times(kernel).Times(channels).Plus(s.Term("bias", 1)).Times(filters)
	side := s.Measure("input", "height", 120).Minus(kernel).FloorOver(stride).Plus(s.Const(1))
	named := func(names ...string) func(calc.Expr) bool {
		return func(e calc.Expr) bool { t, ok := e.Term(); return ok && slices.Contains(names, t.Name) }
	}
	for _, test := range []struct {
		name    string
		e       calc.Expr
		hit     func(calc.Expr) bool
		instead calc.Expr
		text    string
		value   int64
	}{
		{"nothing", params, named("groups"), calc.Expr{}, "(3·3·4 + 1)·20", 740},
		{"a factor left out", params, named("input channels"), calc.Expr{}, "(3·3 + 1)·20", 200},
		{"a summand left out", params, named("bias"), calc.Expr{}, "3·3·4·20", 720},
		{"all of a product left out", params, named("kernel", "input channels"), calc.Expr{}, "1·20", 20},
		{"another number", params, named("input channels"), s.Term("filters", 20), "(3·3·20 + 1)·20", 3620},
		{"every one of a name", params, named("kernel"), s.Measure("kernel", "", 5), "(5·5·4 + 1)·20", 2020},
		{"the whole", params, func(e calc.Expr) bool { return e == params }, s.Const(7), "7", 7},
		{"what is taken away left out", side, named("kernel"), calc.Expr{}, "floor(120/2) + 1", 61},
		{"what is taken away from left out", side, named("input"), calc.Expr{}, "floor((0 - 3)/2) + 1", -1},
		{"a divisor left out", side, named("stride"), calc.Expr{}, "120 - 3 + 1", 118},
		{"a dividend left out", side, named("input", "kernel"), calc.Expr{}, "1", 1},
		{"a quotient by its rounding", side, func(e calc.Expr) bool { return e.Rounding() == "floor" }, s.Const(59), "59 + 1", 60},
	} {
		got := test.e.Rewrite(func(e calc.Expr) (calc.Expr, bool) { return test.instead, test.hit(e) })
		if got.String() != test.text || got.Value() != test.value {
			t.Errorf("%s: got %s = %d, want %s = %d", test.name, got, got.Value(), test.text, test.value)
		}
	}
	if params.String() != "(3·3·4 + 1)·20" || params.Value() != 740 {
		t.Errorf("what was rewritten changed: %s", params)
	}
	if (calc.Expr{}).Rewrite(func(calc.Expr) (calc.Expr, bool) { return s.Const(1), true }).Present() {
		t.Error("nothing was rewritten to something")
	}
}
