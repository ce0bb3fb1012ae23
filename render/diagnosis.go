package render

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"cnnl/diagnose"
	"cnnl/internal/jsonline"
	"cnnl/lang"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// DiagnosisSchema names the JSON of diagnoses; docs/json.md describes it.
const DiagnosisSchema = "cnnl-diagnose/1"

// DiagnosisJSON writes what was found of a set of claims as one line of JSON; of
// somebody with a name, that comes first.
func DiagnosisJSON(w io.Writer, who, file string, r *diagnose.Result, diags lang.Diagnostics) error {
	claims := []jsonline.Object{}
	for _, c := range r.Claims {
		one := jsonline.Object{{Key: "target", Value: c.Target}, {Key: "value", Value: c.Value}, {Key: "right", Value: c.Right}}
		if c.Unread {
			one.Add("unread", true)
		}
		claims = append(claims, one)
	}
	diagnoses := []jsonline.Object{}
	for _, d := range r.Diagnoses {
		diagnoses = append(diagnoses, DiagnosisObject(r, d))
	}
	doc := jsonline.Object{{Key: "schema", Value: DiagnosisSchema}}
	if who != "" {
		doc.Add("id", who)
	}
	doc.Add("claims", claims)
	doc.Add("diagnoses", diagnoses)
	doc.Add("shown", r.Shown)
	doc.Add("diagnostics", JSONDiagnostics(file, diags))
	return jsonline.Write(w, doc)
}

// DiagnosisObject is one explanation of a result.
func DiagnosisObject(r *diagnose.Result, d *diagnose.Diagnosis) jsonline.Object {
	return jsonline.Object{
		{Key: "ids", Value: d.IDs}, {Key: "catalogue", Value: append([]string{}, d.Catalogue...)}, {Key: "claims", Value: append([]string{}, targets(r, d)...)},
		{Key: "bits", Value: math.Round(10*d.Bits) / 10}, {Key: "calculation", Value: d.Calculation},
		{Key: "student", Value: d.Student}, {Key: "teacher", Value: d.Teacher}, {Key: "shown", Value: d.Shown}, {Key: "also", Value: append([]string{}, d.Also...)},
	}
}

// Diagnosis writes what was found of a set of claims for a teacher.
func Diagnosis(w io.Writer, t terminal.Terminal, r *diagnose.Result) error {
	return doc.Text(w, t, &doc.Document{Blocks: slices.Values(diagnosis(r))})
}

// DiagnosisMarkdown writes the same as Markdown.
func DiagnosisMarkdown(w io.Writer, file string, r *diagnose.Result) error {
	return doc.Markdown(w, &doc.Document{Name: file, Blocks: slices.Values([]doc.Block{doc.Section{Heading: doc.Heading{Text: file, Name: true}, Blocks: diagnosis(r)}})})
}

// diagnosis is a table of the claims, then what explains those that are wrong, then
// what could be said instead.
func diagnosis(r *diagnose.Result) (blocks []doc.Block) {
	blocks = append(blocks, claimsTable(r))
	var instead []string
	found := 0
	for _, d := range r.Diagnoses {
		if d.Instead {
			instead = append(instead, summary(d))
			continue
		}
		found++
		blocks = append(blocks, doc.Line{Text: heading(d), Strong: true}, doc.Line{Text: d.Student}, doc.List{Items: details(r, d)})
	}
	switch {
	case found == 0 && wrong(r):
		blocks = append(blocks, doc.Line{Text: "No explanation was found."})
	case len(instead) > 0:
		blocks = append(blocks, doc.List{Title: "could be said instead:", Items: instead[:min(len(instead), mostInstead)]})
	}
	return blocks
}

// mostInstead is how many alternatives people read.
const mostInstead = 5

func wrong(r *diagnose.Result) bool {
	return slices.ContainsFunc(r.Claims, func(c diagnose.Judged) bool { return !c.Right && !c.Unread })
}

func claimsTable(r *diagnose.Result) doc.Table {
	return doc.Table{Caption: "The claims", Columns: []doc.Column{{Name: "claim", Names: true}, {Name: "stated", Number: true}, {Name: "key", Number: true}, {}}, Rows: func(yield func([]doc.Cell) bool) {
		for _, c := range r.Claims {
			if !yield(doc.Cells(c.Target, grouped(c.Value), c.Key, judgement(c))) {
				return
			}
		}
	}}
}

func grouped(number string) string {
	if n, err := strconv.ParseInt(number, 10, 64); err == nil {
		return lang.Group(n)
	}
	return number
}

func judgement(c diagnose.Judged) string {
	switch {
	case c.Unread:
		return "not read"
	case c.Right:
		return "right"
	}
	return "wrong"
}

// heading names the causes, and whether a student may hear of them.
func heading(d *diagnose.Diagnosis) string {
	text := strings.Join(d.IDs, " + ") + ", " + strconv.FormatFloat(d.Bits, 'f', 1, 64) + " bits"
	if !d.Shown {
		return text + ", for the teacher only"
	}
	return text
}

// details are what a teacher wants to know beside.
func details(r *diagnose.Result, d *diagnose.Diagnosis) (list []string) {
	list = append(list, d.Teacher, "explains "+lang.Join(targets(r, d)))
	if d.Calculation != "" {
		list = append(list, d.Calculation)
	}
	if len(d.Also) > 0 {
		list = append(list, "cannot be told apart here: "+strings.Join(d.Also, ", "))
	}
	return list
}

func targets(r *diagnose.Result, d *diagnose.Diagnosis) (list []string) {
	for _, at := range d.Claims {
		list = append(list, r.Claims[at].Target)
	}
	return list
}

// summary is one that could be said instead.
func summary(d *diagnose.Diagnosis) string {
	return heading(&diagnose.Diagnosis{IDs: d.IDs, Bits: d.Bits, Shown: true}) + ": " + d.Teacher
}
