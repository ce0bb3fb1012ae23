//go:build unix

package readfile

import (
	"io/fs"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// File gives the content of a file, at most limit bytes of it. The bytes are good
// until the next one is read. A folder is an error of syscall.EISDIR.
func (r *Reader) File(name string, limit int64) ([]byte, error) {
	fd, err := openAt(unix.AT_FDCWD, name, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	defer unix.Close(fd)
	_, size, err := stat(fd)
	var text []byte
	if err == nil {
		text, err = r.all(fd, size, limit)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return text, nil
}

// A Folder is one below which files are read, and no links.
type Folder struct{ dir *os.File }

// OpenFolder opens a folder that is open already, for reading files in it.
func OpenFolder(root *os.Root) (*Folder, error) {
	dir, err := root.Open(".")
	return &Folder{dir}, err
}

// Close closes it.
func (f *Folder) Close() error { return f.dir.Close() }

// Read gives the content of an ordinary file below the folder, by its path with
// slashes from there, at most limit bytes of it. It follows no link and waits for
// nobody who might write.
func (f *Folder) Read(r *Reader, path string, limit int64) ([]byte, error) {
	fd, err := f.open(path)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer unix.Close(fd)
	ordinary, size, err := stat(fd)
	switch {
	case err != nil:
		return nil, &fs.PathError{Op: "stat", Path: path, Err: err}
	case !ordinary:
		return nil, ErrNotOrdinary
	}
	text, err := r.all(fd, size, limit)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: path, Err: err}
	}
	return text, nil
}

// open goes down a path, folder by folder.
func (f *Folder) open(path string) (int, error) {
	at := int(f.dir.Fd())
	for {
		first, rest, more := strings.Cut(path, "/")
		flags := unix.O_NOFOLLOW | unix.O_NONBLOCK
		if more {
			flags |= unix.O_DIRECTORY
		}
		fd, err := openAt(at, first, flags)
		if at != int(f.dir.Fd()) {
			unix.Close(at)
		}
		if err != nil || !more {
			return fd, err
		}
		at, path = fd, rest
	}
}

// openAt opens a file of a folder for reading.
func openAt(folder int, name string, flags int) (int, error) {
	for {
		fd, err := unix.Openat(folder, name, unix.O_RDONLY|unix.O_CLOEXEC|flags, 0)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

// stat is what an open file is, and how long.
func stat(fd int) (ordinary bool, size int64, err error) {
	var s unix.Stat_t
	for {
		if err = unix.Fstat(fd, &s); err != unix.EINTR {
			break
		}
	}
	ordinary = s.Mode&unix.S_IFMT == unix.S_IFREG
	if !ordinary {
		s.Size = 0
	}
	return ordinary, s.Size, err
}

// all reads an open file, which is probably so long.
func (r *Reader) all(fd int, size, limit int64) ([]byte, error) {
	have := int64(0)
	for have < limit {
		buf := r.room(min(max(size, have)+1, limit))
		n, err := unix.Read(fd, buf[have:min(int64(len(buf)), limit)])
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return nil, err
		}
		have += int64(n)
		if n == 0 || have == size {
			break
		}
	}
	return r.buf[:have], nil
}
