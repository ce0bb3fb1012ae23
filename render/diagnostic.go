package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"cnnl/lang"
)

// Diagnostics writes a list for people: place, line, carets, what was found
// and how to mend it.
func Diagnostics(w io.Writer, t Terminal, diags lang.Diagnostics) {
	for _, d := range diags.List {
		io.WriteString(w, t.diagnostic(d))
	}
	if diags.More > 0 {
		fmt.Fprintf(w, "and %s more\n", lang.Group(int64(diags.More)))
	}
}

// DiagnosticLine is a diagnostic on one line, for lists of many files.
func DiagnosticLine(file string, d lang.Diagnostic) string {
	line := place(file, d) + d.Severity.String() + "[" + string(d.Code) + "]: " + Visible(d.Summary)
	if d.Detail != "" {
		line += " (" + Visible(d.Detail) + ")"
	}
	return line
}

// place is file:line:column: with a blank behind it.
func place(file string, d lang.Diagnostic) string {
	if d.Source == nil {
		if file == "" {
			return ""
		}
		return Visible(file) + ": "
	}
	line, column := d.Source.Position(d.Span.Start)
	return fmt.Sprintf("%s:%d:%d: ", Visible(d.Source.Name), line, column)
}

var severityColors = [...]text.Colors{lang.Error: red, lang.Warning: magenta, lang.Note: bold}

func (t Terminal) diagnostic(d lang.Diagnostic) string {
	var b strings.Builder
	b.WriteString(t.paint(bold, place("", d)))
	b.WriteString(t.paint(severityColors[d.Severity], d.Severity.String()+"["+string(d.Code)+"]"))
	b.WriteString(t.paint(bold, ": "+Visible(d.Summary)) + "\n")
	if d.Source != nil {
		b.WriteString(t.quoted(d))
	} else if d.Detail != "" {
		b.WriteString("  " + t.wrapped(Visible(d.Detail), 2) + "\n")
	}
	for i, call := range d.Calls {
		if i == mostCalls {
			b.WriteString("  ...\n")
			break
		}
		line, column := call.Source.Position(call.Span.Start)
		b.WriteString("  " + t.paint(faint, fmt.Sprintf("used at %s:%d:%d: %s", Visible(call.Source.Name), line, column,
			firstLine(call.Source.Text[call.Span.Start:call.Span.End]))) + "\n")
	}
	if d.Hint != "" {
		b.WriteString("  " + t.paint(bold, "help:") + " " + t.wrapped(Visible(d.Hint), len("  help: ")) + "\n")
	}
	return b.String()
}

// mostCalls is how many uses of blocks around a mistake are shown.
const mostCalls = 3

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return firstColumns(s, 60)
}

// longestLine is how much of a line is shown where no width is known.
const longestLine = 120

// quoted shows the line with carets under the place and the detail beside
// them, or below where it would not fit.
func (t Terminal) quoted(d lang.Diagnostic) string {
	n, _ := d.Source.Position(d.Span.Start)
	line, start := d.Source.Line(n)
	number := strconv.Itoa(n)
	margin := strings.Repeat(" ", 2+len(number)) + " | "

	room := longestLine
	if t.Width > 0 {
		room = max(t.Width-len(margin), 20)
	}
	from := min(max(d.Span.Start-start, 0), len(line))
	to := min(max(d.Span.End-start, from), len(line))
	before, marked, after := excerpt(line, from, to, room)
	column := width(before)
	carets := strings.Repeat("^", max(width(marked), 1))

	text := "  " + t.paint(faint, number+" |") + " " + before + t.paint(bold, marked) + after + "\n"
	text += t.paint(faint, margin) + strings.Repeat(" ", column) + t.paint(severityColors[d.Severity], carets)
	detail := Visible(d.Detail)
	indent := len(margin) + column + len(carets) + 1
	switch {
	case detail == "":
	case t.Width == 0 || indent+width(detail) <= t.Width:
		text += " " + detail
	default:
		text += "\n" + t.paint(faint, margin) + strings.ReplaceAll(t.wrapped(detail, len(margin)), "\n"+strings.Repeat(" ", len(margin)), "\n"+t.paint(faint, margin))
	}
	return text + "\n"
}

// excerpt makes a line visible in three pieces, and cuts what is too far
// from the place to fit.
func excerpt(line string, from, to, room int) (before, marked, after string) {
	marked = firstColumns(line[from:to], room/2)
	before = lastColumns(line[:from], room-width(marked)-room/4)
	after = firstColumns(line[to:], room-width(before)-width(marked))
	return before, marked, after
}

// firstColumns is as much of the beginning as fits, made visible.
func firstColumns(s string, columns int) string {
	if len(s) > 4*columns {
		s = s[:runeStart(s, 4*columns)] + "…"
	}
	s = Visible(s)
	if width(s) <= columns {
		return s
	}
	used, end := 0, 0
	for i, r := range s {
		if w := width(string(r)); used+w > columns-1 {
			break
		} else {
			used += w
		}
		end = i + utf8.RuneLen(r)
	}
	return s[:end] + "…"
}

// lastColumns is as much of the end as fits, made visible.
func lastColumns(s string, columns int) string {
	if len(s) > 4*columns {
		s = "…" + s[runeStart(s, len(s)-4*columns):]
	}
	s = Visible(s)
	for width(s) > columns {
		s = strings.TrimPrefix(s, "…")
		_, n := utf8.DecodeRuneInString(s)
		s = "…" + s[n:]
		if len(s) <= len("…") {
			break
		}
		if width(s) > columns {
			s = strings.TrimPrefix(s, "…")
		}
	}
	return s
}

// runeStart moves an offset back to where a character begins.
func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
