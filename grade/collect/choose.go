package collect

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"

	"cnnl/grade"
)

// Which of a student's files is the submission.

// beside reports files of somebody that answer none of several questions, as
// a README.txt does, where what stands behind them does.
func (x *Index) beside(slots, behind []slot) bool {
	return len(x.Naming.Questions) > 0 && slots[0].question == 0 && len(behind) > 0 && !behind[0].odd.none() && bytes.Equal(x.idOf(&slots[0]), x.idOf(&behind[0])) &&
		!slices.ContainsFunc(x.read(slots), func(f file) bool { return f.rank < plain })
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
	scripts := slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.link })
	if len(scripts) == 0 {
		found := n.found(files[0])
		found.Why = "it is a link to a web page, no script"
		return found, files[0].question > 0 || len(n.Questions) == 0
	}
	slices.SortStableFunc(scripts, func(a, b file) int { return cmp.Compare(a.rank, b.rank) })
	groups := slices.Collect(chunksBy(scripts, func(a, b file) bool { return a.rank == b.rank }))
	first := latest(groups[0])
	found := n.last(first)
	if len(first) > 1 && groups[0][0].rank > called {
		found.Why = "" // what stands in them will tell
	}
	if len(first) > 1 || len(groups) > 1 || groups[0][0].rank > plain {
		found.Rivals = n.rivals(groups)
	}
	found.Beside = others(files)
	return found, true
}

// member makes a file of a folder that several handed in that of one.
func (x *Index) member(f *file, id string) {
	folder, _, _ := strings.Cut(f.Path, "/")
	members := x.Naming.Members[folder]
	for _, m := range members {
		if m.ID == id {
			f.id, f.name, f.submitted = m.ID, m.Name, m.Submitted
		} else {
			f.group = append(f.group, m.ID)
		}
	}
}

// chunksBy cuts a list where two neighbours are not alike.
func chunksBy(list []file, alike func(a, b file) bool) iter.Seq[[]file] {
	return func(yield func([]file) bool) {
		for from := 0; from < len(list); {
			to := from + 1
			for to < len(list) && alike(list[from], list[to]) {
				to++
			}
			if !yield(list[from:to]) {
				return
			}
			from = to
		}
	}
}

// mostRivals bounds how many files of a student are looked into.
const mostRivals = 16

// rivals are the files that can be the submission, by rank.
func (n Naming) rivals(groups [][]file) (rivals [][]Rival) {
	left := mostRivals
	for _, g := range groups {
		var list []Rival
		for _, f := range latest(g) {
			if left--; left >= 0 {
				list = append(list, Rival{Entry: f.Entry, Typed: f.typed, Odd: f.rank > plain})
			}
		}
		rivals = append(rivals, list)
	}
	return rivals
}

// others are the names of all of a student's files; nil of one.
func others(files []file) (names []string) {
	if len(files) < 2 {
		return nil
	}
	for _, f := range files {
		names = append(names, grade.Readable(path.Base(f.Path)))
	}
	return names
}

// read takes the paths of files apart once more.
func (x *Index) read(slots []slot) (files []file) {
	for i := range slots {
		if slots[i].odd.none() {
			break
		}
		f, _ := x.Naming.read(Entry{Path: x.pathOf(&slots[i]), Odd: slots[i].odd, At: slots[i].at})
		x.member(&f, string(x.idOf(&slots[i])))
		files = append(files, f)
	}
	return files
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
	found := Found{ID: grade.NormalID(f.id), Name: grade.Readable(f.name), Late: f.late, Submitted: f.submitted, Typed: f.typed, Entry: f.Entry, Group: f.group}
	if n.Only != "" {
		found.ID = n.Only
	}
	if f.question > 0 {
		found.Question = n.Questions[f.question-1]
	}
	return found
}
