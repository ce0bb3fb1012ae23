package collect

import (
	"bytes"
	"cmp"
	"errors"
	"iter"
	"math"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/lms"
)

// The files of a class, by whose they are.

// An Index lists the files of a class by whose they are. A file takes its
// path and 24 bytes.
type Index struct {
	Naming Naming
	Left   []Left  // what nobody can tell whose or what it is; complete behind Found
	Seen   int     // what was added, also what was left out
	Rolls  []Entry // files that say whose the others are; for Enroll
	paths  []byte
	files  []slot
}

// A Left is what was left out for one reason.
type Left struct {
	What string
	grade.Names
}

// A slot is a file of an index; its id is a part of its path.
type slot struct {
	at           int64
	path         uint32
	length       uint16
	id, idLength uint16
	question     int16 // from 1; 0: none of them
	odd          Odd
}

// longestPath is the longest that an index takes; of a longer one it takes the
// beginning.
const (
	longestPath = 1<<16 - 1
	beginning   = 255
)

// Add takes a file. What platforms and systems put beside submissions is left
// out.
func (x *Index) Add(e Entry) error {
	if x.Naming.Rows == "" && junk(e.Path) {
		return nil
	}
	x.Seen++
	if x.Naming.Rows == "" && lms.IsRoll(e.Path) && e.Odd == Ordinary {
		x.Rolls = append(x.Rolls, e)
		return nil
	}
	if x.Naming.Rows == "" && x.Naming.Only == "" && aside(e.Path) {
		x.Leave("hidden files", e.Path)
		return nil
	}
	if len(e.Path) > longestPath {
		e.Path, e.Odd = strings.ToValidUTF8(e.Path[:beginning], ""), Long
	}
	f, ok := x.Naming.read(e)
	switch {
	case !ok && x.Naming.Rows != "":
		x.Leave(x.Naming.Rows+" whose ids are too long", grade.Shortened(e.Path))
		return nil
	case !ok:
		x.Leave("files whose names --id-regex does not match", e.Path)
		return nil
	case e.Odd == Long && f.idAt+len(f.id) == len(e.Path) && x.Naming.Only == "":
		x.Leave("files whose paths are too long to tell whose they are", grade.Shortened(e.Path))
		return nil
	}
	s := slot{at: e.At, length: uint16(len(e.Path)), id: uint16(f.idAt), idLength: uint16(len(f.id)), question: int16(f.question), odd: e.Odd}
	behind := ""
	if id := grade.NormalID(f.id); x.Naming.Rows == "" && (id != f.id || !strings.HasPrefix(e.Path[f.idAt:], id)) {
		s.id, s.idLength = s.length, uint16(min(len(id), longestPath))
		behind = id[:s.idLength]
	}
	if e.Odd.none() {
		return x.expect(s, e.Path, behind)
	}
	return x.keep(s, e.Path, behind)
}

// keep takes a file with its path, behind which an id may stand.
func (x *Index) keep(s slot, path, id string) error {
	if uint64(len(x.paths))+uint64(len(path)+len(id)) > math.MaxUint32 {
		return errors.New("the paths of all files are too long together")
	}
	s.path = uint32(len(x.paths))
	x.paths = append(append(x.paths, path...), id...)
	x.files = append(x.files, s)
	return nil
}

// Leave takes what nobody can tell whose it is.
func (x *Index) Leave(what, which string) {
	i, known := slices.BinarySearchFunc(x.Left, what, func(l Left, what string) int { return strings.Compare(l.What, what) })
	if !known {
		x.Left = slices.Insert(x.Left, i, Left{What: what})
	}
	x.Left[i].Add(which)
}

// Expect takes somebody of the roster, who is missing if no file is theirs.
func (x *Index) Expect(id string) error {
	if len(id) > longestPath {
		return nil
	}
	return x.expect(slot{length: uint16(len(id)), idLength: uint16(len(id)), odd: Absent}, id, "")
}

