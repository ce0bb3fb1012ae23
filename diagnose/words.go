package diagnose

import (
	"slices"
	"strings"

	"cnnl/eval/calc"
	"cnnl/eval/network"
	"cnnl/lang"
)

// What is said of an explanation. A student hears what the numbers match, the rule that
// they miss, and one thing to check: three sentences at most, about the numbers and not
// about a person.

// say writes the sentences of a result. What does not come to its number when it is
// calculated once more is left out: that would be a mistake of this program.
func (p *problem) say(r *Result) {
	r.Diagnoses = slices.DeleteFunc(r.Diagnoses, func(d *Diagnosis) bool { return !d.note && !p.calculate(d) })
	for _, d := range r.Diagnoses {
		d.Student, d.Teacher = p.student(d), p.teacher(d)
		if !d.coincidence() && d.causes[0].entry != wrongProduct {
			d.If = p.beliefs(d)
		}
	}
}

// mostSummands is how many numbers of a sum are written.
const mostSummands = 8

// calculate gives a diagnosis the calculation of the first number that it explains;
// false: it does not come to that number.
func (p *problem) calculate(d *Diagnosis) bool {
	t := &p.targets[d.hits[0]]
	changes := ofRules(d.state.changes)
	w, ok := p.world(changes)
	if !ok {
		return false
	}
	if t.size.Known() {
		d.Calculation = t.size.String()
		return true
	}
	if v, ok := p.answer(w, d.state.changes, t); !ok || v != t.value {
		return false
	}
	e := p.written(w, t, changes)
	if e.Present() && e.Value() != t.value {
		e = multipleOf(e, t.value, d.causes)
	}
	if e.Present() && e.Value() == t.value {
		d.Calculation = e.Grouped() + " = " + lang.Group(t.value)
	}
	return true
}

// written is how a world comes to a number; absent: it would be too long.
func (p *problem) written(w *world, t *target, changes []*change) calc.Expr {
	if t.Node != network.None {
		return p.shown(w, t.Node, changes).of(t.property)
	}
	if sumOf(t.property) < 0 {
		return calc.Expr{}
	}
	s := new(calc.Sheet)
	var list []calc.Expr
	parts := p.parts(w, t, changes)
	if len(parts) == 1 && parts[0].node == network.None {
		return parts[0].e
	}
	for i := range parts {
		list = append(list, s.Term("layer", parts[i].value()))
	}
	if len(list) > mostSummands {
		return calc.Expr{}
	}
	return calc.Sum(list...)
}

// multipleOf is so many times a calculation, where that is what a cause is.
func multipleOf(e calc.Expr, value int64, causes []*change) calc.Expr {
	for _, c := range causes {
		if c.times > 0 && e.Value()*c.times == value {
			s := new(calc.Sheet)
			return s.Const(c.times).Times(s.Term("number", e.Value()))
		}
	}
	return calc.Expr{}
}

// mostSentences is how much a student is told at once.
const mostSentences = 3

// student is what a student hears.
func (p *problem) student(d *Diagnosis) string {
	said := []string{p.matches(d)}
	if owner := p.unlike(d); owner != "" {
		said = append(said, "As it is stated, it could not share the weights of "+owner+", which are of another number.")
	}
	for _, c := range d.causes {
		for _, rule := range strings.SplitAfter(c.entry.Rule, ". ") {
			if rule = strings.TrimSpace(rule); !slices.Contains(said, rule) {
				said = append(said, rule)
			}
		}
	}
	if check := p.check(d.causes[0]); len(said) < mostSentences && check != "" {
		said = append(said, check)
	}
	return strings.Join(said[:min(len(said), mostSentences)], " ")
}

// unlike is the owner of what is counted anew, in a shape that cannot be the owner's;
// empty: there is no such.
func (p *problem) unlike(d *Diagnosis) string {
	if p.pin == nil || d.note || !slices.ContainsFunc(d.causes, (*change).ofSum) {
		return ""
	}
	for _, h := range d.hits {
		at := p.targets[h].Node
		if at == network.None {
			continue
		}
		if owner := p.g.net.Nodes[at].Owner; owner != network.None && p.base.rows[at].weights != p.base.rows[owner].weights {
			return p.g.net.Path(owner)
		}
	}
	return ""
}

// matches says what the numbers are.
func (p *problem) matches(d *Diagnosis) string {
	var list []string
	for _, at := range d.Claims {
		list = append(list, p.claims[at].Target)
	}
	first := &p.claims[d.Claims[0]]
	if d.note {
		return p.noted(d, first)
	}
	if len(list) == 1 && d.causes[0].entry == otherQuantity {
		return shownValue(first) + " is the number that " + strings.TrimSuffix(first.Target, "."+first.Property) + " has for " + d.causes[0].name + "."
	}
	if c := d.causes[0]; len(list) == 1 && (c.entry == otherLayer || c.entry == oneLayer) {
		return shownValue(first) + " is the number of " + c.name + "."
	}
	if len(list) == 1 {
		return shownValue(first) + " is what " + first.Target + " comes to if " + p.beliefs(d) + "."
	}
	if len(list) > 4 {
		list = append(list[:3], "others")
	}
	return "The numbers stated for " + lang.Join(list) + " are what they come to if " + p.beliefs(d) + "."
}

