package batch

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"cnnl/grade/collect"
	"cnnl/grade/course"
)

// Archives are never unpacked: names are only names, and contents are read up
// to what a script may have.

// mostEntries and mostUnpacked bound an archive.
const (
	mostEntries  = 5_000_000
	mostUnpacked = 64 << 30
)

// inArchive is a path as an archive has it, without ways out of it.
func inArchive(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// addFolder takes a folder that may be a student's, also below one that has
// everything, for empty; where it is not, what is in it counts.
func addFolder(x *collect.Index, name string) error {
	if name == "" || strings.Count(name, "/") > 1 {
		return nil
	}
	return x.Add(collect.Entry{Path: name + "/*", Odd: collect.Empty})
}

type zipped struct {
	reader *zip.ReadCloser
	opts   Options
	nest   nest
}

func openZip(name string, opts Options) (course.Source, error) {
	r, err := zip.OpenReader(name)
	if err != nil && beginsZip(name) {
		return nil, errors.New("the archive is cut off: the list of its files, which stands at its end, is missing or damaged; export it again")
	} else if err != nil {
		return nil, fmt.Errorf("it is no archive: %w", err)
	}
	return &zipped{reader: r, opts: opts}, nil
}

// beginsZip reports a file that begins as zip archives do.
func beginsZip(name string) bool {
	file, err := os.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	var begins [4]byte
	_, err = io.ReadFull(file, begins[:])
	return err == nil && string(begins[:]) == "PK\x03\x04"
}

func (z *zipped) List(x *collect.Index) error {
	if len(z.reader.File) > mostEntries {
		return fmt.Errorf("the archive has more than %d entries", mostEntries)
	}
	for i, f := range z.reader.File {
		name := inArchive(f.Name)
		if f.Mode().IsDir() && !isScript(name) {
			if err := addFolder(x, name); err != nil {
				return err
			}
			continue
		}
		if err := z.add(x, f, collect.Entry{Path: name, Odd: oddity(f.Mode().Type()), At: int64(i)}); err != nil {
			return err
		}
	}
	x.Unwrap()
	return nil
}

// add takes one entry, or those of an archive that somebody handed in.
func (z *zipped) add(x *collect.Index, f *zip.File, e collect.Entry) error {
	if isArchive(e.Path) && e.Odd == collect.Ordinary {
		if raw, err := unzipped(f, mostNested+1); err == nil {
			return z.nest.list(x, e, bytes.NewReader(raw), int64(len(raw)))
		}
	}
	return x.Add(e)
}

func (z *zipped) Read(found collect.Found) course.Handed {
	p, inside := z.nest.place(found)
	if !inside {
		return readZipped(z.reader.File[found.At], found, z.opts)
	}
	raw, err := unzipped(z.reader.File[p.at], mostNested)
	if err != nil {
		return course.Handed{Why: "it cannot be read: " + err.Error()}
	}
	return p.read(found, z.opts, bytes.NewReader(raw), int64(len(raw)))
}

func (z *zipped) Close() error { return z.reader.Close() }

// A tarred archive can only be read from its beginning to its end: its scripts
// go to a file of its own.
type tarred struct {
	name  string
	opts  Options
	spool *spool
	nest  nest
}

func openTar(name string, opts Options) (course.Source, error) {
	s, err := newSpool()
	if err != nil {
		return nil, err
	}
	return &tarred{name: name, opts: opts, spool: s}, nil
}

func (t *tarred) List(x *collect.Index) error {
	file, err := os.Open(t.name)
	if err != nil {
		return err
	}
	defer file.Close()
	var in io.Reader = file
	if !strings.HasSuffix(strings.ToLower(t.name), ".tar") {
		if in, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("it is no archive: %w", err)
		}
	}
	all := &ended{in: &io.LimitedReader{R: in, N: mostUnpacked}}
	entries := tar.NewReader(all)
	for n := 0; ; n++ {
		all.zeros = 0
		h, err := entries.Next()
		switch {
		case err == io.EOF:
			x.Unwrap()
			return errors.Join(all.whole(), t.spool.flush())
		case all.in.N <= 0 || n > mostEntries:
			return fmt.Errorf("it holds more than %d entries or %d GiB", mostEntries, mostUnpacked>>30)
		case err != nil:
			return fmt.Errorf("the archive is damaged: %w", err)
		}
		err = t.take(x, h, entries)
		if err == nil {
			_, err = io.Copy(io.Discard, entries)
		}
		if err != nil {
			return err
		}
	}
}

// An ended archive tells whether it has its end: a tar may be cut between two
// entries, and what is left is one too but for the zeros behind the last.
type ended struct {
	in    *io.LimitedReader
	zeros int // how many were read last
}

func (e *ended) Read(p []byte) (n int, err error) {
	n, err = e.in.Read(p)
	rest := len(bytes.TrimRight(p[:n], "\x00"))
	if rest > 0 {
		e.zeros = 0
	}
	e.zeros += n - rest
	return n, err
}

// block is what a tar is made of; one of zeros at least marks its end.
const block = 512

// whole reads on behind the last entry: there is the mark, and nothing else. The
// padding of the entry before is shorter than a block.
func (e *ended) whole() error {
	if e.zeros < block {
		return errors.New("the archive is cut off: the mark of its end is missing; export it again")
	}
	e.zeros = 0
	switch n, err := io.Copy(io.Discard, e); {
	case errors.Is(err, gzip.ErrHeader): // some systems fill up with zeros what they have packed
	case err != nil:
		return fmt.Errorf("the archive is damaged: %w", err)
	case n > int64(e.zeros):
		return errors.New("the archive goes on behind its end, as several do that were put into one file; hand them over one by one")
	}
	return nil
}

// take spools one entry.
func (t *tarred) take(x *collect.Index, h *tar.Header, r io.Reader) error {
	name := inArchive(h.Name)
	e := collect.Entry{Path: name, Odd: oddity(h.FileInfo().Mode().Type()), At: -1}
	switch {
	case h.Typeflag == tar.TypeLink:
		e.Odd = collect.Link
	case e.Odd == collect.Folder && !isScript(name):
		return addFolder(x, name)
	case e.Odd == collect.Ordinary:
		most := t.opts.most()
		if isArchive(name) {
			most = mostNested + 1
		}
		raw, err := io.ReadAll(io.LimitReader(r, most))
		if err != nil {
			return fmt.Errorf("the archive is damaged: %w", err)
		}
		if e.At, err = t.spool.add(raw); err != nil {
			return err
		}
		if isArchive(name) {
			return t.nest.list(x, e, bytes.NewReader(raw), int64(len(raw)))
		}
	}
	return x.Add(e)
}

func (t *tarred) Read(found collect.Found) course.Handed {
	p, inside := t.nest.place(found)
	if !inside {
		p.at = found.At
	}
	raw, err := t.spool.at(p.at)
	if err != nil {
		return course.Handed{Why: "it cannot be read: " + cause(err)}
	}
	if inside {
		return p.read(found, t.opts, bytes.NewReader(raw), int64(len(raw)))
	}
	return handed(found, raw, int64(len(raw)) < t.opts.most())
}

func (t *tarred) Close() error { return t.spool.Close() }
