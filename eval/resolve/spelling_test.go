package resolve

import (
	"fmt"
	"strings"
	"testing"

	"cnnl/lang"
)

// What a misspelt name was meant to be is looked for as often as messages are kept:
// there may be as many unknown names as statements, each with as many to compare with.
func TestSpellingEndsWithTheMessages(t *testing.T) {
	script := "input photo 4x4x1\n"
	for i := range 20 {
		script += fmt.Sprintf("from phota%d\n", i)
	}
	file, _ := lang.Parse(lang.NewSource("", script), lang.Limits{})
	near := 0
	for _, n := range Script(file, Options{Messages: 5}).Log.notes {
		if strings.Contains(n.Hint, "did you mean photo?") {
			near++
		}
	}
	if near != 5 {
		t.Errorf("looked for %d times, want 5", near)
	}
}
