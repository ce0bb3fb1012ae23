package jsonline

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
)

// A sealed line ends in a check sum of all that stands before it, so that a line
// that was changed since is told: by hand, by a disk, or by a program that wrote
// it anew in other words.

const (
	sealBegins = `,"sum":"`
	sealEnds   = `"}`
	sealLength = len(sealBegins) + 16 + len(sealEnds)
)

// WriteSealed writes a document that is an object, as Write does, with a last
// member "sum" for Intact.
func WriteSealed(w io.Writer, doc any) error {
	var line bytes.Buffer
	if err := Write(&line, doc); err != nil {
		return err
	}
	body := bytes.TrimSuffix(line.Bytes(), []byte("}\n"))
	_, err := w.Write(append(body, seal(body)+"\n"...))
	return err
}

func seal(body []byte) string {
	sum := sha256.Sum256(body)
	return fmt.Sprintf("%s%x%s", sealBegins, sum[:8], sealEnds)
}

// Intact reports a line, without its end, that is as WriteSealed wrote it.
func Intact(line []byte) bool {
	n := len(line) - sealLength
	return n > 0 && string(line[n:]) == seal(line[:n])
}

// Sealed reports a line, without its end, that ends as a sealed one does, be it
// intact or not.
func Sealed(line []byte) bool {
	n := len(line) - sealLength
	return n > 0 && bytes.HasPrefix(line[n:], []byte(sealBegins)) && bytes.HasSuffix(line, []byte(sealEnds))
}
