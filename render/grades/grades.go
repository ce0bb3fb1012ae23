// Package grades shows a graded class: to teachers as text, a table, documents and
// JSON, to students as sheets.
//
// It knows the records of a class, as grade/report reads them, and the printers
// of render; what platforms take is written by grade/lms. A further form is a
// function that writes a class, in a file of its own, and an entry in Formats.
package grades

import "cnnl/grade/report"

// Formats lists the forms of a class that are for people and for programs of
// their own; grade/lms has those that platforms take.
func Formats() []report.Format {
	return []report.Format{
		{Name: "json", Refuses: true, Write: writeJSON},
		{Name: "jsonl", Write: writeLines},
		{Name: "csv", Write: writeCSV},
		{Name: "markdown", Write: writeMarkdown},
		{Name: "html", Write: writePage},
	}
}
