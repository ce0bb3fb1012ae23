package collect

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cnnl/grade"
)

// collected writes what an index finds as lines: id question path, and marks.
func collected(t *testing.T, n Naming, entries []Entry) string {
	t.Helper()
	x := Index{Naming: n}
	for _, e := range entries {
		if err := x.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	var lines []string
	for f := range x.Found() {
		line := f.ID
		if f.Question != "" {
			line += "/" + f.Question
		}
		line += " " + f.Path
		if f.Name != "" {
			line += " (" + f.Name + ")"
		}
		if f.Late {
			line += " late"
		}
		if f.Why != "" {
			line += ": " + f.Why
		}
		if f.Why == "" && f.Rivals != nil {
			line += ", or what stands in it"
			for _, group := range f.Rivals {
				for _, r := range group {
					if r.Path != f.Path {
						line += " or in " + r.Path
					}
				}
			}
		}
		lines = append(lines, line)
	}
	for _, l := range x.Left {
		lines = append(lines, l.What+" "+l.String())
	}
	return strings.Join(lines, "\n")
}

func paths(list ...string) (entries []Entry) {
	for _, p := range list {
		entries = append(entries, Entry{Path: p})
	}
	return entries
}

// TestNames: whose a file is.
func TestNames(t *testing.T) {
	for _, test := range []struct {
		name, regexp string
		questions    []string
		files        []string
		want         string
	}{
		{name: "plain", files: []string{"zoe.cnnl", "adam.txt", "B.CNNL", "c.cnnl.txt", "s-1.cnnl", "s-2.cnnl", "a (1).cnnl", ".cnnl", "é.cnnl", "\xff.cnnl"},
			want: ".cnnl .cnnl\nB B.CNNL\n\\xff \xff.cnnl\na (1) a (1).cnnl\nadam adam.txt\nc c.cnnl.txt\ns-1 s-1.cnnl\ns-2 s-2.cnnl\nzoe zoe.cnnl\né é.cnnl"},
		{name: "left out", files: []string{"a.cnnl", "._a.cnnl", ".DS_Store", "__MACOSX/a.cnnl", "Thumbs.db", "~$a.cnnl", ".git/x.cnnl"}, want: "a a.cnnl"},
		{name: "no script", files: []string{"a.pdf", "b/b.docx"}, want: "a a.pdf, or what stands in it\nb b/b.docx, or what stands in it"},
		{name: "which of them", files: []string{"a/hw.cnnl", "a/README.md", "b/hw.py", "c/hw", "c/notes.txt", "c/hw-1", "d/.hw.cnnl", "e/hw3.zip/src/hw.cnnl", "f.zip/hw.cnnl", "doe_1_2_hw.zip/hw.cnnl", ".gitignore", ".g.cnnl", "g/~hw.cnnl"},
			want: ".g .g.cnnl\n1 doe_1_2_hw.zip/hw.cnnl (doe)\na a/hw.cnnl, or what stands in it or in a/README.md\nb b/hw.py, or what stands in it\nc c/notes.txt, or what stands in it or in c/hw-1\nd d/.hw.cnnl\ne e/hw3.zip/src/hw.cnnl\nf f.zip/hw.cnnl\ng g/~hw.cnnl\nhidden files .gitignore"},
		{name: "folders", files: []string{"jdoe/hw.cnnl", "jdoe/notes.pdf", "ann/sub/hw.cnnl", "two/a.cnnl", "two/b.cnnl", "again/hw.cnnl", "again/hw-1.cnnl", "again/hw-2.cnnl", "copy/hw.cnnl", "copy/hw (1).cnnl", "parts/hw-1.cnnl", "parts/hw-2.cnnl"},
			want: "again again/hw-2.cnnl\nann ann/sub/hw.cnnl\ncopy copy/hw (1).cnnl\njdoe jdoe/hw.cnnl, or what stands in it or in jdoe/notes.pdf\nparts parts/hw-1.cnnl: there are 2 scripts in one attempt: hw-1.cnnl and hw-2.cnnl\ntwo two/a.cnnl: there are 2 scripts in one attempt: a.cnnl and b.cnnl"},
		{name: "Canvas", files: []string{"doejane_1234_5678_hw3.cnnl", "doejane_1234_5699_hw3-1.cnnl", "roemax_LATE_99_100_my_net.cnnl", "poeann_77_text.html", "LATE_anon_5_6_hw.cnnl", "anon_7_8_hw.cnnl", "kim_8_1_hw.cnnl", "kim_8_2_other.cnnl", "lee_9_10_hw.cnnl", "lee_9_11_hw.cnnl"},
			want: "1234 doejane_1234_5699_hw3-1.cnnl (doejane)\n5 LATE_anon_5_6_hw.cnnl late\n7 anon_7_8_hw.cnnl\n77 poeann_77_text.html (poeann)\n8 kim_8_1_hw.cnnl (kim): there are 2 scripts in one attempt: kim_8_1_hw.cnnl and kim_8_2_other.cnnl\n9 lee_9_11_hw.cnnl (lee)\n99 roemax_LATE_99_100_my_net.cnnl (roemax) late"},
		{name: "Moodle", files: []string{"Jane Doe_12345_assignsubmission_file/hw.cnnl", "Max Roe_12_assignsubmission_file_/a/hw.cnnl", "Ann Poe_13_assignsubmission_onlinetext/onlinetext.html", "Kim Lee_14_assignsubmission_file_hw.cnnl"},
			want: "12 Max Roe_12_assignsubmission_file_/a/hw.cnnl (Max Roe)\n12345 Jane Doe_12345_assignsubmission_file/hw.cnnl (Jane Doe)\n13 Ann Poe_13_assignsubmission_onlinetext/onlinetext.html (Ann Poe)\n14 Kim Lee_14_assignsubmission_file_hw.cnnl (Kim Lee)"},
		{name: "regexp", regexp: `^(?P<last_name>[a-z]+)-(?P<id>\d+)`, files: []string{"doe-17.cnnl", "roe.cnnl", "poe-3/x.cnnl"}, want: "17 doe-17.cnnl (doe)\n3 poe-3/x.cnnl (poe)\nfiles whose names --id-regex does not match roe.cnnl"},
		{name: "questions", questions: []string{"q1", "q2"}, files: []string{"jdoe_q1.cnnl", "jdoe_Q2.cnnl", "ann/q2.cnnl", "ann/readme.md", "doe_1_2_hw-q1.cnnl", "max_q3.cnnl"},
			want: "1/q1 doe_1_2_hw-q1.cnnl (doe)\nann/q2 ann/q2.cnnl\njdoe/q1 jdoe_q1.cnnl\njdoe/q2 jdoe_Q2.cnnl\nmax_q3 max_q3.cnnl: its name names none of the keys: q1, q2\nfiles that name none of the keys, beside files that do, ann/readme.md"},
		{name: "questions called like copies", questions: []string{"hw3-1", "hw3-2"}, files: []string{"jdoe/hw3-1.cnnl", "jdoe/hw3-2.cnnl", "jdoe/hw3-2-1.cnnl", "doejane_100_200_hw3-1.cnnl", "doejane_100_201_hw3-2.cnnl", "roe_hw3-1.cnnl"},
			want: "100/hw3-1 doejane_100_200_hw3-1.cnnl (doejane)\n100/hw3-2 doejane_100_201_hw3-2.cnnl (doejane)\njdoe/hw3-1 jdoe/hw3-1.cnnl\njdoe/hw3-2 jdoe/hw3-2-1.cnnl\nroe/hw3-1 roe_hw3-1.cnnl"},
		{name: "texts beside", questions: []string{"q1", "q2"}, files: []string{"ann/q1.cnnl", "ann/README.txt", "bob/README.txt", "cy/q1.cnnl", "cy/two.cnnl"},
			want: "ann/q1 ann/q1.cnnl\nbob bob/README.txt: its name names none of the keys: q1, q2\ncy cy/two.cnnl: its name names none of the keys: q1, q2\ncy/q1 cy/q1.cnnl\nfiles that name none of the keys, beside files that do, ann/README.txt"},
		{name: "questions in questions", questions: []string{"cnn", "deep-cnn", "q1"}, files: []string{"ann_deep-cnn.cnnl", "ann_cnn.cnnl", "carl/cnn.cnnl", "carl/deep-cnn.cnnl", "bob_deep-CNN.cnnl", "eve_mycnn.cnnl"},
			want: "ann/cnn ann_cnn.cnnl\nann/deep-cnn ann_deep-cnn.cnnl\nbob/deep-cnn bob_deep-CNN.cnnl\ncarl/cnn carl/cnn.cnnl\ncarl/deep-cnn carl/deep-cnn.cnnl\neve_mycnn eve_mycnn.cnnl: its name names none of the keys: cnn, deep-cnn, q1"},
		{name: "links", files: []string{"url_1244_link.html", "roe_LATE_7_link.html", "anon_8_link.html", "LATE_anon_9_link.html", "doe_10_link.html", "doe_10_11_hw.cnnl"},
			want: "10 doe_10_11_hw.cnnl (doe)\n1244 url_1244_link.html (url): it is a link to a web page, no script\n7 roe_LATE_7_link.html (roe) late: it is a link to a web page, no script\n8 anon_8_link.html: it is a link to a web page, no script\n9 LATE_anon_9_link.html late: it is a link to a web page, no script"},
	} {
		n, err := NewNaming(test.regexp)
		if err != nil {
			t.Fatal(err)
		}
		n.Questions = test.questions
		if got := collected(t, n, paths(test.files...)); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
		shuffled := paths(test.files...)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := collected(t, n, shuffled); got != test.want {
			t.Errorf("%s, shuffled:\n%s", test.name, got)
		}
	}
	for _, bad := range []string{"(", "no group"} {
		if _, err := NewNaming(bad); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestOddFiles(t *testing.T) {
	got := collected(t, Naming{}, []Entry{{Path: "a.cnnl", Odd: Link}, {Path: "b.cnnl", Odd: Folder}, {Path: "c.cnnl", Odd: Device}})
	if want := "a a.cnnl: it is a link, no ordinary file\nb b.cnnl: it is a folder, no ordinary file\nc c.cnnl: it is a pipe or a device, no ordinary file"; got != want {
		t.Errorf("got %s", got)
	}
}

// TestUnwrap: an archive often has everything in one folder.
func TestUnwrap(t *testing.T) {
	for _, test := range []struct {
		files []string
		want  []string
	}{
		{[]string{"hw3/a.cnnl", "hw3/b/x.cnnl", "__MACOSX/hw3/._a.cnnl"}, []string{"a", "b"}},
		{[]string{"hw3/a.cnnl", "b.cnnl"}, []string{"b", "hw3"}},
		{[]string{"a/x.cnnl"}, []string{"a"}},
		{[]string{"hw3/*", "hw3/a/*", "hw3/b/*", "hw3/b/x.cnnl", "hw3/c.cnnl"}, []string{"a", "b", "c"}},
		{[]string{"a/*", "a/b/*", "a/x.cnnl"}, []string{"a"}},
		{[]string{"Jane_1_assignsubmission_file/a.cnnl", "Jane_1_assignsubmission_file/b.pdf"}, []string{"1"}},
	} {
		var x Index
		for _, e := range paths(test.files...) {
			if strings.HasSuffix(e.Path, "/*") {
				e.Odd = Empty
			}
			_ = x.Add(e)
		}
		x.Unwrap()
		var ids []string
		for f := range x.Found() {
			ids = append(ids, f.ID)
		}
		if !slices.Equal(ids, test.want) {
			t.Errorf("%v: %v, want %v", test.files, ids, test.want)
		}
	}
}

// TestSheetNames: feedback goes where the platform looks for it.
func TestSheetNames(t *testing.T) {
	for _, test := range []grade.Record{
		{ID: "jdoe", File: "jdoe.cnnl", Why: "jdoe"},
		{ID: "jdoe", File: "jdoe/hw.cnnl", Why: "jdoe"},
		{ID: "1234", File: "doe_1234_5678_hw3.cnnl", Why: "doe_1234_5678_hw3"},
		{ID: "12", File: "Jane Doe_12_assignsubmission_file/hw.cnnl", Why: "Jane Doe_12_assignsubmission_file/feedback"},
	} {
		if got := strings.Join(feedbackName(&test), "/"); got != test.Why {
			t.Errorf("%s: %s", test.File, got)
		}
	}
}

// TestLeftOut: what is left out is told in whatever order a folder is read.
func TestLeftOut(t *testing.T) {
	n, err := NewNaming(`^(?P<id>[a-z]+)$`)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		x := Index{Naming: n}
		for _, i := range r.Perm(30) {
			if err := x.Add(Entry{Path: fmt.Sprintf("%02d.cnnl", i)}); err != nil {
				t.Fatal(err)
			}
		}
		told[x.Left[0].String()] = true
	}
	if len(told) != 1 {
		t.Errorf("%d answers: %v", len(told), told)
	}
}

func BenchmarkIndex(b *testing.B) {
	for b.Loop() {
		var x Index
		for i := range 10_000 {
			_ = x.Add(Entry{Path: fmt.Sprintf("s%07d.cnnl", i*7919%10_000)})
		}
		n := 0
		for range x.Found() {
			n++
		}
		if n != 10_000 {
			b.Fatal(n)
		}
	}
}
