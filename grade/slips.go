package grade

import (
	"math/big"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/lang"
	"cnnl/repair"
)

// A script with slips of form is read as a person would read it, and graded so; what
// was read stands on the sheet. It never earns less than as it is written.

// A Slip is one slip of form: what was written, and what it was read as.
type Slip struct {
	Kind    string `json:"kind"` // the rule by which it was read
	Line    int    `json:"line"`
	Was     string `json:"was"`
	Read    string `json:"read"`
	Certain bool   `json:"certain"` // nothing else could have been meant
	Cost    string `json:"cost"`    // points; 0 where another of its kind was charged, or it costs nothing
}

// mostDoubtful is how many habits of which others are as likely are tried, and
// mostRounds how often what only shows when the rest is mended is mended too.
const (
	mostDoubtful = 4
	mostRounds   = 3
)

// readings are a submission as it is written and, where that does not run, as it is
// read with all that is certain, and with each of a few habits that are not: who writes
// one thing for another in one line means it so in all.
func (k *Key) readings(parser *lang.Parser, scratch *eval.Scratch, s Submission) (list []*work, outcome Outcome, why string) {
	w, outcome, why := k.read(parser, scratch, s)
	if outcome == Graded {
		list = append(list, w)
	}
	if k.slips.refused || s.Row || outcome == Limit || w == nil || !w.unclear() {
		return list, outcome, why
	}
	o := repair.Options{Parser: parser, Limits: k.parseLimits(),
		Eval: eval.Options{Reading: reading.Reading{Assumes: k.opts.Reading.Assumes}, Limits: k.submissionLimits(), Scratch: scratch}}
	mended := repair.Mend(lang.NewSource(s.File, s.Text), w.diags, o)
	habits := habitsOf(mended.Diags)
	for _, h := range append([]habit{{}}, habits[:min(len(habits), mostDoubtful)]...) {
		if w := k.readBy(h, s, mended.Diags, o); w != nil {
			list = append(list, w)
		}
	}
	if len(list) > 0 {
		return list, Graded, ""
	}
	return list, outcome, why
}

// unclear reports mistakes that leave open what was meant. A claim that does not hold is
// none, and neither is a number that is only spelt otherwise.
func (w *work) unclear() bool {
	return slices.ContainsFunc(w.diags.List, func(d lang.Diagnostic) bool {
		return d.Severity == lang.Error && d.Code != lang.Expect && !d.Form
	})
}

// readBy reads a submission with all that is certain and with all ways out of one habit.
func (k *Key) readBy(h habit, s Submission, found lang.Diagnostics, o repair.Options) (best *work) {
	var slips []Slip
	for round := 0; ; round++ {
		src := lang.NewSource(s.File, s.Text)
		fixes := fixesOf(found, h)
		var edits []lang.Edit
		for _, f := range fixes {
			edits = append(edits, f.Edits...)
		}
		text, err := lang.Apply(s.Text, edits)
		if err != nil || text == s.Text {
			return best
		}
		slips = append(slips, slipsOf(src, fixes)...)
		lines := strings.Count(s.Text, "\n")
		s.Text = text
		w, outcome, _ := k.read(o.Parser, o.Eval.Scratch, s)
		if outcome == Graded {
			w.slips = slices.Clone(slips)
			best = w
		}
		if h == (habit{}) || round == mostRounds || w == nil || outcome == Limit || !w.diags.Failed() || strings.Count(text, "\n") != lines {
			return best // lines are told as they are written: only such as stay where they are are gone on from
		}
		found = repair.Mend(lang.NewSource(s.File, s.Text), w.diags, o).Diags
	}
}

// fixesOf are the first ways out that are certain, and those of a habit. A way out of a
// shape that does not fit, or of a tie that is refused, would make another network: that
// is no slip of form.
func fixesOf(diags lang.Diagnostics, h habit) (fixes []lang.Fix) {
	for i := range diags.List {
		of := slipFixes(&diags.List[i])
		if len(of) == 0 {
			continue
		}
		if of[0].Rank == lang.Certain {
			fixes = append(fixes, of[0])
			continue
		}
		of = slices.DeleteFunc(slices.Clone(of), func(f lang.Fix) bool { return f.Rule != h.rule })
		if len(of) > 0 {
			fixes = append(fixes, of[min(h.which, len(of)-1)])
		}
	}
	return fixes
}

