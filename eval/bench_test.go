package eval_test

import (
	"fmt"
	"testing"

	"cnnl/eval"
	"cnnl/lang"
)

func benchmark(b *testing.B, text string) {
	file, diags := lang.Parse(lang.NewSource("bench", text), lang.Limits{})
	if diags.Failed() {
		b.Fatal(diags.List[0])
	}
	b.ReportAllocs()
	for b.Loop() {
		eval.Run(file, eval.Options{})
	}
}

func BenchmarkHomework(b *testing.B) { benchmark(b, homework) }

// BenchmarkLayers: the time for each layer must not grow with their number.
func BenchmarkLayers(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			benchmark(b, fmt.Sprintf("input 64x64x8\nrepeat %d { conv 8 3x3 pad 1; relu }", n/2))
		})
	}
}
