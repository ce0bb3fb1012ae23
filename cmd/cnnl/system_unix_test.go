//go:build unix

package main

import "syscall"

// makePipe makes a file that nobody writes to and whose reader waits for ever.
func makePipe(name string) error { return syscall.Mkfifo(name, 0o600) }
