package grade

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cnnl/compare"
	"cnnl/eval"
	"cnnl/eval/network"
	"cnnl/lang"
)

// mark grades a submission.
func (k *Key) mark(parser *lang.Parser, scratch *eval.Scratch, s Submission) Record {
	w, outcome, why := k.read(parser, scratch, s)
	if outcome != Graded {
		return k.without(s, outcome, why)
	}
	return k.grade(s, w)
}

// without is the record of a submission that has no score.
func (k *Key) without(s Submission, outcome Outcome, why string) Record {
	return Record{Schema: RecordSchema, ID: s.ID, Name: s.Name, Question: k.Question, File: s.File, SHA256: s.SHA256, Late: s.Late, Outcome: outcome, Why: why,
		Max: Rounded(k.max), Checks: []Check{}, Findings: []Finding{}}
}

// grade takes the reading and the matching that are best for the submission.
func (k *Key) grade(s Submission, w *work) Record {
	var best *attempt
	for _, r := range k.solutions {
		order := r.inOrder(w.v.Network)
		best = k.better(best, &attempt{k: k, r: r, w: w, m: order, matching: byOrder})
		if best.sum.Cmp(k.max) == 0 {
			break
		}
		if named := r.named(w.v.Network, order); named != nil {
			best = k.better(best, &attempt{k: k, r: r, w: w, m: named, matching: byName})
		}
		if branched := r.branched(w.v.Network); branched != nil {
			best = k.better(best, &attempt{k: k, r: r, w: w, m: branched, matching: byBranches})
		}
	}
	rec := k.without(s, Graded, "")
	score := Rounded(best.sum)
	rec.Score, rec.Reading, rec.Checks, rec.Notes = &score, best.r.name, best.checks, w.notes
	if w.wrong != nil {
		rec.Mistake = best.mistake()
	}
	if w.layers > 0 {
		rec.Matching = best.matching
		if best.sum.Cmp(k.max) < 0 {
			rec.First = best.firstDifference()
		}
		if !w.v.Network.Failed {
			total := w.v.Network.Totals.Params()
			rec.Total = &total
		}
	}
	return rec
}

// An attempt grades a submission against one reading, with one matching.
type attempt struct {
	k        *Key
	r        *solution
	w        *work
	m        *compare.Matching
	matching string
	read     *compare.Matching // of all that could be read; see own
	checks   []Check
	sum      *big.Rat
}

// better grades an attempt and gives it if it earns more than the one before.
func (k *Key) better(best, next *attempt) *attempt {
	next.sum = new(big.Rat)
	for i := range k.marks {
		c, earned := next.check(i)
		next.checks = append(next.checks, c)
		next.sum.Add(next.sum, earned)
	}
	if best != nil && next.sum.Cmp(best.sum) <= 0 {
		return best
	}
	return next
}

// check grades one mark.
func (a *attempt) check(i int) (c Check, earned *big.Rat) {
	m := &a.k.marks[i]
	c = Check{Title: m.title, What: ways[m.how].name, Max: exact(m.points)}
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
		own, missing := a.w.v.AskAs(a.r.v, a.m.Of(), e, a.k.file.Source)
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
	c.Said = a.saidOf(c.Parts, len(m.refs))
	return part(right, len(m.refs))
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
		case (p.How == Unknown || p.How == NoLayer && a.w.v.Network.Failed) && a.w.wrong != nil:
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
	if own := a.m.A(q.Node); own >= 0 {
		return a.ownPath(own, q.Sum()) + "." + q.Property
	}
	return text
}

// shapes compares the outputs of the layers.
func (a *attempt) shapes(m *mark, _ int, c *Check) *big.Rat {
	return a.layers(a.r.shaped, m.strict, c, "output", func(r *network.Node) string { return r.Out.String() })
}

// params compares their parameters.
func (a *attempt) params(_ *mark, _ int, c *Check) *big.Rat {
	return a.layers(a.r.learned, false, c, "parameters", func(r *network.Node) string { return lang.Group(r.Params()) })
}

