package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestLongPaths: what an archive calls too long costs its own row, or, where
// nobody can tell whose it is, none.
func TestLongPaths(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	long := strings.Repeat("x", 70_000)
	files := map[string]string{"ann.cnnl": solution(), "bob/" + long + ".cnnl": solution(), "bob/hw.cnnl": solution(), "roe_12_13_" + long + ".cnnl": solution(), long + ".cnnl": solution()}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	out, stderr, code := cnnl(t, "", "grade", key, archived(t, filepath.Join(dir, "class.tar.gz"), files, names), "-o", "csv")
	if code != exitFine || !strings.Contains(stderr, "files whose paths are too long to tell whose they are were left out: xxx") {
		t.Errorf("%d: %.300s", code, stderr)
	}
	for _, want := range []string{"\nann,,graded,,15,", "\nbob,,ungradable,,", "a path in it is longer than 65,535 bytes", "\n12,roe,ungradable,,"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%.2000s", want, out)
		}
	}
	if strings.Count(out, "\n") != 4 {
		t.Errorf("got\n%.2000s", out)
	}
}
