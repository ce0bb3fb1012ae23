package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cnnl/eval/layer"
)

// docs are the texts for users, from the top of the repository.
func docs(t *testing.T) map[string]string {
	t.Helper()
	t.Chdir("../..")
	files, _ := filepath.Glob("docs/*.md")
	texts := map[string]string{}
	for _, file := range append(files, "README.md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	return texts
}

var block = regexp.MustCompile("(?ms)^```(cnnl|console)\n(.*?)^```$")

// TestDocs runs every block of code in the texts for users: a script must be
// without mistakes, and a command must answer what stands under it.
func TestDocs(t *testing.T) {
	ran := 0
	for file, text := range docs(t) {
		for _, m := range block.FindAllStringSubmatch(text, -1) {
			ran++
			if m[1] == "cnnl" {
				if _, stderr, code := cnnl(t, m[2], "-"); code != exitFine {
					t.Errorf("%s: %s\n%s", file, m[2], stderr)
				}
				continue
			}
			command, want, _ := strings.Cut(m[2], "\n")
			if got := shows(t, strings.TrimPrefix(command, "$ cnnl ")); got != want {
				t.Errorf("%s: %s answers\n%s\nand the text says\n%s", file, command, got, want)
			}
		}
	}
	if ran < 4 {
		t.Errorf("only %d blocks were run", ran)
	}
}

var words = regexp.MustCompile(`"[^"]*"|\S+`)

// shows is what a terminal shows of a command: the answer, then what was
// told beside it.
func shows(t *testing.T, line string) string {
	t.Helper()
	args := words.FindAllString(line, -1)
	for i := range args {
		args[i] = strings.Trim(args[i], `"`)
	}
	var both bytes.Buffer
	run(args, strings.NewReader(""), &both, &both)
	return both.String()
}

// TestREADMEKinds holds the README's table to the catalogue.
func TestREADMEKinds(t *testing.T) {
	want := kindTable()
	if text := docs(t)["README.md"]; !strings.Contains(text, want) {
		t.Errorf("the README has another table of kinds than the catalogue:\n%s", want)
	}
}

// kindTable has a row for each kind; those that only keep the shape share
// one.
func kindTable() string {
	var rows, plain strings.Builder
	for _, k := range layer.All {
		switch options := k.OptionNames(); {
		case len(k.Params) == 0 && k.Name != "flatten":
			plain.WriteString(" `" + k.Name + "`")
		default:
			rows.WriteString("| `" + k.Name + "` | `" + k.Example + "` | " + strings.Join(options, ", ") + " |\n")
		}
	}
	return rows.String() + "| the others |" + plain.String() + " | |\n"
}

// TestJSONIsDocumented: every key that the JSON has is in its page.
func TestJSONIsDocumented(t *testing.T) {
	page := docs(t)["docs/json.md"]
	stdout, _, _ := cnnl(t, "", "-o", "json", "examples/homework/cmyk.cnnl", "examples/homework/mistakes.cnnl")
	keys := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(stdout), "\n") {
		var doc any
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			t.Fatal(err)
		}
		collect(doc, keys)
	}
	if len(keys) < 30 {
		t.Errorf("only %d keys", len(keys))
	}
	for key := range keys {
		if !strings.Contains(page, "`"+key+"`") {
			t.Errorf("docs/json.md does not describe %q", key)
		}
	}
}

func collect(doc any, keys map[string]bool) {
	switch d := doc.(type) {
	case map[string]any:
		for key, value := range d {
			keys[key] = true
			collect(value, keys)
		}
	case []any:
		for _, value := range d {
			collect(value, keys)
		}
	}
}
