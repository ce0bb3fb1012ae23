package report

import (
	"fmt"
	"strings"

	"cnnl/grade"
)

// What a teacher wants to know of a record beside its points.

// Remark is that in one line.
func Remark(r *grade.Record) string {
	var words []string
	add := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if r.Why != "" {
		add("%s", r.Why)
	}
	if late := late(r); late != "" {
		add("%s", late)
	}
	if len(r.Group) > 0 {
		add("with %s", strings.Join(r.Group, ", "))
	}
	if r.Reading != "" {
		add("read as %s", r.Reading)
	}
	if r.Mistake != "" {
		add("%s", r.Mistake)
	}
	if text := doubtful(r); text != "" {
		add("%s", text)
	}
	if name := twice(r); name != "" {
		add("two answers for %s", name)
	}
	if d := difference(r.First); d != "" {
		add("first difference: %s", d)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		add("%s: %s (%.1f bits)", strings.Join(f.Claims, ", "), f.Teacher, f.Bits)
	}
	for i := range r.Checks {
		if o := r.Checks[i].Override; o != nil {
			add("%s: %s", r.Checks[i].Title, byHand(o))
		}
	}
	if r.Override != nil {
		add("%s", byHand(r.Override))
	}
	return strings.Join(words, "; ")
}

// late says that something was handed in late, by how much, and what that costs; "": it
// was not.
func late(r *grade.Record) string {
	l := r.Lateness
	switch {
	case l == nil && r.Late:
		return "late"
	case l == nil:
		return ""
	case l.Unknown != "" && r.Late:
		return "late; " + l.Unknown
	case l.Unknown != "" && r.Submitted == "":
		return "" // it is of a whole class, mostly, and said once
	case l.Unknown != "":
		return l.Unknown
	case l.Points == "0" || r.Override != nil:
		return "late by " + l.By
	}
	return "late by " + l.By + ": " + pointsOff(l.Points)
}

// Joined is a list with one more thing in it, behind a label where it has one.
func Joined(list, next, label string) string {
	switch {
	case next == "":
		return list
	case label != "":
		next = label + ": " + next
	}
	if list == "" {
		return next
	}
	return list + "; " + next
}

func byHand(o *grade.Override) string {
	was := ""
	if o.Was != "" {
		was = ", was " + rounded(o.Was)
	}
	return rounded(o.Points) + " by hand" + was + behind(o.Reason)
}

// pointsOff says what a deduction is.
func pointsOff(points string) string {
	if text := rounded(points); text != "1" {
		return text + " points off"
	}
	return "1 point off"
}

// rounded writes the exact points of a record as people read them.
func rounded(points string) string {
	if p, ok := grade.Points(points); ok {
		return grade.Rounded(p)
	}
	return points
}

// behind is a reason as it stands behind what it is for.
func behind(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}

// difference puts the first layer that is not the key's into words.
func difference(d *grade.Different) string {
	if d == nil {
		return ""
	}
	place := ""
	if d.Line > 0 && !strings.HasSuffix(d.Layer, fmt.Sprintf(" in line %d", d.Line)) { // an unnamed one is called so
		place = fmt.Sprintf(" (line %d)", d.Line)
	}
	switch {
	case d.Key == "":
		return d.Layer + place + " is in the submission only"
	case d.Layer == "":
		return d.Key + " is missing"
	}
	var parts []string
	for _, p := range d.Parts {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %s, should be %s", p[0], orNone(p[1]), orNone(p[2]))))
	}
	return d.Layer + place + ": " + strings.Join(parts, "; ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
