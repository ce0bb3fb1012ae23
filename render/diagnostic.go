package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"cnnl/lang"
	"cnnl/render/terminal"
)

// Diagnostics writes a list for people: place, line, carets, what was found
// and how to mend it.
func Diagnostics(w io.Writer, t terminal.Terminal, diags lang.Diagnostics) {
	for _, d := range diags.List {
		io.WriteString(w, diagnostic(t, d))
	}
	if diags.More > 0 {
		fmt.Fprintf(w, "and %s more\n", lang.Group(int64(diags.More)))
	}
}

// DiagnosticLine is a diagnostic on one line, for lists of many files.
func DiagnosticLine(file string, d lang.Diagnostic) string {
	line := place(file, d) + d.Severity.String() + "[" + string(d.Code) + "]: " + lang.Visible(d.Summary)
	if d.Detail != "" {
		line += " (" + lang.Visible(d.Detail) + ")"
	}
	if len(d.Fixes) > 0 {
		line += "; write " + strings.ReplaceAll(Help(&d, &d.Fixes[0]), "\n", "; ")
	}
	return line
}

// place is file:line:column: with a blank behind it.
func place(file string, d lang.Diagnostic) string {
	if d.Source == nil {
		if file == "" {
			return ""
		}
		return lang.Visible(file) + ": "
	}
	line, column := d.Source.Position(d.Span.Start)
	return fmt.Sprintf("%s:%d:%d: ", lang.Visible(d.Source.Name), line, column)
}

var severityColors = [...]terminal.Color{lang.Error: terminal.Red, lang.Warning: terminal.Magenta, lang.Note: terminal.Bold}

func diagnostic(t terminal.Terminal, d lang.Diagnostic) string {
	var b strings.Builder
	b.WriteString(t.Paint(terminal.Bold, place("", d)))
	b.WriteString(t.Paint(severityColors[d.Severity], d.Severity.String()+"["+string(d.Code)+"]"))
	b.WriteString(t.Paint(terminal.Bold, ": "+lang.Visible(d.Summary)) + "\n")
	if d.Source != nil {
		b.WriteString(quoted(t, d))
	} else if d.Detail != "" {
		b.WriteString("  " + t.Wrap(lang.Visible(d.Detail), 2) + "\n")
	}
	for i, call := range d.Calls {
		if i == mostCalls {
			b.WriteString("  ...\n")
			break
		}
		line, column := call.Source.Position(call.Span.Start)
		b.WriteString("  " + t.Paint(terminal.Faint, fmt.Sprintf("used at %s:%d:%d: %s", lang.Visible(call.Source.Name), line, column,
			firstLine(call.Source.Text[call.Span.Start:call.Span.End]))) + "\n")
	}
	switch {
	case len(d.Fixes) > 0:
		b.WriteString(helps(t, &d))
	case d.Hint != "":
		b.WriteString("  " + t.Paint(terminal.Bold, "help:") + " " + t.Wrap(lang.Visible(d.Hint), len("  help: ")) + "\n")
	}
	return b.String()
}

// helps shows the lines as each fix makes them.
func helps(t terminal.Terminal, d *lang.Diagnostic) string {
	var b strings.Builder
	for i := range d.Fixes {
		lead := "help: write "
		switch {
		case i > 0:
			lead = "help: or "
		case d.Fixes[i].Rank == lang.Likely:
			lead = "help: perhaps "
		}
		label, rest, _ := strings.Cut(lead, " ")
		b.WriteString("  " + t.Paint(terminal.Bold, label) + " " + rest + strings.ReplaceAll(Help(d, &d.Fixes[i]), "\n", "\n"+strings.Repeat(" ", 2+len(lead))) + "\n")
		if lost := d.Fixes[i].Lost; lost != "" {
			b.WriteString("  " + t.Paint(terminal.Bold, "note:") + " " + t.Wrap(lang.Visible(lost), len("  note: ")) + "\n")
		}
	}
	return b.String()
}

// Help is what a fix puts in place of the lines that it changes.
func Help(d *lang.Diagnostic, f *lang.Fix) string {
	_, lines := f.Changed(d.Source, d)
	if len(lines) == 0 {
		return f.Title
	}
	above := ""
	if edits := f.Of(d.Source, d); len(edits) == 1 && edits[0].Span.Start == edits[0].Span.End && strings.HasSuffix(edits[0].Text, "\n") {
		above = " above"
	}
	indent := len(lines[0])
	for _, line := range lines {
		if text := strings.TrimLeft(line, " \t"); text != "" {
			indent = min(indent, len(line)-len(text))
		}
	}
	for i, line := range lines {
		lines[i] = lang.Visible(line[min(indent, len(line)):])
	}
	return strings.Join(lines, "\n") + above
}

// mostCalls is how many uses of blocks around a mistake are shown.
const mostCalls = 3

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return terminal.First(s, 60)
}

// longestLine is how much of a line is shown where no width is known.
const longestLine = 120

// quoted shows the line with carets under the place and the detail beside
// them, or below where it would not fit.
func quoted(t terminal.Terminal, d lang.Diagnostic) string {
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
	column := terminal.Width(before)
	carets := strings.Repeat("^", max(terminal.Width(marked), 1))

	text := "  " + t.Paint(terminal.Faint, number+" |") + " " + before + t.Paint(terminal.Bold, marked) + after + "\n"
	text += t.Paint(terminal.Faint, margin) + strings.Repeat(" ", column) + t.Paint(severityColors[d.Severity], carets)
	detail := lang.Visible(d.Detail)
	indent := len(margin) + column + len(carets) + 1
	switch {
	case detail == "":
	case t.Width == 0 || indent+terminal.Width(detail) <= t.Width:
		text += " " + detail
	default:
		text += "\n" + t.Paint(terminal.Faint, margin) + strings.ReplaceAll(t.Wrap(detail, len(margin)), "\n"+strings.Repeat(" ", len(margin)), "\n"+t.Paint(terminal.Faint, margin))
	}
	return text + "\n"
}

// excerpt makes a line visible in three pieces, and cuts what is too far
// from the place to fit.
func excerpt(line string, from, to, room int) (before, marked, after string) {
	marked = terminal.First(line[from:to], room/2)
	before = terminal.Last(line[:from], room-terminal.Width(marked)-room/4)
	after = terminal.First(line[to:], room-terminal.Width(before)-terminal.Width(marked))
	return before, marked, after
}
