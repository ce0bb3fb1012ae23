package grade

import (
	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/lang"
)

// take sorts claims by what they state; the names of a sheet are the key's.
func (w *work) take(k *Key, claims []claim.Claim) {
	v := w.v
	if w.sheet {
		v = k.solutions[0].v
	}
	for _, c := range claims {
		if c.Ref != nil {
			c.Target = targetIn(v, c.Ref, c.Source)
		}
		if c.Ref != nil && isValue(k.Lets(), c.Ref) { // a value, claimed as if it were a layer
			w.claims[c.Ref.Head.Text] = append(w.claims[c.Ref.Head.Text], c)
		}
		w.claims[c.Target] = append(w.claims[c.Target], c)
	}
}

// targetIn is a quantity in its one spelling, with a network's names.
func targetIn(v *eval.Evaluation, r *lang.Ref, src *lang.Source) string {
	if q, ok := quantityOf(v, r, src); ok {
		return q.String()
	}
	return claim.Target(r, src)
}

// quantityOf finds a quantity of a layer. The tensor of one that grading passes
// over, as relu, is looked at where it comes from.
func quantityOf(v *eval.Evaluation, r *lang.Ref, src *lang.Source) (q eval.Quantity, ok bool) {
	q, ok = v.Quantity(r, src)
	net := v.Network
	for ok && q.OfTensor() && lightlyOn(net, q.Node) {
		q.Node = net.Nodes[q.Node].From[0]
		q.Path = net.Path(q.Node)
	}
	return q, ok
}

func lightlyOn(net *network.Network, row int32) bool {
	r := &net.Nodes[row]
	return r.Kind != nil && r.Kind.Light && len(r.From) == 1
}

// unread is why a claim states nothing that nobody can read.
const unread = "it cannot be read"

// stated lists what a script states, what nobody can read with it.
func (w *work) stated() (claims []claim.Claim) {
	claims = claim.Of(w.file)
	for i := range claims {
		if c := &claims[i]; c.Why == "" && !c.Value.Known() {
			c.Why = unread
		}
	}
	for _, s := range w.badClaims() {
		for _, part := range partsOf(w.line(s.Span.Start)) {
			if part.value == "" {
				continue
			}
			for _, c := range claimsOf(part.with("0")) {
				c.Span, c.Why = s.Span, unread
				claims = append(claims, c)
			}
		}
	}
	return claims
}

func claimsOf(text string) []claim.Claim {
	file, _ := new(lang.Parser).Parse(lang.NewSource("", text), lang.Limits{})
	return claim.Of(file)
}
