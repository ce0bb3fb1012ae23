package repl

import (
	"bytes"
	"io"
)

// A keys is what a terminal sends, with tabs that were pasted as blanks: only
// one that was pressed completes. Terminals mark what is pasted; of those that
// do not, a tab is taken for pasted if more came with it behind it.
type keys struct {
	in      io.ReadCloser
	held    []byte // perhaps the beginning of a mark
	rest    []byte // what did not fit
	pasting bool
	ended   bool // there is nothing more to be read
}

// The marks around what is pasted, and what asks a terminal for them.
const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
	markPastes  = "\x1b[?2004h"
	noMarks     = "\x1b[?2004l"
)

func (k *keys) Read(p []byte) (int, error) {
	var err error
	for len(k.rest) == 0 && err == nil {
		var n int
		chunk := make([]byte, len(p))
		n, err = k.in.Read(chunk)
		text := append(k.held, chunk[:n]...)
		k.held = nil
		if cut := len(text) - partOfMark(text); cut < len(text) && err == nil {
			k.held, text = bytes.Clone(text[cut:]), text[:cut]
		}
		k.rest = k.plain(text)
		k.ended = err != nil
	}
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	return n, err
}

func (k *keys) Close() error { return k.in.Close() }

// plain takes the marks out of a piece, and makes pasted tabs blanks.
func (k *keys) plain(text []byte) []byte {
	out := text[:0]
	for i := 0; i < len(text); i++ {
		switch rest := text[i:]; {
		case bytes.HasPrefix(rest, []byte(pasteBegins)), bytes.HasPrefix(rest, []byte(pasteEnds)):
			k.pasting = rest[4] == '0'
			i += len(pasteBegins) - 1
		case text[i] == '\t' && (k.pasting || i+1 < len(text)):
			out = append(out, ' ')
		default:
			out = append(out, text[i])
		}
	}
	return out
}

// partOfMark is how much of the end of a piece can be the beginning of a mark.
func partOfMark(text []byte) int {
	for n := len(pasteBegins) - 1; n >= len("\x1b[2"); n-- {
		if bytes.HasSuffix(text, []byte(pasteBegins[:n])) || bytes.HasSuffix(text, []byte(pasteEnds[:n])) {
			return n
		}
	}
	return 0
}
