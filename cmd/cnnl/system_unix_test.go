//go:build unix

package main

import (
	"os"
	"syscall"
	"time"
)

// makePipe makes a file that nobody writes to and whose reader waits for ever.
func makePipe(name string) error { return syscall.Mkfifo(name, 0o600) }

// spent is what a process that ended took: time of processors, and bytes of memory.
func spent(p *os.ProcessState) (cpu time.Duration, peak int64) {
	use := p.SysUsage().(*syscall.Rusage)
	return p.UserTime() + p.SystemTime(), int64(use.Maxrss) << 10
}
