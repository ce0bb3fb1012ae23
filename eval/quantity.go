package eval

import (
	"slices"

	"cnnl/eval/calc"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// What a claim is about, as a calculation.

// calculations are the ways in which the quantity that a claim is about can
// be calculated, the usual one first.
func (m *machine) calculations(left *lang.Expr) []calc.Expr {
	r := left.First.Ref
	if r == nil || len(left.Rest) > 0 || left.First.Sign.Text != "" || len(r.Args) > 0 {
		return nil
	}
	if r.Head.Text == "total" {
		return m.totalCalculation(r)
	}
	e := m.lookup(r.Head.Text)
	if e == nil || e.sort != isLayer {
		return nil
	}
	places, path, ok := m.locate(r, e, false)
	if !ok || places[0].group != none || len(path) == 0 || path[0].Index != nil {
		return nil
	}
	row := &m.net.Rows[places[0].row]
	call := m.net.CallOf(row)
	call.Sheet = new(calc.Sheet)
	call.Run()
	return quantity(call, row, path)
}

// totalCalculation adds up the rows so far.
func (m *machine) totalCalculation(r *lang.Ref) []calc.Expr {
	number, ok := map[string]func(*Row) int64{
		"params": (*Row).Params, "macs": func(r *Row) int64 { return r.Macs }, "per_use": func(r *Row) int64 { return r.PerUse }, "stats": func(r *Row) int64 { return r.Stats },
	}[attribute(r.Path, "params")]
	if !ok {
		return nil
	}
	sum, ok := Added(new(calc.Sheet), m.net.Rows, number)
	if !ok {
		return nil
	}
	return []calc.Expr{sum}
}

// attribute is the one property that a path asks for, or what is asked for
// where there is no path.
func attribute(path []lang.Step, alone string) string {
	switch len(path) {
	case 0:
		return alone
	case 1:
		return path[0].Attr.Text
	}
	return ""
}

// quantity is how one number of a layer is calculated.
func quantity(call *layer.Call, row *Row, path []lang.Step) []calc.Expr {
	if path[0].Attr.Text == "out" && len(path) > 1 {
		path = path[1:]
	}
	name := attribute(path, "")
	if name == "out" && call.Out.Rank() == 1 {
		return []calc.Expr{call.Axes()[0]}
	}
	if i := slices.Index(call.Out.AxisNames(), name); i >= 0 {
		return []calc.Expr{call.Axes()[i]}
	}
	var params, weights, biases, macs calc.Expr
	for _, b := range call.Banks() {
		params, macs = calc.Sum(params, b.Params()), calc.Sum(macs, b.Macs())
		weights, biases = calc.Sum(weights, b.Weights()), calc.Sum(biases, b.Biases())
	}
	switch {
	case name == "macs":
		return []calc.Expr{macs}
	case name == "per_use", name == "params" && row.Owner == none:
		return []calc.Expr{params, calc.Sum(weights, biases)}
	case name == "weights" && row.Owner == none:
		return []calc.Expr{weights}
	case name == "biases" && (row.Owner == none || row.Turned):
		return []calc.Expr{biases}
	case name == "stats" && row.Owner == none && call.Kind.Stats != nil:
		return []calc.Expr{call.Kind.Stats(call)}
	}
	return nil
}

// Added is the sum of one number over rows, equal ones in a row multiplied;
// false where there are too many to be shown.
func Added(s *calc.Sheet, rows []Row, number func(*Row) int64) (sum calc.Expr, ok bool) {
	terms := 0
	for i := 0; i < len(rows); {
		n, alike, first := number(&rows[i]), int64(0), i
		for ; i < len(rows) && (number(&rows[i]) == n || number(&rows[i]) == 0); i++ {
			if number(&rows[i]) == n {
				alike++
			}
		}
		if n == 0 {
			continue
		}
		if terms++; terms > mostTerms {
			return sum, false
		}
		e := s.Term(rows[first].Name, n)
		if alike > 1 {
			e = s.Const(alike).Times(s.Const(n))
		}
		sum = calc.Sum(sum, e)
	}
	return sum, true
}

// mostTerms is how many different numbers in a row a sum shows.
const mostTerms = 400
