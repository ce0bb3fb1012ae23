package grade_test

import (
	"strings"
	"testing"

	"cnnl/grade"
)

const lateKey = "input 8x8x3\nconv c 4 3x3\nmark 10 \"All\" total\n"

// TestLate: what a day costs is taken off last, by days that have begun behind the
// grace; a time in another zone is the same moment.
func TestLate(t *testing.T) {
	const due = `due "2026-11-30 23:59 +01:00"` + "\n"
	ruled := due + "late 10 % a day at most 25 %, grace 15 minutes\n"
	for _, test := range []struct{ rules, submitted, score, by string }{
		{ruled, "2026-11-30 23:59 +01:00", "10", ""},
		{ruled, "2026-12-01T00:14:00+01:00", "10", ""},
		{ruled, "2026-11-30 23:14:00Z", "10", ""},
		{ruled, "2026-11-30 23:15 UTC", "9", "16 minutes"},
		{ruled, "2026-12-01 23:59", "9", "1 day"},
		{ruled, "2026-12-02 00:00:01.123456000 +0100", "8", "1 day and 1 minute"},
		{ruled, "Wednesday, 2 December 2026, 12:00 AM", "8", "1 day and 1 minute"},
		{ruled, "Freitag, 4. Dezember 2026, 23:59", "7.5", "4 days"},
		{ruled, "domingo, 29 de noviembre de 2026, 23:59", "10", ""},
		{due + "late 4 a day\n", "2026-12-02 12:00", "2", "1 day and 12 hours"},
		{due + "late 4 a day\n", "2027-12-02 12:00", "0", "366 days and 12 hours"},
		{due, "2026-12-01 12:00", "10", "12 hours and 1 minute"},
		{"", "2026-12-01 12:00", "10", ""},
	} {
		r := gradeOne(key(t, test.rules+lateKey), grade.Submission{Text: "input 8x8x3\nconv 4 3x3\n", Submitted: test.submitted})
		by := ""
		if r.Lateness != nil {
			by = r.Lateness.By
		}
		if *r.Score != test.score || by != test.by || r.Late != (test.by != "") {
			t.Errorf("%q, %s: score %s, late %v by %q; want %s by %q", test.rules, test.submitted, *r.Score, r.Late, by, test.score, test.by)
		}
	}
}

// TestUnknownTime: who cannot be shown to be late loses nothing, and it is said.
func TestUnknownTime(t *testing.T) {
	k := key(t, "due \"2026-11-30 23:59Z\"\nlate 10 % a day\n"+lateKey)
	for submitted, want := range map[string]string{"": "nobody says when it was handed in", "11/30/2026 10:00": "the time at which it was handed in cannot be read: 11/30/2026 10:00"} {
		r := gradeOne(k, grade.Submission{Text: "input 8x8x3\nconv 4 3x3\n", Late: true, Submitted: submitted})
		if *r.Score != "10" || !r.Late || r.Lateness == nil || r.Lateness.Unknown != want {
			t.Errorf("%q: score %s, late %v, %+v", submitted, *r.Score, r.Late, r.Lateness)
		}
	}
	if r := gradeOne(k, grade.Submission{Text: "input 8x8x3\nconv 4 3x3\n", Late: true, Submitted: "2026-11-30 20:00Z"}); r.Late {
		t.Error("the key says when it was due, not the platform")
	}
}

// TestLateComesLast: of what a teacher gives for a check the day is taken off as well,
// of what a teacher gives for the whole it is not.
func TestLateComesLast(t *testing.T) {
	k := key(t, "due \"2026-11-30 23:59Z\"\nlate 10 % a day\n"+lateKey)
	for row, want := range map[string]string{"s,All,4,asked": "3", "s,,4,settled": "4"} {
		o, err := grade.ReadOverrides(strings.NewReader("id,check,points,reason\n"+row+"\n"), []*grade.Key{k}, false)
		if err != nil {
			t.Fatal(err)
		}
		r := gradeOne(k, grade.Submission{ID: "s", Text: "input 8x8x3\nconv 4 3x3\n", Submitted: "2026-12-01 10:00Z"})
		if o.Apply(&r); *r.Score != want {
			t.Errorf("%s: %s", row, *r.Score)
		}
	}
}

