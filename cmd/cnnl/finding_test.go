package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cnnl/grade"
)

// zipOf is an archive of some files.
func zipOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(f, files[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name]))}); err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, files[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// handedIn are a class whose files are called and packed as they come, and what
// is to be said of each student.
func handedIn(t *testing.T) (files, want map[string]string) {
	right := solution()
	z := func(names ...string) string {
		files := map[string]string{}
		for i := 0; i < len(names); i += 2 {
			files[names[i]] = names[i+1]
		}
		return zipOf(t, files)
	}
	files = map[string]string{
		"plain/hw.cnnl": right,
		"a1/hw.md":      right, "a2/hw": right, "a3/hw.cnnl.txt": right, "a3/hw.txt": "It is done.\n", "a4/hw.py": right,
		"b1/hw.cnnl": right, "b1/README.md": right, "b1/report.pdf": "%PDF-1.4\n",
		"b2/one.txt": "This is my homework.\nI hope it is right.\n", "b2/two.txt": right,
		"b3/one.txt": right, "b3/two.txt": right,
		"b4/hw.cnnl": "{\\rtf1 conv}", "b4/hw.txt": right,
		"c1/hw.zip": z("hw.cnnl", right), "c2/hw.zip": z("src/in.zip", z("in2.zip", z("hw.cnnl", right))),
		"c3/hw.zip": z("a.zip", z("b.zip", z("c.zip", z("hw.cnnl", right)))), "c4/hw.zip": z("../../x.cnnl", right, "__MACOSX/._x.cnnl", "x"),
		"c5/hw.zip": "PK\x03\x04 no archive", "c6/hw.zip": z(), "c7.zip": z("hw.cnnl", right),
		"d1/.hw.cnnl": right, "d2/hw.pdf": "%PDF-1.4\n", "d3/hw.docx": z("word/document.xml", right), "d4/hw.cnnl": "{\\rtf1 conv}", "d5/hw.png": "\x89PNG\r\n\x1a\n",
		"e1/hw.cnnl": strings.ReplaceAll(right, "\n", "\r"), "e2/hw.cnnl": right + strings.Repeat("\x00", 99), "e3/hw.html": "<html><body><pre>" + right + "</pre></body></html>",
		"e4/hw.py": "import torch\nmodel = torch.nn.Linear(3, 4)\n",
	}
	const graded = "graded"
	want = map[string]string{"b3": "there are 2 scripts in one attempt: one.txt and two.txt", "c3": "there is no script among the files: c.zip, an archive (zip)",
		"c5": "there is no script among the files: hw.zip, an archive (zip)", "c6": "there is no script among the files: hw.zip, an archive (zip)",
		"d2": "there is no script among the files: hw.pdf, a PDF document", "d3": "there is no script among the files: hw.docx, a Word document",
		"d4": "it is an RTF document (rich text), no plain text", "d5": "there is no script among the files: hw.png, a picture (PNG)",
		"e4": "there is no script among the files: hw.py"}
	for name := range files {
		id, _, _ := strings.Cut(strings.TrimSuffix(name, ".zip"), "/")
		if want[id] == "" {
			want[id] = graded
		}
	}
	return files, want
}

// TestFinding: what a student handed in is found wherever a person would find it,
// and what was passed over is said; the same in a folder and in archives.
func TestFinding(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	files, want := handedIn(t)
	sources := map[string]string{
		"folder": writeAll(t, filepath.Join(dir, "class"), files),
		"zip":    write(t, filepath.Join(dir, "class.zip"), zipOf(t, files)),
		"tar":    write(t, filepath.Join(dir, "class.tar"), tarOf(t, files)),
	}
	first := ""
	for _, kind := range []string{"folder", "zip", "tar"} {
		lines := gradeAll(t, key, sources[kind])
		if first == "" {
			first = lines
		}
		if lines != first {
			t.Errorf("%s differs from the folder:\n%s", kind, lines)
		}
	}
	for _, jobs := range []string{"1", "8"} {
		if lines := gradeAll(t, key, sources["zip"], "--jobs", jobs); lines != first {
			t.Errorf("--jobs %s differs", jobs)
		}
	}
	got := map[string]grade.Record{}
	for line := range strings.Lines(first) {
		var r grade.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		got[r.ID] = r
	}
	for id, said := range want {
		r := got[id]
		switch {
		case said == "graded" && (r.Score == nil || *r.Score != *got["plain"].Score):
			t.Errorf("%s: %s %s, wants the points of plain", id, r.Outcome, r.Why)
		case said != "graded" && r.Why != said:
			t.Errorf("%s: %q, want %q", id, r.Why, said)
		}
	}
	if b := got["b1"].Beside; !slices.Equal(b, []string{"README.md", "report.pdf"}) {
		t.Errorf("b1: passed over are %v", b)
	}
	if _, err := os.Stat(filepath.Join(dir, "x.cnnl")); err == nil {
		t.Error("an archive wrote a file")
	}
}
