package grades

import (
	"iter"
	"math"
	"reflect"
	"testing"

	"cnnl/grade"
	"cnnl/grade/report"
)

func TestRanks(t *testing.T) {
	score := func(s string) *string { return &s }
	records := []*grade.Record{
		{ID: "a", Name: "Zoe", Score: score("2.5")}, {ID: "b", Name: "adam"}, {ID: "c", Name: "Zoe", Score: score("10")}}
	c := &report.Class{Records: func() iter.Seq2[*grade.Record, error] {
		return func(yield func(*grade.Record, error) bool) {
			for _, r := range records {
				if !yield(r, nil) {
					return
				}
			}
		}
	}}
	got, err := ranksOf(c)
	want := map[string][]int{"a": {0, 1, 250, -250}, "b": {1, 0, math.MaxInt32, math.MaxInt32}, "c": {2, 2, 1000, -1000}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}
