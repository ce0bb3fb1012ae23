package doc_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cnnl/eval/calc"
	"cnnl/render/doc"
	"cnnl/render/terminal"
)

// sample has every block, and in every text what some sink would obey.
func sample(evil string) *doc.Document {
	s := new(calc.Sheet)
	rows := func(row ...doc.Cell) func(func([]doc.Cell) bool) { return slices.Values([][]doc.Cell{row}) }
	columns := []doc.Column{{Name: "id" + evil, Names: true}, {Name: "points", Number: true}}
	details := &doc.Details{Word: "more" + evil, Table: doc.Table{Caption: evil, Columns: []doc.Column{{}}, Rows: rows(doc.Cell{Text: evil})}}
	return &doc.Document{Name: evil, Title: "t" + evil, Charts: true, Blocks: slices.Values([]doc.Block{
		doc.Section{ID: "s", Heading: doc.Heading{ID: "s-name", Text: "name" + evil, Name: true}, Blocks: []doc.Block{
			doc.Sentences{"it is" + evil, "it was"},
			doc.Steps{Caption: evil, List: []doc.Step{
				{Label: "size" + evil, Before: evil, Calc: s.Term("kernel", 1234).Plus(s.Const(1)), Value: "1,235", After: evil, Terms: evil},
				{Label: "none", Value: evil}, {Label: "said", After: evil}}},
		}},
		doc.Heading{Text: "scores" + evil},
		doc.Line{Text: evil, Strong: true},
		doc.List{Title: "list" + evil, Items: []string{evil}},
		doc.Remarks{Heading: doc.Heading{Text: "assumed"}, Word: "assumed", Items: []string{evil}},
		doc.Remarks{Items: []string{"late" + evil}},
		doc.Table{Caption: evil, Wide: true, Columns: columns, Rows: rows(doc.Cell{Text: "x" + evil, Link: "s", Details: details}, doc.Cell{Text: "1"})},
		doc.Chart{Under: "s-name", Upright: true, Names: [2]string{"a", "b"}, Full: 2, Bars: []doc.Bar{{evil, evil, evil, evil, 1}}},
		doc.Chart{Under: "s-name", Full: 1, Bars: []doc.Bar{{evil, evil, evil, evil, 0.5}}},
		doc.Stopped("it ends" + evil),
	})}
}

func write(t *testing.T, print func(*strings.Builder) error) string {
	t.Helper()
	var b strings.Builder
	if err := print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestMarkdown shows what each block becomes.
func TestMarkdown(t *testing.T) {
	got := write(t, func(b *strings.Builder) error { return doc.Markdown(b, sample("_")) })
	want := `# t\_

## name\_

It is\_.
It was.

` + "- size\\_: \\_ $`1{,}234 + 1 = 1{,}235`$, \\_\n" + `  (\_)
- none: \_
- said: \_

## Scores\_

**\_**

list\_:

- \_

- assumed \_

- late\_

| id\_ | points |
|---|--:|
| x\_ | 1 |

| a | b |
|---|--:|
| \_ | \_ |

|  |  |
|---|--:|
| \_ | \_ |

It ends\_.
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestText shows what each block becomes at a narrow terminal.
func TestText(t *testing.T) {
	got := write(t, func(b *strings.Builder) error { return doc.Text(b, terminal.Terminal{Width: 40}, sample("!")) })
	want := `name!  it is!
       it was
    size!          ! 1,234 + 1 = 1,235,
                   !
                   !
    none           !
    said           !

scores!

!

list!

- !

assumed !

late!

id!  points
───────────
x!        1

a  b
────
!  !

!  !

it ends!
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestNothingIsObeyed: a text is a text in every sink.
func TestNothingIsObeyed(t *testing.T) {
	const evil = `<b>&"'\x1b[31m$x$` + "`\\input{y}\x1b|*_#%^~\u202e"
	for _, sink := range []struct {
		name      string
		print     func(*strings.Builder) error
		forbidden []string
	}{
		{"html", func(b *strings.Builder) error { return doc.HTML(b, sample(evil)) }, []string{"<b>", `"'`, "&\""}},
		{"markdown", func(b *strings.Builder) error { return doc.Markdown(b, sample(evil)) }, []string{"<b>", "m$x", ">|", "$`\\input"}},
		{"text", func(b *strings.Builder) error { return doc.Text(b, terminal.Terminal{}, sample(evil)) }, nil},
		{"latex", func(b *strings.Builder) error { return doc.LaTeX(b, sample(evil)) }, []string{`\input`, "m$x$", ">|", "#%"}},
		{"fragment", func(b *strings.Builder) error { return doc.LaTeXFragment(b, sample(evil)) }, []string{`\input`, "m$x$", `\begin{document}`}},
	} {
		got := write(t, sink.print)
		for _, bad := range append(sink.forbidden, "\x1b", "\u202e") {
			if strings.Contains(got, bad) {
				t.Errorf("%s: %q is written:\n%s", sink.name, bad, got)
			}
		}
		if !strings.Contains(got, "202E") {
			t.Errorf("%s: the hidden character is not shown", sink.name)
		}
	}
}

// TestPage: what a page needs beside the texts.
func TestPage(t *testing.T) {
	got := write(t, func(b *strings.Builder) error { return doc.HTML(b, sample("")) })
	for _, want := range []string{
		`<section id="s" aria-labelledby="s-name">`, `<h2 id="s-name">name</h2>`, "<p>It is.</p>\n<p>It was.</p>", `<a href="#s">x</a>`,
		`<math>`, "<mo>=</mo><mn>1,235</mn>", "<details><summary>more</summary><table>", "</table></details>", `<p class="stopped">It ends.</p>`,
		`viewBox="0 0 56 168"`, `<rect x="4" y="84" width="48" height="60"/>`, `<rect x="200" y="5" width="160" height="20"/>`, "<li>", `<td class="number">1</td>`, "<p>Late.</p>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// TestOrders: a table whose rows readers may sort says in each where it stands, needs no
// script, and stays a table for who hears it; a link to a file is a name and nothing more.
func TestOrders(t *testing.T) {
	table := doc.Table{Caption: "all", Under: "s", Wide: true, Columns: []doc.Column{{Name: "id", Names: true}}, Orders: []string{"as they come", "by id"},
		Rows: slices.Values([][]doc.Cell{{{Text: "x", File: "javascript:a/b c?.html", Ranks: []int{7}}}, {{Text: "y"}}})}
	got := write(t, func(b *strings.Builder) error {
		return doc.HTML(b, &doc.Document{Charts: true, Blocks: slices.Values([]doc.Block{table})})
	})
	for _, want := range []string{
		`<label><input type="radio" name="order-s" checked>as they come</label>`, `<label><input type="radio" name="order-s">by id</label>`,
		`<table role="table" style="--columns:1">`, `<tr role="row" style="--order-2:7"><th scope="row" role="rowheader"><a href="./javascript:a/b%20c%3F.html">x</a>`,
		`<tr role="row"><th scope="row" role="rowheader">y</th>`, `tr { order: var(--order-2); }`, "script-src", "default-src 'none'",
	} {
		if strings.Contains(got, want) == (want == "script-src") {
			t.Errorf("of %s in\n%s", want, got)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

// TestErrors: what the writer says is handed on.
func TestErrors(t *testing.T) {
	if doc.HTML(full{}, sample("")) == nil || doc.Markdown(full{}, sample("")) == nil || doc.LaTeX(full{}, sample("")) == nil {
		t.Error("a full disk is not told")
	}
}
