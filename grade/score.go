package grade

import (
	"fmt"
	"math/big"
	"strings"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/lang"
)

// mark grades a submission.
func (k *Key) mark(parser *lang.Parser, scratch *eval.Scratch, s Submission) Record {
	list, outcome, why := k.readings(parser, scratch, s)
	if outcome != Graded {
		return k.without(s, outcome, why)
	}
	return k.grade(s, list)
}

// without is the record of a submission that has no score.
func (k *Key) without(s Submission, outcome Outcome, why string) Record {
	r := Record{Schema: RecordSchema, ID: s.ID, Name: s.Name, Question: k.Question, File: s.File, SHA256: s.SHA256, Outcome: outcome, Why: why,
		Max: Rounded(k.max), Checks: []Check{}, Findings: []Finding{}}
	k.time(&r, s)
	return r
}

// grade takes the reading and the matching that are best for the submission, of all
// that its text can be read as.
func (k *Key) grade(s Submission, list []*work) Record {
	var best *attempt
	for _, w := range list {
		for _, r := range k.solutions {
			if r.worth.Sign() == 0 {
				continue // a misconception that is worth nothing
			}
			if best = k.against(best, r, w); best.sum.Cmp(k.max) == 0 {
				break
			}
		}
	}
	rec := k.record(s, best)
	if best.sum.Cmp(k.max) < 0 {
		rec.Findings = k.misconceptions(best)
		best.diagnose(&rec)
	}
	return rec
}

// against grades a submission by one reading, with the matching that is best for it.
func (k *Key) against(best *attempt, r *solution, w *work) *attempt {
	order := &attempt{k: k, r: r, w: w, matching: byOrder}
	if w.layers > 0 {
		order.compared(r.inOrder(w.net))
	}
	best = k.better(best, order)
	if w.layers == 0 || order.same() {
		return best
	}
	if d := r.branched(w.net); d != nil {
		branched := &attempt{k: k, r: r, w: w, matching: byBranches}
		branched.compared(d)
		best = k.better(best, branched)
	}
	return best
}

// record writes down what an attempt came to.
func (k *Key) record(s Submission, a *attempt) Record {
	rec := k.without(s, Graded, "")
	rec.Reading, rec.Checks, rec.Notes = a.r.name, a.checks, a.w.notes
	if a.w.wrong != nil {
		rec.Mistake = a.mistake()
	}
	if a.w.layers > 0 {
		rec.Matching = a.matching
		if k.compares || a.sum.Cmp(k.max) < 0 {
			rec.First = a.firstDifference()
		}
		if !a.w.net.Failed {
			total := a.w.net.Totals.Params()
			rec.Total = &total
		}
	}
	rec.Deductions, rec.Slips = a.deductions, a.slips
	score := Rounded(rec.Sum())
	rec.Score = &score
	return rec
}

// An attempt grades a submission against one reading, with one matching.
type attempt struct {
	k          *Key
	r          *solution
	w          *work
	d          *compare.Diff // nil: there is no network
	of         []int32       // for each layer of the key the submission's, or -1
	matching   string
	checks     []Check
	deductions []Deduction
	slips      []Slip
	carry      *carry // of a sheet, once it is asked for
	sum        *big.Rat
}

func (a *attempt) compared(d *compare.Diff) { a.d, a.of = d, d.Of() }

// better grades an attempt and gives it if it earns more than the one before.
func (k *Key) better(best, next *attempt) *attempt {
	next.sum = new(big.Rat)
	for i := range k.marks {
		c, earned := next.check(i)
		next.checks = append(next.checks, c)
		next.sum.Add(next.sum, earned)
	}
	next.deduct()
	next.chargeSlips()
	if best != nil && next.sum.Cmp(best.sum) <= 0 {
		return best
	}
	return next
}

// deduct holds a network that differs below all points: where no number shows a
// difference, as behind a global pooling, it costs no less than a slip of form.
func (a *attempt) deduct() {
	if a.d == nil || a.d.First == compare.None || !a.k.compares {
		return
	}
	most := new(big.Rat).Sub(a.k.max, a.k.differs.of(a.k.max))
	if over := new(big.Rat).Sub(a.sum, most); over.Sign() > 0 {
		a.deductions = append(a.deductions, Deduction{What: "differs", Points: exact(over), Said: "the network is not the one asked for, though its numbers hide it"})
		a.sum = most
	}
}

// sumOfChecks is what the marks come to before anything is deducted.
func (a *attempt) sumOfChecks() *big.Rat {
	sum := new(big.Rat)
	for i := range a.checks {
		p, _ := Points(a.checks[i].Score)
		sum.Add(sum, p)
	}
	return sum
}

// check grades one mark.
func (a *attempt) check(i int) (c Check, earned *big.Rat) {
	m := &a.k.marks[i]
	c = Check{Title: m.title, What: ways[m.how].name, Max: exact(m.points), Hidden: m.hidden}
	share := new(big.Rat)
	switch {
	case a.w.layers > 0 || m.how == answers:
		share = ways[m.how].grade(a, m, i, &c)
	case a.w.wrong != nil:
		c.Said = a.mistake()
	default:
		c.Said = "there is no layer"
	}
	earned = share.Mul(share, m.points)
	if a.r.other[i] && earned.Sign() > 0 && a.r.worth.Cmp(all()) < 0 {
		earned.Mul(earned, a.r.worth)
		c.Said += "; read as " + a.r.name + ", which is worth " + Rounded(new(big.Rat).Mul(a.r.worth, big.NewRat(100, 1))) + " %"
	}
	c.Score = exact(earned)
	return c, earned
}

