package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
)

//go:embed report.html
var reportHTML string

var reportPage = sync.OnceValue(func() *template.Template { return page(reportHTML) })

// classHTML writes a class as one page that needs nothing else: its charts are
// drawn in it, and there is no script.
func classHTML(w io.Writer, c *report.Class) error {
	var failed error
	doc := htmlClass{Key: Visible(c.Key), Several: len(c.Overviews) > 1, Students: htmlStudents(c, &failed)}
	for i, o := range c.Overviews {
		doc.Questions = append(doc.Questions, htmlQuestionOf(i, o, c.Key))
	}
	for _, n := range c.Notices {
		doc.Notices = append(doc.Notices, Visible(n))
	}
	if err := reportPage().Execute(w, doc); err != nil {
		return err
	}
	return failed
}

type htmlClass struct {
	Key       string
	Several   bool
	Questions []htmlQuestion
	Notices   []string
	Students  func(yield func(htmlStudent) bool)
}

type htmlQuestion struct {
	Number                  int
	Name, Outcomes, Summary string
	Histogram               []htmlBar
	Checks                  []htmlBar
	ChecksHeight            int
	Hardest                 string
	Wrong                   []grade.Frequent
}

// An htmlBar is a bar of a chart, and what stands beside it.
type htmlBar struct {
	Label, Value, Title string
	Short               string // the label where there is little room
	X, Y, Width, Height int
	Middle, Base, Above int // where its texts stand
	Full, Some, Nil     string
	Of                  string
}

type htmlStudent struct {
	ID, Name, Score, Remark string
	Checks                  []report.Check
}

// The sizes of charts, in units of their own.
const (
	binWidth    = 56
	chartHeight = 120
	chartTop    = 24
	checkHeight = 30
	checkWidth  = 320
	checkLeft   = 200
)

func htmlQuestionOf(i int, o *grade.Overview, key string) htmlQuestion {
	if o.Question != "" {
		key = o.Question
	}
	q := htmlQuestion{Number: i + 1, Name: Visible(o.Question), Outcomes: caption(outcomes(o, Visible(key)))}
	if o.Scored() == 0 {
		return q
	}
	q.Summary = caption(summary(o))
	most := 1
	for _, b := range o.Distribution() {
		most = max(most, b.Number)
	}
	for i, b := range o.Distribution() {
		h := (b.Number*chartHeight + most - 1) / most
		q.Histogram = append(q.Histogram, htmlBar{Label: b.Least + "–" + b.Below, Value: lang.Group(int64(b.Number)), Title: fmt.Sprintf("%s with %s to %s points", count(b.Number, "submission"), b.Least, b.Below),
			X: i*binWidth + 4, Y: chartTop + chartHeight - h, Width: binWidth - 8, Height: h, Middle: i*binWidth + binWidth/2, Base: chartTop + chartHeight + 16, Above: chartTop + chartHeight - h - 6})
	}
	for i := range o.Checks {
		c := &o.Checks[i]
		full, some, nothing := c.Numbers()
		q.Checks = append(q.Checks, htmlBar{Label: Visible(c.Title), Short: firstColumns(Visible(c.Title), 28), Value: percent(c.Share()), Title: Visible(c.Title) + ": " + percent(c.Share()) + " of its points",
			X: checkLeft, Y: i*checkHeight + 5, Width: int(checkWidth * min(c.Share(), 1)), Height: checkHeight - 10, Middle: checkLeft + int(checkWidth*min(c.Share(), 1)) + 6, Base: i*checkHeight + 20,
			Full: lang.Group(int64(full)), Some: lang.Group(int64(some)), Nil: lang.Group(int64(nothing)), Of: grade.Rounded(c.Max)})
	}
	q.ChecksHeight = len(o.Checks) * checkHeight
	if h := o.Hardest(); h != nil {
		q.Hardest = Visible(h.Title) + ", " + percent(h.Share()) + " of its points"
	}
	for _, f := range o.WrongTotals(mostFrequent) {
		q.Wrong = append(q.Wrong, grade.Frequent{Answer: Visible(f.Answer), Number: f.Number})
	}
	return q
}

// htmlStudents gives the rows of the table of scores.
func htmlStudents(c *report.Class, failed *error) func(yield func(htmlStudent) bool) {
	return func(yield func(htmlStudent) bool) {
		for s, err := range c.Students() {
			if *failed = err; err != nil {
				return
			}
			row := htmlStudent{ID: Visible(s.ID()), Name: Visible(s.Name()), Score: s.Score(), Remark: Visible(report.Joined(s.Remarks(), c.Changed(s), ""))}
			for _, r := range s {
				for i := range r.Checks {
					check := report.CheckOf(&r.Checks[i])
					if len(c.Overviews) > 1 {
						check.Title = Visible(r.Question) + ": " + check.Title
					}
					row.Checks = append(row.Checks, check)
				}
			}
			if !yield(row) {
				return
			}
		}
	}
}
