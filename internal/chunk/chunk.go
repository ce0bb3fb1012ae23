// Package chunk reads test scripts that say on the line itself what is wrong
// with it. A file holds many scripts, separated by lines of ---; a line that
// must be complained of ends in
//
//	### "regular expression"
//
// one expression for each complaint, matched against "code: summary (detail)
// [hint]". A line that begins with ###^ speaks of the line above it, for
// lines that cannot end in a comment.
package chunk

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cnnl/lang"
)

// A Script is one script of a file and what must be said of it.
type Script struct {
	Source *lang.Source
	Want   map[int][]string // by line
}

// Name is where the script begins: kinds.cnnl:12.
func (s *Script) Name() string {
	text := s.Source.Text
	return fmt.Sprintf("%s:%d", filepath.Base(s.Source.Name), 1+len(text)-len(strings.TrimLeft(text, "\n")))
}

// Read cuts a file into scripts. Each is padded with empty lines, so that
// its line numbers are those of the file.
func Read(t testing.TB, file string) (scripts []Script) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	above := 0
	for _, part := range strings.Split(string(text), "\n---\n") {
		s := Script{Source: lang.NewSource(file, strings.Repeat("\n", above)+part), Want: map[int][]string{}}
		for i, line := range strings.Split(part, "\n") {
			s.expect(t, above+i+1, line)
		}
		scripts = append(scripts, s)
		above += strings.Count(part, "\n") + 2
	}
	return scripts
}

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|` + "`[^`]*`")

// expect notes what a line says of itself or of the line above.
func (s *Script) expect(t testing.TB, n int, line string) {
	t.Helper()
	_, wants, found := strings.Cut(line, "###")
	if !found {
		return
	}
	if strings.HasPrefix(wants, "^") {
		n--
	}
	for _, q := range quoted.FindAllString(wants, -1) {
		rx, err := strconv.Unquote(q)
		if err != nil {
			t.Fatalf("%s:%d: %v", s.Source.Name, n, err)
		}
		s.Want[n] = append(s.Want[n], rx)
	}
}

// Check compares what was said of a script with what it asks for: a
// complaint too many fails as one too few does.
func (s *Script) Check(t testing.TB, diags lang.Diagnostics) {
	t.Helper()
	missing := map[int][]string{}
	for n, wants := range s.Want {
		missing[n] = slices.Clone(wants)
	}
	for _, d := range diags.List {
		n, column := s.Source.Position(d.Span.Start)
		if d.Source == nil {
			n = 0
		}
		text := Text(d)
		i := slices.IndexFunc(missing[n], func(rx string) bool { return regexp.MustCompile(rx).MatchString(text) })
		if i < 0 {
			t.Errorf("%s:%d:%d: not asked for: %s", s.Source.Name, n, column, text)
			continue
		}
		missing[n] = slices.Delete(missing[n], i, i+1)
	}
	for n, wants := range missing {
		for _, rx := range wants {
			t.Errorf("%s:%d: nothing was said that matches %q", s.Source.Name, n, rx)
		}
	}
}

// Text is a diagnostic in one line, with the texts that it thinks were meant.
func Text(d lang.Diagnostic) string {
	text := string(d.Code) + ": " + d.Summary + " (" + d.Detail + ") [" + d.Hint + "]"
	for _, way := range d.Ways {
		text += " {" + way.Text + "}"
	}
	return text
}
