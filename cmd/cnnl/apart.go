package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// What a run reads and what it writes are kept apart: no output goes over what
// is read, no two go to one file, and none into a folder that is graded, where
// the next run would take it for a submission.

// A traffic is the files of a run; "" is none.
type traffic struct {
	read, written []string
	graded        string // a folder
}

// check refuses outputs that would cost something, before any work is done.
func (t traffic) check() error {
	for i, file := range t.written {
		if file == "" {
			continue
		}
		if err := t.checkOne(file); err != nil {
			return err
		}
		for _, other := range t.written[:i] {
			if sameFile(file, other) {
				return twice(other, file)
			}
		}
	}
	return nil
}

func (t traffic) checkOne(file string) error {
	if slices.ContainsFunc(t.read, func(from string) bool { return sameFile(from, file) }) {
		return fmt.Errorf("%s is read in this run, and so cannot be written; choose another file", file)
	}
	if t.graded != "" && within(place(file), t.graded) {
		return fmt.Errorf("%s would lie among the submissions in %s, and the next run could take it for one; choose another folder", file, t.graded)
	}
	if strings.EqualFold(filepath.Ext(place(file)), scriptEnding) {
		return fmt.Errorf("%s is called like a script, and reports are none; choose another name", file)
	}
	return nil
}

func twice(one, other string) error {
	if one == other {
		return fmt.Errorf("two outputs go to %s; give each a file of its own", one)
	}
	return fmt.Errorf("%s and %s are one file, and two outputs go there; give each a file of its own", one, other)
}

// hasFolder refuses a file for which there is no folder.
func hasFolder(file string) error {
	if _, err := os.Stat(filepath.Dir(place(file))); errors.Is(err, fs.ErrNotExist) {
		return noFolder(file)
	}
	return nil
}

// sameFile reports two names of one file, which need not exist.
func sameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	one, err := os.Stat(a)
	other, otherErr := os.Stat(b)
	if err == nil && otherErr == nil {
		return os.SameFile(one, other)
	}
	return sameName(place(a), place(b))
}

// sameName compares paths as the system does.
func sameName(a, b string) bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return strings.EqualFold(a, b)
	}
	return a == b
}

// mostLinks is how many links in a row are followed.
const mostLinks = 40

// place is where a file is, or would be: links followed, also one that leads to
// nothing yet.
func place(file string) string {
	full, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	for range mostLinks {
		folder := filepath.Dir(full)
		if real, err := filepath.EvalSymlinks(folder); err == nil {
			folder = real
		}
		full = filepath.Join(folder, filepath.Base(full))
		target, err := os.Readlink(full)
		if err != nil {
			return full
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(folder, target)
		}
		full = target
	}
	return full
}

// within reports a place in a folder, or the folder itself.
func within(file, folder string) bool {
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return false
	}
	for ; ; file = filepath.Dir(file) {
		if other, err := os.Stat(file); err == nil && os.SameFile(info, other) {
			return true
		}
		if filepath.Dir(file) == file {
			return false
		}
	}
}
