package eval

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/lang"
)

// Claims lined up: the calculation a claim was made with, against the one
// that gives the number.

// lined sets a claim beside the calculation of what it is about: the
// calculation itself, and where a claimed one departs from it.
func (m *machine) lined(left, right *lang.Expr, is value) (calculation, departs string) {
	ways := m.calculations(left)
	if len(ways) == 0 || !ways[0].Present() {
		return "", ""
	}
	if !ways[0].Alone() {
		calculation = m.text(left.Span()) + " = " + ways[0].Grouped() + " = " + is.String()
	}
	if len(right.Rest) > 0 || right.First.Ref != nil {
		if list, ok := lineUp(m.claimed(right), ways); ok {
			departs = strings.Join(list, "; ")
		}
	}
	return calculation, departs
}

// A claimNode is a claimed calculation as a tree: a sum of all its summands, a
// product of all its factors, or a number.
type claimNode struct {
	sign     string // + · - /, or none of a number
	operands []claimNode
	rounding string // of a quotient: floor, ceil or none
	value    value
	text     string
}

// claimed reads a calculation; what it cannot take apart is one number.
func (m *machine) claimed(e *lang.Expr) claimNode {
	c := climber{m: m, rest: e.Rest}
	return c.on(c.operand(&e.First), 0)
}

// A climber builds the tree of a calculation by the strength of its
// operators, as climb computes it.
type climber struct {
	m    *machine
	rest []lang.OpTerm
}

func (c *climber) operand(x *lang.Operand) claimNode {
	if x.Group != nil && x.Sign.Text == "" {
		return c.m.claimed(x.Group)
	}
	e := lang.Expr{First: *x}
	n := claimNode{value: c.m.value(&e), text: c.m.text(x.Span)}
	if r := x.Ref; r != nil && x.Sign.Text == "" && (r.Head.Text == "floor" || r.Head.Text == "ceil") && len(r.Args) == 1 {
		if quotient := c.m.claimed(&r.Args[0]); quotient.sign == "/" {
			n.sign, n.operands, n.rounding = "/", quotient.operands, r.Head.Text
		}
	}
	return n
}

func (c *climber) on(left claimNode, least int) claimNode {
	for len(c.rest) > 0 && strength[c.rest[0].Op.Text] >= least {
		term := &c.rest[0]
		c.rest = c.rest[1:]
		right := c.on(c.operand(&term.X), strength[term.Op.Text]+1)
		left = c.join(left, term.Op, right)
	}
	return left
}

// signOf is how calculations write an operator of the language.
var signOf = map[string]string{"+": "+", "-": "-", "*": "·", "·": "·", "/": "/", "//": "/"}

// join makes one node of two; a sum takes in the summands of its operands.
func (c *climber) join(left claimNode, op lang.Op, right claimNode) claimNode {
	n := claimNode{sign: signOf[op.Text], value: c.m.operate(op, left.value, right.value), text: left.text + " " + op.Text + " " + right.text}
	if op.Text == "//" {
		n.rounding = "floor"
	}
	if op.Text == "**" && right.value.isWhole() && right.value.num >= 2 && right.value.num <= mostFactors {
		n.sign, n.operands = "·", slices.Repeat([]claimNode{left}, int(right.value.num))
		return n
	}
	for _, part := range [...]claimNode{left, right} {
		if part.sign == n.sign && (n.sign == "+" || n.sign == "·") {
			n.operands = append(n.operands, part.operands...)
		} else {
			n.operands = append(n.operands, part)
		}
	}
	return n
}

// mostFactors bounds the powers that are taken apart: kernels are squared or
// cubed.
const mostFactors = 4

// mostDepartures is how many differences two calculations may have and still
// be taken for the same idea.
const mostDepartures = 3

// lineUp compares a claimed calculation with the ways to calculate the number
// and says where the claim departs from the one that it is nearest to; false:
// it is like none of them.
func lineUp(claim claimNode, ways []calc.Expr) (differences []string, ok bool) {
	for _, way := range ways {
		if !way.Present() {
			continue
		}
		found, fits := depart(claim, way)
		if fits && len(found) <= mostDepartures && (!ok || len(found) < len(differences)) {
			differences, ok = found, true
		}
		if extra := claim.beside(way); len(extra) > 0 && !ok {
			differences, ok = extra, true
		}
	}
	return differences, ok
}

