package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"cnnl/lang"
)

// standardInput is the FILE that stands for it.
const standardInput = "-"

// read gives the text of one FILE. It reads no more than the limit allows
// and one byte, so that the parser can tell of a script that is too long.
func (a *app) read(file string) (*lang.Source, error) {
	if file == standardInput {
		return a.readFrom("<stdin>", a.in)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fileError(file, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; cnnl check %s looks through all its scripts", file, file)
	}
	return a.readFrom(file, f)
}

func (a *app) readFrom(name string, r io.Reader) (*lang.Source, error) {
	limit := a.flags.limits.lang.Source
	if limit == 0 {
		limit = lang.DefaultSource
	}
	text, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, fileError(name, err)
	}
	return lang.NewSource(name, string(text)), nil
}

// fileError says in a sentence why a file cannot be read.
func fileError(file string, err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", file)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read", file)
	case errors.As(err, &path):
		return fmt.Errorf("cannot read %s: %w", file, path.Err)
	}
	return fmt.Errorf("cannot read %s: %w", file, err)
}
