package grade

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Who handed in what: from the names that learning platforms give files.

// An Entry is one file of a folder or an archive.
type Entry struct {
	Path string // with slashes, from the folder
	Odd  string // why it is no ordinary file: a link, a folder, a device; or empty
	At   int64  // where a reader finds it
}

// A Found is what was found for one student and one question.
type Found struct {
	ID, Name, Question string
	Late               bool
	Entry
	Why string // it cannot be graded; empty: it can
}

// A Naming tells from a file's path whose it is.
type Naming struct {
	// Regexp has the groups id and, where there is one, name; nil: the names
	// of Canvas and Moodle are known, otherwise the student's folder or the
	// file's name is the id.
	Regexp *regexp.Regexp
	// Questions are the keys' names where there are several.
	Questions []string
}

// NewNaming reads a regular expression that tells ids.
func NewNaming(expression string) (n Naming, err error) {
	if expression == "" {
		return n, nil
	}
	if n.Regexp, err = regexp.Compile(expression); err != nil {
		return n, err
	}
	if n.Regexp.SubexpIndex("id") < 0 && n.Regexp.SubexpIndex("student_id") < 0 {
		return n, errors.New("the expression needs a group called id: (?P<id>[a-z0-9]+)")
	}
	return n, nil
}

// A file is one entry and what its name says.
type file struct {
	Entry
	id, name, stem string
	late           bool
	attempt        int64 // the greater, the later
	script         bool
}

// Canvas writes name_LATE_user_attachment_original, flat; Moodle a folder
// name_number_assignsubmission_file for each student.
var (
	canvasName   = regexp.MustCompile(`^(.*?)(?:_(LATE))?_(\d+)_(\d+)_(.+)$`)
	canvasText   = regexp.MustCompile(`^(.*?)(?:_(LATE))?_(\d+)_text\.html$`)
	canvasAnon   = regexp.MustCompile(`^(LATE_)?anon_(\d+)_(\d+)_(.+)$`)
	moodleFolder = regexp.MustCompile(`^(.*)_(\d+)_assignsubmission_(?:file|onlinetext)_?$`)
	moodleFlat   = regexp.MustCompile(`^(.*)_(\d+)_assignsubmission_file_(.+)$`)
	repeated     = regexp.MustCompile(`^(.*?)(?:-(\d+)| ?\((\d+)\))$`)
)

// Collect finds the submissions among the entries, one for each student and
// question, in the order of ids. What is no submission is left out; unread
// lists those files for whom nothing else was found.
func (n Naming) Collect(entries []Entry) []Found {
	type owner struct{ id, question string }
	files := map[owner][]file{}
	for _, e := range entries {
		if hidden(e.Path) {
			continue
		}
		f := n.read(e)
		o := owner{f.id, n.question(&f)}
		files[o] = append(files[o], f)
	}
	found := make([]Found, 0, len(files))
	for o, list := range files {
		if o.question == "" && len(n.Questions) > 0 && !slices.ContainsFunc(list, func(f file) bool { return f.script }) {
			continue // something beside the scripts
		}
		f := choose(list)
		f.Question = o.question
		found = append(found, f)
	}
	slices.SortFunc(found, func(a, b Found) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Question, b.Question), strings.Compare(a.Path, b.Path))
	})
	return found
}

// hidden reports what platforms and systems put beside submissions.
func hidden(file string) bool {
	for _, part := range strings.Split(file, "/") {
		if strings.HasPrefix(part, ".") && !strings.EqualFold(part, ".cnnl") || strings.HasPrefix(part, "~") || part == "__MACOSX" || strings.EqualFold(part, "thumbs.db") || strings.EqualFold(part, "desktop.ini") {
			return true
		}
	}
	return false
}

