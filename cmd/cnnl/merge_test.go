package main

import (
	"os"
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

// TestEditedRecords: a record that somebody broke is refused with its place,
// wherever it is read.
func TestEditedRecords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(2))
	journal := filepath.Join(dir, "journal")
	records := gradeAll(t, key, class, "--journal", journal)
	kept, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range [][2]string{
		{`"score":"10.5"`, `"score":"7,5"`}, {`"score":"10.5"`, `"score":"-5"`}, {`"score":"10.5"`, `"score":"1e999999999"`}, {`"score":"10.5"`, `"score":""`}, {`"score":"10.5"`, `"score":"1/0"`}, {`"score":"10.5"`, `"score":7.5`},
		{`"max":"17"`, `"max":"0x11"`}, {`"outcome":"graded"`, `"outcome":"good"`}, {`"score":"0","max":"4"`, `"score":"many","max":"4"`}, {`"score":"0","max":"4"`, `"score":"0","max":"-4"`},
	} {
		edited := func(text string) string {
			at := strings.Index(text, `"id":"s001"`)
			return text[:at] + strings.Replace(text[at:], edit[0], edit[1], 1)
		}
		file := write(t, filepath.Join(dir, "records.jsonl"), edited(records))
		for name, args := range map[string][]string{
			"records": {key, file, "-o", "html=" + filepath.Join(dir, "class.html")},
			"journal": {key, class, "--journal", write(t, journal, edited(string(kept)))},
			"diff":    {key, class, "--diff", file},
		} {
			if _, stderr, code := cnnl(t, "", append([]string{"grade"}, args...)...); code != exitUsage || !strings.Contains(stderr, "line 2") {
				t.Errorf("%s, %s: %d: %s", name, edit[1], code, stderr)
			}
		}
		if _, stderr, code := cnnl(t, edited(records), "grade", key, "--jsonl"); code != exitUsage || !strings.Contains(stderr, "line 2") {
			t.Errorf("--jsonl, %s: %d: %s", edit[1], code, stderr)
		}
	}
}

// TestBadLines: what is wrong with a line is told alike in one run, in parts,
// and in reports of their records.
func TestBadLines(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	lines := []string{`{"id":"a","script":"input 8\n"}`, "no JSON", `{"id":"b"}`, `{"script":"input 8\n"}`, `{"id":"c","script":"input 8\n"}`, "no JSON", `{"id":"d","script":"` + strings.Repeat("x", 10<<20) + `"}`}
	run := func(lines []string) string {
		out, stderr, code := cnnl(t, strings.Join(lines, "\n")+"\n", "grade", key, "--jsonl")
		if code != exitFine {
			t.Fatalf("%d: %s", code, stderr)
		}
		return out
	}
	one := run(lines)
	if parts := run(lines[:2]) + run(lines[2:5]) + run(lines[5:]); parts != one {
		t.Errorf("in parts:\n%s\nin one:\n%s", parts, one)
	}
	roster := write(t, filepath.Join(dir, "roster.csv"), "id,name\na,Ann\nb,Bob\n")
	want := gradeAll(t, key, write(t, filepath.Join(dir, "class.jsonl"), strings.Join(lines, "\n")), "--roster", roster)
	for _, reason := range []string{`"id":"line 2","file":"","sha256":"","outcome":"ungradable","why":"it is no JSON object`, `"why":"it has no \"id\""`, `"id":"b","name":"Bob"`, `"why":"it is longer than a script may be"`} {
		if !strings.Contains(want, reason) {
			t.Errorf("%s is not in\n%s", reason, want)
		}
	}
	if got := gradeAll(t, key, write(t, filepath.Join(dir, "records.jsonl"), one), "--roster", roster); got != want {
		t.Errorf("from records:\n%s\nfrom lines:\n%s", got, want)
	}
}

// TestJournalOfTables: a row is graded again where any cell is another, also
// one that cannot be read.
func TestJournalOfTables(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	journal := filepath.Join(dir, "journal")
	for _, cell := range []string{"many", "a lot", "many"} {
		table := write(t, filepath.Join(dir, "answers.csv"), "id,total\na,"+cell+"\n")
		want := gradeAll(t, key, table)
		if got := gradeAll(t, key, table, "--journal", journal); got != want || !strings.Contains(got, cell) {
			t.Errorf("%s: %s", cell, got)
		}
	}
}

// TestRemarks: a script that fails before it differs from the key has its
// mistake beside its score.
func TestRemarks(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	for script, want := range map[string]string{
		strings.Replace(solution(), "flatten\n", "", 1): "line 7: f1: dense needs a vector",
		"conv c1 20 3x3\n": "line 1: there is no input",
	} {
		class := writeAll(t, filepath.Join(t.TempDir(), "class"), map[string]string{"a.cnnl": script, "b.cnnl": solution()})
		if out, stderr, _ := cnnl(t, "", "grade", key, class); !strings.Contains(out, want) {
			t.Errorf("%s is not in\n%s%s", want, out, stderr)
		}
	}
}

// TestByHand: points are rounded wherever people read them.
func TestByHand(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), map[string]string{"a.cnnl": mistakes[4](solution()), "b.cnnl": solution()})
	hand := write(t, filepath.Join(dir, "hand.csv"), "id,check,points,reason\na,Parameters per layer,2.125,kind\n")
	for _, format := range []string{"text", "html", "markdown", "csv"} {
		if out, stderr, _ := cnnl(t, "", "grade", key, class, "--overrides", hand, "-o", format); !strings.Contains(out, "Parameters per layer: 2.13 by hand, was 2.5 (kind)") {
			t.Errorf("%s: %s%s", format, out, stderr)
		}
	}
}
