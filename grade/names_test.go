package grade_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"cnnl/grade"
)

// TestListedNames: the same are listed in whatever order they come.
func TestListedNames(t *testing.T) {
	var list []string
	for i := range 23 {
		list = append(list, fmt.Sprintf("line %d", i))
	}
	const want = "line 0, line 1, line 2, line 3, line 4, line 5, line 6, line 7, line 8, line 9, line 10, line 11, line 12, line 13, line 14, line 15, line 16, line 17, line 18, line 19 and 3 more"
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if n := grade.NamesOf(list); n.String() != want {
			t.Fatalf("%v are listed as %s", list, n.String())
		}
	}
	if n := grade.NamesOf([]string{"Roe, Max", "Doe, Ann"}); n.String() != "Doe, Ann; Roe, Max" {
		t.Error(n.String())
	}
	if n := grade.NamesOf(nil); !n.Empty() || n.String() != "" {
		t.Error(n.String())
	}
}
