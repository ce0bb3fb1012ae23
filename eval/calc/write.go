package calc

import (
	"slices"
	"strconv"
	"strings"

	"cnnl/lang"
)

// Calculations in writing: as text, as LaTeX, as MathML. All walk the same
// tree; a notation says how its parts look.

// A notation says how a calculation is written.
type notation struct {
	leaf  func(node) string
	signs [7]string
	group func(string) string // in brackets
	// quotient writes a over b; nil: with a sign between them, each in
	// brackets where it needs some.
	quotient func(a, b string) string
	floor    func(string) string
	ceil     func(string) string
}

// signs are the operations' signs, without blanks.
var signs = [...]string{add: "+", sub: "-", mul: "·", exactDiv: "/", floorDiv: "/", ceilDiv: "/"}

// strengths order the operations: only weaker operands need brackets.
var strengths = [...]int{add: 1, sub: 1, mul: 2, exactDiv: 2, floorDiv: 2, ceilDiv: 2}

// around puts a text between two others.
func around(before, after string) func(string) string {
	return func(s string) string { return before + s + after }
}

var text = notation{
	leaf:  node.number,
	signs: [7]string{add: " + ", sub: " - ", mul: "·", exactDiv: "/", floorDiv: "/", ceilDiv: "/"},
	group: around("(", ")"),
	floor: around("floor(", ")"),
	ceil:  around("ceil(", ")"),
}

var latex = notation{
	leaf:     func(n node) string { return n.grouped("{,}") },
	signs:    [7]string{add: " + ", sub: " - ", mul: ` \cdot `},
	group:    around(`\left(`, `\right)`),
	quotient: func(a, b string) string { return `\frac{` + a + `}{` + b + `}` },
	floor:    around(`\left\lfloor `, ` \right\rfloor`),
	ceil:     around(`\left\lceil `, ` \right\rceil`),
}

var mathML = notation{
	leaf:     func(n node) string { return "<mn>" + n.grouped(",") + "</mn>" },
	signs:    [7]string{add: "<mo>+</mo>", sub: "<mo>−</mo>", mul: "<mo>·</mo>"},
	group:    around(`<mrow><mo stretchy="false">(</mo>`, `<mo stretchy="false">)</mo></mrow>`),
	quotient: func(a, b string) string { return "<mfrac><mrow>" + a + "</mrow><mrow>" + b + "</mrow></mfrac>" },
	floor:    around("<mrow><mo>⌊</mo>", "<mo>⌋</mo></mrow>"),
	ceil:     around("<mrow><mo>⌈</mo>", "<mo>⌉</mo></mrow>"),
}

// String writes the calculation as a textbook does: (3·3·4 + 1)·20. The
// language reads it back.
func (e Expr) String() string { return e.in(&text) }

// Grouped is String with commas between thousands, for people.
func (e Expr) Grouped() string {
	grouped := text
	grouped.leaf = func(n node) string { return n.grouped(",") }
	return e.in(&grouped)
}

// Names writes the calculation with the names of its terms in place of their
// numbers: (kernel·kernel·input channels + bias)·filters.
func (e Expr) Names() string {
	named := text
	named.leaf = node.title
	return e.in(&named)
}

// LaTeX writes the calculation for LaTeX's mathematics.
func (e Expr) LaTeX() string { return e.in(&latex) }

// MathML writes the calculation as the inside of a <math> element.
func (e Expr) MathML() string { return e.in(&mathML) }

func (e Expr) in(w *notation) string {
	if !e.Present() {
		return w.leaf(node{})
	}
	return e.sheet.write(w, e.at, 0)
}

func (n node) number() string { return strconv.FormatInt(n.value, 10) }

// grouped is the number with a mark between its thousands.
func (n node) grouped(mark string) string {
	return strings.ReplaceAll(lang.Group(n.value), ",", mark)
}

// title is a term's name; what has none is part of the rule.
func (n node) title() string {
	if n.name == "" {
		return n.number()
	}
	return Term{Name: n.name, Axis: n.along}.Title()
}

// write writes a node; one weaker than what is around it in brackets.
func (s *Sheet) write(w *notation, at int32, outer int) string {
	n := &s.nodes[at]
	if n.op == term {
		return w.leaf(*n)
	}
	var written string
	strength := strengths[n.op]
	if n.op >= exactDiv && w.quotient != nil {
		written = w.quotient(s.write(w, n.a, 0), s.write(w, n.b, 0))
		strength = outer // it needs no brackets
	} else {
		written = s.chain(w, n)
	}
	switch {
	case n.op == floorDiv:
		return w.floor(written)
	case n.op == ceilDiv:
		return w.ceil(written)
	case strength < outer:
		return w.group(written)
	}
	return written
}

// chain writes an operation behind those of its kind to its left, in one piece: a
// sum over thousands of layers is as deep.
func (s *Sheet) chain(w *notation, n *node) string {
	var parts []string
	for {
		parts = append(parts, s.right(w, n), w.signs[n.op])
		left := &s.nodes[n.a]
		if left.op != n.op || n.op >= exactDiv {
			break
		}
		n = left
	}
	parts = append(parts, s.write(w, n.a, strengths[n.op]))
	slices.Reverse(parts)
	return strings.Join(parts, "")
}

// right writes a right operand: in brackets also where it is as strong and
// the operation is not associative, or where it is negative.
func (s *Sheet) right(w *notation, n *node) string {
	strength := strengths[n.op]
	if n.op != add && n.op != mul {
		strength++
	}
	written := s.write(w, n.b, strength)
	if b := &s.nodes[n.b]; b.op == term && b.value < 0 {
		return w.group(written)
	}
	return written
}
