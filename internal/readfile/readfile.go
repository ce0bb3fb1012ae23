// Package readfile reads many small files one after another, each with as few
// system calls as there are: open, stat, read, close. A file of package os is
// first made ready to be waited for, which costs as much again as reading it.
package readfile

import "errors"

// A Reader reads files. Its zero value is ready; its memory is used again.
type Reader struct{ buf []byte }

// ErrNotOrdinary is the error of what is no ordinary file.
var ErrNotOrdinary = errors.New("it is no ordinary file")

// leastBuffer is what most scripts fit into.
const leastBuffer = 8 << 10

// room gives at least so many bytes of memory, of which some may be in use.
func (r *Reader) room(n int64) []byte {
	if int64(len(r.buf)) < n {
		r.buf = append(make([]byte, 0, max(n, leastBuffer, 2*int64(len(r.buf)))), r.buf...)
		r.buf = r.buf[:cap(r.buf)]
	}
	return r.buf
}
