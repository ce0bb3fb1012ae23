package batch

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"cnnl/internal/charset"
)

// decode gives what a file says, and notes on how it is written, for the student.
// Of a page that a platform made of text typed in, and of one that was handed in,
// it is the text.
func decode(raw []byte, page bool) (text string, notes []string) {
	text, from := charset.Decode(raw)
	switch from {
	case charset.UTF16, charset.UTF32:
		notes = append(notes, "it is written in "+from.String()+"; scripts are UTF-8")
	case charset.Windows1252:
		notes = append(notes, "it is not UTF-8 and was read as Windows-1252")
	}
	if cut := strings.TrimRight(text, "\x00"); len(cut) < len(text) && cut != "" && !strings.Contains(cut, "\x00") {
		text, notes = cut, append(notes, "zeros stood behind its end, and were passed over")
	}
	if !page && isPage(text) {
		page, notes = true, append(notes, "it is a web page, of which the text was read")
	}
	if page {
		text = typed(text)
	}
	if lines := loneReturns(text); lines != text {
		text, notes = lines, append(notes, "its lines end as old Macs end them")
	}
	return text, notes
}

// isPage reports a text that begins as web pages do.
func isPage(text string) bool {
	const longest = len("<!doctype html")
	text = strings.TrimLeft(text, " \t\r\n\uFEFF")
	text = strings.ToLower(text[:min(len(text), longest)])
	return strings.HasPrefix(text, "<!doctype html") || strings.HasPrefix(text, "<html>") || strings.HasPrefix(text, "<html ")
}

// loneReturns makes a line end of every return that has none behind it.
func loneReturns(text string) string {
	if strings.Count(text, "\r") == strings.Count(text, "\r\n") {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n")
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
