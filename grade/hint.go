package grade

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/lang"
)

// firstMistake says where a script's first mistake is, and how to mend it.
func firstMistake(diags lang.Diagnostics) string {
	for _, d := range diags.List {
		if d.Severity == lang.Error && d.Source != nil {
			line, _ := d.Source.Position(d.Span.Start)
			return strings.TrimSuffix(fmt.Sprintf("; line %d: %s; %s", line, d.Summary, ownHint(d.Hint, d.Source.Text)), "; ")
		}
	}
	return ""
}

var numbers = pattern(`\d+(?:x\d+)*`)

// ownHint is a hint without numbers but those of the script, or its sizes in another
// order: an example could be what the key says. Otherwise empty.
func ownHint(hint, script string) string {
	for _, n := range numbers().FindAllString(hint, -1) {
		if !strings.Contains(script, n) && !slices.ContainsFunc(numbers().FindAllString(script, -1), func(own string) bool { return turned(own, n) }) {
			return ""
		}
	}
	return hint
}

// turned reports two sizes of the same sides.
func turned(a, b string) bool {
	sides, others := strings.Split(a, "x"), strings.Split(b, "x")
	slices.Sort(sides)
	slices.Sort(others)
	return slices.Equal(sides, others)
}
