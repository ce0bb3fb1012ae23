package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"cnnl/examples/zoo"
	"cnnl/grade/batch"
	"cnnl/lang"
)

// standardInput is the FILE that stands for it.
const standardInput = "-"

// read gives the text of one FILE. It reads no more than the limit allows
// and one byte, so that the parser can tell of a script that is too long. The
// script is called by its path with slashes, so that messages are the same on
// every system.
func (a *app) read(file string) (*lang.Source, error) {
	if file == standardInput {
		return a.readFrom("<stdin>", a.in)
	}
	text, err := a.reader.File(file, int64(a.flags.longestLine()))
	slashed := filepath.ToSlash(file)
	if name, ok := strings.CutPrefix(slashed, zooPrefix); ok && errors.Is(err, fs.ErrNotExist) {
		if text, known := zoo.Text(name); known {
			return lang.NewSource(slashed, text), nil
		}
		return nil, noModel(name)
	}
	switch {
	case errors.Is(err, syscall.EISDIR):
		return nil, fmt.Errorf("%s is a folder; cnnl check %s looks through all its scripts", file, file)
	case err != nil:
		return nil, fileError(file, err)
	}
	return lang.NewSource(slashed, string(text)), nil
}

func (a *app) readFrom(name string, r io.Reader) (*lang.Source, error) {
	text, err := a.flags.readText(r)
	if err != nil {
		return nil, fileError(name, err)
	}
	return lang.NewSource(name, text), nil
}

func (f *flags) readText(r io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, int64(f.longestLine())))
	return string(text), err
}

// longestLine is how much of a line is kept: one byte more than a script may
// have, so that the parser can tell of it.
func (f *flags) longestLine() int {
	if f.limits.lang.Source > 0 {
		return f.limits.lang.Source + 1
	}
	return lang.DefaultSource + 1
}

// opener reads the files that a script uses: ordinary files in the script's
// own folder, or below it. No link leads out of it, and nothing blocks.
func (f *flags) opener(script string) func(path string) (string, error) {
	return func(path string) (string, error) {
		root, err := os.OpenRoot(filepath.Dir(script))
		if err != nil {
			return "", fileError(filepath.Dir(script), err)
		}
		defer root.Close()
		file, err := root.OpenFile(filepath.FromSlash(path), os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return "", fileError(path, err)
		}
		defer file.Close()
		if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
			return "", fmt.Errorf("%s is no ordinary file", path)
		}
		return f.readText(file)
	}
}

// mostTable is how many bytes a table may have that is kept whole: more than a
// class of a million.
const mostTable = 64 << 20

// openTable opens a table that is kept whole, such as a roster.
func openTable(file string) (io.ReadCloser, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fileError(file, err)
	}
	return &bounded{f, io.LimitedReader{R: f, N: mostTable}}, nil
}

// A bounded file refuses to be larger than a table may be.
type bounded struct {
	io.Closer
	in io.LimitedReader
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.in.N <= 0 {
		return 0, fmt.Errorf("it is larger than %d MiB", mostTable>>20)
	}
	return b.in.Read(p)
}

// fileError says in a sentence why a file cannot be read.
func fileError(file string, err error) error {
	var path *fs.PathError
	var temporary batch.TemporaryError
	switch {
	case errors.As(err, &temporary):
		return temporary
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", file)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read", file)
	case strings.Contains(err.Error(), "escapes"):
		return fmt.Errorf("%s leads out of the script's folder", file)
	case errors.As(err, &path):
		return fmt.Errorf("cannot read %s: %w", file, path.Err)
	}
	return fmt.Errorf("cannot read %s: %w", file, err)
}
