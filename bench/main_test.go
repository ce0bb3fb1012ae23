package main

import (
	"io"
	"regexp"
	"testing"
)

// TestBench: everything is measured, of little.
func TestBench(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds two programs")
	}
	t.Chdir("..")
	if err := measure(io.Discard, 100, 1, regexp.MustCompile("start|class|long|rows|tree|prompt")); err != nil {
		t.Error(err)
	}
}
