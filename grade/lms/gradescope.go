package lms

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
)

// gradescope runs graders in a container; it takes no result without a score.
var gradescope = Platform{
	Name:    "gradescope",
	Results: &report.Format{Name: "gradescope", Single: true, Write: writeGradescope},
}

type gradescopeResults struct {
	Score      json.Number      `json:"score"`
	Output     string           `json:"output"`
	OutputForm string           `json:"output_format"`
	TestForm   string           `json:"test_output_format"`
	NameForm   string           `json:"test_name_format"`
	Visibility string           `json:"visibility"`
	Stdout     string           `json:"stdout_visibility"`
	Tests      []gradescopeTest `json:"tests"`
	Extra      map[string]any   `json:"extra_data"`
}

type gradescopeTest struct {
	Number string      `json:"number"`
	Name   string      `json:"name"`
	Score  json.Number `json:"score"`
	Max    json.Number `json:"max_score"`
	Status string      `json:"status"`
	Output string      `json:"output"`
	// Visibility is as of the whole where it is empty. Of results with a test that is
	// hidden the platform withholds the score itself.
	Visibility string `json:"visibility,omitempty"`
}

// gradescopeHidden is what the platform calls it that a mark is hidden.
var gradescopeHidden = map[grade.Hidden]string{grade.Never: "hidden", grade.After: "after_published"}

// writeGradescope writes /autograder/results/results.json. All text is plain: what
// a student wrote is never taken for HTML.
func writeGradescope(w io.Writer, c *report.Class) error {
	s, err := c.Only()
	if err != nil {
		return err
	}
	g := gradescopeResults{Score: "0", OutputForm: "text", TestForm: "text", NameForm: "text", Visibility: "visible", Stdout: "hidden", Tests: []gradescopeTest{}, Extra: map[string]any{"schema": grade.RecordSchema}}
	var words []string
	for i, r := range s {
		if r.Outcome == grade.Internal {
			return errFault
		}
		words = append(words, c.Messages(r, among(s, r))...)
		for j := range r.Checks {
			k := report.CheckOf(&r.Checks[j])
			status := "failed"
			if k.Score == k.Max {
				status = "passed"
			}
			title, visibility := k.Title, ""
			if hidden := r.Checks[j].Hidden; c.Hides(hidden) {
				visibility = gradescopeHidden[hidden]
			}
			if len(s) > 1 {
				title = lang.Visible(r.Question) + ": " + title
			}
			g.Tests = append(g.Tests, gradescopeTest{fmt.Sprintf("%d.%d", i+1, j+1), title, points(r.Checks[j].Score), points(r.Checks[j].Max), status, k.Said, visibility})
		}
	}
	if score := s.Score(); score != "" {
		g.Score = points(score)
	}
	g.Output = strings.Join(words, "\n")
	return writeJSON(w, g)
}
