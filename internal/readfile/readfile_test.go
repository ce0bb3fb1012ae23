package readfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"cnnl/internal/readfile"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestFile: every file is read whole, up to the limit, whatever was read before it.
func TestFile(t *testing.T) {
	var r readfile.Reader
	dir := t.TempDir()
	for _, size := range []int{0, 1, 8191, 8192, 8193, 100_000, 10} {
		text := strings.Repeat("abcdefg\n", size/8+1)[:size]
		name := write(t, filepath.Join(dir, "file"), text)
		for _, limit := range []int{1, 8192, 8193, 1 << 20} {
			got, err := r.File(name, int64(limit))
			if err != nil || string(got) != text[:min(size, limit)] {
				t.Errorf("of %d bytes, at most %d: %d, %v", size, limit, len(got), err)
			}
		}
	}
	if _, err := r.File(dir, 10); !errors.Is(err, syscall.EISDIR) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := r.File(filepath.Join(dir, "none"), 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// TestUnknownSize: of some files the system does not say how long they are.
func TestUnknownSize(t *testing.T) {
	const name = "/proc/self/maps"
	want, err := os.ReadFile(name)
	if err != nil {
		t.Skip("there is no such file here")
	}
	var r readfile.Reader
	if got, err := r.File(name, 1<<20); err != nil || len(got) < len(want)/2 || !bytes.Contains(got, []byte("\n")) {
		t.Errorf("%d bytes of about %d, %v", len(got), len(want), err)
	}
}

// TestFolder: files below a folder are read, and nothing that a link leads to.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "secret"), "secret")
	write(t, filepath.Join(dir, "class", "a.cnnl"), "one")
	write(t, filepath.Join(dir, "class", "b", "c", "d.cnnl"), "two")
	root, err := os.OpenRoot(filepath.Join(dir, "class"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	folder, err := readfile.OpenFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	var r readfile.Reader
	for path, want := range map[string]string{"a.cnnl": "one", "b/c/d.cnnl": "two"} {
		if got, err := folder.Read(&r, path, 100); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
	if _, err := folder.Read(&r, "b", 100); err != readfile.ErrNotOrdinary {
		t.Errorf("a folder: %v", err)
	}
	if runtime.GOOS == "windows" {
		return // who may make links there is another matter
	}
	for link, to := range map[string]string{"out": "../secret", "up": "..", "in": "a.cnnl"} {
		if err := os.Symlink(to, filepath.Join(dir, "class", link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"out", "up/secret", "in", "none", "b/none"} {
		if got, err := folder.Read(&r, path, 100); err == nil {
			t.Errorf("%s: %q", path, got)
		}
	}
}
