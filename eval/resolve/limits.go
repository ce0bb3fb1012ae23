package resolve

import (
	"fmt"

	"cnnl/lang"
)

// mostRaised is how far beyond a limit the advice to raise it makes sense.
const mostRaised = 1_000_000_000

// OverLimit says that a limit was passed; the format has a place for it.
func OverLimit(format string, most int) string { return fmt.Sprintf(format, lang.Group(int64(most))) }

// Raise says what to raise a limit to, where that is so many more.
func Raise(name string, most, more int) string {
	if more > mostRaised {
		return ""
	}
	return fmt.Sprintf("--limit %s=%d raises this limit", name, most+more)
}
