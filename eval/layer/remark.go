package layer

import (
	"fmt"
	"strings"
)

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

// leftover is how many inputs at the far end no window reaches.
func leftover(c *Call, axis int) int64 {
	if word := c.word("pad"); word == "same" || word == "causal" {
		return 0
	}
	pad := c.along("pad", axis)
	rest := (c.In.At(axis) + 2*pad - c.reach(axis) - 1) % c.along("stride", axis)
	return max(rest-pad, 0)
}
