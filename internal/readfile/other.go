//go:build !unix

package readfile

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// File gives the content of a file, at most limit bytes of it. The bytes are good
// until the next one is read. A folder is an error of syscall.EISDIR.
func (r *Reader) File(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	}
	return r.all(f, limit)
}

// A Folder is one below which files are read, and no links.
type Folder struct{ root *os.Root }

// OpenFolder opens a folder that is open already, for reading files in it.
func OpenFolder(root *os.Root) (*Folder, error) { return &Folder{root}, nil }

// Close closes it.
func (f *Folder) Close() error { return nil }

// Read gives the content of an ordinary file below the folder, by its path with
// slashes from there, at most limit bytes of it.
func (f *Folder) Read(r *Reader, path string, limit int64) ([]byte, error) {
	file, err := f.root.Open(filepath.FromSlash(path))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, ErrNotOrdinary
	}
	return r.all(file, limit)
}

func (r *Reader) all(f *os.File, limit int64) ([]byte, error) {
	have := int64(0)
	for have < limit {
		buf := r.room(have + 1)
		n, err := f.Read(buf[have:min(int64(len(buf)), limit)])
		have += int64(n)
		switch {
		case err == io.EOF:
			return buf[:have], nil
		case err != nil:
			return nil, err
		}
	}
	return r.buf[:have], nil
}
