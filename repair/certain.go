package repair

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/lang"
)

// isCertain reports whether only the form changes: by liberties of form, and so that
// every number and every name of the script is still there.
func (m *mender) isCertain(f *mended) bool {
	return f.form && (f.sure || conserves(m.now.src.Text, f.edits, f.free))
}

// conserves reports whether edits take no number and no name away and put none in, but
// for those that are free.
func conserves(text string, edits []lang.Edit, free []string) bool {
	var before, after []string
	for _, e := range edits {
		whole := wordsAround(text, e.Span)
		old := text[whole.Start:whole.End]
		before = append(before, counted(old)...)
		after = append(after, counted(text[whole.Start:e.Span.Start]+e.Text+text[e.Span.End:whole.End])...)
	}
	for _, text := range free {
		for _, number := range counted(text) {
			before, after = without(before, number), without(after, number)
		}
	}
	slices.Sort(before)
	slices.Sort(after)
	return slices.Equal(before, after)
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(list, func(w string) bool { return w == word })
}

// wordsAround widens a range to whole words.
func wordsAround(text string, s lang.Span) lang.Span {
	for s.Start > 0 && isWordByte(text[s.Start-1]) {
		s.Start--
	}
	for s.End < len(text) && isWordByte(text[s.End]) {
		s.End++
	}
	return s
}

func isWordByte(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// counted lists the numbers of a text: what a fix that is certain keeps. The 2d of
// Conv2d is part of a word.
func counted(text string) (numbers []string) {
	number := ""
	for _, r := range dimension().ReplaceAllString(text, "$1$3") + " " {
		if d := digit(r); d >= 0 {
			number += string(rune('0' + d))
			continue
		}
		if number != "" && r != '_' {
			numbers, number = append(numbers, number), ""
		}
	}
	return numbers
}

// meaning is what comes of an attempt, as far as that can be compared: the network, if
// it is counted beyond what was changed, and otherwise the text.
func (m *mender) meaning(got *attempt, edits []lang.Edit) string {
	lines := touchedLines(got.src, edits)
	for i := range got.diags.List {
		e := &got.diags.List[i]
		if e.Severity != lang.Error || e.Code == lang.Expect {
			continue
		}
		if n, _ := got.src.Position(e.Span.Start); e.Source != got.src || n <= lines[len(lines)-1] {
			return strings.Join(strings.Fields(got.src.Text), " ")
		}
	}
	var b strings.Builder
	for i := range got.net.Nodes[:got.net.Good] {
		n := &got.net.Nodes[i]
		fmt.Fprintf(&b, "%s %v %v %d %d %t %v %v\n", n.Kind.Name, n.From, n.Out.Axes(), n.Owner, n.Bias, n.Turned, n.Counts, n.Frozen)
	}
	fmt.Fprintf(&b, "%v\n", got.net.Outputs)
	if got.diags.Failed() {
		fmt.Fprintf(&b, "%d %v", got.net.Good, count(&got.diags))
	}
	return b.String() + strings.Join(got.claims, "\n")
}
