package batch

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode gives what a file says: in UTF-8, as scripts are, in UTF-16 or in
// Windows-1252, as some editors write; the note says which, where it is
// not UTF-8. Of a page that a platform made of text typed in it is that text.
func decode(raw []byte, page bool) (text, note string) {
	text, note = decodeCharacters(raw)
	if page {
		text = typed(text)
	}
	return text, note
}

func decodeCharacters(raw []byte) (text, note string) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		e, note = unicode.UTF16(unicode.BigEndian, unicode.UseBOM), inUTF16
	case mostlyNUL(raw, 1):
		e, note = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), inUTF16
	case mostlyNUL(raw, 0):
		e, note = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), inUTF16
	case !utf8.Valid(raw):
		e, note = charmap.Windows1252, "it is not UTF-8 and was read as Windows-1252"
	default:
		return string(raw), ""
	}
	decoded, _ := e.NewDecoder().Bytes(raw) // what has no meaning becomes U+FFFD
	return string(decoded), note
}

const inUTF16 = "it is written in UTF-16; scripts are UTF-8"

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

// typed is the text of a page, as somebody typed it.
func typed(page string) string {
	var b strings.Builder
	skip := 0
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := z.Next()
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case kind == html.ErrorToken:
			return b.String()
		case kind == html.TextToken && skip == 0:
			b.WriteString(strings.ReplaceAll(html.UnescapeString(string(z.Raw())), "\u00A0", " "))
		case kind == html.StartTagToken && hides(tag):
			skip++
		case kind == html.EndTagToken && hides(tag):
			skip = max(skip-1, 0)
		case (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && tag == atom.Br, kind == html.EndTagToken && endsLine(tag):
			b.WriteByte('\n')
		}
	}
}

func hides(tag atom.Atom) bool {
	return tag == atom.Script || tag == atom.Style || tag == atom.Title
}

func endsLine(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Li, atom.Pre, atom.Tr, atom.H1, atom.H2, atom.H3:
		return true
	}
	return false
}
