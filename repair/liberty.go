package repair

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"cnnl/lang"
)

// A liberty is one thing that people write in place of what they mean.
type liberty struct {
	name string // stable: fixes are known by it
	form bool   // only the form is another; nothing else can be meant
	cost int
	when func(*place) []change
	// example is a script that takes the liberty, and the same without it.
	example [2]string
}

// A change puts a text in place of a piece of the script. Its own cost and form come on
// top of the liberty's.
type change struct {
	span  lang.Span
	text  string
	cost  int
	open  bool     // not only the form changes
	first bool     // it mends what the script has, not what another change has left
	name  string   // in place of the liberty's
	free  []string // words and numbers that may go or come
	out   string   // the shape that must come of it
}

func itoa(n int) string { return strconv.Itoa(n) }

// A pattern is compiled when it is first needed: scripts without mistakes need none.
type pattern = func() *regexp.Regexp

func re(text string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// The scopes of liberties.

// statement is a rewriting of the statement.
func statement(rewrite func(p *place, text string) string) func(*place) []change {
	return func(p *place) []change { return p.change(p.stmt, rewrite(p, p.statement())) }
}

// line is a rewriting of the line, without the comment behind it.
func line(rewrite func(p *place, text string) string) func(*place) []change {
	return func(p *place) []change {
		code := strings.TrimRight(codeOf(p.lineText()), " \t\r")
		return p.change(lang.Span{Start: p.line.Start, End: p.line.Start + len(code)}, rewrite(p, code))
	}
}

// longestWhole is the length in bytes of a text that is rewritten as a whole.
const longestWhole = 64 << 10

// whole is a rewriting of the whole text.
func whole(rewrite func(p *place, text string) string) func(*place) []change {
	return func(p *place) []change {
		if len(p.text) > longestWhole {
			return nil
		}
		return p.change(lang.Span{End: len(p.text)}, rewrite(p, p.text))
	}
}

// change is one change, or none where the text stays as it is.
func (p *place) change(span lang.Span, text string) []change {
	if text == p.text[span.Start:span.End] {
		return nil
	}
	return []change{{span: span, text: text}}
}

// replacing replaces what fits a pattern.
func replacing(text, by string) func(*place, string) string {
	p := re(text)
	return func(_ *place, s string) string { return p().ReplaceAllString(s, by) }
}

// inTurn rewrites by one after the other.
func inTurn(rewrites ...func(*place, string) string) func(*place, string) string {
	return func(p *place, s string) string {
		for _, r := range rewrites {
			s = r(p, s)
		}
		return s
	}
}

// onlyIf rewrites what fits a pattern.
func onlyIf(text string, rewrite func(*place, string) string) func(*place, string) string {
	fits := re(text)
	return func(p *place, s string) string {
		if !fits().MatchString(s) {
			return s
		}
		return rewrite(p, s)
	}
}

// indented is what a text begins with.
func indented(text string) string { return text[:len(text)-len(strings.TrimLeft(text, " \t"))] }