// noted is what a claim by itself matches.
func (p *problem) noted(d *Diagnosis, c *Claim) string {
	if d.causes[0].entry == wrongProduct {
		return c.Calculation.Text + " is the right calculation of " + c.Target + ", and it does not give " + shownValue(c) + "."
	}
	return shownValue(c) + " is what " + c.Target + " comes to if " + d.causes[0].entry.Belief + "."
}

func shownValue(c *Claim) string { return c.Value.String() }

// beliefs are the causes, behind an if; those of one entry together, each with its
// places.
func (p *problem) beliefs(d *Diagnosis) string {
	var texts []string
	places := map[string][]string{}
	for _, c := range d.causes {
		text := p.belief(c)
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
		if where := p.where(c); where != "" && !slices.Contains(places[text], where) {
			places[text] = append(places[text], where)
		}
	}
	for i, text := range texts {
		if where := places[text]; len(where) > 0 {
			texts[i] += " in " + lang.Join(where)
		}
	}
	return strings.Join(texts, ", and ")
}

// belief is one cause: no bias is counted.
func (p *problem) belief(c *change) string {
	if c.name != "" && c.answer == nil {
		return lang.Group(c.number) + " is taken for the " + c.name
	}
	return c.entry.Belief
}

// where is the place of a change; empty: everywhere, or it needs none.
func (p *problem) where(c *change) string {
	switch first := p.first(c); {
	case c.answer != nil || first == "" || c.scope == ofWhole || p.g.net.Nodes[c.rows[0]].Kind.Source:
		return ""
	case c.scope == byClass:
		return classWords[c.class]
	case len(c.rows) > 1 && c.scope == onePlace:
		return lang.Group(int64(len(c.rows))) + " layers like " + first
	case len(c.rows) == 1:
		return first
	}
	return ""
}

// first is the path of the first layer of a change, if it is about layers.
func (p *problem) first(c *change) string {
	if len(c.rows) == 0 {
		return ""
	}
	return p.g.net.Path(c.rows[0])
}

// checks are one thing to do, by the group of an entry.
var checks = map[string]string{
	"bias":     "Count the biases of {layer} by themselves.",
	"channels": "How many channels come into {layer}?",
	"input":    "Compare the size of the input with the question.",
	"kernel":   "Write down one filter of {layer}: how many numbers is it?",
	"units":    "Write down the weights of one filter or unit of {layer}, then how many there are.",
	"groups":   "How many input channels does one filter of {layer} look at?",
	"bn":       "What does {layer} learn for one channel?",
	"axis":     "Over what does {layer} normalize?",
	"free":     "Which numbers of {layer} does training change?",
	"rnn":      "Write down the matrices of one gate of {layer}, with their sizes.",
	"gates":    "How many gates does {layer} have?",
	"dir":      "In how many directions does {layer} run?",
	"sum":      "Go through the layers one by one and mark each in the sum.",
	"lines":    "Go through the layers one by one and mark each in the sum.",
	"round":    "Work out the quotient of {layer} before it is rounded.",
	"stride":   "By how much does the window of {layer} move?",
	"pad":      "How much padding does the question give {layer}?",
	"formula":  "Put the numbers of {layer} into the formula once more.",
	"dilation": "How many places does the window of {layer} span?",
	"depth":    "How many channels does {layer} give?",
	"flat":     "Which size comes into {layer}?",
	"count":    "Compare {layer} with the question.",
	"macs":     "How often is one weight of {layer} used for one input?",
	"act":      "Which of these numbers are computed?",
	"field":    "By how many pixels of the image does a step move behind the first stride?",
	"answer":   "Compare the unit with the question.",
	"order":    "Write the size as height x width x channels.",
}

// check is one thing to do.
func (p *problem) check(c *change) string {
	text := checks[c.entry.Group]
	if strings.HasPrefix(c.entry.Group, "number ") {
		text = checks["count"]
	}
	first := p.first(c)
	if first == "" && strings.Contains(text, "{layer}") {
		return ""
	}
	return strings.ReplaceAll(text, "{layer}", first)
}

// teacher is what a teacher reads: what was calculated instead, and where.
func (p *problem) teacher(d *Diagnosis) string {
	var list []string
	for _, c := range d.causes {
		text := c.entry.Teacher
		if c.name != "" && c.answer == nil {
			text = lang.Group(c.number) + " for " + c.name
		} else if c.name != "" {
			text += ", " + c.name
		}
		if where := p.where(c); where != "" {
			text += ", in " + where
		}
		if len(c.entry.Catalogue) > 0 {
			text += " (" + strings.Join(c.entry.Catalogue, ", ") + ")"
		}
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	if owner := p.unlike(d); owner != "" {
		list = append(list, "of a shape that could not be shared with "+owner)
	}
	return strings.Join(list, "; ")
}

// Check is what to check for the entries of a group; empty: nothing is known.
func Check(group string) string { return checks[group] }
