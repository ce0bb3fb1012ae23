package batch

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"cnnl/internal/charset"
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

// decodeCharacters gives a script's text, and tells of one that is not UTF-8.
func decodeCharacters(raw []byte) (text, note string) {
	text, from := charset.Decode(raw)
	switch from {
	case charset.UTF16:
		note = "it is written in UTF-16; scripts are UTF-8"
	case charset.Windows1252:
		note = "it is not UTF-8 and was read as Windows-1252"
	}
	return text, note
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
