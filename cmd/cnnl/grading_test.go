package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cnnl/internal/golden"
	"cnnl/internal/pupils"
)

// exampleClass is the class of 40 of examples/grading, as files: what Canvas
// exports, the roster, the gradebook. Some students do what programs do not
// expect.
func exampleClass() map[string]string {
	files := map[string]string{}
	roster, gradebook := "id,name,section\n", "Student,ID,SIS Login ID,Section,HW3 (98765)\n    Points Possible,,,,15\n"
	for i, p := range pupils.Make(40, 3) {
		roster += fmt.Sprintf("%s,\"%s\",%c\n", p.ID, p.Name, 'A'+i%2)
		gradebook += fmt.Sprintf("\"%s\",%s,s%s,%c,\n", p.Name, p.ID, p.ID, 'A'+i%2)
		stem := strings.TrimSuffix(p.File, "_hw3.cnnl")
		name, text := p.File, p.Text
		switch i {
		case 7, 23: // nothing
			continue
		case 11: // typed into the page
			name = stem[:strings.LastIndexByte(stem, '_')] + "_text.html"
			text = "<p>" + strings.ReplaceAll(strings.TrimSpace(text), "\n", "</p>\n<p>") + "</p>\n"
		case 15: // an empty file
			text = ""
		case 19: // not what was asked for
			name, text = stem+"_hw3.pdf", "%PDF-1.4\n"
		case 28: // handed in again
			files["submissions/"+stem+"_hw3.cnnl"] = "input 120x120 cmyk\n"
			name = stem + "_hw3-1.cnnl"
		case 31: // an answer sheet only
			text = "expect total == 7_271_940\n"
		case 34: // a mistake in the text
			text = strings.Replace(text, "flatten", "flatten(", 1)
		case 36: // an editor that writes Windows-1252
			text = "# \xdcbung 3\n" + text[strings.IndexByte(text, '\n')+1:]
		}
		files["submissions/"+name] = text
	}
	files["roster.csv"] = roster
	files["gradebook.csv"] = gradebook + "\"Student, Test\",1,test,,\n"
	return files
}

// TestGradingExample: the files of the example are those of its class, and its
// report is what the program says. UPDATE=1 writes them anew.
func TestGradingExample(t *testing.T) {
	docs(t) // to the top of the repository
	const folder = "examples/grading/"
	want := exampleClass()
	if golden.Update {
		_ = os.RemoveAll(folder + "submissions")
		writeAll(t, folder, want)
	}
	for name, text := range want {
		if have, err := os.ReadFile(folder + name); err != nil || string(have) != text {
			t.Errorf("%s is not as the class has it (%v)", name, err)
		}
	}
	have, _ := filepath.Glob(folder + "submissions/*")
	if len(have) != len(want)-2 {
		t.Errorf("%d submissions, want %d", len(have), len(want)-2)
	}
	report, stderr, code := cnnl(t, "", "grade", folder+"key.cnnl", folder+"submissions", "--roster", folder+"roster.csv")
	if code != exitFine || stderr != "" {
		t.Fatalf("%d: %s", code, stderr)
	}
	golden.File(t, folder+"report.txt", report)
}

// TestSpread: what the guide says of many processes gives the same records as
// one, for each of the programs that it spreads the lines with.
func TestSpread(t *testing.T) {
	_, guide, _ := strings.Cut(docs(t)["docs/grading.md"], "## Very many")
	key, err := os.ReadFile("examples/grading/key.cnnl")
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, p := range pupils.Make(500, 5) {
		line, _ := json.Marshal(map[string]string{"id": p.ID, "name": p.Name, "script": p.Text})
		lines.Write(append(line, '\n'))
	}
	for _, program := range []string{"split", "parallel"} {
		t.Run(program, func(t *testing.T) {
			_, rest, found := strings.Cut(guide, "```sh\n"+program+" ")
			commands, _, _ := strings.Cut(rest, "```")
			if !found {
				t.Fatal("the guide shows no such run")
			}
			if _, err := exec.LookPath(program); err != nil {
				lacks(t, "there is no "+program+" on this machine")
			}
			dir := t.TempDir()
			write(t, filepath.Join(dir, "key.cnnl"), string(key))
			write(t, filepath.Join(dir, "class.jsonl"), lines.String())
			write(t, filepath.Join(dir, "machines"), "2/:\n") // this machine, without ssh
			if err := os.Symlink(os.Args[0], filepath.Join(dir, "cnnl")); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("bash", "-ec", program+" "+commands+"cnnl grade key.cnnl --jsonl <class.jsonl >one.jsonl\n")
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1", "HOME="+dir, "PATH="+dir+":"+os.Getenv("PATH"))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			merged, _ := os.ReadFile(filepath.Join(dir, "records.jsonl"))
			one, _ := os.ReadFile(filepath.Join(dir, "one.jsonl"))
			if len(one) == 0 || !bytes.Equal(merged, one) {
				t.Errorf("%d bytes of many processes, %d of one", len(merged), len(one))
			}
		})
	}
}
