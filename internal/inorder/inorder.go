// Package inorder does work on every core and gives the results in the order
// of the work.
package inorder

import (
	"context"
	"iter"
	"sync"
)

// A task is an item, and what came of it once done is closed.
type task[T, R any] struct {
	item   T
	result R
	done   chan struct{}
}

// Map does work on each item of in, and gives the results in its order. Each
// of the workers makes its own worker function, so that they need share
// nothing. At most a few items for each worker are under way. A consumer that
// stops early stops them all; in is then not asked again, but may be inside its
// last answer.
//
// When ctx is done, so are the results, but for those that are there and follow
// the last. What a worker is at is left to itself: nobody waits for it.
func Map[T, R any](ctx context.Context, in iter.Seq[T], workers int, worker func() func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		todo, order := make(chan *task[T, R], workers), make(chan *task[T, R], 16*workers)
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		var working sync.WaitGroup
		for range workers {
			working.Go(func() {
				work := worker()
				for t := range todo {
					t.result = work(t.item)
					close(t.done)
				}
			})
		}
		go feed(ctx, in, todo, order)
		for {
			t, open, there := await(ctx, order)
			switch {
			case !there:
				return
			case !open:
				working.Wait()
				return
			}
			if _, _, done := await(ctx, t.done); !done || !yield(t.result) {
				return
			}
		}
	}
}

// feed gives out the items of in, in their order.
func feed[T, R any](ctx context.Context, in iter.Seq[T], todo, order chan<- *task[T, R]) {
	defer close(order)
	defer close(todo)
	for item := range in {
		t := &task[T, R]{item: item, done: make(chan struct{})}
		select {
		case order <- t:
		case <-ctx.Done():
			return
		}
		todo <- t
	}
}

// await takes what comes of c, or what is there already when ctx is done.
func await[T any](ctx context.Context, c <-chan T) (v T, open, there bool) {
	select {
	case v, open = <-c:
		return v, open, true
	default:
	}
	select {
	case v, open = <-c:
		return v, open, true
	case <-ctx.Done():
		return v, false, false
	}
}
