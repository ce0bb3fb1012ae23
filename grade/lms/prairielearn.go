package lms

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
	"cnnl/lang"
)

// prairieLearn runs graders in a container.
var prairieLearn = Platform{
	Name:    "prairielearn",
	Results: &report.Format{Name: "prairielearn", Single: true, Refuses: true, Write: writePrairieLearn},
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

// writePrairieLearn writes /grade/results/results.json. What cannot be graded
// costs no attempt; of several questions some may be graded.
func writePrairieLearn(w io.Writer, c *report.Class) error {
	if c.Refused.Failed() {
		return writeJSON(w, prairieResults{Message: errKey.Error(), Errors: []string{errKey.Error()}})
	}
	if c.Withholds() {
		return errors.New("prairielearn shows students the sum, and the key hides a mark from them; leave out hidden and after in the key, or this format")
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
			p.Errors = append(p.Errors, lang.Capital(why)+".")
		} else {
			p.Gradable = true
		}
		for i := range r.Checks {
			k := report.CheckOf(&r.Checks[i])
			if checks++; k.Score == k.Max {
				right++
			}
			p.Tests = append(p.Tests, prairieTest{k.Title, points(r.Checks[i].Score), points(r.Checks[i].Max), k.Said})
		}
	}
	if p.Gradable = p.Gradable && !fault; !p.Gradable {
		p.Tests, p.Message = nil, strings.Join(p.Errors, "\n")
		return writeJSON(w, p)
	}
	score := number(part(c, s))
	p.Score, p.Errors = &score, nil
	p.Message = strings.Join(append([]string{fmt.Sprintf("%d of %d checks; a check can give a part of its points.", right, checks)}, words...), "\n")
	return writeJSON(w, p)
}
