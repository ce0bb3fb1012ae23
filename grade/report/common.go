package report

import (
	"strconv"
	"strings"

	"cnnl/grade"
	"cnnl/lang"
)

// What submissions have in common, in words for teachers.

// CommonIs says what it is.
func CommonIs(c *grade.Common) string {
	if c.Slip == nil {
		return difference(c.First)
	}
	was, read := lang.Quote(lang.Visible(c.Slip.Was)), lang.Quote(lang.Visible(c.Slip.Read))
	if c.Slip.Read == "" {
		return c.Slip.Kind + ": as " + was + " passed over"
	}
	return c.Slip.Kind + ": as " + was + " for " + read
}

// CommonTo names whose submissions they are, and how many are not named.
func CommonTo(c *grade.Common) string {
	var names []string
	for _, s := range c.Students {
		if s.Name == "" {
			s.Name = s.ID
		}
		names = append(names, s.Name)
	}
	text := strings.Join(names, "; ")
	if more := c.Number - len(c.Students); more > 0 {
		text += "; and " + strconv.Itoa(more) + " more"
	}
	return text
}