// depart lists where a claim departs from a calculation.
func depart(claim claimNode, real calc.Expr) (list []string, ok bool) {
	if claim.value.isWhole() && claim.value.num == real.Value() {
		return nil, true
	}
	sign, operands := real.Operands()
	switch {
	case sign == "":
		t, named := real.Term()
		return []string{t.Title() + ": " + claim.value.String() + ", should be " + lang.Group(real.Value())}, named
	case claim.sign == sign && (sign == "+" || sign == "·"):
		return departCommuting(sign, claim.operands, operands)
	case claim.sign == sign && len(claim.operands) == len(operands):
		list, ok = departEach(claim.operands, operands)
		if is := real.Rounding(); claim.rounding != is {
			list = append(list, "the quotient is rounded with "+is)
		}
		return list, ok
	case sign == "+" || sign == "·":
		return departCommuting(sign, []claimNode{claim}, operands)
	}
	return nil, false
}

// beside lists what a claim has beside the whole calculation, if it has that.
func (n *claimNode) beside(real calc.Expr) (list []string) {
	i := slices.IndexFunc(n.operands, func(c claimNode) bool { return c.sign != "" && sameValue(c, real) })
	if i < 0 || n.sign != "+" && n.sign != "·" {
		return nil
	}
	for k, c := range n.operands {
		if k != i {
			list = append(list, c.text+" is not part of it")
		}
	}
	return list
}

func departEach(claims []claimNode, reals []calc.Expr) (list []string, ok bool) {
	for i := range claims {
		more, ok := depart(claims[i], reals[i])
		if !ok {
			return nil, false
		}
		list = append(list, more...)
	}
	return list, true
}

// departCommuting sets the operands of a sum or product against each other,
// whatever their order: equal ones first, then those that are built alike.
func departCommuting(sign string, claims []claimNode, reals []calc.Expr) (list []string, ok bool) {
	claims, reals = slices.Clone(claims), slices.Clone(reals)
	pairUp := func(like func(claimNode, calc.Expr) bool, pair func(claimNode, calc.Expr)) {
		for i := 0; i < len(claims); i++ {
			j := slices.IndexFunc(reals, func(r calc.Expr) bool { return like(claims[i], r) })
			if j >= 0 {
				pair(claims[i], reals[j])
				claims, reals = slices.Delete(claims, i, i+1), slices.Delete(reals, j, j+1)
				i--
			}
		}
	}
	pairUp(sameValue, func(claimNode, calc.Expr) {})
	if sign == "·" && len(reals) == 1 && len(claims) > 1 {
		claims = []claimNode{product(claims)}
	}
	ok = true
	descend := func(c claimNode, r calc.Expr) {
		more, fits := depart(c, r)
		list, ok = append(list, more...), ok && fits
	}
	pairUp(builtAlike, descend)
	if len(claims) > 0 && len(reals) > 0 {
		n := min(len(claims), len(reals))
		for i := range n {
			descend(claims[i], reals[i])
		}
		claims, reals = claims[n:], reals[n:]
	}
	for _, r := range reals {
		list = append(list, missing(sign, r))
	}
	for _, c := range claims {
		list = append(list, c.text+" is not part of it")
	}
	return list, ok
}

func sameValue(c claimNode, r calc.Expr) bool { return c.value.isWhole() && c.value.num == r.Value() }

// builtAlike reports a calculation of the same sign, or two plain numbers.
func builtAlike(c claimNode, r calc.Expr) bool {
	sign, _ := r.Operands()
	return c.sign == sign
}

// product is what is left of a claimed product, as one node.
func product(factors []claimNode) claimNode {
	n := claimNode{sign: "·", operands: factors, value: whole(1)}
	var texts []string
	for _, f := range factors {
		n.value, _ = times(n.value, f.value)
		texts = append(texts, f.text)
	}
	n.text = strings.Join(texts, " * ")
	return n
}

// missing names what a claim leaves out.
func missing(sign string, real calc.Expr) string {
	text := real.Grouped()
	if t, ok := real.Term(); ok {
		text = lang.Group(t.Value) + " (" + t.Title() + ")"
	}
	if sign == "·" {
		return "the factor " + text + " is missing"
	}
	return text + " is missing"
}
