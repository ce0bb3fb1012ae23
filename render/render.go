// Package render shows networks and diagnostics: as text for people, as
// documents, as JSON and CSV for machines. It computes nothing and opens
// nothing; every function writes to the writer it is given.
//
// A view that several sinks have is a document of render/doc; what only people
// at a terminal see is set by render/terminal. It may know networks and what is
// made of them, and neither files nor flags. To add a view, add a file: a
// function from the data to a document, and one that writes it.
package render
