package grade

import (
	"math"
	"slices"
	"strings"

	"cnnl/diagnose"
	"cnnl/lang"
)

// Which mistakes made the wrong numbers that are stated. The student's own network
// comes first: what is right for that is explained. A diagnosis changes no score.

// A Finding is a mistake that explains wrong numbers.
type Finding struct {
	ID        string   `json:"id"` // its entries, or the title of a misconception of the key
	IDs       []string `json:"ids"`
	Catalogue []string `json:"catalogue"`
	Claims    []string `json:"claims"`
	Bits      float64  `json:"bits"`
	Student   string   `json:"student"`
	Teacher   string   `json:"teacher"`
	Shown     bool     `json:"shown"` // the student hears of it
}

// A diagnoser answers for one reading of the key, from the first wrong number on.
func (r *solution) diagnoser(k *Key) *diagnose.Engine {
	r.once.Do(func() {
		r.engine, _ = diagnose.New(r.v.Network, diagnose.Options{Effort: diagnose.Grading, Own: k.described()})
	})
	return r.engine
}

// described are the misconceptions that the key describes, each with its network.
func (k *Key) described() (list []diagnose.Own) {
	for _, r := range k.solutions {
		if r.wrong && !r.v.Network.Failed {
			list = append(list, diagnose.Own{Name: r.name, Net: r.v.Network})
		}
	}
	return list
}

// diagnose explains the wrong numbers of an attempt.
func (a *attempt) diagnose(rec *Record) {
	claims := a.wrongAnswers()
	if len(claims) == 0 {
		return
	}
	g := a.r.diagnoser(a.k)
	if g == nil {
		return
	}
	result, _ := g.Ask(diagnose.NewReader(a.r.v, lang.Limits{}), claims)
	explained := map[int]bool{}
	for _, d := range result.Diagnoses {
		for _, at := range d.Claims {
			explained[at] = true
		}
		if d.Instead {
			continue
		}
		f := Finding{ID: strings.Join(d.IDs, "+"), IDs: d.IDs, Catalogue: append([]string{}, d.Catalogue...), Bits: math.Round(10*d.Bits) / 10, Student: d.Student, Teacher: d.Teacher, Shown: d.Shown}
		for _, at := range d.Claims {
			f.Claims = append(f.Claims, result.Claims[at].Target)
		}
		f.Shown = f.Shown && !a.hides(f.Claims)
		if slices.ContainsFunc(rec.Findings, func(o Finding) bool { return o.ID == f.ID }) {
			continue // the key describes it, and it was found
		}
		rec.Findings = append(rec.Findings, f)
		if f.Shown {
			rec.Notes = append(slices.Clip(rec.Notes), f.Student)
		}
	}
	for at, c := range result.Claims {
		if !c.Right && !c.Unread && !explained[at] {
			rec.Unexplained = append(rec.Unexplained, c.Target+" = "+c.Value)
		}
	}
}

// hides reports that one of some answers is of hidden marks only: what is found in it
// would tell the student that it is wrong.
func (a *attempt) hides(claims []string) bool {
	hidden, asked := false, map[string]bool{}
	for i := range a.checks {
		hidden = hidden || a.checks[i].Hidden != ""
		for _, p := range a.checks[i].Parts {
			asked[p.Key] = asked[p.Key] || a.k.marks[i].how == answers && a.checks[i].Hidden == ""
		}
	}
	return hidden && slices.ContainsFunc(claims, func(target string) bool { return !asked[target] })
}

// wrongAnswers are what is stated wrong of the key's numbers, each once, but for what
// is right of the student's own network.
func (a *attempt) wrongAnswers() (claims []string) {
	for i := range a.k.marks {
		if a.k.marks[i].how != answers || i >= len(a.checks) {
			continue
		}
		for _, p := range a.checks[i].Parts {
			if text := p.Key + "=" + p.Own; !p.Right && p.How == "" && p.Own != "" && !slices.Contains(claims, text) {
				claims = append(claims, text)
			}
		}
	}
	return claims
}
