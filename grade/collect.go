package grade

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"iter"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Who handed in what: from the names that learning platforms give files.

// An Odd says why an entry is no ordinary file; 0: it is one.
type Odd uint8

// What is no ordinary file. Nothing of it is read.
const (
	Ordinary Odd = iota
	Link
	Folder
	Device
	Absent // no file: somebody of the roster
)

var odds = [...]string{Link: "a link", Folder: "a folder", Device: "a pipe or a device"}

// An Entry is one file of a folder or an archive.
type Entry struct {
	Path string // with slashes, from the folder
	Odd  Odd
	At   int64 // where a reader finds it
}

// A Found is what was found for one student and one question.
type Found struct {
	ID, Name, Question string
	Late               bool
	Entry
	Missing bool   // nothing was handed in
	Why     string // it cannot be graded; empty: it can
}

// A Naming tells from a file's path whose it is.
type Naming struct {
	// Regexp has the groups id and, where there is one, name; nil: the names
	// of Canvas and Moodle are known, otherwise the student's folder or the
	// file's name is the id.
	Regexp *regexp.Regexp
	// Questions are the keys' names where there are several.
	Questions []string
	// Only is the id of all files, where they are one student's.
	Only string
	// Rows: there are no files; paths are made by RowPath.
	Rows bool
}

// RowPath stands for the path of a file where answers are rows: of an
// attempt's number, the greatest counts.
func RowPath(id, question string, attempt int64) string {
	return strings.ReplaceAll(NormalID(id), "\x00", `\x00`) + fmt.Sprintf("\x00%019d\x00", attempt) + question
}

// NewNaming reads a regular expression that tells ids.
func NewNaming(expression string) (n Naming, err error) {
	if expression == "" {
		return n, nil
	}
	if n.Regexp, err = regexp.Compile(expression); err != nil {
		return n, err
	}
	if n.group("id", "student_id") < 0 {
		return n, errors.New("the expression needs a group called id: (?P<id>[a-z0-9]+)")
	}
	return n, nil
}

func (n Naming) group(names ...string) int {
	for _, name := range names {
		if i := n.Regexp.SubexpIndex(name); i >= 0 {
			return i
		}
	}
	return -1
}

// An Index lists the files of a class by whose they are. A file takes its
// path and 24 bytes.
type Index struct {
	Naming    Naming
	Unmatched []string // the first paths that the regular expression does not match
	Others    int      // how many more there are
	paths     []byte
	files     []slot
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

// longestPath is the longest that an index takes.
const longestPath = 1<<16 - 1

// mostListed is how many names a list holds before it only counts.
const mostListed = 20

// Add takes a file. What platforms and systems put beside submissions is left
// out.
func (x *Index) Add(e Entry) error {
	if !x.Naming.Rows && hidden(e.Path) {
		return nil
	}
	if len(e.Path) > longestPath || len(x.paths)+len(e.Path) > 1<<32-1 {
		return fmt.Errorf("a path is too long: %.60s...", e.Path)
	}
	f, ok := x.Naming.read(e)
	if !ok {
		if len(x.Unmatched) < mostListed {
			x.Unmatched = append(x.Unmatched, e.Path)
		} else {
			x.Others++
		}
		return nil
	}
	s := slot{at: e.At, path: uint32(len(x.paths)), length: uint16(len(e.Path)), id: uint16(f.idAt), idLength: uint16(len(f.id)), question: int16(f.question), odd: e.Odd}
	x.paths = append(x.paths, e.Path...)
	if id := NormalID(f.id); id != f.id && !x.Naming.Rows {
		s.id, s.idLength = s.length, uint16(min(len(id), longestPath))
		x.paths = append(x.paths, id[:s.idLength]...)
	}
	x.files = append(x.files, s)
	return nil
}

// Expect takes somebody of the roster, who is missing if no file is theirs.
func (x *Index) Expect(id string) {
	if len(id) > longestPath {
		return
	}
	for question := range max(1, len(x.Naming.Questions)) {
		if len(x.Naming.Questions) > 0 {
			question++
		}
		x.files = append(x.files, slot{path: uint32(len(x.paths)), length: uint16(len(id)), idLength: uint16(len(id)), question: int16(question), odd: Absent})
		x.paths = append(x.paths, id...)
	}
}

// Unwrap leaves out the one folder in which an archive has everything, unless
// it is a student's.
func (x *Index) Unwrap() {
	if len(x.files) <= max(1, len(x.Naming.Questions)) || x.Naming.Regexp != nil || x.Naming.Only != "" {
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
		_ = x.Add(Entry{Path: strings.TrimPrefix(old.pathOf(f), folder), Odd: f.odd, At: f.at}) // it was short enough
	}
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
// their paths; the roster's word stands last.
func (x *Index) order(a, b slot) int {
	return cmp.Or(x.compare(a, b), cmp.Compare(a.odd/Absent, b.odd/Absent), bytes.Compare(x.paths[a.path:a.path+uint32(a.length)], x.paths[b.path:b.path+uint32(b.length)]))
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
			if found, ok := x.choose(x.files[i:j]); ok && !yield(found) {
				return
			}
			i = j
		}
	}
}

