package collect

import (
	"fmt"

	"cnnl/lang"
)

// An Odd says why an entry is no ordinary file; 0: it is one.
type Odd uint8

// What is no ordinary file. Nothing of it is read.
const (
	Ordinary Odd = iota
	Link
	Folder
	Device
	Locked // a folder that cannot be looked into
	Deep   // a folder that lies deeper than Deepest
	Long   // a file whose path is longer than an index takes
	Empty  // no file: a folder with nothing in it
	Absent // no file: somebody of the roster
)

// Deepest is how far folders in folders are looked through.
const Deepest = 32

var odds = [...]string{
	Link: "it is a link, no ordinary file", Folder: "it is a folder, no ordinary file", Device: "it is a pipe or a device, no ordinary file",
	Locked: "there is a folder in it that cannot be looked into", Deep: fmt.Sprintf("there are folders in it deeper than %d", Deepest),
	Long: "a path in it is longer than " + lang.Group(longestPath) + " bytes",
}

// hides reports what may hide a script: whoever has such has nothing that is
// known to be all of it.
func (o Odd) hides() bool { return o == Locked || o == Deep || o == Long }

// none reports what is no file, but tells of somebody who may have handed
// nothing in.
func (o Odd) none() bool { return o >= Empty }

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
	Submitted          string // when, as the platform writes it; "": it does not say
	Typed              bool   // it is a page that a platform made of text typed in
	Entry
	Missing bool   // nothing was handed in
	Why     string // it cannot be graded; empty: it can
	// Rivals are the files of which one is the submission, where names do not
	// tell: by how much they are called like scripts, the Entry's among them.
	Rivals [][]Rival
	Group  []string // the ids of the others who handed it in, too
	Beside []string // the names of all files, where there are several
}

// A Rival is a file that can be a submission.
type Rival struct {
	Entry
	Typed bool
	Odd   bool // it is not called as scripts are
}

// As is what was found with one of the rivals for the submission.
func (f Found) As(r Rival) Found {
	f.Entry, f.Typed = r.Entry, r.Typed
	return f
}
