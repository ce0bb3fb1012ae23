package batch

import (
	"os"

	"golang.org/x/sys/windows"
)

// Lock keeps others from locking a file until it is closed; an error: somebody
// has locked it. What is locked on Windows nobody else can read: so it is one
// byte that lies behind the end of any journal.
func Lock(file *os.File) error {
	const exclusiveOrFail = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	far := windows.Overlapped{OffsetHigh: 1 << 30}
	return windows.LockFileEx(windows.Handle(file.Fd()), exclusiveOrFail, 0, 1, 0, &far)
}
