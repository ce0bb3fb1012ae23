package claim

import (
	"slices"
	"strings"

	"cnnl/lang"
)

// Diagnostic says both values of a comparison that does not hold, the calculation
// of what the claim is about, and where a claimed calculation departs from it.
func (f *Failed) Diagnostic() lang.Diagnostic {
	what := f.text(f.Left)
	d := lang.Diagnostic{Code: lang.Expect, Source: f.Source, Span: f.Right.Span(), Summary: what + " is " + f.Is.String() + ", not " + f.Claimed.String()}
	if f.Op.Text != "==" {
		d.Summary = what + " is " + f.Is.String() + ", which is not " + f.Op.Text + " " + f.Claimed.String()
	}
	if len(f.Right.Rest) > 0 {
		d.Detail = f.text(f.Right) + " gives " + f.Claimed.String()
	}
	if d.Detail == "" {
		d.Detail = f.askedFor()
	}
	calculation, departs := f.lined()
	if d.Detail != "" && calculation != "" {
		d.Detail += "; "
	}
	d.Detail, d.Hint = d.Detail+calculation, departs
	return d
}

// askedFor shows the quantities that the left side is calculated from.
func (f *Failed) askedFor() string {
	if len(f.Left.Rest) == 0 {
		return ""
	}
	var list []string
	for _, a := range f.Asked {
		list = appendNew(list, a.Text+" = "+a.Value.String())
	}
	return strings.Join(list, ", ")
}

// lined sets a claim beside the calculation of what it is about: the
// calculation itself, and where a claimed one departs from it.
func (f *Failed) lined() (calculation, departs string) {
	if f.Subject == nil {
		return "", ""
	}
	ways := f.Subject.calculations(f.Net)
	if len(ways) == 0 || !ways[0].Present() {
		return f.Subject.said(f.Net), f.rounded(nil)
	}
	switch parts, summed := f.Subject.breakdown(f.Net); {
	case summed && len(ways[0].Terms()) > mostShown:
		calculation = strings.Join(slices.DeleteFunc([]string{off(f.Is, f.Claimed), parts}, func(s string) bool { return s == "" }), "; ")
	case !ways[0].Alone():
		calculation = f.text(f.Left) + " = " + ways[0].Grouped() + " = " + f.Is.String()
	}
	if f.Op.Text != "==" || len(f.Right.Rest) == 0 && f.Right.First.Ref == nil {
		return calculation, ""
	}
	real := multipliedReal(ways[0])
	if words := f.rounded(real); words != "" {
		return calculation, words
	}
	if claim, ok := multiplied(f.Right, f.Env); ok {
		departs = strings.Join(depart(claim, real), "; ")
	}
	return calculation, departs
}
