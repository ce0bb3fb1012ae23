// Package collect finds out whose each file of a class is, and which of a
// student's files is the submission: from paths alone, whatever they are in. It
// opens nothing.
//
// What platforms call files is in grade/lms. A rule for telling ids from paths
// goes to naming.go; one for telling a submission from what lies beside it to
// choose.go.
package collect

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cnnl/grade"
	"cnnl/grade/lms"
)

// Whose a file is: from the names that learning platforms give files.

// A Naming tells from a file's path whose it is.
type Naming struct {
	// Regexp has the groups id and, where there is one, name; nil: the names
	// of Canvas and Moodle are known, otherwise the student's folder or the
	// file's name is the id.
	Regexp *regexp.Regexp
	// Whose gives the class's id of somebody whom a platform calls by a number and
	// a name, "" where that is the number; nil: it always is.
	Whose func(number, student string) string
	// Members are those whose a folder is, where it is not called by one of them.
	Members map[string][]Person
	// Questions are the keys' names where there are several.
	Questions []string
	// Only is the id of all files, where they are one student's.
	Only string
	// Rows is what there is in place of files, rows or lines; their paths are
	// made by RowPath.
	Rows string
}

// A Person is one of those who handed in something together.
type Person struct{ ID, Name, Submitted string }

// RowPath stands for the path of a file where answers are rows: of an
// attempt's number, the greatest counts.
func RowPath(id, question string, attempt int64) string {
	return strings.ReplaceAll(grade.NormalID(id), "\x00", `\x00`) + fmt.Sprintf("\x00%019d\x00", attempt) + question
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

// junk reports what systems and programs put beside files by themselves.
func junk(file string) bool {
	for part := range strings.SplitSeq(file, "/") {
		switch lower := strings.ToLower(part); lower {
		case "", ".ds_store", "__macosx", "thumbs.db", "desktop.ini", ".git", ".svn", ".hg", ".idea", ".vscode", ".ipynb_checkpoints":
			return true
		default:
			if strings.HasPrefix(lower, "._") || strings.HasPrefix(lower, "~$") {
				return true
			}
		}
	}
	return false
}

// aside reports a file that lies beside those of students, and whose name begins
// as systems hide files: only one called like a script can be somebody's.
func aside(file string) bool {
	if strings.Contains(file, "/") || file[0] != '.' && file[0] != '~' {
		return false
	}
	_, rank := stem(file)
	return rank > calledTxt
}

// A file is one entry and what its name says.
type file struct {
	Entry
	id, name, stem string
	idAt           int // where the id stands in the path
	question       int // from 1
	late           bool
	submitted      string
	copy           int64 // 1 of hw-1 and hw (1)
	attempt        int64 // the platform's number; the greater, the later
	rank           rank
	link           bool     // to a web page, in place of a file
	typed          bool     // a page of text that was typed in
	group          []string // the ids of the others whose it is, too
}

// read takes a path apart. False: it is not as the regular expression says. An
// id of blanks alone is shown in quotes.
func (n Naming) read(e Entry) (f file, ok bool) {
	f, ok = n.readName(e)
	if ok && n.Only == "" && n.Rows == "" && grade.NormalID(f.id) == "" {
		f.id = strconv.Quote(f.id)
	}
	return f, ok
}

func (n Naming) readName(e Entry) (f file, ok bool) {
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
		if called, ok := lms.Folder(folder); ok {
			f.take(n, called, 0)
		} else if packed, ok := cutSuffixFold(folder, ".zip"); ok { // an archive, called as files are
			f.id = packed
			if called, ok := lms.File(folder); ok {
				f.take(n, called, 0)
			}
		} else {
			f.id = folder
		}
	default:
		if called, ok := lms.File(base); ok {
			f.take(n, called, baseAt)
			original = called.File
		}
	}
	f.typed = lms.Typed(original)
	f.stem, f.rank = stem(original)
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
	f.stem, f.copy = copied(f.stem)
	f.findQuestion(n)
	return f, true
}

// take takes what a platform's name says that stands at a place of the path.
func (f *file) take(n Naming, called lms.Name, at int) {
	f.id, f.idAt = called.ID, at+called.At
	f.name, f.late, f.attempt, f.link = called.Student, called.Late, called.Attempt, called.Link
	if n.Whose == nil {
		return
	}
	if id := n.Whose(called.ID, called.Student); id != "" {
		f.id = id
	}
}

// copied takes the number off the name of a copy, hw-1 or hw (1); of what is
// none it is 0.
func copied(stem string) (original string, number int64) {
	if rest, ok := strings.CutSuffix(stem, ")"); ok {
		original, digits, ok := cutDigits(rest, "(")
		if ok {
			return strings.TrimSuffix(original, " "), whole(digits)
		}
		return stem, 0
	}
	if original, digits, ok := cutDigits(stem, "-"); ok {
		return original, whole(digits)
	}
	return stem, 0
}

// cutDigits takes digits off a text's end, and what stands before them.
func cutDigits(text, before string) (rest, digits string, ok bool) {
	rest = strings.TrimRight(text, "0123456789")
	digits = text[len(rest):]
	rest, ok = strings.CutSuffix(rest, before)
	return rest, digits, ok && digits != "" && !strings.Contains(text, "\n")
}

func (f *file) byRow(n Naming) bool {
	parts := strings.Split(f.Path, "\x00")
	if len(parts) < 3 {
		return false // its id was too long
	}
	f.id, f.attempt, f.question, f.rank = parts[0], whole(parts[1]), slices.Index(n.Questions, parts[2])+1, called
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

// A rank says how much a file's name says that it is a script: of a student's
// files the first that reads as one is the submission.
type rank uint8

const (
	called    rank = iota // .cnnl
	calledTxt             // .cnnl.txt, as systems make it that hide endings
	plain                 // .txt, or a text that was typed in
	bare                  // no ending
	other                 // another one
)

// endings are those that scripts have.
var endings = [...]struct {
	text string
	rank rank
}{{".cnnl.txt", calledTxt}, {".cnnl", called}, {".txt", plain}}

// stem is a file's name without its ending, and the rank of that.
func stem(name string) (string, rank) {
	for _, e := range endings {
		if before, ok := cutSuffixFold(name, e.text); ok {
			return before, e.rank
		}
	}
	if lms.Typed(name) {
		return "", plain
	}
	ending := path.Ext(name)
	if ending == "" || ending == name {
		return name, bare
	}
	return strings.TrimSuffix(name, ending), other
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
