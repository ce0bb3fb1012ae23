// Package claim is what scripts state of numbers: what they claim and how they
// calculate it, and what there is to say of a claim that does not hold. Claims
// and failed claims are facts; sentence.go alone turns them into words.
//
// It knows networks and calculations; which layer a name stands for its caller
// tells.
package claim

import (
	"slices"
	"strings"

	"cnnl/eval/network"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Claim is what a script states: a number of a layer or of the whole, or a
// value by its name.
type Claim struct {
	Target      string    // c1.params, total.params, or a let's name
	Ref         *lang.Ref // what an expect names; nil: a let
	Value       value.Value
	Calculation string // the arithmetic that it was made with, as written
	Why         string // why it states nothing: the tool computed it
	Span        lang.Span
	Source      *lang.Source
}

// Of lists what a script states outside all braces: `expect TARGET == V`
// and `let NAME = V`, where V is made of numbers, arithmetic and lets that are.
func Of(file *lang.File) (claims []Claim) {
	s := stater{src: file.Source, pure: map[string]value.Value{}}
	s.calc = value.Evaluator{Context: &s}
	for i := range file.Stmts {
		switch n := file.Stmts[i].Node.(type) {
		case *lang.Let:
			claims = append(claims, s.let(n))
		case *lang.ExpectStmt:
			for _, e := range value.Conjuncts(&n.Claim) {
				if c, ok := s.expect(e); ok {
					claims = append(claims, c)
				}
			}
		}
	}
	return claims
}

// A stater reads claims; it knows the lets that are made of numbers only. What
// is wrong with a calculation others tell.
type stater struct {
	src  *lang.Source
	calc value.Evaluator
	pure map[string]value.Value
}

// Tell passes over what is wrong.
func (s *stater) Tell(lang.Code, lang.Span, string, string, string, ...lang.Edit) {}

// Mute passes over what is wrong.
func (s *stater) Mute(int) {}

// Text is what is written somewhere.
func (s *stater) Text(span lang.Span) string { return s.src.Text[span.Start:span.End] }

// Dollar is the value of $name.
func (s *stater) Dollar(lit lang.Lit) value.Value { return s.pure[lit.Text[1:]] }

// Ref is the value of a let.
func (s *stater) Ref(r *lang.Ref) value.Value { return s.pure[r.Head.Text] }

// Count is not known without a network.
func (s *stater) Count(*lang.Ref) value.Value { return value.Value{} }

func (s *stater) claim(target string, e *lang.Expr) Claim {
	c := Claim{Target: target, Span: e.Span(), Source: s.src}
	if !s.isPure(e) {
		c.Why = "computed by the tool"
		return c
	}
	c.Value = s.calc.Value(e)
	if len(e.Rest) > 0 {
		c.Calculation = s.Text(e.Span())
	}
	return c
}

func (s *stater) let(n *lang.Let) Claim {
	c := s.claim(n.Name.Text, &n.Value)
	if c.Why == "" {
		s.pure[n.Name.Text] = c.Value
	}
	return c
}

// expect reads TARGET == V, or V == TARGET. Of several V the last is the
// answer, the one before it the calculation.
func (s *stater) expect(e *lang.Expr) (Claim, bool) {
	if op, ok := value.Comparison(e); !ok || op.Text != "==" {
		return Claim{}, false
	}
	sides := value.Split(e, "==")
	target := s.target(sides[0])
	if target == nil {
		last := len(sides) - 1
		if target = s.target(sides[last]); target == nil {
			return Claim{}, false
		}
		sides = append(sides[last:], sides[:last]...)
	}
	c := s.claim(Target(target, s.src), sides[len(sides)-1])
	c.Ref = target
	if len(sides) > 2 {
		c.Calculation = s.Text(sides[len(sides)-2].Span())
	}
	return c, true
}

// target is the quantity that a side names, or nil.
func (s *stater) target(e *lang.Expr) *lang.Ref {
	r := e.First.Ref
	if r == nil || len(e.Rest) > 0 || e.First.Sign.Text != "" || len(r.Args) > 0 || s.isLet(r.Head.Text) {
		return nil
	}
	return r
}

// Target is a quantity in its one spelling: c1.out for c1, c1.height for
// c1.out.height, total.params for total. Which layer c is, or c[n], only an
// Evaluation can tell: see its Quantity.
func Target(r *lang.Ref, src *lang.Source) string {
	text := strings.Join(strings.Fields(src.Text[r.Span.Start:r.Span.End]), "")
	name, property := text, ""
	if i := strings.LastIndexByte(text, '.'); i >= 0 && slices.Contains(network.Properties, text[i+1:]) {
		name, property = text[:i], text[i+1:]
	}
	if rest, ok := strings.CutSuffix(name, ".out"); ok && property != "" {
		name = rest
	}
	if rest, ok := strings.CutSuffix(name, ".field"); ok && property != "" {
		name, property = rest, "field."+property
	}
	switch {
	case property == "" && name == "total":
		property = "params"
	case property == "":
		property = "out"
	}
	return name + "." + property
}

// isPure reports a calculation of numbers, sizes and lets that are.
func (s *stater) isPure(e *lang.Expr) bool {
	ok := s.pureOperand(&e.First)
	for i := range e.Rest {
		ok = ok && s.pureOperand(&e.Rest[i].X)
	}
	return ok
}

func (s *stater) pureOperand(x *lang.Operand) bool {
	switch r := x.Ref; {
	case x.Group != nil:
		return s.isPure(x.Group)
	case r != nil && len(r.Args) > 0:
		for i := range r.Args {
			if !s.isPure(&r.Args[i]) {
				return false
			}
		}
		return r.Head.Text != "count"
	case r != nil:
		return len(r.Path) == 0 && (s.isLet(r.Head.Text) || r.Head.Text == "true" || r.Head.Text == "false")
	}
	for _, p := range x.Parts {
		if p.Expr != nil && !s.isPure(p.Expr) || p.Lit.Kind == lang.Dollar && !s.isLet(p.Lit.Text[1:]) {
			return false
		}
	}
	return true
}

// isLet reports a let that is made of numbers only.
func (s *stater) isLet(name string) bool {
	_, ok := s.pure[name]
	return ok
}
