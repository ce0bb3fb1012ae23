package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tarOfTen is ten submissions as a tar, and where each entry ends.
func tarOfTen(t *testing.T) (all []byte, ends []int) {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := range 10 {
		text := fmt.Sprintf("input 8x8x3\nconv c 4 3x3\n# %s\n", strings.Repeat("\x00", 600*(i%2)))
		if err := w.WriteHeader(&tar.Header{Name: fmt.Sprintf("s%d.cnnl", i), Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, b.Len())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), ends
}

func zippedTight(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestCutArchives: an archive that was cut is told, wherever that was.
func TestCutArchives(t *testing.T) {
	long(t)
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	all, ends := tarOfTen(t)
	grade := func(name string, text []byte) (stderr string, code int) {
		_, stderr, code = cnnl(t, "", "grade", key, write(t, filepath.Join(dir, name), string(text)), "-o", "csv")
		return stderr, code
	}
	for name, text := range map[string][]byte{"whole.tar": all, "whole.tgz": zippedTight(t, all), "padded.tgz": append(zippedTight(t, all), make([]byte, 100)...), "one.tar": all[:len(all)-512]} {
		if stderr, code := grade(name, text); code != exitFine {
			t.Errorf("%s: %d %s", name, code, stderr)
		}
	}
	for _, end := range append(ends, ends[3]+100, ends[3]+512, ends[3]+600, 0) {
		for name, text := range map[string][]byte{"cut.tar": all[:end], "cut.tgz": zippedTight(t, all[:end])} {
			if stderr, code := grade(name, text); code != exitUsage || !strings.Contains(stderr, "cut off") && !strings.Contains(stderr, "damaged") {
				t.Errorf("%s of %d: %d %s", name, end, code, stderr)
			}
		}
	}
	tgz := zippedTight(t, all)
	for _, end := range []int{len(tgz) - 1, len(tgz) - 8, len(tgz) / 2} {
		if stderr, code := grade("cut.tgz", tgz[:end]); code != exitUsage {
			t.Errorf("tgz of %d: %d %s", end, code, stderr)
		}
	}
	if stderr, code := grade("two.tar", append(append([]byte{}, all...), all...)); code != exitUsage || !strings.Contains(stderr, "goes on behind its end") {
		t.Errorf("two in one: %d %s", code, stderr)
	}
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	for i := range 3 {
		f, err := w.Create(fmt.Sprintf("s%d.cnnl", i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(f, "input 8x8x3")
	}
	_ = w.Close() // a buffer takes everything
	for end := 30; end < z.Len(); end++ {
		if stderr, code := grade("cut.zip", z.Bytes()[:end]); code != exitUsage || !strings.Contains(stderr, "cut off") {
			t.Fatalf("zip of %d: %d %s", end, code, stderr)
		}
	}
}

// TestFlippedRecords: whatever bit of a record or a journal is not as it was,
// that is told, or it has no effect.
func TestFlippedRecords(t *testing.T) {
	long(t)
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(3))
	lines, journal := filepath.Join(dir, "r.jsonl"), filepath.Join(dir, "journal")
	want, _, code := cnnl(t, "", "grade", key, class, "-o", "csv", "-o", "jsonl="+lines, "--journal", journal)
	if code != exitFine {
		t.Fatal(code)
	}
	flip := func(file string, args ...string) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for at := 0; at < 8*len(text); at += 211 {
			damaged := bytes.Clone(text)
			damaged[at/8] ^= 1 << (at % 8)
			write(t, file, string(damaged))
			got, stderr, code := cnnl(t, "", append([]string{"grade", key}, append(args, "-o", "csv")...)...)
			if code == exitFine && got != want && !strings.Contains(stderr, "not whole") {
				t.Fatalf("bit %d of %s: accepted, and the answer is\n%s%s", at, filepath.Base(file), got, stderr)
			}
		}
	}
	flip(lines, lines)
	flip(journal, class, "--journal", journal)
}

// TestKilledWriting: temporary files that a killed run left are cleared by the
// next, those of a run that goes on are not, nor what is called otherwise.
func TestKilledWriting(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(2))
	sheets := filepath.Join(dir, "sheets")
	for _, name := range []string{"s000.md.cnnl-12345.tmp", "gone.md.cnnl-99.tmp", "mine.12.tmp"} {
		writeAll(t, sheets, map[string]string{name: "half"})
	}
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--feedback", sheets); code != exitFine {
		t.Fatal(stderr)
	}
	left, _ := filepath.Glob(filepath.Join(sheets, "*.tmp"))
	if len(left) != 1 || filepath.Base(left[0]) != "mine.12.tmp" {
		t.Errorf("left: %v", left)
	}
}

// TestAbandoned: a file that is begun and given up is as it was, and nothing lies
// beside it; one that is kept is whole.
func TestAbandoned(t *testing.T) {
	dir := t.TempDir()
	name := write(t, filepath.Join(dir, "page.html"), "as it was")
	var w writer
	for range 2 {
		if _, err := w.begin(name).Write([]byte("half")); err != nil {
			t.Fatal(err)
		}
		w.abandon()
	}
	if text, _ := os.ReadFile(name); string(text) != "as it was" {
		t.Errorf("it is %q", text)
	}
	if err := w.begin(name).keep(); err != nil {
		t.Fatal(err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("%d files", len(list))
	}
	if text, _ := os.ReadFile(name); len(text) > 0 {
		t.Errorf("what is empty is %q", text)
	}
}

// TestFormatOnTerminal: what a terminal would obey is made visible there, and
// stays as it is in a pipe.
func TestFormatOnTerminal(t *testing.T) {
	script := write(t, filepath.Join(t.TempDir(), "evil.cnnl"), "# \x1b[31m red\nrelu\n")
	if shown := onTerminal(t, 80, nil, "fmt", script); strings.Contains(shown, "\x1b") || !strings.Contains(shown, "<U+001B>[31m red") {
		t.Errorf("a terminal gets %q", shown)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "fmt", script)
	c.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
	if out, err := c.Output(); err != nil || !bytes.Contains(out, []byte("\x1b[31m red")) {
		t.Errorf("a pipe gets %q, %v", out, err)
	}
}

// TestLimitFirst: where a limit was passed, that is said before the rows that came
// of it; other mistakes are told behind them.
func TestLimitFirst(t *testing.T) {
	for script, first := range map[string]bool{"input 8\nrepeat 9 { relu }\n": true, "input 8\nrelu\nconv 3 3x3\n": false} {
		file := write(t, filepath.Join(t.TempDir(), "x.cnnl"), script)
		for _, command := range []string{"run", "explain"} {
			var both bytes.Buffer
			run([]string{command, file, "--limit", "layers=5"}, nil, &both, &both)
			rows, said := strings.Index(both.String(), "relu1"), strings.Index(both.String(), "error[")
			if rows < 0 || said < 0 || (said < rows) != first {
				t.Errorf("%s of %q says:\n%s", command, script, both.String())
			}
		}
	}
}