func all() *big.Rat { return big.NewRat(1, 1) }

func none() *big.Rat { return new(big.Rat) }

func part(right, of int) *big.Rat {
	if of == 0 {
		return none()
	}
	return big.NewRat(int64(right), int64(of))
}

// mistake says where the submission's first mistake stands.
func (a *attempt) mistake() string {
	d := a.w.wrong
	if d.Source == nil {
		return d.Summary
	}
	line, _ := d.Source.Position(d.Span.Start)
	return fmt.Sprintf("line %d: %s", line, d.Summary)
}

// quantities compares numbers of the network with those of the key.
func (a *attempt) quantities(m *mark, i int, c *Check) *big.Rat {
	right := 0
	for j, ref := range m.refs {
		e := &lang.Expr{First: lang.Operand{Ref: ref, Span: ref.Span}}
		want := a.r.values[i][j]
		own, missing := a.w.v.AskAs(a.r.v, a.of, e, a.k.file.Source)
		p := Part{Name: a.ownName(ref), Own: own.String(), Right: own.Equal(want), Key: a.keyName(ref), Want: want.String()}
		switch {
		case missing:
			p.How, p.Own = NoLayer, ""
		case !own.Known():
			p.How, p.Own = Unknown, ""
		}
		if p.Right {
			right++
		}
		if !p.Right || len(m.refs) == 1 {
			c.Parts = append(c.Parts, p)
		}
	}
	if c.Said = a.saidOf(c.Parts, len(m.refs)); right == len(m.refs) && !a.same() {
		c.Said = a.numbersOf(m) + ": the number is right, the network is not the one asked for"
	}
	return part(right, len(m.refs))
}

// numbersOf names what a mark asks for.
func (a *attempt) numbersOf(m *mark) string {
	names := make([]string, len(m.refs))
	for i, ref := range m.refs {
		names[i] = a.ownName(ref)
	}
	return strings.Join(names, ", ")
}

// saidOf puts parts into words about the student's own work.
func (a *attempt) saidOf(parts []Part, of int) string {
	var words []string
	for _, p := range parts {
		switch {
		case p.Right && p.Own == "":
			words = append(words, p.Name+" is right")
		case p.Right:
			words = append(words, p.Name+" is "+p.Own+", as it should be")
		case (p.How == Unknown || p.How == NoLayer && a.w.net.Failed) && a.w.wrong != nil:
			words = append(words, p.Name+" is not known: "+a.mistake())
		case p.How == NoLayer, p.How == Unknown:
			words = append(words, p.Name+" is not there")
		default:
			words = append(words, p.Name+" is "+p.Own+", which is not right")
		}
	}
	if len(words) == 0 && of > 0 {
		return "right"
	}
	return strings.Join(words, "; ")
}

// keyName is a reference as the key has it.
func (a *attempt) keyName(ref *lang.Ref) string {
	if ref.Span == (lang.Span{}) {
		return ref.Head.Text
	}
	return a.k.text(ref.Span)
}

// ownName is the same with the name of the student's layer.
func (a *attempt) ownName(ref *lang.Ref) string {
	text := a.keyName(ref)
	q, ok := a.r.v.Quantity(ref, a.k.file.Source)
	if !ok {
		return text
	}
	if own := a.of[q.Node]; own >= 0 && a.w.net.Nodes[own].Name != "" {
		return a.ownPath(own, q.Sum()) + "." + q.Property
	}
	return text
}

// shares wants layers to have the parameters of one.
func (a *attempt) shares(m *mark, _ int, c *Check) *big.Rat {
	var names []string
	owners := map[int32]bool{}
	for _, ref := range m.refs {
		q, _ := a.r.v.Quantity(ref, a.k.file.Source) // it is one: the key was proved
		i := a.of[q.Node]
		if i < 0 {
			c.Said = "not all of the layers that should share are there"
			return none()
		}
		names = append(names, layerName(a.w.net, i))
		if owner := a.w.net.Nodes[i].Owner; owner >= 0 {
			i = owner
		}
		owners[i] = true
	}
	list := strings.Join(names, " and ")
	if len(owners) > 1 {
		c.Said = list + " do not share their parameters"
		return none()
	}
	c.Said = list + " share their parameters"
	return all()
}

// runs wants a script without mistakes.
func (a *attempt) runs(_ *mark, _ int, c *Check) *big.Rat {
	switch {
	case a.w.wrong != nil:
		c.Said = a.mistake()
		return none()
	case a.w.brokenAsWritten():
		c.Said = "it runs only as it was read"
		return none()
	}
	c.Said = "it runs"
	return all()
}

// firstDifference is the first layer that is not the key's; those that grading
// passes over do not count. Nil: there is none.
func (a *attempt) firstDifference() *Different {
	if a.d.First == compare.None {
		return nil
	}
	d := a.d
	p := d.Pairs[d.First]
	f := &Different{Parts: [][3]string{}}
	if p.A != compare.None {
		f.Layer = layerName(d.A, p.A)
		_, f.Line = d.A.Place(&d.A.Nodes[p.A])
	}
	if p.B != compare.None {
		f.Key = d.B.Path(p.B)
	} else {
		f.Kind = d.A.Nodes[p.A].Kind.Name
	}
	for _, part := range p.Parts {
		f.Parts = append(f.Parts, [3]string{part.Name, part.A, part.B})
	}
	return f
}
