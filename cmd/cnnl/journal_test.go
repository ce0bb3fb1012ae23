package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cnnl/grade"
	"cnnl/grade/batch"
)

// TestKilled: a run that is killed, however often, and begun again with its
// journal gives the same in the end.
func TestKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	files, number := map[string]string{}, 1000
	if testing.Short() {
		number = 200
	}
	for i := range number {
		files[fmt.Sprintf("s%04d.cnnl", i)] = fmt.Sprintf("let n = %d\n", i) + mistakes[i%len(mistakes)](solution())
	}
	class := writeAll(t, filepath.Join(dir, "class"), files)
	want := gradeAll(t, key, class)
	journal := filepath.Join(dir, "journal")
	command := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "grade", key, class, "--journal", journal, "-o", "jsonl")
		cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
		return cmd
	}
	killed, r := 0, rand.New(rand.NewPCG(1, 2))
	for i := range 8 {
		cmd := command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		signal := syscall.SIGKILL
		if i%3 == 2 {
			signal = syscall.SIGTERM
		}
		if signalled(cmd, signal, journal, size(journal)+r.Int64N(int64(len(want)/8))) {
			killed++
		}
		if f, err := os.OpenFile(journal, os.O_APPEND|os.O_WRONLY, 0); err == nil && i%2 == 0 {
			_, _ = f.WriteString(`{"schema":"cnnl-journal/1","key":"torn`)
			f.Close()
		}
	}
	out, err := command().Output()
	if err != nil || string(out) != want {
		t.Errorf("after %d killings the records are others (%v)", killed, err)
	}
	if killed == 0 {
		t.Error("no run was killed")
	}
	// nothing is graded twice: the journal does not grow
	before := size(journal)
	if out, err := command().Output(); err != nil || string(out) != want {
		t.Errorf("once more: %v", err)
	}
	if after := size(journal); after != before {
		t.Errorf("the journal grew from %d to %d", before, after)
	}
	// another submission, another key: only what changed is graded
	write(t, filepath.Join(class, "s0001.cnnl"), solution())
	changed := gradeAll(t, key, class)
	if out, _ := command().Output(); string(out) != changed {
		t.Error("a submission that changed was not graded anew")
	}
	write(t, key, strings.Replace(classKey, "mark 4", "mark 5", 1))
	if out, _ := command().Output(); string(out) != gradeAll(t, key, class) {
		t.Error("a key that changed has old records")
	}
}

// signalled sends a signal as soon as a journal is so long, waits, and reports
// whether the program was ended by it.
func signalled(cmd *exec.Cmd, signal os.Signal, journal string, length int64) bool {
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for size(journal) < length {
		select {
		case err := <-ended:
			return err != nil
		case <-time.After(time.Millisecond):
		}
	}
	_ = cmd.Process.Signal(signal)
	return <-ended != nil
}

// size is a file's, 0 where there is none.
func size(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}

// TestInterrupted: an interrupt ends a run with a report of what was graded, and a journal
// of it, though the submission that is being graded would take days.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := filepath.Join(dir, "class")
	files := map[string]string{"t.cnnl": "repeat 4_000_000_000_000 { let a = 1 }\n"}
	for i := range 300 {
		files[fmt.Sprintf("s%04d.cnnl", i)] = fmt.Sprintf("let n = %d\nrepeat 1000 { let a = 1 }\n", i)
	}
	writeAll(t, class, files)
	journal := filepath.Join(dir, "journal")
	cmd := exec.Command(os.Args[0], "grade", key, class, "--journal", journal, "--limit", "steps=1000000000000000")
	cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	signalled(cmd, os.Interrupt, journal, 1)
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(out.String(), "interrupted: ") || !strings.Contains(out.String(), "of about 301 were graded") {
		t.Errorf("%d:\n%s", code, out.String())
	}
}

