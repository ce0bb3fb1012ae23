package grade_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cnnl/grade"
)

// TestNoSections: a column with something else for nearly everybody is none of sections,
// nor is one that sets a let of the key.
func TestNoSections(t *testing.T) {
	text := "id,section\n"
	for i := range 200 {
		text += fmt.Sprintf("s%d,of %d\n", i, i)
	}
	r, err := grade.ReadRoster("roster.csv", strings.NewReader(text), nil)
	if err != nil || r.Sections || !slices.Equal(r.Unused, []string{"section, which has more than 100 different texts"}) {
		t.Errorf("%v, sections %v, unused %v", err, r.Sections, r.Unused)
	}
	r, err = grade.ReadRoster("roster.csv", strings.NewReader("id,section\na,1\nb,2\n"), []string{"section"})
	if err != nil || r.Sections || !slices.Equal(r.Lets, []string{"section"}) {
		t.Errorf("%v, sections %v, lets %v", err, r.Sections, r.Lets)
	}
}
