// Package sample has rules for the test of mutate to change.
package sample

// Window is a sliding window.
type Window struct{ Kernel, Stride int64 }

// Places is how many places a window has along an axis of n.
func (w Window) Places(n, pad int64) int64 {
	if n+2*pad < w.Kernel {
		return 0
	}
	return (n+2*pad-w.Kernel)/max(w.Stride, 1) + 1
}

// Untested doubles.
func Untested(n int64) int64 { return n * 2 }