// expect keeps what is no file for every question.
func (x *Index) expect(s slot, path, id string) error {
	for question := range max(1, len(x.Naming.Questions)) {
		if s.question = int16(question); len(x.Naming.Questions) > 0 {
			s.question++
		}
		if err := x.keep(s, path, id); err != nil {
			return err
		}
	}
	return nil
}

// Unwrap leaves out the one folder in which an archive has everything, unless
// it is a student's.
func (x *Index) Unwrap() {
	if x.ordinary() <= max(1, len(x.Naming.Questions)) || x.Naming.Regexp != nil || x.Naming.Only != "" {
		return
	}
	folder, _, in := strings.Cut(x.pathOf(&x.files[0]), "/")
	folder += "/"
	for i := range x.files {
		if !in || !strings.HasPrefix(x.pathOf(&x.files[i]), folder) {
			return
		}
	}
	if _, named := lms.Folder(strings.TrimSuffix(folder, "/")); named {
		return
	}
	old := *x
	x.files, x.paths = nil, nil
	for i := range old.files {
		f := &old.files[i]
		if f.odd == Empty && old.pathOf(f) == folder+"*" {
			continue
		}
		_ = x.Add(Entry{Path: strings.TrimPrefix(old.pathOf(f), folder), Odd: f.odd, At: f.at}) // it was short enough
	}
}

// Enroll takes folders for those of their members: what a group handed in is each
// one's.
func (x *Index) Enroll(members map[string][]Person) error {
	old := *x
	x.Naming.Members, x.files, x.paths = members, nil, nil
	for i := range old.files {
		f := old.files[i]
		path := old.pathOf(&f)
		folder, _, _ := strings.Cut(path, "/")
		if len(members[folder]) == 0 {
			if err := x.keep(f, path, string(old.idOf(&f))); err != nil {
				return err
			}
			last := &x.files[len(x.files)-1]
			last.id = last.length
			continue
		}
		for _, m := range members[folder] {
			f.id, f.idLength = f.length, uint16(len(m.ID))
			if err := x.keep(f, path, m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// ordinary is how many files there are.
func (x *Index) ordinary() (n int) {
	for i := range x.files {
		if !x.files[i].odd.none() {
			n++
		}
	}
	return n
}

// Len is how many files there are, and how many of the roster.
func (x *Index) Len() int { return len(x.files) }

func (x *Index) pathOf(f *slot) string {
	return string(x.paths[f.path : f.path+uint32(f.length)])
}

func (x *Index) idOf(f *slot) []byte {
	if x.Naming.Only != "" {
		return nil
	}
	at := f.path + uint32(f.id)
	return x.paths[at : at+uint32(f.idLength)]
}

func (x *Index) compare(a, b slot) int {
	return cmp.Or(bytes.Compare(x.idOf(&a), x.idOf(&b)), cmp.Compare(a.question, b.question))
}

// order puts the files of one student and question together, in the order of
// their paths; what is no file stands behind them, the roster's word last.
func (x *Index) order(a, b slot) int {
	return cmp.Or(x.compare(a, b), cmp.Compare(max(a.odd, Long), max(b.odd, Long)), bytes.Compare(x.paths[a.path:a.path+uint32(a.length)], x.paths[b.path:b.path+uint32(b.length)]))
}

// Found gives the submissions, one for each student and question, in the
// order of ids. What is no submission is left out.
func (x *Index) Found() iter.Seq[Found] {
	slices.SortFunc(x.files, x.order)
	return func(yield func(Found) bool) {
		for i := 0; i < len(x.files); {
			j := i + 1
			for j < len(x.files) && x.compare(x.files[i], x.files[j]) == 0 {
				j++
			}
			if x.beside(x.files[i:j], x.files[j:]) {
				x.Leave("files that name none of the keys, beside files that do,", x.pathOf(&x.files[i]))
			} else if found, ok := x.choose(x.files[i:j]); ok && !yield(found) {
				return
			}
			i = j
		}
	}
}
