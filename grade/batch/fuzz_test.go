package batch

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/lang"
)

// What a class comes in, and what an earlier run left.

const scriptOf = "input 120x120 cmyk\nconv c1 20 3x3\nexpect total == 740\n"

// entries are files of an archive, some of them with names that lead out of it.
var entries = []string{"doe_1_cmyk.cnnl", "Doe, Jane/net.cnnl", "../../out.cnnl", "/etc/out.cnnl", `C:\out.cnnl`, "a/../../b.cnnl", "x.cnnl/", "link.cnnl", "onlinetext.html"}

func zipOf(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range entries {
		f, err := w.Create(name)
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = f.Write([]byte(scriptOf))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func tarOf(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range entries {
		h := &tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(scriptOf)), Mode: 0o644}
		switch {
		case strings.HasSuffix(name, "/"):
			h.Typeflag, h.Size = tar.TypeDir, 0
		case strings.HasPrefix(name, "link"):
			h.Typeflag, h.Size, h.Linkname = tar.TypeSymlink, 0, "/etc/passwd"
		}
		err := w.WriteHeader(h)
		if err == nil && h.Size > 0 {
			_, err = w.Write([]byte(scriptOf))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func packed(t testing.TB, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// FuzzArchives: whatever an archive holds, no path of it leads out, no content is
// longer than a script may be, and nothing is written beside it.
func FuzzArchives(f *testing.F) {
	f.Add(uint8(0), zipOf(f))
	f.Add(uint8(1), tarOf(f))
	f.Add(uint8(2), packed(f, tarOf(f)))
	f.Add(uint8(2), packed(f, make([]byte, 1<<20)))
	f.Fuzz(func(t *testing.T, ending uint8, data []byte) {
		tryBatch(t, [...]string{".zip", ".tar", ".tgz"}[ending%3], data)
	})
}

// FuzzLines: the same of lines of JSON.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"id":"s1","script":"input 8\n"}` + "\n" + `{"id":"s2","file":"a.cnnl","script":"relu","question":"q"}`))
	f.Add([]byte("{}\n[]\n\n{\"id\":1}"))
	f.Fuzz(func(t *testing.T, data []byte) { tryBatch(t, ".jsonl", data) })
}

// tryBatch opens a source, lists it and reads all of it.
func tryBatch(t *testing.T, ending string, data []byte) {
	dir := t.TempDir()
	name := filepath.Join(dir, "class"+ending)
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
	opts := Options{Limit: 1 << 12}
	source, err := Open(name, opts)
	if err != nil {
		return
	}
	defer source.Close()
	var x collect.Index
	if err := source.List(&x); err != nil {
		return
	}
	for found := range x.Found() {
		if out := path.Clean("/" + found.Path); strings.HasPrefix(found.Path, "/") || !strings.HasSuffix(out, strings.TrimSuffix(found.Path, "/")) && strings.Contains(found.Path, "..") {
			t.Errorf("the path %q leads out of the archive", found.Path)
		}
		if !found.Missing && found.Why == "" {
			if h := source.Read(found); int64(len(h.Text)) > 3*opts.most() { // Windows-1252 has up to three bytes a letter as UTF-8
				t.Errorf("%s: %d bytes of a script", found.Path, len(h.Text))
			}
		}
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("beside the archive stand %d files (%v)", len(list)-1, err)
	}
}

// FuzzJournal: whatever stands in a journal, it is refused, or what it gives back are
// records that a run could have made.
func FuzzJournal(f *testing.F) {
	file, _ := lang.Parse(lang.NewSource("key.cnnl", scriptOf), lang.Limits{})
	key, diags := grade.NewKey(file, eval.Options{})
	if diags.Failed() {
		f.Fatal(diags.List[0])
	}
	keys := &grade.Keys{List: []*grade.Key{key}}
	f.Add(journalOf(f, keys))
	f.Add([]byte(`{"schema":"cnnl-journal/1","record":{}}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		j, err := OpenJournal(name, keys)
		if err != nil {
			return
		}
		defer j.Close()
		if r, ok := j.Find(submission(), keys.Version("s1", "")); ok && r.Valid() != nil {
			t.Errorf("it gives a record that is none: %v", r.Valid())
		}
		_, _ = PreviousScores(name)
		_, _ = Lines(t.Context(), keys, bytes.NewReader(data), io.Discard, 1, Options{Limit: 1 << 12})
	})
}

func submission() grade.Submission {
	return grade.Submission{ID: "s1", File: "s1.cnnl", Text: scriptOf, SHA256: hash([]byte(scriptOf))}
}

// journalOf is a journal with one record.
func journalOf(t testing.TB, keys *grade.Keys) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "journal")
	j, err := OpenJournal(name, keys)
	if err != nil {
		t.Fatal(err)
	}
	r := keys.Grader().Grade(submission())
	if err := j.Add(&r); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
