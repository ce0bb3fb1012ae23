//go:build !windows

package main

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// unread reports that nobody reads what is written any more.
func unread(err error) bool { return errors.Is(err, syscall.EPIPE) }

// obeysEscapes reports a terminal that takes escape sequences: all do.
func obeysEscapes(*os.File) bool { return true }

// stateFolder is where programs keep what they remember from run to run.
func stateFolder() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state"), err
}
