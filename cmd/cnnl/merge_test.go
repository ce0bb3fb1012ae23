package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestMergedRuns: the records of two folders, each graded with the roster of
// all, are those of one run; who is missing in one of them is taken from the
// other.
func TestMergedRuns(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	roster := write(t, filepath.Join(dir, "roster.csv"), "id,name\na1,Ann\na2,Bob\nb1,Cem\nzoe,Zoe\n")
	records := func(files map[string]string, folder string) string {
		return gradeAll(t, key, writeAll(t, filepath.Join(dir, folder), files), "--roster", roster)
	}
	first := map[string]string{"a1.cnnl": solution(), "a2.cnnl": mistakes[1](solution())}
	second := map[string]string{"b1.cnnl": solution()}
	want := records(map[string]string{"a1.cnnl": first["a1.cnnl"], "a2.cnnl": first["a2.cnnl"], "b1.cnnl": second["b1.cnnl"]}, "all")
	a, b := records(first, "a"), records(second, "b")
	for name, merged := range map[string]string{"ab": a + b, "ba": b + a} {
		if got := gradeAll(t, key, write(t, filepath.Join(dir, name+".jsonl"), merged), "--roster", roster); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	if got := gradeAll(t, key, write(t, filepath.Join(dir, "twice.jsonl"), a+b+b), "--roster", roster); !strings.Contains(got, `"why":"it has 2 lines"`) {
		t.Errorf("two records of one are\n%s", got)
	}
}
