package main

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// unread reports that nobody reads what is written any more.
func unread(err error) bool {
	return errors.Is(err, windows.ERROR_NO_DATA) || errors.Is(err, windows.ERROR_BROKEN_PIPE) || errors.Is(err, windows.ERROR_PIPE_NOT_CONNECTED)
}

// obeysEscapes asks a terminal to take escape sequences, which those of Windows
// do only for who asks, and the oldest never.
func obeysEscapes(terminal *os.File) bool {
	var mode uint32
	console := windows.Handle(terminal.Fd())
	return windows.GetConsoleMode(console, &mode) == nil &&
		windows.SetConsoleMode(console, mode|windows.ENABLE_PROCESSED_OUTPUT|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}

// stateFolder is where programs keep what they remember from run to run.
func stateFolder() (string, error) { return os.UserCacheDir() }
