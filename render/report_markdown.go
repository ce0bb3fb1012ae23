package render

import (
	"fmt"
	"io"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
)

// classMarkdown writes a class as a document for teachers.
func classMarkdown(w io.Writer, c *report.Class) error {
	out := &errWriter{w: w}
	fmt.Fprintf(out, "# %s\n", markdownText(c.Key))
	for _, o := range c.Overviews {
		markdownOverview(out, o, c.Key)
	}
	fmt.Fprint(out, "\n## Scores\n\n"+markdownRow("id", "name", "score", "remark")+"|---|---|--:|---|\n")
	for s, err := range c.Students() {
		if err != nil {
			return err
		}
		fmt.Fprint(out, markdownRow(s.ID(), s.Name(), s.Score(), report.Joined(s.Remarks(), c.Changed(s), "")))
	}
	for i, n := range c.Notices {
		if i == 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "- %s\n", markdownText(n))
	}
	return out.err
}

func markdownOverview(w io.Writer, o *grade.Overview, key string) {
	title := "The class"
	if o.Question != "" {
		title, key = o.Question, o.Question
	}
	fmt.Fprintf(w, "\n## %s\n\n%s.\n", markdownText(title), markdownText(caption(outcomes(o, key))))
	if o.Scored() == 0 {
		return
	}
	fmt.Fprintf(w, "%s.\n", markdownText(caption(summary(o))))
	fmt.Fprint(w, "\n"+markdownRow("scores", "submissions")+"|---|--:|\n")
	for _, b := range o.Distribution() {
		fmt.Fprint(w, markdownRow(b.Least+" to "+b.Below, lang.Group(int64(b.Number))))
	}
	fmt.Fprint(w, "\n"+markdownRow("check", "of", "all", "some", "none", "points got")+"|---|--:|--:|--:|--:|--:|\n")
	for i := range o.Checks {
		k := &o.Checks[i]
		full, some, nothing := k.Numbers()
		fmt.Fprint(w, markdownRow(k.Title, grade.Rounded(k.Max), lang.Group(int64(full)), lang.Group(int64(some)), lang.Group(int64(nothing)), percent(k.Share())))
	}
	if wrong := o.WrongTotals(mostFrequent); len(wrong) > 0 {
		fmt.Fprintf(w, "\nMost frequent wrong totals: %s.\n", markdownText(frequencies(wrong)))
	}
}
