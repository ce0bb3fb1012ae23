package grade

import (
	"cnnl/diagnose"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cnnl/eval/claim"
	"cnnl/eval/layer"
	"cnnl/lang"
)

// A key is tried before anybody is graded with it.

// prove holds the key to its own marks: it and every accepted reading, taken
// to state every target rightly, earn all points, and the empty script none.
func (k *Key) prove(diags *lang.Diagnostics) {
	if net := k.solutions[0].v.Network; len(counted(net)) == 0 {
		k.complain(diags, lang.Span{}, "the key has no layer", "its network is the sample solution", "write the network that is asked for, from its input")
		return
	}
	for _, r := range k.solutions {
		if r.wrong {
			continue
		}
		w := &work{file: &lang.File{Source: k.file.Source}, v: r.v, net: r.v.Network, claims: map[string][]claim.Claim{}, layers: len(counted(r.v.Network)), sheet: true}
		k.stateAll(w, r)
		for i, c := range k.against(nil, r, w).checks {
			most := new(big.Rat).Set(k.marks[i].points)
			if r.other[i] {
				most.Mul(most, r.worth)
			}
			if c.Score != exact(most) {
				k.complain(diags, k.marks[i].span, r.title()+" does not earn mark "+lang.Quote(c.Title), "it earns "+c.Score+" of "+c.Max+": "+c.Said, "mend the mark, or what is accepted")
			}
		}
	}
	k.warnTrivial(diags)
	k.warnWeak(diags)
	empty := k.mark(new(lang.Parser), nil, Submission{Text: "let nothing = 0\n"})
	for i, c := range empty.Checks {
		if c.Score != "0" {
			k.complain(diags, k.marks[i].span, "an empty script earns mark "+lang.Quote(c.Title), "it earns "+c.Score+" of "+c.Max, "ask for something that has to be written")
		}
	}
}

// warnTrivial tells of conditions that a network of one small layer meets.
func (k *Key) warnTrivial(diags *lang.Diagnostics) {
	if !slices.ContainsFunc(k.marks, func(m mark) bool { return m.how == expect }) {
		return
	}
	own := k.mark(new(lang.Parser), nil, Submission{Text: k.inputText() + "\n" + k.smallest() + "\n"})
	for i, c := range own.Checks {
		if m := &k.marks[i]; m.how == expect && c.Score == c.Max {
			k.warn(diags, m.span, "one small layer is enough for mark "+lang.Quote(m.title), "a network of "+strings.ReplaceAll(k.smallest(), "\n", "; ")+" meets it",
				"ask as well for what the network must have, as in: and count(conv) >= 3")
		}
	}
}

// warnWeak tells of answers that cannot see many mistakes.
func (k *Key) warnWeak(diags *lang.Diagnostics) {
	at := slices.IndexFunc(k.marks, func(m mark) bool { return m.how == answers })
	if at < 0 {
		return
	}
	r := k.solutions[0]
	g, err := diagnose.New(r.v.Network, diagnose.Options{Effort: diagnose.Grading})
	if err != nil {
		return
	}
	var asked []diagnose.Claim
	reader := diagnose.NewReader(r.v, lang.Limits{})
	for _, name := range k.Columns() {
		if c, ok, _ := reader.Target(name); ok {
			asked = append(asked, c)
		}
	}
	if len(asked) > 0 && g.Weak(asked) {
		k.warn(diags, k.marks[at].span, "the answers that are asked for cannot tell many mistakes", "", "cnnl audit lists them, with what to ask for as well")
	}
}

// Trivial is what a network of one small layer earns: 1 of 20.
func (k *Key) Trivial() string {
	if len(k.marks) == 0 || len(k.solutions) == 0 {
		return ""
	}
	own := k.mark(new(lang.Parser), nil, Submission{Text: k.inputText() + "\n" + k.smallest() + "\n"})
	if own.Score == nil {
		return ""
	}
	return *own.Score + " of " + own.Max
}

// smallest is a network of the key's task that does next to nothing.
func (k *Key) smallest() string {
	net := k.solutions[0].v.Network
	out := net.Nodes[net.Outputs[0]].Out
	size, _ := out.Size()
	text := fmt.Sprintf("flatten\ndense %d", size)
	if out.Rank() > 1 {
		text += "\nreshape " + out.String()
	}
	return text
}

// inputText is the key's input, as it is written.
func (k *Key) inputText() string {
	for i := range k.file.Stmts {
		l, ok := k.file.Stmts[i].Node.(*lang.Layer)
		if !ok {
			continue
		}
		if kind := layer.Find(l.Kind.Text); kind != nil && kind.Source {
			return k.text(k.file.Stmts[i].Span)
		}
	}
	return ""
}
