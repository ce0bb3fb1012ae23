package diagnose

import (
	"slices"

	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// What is said of the claims of a script that do not hold.

// Help gives the claims of a script that do not hold what explains them: all of them
// are one problem, and those that hold tell against a mistake too. The script's own
// network is the key.
func Help(v *eval.Evaluation, file *lang.File, diags *lang.Diagnostics) {
	refuted := v.Refuted()
	if len(refuted) == 0 {
		return
	}
	net := *v.Network // as far as it could be counted
	net.Nodes, net.Failed = net.Nodes[:net.Good], false
	g, err := New(&net, Options{})
	if err != nil {
		return
	}
	claims, at := about(&net, refuted)
	if len(claims) == 0 {
		return
	}
	claims = append(claims, holding(v, file, mostTogether-len(claims))...)
	for i, help := range g.Diagnose(claims).Help()[:len(at)] {
		if help != "" {
			give(diags, &refuted[at[i]], help)
		}
	}
}

// mostTogether bounds the claims that are explained together.
const mostTogether = 40

// about are the refuted claims that can be explained; at says for each which it is.
func about(net *network.Network, refuted []claim.Failed) (claims []Claim, at []int) {
	for i := range refuted {
		f := &refuted[i]
		if f.Claimed.Sort != value.Number && f.Claimed.Sort != value.Size || len(claims) == mostTogether || f.Subject.Quantity() == "" {
			continue
		}
		c := Claim{Target: f.Source.Text[f.Left.Span().Start:f.Left.Span().End], Node: f.Subject.Node, Property: f.Subject.Quantity(), Value: f.Claimed, Calculation: f.Calculation}
		if f.Subject.Total || f.Subject.Group != network.None && network.Measured(c.Property) != nil {
			c.Node, c.First, c.End = network.None, f.Subject.First, f.Subject.End
		}
		if int(c.Node) >= net.Good || int(c.End) > net.Good || c.Value.Sort == value.Size && c.Property != "out" && c.Property != "field" {
			continue
		}
		claims, at = append(claims, c), append(at, i)
	}
	return claims, at
}

// holding are claims of a script that hold, and state what one number is. Those of loops and
// blocks are left out: what their names mean there is gone when the script has run.
func holding(v *eval.Evaluation, file *lang.File, most int) (claims []Claim) {
	r := NewReader(v, lang.Limits{})
	for i := range file.Stmts {
		n, ok := file.Stmts[i].Node.(*lang.ExpectStmt)
		if !ok || len(claims) == most {
			continue
		}
		if c, ok := r.holds(&n.Claim, file.Source); ok && !slices.ContainsFunc(claims, func(o Claim) bool { return o.Target == c.Target }) {
			claims = append(claims, c)
		}
	}
	return claims
}

// holds is what a claim states of a number, if it holds: the one side names the number,
// the other is made of none of the network's.
func (r *Reader) holds(e *lang.Expr, src *lang.Source) (c Claim, ok bool) {
	if op, ok := value.Comparison(e); !ok || op.Text != "==" {
		return c, false
	}
	sides := value.Split(e, "==")
	if len(sides) != 2 {
		return c, false
	}
	for i, side := range sides {
		ref, other := side.First.Ref, sides[1-i]
		if ref == nil || len(side.Rest) > 0 || side.First.Sign.Text != "" || r.names(other, src) {
			continue
		}
		if c, ok = r.about(ref, src); ok && int(c.Node) < r.Net.Good && int(c.End) <= r.Net.Good {
			holds, _ := r.Ask(e, src)
			c.Value, _ = r.Ask(other, src)
			return c, holds.Sort == value.Boolean && holds.Num == 1 && (c.Value.Sort == value.Number || c.Value.Sort == value.Size)
		}
	}
	return c, false
}

// names reports a calculation that asks for a number of the network.
func (r *Reader) names(e *lang.Expr, src *lang.Source) (any bool) {
	lang.Refs(e, func(ref *lang.Ref) {
		_, ok := r.about(ref, src)
		any = any || ok
	})
	return any
}

// give puts a help where a claim is complained of.
func give(diags *lang.Diagnostics, f *claim.Failed, help string) {
	for i := range diags.List {
		if d := &diags.List[i]; d.Code == lang.Expect && d.Source == f.Source && d.Span == f.Right.Span() && d.Hint == "" {
			d.Hint = help
			return
		}
	}
}

// Help says for each claim what explains it: the sentence for a student where it is
// sure enough, otherwise what it fits; empty: nothing does.
func (r *Result) Help() []string {
	list := make([]string, len(r.Claims))
	fits := make([][]string, len(r.Claims))
	for _, d := range r.Diagnoses {
		for k, at := range d.Claims {
			switch {
			case d.Shown && list[at] == "" && k == 0:
				list[at] = d.Student
			case d.Shown && list[at] == "":
				list[at] = "it is so if " + d.If + ", as with " + r.Claims[d.Claims[0]].Target
			case d.If != "" && len(fits[at]) < mostFits && !slices.Contains(fits[at], d.If):
				fits[at] = append(fits[at], d.If)
			}
		}
	}
	for at := range list {
		if list[at] == "" && len(fits[at]) > 0 {
			list[at] = "it would be so if " + fits[at][0]
			if len(fits[at]) > 1 {
				list[at] += "; or if " + fits[at][1]
			}
		}
	}
	return list
}

// mostFits is how many explanations are named where none is sure enough.
const mostFits = 2
