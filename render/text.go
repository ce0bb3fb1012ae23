// Package render shows networks and diagnostics: as text for people, as
// documents, as JSON and CSV for machines. It computes nothing and opens
// nothing; every function writes to the writer it is given.
//
// A view that several sinks have is a document of render/doc; what only people
// at a terminal see is set by render/terminal. It may know networks and what is
// made of them, and neither files nor flags. To add a view, add a file: a
// function from the data to a document, and one that writes it.
package render

import (
	"io"

	"cnnl/lang"
)

// Visible makes text from outside fit to be shown.
func Visible(s string) string { return lang.Visible(s) }

// An errWriter remembers the first error, so that a text can be written
// without asking after every piece.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(p []byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	n, err := e.w.Write(p)
	e.err = err
	return n, err
}
