package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cnnl/internal/golden"
	"cnnl/repl"
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

var block = regexp.MustCompile("(?ms)^```(cnnl|console|prompt)\n(.*?)^```$")

// TestDocs runs every block of code in the texts for users: a script must be
// without mistakes, a command must answer what stands under it, and so must the
// prompt what stands under each entry. UPDATE=1 writes the answers anew.
func TestDocs(t *testing.T) {
	long(t)
	ran := 0
	texts := docs(t)
	top, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(withExamples(t)) // what commands write is not for the repository
	for file, text := range texts {
		mended := text
		for _, m := range block.FindAllStringSubmatch(text, -1) {
			ran++
			if m[1] == "cnnl" {
				if _, stderr, code := cnnl(t, m[2], "-"); code != exitFine {
					t.Errorf("%s: %s\n%s", file, m[2], stderr)
				}
				continue
			}
			got := answers(t, m[1], m[2])
			switch {
			case got == m[2]:
			case golden.Update:
				mended = strings.Replace(mended, m[2], got, 1)
			default:
				t.Errorf("%s: the answer is\n%s\nand the text says\n%s", file, got, m[2])
			}
		}
		if mended != text {
			if err := os.WriteFile(filepath.Join(top, file), []byte(mended), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if ran < 4 {
		t.Errorf("only %d blocks were run", ran)
	}
}

// withExamples is a folder that has the examples.
func withExamples(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "examples"), os.DirFS("examples")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// answers is a block with the answers that the program gives.
func answers(t *testing.T, kind, text string) string {
	t.Helper()
	if kind == "console" {
		answer := ""
		for _, command := range regexp.MustCompile(`(?m)^\$ .*\n`).FindAllString(text, -1) {
			answer += command + shows(t, strings.TrimSuffix(command[2:], "\n"))
		}
		return answer
	}
	var b bytes.Buffer
	entries := regexp.MustCompile(`(?m)^[>.] .*\n`).FindAllString(text, -1)
	repl.Run(&conversation{entries, &b}, repl.Options{Out: &b, Err: &b}, "")
	return b.String()
}

// A conversation gives the lines of a prompt, and shows them.
type conversation struct {
	lines []string
	out   io.Writer
}

func (c *conversation) Edit(string, string) (string, error) { return "", repl.ErrNoEditing }

func (c *conversation) Read(string) (string, error) {
	if len(c.lines) == 0 {
		return "", io.EOF
	}
	line := c.lines[0]
	c.lines = c.lines[1:]
	io.WriteString(c.out, line)
	return strings.TrimSuffix(line[2:], "\n"), nil
}

func (c *conversation) Remember(string) {}

var words = regexp.MustCompile(`"[^"]*"|\S+`)

// shows is what a terminal shows of a command: the answer, then what was
// told beside it.
func shows(t *testing.T, line string) string {
	t.Helper()
	args := words.FindAllString(line, -1)
	for i := range args {
		args[i] = strings.Trim(args[i], `"`)
	}
	if args[0] == "cat" {
		text, err := os.ReadFile(args[1])
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	args = args[1:]
	var both bytes.Buffer
	run(args, strings.NewReader(""), &both, &both)
	return both.String()
}

// TestJSONIsDocumented: every key that the JSON has is in its page.
func TestJSONIsDocumented(t *testing.T) {
	page := docs(t)["docs/json.md"]
	stdout, _, _ := cnnl(t, "", "-o", "json", "examples/homework/cmyk.cnnl", "examples/homework/mistakes.cnnl")
	explained, _, _ := cnnl(t, "", "explain", "-o", "json", "examples/homework/claims.cnnl")
	differ, _, _ := cnnl(t, "", "diff", "-o", "json", "examples/homework/claims.cnnl", "examples/homework/cmyk.cnnl")
	keys := map[string]bool{}
	graded, _, _ := cnnl(t, "", "grade", "examples/grading/key.cnnl", "examples/grading/submissions", "-o", "json")
	graded = strings.ReplaceAll(strings.TrimSuffix(graded, "\n"), "\n", "") + "\n"
	diagnosed, _, _ := cnnl(t, "", "diagnose", "-o", "json", "examples/homework/cmyk.cnnl", "32780", "c1.params=200")
	stdout += explained + differ + graded + diagnosed
	for _, line := range strings.Split(strings.TrimSpace(stdout), "\n") {
		var doc any
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			t.Fatal(err)
		}
		fieldsOf(doc, keys)
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

func fieldsOf(doc any, keys map[string]bool) {
	switch d := doc.(type) {
	case map[string]any:
		for key, value := range d {
			keys[key] = true
			if arguments, named := value.(map[string]any); named && key == "arguments" {
				for _, argument := range arguments { // their names are the kind's
					fieldsOf(argument, keys)
				}
				continue
			}
			fieldsOf(value, keys)
		}
	case []any:
		for _, value := range d {
			fieldsOf(value, keys)
		}
	}
}
