package eval_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"cnnl/eval"
	"cnnl/internal/chunk"
	"cnnl/lang"
)

// grows holds a script's time to its size: eight times the size may not take
// forty times the time, where a square would take sixty-four. The least of all
// runs counts: what else the machine does only adds.
func grows(t *testing.T, n int, script func(n int) string) {
	t.Helper()
	small, large := time.Hour, time.Hour
	if _, diags := run(lang.NewSource("t", script(n)), eval.Options{}); slices.ContainsFunc(diags.List, func(d lang.Diagnostic) bool { return d.Code != lang.Expect }) {
		t.Fatalf("%s", chunk.Text(diags.List[0]))
	}
	for range 12 {
		small, large = min(small, least(script(n))), min(large, least(script(8*n)))
		if large < 40*small {
			return
		}
	}
	t.Errorf("%v for %d, %v for %d", small, n, large, 8*n)
}

func least(text string) (least time.Duration) {
	file, _ := lang.Parse(lang.NewSource("t", text), lang.Limits{})
	for i := range 2 {
		begun := time.Now()
		for begun.Equal(time.Now()) { // the clock of Windows stands still for a while
		}
		begun = time.Now()
		runs := time.Duration(0)
		for ; runs == 0 || time.Since(begun) == 0; runs++ {
			eval.Run(file, eval.Options{})
		}
		if took := time.Since(begun) / runs; i == 0 || took < least {
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
		if len(net.Nodes) > 1000 || net.Good != 2 {
			t.Errorf("%s: %d rows, %d of them good", turn, len(net.Nodes), net.Good)
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

// TestFieldMemory: positions that see in many turns cost a bounded memory; a
// long network's receptive field is exact as long as it lasts, and never too
// small.
func TestFieldMemory(t *testing.T) {
	const layers = 20_000
	file, _ := lang.Parse(lang.NewSource("t", fmt.Sprintf("input 9x9x9x1\nupsample 251\nrepeat %d { conv 1 3 pad 1 }", layers)), lang.Limits{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	net, _ := eval.Run(file, eval.Options{})
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 100 {
		t.Errorf("%d layers take %d MB", layers, took)
	}
	for _, k := range []int{1, 100, 251, 1000, 5000, layers} {
		exact := int64(0)
		for r := range 251 {
			exact = max(exact, int64((r+k)/251+(k-r+250)/251+1))
		}
		if got := net.Nodes[k+1].Field.Sizes()[0]; got < exact || k <= 1000 && got != exact {
			t.Errorf("behind %d layers a position sees %d, want %d", k, got, exact)
		}
	}
}

// TestFieldBound: where turns are no longer told apart, a field is no smaller
// than the exact one, and as large where there is one turn.
func TestFieldBound(t *testing.T) {
	const spent = "input 9x9x9x1\nupsample 251\nrepeat 1500 { conv 1 3 pad 1 }\n"
	for script, exact := range map[string]bool{
		"conv 1 3 stride 2; conv 1 3":                                                          true,
		"upsample 2; conv 1 3; conv 1 3 stride 2; conv 1 5":                                    false,
		"deconv 1 4 stride 2; conv 1 3; deconv 1 3 stride 4; conv 1 3":                         false,
		"deconv 1 1 stride 4; maxpool 2; conv 1 3":                                             false,
		"deconv 1 3 stride 2; avgpool to 7; conv 1 2":                                          false,
		"upsample 3; add { conv 1 3 pad 1 } { upsample 2; conv 1 3 stride 2 pad 1 }; conv 1 2": false,
		"deconv 1 1 stride 3; add { } { conv 1 3 pad 1 }; maxpool 3":                           false,
	} {
		const input = "input s 40x1 sequence\n"
		want := counted(t, input+script, eval.Options{}).Totals.Field.Sizes()[0]
		got := counted(t, spent+input+script, eval.Options{}).Totals.Field.Sizes()[0]
		if got < want || exact && got != want {
			t.Errorf("%s: a position sees %d, want at least %d", script, got, want)
		}
	}
}

// TestAllocations holds what evaluating the homework from its tree asks of memory.
func TestAllocations(t *testing.T) {
	file, _ := lang.Parse(lang.NewSource("t", homework), lang.Limits{})
	if n := testing.AllocsPerRun(100, func() { eval.Run(file, eval.Options{}) }); n > 30 {
		t.Errorf("%v allocations", n)
	}
}
