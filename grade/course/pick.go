package course

import (
	"fmt"
	"path"

	"cnnl/grade"
	"cnnl/grade/collect"
)

// Which of several files is the submission, where their names do not tell: by
// what stands in them.

// likely is the part of a text's lines from which on it is taken for a script.
const likely = 0.5

// pick reads the rivals from those that are called most like a script on. The
// first of one rank that alone reads as a script is the submission; of two
// nobody knows.
func (c *Class) pick(f *collect.Found) Handed {
	var first *Handed
	document := ""
	for _, group := range f.Rivals {
		var found []collect.Rival
		var one Handed
		for _, r := range group {
			h := c.source.Read(f.As(r))
			if first == nil {
				first = &h
			}
			if document == "" && h.Document != "" {
				document = path.Base(r.Path) + ", " + h.Document
			}
			if h.Why == "" && grade.Reads(h.Text) >= likely {
				one, found = h, append(found, r)
			}
		}
		switch {
		case len(found) > 1:
			return Handed{Why: fmt.Sprintf("there are %d scripts in one attempt: %s and %s", len(found), path.Base(found[0].Path), path.Base(found[1].Path))}
		case len(found) == 1:
			f.Entry = found[0].Entry
			if found[0].Odd {
				one.Notes = append(one.Notes, "the script is called "+grade.Readable(path.Base(f.Path))+"; scripts are called *.cnnl")
			}
			return one
		}
	}
	return c.unread(f, first, document)
}

// unread is what is handed in where no rival reads as a script: what is called
// like one most is one all the same.
func (c *Class) unread(f *collect.Found, first *Handed, document string) Handed {
	lead := f.Rivals[0]
	switch {
	case !lead[0].Odd && len(lead) == 1:
		return *first
	case document != "":
		return Handed{Why: "there is no script among the files: " + document}
	}
	return Handed{Why: "there is no script among the files: " + path.Base(lead[0].Path)}
}

// beside are the files of a student that were passed over.
func beside(f collect.Found) (names []string) {
	counted := grade.Readable(path.Base(f.Path))
	for _, name := range f.Beside {
		if name == counted {
			counted = "" // of two that are called alike one was taken
			continue
		}
		if len(names) == mostBeside {
			return append(names, fmt.Sprintf("%d more", len(f.Beside)-1-mostBeside))
		}
		names = append(names, name)
	}
	return names
}

// mostBeside is how many files a record lists.
const mostBeside = 10
