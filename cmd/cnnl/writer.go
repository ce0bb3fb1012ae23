package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"cnnl/grade/batch"
)

// A writer writes files whole: through a temporary one beside each, so that a
// file is as it was or as it shall be. What a run that was killed left of that is
// cleared away by the next one that writes into the folder.
type writer struct {
	cleared map[string]bool
	begun   []*newFile
}

// write writes one file. One that exists keeps its permissions.
func (w *writer) write(file string, text []byte) error {
	f := w.begin(file)
	if _, err := f.Write(text); err != nil {
		return err
	}
	return f.keep()
}

// A newFile is what a file shall be, while it is written. It is opened when the first
// of it is there, so that a run that fails before leaves nothing.
type newFile struct {
	writer *writer
	name   string // as it was asked for
	file   string // the one that this is, without links
	f      *os.File
	out    *bufio.Writer
}

func (w *writer) begin(file string) *newFile { return &newFile{writer: w, name: file, file: file} }

// Write takes a part of the file.
func (n *newFile) Write(text []byte) (int, error) {
	if err := n.open(); err != nil {
		return 0, err
	}
	count, err := n.out.Write(text)
	if err != nil {
		err = writeError(n.name, err)
	}
	return count, err
}

func (n *newFile) open() error {
	if n.f != nil {
		return nil
	}
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(n.name); err == nil {
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is no ordinary file", n.name)
		}
		mode = info.Mode().Perm()
		if real, err := filepath.EvalSymlinks(n.name); err == nil {
			n.file = real
		}
	}
	n.writer.clear(filepath.Dir(n.file))
	f, err := os.OpenFile(n.temporary(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return writeError(n.name, err)
	}
	_ = batch.Lock(f) // nobody else has it
	n.f, n.out = f, bufio.NewWriterSize(f, 1<<16)
	n.writer.begun = append(n.writer.begun, n)
	return nil
}

func (n *newFile) temporary() string { return fmt.Sprintf("%s.cnnl-%d.tmp", n.file, os.Getpid()) }

// keep puts what has been written in the file's place.
func (n *newFile) keep() error {
	if err := n.open(); err != nil { // nothing was written: it is empty
		return err
	}
	n.writer.begun = slices.DeleteFunc(n.writer.begun, func(other *newFile) bool { return other == n })
	err := n.out.Flush()
	if closing := n.f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(n.temporary(), n.file)
	}
	if err != nil {
		os.Remove(n.temporary())
		return writeError(n.name, err)
	}
	return nil
}

// abandon removes what has been begun and not kept.
func (w *writer) abandon() {
	for _, n := range w.begun {
		n.f.Close() // it is given up
		os.Remove(n.temporary())
	}
	w.begun = nil
}

var isTemporary = `\.cnnl-\d+\.tmp$`

// clear removes temporary files that nobody has locked, once in each folder.
func (w *writer) clear(folder string) {
	if w.cleared[folder] {
		return
	}
	if w.cleared == nil {
		w.cleared = map[string]bool{}
	}
	w.cleared[folder] = true
	entries, _ := os.ReadDir(folder) // there is nothing to clear where nothing is listed
	name := regexp.MustCompile(isTemporary)
	for _, e := range entries {
		if e.Type().IsRegular() && name.MatchString(e.Name()) {
			clearKilled(filepath.Join(folder, e.Name()))
		}
	}
}

// clearKilled removes a temporary file whose run is gone.
func clearKilled(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	free := batch.Lock(f) == nil
	f.Close() // it was only read
	if free {
		os.Remove(name)
	}
}

func writeError(file string, err error) error {
	var path *fs.PathError
	var rename *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &rename):
		err = rename.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return noFolder(file)
	}
	return fmt.Errorf("cannot write %s: %w", file, err)
}

func noFolder(file string) error {
	return fmt.Errorf("cannot write %s: there is no folder %s", file, filepath.Dir(file))
}