// layers compares one value of every layer that counts. A layer is right if
// its value is the key's, or, unless only values count, if it is the same
// statement in effect: then the difference arose before it.
func (a *attempt) layers(rows []int32, strict bool, c *Check, what string, value func(*network.Node) string) *big.Rat {
	right, missing := 0, 0
	var wrong []string
	for _, j := range rows {
		key := &a.r.v.Network.Nodes[j]
		p := Part{Key: a.r.v.Network.Path(j), Want: value(key)}
		i := a.m.A(j)
		if i < 0 {
			p.How = NoLayer
			missing++
			c.Parts = append(c.Parts, p)
			continue
		}
		own := &a.w.v.Network.Nodes[i]
		p.Name, p.Own = a.w.v.Network.Path(i), value(own)
		switch {
		case p.Own == p.Want:
			right++
			continue
		case !strict && len(a.m.Statements(i, j)) == 0:
			p.Right, p.How = true, SameStatement
			right++
		default:
			wrong = append(wrong, p.Name+" ("+p.Own+")")
		}
		c.Parts = append(c.Parts, p)
	}
	c.Said = saidOfLayers(wrong, missing, len(rows), what)
	if missing > 0 && a.w.v.Network.Failed && a.w.wrong != nil {
		c.Said += "; what comes behind the mistake does not count (" + a.mistake() + ")"
	}
	return part(right, len(rows))
}

// saidOfLayers names the student's layers that are not right, and whether
// some are missing.
func saidOfLayers(wrong []string, missing, of int, what string) string {
	text := ""
	switch {
	case len(wrong) == 0 && missing == 0:
		return "right"
	case len(wrong) == 0 && missing == of:
		return "none of the layers is there"
	case len(wrong) == 0:
		return "the layers that are there have the right " + what + "; something is missing"
	case len(wrong) > mostNamed:
		text = strings.Join(wrong[:mostNamed], ", ") + " and others"
	default:
		text = strings.Join(wrong, ", ")
	}
	text = "not right: the " + what + " of " + text
	if missing > 0 {
		text += "; something is missing"
	}
	return text
}

// mostNamed is how many layers a sentence names.
const mostNamed = 8

// shares wants layers to have the parameters of one.
func (a *attempt) shares(m *mark, _ int, c *Check) *big.Rat {
	var names []string
	owners := map[int32]bool{}
	for _, ref := range m.refs {
		q, _ := a.r.v.Quantity(ref, a.k.file.Source) // it is one: the key was proved
		i := a.m.A(q.Node)
		if i < 0 {
			c.Said = "not all of the layers that should share are there"
			return none()
		}
		names = append(names, a.w.v.Network.Path(i))
		if owner := a.w.v.Network.Nodes[i].Owner; owner >= 0 {
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
	if a.w.wrong != nil {
		c.Said = a.mistake()
		return none()
	}
	c.Said = "it runs"
	return all()
}

// firstDifference is the first layer that is not the key's; those that grading
// passes over do not count.
func (a *attempt) firstDifference() *Different {
	networks := compare.Networks
	if a.matching == byBranches {
		networks = compare.Flows
	}
	d := networks(a.w.v.Network, a.r.v.Network)
	i := slices.IndexFunc(d.Pairs, func(p compare.Pair) bool {
		return p.Differs() && !(p.A != compare.None && d.A.Nodes[p.A].Kind.Light) && !(p.B != compare.None && d.B.Nodes[p.B].Kind.Light)
	})
	if i < 0 {
		return nil
	}
	p := d.Pairs[i]
	f := &Different{Parts: [][3]string{}}
	if p.A != compare.None {
		f.Layer = d.A.Path(p.A)
		_, f.Line = d.A.Place(&d.A.Nodes[p.A])
	}
	if p.B != compare.None {
		f.Key = d.B.Path(p.B)
	}
	for _, part := range p.Parts {
		f.Parts = append(f.Parts, [3]string{part.Name, part.A, part.B})
	}
	return f
}
