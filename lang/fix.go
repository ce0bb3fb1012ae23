package lang

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Edit puts a text in place of a piece of a source.
type Edit struct {
	Source *Source // nil: the source of the diagnostic
	Span   Span
	Text   string
}

// A Rank says how sure it is that a fix is what was meant.
type Rank uint8

// Of a Likely fix another reading cannot be ruled out; a Certain one changes only
// the form, and nothing else could have been meant.
const (
	Likely Rank = iota
	Certain
)

// String is the word that documents use.
func (r Rank) String() string { return [...]string{"likely", "certain"}[r] }

// A Fix is a way out of a mistake: edits that belong together. It has been tried:
// with them the mistake is gone.
type Fix struct {
	Title string // what it does, as a phrase: `write it as a size`
	Rule  string // its kind; names are stable
	Rank  Rank
	Edits []Edit // of one source none touches another
	Lost  string // what stood there and cannot be carried over; empty: nothing
}

// Apply carries out edits of one text. It is an error where they lie outside of the
// text, part a character or touch each other.
func Apply(text string, edits []Edit) (string, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Span.Start - b.Span.Start })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		switch {
		case e.Span.Start < at || e.Span.End < e.Span.Start || e.Span.End > len(text):
			return "", fmt.Errorf("an edit of %d to %d touches another, or lies outside of %d bytes", e.Span.Start, e.Span.End, len(text))
		case partsCharacter(text, e.Span.Start) || partsCharacter(text, e.Span.End):
			return "", fmt.Errorf("an edit of %d to %d parts a character", e.Span.Start, e.Span.End)
		}
		b.WriteString(text[at:e.Span.Start])
		b.WriteString(e.Text)
		at = e.Span.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// partsCharacter reports an offset inside a character.
func partsCharacter(text string, at int) bool {
	if at == 0 || at >= len(text) || utf8.RuneStart(text[at]) {
		return false
	}
	start := at - 1
	for start > 0 && at-start < utf8.UTFMax && !utf8.RuneStart(text[start]) {
		start--
	}
	_, n := utf8.DecodeRuneInString(text[start:])
	return start+n > at
}

// Of gives the edits of a fix that are of one source; d is the diagnostic whose fix it is.
func (f *Fix) Of(src *Source, d *Diagnostic) (edits []Edit) {
	for _, e := range f.Edits {
		if e.Source == src || e.Source == nil && d.Source == src {
			edits = append(edits, e)
		}
	}
	return edits
}

// Changed gives the lines that the fix puts in place of others of the source, without
// their line ends, and the number of the first; none where it only takes lines out.
func (f *Fix) Changed(src *Source, d *Diagnostic) (first int, lines []string) {
	text, err := Apply(src.Text, f.Of(src, d))
	if err != nil {
		return 0, nil
	}
	before, after := strings.Split(src.Text, "\n"), strings.Split(text, "\n")
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after, first = before[1:], after[1:], first+1
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	for i := range after {
		after[i] = strings.TrimSuffix(after[i], "\r")
	}
	return first + 1, after
}
