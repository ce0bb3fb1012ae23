// Package golden holds what the program says to files that somebody has read.
//
//	UPDATE=1 go test -p 1 ./...
//
// writes them anew, one package after the other: some write into the same page. Read the
// difference before you commit it.
package golden

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Update is set where files are written, not compared.
var Update = os.Getenv("UPDATE") != ""

// File holds a file to a text.
func File(t testing.TB, file, text string) {
	t.Helper()
	Part(t, file, "", "", text)
}

// Part holds to a text what stands in a file between two others, the first ones of
// their kind. An empty to is the end of the file.
func Part(t testing.TB, file, from, to, text string) {
	t.Helper()
	whole, err := os.ReadFile(file)
	if err != nil && !Update {
		t.Fatal(err)
	}
	before, have, found := strings.Cut(string(whole), from)
	after := ""
	if found && to != "" {
		have, after, found = strings.Cut(have, to)
	}
	switch {
	case !found:
		t.Fatalf("%s has no place between %q and %q", file, from, to)
	case have == text:
	case !Update:
		t.Errorf("%s is otherwise (- is what it has); UPDATE=1 writes it anew:\n%s", file, cmp.Diff(have, text))
	default:
		if err := os.WriteFile(file, []byte(before+from+text+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
