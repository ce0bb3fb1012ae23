package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cnnl/assist"
	"cnnl/internal/golden"
	"cnnl/lang"
)

func TestMain(m *testing.M) {
	if os.Getenv("CNNL_TEST_MAIN") != "" {
		main() // the program itself, started by a test
		return
	}
	testscript.Main(m, map[string]func(){"cnnl": main})
}

// TestScripts runs the real program. UPDATE=1 writes the expected outputs
// anew. With -short, those scripts are run whose commands have workers.
func TestScripts(t *testing.T) {
	dir, files := "testdata/script", []string(nil)
	if testing.Short() {
		dir, files = "", []string{"testdata/script/check.txtar", "testdata/script/grade.txtar", "testdata/script/silence.txtar", "testdata/script/repl.txtar"}
	}
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		Files:               files,
		UpdateScripts:       golden.Update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			utf16 := "\xff\xfei\x00d\x00,\x00n\x00a\x00m\x00e\x00\n\x00s\x001\x00,\x00Z\x00o\x00\xeb\x00\n\x00"
			if err := os.WriteFile(filepath.Join(env.WorkDir, "utf16.csv"), []byte(utf16), 0o644); err != nil {
				return err
			}
			return makePipe(filepath.Join(env.WorkDir, "pipe.cnnl"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"bytes": writeBytes, "latin": writeLatin, "edit": edit},
	})
}

// writeBytes FILE TEXT COUNT writes a text many times.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	n := 1
	for _, c := range args[2:] {
		for n = 0; c != ""; c = c[1:] {
			n = 10*n + int(c[0]-'0')
		}
	}
	text := strings.NewReplacer(`\n`, "\n", `\e`, "\x1b", `\0`, "\x00").Replace(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, n)), 0o644))
}

// writeLatin FILE TEXT writes a text in which \xe9 is that byte.
func writeLatin(ts *testscript.TestScript, neg bool, args []string) {
	text := strings.NewReplacer(`\n`, "\n", `\xe9`, "\xe9").Replace(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// edit FILE OLD NEW writes something else in place of what stands in a file.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s has no %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

// cnnl runs a command line inside the test.
func cnnl(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &err)
	return out.String(), err.String(), code
}

// lacks skips a test for want of what a machine may lack. Where NO_SKIP is set,
// as in .ci/run, nothing may be lacking.
func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("NO_SKIP") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// TestCodePages: every code has a page; the wrong script on it gets that code, with
// the words on the page, and the right one gets nothing.
func TestCodePages(t *testing.T) {
	for _, code := range codes() {
		page, ok := assist.CodePage(code)
		if !ok || len(page) < 100 {
			t.Errorf("%s has no page", code)
			continue
		}
		if code == string(lang.Use) || code == string(lang.Limit) || code == string(lang.Marking) {
			continue // these need files, more text than a page has, or grading
		}
		_, stderr, exit := cnnl(t, labelled(page, "wrong"), "-")
		if says := labelled(page, "says"); exit != exitScript || strings.Count(stderr, "error[") != 1 || says == "" || !strings.Contains(stderr, strings.TrimSpace(says)+"\n") {
			t.Errorf("%s: its example says: %s", code, stderr)
		}
		if _, stderr, exit := cnnl(t, labelled(page, "right"), "-"); exit != exitFine {
			t.Errorf("%s: what is right says: %s", code, stderr)
		}
	}
}

// labelled is the indented text of a page behind a label.
func labelled(page, label string) string {
	_, text, _ := strings.Cut(page, "\n"+label+"\n\n")
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "    ") {
			break
		}
		lines = append(lines, line[4:])
	}
	return strings.Join(lines, "")
}

func TestVersion(t *testing.T) {
	if out, _, code := cnnl(t, "", "version"); code != exitFine || !strings.HasPrefix(out, "cnnl ") {
		t.Errorf("got %q, %d", out, code)
	}
}

// TestCheckIsDeterministic: many files on every core, always in order.
func TestCheckIsDeterministic(t *testing.T) {
	dir := t.TempDir()
	for i := range 300 {
		text := "input 8\nrelu\n"
		if i%3 == 0 {
			text = strings.Repeat("\n", i) + "relu\n"
		}
		if err := os.WriteFile(filepath.Join(dir, strings.Repeat("x", 1+i%7)+string(rune('a'+i%26))+".cnnl"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, first, code := cnnl(t, "", "check", dir)
	if code != exitScript || first == "" {
		t.Fatalf("got %d: %s", code, first)
	}
	for range 5 {
		if _, again, _ := cnnl(t, "", "check", dir); again != first {
			t.Fatalf("two runs differ:\n%s\n%s", first, again)
		}
	}
}

// long leaves out a test that tries much of what starts no goroutines, where the race
// detector makes each run of the program ten times as long.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("without -short")
	}
}
