package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"cnnl/grade"
	"cnnl/grade/report"
)

// What a student gets to read: points, and words about the student's own
// work. Unless a teacher reveals it, nothing of the key.

// A feedback is one student's sheet.
type feedback struct {
	ID, Name  string
	Score     string
	Max       string
	Questions []feedbackQuestion
}

type feedbackQuestion struct {
	Name, Score, Max string
	Late             bool
	Why              string
	Checks           []report.Check
	Notes            []string
	Hand             string   // a teacher's word
	Reveal           []string // of the key
}

// feedbackOf puts a student's records into the words of a sheet, visible all.
func feedbackOf(c *report.Class, s report.Student) feedback {
	f := feedback{ID: Visible(s.ID()), Name: Visible(s.Name()), Score: s.Score(), Max: grade.Rounded(c.Max())}
	for _, r := range s {
		q := feedbackQuestion{Name: Visible(r.Question), Score: scoreOf(r), Max: r.Max, Late: r.Late, Why: caption(report.Why(r)), Hand: report.ByHand(r)}
		for i := range r.Checks {
			q.Checks = append(q.Checks, report.CheckOf(&r.Checks[i]))
		}
		for _, n := range r.Notes {
			q.Notes = append(q.Notes, Visible(n))
		}
		if c.Reveal {
			q.Reveal = report.Revealed(r)
		}
		f.Questions = append(f.Questions, q)
	}
	return f
}

// Feedback writes one sheet for each student. Open gives a writer for the
// sheet of a student's first record; format is markdown or html.
func Feedback(c *report.Class, format string, sheet func(r *grade.Record, text string) error) error {
	for s, err := range c.Students() {
		if err != nil {
			return err
		}
		var b strings.Builder
		if format == "html" {
			err = feedbackPage().Execute(&b, feedbackOf(c, s))
		} else {
			markdownFeedback(&b, feedbackOf(c, s))
		}
		if err == nil {
			err = sheet(s[0], b.String())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func markdownFeedback(w io.Writer, f feedback) {
	title := f.ID
	if f.Name != "" {
		title = f.Name + " (" + f.ID + ")"
	}
	fmt.Fprintf(w, "# %s\n", markdownText(title))
	if f.Score != "" {
		fmt.Fprintf(w, "\n**%s of %s points**\n", f.Score, f.Max)
	}
	for _, q := range f.Questions {
		if q.Name != "" {
			fmt.Fprintf(w, "\n## %s\n", markdownText(q.Name))
			if q.Score != "" {
				fmt.Fprintf(w, "\n%s of %s points\n", q.Score, q.Max)
			}
		}
		if q.Why != "" {
			fmt.Fprintf(w, "\n%s.\n", markdownText(q.Why))
		}
		if q.Hand != "" {
			fmt.Fprintf(w, "\n%s.\n", markdownText(q.Hand))
		}
		if len(q.Checks) > 0 {
			fmt.Fprint(w, "\n"+markdownRow("check", "points", "of", "what was found")+"|---|--:|--:|---|\n")
		}
		for _, c := range q.Checks {
			fmt.Fprint(w, markdownRow(c.Title, c.Score, c.Max, c.Said))
		}
		markdownList(w, "", q.Notes)
		if q.Late {
			markdownList(w, "", []string{"handed in late"})
		}
		markdownList(w, "\nThe solution:\n", q.Reveal)
	}
}

func markdownList(w io.Writer, before string, list []string) {
	for i, text := range list {
		if i == 0 {
			fmt.Fprintln(w, before)
		}
		fmt.Fprintf(w, "- %s\n", markdownText(text))
	}
}

//go:embed feedback.html
var feedbackHTML string

var feedbackPage = sync.OnceValue(func() *template.Template { return page(feedbackHTML) })
