package collect

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"cnnl/grade"
	"cnnl/grade/lms"
	"cnnl/lang"
)

// FeedbackFile is where a student's feedback goes in a folder, without an
// ending: as the platform wants it back, otherwise called by the id. Every
// system takes the name. What had to be changed, or is taken, gets a mark of
// the id, so that no two students have one file.
func FeedbackFile(r *grade.Record, taken func(lower string) bool) string {
	name := feedbackName(r)
	var parts []string
	for _, p := range name {
		parts = append(parts, fileName(p))
	}
	clean := strings.Join(parts, "/")
	if !slices.Equal(parts, name) || taken(strings.ToLower(clean)) {
		sum := sha256.Sum256([]byte(r.ID))
		clean += fmt.Sprintf("-%x", sum[:4])
	}
	return clean
}

// feedbackName is that name, and the folder before it, as they should be.
func feedbackName(r *grade.Record) []string {
	name := lms.Feedback(r.File)
	if name == nil {
		return []string{r.ID}
	}
	last := &name[len(name)-1]
	*last, _ = stem(*last)
	return name
}

// reserved reports a name that means a device to Windows, whatever its ending.
func reserved(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	port, ok := strings.CutPrefix(name, "com")
	if !ok {
		port, ok = strings.CutPrefix(name, "lpt")
	}
	return ok && len(port) == 1 && port[0] >= '0' && port[0] <= '9'
}

// longestName is how many bytes of a name are kept; systems take 255.
const longestName = 120

func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if lang.Hidden(r) || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
	if len(s) > longestName {
		s = strings.ToValidUTF8(s[:longestName], "")
	}
	s = strings.TrimRight(s, ". ")
	if s == "" || strings.ContainsRune(".~- ", rune(s[0])) || reserved(s) {
		s = "_" + s
	}
	return s
}
