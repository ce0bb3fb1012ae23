package repair

import (
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
)

// An attempt is a text, and what came of it when it was read and evaluated.
type attempt struct {
	src    *lang.Source
	file   *lang.File
	net    *network.Network
	steps  int
	diags  lang.Diagnostics
	claims []string
}

// The budget of a script, in counted work.
const (
	mostTrials     = 200    // of a script
	mostCandidates = 40     // of a mistake
	timesItself    = 20     // as much work as the script itself, so many times
	leastWork      = 80_000 // what even the smallest script may cost
	mostWork       = 2_500_000
)

type budget struct {
	trials int
	work   int
}

func (b *budget) begin(a *attempt) { b.work = min(max(leastWork, timesItself*a.work()), mostWork) }

// work is what reading and evaluating it costs, as a number of small steps. Each mistake
// is told, and what is meant looked for.
func (a *attempt) work() int {
	return len(a.src.Text)/8 + 4*len(a.net.Nodes) + a.steps + 8*(len(a.diags.List)+a.diags.More)
}

// try reads and evaluates a text; nil: the budget is spent, or nobody waits any more.
func (m *mender) try(text string) *attempt {
	stopped := m.opts.Eval.Interrupted != nil && m.opts.Eval.Interrupted.Load()
	if m.now != nil && (stopped || m.budget.trials <= 0 || m.budget.work < 0) {
		return nil
	}
	a := &attempt{src: lang.NewSource(m.src.Name, text)}
	a.file, a.diags = m.opts.Parser.Parse(a.src, m.opts.Limits)
	v := eval.Evaluate(a.file, m.opts.Eval)
	a.net, a.steps = v.Network, v.Steps()
	a.diags.Merge(v.Diags)
	a.diags.Sort()
	a.claims = claims(a.file)
	m.budget.trials--
	if m.now != nil {
		m.budget.work -= a.work()
	}
	return a
}

// claims lists what a script states, without blanks, also what could not be read.
func claims(file *lang.File) (list []string) {
	lang.Walk(file.Stmts, func(s *lang.Stmt) {
		node := s.Node
		word := ""
		if bad, ok := node.(*lang.Bad); ok {
			word, node = bad.First.Text, bad.Node
		}
		switch node.(type) {
		case *lang.ExpectStmt, *lang.Mark:
			word = "expect"
		}
		if word == "expect" || word == "mark" {
			list = append(list, strings.Join(strings.Fields(file.Source.Text[s.Span.Start:s.Span.End]), ""))
		}
	})
	return list
}

// stands judges an attempt to mend a mistake by edits of the script as it is now.
func (m *mender) stands(got *attempt, d *lang.Diagnostic, edits []lang.Edit) bool {
	p := kept(m.now.src.Text).after(edits)
	touched := touchedLines(got.src, edits)
	before, after := count(&m.now.diags), count(&got.diags)
	if after.hard > before.hard || !m.keepsClaims(got, edits) {
		return false
	}
	first := touched[0]
	above := m.errorsAbove(m.now, first)
	for i := range got.diags.List {
		e := &got.diags.List[i]
		if e.Severity != lang.Error || e.Code == lang.Expect || e.Source != got.src {
			continue
		}
		line, _ := got.src.Position(e.Span.Start)
		was := p.back(e.Span.Start)
		switch {
		case slices.Contains(touched, line):
			return false // the lines it touches have none
		case was == d.Span.Start && e.Summary == d.Summary:
			return false // it is gone
		case line < first:
			if above--; above < 0 {
				return false
			}
		}
	}
	return true
}

// kept is a text of which nothing is changed.
func kept(text string) positions { return positions{{0, len(text), true}} }

// A tally counts mistakes: those that no earlier one can hide are hard.
type tally struct{ all, hard int }

func count(diags *lang.Diagnostics) (t tally) {
	for i := range diags.List {
		d := &diags.List[i]
		if d.Severity != lang.Error {
			continue
		}
		t.all++
		switch d.Code {
		case lang.Shape, lang.Share, lang.Value, lang.Expect, lang.Limit, lang.Marking:
		default:
			t.hard++
		}
	}
	return t
}

func (m *mender) errorsAbove(a *attempt, line int) (n int) {
	for i := range a.diags.List {
		if e := &a.diags.List[i]; e.Severity == lang.Error && e.Code != lang.Expect && e.Source == a.src {
			if at, _ := a.src.Position(e.Span.Start); at < line {
				n++
			}
		}
	}
	return n
}

// touchedLines numbers the lines of the new text that edits have changed, in order.
func touchedLines(src *lang.Source, edits []lang.Edit) (lines []int) {
	grown := 0
	for _, e := range edits {
		start := e.Span.Start + grown
		from, _ := src.Position(start)
		to, _ := src.Position(start + len(e.Text))
		if strings.HasSuffix(e.Text, "\n") && to > from {
			to--
		}
		for n := from; n <= to; n++ {
			if !slices.Contains(lines, n) {
				lines = append(lines, n)
			}
		}
		grown += len(e.Text) - (e.Span.End - e.Span.Start)
	}
	return lines
}

// keepsClaims reports whether every claim is still there, with its numbers.
func (m *mender) keepsClaims(got *attempt, edits []lang.Edit) bool {
	if len(got.claims) < len(m.now.claims) {
		return false
	}
	left := map[string]int{} // of what the attempt states, what the script does not
	for _, c := range got.claims {
		left[c]++
	}
	var changed []string
	for _, c := range m.now.claims {
		if left[c] > 0 {
			left[c]--
		} else {
			changed = append(changed, c)
		}
	}
	numbers := map[string]int{}
	for c, n := range left {
		numbers[digits(c)] += n
	}
	for _, c := range changed {
		if numbers[digits(c)]--; numbers[digits(c)] < 0 {
			return false
		}
	}
	return true
}

// digits are those of a text, in their order.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if d := digit(r); d >= 0 {
			return '0' + rune(d)
		}
		return -1
	}, text)
}
