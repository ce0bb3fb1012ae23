package layer

import (
	"fmt"
	"strconv"
	"strings"
)

// Words that rules and messages share.

func fmtInts(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// axisName names axis i of a shape, channels included.
func (s Shape) axisName(i int) string {
	if names := s.AxisNames(); i < len(names) {
		return names[i]
	}
	return "axis " + strconv.Itoa(i+1)
}

// numbers writes an argument's numbers as a size.
func (a Arg) numbers() string {
	parts := make([]string, a.Len)
	for i := range parts {
		parts[i] = strconv.FormatInt(a.N[i], 10)
	}
	return strings.Join(parts, "x")
}

// unusedRows says what a window that does not fit evenly leaves out.
func unusedRows(c *Call) string {
	words := []string{}
	for i := range c.In.Spatial() {
		if n := leftover(c, i); n > 0 {
			words = append(words, lastOnes(c.In.axisName(i), n))
		}
	}
	if len(words) == 0 {
		return ""
	}
	list := strings.Join(words, " and ")
	if len(words) == 2 && len(strings.Fields(words[0])) == 2 {
		list = words[0] + " and " + strings.TrimPrefix(words[1], "last ")
	}
	return "stride " + c.arg("stride").numbers() + " leaves the " + list + " unused"
}

// lines are what an axis is made of.
var lines = map[string]string{"height": "row", "width": "column", "depth": "slice", "length": "step"}

func lastOnes(axis string, n int64) string {
	if n == 1 {
		return "last " + lines[axis]
	}
	return fmt.Sprintf("last %d %ss", n, lines[axis])
}