// TestJournals: only one run writes a journal, and what is no journal stays as
// it is.
func TestJournals(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(3))
	other := write(t, filepath.Join(dir, "other"), "some text\n")
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", other); code != exitUsage || !strings.Contains(stderr, "is no journal: line 1") {
		t.Errorf("%d: %s", code, stderr)
	}
	if text, _ := os.ReadFile(other); string(text) != "some text\n" {
		t.Errorf("the file is now %q", text)
	}
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", dir); code != exitUsage {
		t.Errorf("%d: %s", code, stderr)
	}
	name := filepath.Join(dir, "held")
	held, err := batch.OpenJournal(name, new(grade.Keys))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", name); code != exitUsage || !strings.Contains(stderr, "another run is writing") {
		t.Errorf("%d: %s", code, stderr)
	}
	if _, stderr, code := cnnl(t, "", "grade", key, class, "--journal", "/dev/full"); code != exitUsage {
		t.Errorf("/dev/full: %d: %s", code, stderr)
	}
}

// TestTorn: a run that is begun again ends in the same reports, whatever
// happened to its journal; that is told on standard error.
func TestTorn(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(12))
	roster := write(t, filepath.Join(dir, "roster.csv"), "id,name\ns000,Ann\nzoe,Zoe\n")
	journal := filepath.Join(dir, "journal")
	reports := []string{"text", "csv", "json", "markdown", "html", "junit"}
	grade := func(key string, more ...string) (all, stderr string) {
		args := append([]string{"grade", key, class, "--roster", roster}, more...)
		for _, format := range reports {
			args = append(args, "-o", format+"="+filepath.Join(dir, format))
		}
		_, stderr, code := cnnl(t, "", args...)
		if code != exitFine {
			t.Fatalf("%d: %s", code, stderr)
		}
		for _, format := range reports {
			text, _ := os.ReadFile(filepath.Join(dir, format))
			all += string(text)
		}
		return all, stderr
	}
	want, quiet := grade(key)
	_, _ = grade(key, "--journal", journal)
	whole, _ := os.ReadFile(journal)
	if got, stderr := grade(key, "--journal", journal); got != want || stderr != quiet {
		t.Errorf("once more: the reports are others, or: %s", stderr)
	}
	if now, _ := os.ReadFile(journal); !bytes.Equal(now, whole) {
		t.Errorf("the journal grew from %d to %d bytes", len(whole), len(now))
	}
	write(t, journal, string(whole)+`{"schema":"cnnl-journal/1","rec`)
	if got, stderr := grade(key, "--journal", journal); got != want || !strings.Contains(stderr, "note: the last line of "+journal+" was not whole, and was dropped") {
		t.Errorf("torn: the reports are others, or: %s", stderr)
	}
	other := write(t, filepath.Join(dir, "other.cnnl"), strings.Replace(classKey, "mark 4", "mark 5", 1))
	want, _ = grade(other)
	if got, stderr := grade(other, "--journal", journal); got != want || !strings.Contains(stderr, "note: 13 records of ") {
		t.Errorf("stale: the reports are others, or: %s", stderr)
	}
}

// TestNoJournal: a file that holds something else stays as it is.
func TestNoJournal(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(3))
	for text, taken := range map[string]bool{"my notes": false, "my notes\n": false, `{"schema":"other`: false, `{"schema":"cnnl-j`: true, "": true} {
		journal := write(t, filepath.Join(dir, "notes.txt"), text)
		_, stderr, code := cnnl(t, "", "grade", key, class, "--journal", journal)
		if now, _ := os.ReadFile(journal); taken != (code == exitFine) || !taken && (string(now) != text || !strings.Contains(stderr, "it is no journal")) {
			t.Errorf("%q: %d, %s; now it is %q", text, code, stderr, now)
		}
	}
}

// TestUnread: files that were asked for are written, though nobody reads
// standard output.
func TestUnread(t *testing.T) {
	dir := t.TempDir()
	key := write(t, filepath.Join(dir, "key.cnnl"), classKey)
	class := writeAll(t, filepath.Join(dir, "class"), handIn(100))
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	var stderr strings.Builder
	table := filepath.Join(dir, "table.csv")
	cmd := exec.Command(os.Args[0], "grade", key, class, "-o", "jsonl", "-o", "csv="+table)
	cmd.Env = append(os.Environ(), "CNNL_TEST_MAIN=1")
	cmd.Stdout, cmd.Stderr = w, &stderr
	_ = cmd.Run()
	if text, _ := os.ReadFile(table); strings.Count(string(text), "\n") != 101 || stderr.String() != "" || cmd.ProcessState.ExitCode() != exitUnread {
		t.Errorf("%s: %s\n%s", cmd.ProcessState, stderr.String(), text)
	}
}
