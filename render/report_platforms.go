package render

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
)

// Reports in the forms of platforms that run graders. Students read them: they
// say what feedback says.

// errFault is told in place of a report that would look like a student's.
var (
	errKey   = errors.New("the key cannot be graded with; that is no fault of the submission")
	errFault = errors.New("the grading program is at fault, so there is no result")
)

// number writes points as JSON does.
func number(r *big.Rat) json.Number {
	text := strings.TrimRight(r.FloatString(6), "0")
	return json.Number(strings.TrimSuffix(text, "."))
}

func pointsNumber(text string) json.Number {
	p, ok := grade.Points(text)
	if !ok {
		return "0"
	}
	return number(p)
}

func indented(w io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
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
}

// gradescope writes /autograder/results/results.json. All text is plain: what
// a student wrote is never taken for HTML.
func gradescope(w io.Writer, c *report.Class) error {
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
			title := k.Title
			if len(s) > 1 {
				title = Visible(r.Question) + ": " + title
			}
			g.Tests = append(g.Tests, gradescopeTest{fmt.Sprintf("%d.%d", i+1, j+1), title, pointsNumber(r.Checks[j].Score), pointsNumber(r.Checks[j].Max), status, k.Said})
		}
	}
	if score := s.Score(); score != "" {
		g.Score = pointsNumber(score)
	}
	g.Output = strings.Join(words, "\n")
	return indented(w, g)
}

// among is the question of a record where there are several.
func among(s report.Student, r *grade.Record) string {
	if len(s) > 1 {
		return r.Question
	}
	return ""
}

type prairieResults struct {
	Gradable bool          `json:"gradable"`
	Score    *json.Number  `json:"score,omitempty"`
	Message  string        `json:"message"`
	Errors   []string      `json:"format_errors,omitempty"`
	Tests    []prairieTest `json:"tests,omitempty"`
}

type prairieTest struct {
	Name    string      `json:"name"`
	Points  json.Number `json:"points"`
	Max     json.Number `json:"max_points"`
	Message string      `json:"message"`
}

// part is a student's score as a part of all points, from 0 to 1: points by
// hand can be more than there are.
func part(c *report.Class, s report.Student) *big.Rat {
	got, ok := grade.Points(s.Score())
	if !ok || c.Max().Sign() == 0 {
		return new(big.Rat)
	}
	if got.Cmp(c.Max()) > 0 {
		return big.NewRat(1, 1)
	}
	return got.Quo(got, c.Max())
}

