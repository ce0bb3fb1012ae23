package claim

import (
	"slices"
	"strings"

	"cnnl/lang"
)

// Diagnostic says both values of a comparison that does not hold, and the calculation
// of what the claim is about.
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
	calculation := f.calculation()
	if d.Detail != "" && calculation != "" {
		d.Detail += "; "
	}
	d.Detail += calculation
	return d
}

// askedFor shows the quantities that the left side is calculated from.
func (f *Failed) askedFor() string {
	if len(f.Left.Rest) == 0 {
		return ""
	}
	var list []string
	for _, a := range f.Asked {
		if text := a.Text + " = " + a.Value.String(); !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return strings.Join(list, ", ")
}

// calculation is how the number that a claim is about comes about, or what is to be
// said of it instead.
func (f *Failed) calculation() string {
	if f.Subject == nil {
		return ""
	}
	ways := f.Subject.calculations(f.Net)
	if len(ways) == 0 || !ways[0].Present() {
		return f.Subject.said(f.Net)
	}
	switch parts, summed := f.Subject.breakdown(f.Net); {
	case summed && len(ways[0].Terms()) > mostShown:
		return strings.Join(slices.DeleteFunc([]string{off(f.Is, f.Claimed), parts}, func(s string) bool { return s == "" }), "; ")
	case !ways[0].Alone():
		return f.text(f.Left) + " = " + ways[0].Grouped() + " = " + f.Is.String()
	}
	return ""
}
