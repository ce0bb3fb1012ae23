// Package inorder does work on every core and gives the results in the order
// of the work.
package inorder

import (
	"iter"
	"sync"
)

// Map does work on each item of in, and gives the results in its order. Each
// of the workers makes its own worker function, so that they need share
// nothing. At most a few items for each worker are under way. A consumer that
// stops early stops them all; in is then not asked again, but may be inside its
// last answer.
func Map[T, R any](in iter.Seq[T], workers int, worker func() func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		type task struct {
			item   T
			result R
			done   chan struct{}
		}
		todo, order := make(chan *task, workers), make(chan *task, 16*workers)
		stop := make(chan struct{})
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
		go func() {
			defer close(order)
			defer close(todo)
			for item := range in {
				t := &task{item: item, done: make(chan struct{})}
				select {
				case order <- t:
				case <-stop:
					return
				}
				todo <- t
			}
		}()
		defer close(stop)
		for t := range order {
			<-t.done
			if !yield(t.result) {
				return
			}
		}
		working.Wait()
	}
}
