package lang

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFormat: testdata/format.txt has scripts before and after, parted by
// lines of === and ---.
func TestFormat(t *testing.T) {
	text, err := os.ReadFile("testdata/format.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range strings.Split(string(text), "\n---\n") {
		before, after, found := strings.Cut(test, "\n===\n")
		if !found {
			t.Fatalf("no === in %q", test)
		}
		before = strings.ReplaceAll(before, "<CR>", "\r")
		got, diags := Format(NewSource("test.cnnl", before), Limits{})
		if diags.Failed() {
			t.Errorf("%s\n%v", before, diags.List)
		}
		if diff := cmp.Diff(strings.TrimSuffix(after, "\n")+"\n", got); diff != "" {
			t.Errorf("%s\n-want +got\n%s", before, diff)
		}
		checkFormatted(t, before, got)
	}
}

// checkFormatted: formatting keeps tokens and comments, and what is formatted
// stays as it is.
func checkFormatted(t *testing.T, before, after string) {
	t.Helper()
	again, diags := Format(NewSource("again", after), Limits{})
	if diags.Failed() || again != after {
		t.Errorf("not a fixed point: %v\n-once +twice\n%s", diags.List, cmp.Diff(after, again))
	}
	if diff := cmp.Diff(comments(before), comments(after)); diff != "" {
		t.Errorf("comments differ, -before +after\n%s", diff)
	}
	if diff := cmp.Diff(essence(before), essence(after)); diff != "" {
		t.Errorf("tokens or comments differ, -before +after\n%s", diff)
	}
}

// comments finds the comments of a script by itself: what stands behind a #
// that is in no string, line by line.
func comments(text string) (list []string) {
	for _, line := range strings.Split(text, "\n") {
		quoted := false
		for i, r := range line {
			if r == '"' {
				quoted = !quoted
			} else if r == '#' && !quoted {
				list = append(list, strings.TrimRight(line[i:], " \t\r"))
				break
			}
		}
	}
	return list
}

// essence is a script's tokens and comments, what formatting settles put in
// one form.
func essence(text string) (list []string) {
	var ignored Diagnostics
	f := &formatter{src: NewSource("essence", text)}
	f.read(scan(f.src, Limits{}.withDefaults(), nil, &ignored))
	f.shorten()
	for _, p := range f.pieces {
		for _, c := range p.comments {
			list = append(list, c.text)
		}
		if p.ends && p.text != "}" && p.text != "" {
			list = append(list, ";")
		}
		list = append(list, p.text)
	}
	return list
}

// FuzzFormat: what can be read can be formatted; tokens and comments stay,
// and formatting again changes nothing.
func FuzzFormat(f *testing.F) {
	for _, text := range corpus(f) {
		f.Add(text)
	}
	f.Add("add { # a\n } { }\nfor w in 64, # b\n 3 { conv $(w) 3x3 }")
	f.Fuzz(func(t *testing.T, text string) {
		after, diags := Format(NewSource("fuzz", text), Limits{})
		if diags.Failed() {
			return
		}
		checkFormatted(t, text, after)
	})
}
