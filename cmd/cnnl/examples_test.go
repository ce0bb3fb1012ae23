package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamples: every example runs, its claims hold, it is formatted, and the
// README names it. Only those about mistakes have any.
func TestExamples(t *testing.T) {
	readme := docs(t)["README.md"]
	files, _ := filepath.Glob("examples/*/*.cnnl")
	parts, _ := filepath.Glob("examples/*/parts/*.cnnl")
	if len(files) < 16 {
		t.Fatalf("only %d examples", len(files))
	}
	for _, file := range append(files, parts...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isPart, unread := strings.Contains(file, "/parts/"), strings.HasSuffix(file, "mistakes.cnnl")
		wrong := unread || strings.HasSuffix(file, "claims.cnnl")
		if _, stderr, code := cnnl(t, "", file); (code == exitFine) == wrong {
			t.Errorf("%s: %s", file, stderr)
		}
		if formatted, _, code := cnnl(t, "", "fmt", file); !unread && (code != exitFine || formatted != string(text)) {
			t.Errorf("%s is not formatted", file)
		}
		if inZoo := strings.Contains(file, "/zoo/"); !isPart && !inZoo && !strings.Contains(readme, file) {
			t.Errorf("the README does not name %s", file)
		}
		if !isPart && !wrong && !strings.Contains(string(text), "expect") && !strings.Contains(file, "cmyk") {
			t.Errorf("%s claims nothing", file)
		}
	}
}
