package inorder

import (
	"context"
	"iter"
)

// mostTogether is how many items are handed over at once. Handing over costs
// several microseconds where who takes it sleeps, as much as a small item.
const mostTogether = 16

// List is Map for items that are all there: workers get several at once, which
// would have an item of a stream wait for the next. They get one each in the
// beginning, so that a short list is shared out evenly.
func List[T, R any](ctx context.Context, in iter.Seq[T], workers int, worker func() func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		for results := range Map(ctx, batches(in, workers), workers, func() func([]T) []R {
			work := worker()
			return func(items []T) []R {
				results := make([]R, len(items))
				for i, item := range items {
					results[i] = work(item)
				}
				return results
			}
		}) {
			for _, r := range results {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// batches puts items together: each worker has had many batches of a size before
// there are larger ones.
func batches[T any](in iter.Seq[T], workers int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		seen, batch := 0, []T(nil)
		for item := range in {
			if batch == nil {
				batch = make([]T, 0, min(1+seen/(16*workers), mostTogether))
			}
			seen++
			if batch = append(batch, item); len(batch) < cap(batch) {
				continue
			}
			if !yield(batch) {
				return
			}
			batch = nil
		}
		if batch != nil {
			yield(batch)
		}
	}
}