// choose takes the script of the latest attempt among one student's files for
// a question. False: they are no submission.
func (x *Index) choose(files []slot) (Found, bool) {
	n := x.Naming
	if files[0].odd == Absent {
		found := n.found(file{id: string(x.idOf(&files[0])), question: int(files[0].question)})
		found.Missing = true
		return found, true
	}
	var scripts []file
	var first file
	for i := range files {
		if files[i].odd == Absent {
			break
		}
		f, _ := n.read(Entry{Path: x.pathOf(&files[i]), Odd: files[i].odd, At: files[i].at})
		if i == 0 {
			first = f
		}
		if f.script {
			scripts = append(scripts, f)
		}
	}
	if len(scripts) == 0 {
		found := n.found(first)
		found.Why = "there is no script among the files: " + path.Base(first.Path)
		return found, first.question > 0 || len(n.Questions) == 0
	}
	rivals := latest(scripts)
	found := n.found(rivals[0])
	switch {
	case len(rivals) > 1 && n.Rows:
		found.Why = fmt.Sprintf("it has %d rows", len(rivals))
	case len(rivals) > 1:
		found.Why = fmt.Sprintf("there are %d scripts in one attempt: %s and %s", len(rivals), path.Base(rivals[0].Path), path.Base(rivals[1].Path))
	case found.Odd != Ordinary:
		found.Why = "it is " + odds[found.Odd] + ", no ordinary file"
	case found.Question == "" && len(n.Questions) > 0:
		found.Why = "its name names none of the keys: " + strings.Join(n.Questions, ", ")
	}
	return found, true
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

// hidden reports what platforms and systems put beside submissions.
func hidden(file string) bool {
	for part := range strings.SplitSeq(file, "/") {
		switch {
		case part == "" || part[0] == '~' || part[0] == '.' && !strings.EqualFold(part, ".cnnl"):
			return true
		case part == "__MACOSX", strings.EqualFold(part, "thumbs.db"), strings.EqualFold(part, "desktop.ini"):
			return true
		}
	}
	return false
}

// A file is one entry and what its name says.
type file struct {
	Entry
	id, name, stem string
	idAt           int // where the id stands in the path
	question       int // from 1
	late           bool
	copy           int64 // 1 of hw-1 and hw (1)
	attempt        int64 // the platform's number; the greater, the later
	script         bool
}

// Canvas writes name_LATE_user_attachment_original, flat; Moodle a folder
// name_number_assignsubmission_file for each student.
var (
	canvasName   = regexp.MustCompile(`^(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<attempt>\d+)_(?P<file>.+)$`)
	canvasText   = regexp.MustCompile(`^(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<file>text\.html)$`)
	canvasAnon   = regexp.MustCompile(`^(?:(?P<late>LATE)_)?anon_(?P<id>\d+)_(?P<attempt>\d+)_(?P<file>.+)$`)
	canvasAnonym = regexp.MustCompile(`^(?:(?P<late>LATE)_)?anon_(?P<id>\d+)_(?P<file>text\.html)$`)
	moodleFolder = regexp.MustCompile(`^(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?$`)
	moodleFlat   = regexp.MustCompile(`^(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_(?P<file>.+)$`)
	repeated     = regexp.MustCompile(`^(.*?)(?:-(\d+)| ?\((\d+)\))$`)
)

// platforms are the forms of file names, the one that says most first.
var platforms = []*regexp.Regexp{canvasAnonym, canvasAnon, canvasText, moodleFlat, canvasName}

// read takes a path apart. False: it is not as the regular expression says.
func (n Naming) read(e Entry) (f file, ok bool) {
	f = file{Entry: e}
	base := path.Base(e.Path)
	baseAt := len(e.Path) - len(base)
	folder, _, inFolder := strings.Cut(e.Path, "/")
	original := base
	switch {
	case n.Rows:
		f.byRow(n)
		return f, true
	case n.Only != "":
	case n.Regexp != nil:
		if ok := f.byRegexp(n); !ok {
			return f, false
		}
	case inFolder:
		if f.id = folder; strings.Contains(folder, "assignsubmission") {
			f.take(moodleFolder, folder, 0)
		}
	case strings.IndexByte(base, '_') >= 0:
		for _, form := range platforms {
			if of := f.take(form, base, baseAt); of != "" {
				original = of
				break
			}
		}
	}
	f.stem, f.script = stem(original)
	if f.id == "" && n.Only == "" {
		if f.id, f.idAt = f.stem, baseAt; f.stem == "" {
			f.id = base
		}
		f.findQuestion(n)
		return f, true
	}
	if m := repeated.FindStringSubmatch(f.stem); m != nil {
		f.stem, f.copy = m[1], max(whole(m[2]), whole(m[3]))
	}
	f.findQuestion(n)
	return f, true
}

// take reads a platform's form of a name, and gives the name that the student
// chose; empty: it is no such name.
func (f *file) take(form *regexp.Regexp, text string, at int) (original string) {
	m := form.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	for i, group := range form.SubexpNames() {
		if m[2*i] < 0 {
			continue
		}
		switch part := text[m[2*i]:m[2*i+1]]; group {
		case "id":
			f.id, f.idAt = part, at+m[2*i]
		case "name":
			f.name = part
		case "late":
			f.late = true
		case "attempt":
			f.attempt = whole(part)
		case "file":
			original = part
		}
	}
	return original
}

func (f *file) byRow(n Naming) {
	parts := strings.Split(f.Path, "\x00")
	f.id, f.attempt, f.question, f.script = parts[0], whole(parts[1]), slices.Index(n.Questions, parts[2])+1, true
	f.Path = ""
}

func (f *file) byRegexp(n Naming) bool {
	m := n.Regexp.FindStringSubmatchIndex(f.Path)
	if m == nil {
		return false
	}
	group := func(i int) string {
		if i < 0 || m[2*i] < 0 {
			return ""
		}
		return f.Path[m[2*i]:m[2*i+1]]
	}
	i := n.group("id", "student_id")
	f.id, f.idAt = group(i), max(m[2*i], 0)
	f.name = strings.TrimSpace(group(n.group("name", "first_name")) + " " + group(n.group("last_name")))
	return f.id != ""
}

func whole(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64) // too many digits count as the most
	return n
}

