package layer

import (
	"fmt"
	"strconv"
	"strings"
)

// Words that rules and messages share.

func fmtInts(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// axisName names axis i of a shape, channels included.
func (s Shape) axisName(i int) string {
	return s.AxisNames()[i]
}

// numbers writes an argument's numbers as a size.
func (a Arg) numbers() string {
	return joinInts(a.Sides(), "x")
}

func joinInts(numbers []int64, between string) string {
	parts := make([]string, len(numbers))
	for i, n := range numbers {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, between)
}

// ranges writes an argument's pairs: 1..4 6.
func (a Arg) ranges() string {
	sides := a.Sides()
	parts := make([]string, 0, len(sides)/2)
	for i := 0; i < len(sides); i += 2 {
		text := strconv.FormatInt(sides[i], 10)
		if sides[i+1] != sides[i] {
			text += ".." + strconv.FormatInt(sides[i+1], 10)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
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
