package course_test

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"cnnl/eval"
	"cnnl/grade"
	"cnnl/grade/collect"
	"cnnl/grade/course"
	"cnnl/lang"
)

// texts are submissions that stand in no file.
type texts map[string]string

func (t texts) List(x *collect.Index) error {
	for _, path := range slices.Sorted(maps.Keys(t)) {
		if err := x.Add(collect.Entry{Path: path}); err != nil {
			return err
		}
	}
	return nil
}

func (t texts) Read(f collect.Found) course.Handed {
	return course.Handed{Submission: grade.Submission{Text: t[f.Path], SHA256: f.Path}}
}

func (texts) Close() error { return nil }

// TestClass: a class is graded without any file.
func TestClass(t *testing.T) {
	const script = "input 8x8x3\nconv c 4 3x3\nflatten\ndense 10\n"
	key, diags := course.ReadKey(lang.NewSource("key.cnnl", script+"mark 10 \"Total\" total\n"), eval.Options{}, lang.Limits{}, "test")
	if diags.Failed() {
		t.Fatal(diags.List[0].Summary)
	}
	keys := &grade.Keys{List: []*grade.Key{key}}
	var err error
	if keys.Roster, err = grade.ReadRoster("class.csv", strings.NewReader("id,name,hair\nann,Ann,red\nbob,Bob,\n"), nil); err != nil {
		t.Fatal(err)
	}
	overrides, err := grade.ReadOverrides(strings.NewReader("id,check,points,reason\neve,,3,asked\nzoe,,1,\n"), keys.List, false)
	if err != nil {
		t.Fatal(err)
	}
	c := course.New(keys)
	c.Zero = true
	c.Previous = &course.Previous{File: "old.jsonl", Scores: map[string]string{"ann": "9", "max": "1"}}
	c.Override(overrides)
	if err := c.Collect(texts{"ann.cnnl": script, "eve.cnnl": "input 8x8x3\n", "eve.pdf": ""}, collect.Naming{}); err != nil {
		t.Fatal(err)
	}
	var kept []*grade.Record
	for r, err := range c.Records(t.Context(), 2) {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, r)
	}
	class := c.Report("key.cnnl", func() iter.Seq2[*grade.Record, error] {
		return func(yield func(*grade.Record, error) bool) {
			for _, r := range kept {
				if !yield(r, nil) {
					return
				}
			}
		}
	})
	var lines []string
	for s, err := range class.Students() {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join([]string{s.ID(), s.Name(), s.Score(), class.Changed(s), s.Remarks()}, "|"))
	}
	lines = append(lines, class.Notices...)
	want := []string{"ann|Ann|10|was 9|", "bob|Bob|0|new|missing: nothing was handed in", "eve||3|new|3 by hand, was 0 (asked)",
		"columns of the roster that are not used: hair", "in old.jsonl, and nothing of them now: max", "not in the roster: eve", "line 3 of the overrides stands for no check: zoe, the whole score"}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if c.Graded != 3 || c.Faults != 0 || c.Interrupted || class.Overviews[0].Number != 3 {
		t.Errorf("%d graded, %d faults, interrupted %t, %d in the overview", c.Graded, c.Faults, c.Interrupted, class.Overviews[0].Number)
	}
}
