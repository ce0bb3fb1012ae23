package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestSample: of a small package the mutants that its test does not notice are told,
// but those that are said to change nothing.
func TestSample(t *testing.T) {
	c := campaign{rooms: []room{{Path: "./testdata/sample"}}, judges: []string{"./testdata/sample"}, list: "testdata/equivalent.txt",
		without: regexp.MustCompile("^TestSlow$"), only: regexp.MustCompile(""), jobs: 2, most: time.Minute, progress: func(string) {}}
	r, err := c.run()
	if err != nil {
		t.Fatal(err)
	}
	var survived []string
	for _, m := range r.survivors {
		survived = append(survived, m.after())
	}
	want := []string{"func Untested(n int64) int64 { return n }", "func Untested(n int64) int64 { return 2 }", "func Untested(n int64) int64 { return n * 3 }", "func Untested(n int64) int64 { return n * 1 }"}
	if got := strings.Join(survived, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("survivors:\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if r.equivalent != 2 || r.tried < 25 || len(r.stale) != 1 || !strings.Contains(r.stale[0], "return 0 + return 1") {
		t.Errorf("got %d equivalents of %d mutants, not needed: %q", r.equivalent, r.tried, r.stale)
	}
}

// TestEquivalents: every entry of the list is of a mutant that there is.
func TestEquivalents(t *testing.T) {
	t.Chdir("../..")
	known, err := equivalents("tools/mutate/equivalent.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, all, err := mutants(rooms)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 1000 {
		t.Errorf("only %d mutants", len(all))
	}
	for _, m := range all {
		delete(known, m.change())
	}
	for c := range known {
		t.Errorf("%s: no such mutant: - %s + %s", c.rule, c.before, c.after)
	}
}
