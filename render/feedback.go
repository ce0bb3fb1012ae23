package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"cnnl/grade"
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
	Checks           []feedbackCheck
	Notes            []string
	Hand             string   // a teacher's word
	Reveal           []string // of the key
}

type feedbackCheck struct{ Title, Score, Max, Said string }

// feedbackOf puts a student's records into the words of a sheet, visible all.
func (c *Class) feedbackOf(s student) feedback {
	f := feedback{ID: Visible(s.first().ID), Name: Visible(s.name()), Score: s.score(), Max: grade.Rounded(c.max())}
	for _, r := range s {
		q := feedbackQuestion{Name: Visible(r.Question), Score: scoreOf(r), Max: r.Max, Late: r.Late, Why: caption(whyOf(r))}
		for i := range r.Checks {
			q.Checks = append(q.Checks, checkFor(&r.Checks[i]))
		}
		for _, n := range r.Notes {
			q.Notes = append(q.Notes, Visible(n))
		}
		if r.Override != nil {
			q.Hand = "Points by hand" + Visible(behind(r.Override.Reason))
		}
		if c.Reveal {
			q.Reveal = revealed(r)
		}
		f.Questions = append(f.Questions, q)
	}
	return f
}

// whyOf says to a student why there is no score; "" if there is one.
func whyOf(r *grade.Record) string {
	switch r.Outcome {
	case grade.Ungradable, grade.Limit:
		return "it could not be graded: " + Visible(r.Why)
	case grade.Missing:
		return "nothing was handed in"
	case grade.Internal:
		return "it was not graded: the grading program is at fault, not the submission"
	}
	return ""
}

func checkFor(c *grade.Check) feedbackCheck {
	f := feedbackCheck{Title: Visible(c.Title), Score: roundedPoints(c.Score), Max: roundedPoints(c.Max), Said: Visible(c.Said)}
	if c.Override != nil {
		f.Said = "points by hand" + Visible(behind(c.Override.Reason))
	}
	return f
}

func roundedPoints(text string) string {
	if p, ok := grade.Points(text); ok {
		return grade.Rounded(p)
	}
	return text
}

// mostRevealed is how many of the key's values a check's revelation names.
const mostRevealed = 8

// revealed is what the key has, where the submission has something else.
func revealed(r *grade.Record) (list []string) {
	for i := range r.Checks {
		var words []string
		for _, p := range r.Checks[i].Parts {
			if p.Right || p.Want == "" {
				continue
			}
			if len(words) == mostRevealed {
				words = append(words, "and others")
				break
			}
			words = append(words, Visible(p.Key+" is "+p.Want))
		}
		if len(words) > 0 {
			list = append(list, Visible(r.Checks[i].Title)+": "+strings.Join(words, ", "))
		}
	}
	if d := difference(r.First); d != "" {
		list = append(list, "first difference: "+Visible(d))
	}
	return list
}

// Feedback writes one sheet for each student. Open gives a writer for the
// sheet of a student's first record; format is markdown or html.
func Feedback(c *Class, format string, sheet func(r *grade.Record, text string) error) error {
	for s, err := range c.students() {
		if err != nil {
			return err
		}
		var b strings.Builder
		if format == "html" {
			err = feedbackPage().Execute(&b, c.feedbackOf(s))
		} else {
			markdownFeedback(&b, c.feedbackOf(s))
		}
		if err == nil {
			err = sheet(s.first(), b.String())
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
