package network

import (
	"cnnl/eval/calc"
	"cnnl/lang"
)

// Added is the sum of one number over rows, equal ones in a row multiplied;
// false where there are too many to be shown.
func Added(s *calc.Sheet, rows []Node, number func(*Node) int64) (sum calc.Expr, ok bool) {
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
			e = s.Term("layers of "+lang.Group(n), alike).Times(e)
		}
		sum = calc.Sum(sum, e)
	}
	return sum, true
}

// mostTerms is how many different numbers in a row a sum shows.
const mostTerms = 400
