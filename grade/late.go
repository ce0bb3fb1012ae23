package grade

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	"cnnl/lang"
)

// Handing in late: when a submission was due, and what each day costs. It is taken off
// last, from whatever the network and the teacher's words on single checks have earned.

// A lateRule is what a key says of it.
type lateRule struct {
	due   time.Time // zero: the key does not say
	day   *amount   // what each day that has begun costs; nil: nothing
	most  *amount   // nil: as much as there is
	grace time.Duration
}

// Lateness is what came of the time at which something was handed in.
type Lateness struct {
	By      string `json:"by,omitempty"`   // how long after it was due: 1 day and 3 hours
	Days    int64  `json:"days,omitempty"` // those that have begun
	Points  string `json:"points"`         // taken off last
	Unknown string `json:"unknown,omitempty"`
}

// readDue reads when the homework is due.
func (k *Key) readDue(diags *lang.Diagnostics, n *lang.Due) {
	text, as := n.Time.Value(), `as in due "2026-11-30 23:59 +01:00"`
	due, ok := momentOf(text)
	switch _, zoneless := MomentIn(text, time.UTC); {
	case ok:
		k.late.due = due
	case zoneless:
		k.complain(diags, n.Time.Span(), "the time says no zone", "found "+lang.Quote(Shortened(text))+"; it would be another moment on another machine", as+"; Z is UTC")
	default:
		k.complain(diags, n.Time.Span(), "this is no time at which a homework is due", "found "+lang.Quote(Shortened(text))+"; expected a day, a time and a zone", as)
	}
}

// mostGrace is how many minutes of grace a key may give: a week.
const mostGrace = 7 * 24 * 60

// readLate reads what each day costs.
func (k *Key) readLate(diags *lang.Diagnostics, n *lang.Late) {
	day := k.amount(diags, &n.Day)
	k.late.day = &day
	k.refuseNothing(diags, n.Day.Number, day, "a day costs nothing", "leave the statement out; lateness is shown all the same")
	if n.Most != nil {
		most := k.amount(diags, n.Most)
		k.late.most = &most
		k.refuseNothing(diags, n.Most.Number, most, "all days together cost nothing", "leave at most out, or the whole statement")
		if most.percent == day.percent && most.value.Sign() > 0 && most.value.Cmp(day.value) < 0 {
			k.complain(diags, n.Most.Number.Span(), "all days together cost less than one", "found "+n.Most.Number.Text, "as in late 10 % a day at most 50 %")
		}
	}
	if n.Grace != nil {
		minutes, err := strconv.ParseInt(number(n.Grace.Text), 10, 64)
		if err != nil || minutes == 0 || minutes > mostGrace {
			k.complain(diags, n.Grace.Span(), fmt.Sprintf("grace is a whole number of minutes, 1 or more and at most the %s of a week", lang.Group(mostGrace)), "found "+n.Grace.Text, "as in late 10 % a day, grace 15 minutes")
		}
		k.late.grace = time.Duration(min(minutes, mostGrace)) * time.Minute
	}
}

// refuseNothing refuses a rule that takes off nothing; an amount that is none was refused
// already.
func (k *Key) refuseNothing(diags *lang.Diagnostics, n lang.Lit, a amount, summary, hint string) {
	if zero, ok := new(big.Rat).SetString(number(n.Text)); ok && zero.Sign() == 0 && a.value.Sign() == 0 {
		k.complain(diags, n.Span(), summary, "found "+n.Text, hint)
	}
}

// over is how long after the end of grace a submission was handed in; why it is not
// known where it is not.
func (l *lateRule) over(s Submission) (over time.Duration, why string) {
	if s.Submitted == "" {
		return 0, "nobody says when it was handed in"
	}
	at, ok := MomentIn(s.Submitted, l.due.Location())
	if !ok {
		return 0, "the time at which it was handed in cannot be read: " + Shortened(s.Submitted)
	}
	if over = at.Sub(l.dueFor(s)); over <= l.grace {
		over = 0
	}
	return over, ""
}

// dueFor is when a submission is due: at the student's own time, or as all others.
func (l *lateRule) dueFor(s Submission) time.Time {
	if own, ok := MomentIn(s.Due, l.due.Location()); ok {
		return own
	}
	return l.due
}

// Late reports a submission that was handed in late: by the key, or where it does not
// say when the homework is due, or nobody when it was handed in, as the platform has it.
func (ks *Keys) Late(s Submission) bool {
	k := ks.named(s.Question)
	s.Due = ks.dueOf(s.ID)
	return k != nil && k.late.late(s) || k == nil && s.Late
}

func (l *lateRule) late(s Submission) bool {
	if l.due.IsZero() {
		return s.Late
	}
	over, why := l.over(s)
	return over > 0 || why != "" && s.Late
}

// time puts into a record when it was handed in, and takes off what that costs.
func (k *Key) time(r *Record, s Submission) {
	r.Submitted, r.Late, r.Lateness = Shortened(s.Submitted), k.late.late(s), nil
	if k.late.due.IsZero() || r.Outcome == Missing {
		return
	}
	over, why := k.late.over(s)
	switch {
	case why != "" && (k.late.day != nil || s.Submitted != ""):
		r.Lateness = &Lateness{Points: "0", Unknown: why}
	case over > 0:
		days := int64((over + 24*time.Hour - 1) / (24 * time.Hour))
		r.Lateness = &Lateness{By: spanSaid(over), Days: days, Points: "0"}
		if r.Outcome == Graded {
			r.Lateness.Points = exact(k.late.cost(days, k.max))
		}
	}
	if r.Score != nil {
		score := Rounded(r.Sum())
		r.Score = &score
	}
}

// cost is what so many days cost, of so many points in all.
func (l *lateRule) cost(days int64, points *big.Rat) *big.Rat {
	if l.day == nil {
		return none()
	}
	cost := new(big.Rat).Mul(l.day.of(points), big.NewRat(days, 1))
	most := new(big.Rat).Set(points)
	if l.most != nil {
		most = l.most.of(points)
	}
	if cost.Cmp(most) > 0 {
		return most
	}
	return cost
}
