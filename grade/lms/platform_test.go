package lms

import (
	"strings"
	"testing"
)

// TestNames: what names say that platforms give, and that others say nothing.
func TestNames(t *testing.T) {
	for _, test := range []struct {
		name string
		want Name
	}{
		{"doejane_1234_5678_hw3.cnnl", Name{ID: "1234", At: 8, Student: "doejane", Attempt: 5678, File: "hw3.cnnl"}},
		{"roemax_LATE_99_100_my_net.cnnl", Name{ID: "99", At: 12, Student: "roemax", Late: true, Attempt: 100, File: "my_net.cnnl"}},
		{"de_la_cruz_9_10_1_2_x", Name{ID: "9", At: 11, Student: "de_la_cruz", Attempt: 10, File: "1_2_x"}},
		{"_1_2_x", Name{ID: "1", At: 1, Attempt: 2, File: "x"}},
		{"poeann_77_text.html", Name{ID: "77", At: 7, Student: "poeann", File: "text.html"}},
		{"roe_LATE_7_link.html", Name{ID: "7", At: 9, Student: "roe", Late: true, File: "link.html", Link: true}},
		{"LATE_anon_5_6_hw.cnnl", Name{ID: "5", At: 10, Late: true, Attempt: 6, File: "hw.cnnl"}},
		{"anon_8_link.html", Name{ID: "8", At: 5, File: "link.html", Link: true}},
		{"anon_b_8_9_hw.cnnl", Name{ID: "8", At: 7, Student: "anon_b", Attempt: 9, File: "hw.cnnl"}},
		{"Kim Lee_14_assignsubmission_file_hw.cnnl", Name{ID: "14", At: 8, Student: "Kim Lee", File: "hw.cnnl"}},
		{"a_1_2_b_14_assignsubmission_onlinetext_onlinetext.html", Name{ID: "14", At: 8, Student: "a_1_2_b", File: "onlinetext.html"}},
		{"A_3_assignsubmission_file_x_assignsubmission_file_y", Name{ID: "3", At: 2, Student: "A", File: "x_assignsubmission_file_y"}},
	} {
		if n, ok := File(test.name); !ok || n != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, n, test.want)
		}
	}
	for _, name := range []string{"", "hw.cnnl", "doe_1.cnnl", "doe_1_2_", "doe_1_hw_2_x", "anon_hw.cnnl", "doe_text.html", "doe\n_1_2_x", "A_assignsubmission_file_x", "A_1_assignsubmission_video_x", "A_1_assignsubmission_file_"} {
		if n, ok := File(name); ok {
			t.Errorf("%q: %+v", name, n)
		}
	}
}

// TestFolders: Moodle alone has a folder for each student.
func TestFolders(t *testing.T) {
	for name, id := range map[string]string{
		"Jane Doe_12345_assignsubmission_file":  "12345",
		"Max Roe_12_assignsubmission_file_":     "12",
		"Ann_1_13_assignsubmission_onlinetext_": "13",
		"Ann_assignsubmission_file":             "",
		"Ann_1_assignsubmission_file__":         "",
		"doejane_1234_5678_hw3":                 "",
	} {
		if n, ok := Folder(name); n.ID != id && ok || ok != (id != "") {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

// TestPlatforms: every platform has a name of its own, and a format of that name.
func TestPlatforms(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range platforms {
		if p.Name != strings.ToLower(p.Name) || seen[p.Name] {
			t.Errorf("%s is no name of one platform", p.Name)
		}
		seen[p.Name] = true
		if p.Results != nil && p.Results.Name != p.Name {
			t.Errorf("%s answers in %s", p.Name, p.Results.Name)
		}
		if p.File == nil && p.Gradebook == nil && p.Results == nil {
			t.Errorf("%s has nothing", p.Name)
		}
	}
}
