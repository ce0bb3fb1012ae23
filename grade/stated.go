package grade

import (
	"cnnl/eval"
	"cnnl/eval/claim"
	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// take sorts claims by what they state; the names of a sheet are the key's. A let that
// is called after something says what it is, if nothing else does.
func (w *work) take(k *Key, claims []claim.Claim) {
	names := w.namesOf(k)
	add := func(target string, c claim.Claim) { w.claims[target] = append(w.claims[target], c) }
	spoken := map[string][]claim.Claim{}
	for _, c := range claims {
		switch {
		case c.Ref != nil && isValue(k.Lets(), c.Ref): // a value, claimed as if it were a layer
			add(c.Ref.Head.Text, c)
			fallthrough
		case c.Ref != nil:
			c.Target = names.of(c.Ref, c.Source)
		default:
			if of := names.ofLet(c.Target); of != "" && c.Why == "" {
				spoken[of] = append(spoken[of], c)
			}
		}
		add(c.Target, c)
		if also := names.also(c.Target); also != "" {
			add(also, c)
		}
	}
	for target, claims := range spoken {
		if len(w.claims[target]) == 0 {
			w.claims[target] = claims
		}
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
		c := &claims[i]
		if c.Why == "" && !c.Value.Known() {
			c.Why = unread
		}
		w.mayBeDecimal(c)
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

// mayBeDecimal keeps what a number would be if its one comma were a decimal one: that
// counts where the other reading is wrong.
func (w *work) mayBeDecimal(c *claim.Claim) {
	if decimal, ok := decimalComma(c.Source.Text[c.Span.Start:c.Span.End]); ok {
		if w.decimals == nil {
			w.decimals = map[string]value.Value{}
		}
		w.decimals[c.Value.String()] = decimal
	}
}

func claimsOf(text string) []claim.Claim {
	file, _ := new(lang.Parser).Parse(lang.NewSource("", text), lang.Limits{})
	return claim.Of(file)
}
