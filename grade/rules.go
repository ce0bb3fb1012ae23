package grade

import (
	"fmt"
	"math/big"

	"cnnl/lang"
)

// What a key says of grading itself: what slips of form and hidden differences cost,
// what a reading is worth, when it is due.

// An amount is points, or a part of them in percent.
type amount struct {
	value   *big.Rat
	percent bool
}

// of is the amount of some points, and no more than they are.
func (a amount) of(points *big.Rat) *big.Rat {
	cost := new(big.Rat).Set(a.value)
	if a.percent {
		cost.Mul(cost, points).Quo(cost, big.NewRat(100, 1))
	}
	if cost.Cmp(points) > 0 {
		return new(big.Rat).Set(points)
	}
	return cost
}

// percent is so many percent.
func percent(n int64) amount { return amount{big.NewRat(n, 1), true} }

// aSlip is what a slip costs where the key does not say.
const aSlip = 5

// slips is what slips of form cost.
type slips struct {
	each    amount
	most    *amount // nil: as much as they are
	refused bool    // scripts are graded as they are written
}

// readRules reads what the key says of slips and of differences, each once.
func (k *Key) readRules(diags *lang.Diagnostics) {
	k.differs, k.slips = percent(aSlip), slips{each: percent(aSlip)}
	said := map[string]bool{}
	var late *lang.Stmt
	once := func(s *lang.Stmt, word string) {
		if said[word] {
			k.complain(diags, s.Span, "the key says twice "+word, "", "leave one out")
		}
		said[word] = true
	}
	for i := range k.file.Stmts {
		s := &k.file.Stmts[i]
		switch n := s.Node.(type) {
		case *lang.Slips:
			once(s, "what slips cost")
			k.slips.refused = n.Refused.Text != ""
			if n.Each != nil {
				k.slips.each = k.amount(diags, n.Each)
			}
			if n.Most != nil {
				most := k.amount(diags, n.Most)
				k.slips.most = &most
			}
		case *lang.Differs:
			once(s, "what differences cost")
			k.differs = k.amount(diags, &n.Least)
		case *lang.Title:
			once(s, "what the homework is called")
			k.readTitle(diags, n)
		case *lang.Due:
			once(s, "when the homework is due")
			k.readDue(diags, n)
		case *lang.Late:
			once(s, "what it costs to be late")
			late = s
			k.readLate(diags, n)
		}
	}
	if late != nil && !said["when the homework is due"] {
		k.complain(diags, late.Span, "the key does not say when the homework is due", "without it nobody is late", `add due "2026-11-30 23:59 +01:00"`)
	}
}

// readTitle reads what the homework is called, on one line.
func (k *Key) readTitle(diags *lang.Diagnostics, n *lang.Title) {
	if k.Title = oneLine(n.Text.Value()); k.Title == "" {
		k.complain(diags, n.Text.Span(), "the title is empty", "sheets and pages have it for their heading", `as in title "Homework 3"`)
	}
}

// amount reads points or percent.
func (k *Key) amount(diags *lang.Diagnostics, n *lang.Amount) amount {
	a := amount{value: new(big.Rat), percent: n.Percent.Text != ""}
	if _, fits := a.value.SetString(number(n.Number.Text)); !fits || a.value.Sign() < 0 || a.percent && a.value.Cmp(big.NewRat(100, 1)) > 0 {
		k.complain(diags, n.Number.Span(), "this is no number of points and no part of them", "found "+n.Number.Text, "as in 5 %, or 0.5")
		return percent(0)
	}
	return a
}

// worthOf reads what an accepted reading is worth; without a word accept is worth
// all, and a misconception nothing.
func (k *Key) worthOf(diags *lang.Diagnostics, n *lang.Amount, unsaid int64) *big.Rat {
	worth := percent(unsaid)
	if n != nil {
		if worth = k.amount(diags, n); !worth.percent {
			k.complain(diags, n.Number.Span(), "what a reading is worth is a part of its points", "found "+n.Number.Text, fmt.Sprintf("as in %s %%", n.Number.Text))
		}
	}
	return new(big.Rat).Quo(worth.value, big.NewRat(100, 1))
}
