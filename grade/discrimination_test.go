package grade

import (
	"fmt"
	"math"
	"math/big"
	"testing"
)

// classOf has a record for each pair of points, of two checks.
func classOf(points [][2]string) *Overview {
	o := &Overview{Max: big.NewRat(2, 1), Outcomes: map[Outcome]int{}, profiles: map[string]*profile{}, differences: commons{}, slips: commons{}, scores: map[string]scoreOf{}}
	for range 2 {
		o.Checks = append(o.Checks, CheckOverview{Max: big.NewRat(1, 1), scores: map[string]int{}})
	}
	for i, p := range points {
		o.Add(&Record{ID: fmt.Sprint(i), Outcome: Graded, Checks: []Check{{Score: p[0]}, {Score: p[1]}}})
	}
	return o
}

// TestDiscrimination: Moodle's figure, worked out by hand; there is none of few scripts,
// nor of points that are all alike.
func TestDiscrimination(t *testing.T) {
	var points [][2]string
	for range 4 {
		points = append(points, [2]string{"1", "1"}, [2]string{"0", "0"})
	}
	points = append(points, [2]string{"1", "0"})
	if _, ok := classOf(points).Discrimination(0); ok {
		t.Error("nine scripts have one")
	}
	points = append(points, [2]string{"1/3", "1/3"})
	got, ok := classOf(points).Discrimination(0)
	// n 10, sums 16/3 and 13/3, squares 46/9 and 37/9, products 37/9:
	// (370/9 - 208/9) / sqrt((460/9 - 256/9) * (370/9 - 169/9)) = 162 / sqrt(204 * 201)
	if want := 162 / math.Sqrt(204*201); !ok || math.Abs(got-want) > 1e-15 {
		t.Errorf("%v, %v", got, ok)
	}
	for i := range points {
		points[i][1] = "1"
	}
	if got, ok := classOf(points).Discrimination(0); ok {
		t.Errorf("a rest that does not vary gives %v", got)
	}
}

// TestDiscriminationOrder: not the last digit hangs on the order of records.
func TestDiscriminationOrder(t *testing.T) {
	var points, back [][2]string
	for i := range 100 {
		points = append(points, [2]string{fmt.Sprintf("%d/97", i*i%97), fmt.Sprintf("%d/89", i*i*i%89)})
	}
	for i := range points {
		back = append(back, points[len(points)-1-i])
	}
	a, _ := classOf(points).Discrimination(1)
	if b, _ := classOf(back).Discrimination(1); a != b || a == 0 {
		t.Errorf("%v and %v", a, b)
	}
}

// TestCommon: what a class has in common is counted once a script, named by the key's
// names, the most frequent first, and cut where it says so.
func TestCommon(t *testing.T) {
	o := classOf(nil)
	kernel := [][3]string{{"kernel", "5x5", "3x3"}}
	for i := range 12 {
		o.Add(&Record{ID: fmt.Sprint(i), First: &Different{Layer: fmt.Sprintf("own%d", i), Key: "c1", Line: i, Parts: kernel},
			Slips: []Slip{{Kind: "order", Was: "conv 3x3 4", Read: "conv 4 3x3"}, {Kind: "order"}}})
	}
	o.Add(&Record{ID: "x", First: &Different{Layer: "p", Kind: "maxpool"}})
	o.Add(&Record{ID: "y", First: &Different{Layer: "q", Kind: "maxpool"}})
	for i := range MostCommon {
		o.Add(&Record{ID: "z", First: &Different{Key: fmt.Sprintf("c%d", i)}})
	}
	list, of := o.Differences()
	if of != 2+MostCommon || len(list) != MostCommon || list[0].Number != 12 || list[0].First.Layer != "c1" || len(list[0].Students) != MostNamed || list[1].Number != 2 || list[1].First.Layer != "maxpool" || list[2].First.Key != "c0" {
		t.Errorf("%d: %+v", of, list)
	}
	if slips, of := o.Slips(); of != 1 || slips[0].Number != 12 || slips[0].Slip.Was != "conv 3x3 4" {
		t.Errorf("%+v", slips)
	}
}
