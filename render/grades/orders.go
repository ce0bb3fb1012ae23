package grades

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
)

// In which orders a page can list students, and where each student stands in them.

// studentOrders are what readers choose from; rows come in the first.
var studentOrders = []string{"who needs a person first", "by id", "by name", "lowest score first", "highest score first"}

// ranked is what a student is sorted by.
type ranked struct {
	id, name        string
	lowest, highest int
}

// ranksOf says where each student, by id, stands in all orders but the first.
func ranksOf(c *report.Class) (map[string][]int, error) {
	var list []ranked
	for s, err := range c.Students() {
		if err != nil {
			return nil, err
		}
		r := ranked{id: s.ID(), name: strings.ToLower(s.Name())}
		r.lowest, r.highest = byScore(s.Score())
		list = append(list, r)
	}
	ranks := make(map[string][]int, len(list))
	for i, r := range list { // in the order of ids
		ranks[r.id] = []int{i, 0, r.lowest, r.highest}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.name, b.name) })
	for i, r := range list {
		ranks[r.id][1] = i
	}
	return ranks, nil
}

// byScore are the ranks of a score, the lowest and the highest first; who has none comes
// last in both.
func byScore(score string) (lowest, highest int) {
	p, ok := grade.Points(score)
	if !ok {
		return math.MaxInt32, math.MaxInt32
	}
	hundredths, _ := new(big.Rat).Mul(p, big.NewRat(100, 1)).Float64()
	n := int(min(hundredths, math.MaxInt32-1))
	return n, -n
}
