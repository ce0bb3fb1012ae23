package grade

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// The files of a class, by whose they are.

// An Index lists the files of a class by whose they are. A file takes its
// path and 24 bytes.
type Index struct {
	Naming Naming
	Left   []Left // what nobody can tell whose or what it is; complete behind Found
	Seen   int    // what was added, also what was left out
	paths  []byte
	files  []slot
}

// A Left is what was left out for one reason.
type Left struct {
	What string
	Names
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
	if x.Naming.Rows == "" && hidden(e.Path) {
		return nil
	}
	x.Seen++
	if len(e.Path) > longestPath {
		e.Path, e.Odd = strings.ToValidUTF8(e.Path[:beginning], ""), Long
	}
	f, ok := x.Naming.read(e)
	switch {
	case !ok && x.Naming.Rows != "":
		x.Leave(x.Naming.Rows+" whose ids are too long", shortened(e.Path))
		return nil
	case !ok:
		x.Leave("files whose names --id-regex does not match", e.Path)
		return nil
	case e.Odd == Long && f.idAt+len(f.id) == len(e.Path) && x.Naming.Only == "":
		x.Leave("files whose paths are too long to tell whose they are", shortened(e.Path))
		return nil
	}
	s := slot{at: e.At, length: uint16(len(e.Path)), id: uint16(f.idAt), idLength: uint16(len(f.id)), question: int16(f.question), odd: e.Odd}
	behind := ""
	if id := NormalID(f.id); id != f.id && x.Naming.Rows == "" {
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
	if moodleFolder.MatchString(strings.TrimSuffix(folder, "/")) {
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
				x.Leave("texts that name none of the keys, beside files that do,", x.pathOf(&x.files[i]))
			} else if found, ok := x.choose(x.files[i:j]); ok && !yield(found) {
				return
			}
			i = j
		}
	}
}

// beside reports texts of somebody that answer none of several questions, as
// a README.txt does, where what stands behind them does.
func (x *Index) beside(slots, behind []slot) bool {
	return len(x.Naming.Questions) > 0 && slots[0].question == 0 && len(behind) > 0 && !behind[0].odd.none() && bytes.Equal(x.idOf(&slots[0]), x.idOf(&behind[0])) &&
		!slices.ContainsFunc(slots, func(s slot) bool { return !isText(x.pathOf(&s)) })
}

// isText reports a text that is not called like a script.
func isText(file string) bool {
	before, ok := cutSuffixFold(file, ".txt")
	return ok && !strings.EqualFold(path.Ext(before), ".cnnl")
}

// choose takes the script of the latest attempt among one student's files for
// a question. False: they are no submission.
func (x *Index) choose(slots []slot) (Found, bool) {
	n := x.Naming
	if slots[0].odd.none() {
		f := file{id: string(x.idOf(&slots[0])), question: int(slots[0].question)}
		if slots[0].odd == Empty {
			folder, _ := n.read(Entry{Path: x.pathOf(&slots[0])})
			f.name = folder.name
		}
		found := n.found(f)
		found.Missing = true
		return found, true
	}
	files := x.read(slots)
	if i := slices.IndexFunc(files, func(f file) bool { return f.Odd.hides() }); i >= 0 {
		found := n.found(files[i])
		found.Why = odds[files[i].Odd]
		return found, true
	}
	scripts := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return !f.script })
	if len(scripts) == 0 {
		found := n.found(files[0])
		found.Why = noScript(files)
		return found, files[0].question > 0 || len(n.Questions) == 0
	}
	return n.last(latest(scripts)), true
}

// read takes the paths of files apart once more.
func (x *Index) read(slots []slot) (files []file) {
	for i := range slots {
		if slots[i].odd.none() {
			break
		}
		f, _ := x.Naming.read(Entry{Path: x.pathOf(&slots[i]), Odd: slots[i].odd, At: slots[i].at})
		files = append(files, f)
	}
	return files
}

func noScript(files []file) string {
	if slices.ContainsFunc(files, func(f file) bool { return f.page }) {
		return "it is a link to a web page, no script"
	}
	return "there is no script among the files: " + path.Base(files[0].Path)
}

// last is the one script of the last attempt, or why none counts.
func (n Naming) last(rivals []file) Found {
	found := n.found(rivals[0])
	switch {
	case len(rivals) > 1 && n.Rows != "":
		found.Why = fmt.Sprintf("it has %d %s", len(rivals), n.Rows)
	case len(rivals) > 1:
		found.Why = fmt.Sprintf("there are %d scripts in one attempt: %s and %s", len(rivals), path.Base(rivals[0].Path), path.Base(rivals[1].Path))
	case found.Odd != Ordinary:
		found.Why = odds[found.Odd]
	case found.Question == "" && len(n.Questions) > 0:
		found.Why = "its name names none of the keys: " + strings.Join(n.Questions, ", ")
	}
	return found
}

// latest is the last of several copies of one name, hw and hw-1 or hw (1), or
// of one name handed in again. Scripts of different names are rivals.
func latest(scripts []file) []file {
	original := slices.IndexFunc(scripts, func(f file) bool { return f.copy == 0 })
	if original < 0 || slices.ContainsFunc(scripts, func(f file) bool { return f.stem != scripts[original].stem }) {
		return scripts
	}
	last := slices.MaxFunc(scripts, compareAttempts)
	return slices.DeleteFunc(scripts, func(f file) bool { return compareAttempts(f, last) < 0 })
}

func compareAttempts(a, b file) int {
	return cmp.Or(cmp.Compare(a.copy, b.copy), cmp.Compare(a.attempt, b.attempt))
}

func (n Naming) found(f file) Found {
	found := Found{ID: NormalID(f.id), Name: readable(f.name), Late: f.late, Entry: f.Entry}
	if n.Only != "" {
		found.ID = n.Only
	}
	if f.question > 0 {
		found.Question = n.Questions[f.question-1]
	}
	return found
}

// readable writes bytes that are no UTF-8 as \xff, so that every form of a
// report can have them.
func readable(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}
