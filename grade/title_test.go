package grade_test

import (
	"strings"
	"testing"

	"cnnl/grade"
	"cnnl/lang"
)

// TestTitle: a key says once what the homework is called, and the words that say
// so are names elsewhere.
func TestTitle(t *testing.T) {
	named := "input 8x8x1\nconv late 4 3x3\nconv title 4 1x1\nconv due 2 1x1\nflatten\ndense 10\nmark 1 \"T\" total\n"
	if k := key(t, "title \"Homework  3\"\n"+named); k.Title != "Homework 3" || !strings.HasPrefix(k.Sheet(), "# Homework 3\n") {
		t.Errorf("title %q, sheet %q", k.Title, k.Sheet())
	}
	if k := key(t, named); k.Title != "" || strings.Contains(k.Sheet(), "# \n") {
		t.Errorf("without one: %q, %q", k.Title, k.Sheet())
	}
	for text, want := range map[string]string{
		"title \"\"\n":                 "the title is empty",
		"title \"a\"\ntitle \"b\"\n":   "the key says twice what the homework is called",
		"repeat 1 {\ntitle \"a\"\n}\n": "title stands in braces",
	} {
		if _, diags := newKey(text + named); len(diags.List) == 0 || diags.List[0].Summary != want {
			t.Errorf("%q: %v, want %q", text, diags.List, want)
		}
	}
}

// TestUnnamedLayer: a layer whose statement could not be read is called by its line.
func TestUnnamedLayer(t *testing.T) {
	k := key(t, "input 8x8x1\nconv c1 4 3x3\nflatten\ndense f 10\nmark 3 \"S\" shapes\nmark 3 \"P\" params\nmark 2 \"A\" answers c1.out\n")
	r := gradeOne(k, grade.Submission{Text: "input 8x8x1\nconv 4 5x5 pad no\nflatten\ndense 10\n"})
	if said := r.Checks[0].Said; said != "not right: the output of the conv in line 2 (4x4x4)" {
		t.Error(said)
	}
	if said := r.Checks[2].Said; said != "c1.out is not stated" {
		t.Error(said)
	}
	if r.First == nil || r.First.Layer != "the conv in line 2" {
		t.Errorf("%+v", r.First)
	}
}

// TestSoftWordsInSubmissions: what belongs to a key is passed over in a submission.
func TestSoftWordsInSubmissions(t *testing.T) {
	k := key(t, homework+marks)
	own := "title \"mine\"\nlate 0 % a day\ndue \"2026-01-01\"\n" + homework
	if got := points(t, k, own); got != points(t, k, homework) {
		t.Errorf("with statements of a key: %s", got)
	}
	if _, diags := lang.Parse(lang.NewSource("t", own), lang.Limits{}); diags.Failed() {
		t.Error(diags.List)
	}
}
