package collect

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"cnnl/grade"
)

// Which of a student's files is the submission.

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
	if slices.ContainsFunc(files, func(f file) bool { return f.link }) {
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
	found := Found{ID: grade.NormalID(f.id), Name: grade.Readable(f.name), Late: f.late, Typed: f.typed, Entry: f.Entry}
	if n.Only != "" {
		found.ID = n.Only
	}
	if f.question > 0 {
		found.Question = n.Questions[f.question-1]
	}
	return found
}
