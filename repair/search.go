package repair

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"cnnl/lang"
	"cnnl/repair/foreign"
)

// A proposal is a text that the script might have been meant to be.
type proposal struct {
	text  string
	cost  int
	form  bool     // only the form is another
	rules []string // the liberties taken
	free  []string // words and numbers that may go or come
	lost  string   // what is not carried over
	out   string   // the shape that must come of what was changed
	order int      // in which it was made
	title string
	edits []lang.Edit // where it is known how it was made
	sure  bool        // every word is accounted for by who made it
}

// A mended attempt is a proposal that has stood the trial.
type mended struct {
	proposal
	edits  []lang.Edit
	got    *attempt
	errors int
	means  string // what comes of it: rivals mean something else
}

const (
	mostLiberties = 3 // one behind the other
	mostFixes     = 3 // offered
	rivalry       = 2 // what a rival may cost more
	mostCost      = 9
)

// search looks for ways out of a mistake, the cheapest first, and gives what comes of
// the first.
func (m *mender) search(d *lang.Diagnostic) (fixes []lang.Fix, got *attempt) {
	if m.budget.work -= len(m.now.src.Text) / 8; m.budget.work < 0 {
		return nil, nil // the liberties of the whole text go through all of it
	}
	if fix, got := m.spelt(d); got != nil {
		return []lang.Fix{fix}, got
	}
	queue := append(m.foreign(d), m.proposals(m.now, d, proposal{text: m.now.src.Text, form: true})...)
	slices.SortStableFunc(queue, byCost)
	seen := map[string]bool{m.now.src.Text: true}
	var found []mended
	explored := true
	for tried := 0; len(queue) > 0; {
		next := queue[0]
		queue = queue[1:]
		if len(found) > 0 && next.cost > found[0].cost+rivalry || next.cost > mostCost {
			break
		}
		if seen[next.text] {
			continue
		}
		seen[next.text] = true
		edits := next.edits
		if edits == nil {
			edits = difference(m.now.src.Text, next.text)
		}
		if tried++; tried > mostCandidates {
			explored = false
			break
		}
		got := m.try(next.text)
		if got == nil {
			explored = false
			break
		}
		if m.stands(got, d, edits) {
			next.form = next.form && gives(got, edits, next.out)
			found = append(found, mended{next, edits, got, count(&got.diags).all, m.meaning(got, edits)})
			continue
		}
		if len(next.rules) < mostLiberties && len(found) == 0 {
			if e := stillWrong(got, edits, d); e != nil {
				queue = append(queue, m.proposals(got, e, next)...)
				slices.SortStableFunc(queue, byCost)
			}
		}
	}
	return m.rank(found, explored)
}

// gives reports whether the last layer on the lines that were changed has a shape.
func gives(got *attempt, edits []lang.Edit, shape string) bool {
	if shape == "" {
		return true
	}
	lines := touchedLines(got.src, edits)
	for i := got.net.Good - 1; i >= 0; i-- {
		n := &got.net.Nodes[i]
		if src, line := got.net.Place(n); src == got.src && slices.Contains(lines, line) {
			return n.Out.String() == shape
		}
	}
	return false
}

func byCost(a, b proposal) int {
	return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(weighed(!a.form), weighed(!b.form)), cmp.Compare(a.order, b.order))
}

func weighed(b bool) int {
	if b {
		return 1
	}
	return 0
}

// longestLine is the length in bytes of a line that is still looked at.
const longestLine = 1000

// proposals are what the liberties make of a mistake in an attempt.
func (m *mender) proposals(a *attempt, d *lang.Diagnostic, from proposal) (list []proposal) {
	p := a.at(d)
	if p.line.End-p.line.Start > longestLine {
		return nil
	}
	for i, l := range liberties() {
		for _, c := range l.when(p) {
			if c.first && len(from.rules) > 0 {
				continue
			}
			text := p.text[:c.span.Start] + c.text + p.text[c.span.End:]
			name := cmp.Or(c.name, l.name)
			list = append(list, proposal{
				text: text, cost: from.cost + l.cost + c.cost, form: from.form && l.form && !c.open,
				out:   cmp.Or(c.out, from.out),
				rules: append(slices.Clip(from.rules), name), free: append(slices.Clip(from.free), c.free...), order: i,
			})
		}
	}
	slices.SortStableFunc(list, byCost)
	return list
}

// behindOurs is the order of what costs as much as a liberty and is tried after it.
const behindOurs = 1 << 10

// foreign are what the place means if it is pasted from another tool.
func (m *mender) foreign(d *lang.Diagnostic) (list []proposal) {
	if line := lineAround(m.now.src.Text, d.Span.Start); line.End-line.Start > longestLine {
		return nil
	}
	if m.pasted == nil {
		m.pasted = foreign.Look(m.now.src.Text)
	}
	for _, r := range m.pasted.Read(d.Span.Start, m.opts.Eval, m.opts.Limits) {
		text, err := lang.Apply(m.now.src.Text, r.Edits)
		if err != nil {
			continue
		}
		list = append(list, proposal{text: text, cost: 1 + weighed(!r.Sure), form: r.Sure, rules: []string{r.Rule}, title: r.Title, lost: r.Lost, edits: sorted(r.Edits), sure: true, order: behindOurs})
	}
	return list
}

func sorted(list []lang.Edit) []lang.Edit {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b lang.Edit) int { return a.Span.Start - b.Span.Start })
	return list
}

// stillWrong is the mistake that an attempt has left where it was to be mended, or put
// there.
func stillWrong(got *attempt, edits []lang.Edit, d *lang.Diagnostic) *lang.Diagnostic {
	touched := touchedLines(got.src, edits)
	for i := range got.diags.List {
		e := &got.diags.List[i]
		if e.Severity != lang.Error || e.Source != got.src || e.Code == lang.Expect {
			continue
		}
		if n, _ := got.src.Position(e.Span.Start); slices.Contains(touched, n) {
			return e
		}
	}
	return nil
}

// rank makes fixes of what has stood the trial: of those that come to the same the first.
func (m *mender) rank(found []mended, explored bool) (fixes []lang.Fix, first *attempt) {
	slices.SortStableFunc(found, func(a, b mended) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.errors, b.errors))
	})
	least := math.MaxInt
	for i := range found {
		least = min(least, count(&found[i].got.diags).hard)
	}
	var kept []mended
	for _, f := range found {
		if count(&f.got.diags).hard > least {
			continue // a way out of this mistake only, where another is one of all that are like it
		}
		if !slices.ContainsFunc(kept, func(k mended) bool { return k.means == f.means }) {
			kept = append(kept, f)
		}
	}
	for i := range kept[:min(len(kept), mostFixes)] {
		f := &kept[i]
		fix := lang.Fix{Title: cmp.Or(f.title, strings.Join(f.rules, ", ")), Rule: f.rules[0], Edits: f.edits, Lost: f.lost}
		if i == 0 && len(kept) == 1 && explored && m.isCertain(f) {
			fix.Rank = lang.Certain
		}
		fixes = append(fixes, fix)
	}
	if len(kept) > 0 {
		first = kept[0].got
	}
	return fixes, first
}
