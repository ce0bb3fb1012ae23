package grade_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"cnnl/grade"
)

// TestManyUnknownClaims: claims about layers that there are not cost as much as there are
// of them, and no square of it: eight times as many take about eight times the memory.
func TestManyUnknownClaims(t *testing.T) {
	key, diags := newKey("input 8\ndense d 4\nmark 1 \"Total\" total\nmark 1 \"Stated total\" answers total\n")
	if diags.Failed() {
		t.Fatal(diags.List)
	}
	bytes := func(claims int) float64 {
		var b strings.Builder
		b.WriteString("input 8\ndense d 4\n")
		for i := range claims {
			fmt.Fprintf(&b, "expect nobody%d.params == 3\n", i)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		gradeOne(key, grade.Submission{ID: "x", Text: b.String()})
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	bytes(10) // what is made on first use
	if few, many := bytes(500), bytes(4000); many > 16*few {
		t.Errorf("500 claims take %.0f bytes, 4,000 take %.0f", few, many)
	}
}
