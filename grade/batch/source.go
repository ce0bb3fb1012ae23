// Package batch is what of a class is in files: submissions in folders, archives,
// tables and lines, the journal that lets a run go on that was stopped, and the
// records that wait for reports. It is the only room below cmd/cnnl that opens
// files.
//
// What is read here is hostile: no link is followed, no archive is unpacked, and
// of every content only so much is read as a script may have. Whose a file is
// grade/collect finds out, grading and counting is grade/course's. To add a kind
// of source, write a course.Source and let Open tell its files.
package batch

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/grade/course"
	"cnnl/internal/readfile"
	"cnnl/lang"
)

// Options are how sources are read.
type Options struct {
	Limit int      // bytes that a script may have; 0: as usual
	Skip  []string // files that are no submissions, as the key
	// Table reads a table of answers.
	Table func(io.ReadSeeker) (*grade.Table, error)
	// Input is standard input.
	Input io.Reader
}

// Open finds out what a path is: a folder, an archive, a table, lines, or one
// script.
func Open(name string, opts Options) (course.Source, error) {
	if name == "-" {
		return oneFile(name, opts)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	lower := strings.ToLower(name)
	switch {
	case info.IsDir():
		return openFolder(name, opts)
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no folder and no ordinary file")
	case strings.HasSuffix(lower, ".zip"):
		return openZip(name, opts)
	case strings.HasSuffix(lower, ".tar"), strings.HasSuffix(lower, ".tar.gz"), strings.HasSuffix(lower, ".tgz"):
		return openTar(name, opts)
	case strings.HasSuffix(lower, ".csv"), strings.HasSuffix(lower, ".tsv"):
		return openTable(name, opts)
	case strings.HasSuffix(lower, ".jsonl"):
		return openLines(name, opts)
	}
	return oneFile(name, opts)
}

// most is how many bytes of a file are read: more than any script may have,
// even in UTF-16 or as a page.
func (o Options) most() int64 {
	if o.Limit > 0 {
		return 4*int64(o.Limit) + 1024
	}
	return 4*lang.DefaultSource + 1024
}

// script makes a submission of a file's content.
func (o Options) script(f collect.Found, r io.Reader) course.Handed {
	raw, err := io.ReadAll(io.LimitReader(r, o.most()))
	if err != nil {
		return course.Handed{Why: "it cannot be read: " + cause(err)}
	}
	return handed(f, raw, int64(len(raw)) < o.most())
}

// handed makes a submission of a content; of what is too long the rest is not
// known, and so it has no hash.
func handed(f collect.Found, raw []byte, whole bool) (h course.Handed) {
	if whole {
		h.SHA256 = hash(raw)
	}
	if h.Document = document(raw); h.Document != "" {
		h.Why = "it is " + h.Document + ", no plain text"
		return h
	}
	h.Text, h.Notes = decode(raw, f.Typed)
	return h
}

func hash(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// cause is an error without the path that it is about.
func cause(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is gone"
	case errors.Is(err, fs.ErrPermission):
		return "its permissions forbid it"
	}
	return err.Error()
}

// A folder reads files below a folder. It reads no links, and opens ordinary
// files only; a file that a link takes the place of while it reads leads at
// most to another one of the folder.
type folder struct {
	root    *os.Root
	files   *readfile.Folder
	readers sync.Pool // of *readfile.Reader
	opts    Options
	skip    map[string][]fs.FileInfo // files left out, by their paths in lower case
	nest    nest
}

func openFolder(name string, opts Options) (course.Source, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	files, err := readfile.OpenFolder(root)
	if err != nil {
		root.Close()
		return nil, err
	}
	f := &folder{root: root, files: files, opts: opts, skip: map[string][]fs.FileInfo{}}
	f.readers.New = func() any { return new(readfile.Reader) }
	base, _ := filepath.Abs(name)
	if real, err := filepath.EvalSymlinks(base); err == nil {
		base = real
	}
	for _, s := range opts.Skip {
		f.leaveOut(base, s)
	}
	return f, nil
}

// leaveOut passes over a file, whether or not it is written with the capitals
// that it has: there are systems that do not mind.
func (f *folder) leaveOut(base, name string) {
	info, err := os.Lstat(name)
	if err != nil {
		return // there is none to be found
	}
	name, _ = filepath.Abs(name)
	if real, err := filepath.EvalSymlinks(filepath.Dir(name)); err == nil {
		name = filepath.Join(real, filepath.Base(name))
	}
	if rel, err := filepath.Rel(base, name); err == nil {
		lower := strings.ToLower(filepath.ToSlash(rel))
		f.skip[lower] = append(f.skip[lower], info)
	}
}

// leavesOut reports a file that is passed over.
func (f *folder) leavesOut(name string) bool {
	alike := f.skip[strings.ToLower(name)]
	if len(alike) == 0 {
		return false
	}
	info, err := f.root.Lstat(name) // some systems list files without what tells them apart
	return err == nil && slices.ContainsFunc(alike, func(left fs.FileInfo) bool { return os.SameFile(left, info) })
}

func (f *folder) List(x *collect.Index) error {
	d, err := f.root.Open(".")
	if err != nil {
		return err
	}
	return f.list(x, d, ".", 0)
}

// list adds what is in an open folder.
func (f *folder) list(x *collect.Index, d *os.File, dir string, depth int) error {
	defer d.Close()
	for {
		entries, err := d.ReadDir(1000)
		for _, e := range entries {
			if err := f.add(x, e, path.Join(dir, e.Name()), depth); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF || len(entries) == 0 && err == nil:
			return nil
		case err != nil && depth > 0:
			return x.Add(collect.Entry{Path: dir + "/*", Odd: collect.Locked})
		case err != nil:
			return err
		}
	}
}

func (f *folder) add(x *collect.Index, e fs.DirEntry, name string, depth int) error {
	switch {
	case f.leavesOut(name):
		return nil
	case e.IsDir() && !isScript(name):
		return f.addFolder(x, name, depth)
	}
	entry := collect.Entry{Path: name, Odd: oddity(e.Type())}
	if isArchive(name) && entry.Odd == collect.Ordinary {
		if file, size, err := f.open(name); err == nil {
			defer file.Close()
			return f.nest.list(x, entry, file, size)
		}
	}
	return x.Add(entry)
}

// open opens an ordinary file.
func (f *folder) open(name string) (file *os.File, size int64, err error) {
	if file, err = f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0); err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = readfile.ErrNotOrdinary
	}
	if err != nil {
		file.Close() // it was only to be read
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// addFolder adds a folder inside. Whatever is wrong with it is wrong with one
// submission only. One that has nothing in it is somebody's who handed nothing
// in.
func (f *folder) addFolder(x *collect.Index, name string, depth int) error {
	if depth == collect.Deepest {
		return x.Add(collect.Entry{Path: name + "/*", Odd: collect.Deep})
	}
	d, err := f.root.Open(name)
	if err != nil {
		return x.Add(collect.Entry{Path: name + "/*", Odd: collect.Locked})
	}
	seen := x.Seen
	if err := f.list(x, d, name, depth+1); err != nil || depth > 0 || x.Seen > seen {
		return err
	}
	return x.Add(collect.Entry{Path: name + "/*", Odd: collect.Empty})
}

// isScript reports a name as scripts have: such a folder is none to look into.
func isScript(name string) bool { return strings.EqualFold(path.Ext(name), ".cnnl") }

func oddity(mode fs.FileMode) collect.Odd {
	switch {
	case mode&fs.ModeSymlink != 0:
		return collect.Link
	case mode.IsDir():
		return collect.Folder
	case !mode.IsRegular():
		return collect.Device
	}
	return collect.Ordinary
}

func (f *folder) Read(found collect.Found) course.Handed {
	if p, inside := f.nest.place(found); inside {
		return f.readNested(p, found)
	}
	r := f.readers.Get().(*readfile.Reader)
	defer f.readers.Put(r)
	raw, err := f.files.Read(r, found.Path, f.opts.most())
	switch {
	case err == readfile.ErrNotOrdinary:
		return course.Handed{Why: err.Error()}
	case err != nil:
		return course.Handed{Why: "it cannot be read: " + cause(err)}
	}
	return handed(found, raw, int64(len(raw)) < f.opts.most())
}

// readNested reads a file of an archive that lies in the folder.
func (f *folder) readNested(p nested, found collect.Found) course.Handed {
	file, size, err := f.open(p.path)
	if err != nil {
		return course.Handed{Why: "it cannot be read: " + cause(err)}
	}
	defer file.Close()
	return p.read(found, f.opts, file, size)
}

func (f *folder) Close() error {
	f.files.Close()
	return f.root.Close()
}

// A single is one script.
type single struct {
	name string
	raw  []byte
	all  bool
}

func oneFile(name string, opts Options) (course.Source, error) {
	in := opts.Input
	base := "stdin.cnnl"
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in, base = file, filepath.Base(name)
	}
	raw, err := io.ReadAll(io.LimitReader(in, opts.most()))
	switch {
	case err != nil:
		return nil, err
	case isJSON(raw) && name == "-":
		return nil, errors.New("it holds JSON, and no script; --jsonl reads a submission or a record a line")
	case isJSON(raw):
		return nil, errors.New("it holds JSON, and no script; submissions and records, one a line, are read from a file whose name ends in .jsonl")
	}
	return &single{base, raw, int64(len(raw)) < opts.most()}, nil
}

// isJSON reports a content that begins with an object.
func isJSON(raw []byte) bool {
	var object map[string]any
	return json.NewDecoder(bytes.NewReader(raw)).Decode(&object) == nil
}

func (s *single) List(x *collect.Index) error { return x.Add(collect.Entry{Path: s.name}) }
func (s *single) Read(found collect.Found) course.Handed {
	return handed(found, bytes.Clone(s.raw), s.all)
}
func (s *single) Close() error { return nil }
