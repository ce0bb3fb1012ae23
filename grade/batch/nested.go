package batch

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"cnnl/grade/collect"
	"cnnl/grade/course"
)

// Archives that students hand in are looked into, some deep, as the archive of
// the class is: nothing is unpacked to a disk. What is read of one submission for
// that is counted.

const (
	deepestNested = 3
	mostNested    = 64 << 20 // bytes of all archives inside of one submission
	mostInside    = 10_000   // entries of them
)

// A nest knows where the entries of archives inside stand.
type nest struct{ places []nested }

// A nested entry is one of an archive inside: what a source opens, and the number
// of the entry in each archive on the way.
type nested struct {
	path  string // of the outermost archive
	at    int64
	chain []int32
}

// isArchive reports a name as archives inside have.
func isArchive(name string) bool { return strings.EqualFold(path.Ext(name), ".zip") }

// A looking is one look into an archive that was handed in.
type looking struct {
	nest    *nest
	index   *collect.Index
	outer   collect.Entry
	bytes   int64 // that may still be read
	entries int
	found   int
}

// list adds the entries of an archive that was handed in; if there is none that
// can be read, the archive itself, of which is told what it is.
func (n *nest) list(x *collect.Index, outer collect.Entry, in io.ReaderAt, size int64) error {
	l := &looking{nest: n, index: x, outer: outer, bytes: mostNested - size, entries: mostInside}
	if l.bytes >= 0 {
		if err := l.archive(outer.Path, nil, in, size); err != nil {
			return err
		}
	}
	if l.found == 0 {
		return x.Add(outer)
	}
	return nil
}

func (l *looking) archive(name string, chain []int32, in io.ReaderAt, size int64) error {
	r, err := zip.NewReader(in, size)
	if err != nil || len(r.File) > l.entries {
		return l.add(collect.Entry{Path: name, Odd: l.outer.Odd}, chain)
	}
	l.entries -= len(r.File)
	for i, f := range r.File {
		inside := inArchive(f.Name)
		if inside == "" || f.Mode().IsDir() {
			continue
		}
		way := append(chain[:len(chain):len(chain)], int32(i))
		inside = name + "/" + inside
		if raw, ok := l.inner(f, len(way)); ok {
			err = l.archive(inside, way, bytes.NewReader(raw), int64(len(raw)))
		} else {
			err = l.add(collect.Entry{Path: inside, Odd: oddity(f.Mode().Type())}, way)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inner reads an archive in an archive, as far as there are bytes left for it.
func (l *looking) inner(f *zip.File, depth int) (raw []byte, ok bool) {
	if !isArchive(f.Name) || depth >= deepestNested || f.Mode().Type() != 0 {
		return nil, false
	}
	raw, err := unzipped(f, l.bytes+1)
	l.bytes -= int64(len(raw))
	return raw, err == nil && l.bytes >= 0
}

func unzipped(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, most))
}

func (l *looking) add(e collect.Entry, chain []int32) error {
	if len(chain) == 0 {
		return nil // the outermost, which list adds
	}
	l.found++
	l.nest.places = append(l.nest.places, nested{l.outer.Path, l.outer.At, chain})
	e.At = -1 - int64(len(l.nest.places))
	return l.index.Add(e)
}

// place is that of an entry in an archive inside.
func (n *nest) place(found collect.Found) (p nested, ok bool) {
	i := -2 - found.At
	if i < 0 || i >= int64(len(n.places)) {
		return p, false
	}
	return n.places[i], true
}

// read reads an entry of an archive that was opened again.
func (p nested) read(found collect.Found, opts Options, in io.ReaderAt, size int64) course.Handed {
	left := int64(mostNested)
	for depth, number := range p.chain {
		r, err := zip.NewReader(in, size)
		if err != nil || int(number) >= len(r.File) {
			return course.Handed{Why: "it cannot be read: the archive is not as it was"}
		}
		f := r.File[number]
		if depth == len(p.chain)-1 {
			return readZipped(f, found, opts)
		}
		raw, err := unzipped(f, left)
		if err != nil {
			return course.Handed{Why: fmt.Sprintf("it cannot be read: %v", err)}
		}
		left -= int64(len(raw))
		in, size = bytes.NewReader(raw), int64(len(raw))
	}
	return course.Handed{Why: "it cannot be read"}
}

func readZipped(f *zip.File, found collect.Found, opts Options) course.Handed {
	r, err := f.Open()
	if err != nil {
		return course.Handed{Why: "it cannot be read: " + err.Error()}
	}
	defer r.Close()
	return opts.script(found, r)
}
