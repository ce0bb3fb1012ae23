//go:build unix

package batch

import (
	"os"
	"syscall"
)

// lock keeps others from locking a file until it is closed; an error: somebody
// has locked it.
func lock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
