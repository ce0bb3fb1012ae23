package lms

import (
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
)

// What results for platforms have in common. Students read them: they say what
// feedback says.

// What is told in place of a result that would look like a student's.
var (
	errKey   = errors.New("the key cannot be graded with; that is no fault of the submission")
	errFault = errors.New("the grading program is at fault, so there is no result")
)

// among is the question of one of a student's records, where there are several.
func among(s report.Student, r *grade.Record) string {
	if len(s) > 1 {
		return r.Question
	}
	return ""
}

// number writes points as JSON does.
func number(r *big.Rat) json.Number {
	text := strings.TrimRight(r.FloatString(6), "0")
	return json.Number(strings.TrimSuffix(text, "."))
}

// points writes the points of a record as JSON does.
func points(text string) json.Number {
	p, ok := grade.Points(text)
	if !ok {
		return "0"
	}
	return number(p)
}

// writeJSON writes a document that people may open, too.
func writeJSON(w io.Writer, doc any) error {
	text, err := json.MarshalIndent(doc, "", "  ")
	if err == nil {
		_, err = w.Write(append(text, '\n'))
	}
	return err
}