// TestSameTextOtherTime: a record that is known already is not known with its time.
func TestSameTextOtherTime(t *testing.T) {
	g := grader(key(t, "due \"2026-11-30 23:59Z\"\nlate 10 % a day\n"+lateKey))
	for _, want := range []struct{ submitted, score string }{{"2026-12-01 10:00Z", "9"}, {"2026-11-01 10:00Z", "10"}, {"2026-12-01 10:00Z", "9"}} {
		if r := g.Grade(grade.Submission{Text: "input 8x8x3\nconv 4 3x3\n", Submitted: want.submitted}); *r.Score != want.score {
			t.Errorf("%s: %s", want.submitted, *r.Score)
		}
	}
}

// TestWrongLateRules: each is one message.
func TestWrongLateRules(t *testing.T) {
	const due = `due "2026-11-30 23:59 +01:00"` + "\n"
	for text, want := range map[string]string{
		"late 10 % a day\n": "the key does not say when the homework is due",
		due + due:           "the key says twice when the homework is due",
		due + "late 10 % a day\nlate 5 % a day\n":      "the key says twice what it costs to be late",
		"due \"2026-11-30 23:59\"\n":                   "the time says no zone",
		"due \"2026-11-30\"\n":                         "this is no time at which a homework is due",
		"due 2026-11-30 23:59\n":                       "did not expect `2026` here",
		due + "late 0 % a day\n":                       "a day costs nothing",
		due + "late 101 % a day\n":                     "this is no number of points and no part of them",
		due + "late 5 % a day at most 0\n":             "all days together cost nothing",
		due + "late 5 % a day at most 4 %\n":           "all days together cost less than one",
		due + "late 5 % a day, grace 0 minutes\n":      "grace is a whole number of minutes, 1 or more and at most the 10,080 of a week",
		due + "late 5 % a day, grace 3x3 minutes\n":    "grace is a whole number of minutes, 1 or more and at most the 10,080 of a week",
		due + "late 5 % a day, grace 10_081 minutes\n": "grace is a whole number of minutes, 1 or more and at most the 10,080 of a week",
		due + "grace 15 minutes\n":                     "did not expect `grace` here",
		"repeat 1 {\n" + due + "}\n":                   "due stands in braces",
	} {
		if _, diags := newKey(text + lateKey); len(diags.List) != 1 || diags.List[0].Summary != want {
			t.Errorf("%q: %v, want %q", text, diags.List, want)
		}
	}
}

// TestOwnDue: a student can have a time of their own, by which alone they are late.
func TestOwnDue(t *testing.T) {
	k := key(t, "due \"2026-11-30 23:59 +01:00\"\nlate 10 % a day\n"+lateKey)
	roster, err := grade.ReadRoster("roster", strings.NewReader("id,Due\na,2026-12-03 23:59\nb,\nc,2026-11-20 12:00 Z\nd,-\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := &grade.Keys{List: []*grade.Key{k}, Roster: roster}
	g := keys.Grader()
	versions := map[string]bool{}
	for id, want := range map[string]string{"a": "10", "b": "8", "c": "0", "d": "8", "nobody": "8"} {
		s := grade.Submission{ID: id, Text: "input 8x8x3\nconv 4 3x3\n", Submitted: "2026-12-02 20:00"}
		if r := g.Grade(s); *r.Score != want || r.Late != (want != "10") || keys.Late(s) != r.Late {
			t.Errorf("%s: %s, late %v", id, *r.Score, r.Late)
		}
		versions[keys.Version(id, "")] = true
	}
	if len(versions) != 3 {
		t.Errorf("%d versions of the key, want one for each time", len(versions))
	}
	if len(keys.Unused()) > 0 {
		t.Errorf("unused: %v", keys.Unused())
	}
	plain := &grade.Keys{List: []*grade.Key{key(t, lateKey)}, Roster: roster}
	if unused := plain.Unused(); len(unused) != 1 || unused[0] != "Due" {
		t.Errorf("without a due time: %v", unused)
	}
	if _, err := grade.ReadRoster("roster", strings.NewReader("id,due\na,Friday\n"), nil); err == nil || err.Error() != `line 2: due is no time, found "Friday"; as in 2026-12-03 23:59, with a zone behind it if you like` {
		t.Error(err)
	}
	if r, err := grade.ReadRoster("roster", strings.NewReader("id,due\na,4\n"), []string{"due"}); err != nil || len(r.Lets) != 1 {
		t.Errorf("a let that is called so: %v, %v", r, err)
	}
}
