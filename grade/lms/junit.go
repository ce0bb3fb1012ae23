package lms

import (
	"encoding/xml"
	"io"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
)

// junit is what systems that run tests read, as GitLab and Jenkins.
var junit = Platform{
	Name:    "junit",
	Results: &report.Format{Name: "junit", Refuses: true, Write: writeJUnit},
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

// writeJUnit writes a suite for each student and question, a case for each
// check.
func writeJUnit(w io.Writer, c *report.Class) error {
	if _, err := io.WriteString(w, xml.Header+"<testsuites>\n"); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("  ", "  ")
	if c.Refused.Failed() {
		key := lang.Visible(c.Key)
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
	_, err := io.WriteString(w, "\n</testsuites>\n")
	return err
}

func junitSuiteOf(c *report.Class, r *grade.Record) junitSuite {
	s := junitSuite{Name: strings.TrimSuffix(lang.Visible(r.ID)+" "+lang.Visible(r.Question), " ")}
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
	for _, check := range c.Shown(r) {
		f := report.CheckOf(check)
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