// stem is a file's name without its ending, and whether the ending is one of
// scripts.
func stem(name string) (string, bool) {
	for _, ending := range [...]string{".cnnl.txt", ".cnnl", ".txt"} {
		if len(name) >= len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending) {
			return name[:len(name)-len(ending)], true
		}
	}
	if isOnlineText(name) {
		return "", true
	}
	return strings.TrimSuffix(name, path.Ext(name)), false
}

// isOnlineText reports the page that a platform makes of text typed in.
func isOnlineText(file string) bool {
	return strings.EqualFold(file, "text.html") || strings.EqualFold(file, "onlinetext.html")
}

// findQuestion finds the key that a file answers, by its name.
func (f *file) findQuestion(n Naming) {
	for i, q := range n.Questions {
		rest, ok := cutSuffixFold(f.stem, q)
		if !ok || rest != "" && !strings.ContainsRune("_- .", rune(rest[len(rest)-1])) {
			continue
		}
		if f.id == f.stem && rest != "" {
			f.id = rest[:len(rest)-1] // jdoe_q1.cnnl
		}
		f.question = i + 1
		return
	}
}

func cutSuffixFold(s, suffix string) (before string, found bool) {
	if at := len(s) - len(suffix); at >= 0 && strings.EqualFold(s[at:], suffix) {
		return s[:at], true
	}
	return s, false
}

// SheetName is where a student's feedback goes in a folder that the platform
// takes back, without an ending: as Canvas and Moodle name what was handed
// in, otherwise the id.
func SheetName(r *Record) []string {
	folder, base := path.Split(r.File)
	if first, _, _ := strings.Cut(folder, "/"); moodleFolder.MatchString(first) {
		return []string{first, "feedback"}
	}
	if folder == "" && (canvasName.MatchString(base) || canvasAnon.MatchString(base)) {
		stem, _ := stem(base)
		return []string{stem}
	}
	return []string{r.ID}
}
