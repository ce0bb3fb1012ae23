package doc

import (
	"bufio"
	_ "embed"
	"io"
	"strings"

	"cnnl/lang"
)

// style is the look of every page.
//
//go:embed style.css
var style string

// chartStyle is what pages with charts and details need besides.
//
//go:embed chart.css
var chartStyle string

const (
	htmlHead = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
`
	htmlTail = `</main>
</body>
</html>
`
)

// HTML writes a document as one page that needs nothing else: no script, no
// font, no picture from elsewhere.
func HTML(w io.Writer, d *Document) error {
	p := html{out: bufio.NewWriter(w)}
	p.print(htmlHead, style, "</style>\n<title>", htmlText(d.Name), "</title>\n")
	if d.Charts {
		p.print("<style>\n", chartStyle, "</style>\n")
	}
	p.print("</head>\n<body>\n<main>\n")
	if d.Title != "" {
		p.print("<h1>", htmlText(d.Title), "</h1>\n")
	}
	for b := range d.Blocks {
		p.block(b)
	}
	p.print(htmlTail)
	return p.out.Flush()
}

type html struct{ out *bufio.Writer }

func (p html) print(texts ...string) {
	for _, text := range texts {
		p.out.WriteString(text)
	}
}

func (p html) block(b Block) {
	switch b := b.(type) {
	case Section:
		p.section(b)
	case Heading:
		p.print("<h2", attribute("id", b.ID), ">", htmlText(b.capital()), "</h2>\n")
	case Sentences:
		for _, s := range b {
			p.print("<p>", htmlText(sentence(s)), "</p>\n")
		}
	case Stopped:
		p.print(`<p class="stopped">`, htmlText(sentence(string(b))), "</p>\n")
	case Line:
		p.line(b)
	case List:
		p.list(b)
	case Remarks:
		p.remarks(b)
	case Steps:
		p.steps(b)
	case Table:
		p.table(b)
		p.print("\n")
	case Chart:
		p.chart(b)
	}
}

func (p html) section(s Section) {
	p.print("<section", attribute("id", s.ID), attribute("aria-labelledby", s.Heading.ID), ">\n")
	if s.Heading.Text != "" {
		p.block(s.Heading)
	}
	for _, b := range s.Blocks {
		p.block(b)
	}
	p.print("</section>\n")
}

func (p html) line(l Line) {
	text := htmlText(l.Text)
	if l.Strong {
		text = "<strong>" + text + "</strong>"
	}
	p.print("<p>", text, "</p>\n")
}

func (p html) list(l List) {
	if len(l.Items) == 0 {
		return
	}
	if l.Title != "" {
		p.print("<h3>", htmlText(l.Title), "</h3>\n")
	}
	p.print("<ul>\n")
	for _, item := range l.Items {
		p.print("<li>", htmlText(item), "</li>\n")
	}
	p.print("</ul>\n")
}

// remarks are a list under their heading; without one, paragraphs.
func (p html) remarks(r Remarks) {
	switch {
	case len(r.Items) == 0:
	case r.Heading.Text == "":
		p.block(Sentences(r.Items))
	default:
		p.section(Section{Heading: r.Heading, Blocks: []Block{List{Items: r.Items}}})
	}
}

func (p html) steps(s Steps) {
	p.print(`<table class="steps">`, "\n<caption>", htmlText(s.Caption), "</caption>\n",
		`<thead><tr><th scope="col">number</th><th scope="col">how it comes about</th><th scope="col">made of</th></tr></thead>`, "\n<tbody>\n")
	for _, step := range s.List {
		p.print(`<tr><th scope="row">`, htmlText(step.Label), "</th><td>", step.words(htmlText, htmlFormula), `</td><td class="terms">`, htmlText(step.Terms), "</td></tr>\n")
	}
	p.print("</tbody>\n</table>\n")
}

// attribute writes one that is there.
func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + htmlText(value) + `"`
}

// htmlText makes text from outside fit for a page and for the attributes in it.
func htmlText(s string) string { return htmlEscapes.Replace(lang.Visible(s)) }

// htmlEscapes are the characters that mean something in HTML, and the plus,
// which one old encoding of text takes for the beginning of another alphabet.
var htmlEscapes = strings.NewReplacer(`"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
