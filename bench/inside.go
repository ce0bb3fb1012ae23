package main

import (
	"os"
	"runtime"
	"strings"
	"time"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/eval/session"
	"cnnl/lang"
)

// What is measured inside of this program, without the start of another.

const (
	turns   = 2000 // evaluations of the homework in one round
	entries = 500  // entries at a prompt
)

func (b *bench) inside() []*contest {
	return []*contest{
		{name: "tree: the homework evaluated", run: evaluating, each: turns, aim: "10 us, 30 allocations"},
		{name: shortName, run: entering(10), each: entries},
		{name: "prompt: an entry behind 10,000 layers", run: entering(10_000), each: entries, of: shortName, aim: "1.0"},
	}
}

func parsed(text string) *lang.File {
	file, _ := lang.Parse(lang.NewSource("bench", text), lang.Limits{})
	return file
}

func evaluated(text string) *network.Network {
	net, _ := eval.Run(parsed(text), eval.Options{})
	return net
}

// evaluating evaluates the homework again and again from its tree, without the claim
// that it ends with.
func evaluating() (cost, error) {
	text, err := os.ReadFile(homework)
	if err != nil {
		return cost{}, err
	}
	question, _, _ := strings.Cut(string(text), "expect")
	file := parsed(question)
	c := spent(func() {
		for range turns {
			eval.Run(file, eval.Options{})
		}
	})
	c.allocs /= turns
	return c, nil
}

// entering makes entries at a prompt where so many layers stand already.
func entering(layers int) func() (cost, error) {
	return func() (cost, error) {
		s, _ := session.New("prompt", eval.Options{}, lang.Limits{})
		s.Enter("input 64x64x8")
		for range layers {
			s.Enter("conv 8 3x3 pad 1")
		}
		runtime.GC()
		c := spent(func() {
			for range entries {
				s.Enter("conv 8 3x3 pad 1")
			}
		})
		c.allocs /= entries
		return c, nil
	}
}

// spent is what a function of this program takes.
func spent(f func()) cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began, used := time.Now(), ownTime()
	f()
	c := cost{clock: time.Since(began), cpu: ownTime() - used}
	runtime.ReadMemStats(&after)
	c.allocs = int64(after.Mallocs - before.Mallocs)
	return c
}
