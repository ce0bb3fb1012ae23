package lms

import (
	"fmt"
	"io"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
)

// check50 is CS50's.
var check50 = Platform{
	Name:    "check50",
	Results: &report.Format{Name: "check50", Single: true, Refuses: true, Write: writeCheck50},
}

type check50Results struct {
	Slug    string         `json:"slug"`
	Results []check50Check `json:"results,omitempty"`
	Error   *check50Error  `json:"error,omitempty"`
	Version string         `json:"version"`
}

type check50Check struct {
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Passed      *bool          `json:"passed"`
	Log         []string       `json:"log"`
	Cause       *check50Cause  `json:"cause"`
	Data        map[string]any `json:"data"`
	Dependency  *string        `json:"dependency"`
}

type check50Cause struct {
	Rationale string `json:"rationale"`
}

type check50Error struct {
	Type      string         `json:"type"`
	Value     string         `json:"value"`
	Traceback []string       `json:"traceback"`
	Data      map[string]any `json:"data"`
}

// check50Version is the one whose form is written.
const check50Version = "3.3.11"

// writeCheck50 writes what check50 -o json does. All checks hang on one, that the
// submission can be read: without it they are skipped.
func writeCheck50(w io.Writer, c *report.Class) error {
	if c.Refused.Failed() {
		return writeJSON(w, check50Results{Slug: lang.Visible(c.Key), Error: &check50Error{Type: "KeyError", Value: errKey.Error(), Traceback: []string{}, Data: map[string]any{}}, Version: check50Version})
	}
	s, err := c.Only()
	if err != nil {
		return err
	}
	out := check50Results{Slug: lang.Visible(c.Key), Version: check50Version}
	names := map[string]bool{}
	for _, r := range s {
		if r.Outcome == grade.Internal {
			out.Results, out.Error = nil, &check50Error{Type: "InternalError", Value: errFault.Error(), Traceback: []string{}, Data: map[string]any{}}
			return writeJSON(w, out)
		}
		before := ""
		if len(s) > 1 {
			before = lang.Visible(r.Question) + ": "
		}
		read, passed := before+"readable", r.Outcome == grade.Graded
		names[read] = true
		first := check50Check{Name: read, Description: "the submission can be graded", Passed: &passed, Log: append([]string{}, c.Messages(r, "")...), Data: map[string]any{}}
		if !passed {
			first.Cause = &check50Cause{lang.Capital(report.Why(r)) + "."}
		}
		out.Results = append(out.Results, first)
		for _, o := range c.Overviews {
			if o.Question == r.Question || len(c.Overviews) == 1 {
				out.Results = append(out.Results, check50Checks(c, o, r, before, read, names)...)
			}
		}
	}
	return writeJSON(w, out)
}

// check50Checks are the checks of one record. A name stands for one check only.
func check50Checks(c *report.Class, o *grade.Overview, r *grade.Record, before, read string, names map[string]bool) (list []check50Check) {
	for i := range o.Checks {
		if c.Hides(o.Checks[i].Hidden) {
			continue
		}
		title := before + lang.Visible(o.Checks[i].Title)
		name := title
		for n := 2; names[name]; n++ {
			name = fmt.Sprintf("%s (%d)", title, n)
		}
		names[name] = true
		k := check50Check{Name: name, Description: title, Log: []string{}, Data: map[string]any{}, Dependency: &read}
		if r.Outcome != grade.Graded || i >= len(r.Checks) {
			k.Cause = &check50Cause{"not checked: the submission cannot be graded"}
			list = append(list, k)
			continue
		}
		f := report.CheckOf(&r.Checks[i])
		passed := f.Score == f.Max
		k.Passed = &passed
		k.Data["score"], k.Data["max_score"] = points(r.Checks[i].Score), points(r.Checks[i].Max)
		if !passed {
			k.Cause = &check50Cause{f.Said}
		}
		list = append(list, k)
	}
	return list
}
