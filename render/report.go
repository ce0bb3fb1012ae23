package render

import "cnnl/grade/report"

// Reports lists the forms of a class that are for people and for programs of
// their own; grade/lms has those that platforms take.
func Reports() []report.Format {
	return []report.Format{
		{Name: "json", Refuses: true, Write: classJSON},
		{Name: "jsonl", Write: classLines},
		{Name: "csv", Write: classCSV},
		{Name: "markdown", Write: classMarkdown},
		{Name: "html", Write: classHTML},
	}
}
