// Package charset reads text in the encodings that editors and spreadsheets
// write: UTF-8, UTF-16, UTF-32 and Windows-1252, which has all that Latin-1 shows.
package charset

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// An Encoding is one of those that are told apart.
type Encoding uint8

// UTF8 is what texts should be.
const (
	UTF8 Encoding = iota
	UTF16
	UTF32
	Windows1252
)

// What is said of a text that is not UTF-8 behind "it is ".
var names = [...]string{UTF16: "UTF-16", UTF32: "UTF-32", Windows1252: "Windows-1252"}

func (e Encoding) String() string { return names[e] }

// Decode gives what bytes say, and the encoding that they are in. What has no
// meaning in it becomes U+FFFD.
func Decode(raw []byte) (text string, from Encoding) {
	if e, name := wide(raw); e != nil {
		decoded, _ := e.NewDecoder().Bytes(raw)
		return string(decoded), name
	}
	if !utf8.Valid(raw) {
		return Latin(raw), Windows1252
	}
	return string(raw), UTF8
}

// Latin is a text in Windows-1252.
func Latin(raw []byte) string {
	decoded, _ := charmap.Windows1252.NewDecoder().Bytes(raw)
	return string(decoded)
}

// Reader reads what a text in UTF-16 or UTF-32 says that begins with head; of
// another text it gives r itself.
func Reader(head []byte, r io.Reader) (io.Reader, Encoding) {
	if e, name := wide(head); e != nil {
		return e.NewDecoder().Reader(r), name
	}
	return r, UTF8
}

// wide tells encodings of two and four bytes for a character; nil: it is none.
func wide(raw []byte) (encoding.Encoding, Encoding) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE, 0, 0}) || bytes.HasPrefix(raw, []byte{0, 0, 0xFE, 0xFF}) {
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), UTF32
	}
	if e := utf16(raw); e != nil {
		return e, UTF16
	}
	return nil, UTF8
}

// utf16 tells UTF-16 by its mark or, without one, by its zeros; nil: it is none.
func utf16(raw []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case mostlyNUL(raw, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case mostlyNUL(raw, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// mostlyNUL tells UTF-16 without its mark: of what is mostly ASCII, every second
// byte is 0, from a first one on, and no other.
func mostlyNUL(raw []byte, from int) bool {
	var nul [2]int
	for i, b := range raw {
		if b == 0 {
			nul[i%2]++
		}
	}
	return len(raw)%2 == 0 && nul[1-from] == 0 && nul[from] > len(raw)/4
}