func slipFixes(d *lang.Diagnostic) []lang.Fix {
	if d.Code == lang.Shape || d.Code == lang.Share {
		return nil
	}
	return d.Fixes
}

// A habit is a rule by which mistakes may be read, and which of its ways out is taken
// where it has several.
type habit struct {
	rule  string
	which int
}

// habitsOf are those of the ways out that are not certain, in their order.
func habitsOf(diags lang.Diagnostics) (list []habit) {
	for i := range diags.List {
		fixes := slipFixes(&diags.List[i])
		if len(fixes) == 0 || fixes[0].Rank == lang.Certain {
			continue
		}
		times := map[string]int{}
		for _, f := range fixes {
			if h := (habit{f.Rule, times[f.Rule]}); !slices.Contains(list, h) {
				list = append(list, h)
			}
			times[f.Rule]++
		}
	}
	return list
}

func slipsOf(src *lang.Source, fixes []lang.Fix) (list []Slip) {
	for _, f := range fixes {
		for _, e := range f.Edits {
			line, _ := src.Position(e.Span.Start)
			from, end := lineAround(src.Text, e.Span)
			read, err := lang.Apply(src.Text[from:end], []lang.Edit{{Span: lang.Span{Start: e.Span.Start - from, End: e.Span.End - from}, Text: e.Text}})
			if err != nil {
				continue
			}
			if last := len(list) - 1; last >= 0 && list[last].Line == line && list[last].Kind == f.Rule {
				continue
			}
			list = append(list, Slip{Kind: f.Rule, Line: line, Was: Shortened(strings.TrimSpace(src.Text[from:end])), Read: Shortened(strings.TrimSpace(read)), Certain: f.Rank == lang.Certain})
		}
	}
	return list
}

// lineAround is the line, or the lines, that a span is on.
func lineAround(text string, s lang.Span) (from, end int) {
	from = strings.LastIndexByte(text[:s.Start], '\n') + 1
	end = len(text)
	if at := strings.IndexByte(text[s.End:], '\n'); at >= 0 {
		end = s.End + at
	}
	return from, end
}

// chargeSlips takes off what slips of form cost: each kind once, what is not certain
// twice as much, a slip in a claim nothing. What the marks of running lose is paid
// already.
func (a *attempt) chargeSlips() {
	if len(a.w.slips) == 0 {
		return
	}
	debt, charged := none(), map[string]bool{}
	a.slips = slices.Clone(a.w.slips)
	for i := range a.slips {
		s := &a.slips[i]
		cost := none()
		if !charged[s.Kind] && !inClaim(s) {
			charged[s.Kind] = true
			cost.Add(cost, a.k.slips.each.of(a.k.max))
			if !s.Certain {
				cost.Add(cost, cost)
			}
		}
		debt.Add(debt, cost)
		s.Cost = exact(cost)
	}
	if most := a.k.slips.most; most != nil {
		if limit := most.of(a.k.max); debt.Cmp(limit) > 0 {
			debt = limit
		}
	}
	if debt.Sub(debt, a.lostByRunning()); debt.Sign() <= 0 {
		return
	}
	if debt.Cmp(a.sum) > 0 {
		debt.Set(a.sum)
	}
	a.sum.Sub(a.sum, debt)
	a.deductions = append(a.deductions, Deduction{What: "slips", Points: exact(debt), Said: "slips of form, each kind once"})
}

// inClaim reports a slip in what is stated: the network is not touched by it.
func inClaim(s *Slip) bool {
	return strings.HasPrefix(s.Read, "expect ") || strings.HasPrefix(s.Read, "let ")
}

// lostByRunning is what the marks of running have not given.
func (a *attempt) lostByRunning() *big.Rat {
	lost := none()
	for i := range a.k.marks {
		if a.k.marks[i].how == runs {
			got, _ := Points(a.checks[i].Score)
			lost.Add(lost, new(big.Rat).Sub(a.k.marks[i].points, got))
		}
	}
	return lost
}
