package grade_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"cnnl/grade"
)

// slipsOfMind change one line of a network; each is a difference wherever it can be
// made.
var slipsOfMind = []func(line string) string{
	func(l string) string { return strings.Replace(l, "3x3", "5x5", 1) },
	func(l string) string { return strings.Replace(l, "2x2", "4x4", 1) },
	func(l string) string { return strings.Replace(l, "maxpool", "avgpool", 1) },
	func(l string) string { return strings.Replace(l, "pad same", "pad same no bias", 1) },
	func(l string) string { return strings.Replace(l, "rgb", "gray", 1) },
	func(l string) string { return strings.Replace(l, "dense", "batchnorm; dense", 1) },
	func(l string) string { return strings.Replace(l, " 64 ", " 48 ", 1) },
	func(l string) string { return strings.Replace(l, "relu", "relu; maxpool 2x2", 1) },
}

// changed makes some changes in the lines of a script.
func changed(script string, changes [][2]int) string {
	lines := strings.Split(script, "\n")
	for _, c := range changes {
		lines[c[0]] = slipsOfMind[c[1]](lines[c[0]])
	}
	return strings.Join(lines, "\n")
}

// TestFurtherDifference: a further difference never raises a score, and what layers are
// called changes none.
func TestFurtherDifference(t *testing.T) {
	named := regexp.MustCompile(`(?m)\b(c|p|f|g|fc|e|d|u|s|mid|out)(\d?)\b( |$|\.)`)
	for _, script := range []string{small, skips} {
		k := key(t, script+"mark 40 \"Total\" total\nmark 70 \"Shapes\" shapes\nmark 50 \"Params\" params\n")
		random := rand.New(rand.NewPCG(1, 2))
		lines := strings.Count(script, "\n")
		for range 300 {
			var changes [][2]int
			before, most := "", "160"
			for range 4 {
				changes = append(changes, [2]int{random.IntN(lines), random.IntN(len(slipsOfMind))})
				text := changed(script, changes)
				if text == before || text == script {
					continue
				}
				got := points(t, k, text)
				if less(most, got) {
					t.Errorf("%s points, and %s with one difference more:\n%s\nbefore:\n%s", most, got, text, before)
				}
				if other := points(t, k, named.ReplaceAllString(text, "my_$1$2$3")); other != got {
					t.Errorf("%s points, and %s with other names:\n%s", got, other, text)
				}
				if got == "160" {
					t.Errorf("all points for\n%s", text)
				}
				before, most = text, got
			}
		}
	}
}

func less(a, b string) bool {
	p, _ := grade.Points(a)
	q, _ := grade.Points(b)
	return p.Cmp(q) < 0
}

// TestUnreadLine: a line that is no statement costs the layers of no other line,
// wherever it stands.
func TestUnreadLine(t *testing.T) {
	k := key(t, homework+marks)
	lines := strings.Split(strings.TrimSpace(homework), "\n")
	seen := map[string]bool{}
	for at := 1; at <= len(lines); at++ {
		text := strings.Join(lines[:at], "\n") + "\n= note\n" + strings.Join(lines[at:], "\n")
		seen[points(t, k, text)] = true
	}
	if len(seen) != 1 {
		t.Error(fmt.Sprint("different scores: ", seen))
	}
}
