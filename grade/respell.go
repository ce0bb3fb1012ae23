package grade

import (
	"fmt"
	"slices"
	"strings"

	"cnnl/eval/claim"
	"cnnl/eval/value"
	"cnnl/lang"
)

// Claims whose numbers have another spelling: 127 578, 1.27578e5, (28, 28, 6).
// They are written as the language has them before anything else is made of a
// script, so that a let counts for the network too.

// A claimPart is one claim of a statement, whose parts and joins.
type claimPart struct{ word, name, value string }

func (p claimPart) with(value string) string {
	if p.word == "let" {
		return "let " + p.name + " = " + value
	}
	return "expect " + p.name + " == " + value
}

var (
	claimLine = pattern(`^(expect|let)\s+(.*)$`)
	claimName = pattern(`([A-Za-z_][\w.\[\]]*)(?:\s*==?|\s+is\b)`)
	joined    = pattern(`[\s,;&]*(?:\band)?\s*$`)
)

// partsOf reads a statement's line; of several values of a claim the last is
// its answer. Nil: it is no claim.
func partsOf(line string) (parts []claimPart) {
	m := claimLine().FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	at := claimName().FindAllStringSubmatchIndex(m[2], -1)
	if len(at) == 0 || at[0][0] > 0 {
		return nil
	}
	for i, one := range at {
		end := len(m[2])
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		value := joined().ReplaceAllString(m[2][one[1]:end], "")
		parts = append(parts, claimPart{m[1], m[2][one[2]:one[3]], strings.TrimSpace(value[strings.LastIndexByte(value, '=')+1:])})
	}
	return parts
}

// line is a statement as far as its line, without a comment.
func (w *work) line(at int) string {
	rest := w.file.Source.Text[at:]
	if end := strings.IndexAny(rest, "\n;#"); end >= 0 {
		rest = rest[:end]
	}
	return strings.TrimSpace(rest)
}

// badClaims are the statements that begin as claims and could not be read.
func (w *work) badClaims() (list []*lang.Stmt) {
	for i := range w.file.Stmts {
		s := &w.file.Stmts[i]
		if bad, ok := s.Node.(*lang.Bad); ok && (bad.First.Text == "expect" || bad.First.Text == "let") {
			list = append(list, s)
		}
	}
	return list
}

// unreadClaims are those and the claims whose value could not be read.
func (w *work) unreadClaims() []*lang.Stmt {
	list := w.badClaims()
	for _, c := range claim.Of(w.file) {
		if i := w.statement(c.Span.Start); c.Why == "" && !c.Value.Known() && i >= 0 {
			list = append(list, &w.file.Stmts[i])
		}
	}
	slices.SortFunc(list, func(a, b *lang.Stmt) int { return a.Span.Start - b.Span.Start })
	return slices.Compact(list)
}

// mostRespelled is how many lines that were read in another spelling are noted.
const mostRespelled = 100

// respelled is the script's text with what can be read in the language's
// spelling; false: there is nothing of that.
func (w *work) respelled() (text string, changed bool) {
	var edits []lang.Edit
	text = w.file.Source.Text
	noted := len(w.notes)
	for _, s := range slices.Backward(w.unreadClaims()) {
		old := w.line(s.Span.Start)
		better := respell(partsOf(old))
		if better == "" || better == old {
			continue
		}
		edits = append(edits, lang.Edit{Span: lang.Span{Start: s.Span.Start, End: s.Span.Start + len(old)}, Text: better})
		if !w.row {
			line, _ := w.file.Source.Position(s.Span.Start)
			w.notes = append(w.notes, fmt.Sprintf("line %d: %s was read as %s", line, lang.Quote(Shortened(old)), lang.Quote(better)))
		}
	}
	if more := len(w.notes) - noted - mostRespelled; more > 0 {
		w.notes = append(w.notes[:noted+mostRespelled], fmt.Sprintf("%d more lines were read in another spelling", more))
	}
	better, err := lang.Apply(text, edits)
	if err != nil { // two of them are of one line
		return text, false
	}
	return better, len(edits) > 0
}

// respell writes claims anew, each as a statement; empty: none can be read.
func respell(parts []claimPart) string {
	var statements []string
	readable := false
	for _, p := range parts {
		answer, value := anySpelling(withoutUnit(p.name, p.value))
		if blanks := p.word == "let" && strings.Contains(answer, "x") && !strings.ContainsAny(p.value, "x×*,("); !value.Known() || blanks {
			answer = p.value
		} else {
			readable = true
		}
		statements = append(statements, p.with(answer))
	}
	if !readable {
		return ""
	}
	return strings.Join(statements, "; ")
}

// anySpelling reads a number or, where it is none, a size.
func anySpelling(text string) (answer string, value value.Value) {
	for sizes := 1; sizes <= 4 && !value.Known(); sizes++ {
		if normal, ok := normalAnswer(text, sizes); ok {
			for _, c := range claimsOf("let answer = " + normal) {
				answer, value = normal, c.Value
			}
		}
	}
	return answer, value
}
