//go:build !unix

package main

import (
	"os"
	"time"
)

// peak is not known here.
func peak(*os.ProcessState) int64 { return 0 }

var begun = time.Now()

// ownTime is the time on the clock, where the processor's is not known.
func ownTime() time.Duration { return time.Since(begun) }
