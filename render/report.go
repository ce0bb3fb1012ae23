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
		{Name: "junit", Refuses: true, Write: classJUnit},
		{Name: "gradescope", Single: true, Write: gradescope}, // it takes no result without a score
		{Name: "prairielearn", Single: true, Refuses: true, Write: prairieLearn},
		{Name: "check50", Single: true, Refuses: true, Write: check50},
	}
}