// read takes a path apart.
func (n Naming) read(e Entry) file {
	f := file{Entry: e}
	base := path.Base(e.Path)
	folder, _, inFolder := strings.Cut(e.Path, "/")
	original := base
	canvas, text, anon := canvasName.FindStringSubmatch(base), canvasText.FindStringSubmatch(base), canvasAnon.FindStringSubmatch(base)
	moodle, flat := moodleFolder.FindStringSubmatch(folder), moodleFlat.FindStringSubmatch(base)
	switch {
	case n.Regexp != nil:
		f.id, f.name = n.byRegexp(e.Path)
	case inFolder && moodle != nil:
		f.name, f.id = moodle[1], moodle[2]
	case inFolder:
		f.id = folder
	case anon != nil:
		f.late, f.id, f.attempt, original = anon[1] != "", anon[2], whole(anon[3]), anon[4]
	case text != nil:
		f.name, f.late, f.id, original = text[1], text[2] != "", text[3], "text.html"
	case flat != nil:
		f.name, f.id, original = flat[1], flat[2], flat[3]
	case canvas != nil:
		f.name, f.late, f.id, f.attempt, original = canvas[1], canvas[2] != "", canvas[3], whole(canvas[4]), canvas[5]
	}
	f.stem, f.script = stem(original)
	if m := repeated.FindStringSubmatch(f.stem); m != nil {
		f.attempt += max(whole(m[2]), whole(m[3]))
		f.stem = m[1]
	}
	if f.id == "" {
		f.id = f.stem
		if f.stem == "" {
			f.id = base
		}
	}
	return f
}

func (n Naming) byRegexp(file string) (id, name string) {
	m := n.Regexp.FindStringSubmatch(file)
	if m == nil {
		return "", ""
	}
	group := func(names ...string) string {
		for _, g := range names {
			if i := n.Regexp.SubexpIndex(g); i >= 0 {
				return m[i]
			}
		}
		return ""
	}
	return group("id", "student_id"), strings.TrimSpace(group("name", "first_name") + " " + group("last_name"))
}

func whole(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64) // too many digits count as the most
	return n
}

// stem is a file's name without its ending, and whether the ending is one of
// scripts.
func stem(name string) (string, bool) {
	lower := strings.ToLower(name)
	for _, ending := range [...]string{".cnnl.txt", ".cnnl", ".txt"} {
		if strings.HasSuffix(lower, ending) {
			return name[:len(name)-len(ending)], true
		}
	}
	if lower == "text.html" || lower == "onlinetext.html" {
		return "", true
	}
	return strings.TrimSuffix(name, path.Ext(name)), false
}

// question is the key that a file answers, by its name; the only one where
// there is one.
func (n Naming) question(f *file) string {
	for _, q := range n.Questions {
		if strings.EqualFold(f.stem, q) || strings.HasSuffix(strings.ToLower(f.stem), "_"+strings.ToLower(q)) {
			if f.id == f.stem {
				f.id = f.stem[:max(len(f.stem)-len(q)-1, 0)] // jdoe_q1.cnnl
			}
			return q
		}
	}
	return ""
}

// choose takes the script of the latest attempt among one student's files.
func choose(files []file) Found {
	scripts := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return !f.script })
	if len(scripts) == 0 {
		f := files[0]
		return Found{ID: f.id, Name: f.name, Late: f.late, Entry: f.Entry, Why: "there is no script among the files: " + path.Base(f.Path)}
	}
	latest := slices.MaxFunc(scripts, func(a, b file) int { return cmp.Compare(a.attempt, b.attempt) })
	rivals := slices.DeleteFunc(scripts, func(f file) bool { return f.attempt < latest.attempt })
	slices.SortFunc(rivals, func(a, b file) int { return strings.Compare(a.Path, b.Path) })
	f := rivals[0]
	found := Found{ID: f.id, Name: f.name, Late: f.late, Entry: f.Entry}
	switch {
	case len(rivals) > 1:
		found.Why = fmt.Sprintf("there are %d scripts in one attempt: %s and %s", len(rivals), path.Base(rivals[0].Path), path.Base(rivals[1].Path))
	case f.Odd != "":
		found.Why = "it is " + f.Odd + ", no ordinary file"
	}
	return found
}
