package diagnose

import (
	"math/rand/v2"
	"os"
	"testing"

	"cnnl/eval/network"
	"cnnl/eval/value"
)

// priced are the keys whose cost docs/performance.md tells.
var priced = []string{"homework/cmyk", "zoo/vgg16", "zoo/densenet161"}

func example(t testing.TB, name string) *network.Network {
	t.Helper()
	text, err := os.ReadFile("../examples/" + name + ".cnnl")
	if err != nil {
		t.Fatal(err)
	}
	return networkOf(t, string(text))
}

func BenchmarkPrepare(b *testing.B) {
	for _, name := range priced {
		net := example(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := New(net, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPairs counts the pairs of a network, which the first total does that no single
// change comes to.
func BenchmarkPairs(b *testing.B) {
	for _, name := range priced {
		g, err := New(example(b, name), Options{Effort: Wide})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				g.countPairs()
			}
		})
	}
}

// BenchmarkTotals asks for the causes of totals that nobody asked for before; pairs are
// counted in its preparation, as for the first total.
func BenchmarkTotals(b *testing.B) {
	net := example(b, priced[0])
	g, err := New(net, Options{Effort: Grading})
	if err != nil {
		b.Fatal(err)
	}
	draw := rand.New(rand.NewPCG(1, 2))
	g.diagnose(stating(net, 1))
	for b.Loop() {
		g.diagnose(stating(net, 1+draw.Int64N(3*net.Totals.Params())))
	}
}

func stating(net *network.Network, total int64) []Claim {
	claims := wholeTotal(net)
	claims[0].Value = value.Whole(total)
	return claims
}

// A total is looked up: layers are asked only to see that a cause comes to it. A million
// within 20 seconds are 20 microseconds each.
func TestLookUpIsCounted(t *testing.T) {
	for _, name := range priced[:2] {
		net := example(t, name)
		g, err := New(net, Options{Effort: Grading})
		if err != nil {
			t.Fatal(err)
		}
		g.diagnose(stating(net, 1)) // counts the pairs
		draw, spent := rand.New(rand.NewPCG(1, 2)), 0
		const totals = 1000
		for range totals {
			p := g.problem(stating(net, 1+draw.Int64N(3*net.Totals.Params())))
			p.search()
			spent += p.bench.spent
		}
		if spent > 10*totals {
			t.Errorf("%s: %d layers are asked for each total, not at most 10", name, spent/totals)
		}
		t.Logf("%s: %.1f layers for each total", name, float64(spent)/totals)
	}
}
