package claim

import (
	"slices"
	"strings"

	"cnnl/lang"
)

// Products and sums in writing.

// text writes a product, with the names of its factors where it has any.
func (p product) text() string {
	var values, names []string
	for _, f := range p.factors {
		values = append(values, f.text())
		if f.name != "" {
			names = appendNew(names, f.name)
		}
	}
	text := strings.Join(values, "·")
	if p.minus {
		text = "-" + text
	}
	if len(names) > 0 {
		text += " (" + strings.Join(names, ", ") + ")"
	}
	return text
}

func (f factor) text() string {
	if f.quotient != nil {
		return f.quotient.rounding + "(" + f.quotient.over.text() + ")/" + f.quotient.under.text()
	}
	return lang.Group(f.value)
}

func (f factor) titled() string {
	if f.name == "" {
		return f.text()
	}
	return f.text() + " (" + f.name + ")"
}

func (p poly) text() string {
	var parts []string
	for _, a := range p {
		parts = append(parts, a.plain())
	}
	return strings.ReplaceAll(strings.Join(parts, " + "), "+ -", "- ")
}

// plain writes a product without names, and without factors of 1.
func (p product) plain() string {
	var values []string
	for _, f := range p.factors {
		if f.quotient != nil {
			values = append(values, f.text())
		} else if f.value != 1 || len(p.factors) == 1 {
			values = append(values, lang.Group(f.value))
		}
	}
	if len(values) == 0 {
		values = append(values, "1")
	}
	text := strings.Join(values, "·")
	if p.minus {
		return "-" + text
	}
	return text
}

// appendNew adds a word that is not there yet.
func appendNew(list []string, word string) []string {
	if word == "" || slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}
