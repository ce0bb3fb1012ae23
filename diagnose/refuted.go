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
// are one problem. The script's own network is the key.
func Help(v *eval.Evaluation, diags *lang.Diagnostics) {
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
	for i, help := range g.Diagnose(claims).Help() {
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
