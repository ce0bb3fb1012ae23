package render

import (
	"fmt"
	"io"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/session"
	"cnnl/lang"
	"cnnl/render/terminal"
)

// Answers to entries at a prompt.

// Answer shows what an entry came to: a row for each layer or block that it
// added, with the running total, and a word on every other statement.
func Answer(w io.Writer, t terminal.Terminal, net *network.Network, a session.Answer) {
	var added int64
	if len(a.Results) > 0 {
		for i := a.Results[0].First; i < int32(len(net.Nodes)); i++ {
			added += net.Nodes[i].Params()
		}
	}
	total := net.Totals.Params() - added
	for _, r := range a.Results {
		count := net.CountRows(r.First, r.End, 0)
		left := count
		if left > mostAdded {
			left = mostAdded - lastAdded
		}
		i := 0
		for row := range net.Rows(r.First, r.End, 0) {
			total += row.Params()
			if i == left && left < count-lastAdded {
				fmt.Fprintf(w, "  ... %s more\n", lang.Group(int64(count-mostAdded)))
			}
			if i < left || i >= count-lastAdded {
				io.WriteString(w, addedRow(t, net, &row, total))
			}
			i++
		}
		if count > 0 {
			continue
		}
		if text := otherwise(net, r.Stmt); text != "" {
			io.WriteString(w, "  "+t.Wrap(text, 2)+"\n")
		}
	}
}

// How many rows an answer has at most, how many of them are the last, and how many
// layers it names that one takes.
const (
	mostAdded = 40
	lastAdded = 5
	mostTaken = 100
)

// addedRow is one row: name, statement, output, parameters added, total, notes.
func addedRow(t terminal.Terminal, net *network.Network, r *network.Row, total int64) string {
	line := fmt.Sprintf("  %s  %-22s  %-12s", t.Paint(terminal.Bold, fmt.Sprintf("%-9s", r.Path)), r.Statement(net), r.Out.String())
	if !r.Kind.Source {
		line += fmt.Sprintf("  %10s  total %s", "+"+lang.Group(r.Params()), t.Paint(terminal.Bold, lang.Group(total)))
	}
	list := rowNotes(net, r)
	if len(r.From) > 1 {
		from := net.Origins(r, network.None, 0, mostTaken)
		list = append([]string{"of " + listed(Condense(from), len(r.From)-len(from))}, list...)
	}
	for _, option := range net.Unsaid(&r.Node) {
		list = append(list, option+", not stated")
	}
	if len(list) == 0 {
		return strings.TrimRight(line, " ") + "\n"
	}
	return strings.TrimRight(line, " ") + "\n" + strings.Repeat(" ", 13) + t.Paint(terminal.Faint, t.Wrap(strings.Join(list, "; "), 13)) + "\n"
}

// Row shows one layer, or one use of a block, of what stands.
func Row(w io.Writer, t terminal.Terminal, net *network.Network, r *network.Row) {
	text := fmt.Sprintf("%s: %s gives %s", r.Path, r.Statement(net), r.Out)
	if !r.Kind.Source {
		text += ", with " + lang.Group(r.Params()) + " parameters of its own"
	}
	if notes := rowNotes(net, r); len(notes) > 0 {
		text += "; " + strings.Join(notes, "; ")
	}
	fmt.Fprintln(w, "  "+t.Wrap(text, 2))
}

// otherwise says what a statement did that added no layer.
func otherwise(net *network.Network, s *lang.Stmt) string {
	text := lang.Visible(lang.OneLine(net.File.Source.Text[s.Span.Start:s.Span.End]))
	switch n := s.Node.(type) {
	case *lang.Let:
		return text
	case *lang.ExpectStmt:
		return "holds"
	case *lang.Assume:
		return text + ", from here on"
	case *lang.Freeze:
		return fmt.Sprintf("trainable %s, frozen %s", lang.Group(net.Totals.Trainable()), lang.Group(net.Totals.Frozen))
	case *lang.From:
		return text
	case *lang.Block:
		return "block " + n.Name.Text
	case *lang.UseStmt:
		return text
	}
	if lang.OfKey(s.Node) {
		return "only grading looks at this"
	}
	return ""
}
