package batch

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
)

// A spool keeps texts in a temporary file, which nobody else sees and which
// ends with the program.
type spool struct {
	file *os.File
	w    *bufio.Writer
	end  int64
}

func newSpool() (*spool, error) {
	file, err := os.CreateTemp("", "cnnl-*")
	if err != nil {
		return nil, TemporaryError{err}
	}
	_ = os.Remove(file.Name()) // what cannot be removed now is removed at the end
	return &spool{file: file, w: bufio.NewWriterSize(file, 1<<16)}, nil
}

// A TemporaryError tells why there is no temporary file.
type TemporaryError struct{ error }

func (e TemporaryError) Error() string {
	why := cause(e.error)
	if errors.Is(e.error, fs.ErrNotExist) {
		why = "there is no such folder"
	}
	return "cannot write a temporary file in " + os.TempDir() + ": " + why + "; the variable TMPDIR names another folder (on Windows TMP)"
}

// add writes a text, and gives where it stands.
func (s *spool) add(text []byte) (at int64, err error) {
	at = s.end
	var length [4]byte
	binary.BigEndian.PutUint32(length[:], uint32(len(text)))
	if _, err = s.w.Write(length[:]); err == nil {
		_, err = s.w.Write(text)
	}
	s.end += 4 + int64(len(text))
	if err != nil {
		err = TemporaryError{err}
	}
	return at, err
}

func (s *spool) flush() error { return s.w.Flush() }

// at gives the text that stands at a place.
func (s *spool) at(at int64) ([]byte, error) {
	var length [4]byte
	if _, err := s.file.ReadAt(length[:], at); err != nil {
		return nil, err
	}
	text := make([]byte, binary.BigEndian.Uint32(length[:]))
	_, err := s.file.ReadAt(text, at+4)
	return text, err
}

// all gives the texts in the order in which they were added.
func (s *spool) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err := s.flush(); err != nil {
			yield(nil, err)
			return
		}
		in := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, s.end), 1<<16)
		for at := int64(0); at < s.end; {
			var length [4]byte
			_, err := io.ReadFull(in, length[:])
			text := make([]byte, binary.BigEndian.Uint32(length[:]))
			if err == nil {
				_, err = io.ReadFull(in, text)
			}
			if !yield(text, err) || err != nil {
				return
			}
			at += 4 + int64(len(text))
		}
	}
}

func (s *spool) Close() error {
	_ = os.Remove(s.file.Name())
	return s.file.Close()
}
