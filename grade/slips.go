package grade

import (
	"fmt"
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

// mostDoubtful is how many readings of which others are as likely are tried.
const mostDoubtful = 4

// readings are a submission as it is written and, where that does not run, as it is
// read with all that is certain, and with each of a few things that are not.
func (k *Key) readings(parser *lang.Parser, scratch *eval.Scratch, s Submission) (list []*work, outcome Outcome, why string) {
	w, outcome, why := k.read(parser, scratch, s)
	if outcome == Graded {
		list = append(list, w)
	}
	if k.slips.refused || s.Row || outcome == Limit || w == nil || !w.diags.Failed() {
		return list, outcome, why
	}
	src := lang.NewSource(s.File, s.Text)
	mended := repair.Mend(src, w.diags, repair.Options{Parser: parser, Limits: k.parseLimits(),
		Eval: eval.Options{Reading: reading.Reading{Assumes: k.opts.Reading.Assumes}, Limits: k.submissionLimits(), Scratch: scratch}})
	sure, doubtful := fixesOf(mended.Diags)
	add := func(fixes []lang.Fix) {
		var edits []lang.Edit
		for _, f := range fixes {
			edits = append(edits, f.Edits...)
		}
		text, err := lang.Apply(s.Text, edits)
		if err != nil || text == s.Text {
			return
		}
		again := s
		again.Text = text
		if w, outcome, _ := k.read(parser, scratch, again); outcome == Graded {
			w.slips = slipsOf(src, fixes)
			list = append(list, w)
		}
	}
	if len(sure) > 0 {
		add(sure)
	}
	for _, f := range doubtful[:min(len(doubtful), mostDoubtful)] {
		add(append(slices.Clip(sure), f))
	}
	if len(list) > 0 {
		return list, Graded, ""
	}
	return list, outcome, why
}

// fixesOf are the first ways out that are certain, and all that are not. A way out of a
// shape that does not fit, or of a tie that is refused, would make another network: that
// is no slip of form.
func fixesOf(diags lang.Diagnostics) (sure, doubtful []lang.Fix) {
	for i := range diags.List {
		fixes := diags.List[i].Fixes
		switch {
		case len(fixes) == 0, diags.List[i].Code == lang.Shape, diags.List[i].Code == lang.Share:
		case fixes[0].Rank == lang.Certain:
			sure = append(sure, fixes[0])
		default:
			doubtful = append(doubtful, fixes...)
		}
	}
	return sure, doubtful
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
	a.deductions = append(a.deductions, Deduction{What: "slips", Points: exact(debt), Said: fmt.Sprintf("slips of form, %d of a kind each", len(charged))})
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
