package grade

import (
	"fmt"
	"regexp"
	"strings"

	"cnnl/eval"
	"cnnl/lang"
)

// take sorts claims by what they state; the names of a sheet are the key's.
func (w *work) take(k *Key, claims []eval.Claim) {
	v := w.v
	if w.sheet {
		v = k.readings[0].v
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
	return eval.Target(r, src)
}

// quantityOf finds a quantity of a layer. The tensor of one that grading passes
// over, as relu, is looked at where it comes from.
func quantityOf(v *eval.Evaluation, r *lang.Ref, src *lang.Source) (q eval.Quantity, ok bool) {
	q, ok = v.Quantity(r, src)
	net := v.Network
	for ok && q.OfTensor() && lightlyOn(net, q.Row) {
		q.Row = net.Rows[q.Row].From[0]
		q.Path = net.Path(q.Row)
	}
	return q, ok
}

func lightlyOn(net *eval.Network, row int32) bool {
	r := &net.Rows[row]
	return r.Kind != nil && r.Kind.Light && len(r.From) == 1
}

// unreadClaim is a claim that the language does not read: what it names and what
// it states, of several values the last.
var unreadClaim = regexp.MustCompile(`^(?:expect\s+([A-Za-z_][\w.\[\]]*)\s*(?:==?|is\b)|let\s+(\w+)\s*=)(?:[^#\n;]*==)?([^#\n;]*)`)

// unread is why a claim states nothing that nobody can read.
const unread = "it cannot be read"

// stated lists what a script states, numbers in other spellings with it:
// 127 578, 1.27578e5, (28, 28, 6).
func (w *work) stated() (claims []eval.Claim) {
	w.spelt = map[int]bool{}
	claims = eval.Claims(w.file)
	for i := range claims {
		if c := &claims[i]; c.Why == "" && !c.Value.Known() {
			w.spelt[w.statement(c.Span.Start)] = w.respell(c, w.file.Source.Text[c.Span.Start:c.Span.End], c.Span.Start)
		}
	}
	for i := range w.file.Stmts {
		s := &w.file.Stmts[i]
		if _, bad := s.Node.(*lang.Bad); !bad {
			continue
		}
		m := unreadClaim.FindStringSubmatch(w.file.Source.Text[s.Span.Start:])
		if m == nil {
			continue
		}
		empty := "expect " + m[1] + " == 0"
		if m[1] == "" {
			empty = "let " + m[2] + " = 0"
		}
		for _, c := range claimsOf(empty) {
			c.Span = s.Span
			w.spelt[i] = w.respell(&c, m[3], s.Span.Start)
			claims = append(claims, c)
		}
	}
	return claims
}

// respell reads what a claim states, or says that nobody can.
func (w *work) respell(c *eval.Claim, text string, at int) bool {
	answer, value := anySpelling(text)
	if !value.Known() {
		c.Why = unread
		return false
	}
	c.Value = value
	line, _ := w.file.Source.Position(at)
	w.notes = append(w.notes, fmt.Sprintf("line %d: %s was read as %s; write it so", line, lang.Quote(shortened(strings.TrimSpace(text))), answer))
	return true
}

func claimsOf(text string) []eval.Claim {
	file, _ := new(lang.Parser).Parse(lang.NewSource("", text), lang.Limits{})
	return eval.Claims(file)
}

// anySpelling reads a number or, where it is none, a size.
func anySpelling(text string) (answer string, value eval.Value) {
	for sizes := 1; sizes <= 4 && !value.Known(); sizes++ {
		if normal, ok := normalAnswer(text, sizes); ok {
			for _, c := range claimsOf("let answer = " + normal) {
				answer, value = normal, c.Value
			}
		}
	}
	return answer, value
}
