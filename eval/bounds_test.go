package eval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cnnl/eval"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// grows holds a script's time to its size: eight times the size may not take
// more than three times eight times the time. The least of several runs
// counts, and one good attempt is enough.
func grows(t *testing.T, n int, script func(n int) string) {
	t.Helper()
	var small, large time.Duration
	if _, diags := run(lang.NewSource("t", script(n)), eval.Options{}); slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return d.Code != lang.Expect }) {
		t.Fatalf("%s", chunk.Text(diags.List[0]))
	}
	for range 8 {
		small, large = least(script(n)), least(script(8*n))
		if large < 24*small {
			return
		}
	}
	t.Errorf("%v for %d, %v for %d", small, n, large, 8*n)
}

func least(text string) (least time.Duration) {
	file, _ := lang.Parse(lang.NewSource("t", text), lang.Limits{})
	for i := range 2 {
		begun := time.Now()
		eval.Run(file, eval.Options{})
		if took := time.Since(begun); i == 0 || took < least {
			least = took
		}
	}
	return least
}

// work is how many allocations each of n turns makes.
func work(n int, script func(n int) string) float64 {
	file, _ := lang.Parse(lang.NewSource("t", script(n)), lang.Limits{})
	return testing.AllocsPerRun(1, func() { eval.Run(file, eval.Options{}) }) / float64(n)
}

// TestToldOnce: a mistake in a block costs its words once, however often the
// block is used.
func TestToldOnce(t *testing.T) {
	for _, wrong := range []string{"blah", "conv 8 3x3 blah 3"} {
		for _, before := range []string{"", "use \"no.cnnl\"\n"} {
			script := func(n int) string {
				return before + fmt.Sprintf("input 8x8x3\nblock b { %s }\nrepeat %d { b }", wrong, n)
			}
			if got := work(2000, script); got > 40 {
				t.Errorf("%s%s: %.0f allocations for each use of the block", before, wrong, got)
			}
		}
	}
}

// TestLostRows: layers that cannot be count to the limit of layers too, also
// those that go on from a good one.
func TestLostRows(t *testing.T) {
	for _, turn := range []string{"blah", "from c; blah", "if 1 { }", "identity = nobody"} {
		net, diags := run(lang.NewSource("t", "input 8x8x3\nconv c 8 1x1\nrepeat 5000 { "+turn+" }"), eval.Options{Limits: eval.Limits{Layers: 1000}})
		if !slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return strings.Contains(d.Summary, "more than 1,000 layers") }) {
			t.Errorf("%s: got %v, want the limit", turn, diags.List)
		}
		if len(net.Rows) > 1000 || net.Good != 2 {
			t.Errorf("%s: %d rows, %d of them good", turn, len(net.Rows), net.Good)
		}
	}
}

// TestLongClaims: a claim that is a long sum is compared with what it is about
// in a time that is far from cubic.
func TestLongClaims(t *testing.T) {
	grows(t, 24, func(n int) string {
		script, sum := "input 8\n", "1"
		for i := range n {
			script += fmt.Sprintf("dense %d\n", i%97+5)
			sum += fmt.Sprintf(" + %d", i)
		}
		return script + "expect total == " + sum
	})
}

// TestFailedClaims: looking through the rows for the words of a failed claim
// counts as steps; one that fails again and again in a loop gets them once.
func TestFailedClaims(t *testing.T) {
	script := "input 8\nrepeat 1000 { dense 8 }\n" + strings.Repeat("expect total == 3\n", 100)
	_, diags := run(lang.NewSource("t", script), eval.Options{Limits: eval.Limits{Steps: 10_000}})
	if !slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return d.Code == lang.Limit }) {
		t.Errorf("100 claims over 1,000 rows pass within 10,000 steps")
	}
	looped := func(n int) string { return fmt.Sprintf("input 8\ndense 8\nrepeat %d { expect total == 3 }", n) }
	if got := work(2000, looped); got > 20 {
		t.Errorf("%.0f allocations for each time a claim fails again", got)
	}
}

// TestTiedBlocks: the blocks inside two tied ones find each other without a
// search among all.
func TestTiedBlocks(t *testing.T) {
	grows(t, 5000, func(n int) string {
		return fmt.Sprintf("input 8\nblock a { relu }\nblock b { repeat %d { a } }\nb x\nb y = x", n)
	})
}

// TestAutomaticNames: a layer is found by its automatic name among the rows
// and uses of its own block.
func TestAutomaticNames(t *testing.T) {
	grows(t, 2000, func(n int) string {
		return fmt.Sprintf("input 8\nblock a { relu }\nblock c { a; from a1 }\nrepeat %d { c }", n)
	})
}