// prairieLearn writes /grade/results/results.json. What cannot be graded
// costs no attempt; of several questions some may be graded.
func prairieLearn(w io.Writer, c *report.Class) error {
	if c.Refused.Failed() {
		return indented(w, prairieResults{Message: errKey.Error(), Errors: []string{errKey.Error()}})
	}
	s, err := c.Only()
	if err != nil {
		return err
	}
	var p prairieResults
	var words []string
	right, checks, fault := 0, 0, false
	for _, r := range s {
		words = append(words, c.Messages(r, among(s, r))...)
		fault = fault || r.Outcome == grade.Internal
		if why := report.Why(r); why != "" && r.Override == nil {
			p.Errors = append(p.Errors, caption(why)+".")
		} else {
			p.Gradable = true
		}
		for i := range r.Checks {
			k := report.CheckOf(&r.Checks[i])
			if checks++; k.Score == k.Max {
				right++
			}
			p.Tests = append(p.Tests, prairieTest{k.Title, pointsNumber(r.Checks[i].Score), pointsNumber(r.Checks[i].Max), k.Said})
		}
	}
	if p.Gradable = p.Gradable && !fault; !p.Gradable {
		p.Tests, p.Message = nil, strings.Join(p.Errors, "\n")
		return indented(w, p)
	}
	score := number(part(c, s))
	p.Score, p.Errors = &score, nil
	p.Message = strings.Join(append([]string{fmt.Sprintf("%d of %d checks; a check can give a part of its points.", right, checks)}, words...), "\n")
	return indented(w, p)
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

// check50 writes what check50 -o json does. All checks hang on one, that the
// submission can be read: without it they are skipped.
func check50(w io.Writer, c *report.Class) error {
	if c.Refused.Failed() {
		return indented(w, check50Results{Slug: Visible(c.Key), Error: &check50Error{Type: "KeyError", Value: errKey.Error(), Traceback: []string{}, Data: map[string]any{}}, Version: check50Version})
	}
	s, err := c.Only()
	if err != nil {
		return err
	}
	out := check50Results{Slug: Visible(c.Key), Version: check50Version}
	names := map[string]bool{}
	for _, r := range s {
		if r.Outcome == grade.Internal {
			out.Results, out.Error = nil, &check50Error{Type: "InternalError", Value: errFault.Error(), Traceback: []string{}, Data: map[string]any{}}
			return indented(w, out)
		}
		before := ""
		if len(s) > 1 {
			before = Visible(r.Question) + ": "
		}
		read, passed := before+"readable", r.Outcome == grade.Graded
		names[read] = true
		first := check50Check{Name: read, Description: "the submission can be graded", Passed: &passed, Log: append([]string{}, c.Messages(r, "")...), Data: map[string]any{}}
		if !passed {
			first.Cause = &check50Cause{caption(report.Why(r)) + "."}
		}
		out.Results = append(out.Results, first)
		for _, o := range c.Overviews {
			if o.Question == r.Question || len(c.Overviews) == 1 {
				out.Results = append(out.Results, check50Checks(o, r, before, read, names)...)
			}
		}
	}
	return indented(w, out)
}

// check50Checks are the checks of one record. A name stands for one check only.
func check50Checks(o *grade.Overview, r *grade.Record, before, read string, names map[string]bool) (list []check50Check) {
	for i := range o.Checks {
		title := before + Visible(o.Checks[i].Title)
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
		k.Data["score"], k.Data["max_score"] = pointsNumber(r.Checks[i].Score), pointsNumber(r.Checks[i].Max)
		if !passed {
			k.Cause = &check50Cause{f.Said}
		}
		list = append(list, k)
	}
	return list
}

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string      `xml:"classname,attr"`
	Name    string      `xml:"name,attr"`
	Failure *junitWords `xml:"failure"`
	Error   *junitWords `xml:"error"`
	Skipped *junitWords `xml:"skipped"`
	Out     string      `xml:"system-out,omitempty"`
}

type junitWords struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
}

// classJUnit writes a suite for each student and question, a case for each
// check.
func classJUnit(w io.Writer, c *report.Class) error {
	out := &errWriter{w: w}
	io.WriteString(out, xml.Header+"<testsuites>\n")
	encoder := xml.NewEncoder(out)
	encoder.Indent("  ", "  ")
	if c.Refused.Failed() {
		key := Visible(c.Key)
		refused := junitCase{Class: key, Name: "key", Error: &junitWords{errKey.Error(), "key"}}
		if err := encoder.Encode(junitSuite{Name: key, Tests: 1, Errors: 1, Cases: []junitCase{refused}}); err != nil {
			return err
		}
	}
	for r, err := range c.Records() {
		if err != nil {
			return err
		}
		if err := encoder.Encode(junitSuiteOf(c, r)); err != nil {
			return err
		}
	}
	io.WriteString(out, "\n</testsuites>\n")
	return out.err
}

func junitSuiteOf(c *report.Class, r *grade.Record) junitSuite {
	s := junitSuite{Name: strings.TrimSuffix(Visible(r.ID)+" "+Visible(r.Question), " ")}
	add := func(k junitCase) {
		k.Class = s.Name
		s.Tests++
		s.Cases = append(s.Cases, k)
	}
	switch why := report.Why(r); {
	case r.Outcome == grade.Missing:
		s.Skipped++
		add(junitCase{Name: "submission", Skipped: &junitWords{Message: why}})
	case why != "":
		s.Errors++
		add(junitCase{Name: "submission", Error: &junitWords{why, string(r.Outcome)}})
	default:
		add(junitCase{Name: "submission", Out: strings.Join(c.Messages(r, ""), "\n")})
	}
	for i := range r.Checks {
		f := report.CheckOf(&r.Checks[i])
		k := junitCase{Name: f.Title, Out: f.Score + " of " + f.Max + " points: " + f.Said}
		if f.Score != f.Max {
			s.Failures++
			k.Failure = &junitWords{f.Score + " of " + f.Max + " points: " + f.Said, "points"}
			k.Out = ""
		}
		add(k)
	}
	return s
}
