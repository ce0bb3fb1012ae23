// Package lms knows learning platforms and graders: what they call the files
// that students hand in, the gradebooks they export and take back, and the form
// in which they take results. Everybody who needs a platform's names reads them
// here: the flags of cmd/cnnl, the list of formats, grade/collect.
//
// It knows records and report.Class; files are opened by others, it gets their
// names and their contents. All text that it writes is plain: what a student
// wrote is never taken for HTML.
//
// To add a platform, write a file of its name with an entry, as canvas.go does,
// and put that into the table below. What a platform does not have stays out of
// its entry.
package lms

import (
	"strconv"
	"strings"

	"cnnl/grade/report"
)

// A Platform is one entry of the table.
type Platform struct {
	Name string // as flags and formats have it

	// File and Folder read a name that the platform gave to what a student
	// handed in; false: it gave no such name.
	File   func(name string) (Name, bool)
	Folder func(name string) (Name, bool)
	// Typed is what it calls a page of text that was typed in, with no file.
	Typed string
	// Feedback is where the feedback on a file goes in a folder that the
	// platform takes back: a folder, if there is one, and a name. Nil: it gave
	// the file no name.
	Feedback func(file string) []string

	Gradebook *Gradebook
	Results   *report.Format
}

// platforms is the table: of two that could have given a file its name, the
// first did.
var platforms = [...]*Platform{&moodle, &canvas, &junit, &gradescope, &prairieLearn, &check50}

// A Name is what a platform's name for a file or a folder says.
type Name struct {
	ID      string // the platform's number of the student
	At      int    // where it stands in the name
	Student string // the student's name
	Late    bool
	Attempt int64  // the platform's number; the greater, the later
	File    string // as the student called it; empty of a folder
	Link    bool   // it is a link to a web page, in place of a file
}

// File reads the name of a file that some platform gave.
func File(name string) (n Name, ok bool) {
	for _, p := range platforms {
		if p.File != nil {
			if n, ok = p.File(name); ok {
				return n, true
			}
		}
	}
	return Name{}, false
}

// Folder reads the name of a folder that some platform gave.
func Folder(name string) (n Name, ok bool) {
	for _, p := range platforms {
		if p.Folder != nil {
			if n, ok = p.Folder(name); ok {
				return n, true
			}
		}
	}
	return Name{}, false
}

// Typed reports what a platform calls a page of text that was typed in.
func Typed(file string) bool {
	for _, p := range platforms {
		if p.Typed != "" && strings.EqualFold(file, p.Typed) {
			return true
		}
	}
	return false
}

// Feedback is where the feedback on a file goes in a folder that the platform
// takes back; nil: no platform gave the file its name.
func Feedback(file string) []string {
	for _, p := range platforms {
		if p.Feedback != nil {
			if name := p.Feedback(file); name != nil {
				return name
			}
		}
	}
	return nil
}

// Gradebooks lists the platforms whose gradebooks can be filled.
func Gradebooks() (list []*Platform) {
	for _, p := range platforms {
		if p.Gradebook != nil {
			list = append(list, p)
		}
	}
	return list
}

// Formats lists the forms in which platforms take results.
func Formats() (list []report.Format) {
	for _, p := range platforms {
		if p.Results != nil {
			list = append(list, *p.Results)
		}
	}
	return list
}

const digits = "0123456789"

// cutNumber takes a number and the underscore behind it off a text's front.
func cutNumber(text string) (number, rest string, ok bool) {
	number, rest, ok = strings.Cut(text, "_")
	return number, rest, ok && number != "" && strings.Trim(number, digits) == ""
}

// cutLastNumber takes a number and the underscore before it off a text's end.
func cutLastNumber(text string) (rest, number string, ok bool) {
	rest = strings.TrimRight(text, digits)
	number = text[len(rest):]
	rest, ok = strings.CutSuffix(rest, "_")
	return rest, number, ok && number != ""
}

// whole reads digits; too many of them count as the most.
func whole(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}

// oneLine reports a name without line ends; no platform gives another.
func oneLine(name string) bool { return !strings.Contains(name, "\n") }
