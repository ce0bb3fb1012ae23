package inorder_test

import (
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"cnnl/internal/inorder"
)

func upTo(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

type mapping = func(context.Context, iter.Seq[int], int, func() func(int) int) iter.Seq[int]

var mappings = map[string]mapping{"Map": inorder.Map[int, int], "List": inorder.List[int, int]}

// TestOrder: results come in the order of the work, however long each takes.
func TestOrder(t *testing.T) {
	for name, mapped := range mappings {
		t.Run(name, func(t *testing.T) { checkOrder(t, mapped) })
	}
}

func checkOrder(t *testing.T, mapped mapping) {
	for workers := 1; workers <= 8; workers++ {
		made := make(chan int, workers)
		got := slices.Collect(mapped(t.Context(), upTo(1000), workers, func() func(int) int {
			made <- 1
			return func(i int) int {
				if i%7 == 0 {
					time.Sleep(time.Duration(i%5) * 10 * time.Microsecond)
				}
				return i * i
			}
		}))
		for i, r := range got {
			if r != i*i {
				t.Fatalf("%d workers: result %d is %d", workers, i, r)
			}
		}
		if len(got) != 1000 || len(made) != workers {
			t.Errorf("%d results of %d workers", len(got), len(made))
		}
	}
}

// TestStop: a consumer that has enough stops the work.
func TestStop(t *testing.T) {
	for name, mapped := range mappings {
		t.Run(name, func(t *testing.T) { checkStop(t, mapped) })
	}
}

func checkStop(t *testing.T, mapped mapping) {
	asked := 0
	n := 0
	for range mapped(t.Context(), func(yield func(int) bool) {
		for asked = range 1_000_000 {
			if !yield(asked) {
				return
			}
		}
	}, 2, func() func(int) int { return func(i int) int { return i } }) {
		if n++; n == 10 {
			break
		}
	}
	if n != 10 {
		t.Errorf("%d results", n)
	}
}

// TestStream: an item of a stream does not wait for the next.
func TestStream(t *testing.T) {
	answered := make(chan int, 1)
	answered <- -1
	for r := range inorder.Map(t.Context(), func(yield func(int) bool) {
		for i := range 100 {
			if before := <-answered; before != i-1 || !yield(i) {
				return
			}
		}
	}, 2, func() func(int) int { return func(i int) int { return i } }) {
		answered <- r
	}
	if last := <-answered; last != 99 {
		t.Errorf("it ended behind %d", last)
	}
}

// TestInterrupted: results end with those that are there when the time is over, whoever
// is still at work, or waits for work.
func TestInterrupted(t *testing.T) {
	for name, mapped := range mappings {
		t.Run(name, func(t *testing.T) {
			for _, endless := range []string{"work", "input"} {
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				never := make(chan int)
				in := func(yield func(int) bool) {
					for i := 0; yield(i); i++ {
						if endless == "input" && i == 20 {
							<-never
						}
					}
				}
				var got []int
				for r := range mapped(ctx, in, 2, func() func(int) int {
					return func(i int) int {
						if endless == "work" && i == 20 {
							<-never
						}
						return i
					}
				}) {
					if got = append(got, r); r == 10 {
						stop()
					}
				}
				if len(got) < 11 || len(got) > 21 {
					t.Errorf("%s without an end: %d results", endless, len(got))
				}
				close(never)
			}
		})
	}
}
