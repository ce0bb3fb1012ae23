package grade

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Whose a file is: from the names that learning platforms give files.

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
	// Rows is what there is in place of files, rows or lines; their paths are
	// made by RowPath.
	Rows string
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
	page           bool // a link to a web page, in place of a file
}

// Canvas writes name_LATE_user_attachment_original, flat, and of what is no
// file name_LATE_user_text.html or _link.html; Moodle a folder
// name_number_assignsubmission_file for each student.
var (
	canvasName   = regexp.MustCompile(`^(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<attempt>\d+)_(?P<file>.+)$`)
	canvasText   = regexp.MustCompile(`^(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<file>(?:text|link)\.html)$`)
	canvasAnon   = regexp.MustCompile(`^(?:(?P<late>LATE)_)?anon_(?P<id>\d+)_(?P<attempt>\d+)_(?P<file>.+)$`)
	canvasAnonym = regexp.MustCompile(`^(?:(?P<late>LATE)_)?anon_(?P<id>\d+)_(?P<file>(?:text|link)\.html)$`)
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
	case n.Rows != "":
		return f, f.byRow(n)
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
				original, f.page = of, of == "link.html"
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
	if f.findQuestion(n); f.question > 0 {
		return f, true // of a key that is called hw3-1, hw3-1 is no copy
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

func (f *file) byRow(n Naming) bool {
	parts := strings.Split(f.Path, "\x00")
	if len(parts) < 3 {
		return false // its id was too long
	}
	f.id, f.attempt, f.question, f.script = parts[0], whole(parts[1]), slices.Index(n.Questions, parts[2])+1, true
	f.Path = ""
	return true
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

// findQuestion finds the key that a file answers: the one with the longest
// name that the file's ends in, behind a separator.
func (f *file) findQuestion(n Naming) {
	rest := ""
	for i, q := range n.Questions {
		before, ok := cutSuffixFold(f.stem, q)
		if !ok || before != "" && !strings.ContainsRune("_- .", rune(before[len(before)-1])) {
			continue
		}
		if f.question == 0 || len(before) < len(rest) {
			f.question, rest = i+1, before
		}
	}
	if f.id == f.stem && rest != "" {
		f.id = rest[:len(rest)-1] // jdoe_q1.cnnl
	}
}

func cutSuffixFold(s, suffix string) (before string, found bool) {
	if at := len(s) - len(suffix); at >= 0 && strings.EqualFold(s[at:], suffix) {
		return s[:at], true
	}
	return s, false
}

// Participant reports a record whose id is the number that Moodle gave a
// participant, in the name of a file.
func Participant(r *Record) bool {
	first, _, _ := strings.Cut(r.File, "/")
	for _, form := range [...]*regexp.Regexp{moodleFolder, moodleFlat} {
		if m := form.FindStringSubmatch(first); m != nil {
			return m[form.SubexpIndex("id")] == r.ID
		}
	}
	return false
}

// SheetName is where a student's feedback goes in a folder that the platform
// takes back, without an ending: as Canvas and Moodle name what was handed
// in, otherwise the id.
func SheetName(r *Record) []string {
	folder, base := path.Split(r.File)
	if first, _, _ := strings.Cut(folder, "/"); moodleFolder.MatchString(first) {
		return []string{first, "feedback"}
	}
	if folder == "" && (moodleFlat.MatchString(base) || canvasName.MatchString(base) || canvasAnon.MatchString(base)) {
		stem, _ := stem(base)
		return []string{stem}
	}
	return []string{r.ID}
}
