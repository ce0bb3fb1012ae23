package grades

import (
	"bufio"
	"bytes"
	"io"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/internal/jsonline"
	"cnnl/render"
)

// Schema names the JSON of a class; docs/json.md describes it.
const Schema = "cnnl-class/1"

type jsonOverview struct {
	Question string         `json:"question"`
	Title    string         `json:"title"`
	Max      string         `json:"max"`
	Number   int            `json:"submissions"`
	Late     int            `json:"late"`
	Outcomes map[string]int `json:"outcomes"`
	Mean     string         `json:"mean"`
	Median   string         `json:"median"`
	Scores   []jsonBin      `json:"distribution"`
	Checks   []jsonCheck    `json:"checks"`
	Wrong    []jsonFrequent `json:"wrong_totals"`
	First    []jsonCommon   `json:"first_differences"`
	Slips    []jsonCommon   `json:"slips"`
	Mistakes []jsonMistake  `json:"mistakes"`
	Unknown  []jsonFrequent `json:"unexplained"`
	Sections []jsonSection  `json:"sections"`
}

// A jsonSection is a part of a class.
type jsonSection struct {
	Section  string         `json:"section"`
	Number   int            `json:"submissions"`
	Late     int            `json:"late"`
	Outcomes map[string]int `json:"outcomes"`
	Mean     string         `json:"mean"`
	Median   string         `json:"median"`
	Checks   []jsonCheck    `json:"checks"`
}

type jsonMistake struct {
	ID     string `json:"id"`
	Shown  int    `json:"shown"`
	Listed int    `json:"listed"`
}

type jsonBin struct {
	Least  string `json:"from"`
	Below  string `json:"below"`
	Number int    `json:"submissions"`
}

type jsonCheck struct {
	Title string   `json:"title"`
	Max   string   `json:"max"`
	Full  int      `json:"full"`
	Some  int      `json:"some"`
	None  int      `json:"none"`
	Share float64  `json:"share"`
	Tells *float64 `json:"discrimination"`
}

type jsonFrequent struct {
	Answer string `json:"answer"`
	Number int    `json:"submissions"`
}

func overviewJSON(o *grade.Overview) jsonOverview {
	j := jsonOverview{Question: o.Question, Title: o.Title, Max: grade.Rounded(o.Max), Number: o.Number, Late: o.Late, Outcomes: map[string]int{}, Mean: o.Mean(), Median: o.Median(),
		Scores: []jsonBin{}, Checks: []jsonCheck{}, Wrong: []jsonFrequent{}, First: commonJSON(o.Differences()), Slips: commonJSON(o.Slips()), Mistakes: []jsonMistake{}, Unknown: []jsonFrequent{}, Sections: []jsonSection{}}
	for _, outcome := range grade.Outcomes {
		j.Outcomes[string(outcome)] = o.Outcomes[outcome]
	}
	for _, b := range o.Distribution() {
		j.Scores = append(j.Scores, jsonBin(b))
	}
	for i := range o.Checks {
		k := &o.Checks[i]
		full, some, nothing := k.Numbers()
		c := jsonCheck{k.Title, grade.Rounded(k.Max), full, some, nothing, k.Share(), nil}
		if tells, ok := o.Discrimination(i); ok {
			c.Tells = &tells
		}
		j.Checks = append(j.Checks, c)
	}
	for _, f := range o.WrongTotals(mostFrequent) {
		j.Wrong = append(j.Wrong, jsonFrequent(f))
	}
	for _, m := range o.Mistakes() {
		j.Mistakes = append(j.Mistakes, jsonMistake(m))
	}
	for _, f := range o.Unexplained() {
		j.Unknown = append(j.Unknown, jsonFrequent(f))
	}
	for _, s := range o.Sections {
		of := overviewJSON(s)
		j.Sections = append(j.Sections, jsonSection{s.Section, of.Number, of.Late, of.Outcomes, of.Mean, of.Median, of.Checks})
	}
	return j
}

// writeJSON writes one document: the overviews, and all records.
func writeJSON(w io.Writer, c *report.Class) error {
	head := struct {
		Schema      string                  `json:"schema"`
		Key         string                  `json:"key"`
		Title       string                  `json:"title"`
		Overviews   []jsonOverview          `json:"overviews"`
		Notices     []string                `json:"notices"`
		Diagnostics []render.JSONDiagnostic `json:"diagnostics"`
	}{Schema, c.Key, c.Title, []jsonOverview{}, append([]string{}, c.Notices...), render.JSONDiagnostics(c.Key, c.Refused)}
	for _, o := range c.Overviews {
		head.Overviews = append(head.Overviews, overviewJSON(o))
	}
	var b bytes.Buffer
	if err := jsonline.Write(&b, head); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	out.Write(bytes.TrimSuffix(b.Bytes(), []byte("}\n")))
	io.WriteString(out, `,"records":[`)
	before := "\n"
	for r, err := range c.Records() {
		if err != nil {
			return err
		}
		b.Reset()
		if err := jsonline.Write(&b, r); err != nil {
			return err
		}
		io.WriteString(out, before)
		out.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
		before = ",\n"
	}
	io.WriteString(out, "\n]}\n")
	return out.Flush()
}

// writeLines writes the records themselves, one a line, each with its check sum.
func writeLines(w io.Writer, c *report.Class) error {
	for r, err := range c.Records() {
		if err == nil {
			err = jsonline.WriteSealed(w, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
