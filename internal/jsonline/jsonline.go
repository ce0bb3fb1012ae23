// Package jsonline writes documents as JSON, each on a line of its own. It is
// shared by everybody who writes JSON for machines, so that a terminal that
// shows such a line obeys nothing in it.
package jsonline

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf16"

	"cnnl/lang"
)

// Write writes a document on one line. Characters that a terminal would
// obey are written by their number, also where JSON does not ask for it.
func Write(w io.Writer, doc any) error {
	line := newWriter(w)
	if err := line.value(doc); err != nil {
		return err
	}
	line.WriteByte('\n')
	return line.pass()
}

func escapeHidden(text []byte) []byte {
	hidden := func(r rune) bool { return r != '\n' && lang.Hidden(r) }
	if bytes.IndexFunc(text, hidden) < 0 {
		return text
	}
	var b bytes.Buffer
	for _, r := range string(text) {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}
