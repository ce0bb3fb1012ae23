package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"cnnl/grade/batch"
)

// A writer writes files whole: through a temporary one beside each, so that a
// file is as it was or as it shall be. What a run that was killed left of that is
// cleared away by the next one that writes into the folder.
type writer struct{ cleared map[string]bool }

// write writes one file. One that exists keeps its permissions.
func (w *writer) write(file string, text []byte) error {
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(file); err == nil {
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is no ordinary file", file)
		}
		mode = info.Mode().Perm()
		if real, err := filepath.EvalSymlinks(file); err == nil {
			file = real
		}
	}
	w.clear(filepath.Dir(file))
	temporary := fmt.Sprintf("%s.cnnl-%d.tmp", file, os.Getpid())
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return writeError(file, err)
	}
	_ = batch.Lock(f) // nobody else has it
	_, err = f.Write(text)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary, file)
	}
	if err != nil {
		os.Remove(temporary)
		return writeError(file, err)
	}
	return nil
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
