//go:build unix

package batch

import (
	"os"
	"syscall"
)

// Lock keeps others from locking a file until it is closed; an error: somebody
// has locked it.
func Lock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
