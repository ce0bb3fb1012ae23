// Package grade grades submissions against a key. Everything it finds is data:
// one Record for each submission, from which every report is made.
//
//	key, diags := grade.NewKey(file, eval.Options{})
//	grader := (&grade.Keys{List: []*grade.Key{key}}).Grader()
//	record := grader.Grade(grade.Submission{ID: "jdoe", Text: script})
//
// A key is a script whose network is the sample solution, with mark lines.
//
// It knows keys, rosters, overrides and single submissions. Nothing here opens a
// file, and nothing knows of classes, platforms or pages: collect finds out whose
// a file is, batch reads files and runs workers, course puts a class together,
// report has what came of it, lms what platforms want of that. To add what a mark
// can look at, add a way to the table in key.go.
package grade

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"

	"cnnl/compare"
	"cnnl/diagnose"
	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/eval/value"
	"cnnl/lang"
)

// A Key is a sample solution with its marks, and every other right reading of
// the question.
type Key struct {
	Question  string // which one it is, where there are several
	Title     string // what the homework is called; "": the key does not say
	Version   string // the content of all that decides a score
	file      *lang.File
	opts      eval.Options
	marks     []mark
	solutions []*solution
	max       *big.Rat
	compares  bool   // some mark compares networks
	differs   amount // what a network that differs loses at least
	slips     slips
	late      lateRule
}

// A mark gives points for something that a submission gets right.
type mark struct {
	title  string
	points *big.Rat
	how    way
	strict bool    // of shapes: only values count
	each   bool    // of shapes and params: a wrong belief costs in every layer
	exact  bool    // of answers: no rounding, no other unit
	within *amount // of answers: how far from the value one may be
	carry  bool    // of answers: what is right for the own network counts
	hidden Hidden  // from students
	refs   []*lang.Ref
	claim  *lang.Expr
	span   lang.Span
}

// A way is what a mark looks at.
type way uint8

const (
	quantity way = iota
	shapes
	params
	shares
	runs
	expect
	answers
)

type wayEntry struct {
	name     string // as records call it
	word     bool   // and marks too, in front of what they name
	compares bool   // it compares the network with the key's
	grade    func(a *attempt, m *mark, i int, c *Check) *big.Rat
}

// ways is the table of them. To add one, name it above, enter it here, and work
// out in prepare what it wants of a key.
var ways = [...]wayEntry{
	quantity: {"quantity", false, true, (*attempt).quantities},
	shapes:   {"shapes", true, true, (*attempt).shapes},
	params:   {"params", true, true, (*attempt).params},
	shares:   {"shares", true, true, (*attempt).shares},
	runs:     {"runs", true, false, (*attempt).runs},
	expect:   {"expect", false, false, (*attempt).expect},
	answers:  {"answers", true, false, (*attempt).answers},
}

// wayOf is the way that a word of a mark means.
func wayOf(word string) (how way, ok bool) {
	i := slices.IndexFunc(ways[:], func(w wayEntry) bool { return w.word && w.name == word })
	return way(max(i, 0)), i >= 0
}

// A solution is the key as it is written, or in a reading that it accepts.
type solution struct {
	name    string   // "" is the key's own
	worth   *big.Rat // of what it wants otherwise than the key does
	wrong   bool     // it is a misconception
	other   []bool   // the marks for which it wants something else than the key
	v       *eval.Evaluation
	shaped  []int32 // the rows whose outputs count
	learned []int32 // those whose parameters do
	targets [][]target
	values  [][]value.Value // of quantity marks, by mark and reference

	written, flowing *compare.Side // its network, ready to be compared
	straight         bool          // both are in one order

	once   sync.Once
	engine *diagnose.Engine // says what made a wrong number; nil: nothing can
}

// A target is what a mark of answers wants stated.
type target struct {
	name  string // in its one spelling: c[2].out, ram
	said  string // as the key has it: c.out
	row   int32  // the row of the key that it is about, or -1
	tail  string // .params
	group int32  // the block's use whose layers it counts, or -1
	value value.Value
	ref   *lang.Expr // what it is in the key, to be asked of other networks
}

// NewKey reads a key. It refuses one that does not run, that misses its own
// marks, or that gives points for nothing.
func NewKey(file *lang.File, opts eval.Options) (*Key, lang.Diagnostics) {
	k, diags := newKey(file, opts)
	if !diags.Failed() {
		k.refuseMutants(&diags)
	}
	return k, diags
}

// newKey is NewKey without wrong networks being tried: with a student's own numbers they
// are the same.
func newKey(file *lang.File, opts eval.Options) (*Key, lang.Diagnostics) {
	k := &Key{file: file, opts: opts, max: new(big.Rat)}
	var diags lang.Diagnostics
	k.readRules(&diags)
	k.readMarks(&diags)
	if !diags.Failed() {
		k.readSolutions(&diags)
	}
	if !diags.Failed() {
		k.prove(&diags)
	}
	diags.Sort()
	return k, diags
}

// Max is the points of all marks.
func (k *Key) Max() *big.Rat { return k.max }

// worth is the points of the mark of a title, written as ids are compared, or of all
// without one; nil: there is no such mark.
func (k *Key) worth(title string) *big.Rat {
	if title == "" {
		return k.max
	}
	for i := range k.marks {
		if NormalID(k.marks[i].title) == title {
			return k.marks[i].points
		}
	}
	return nil
}

// let is the statement that gives a value of the key; nil: there is none.
func (k *Key) let(name string) *lang.Let {
	for i := range k.file.Stmts {
		if let, ok := k.file.Stmts[i].Node.(*lang.Let); ok && let.Name.Text == name {
			return let
		}
	}
	return nil
}

// names reports a name that a let or a layer of the key has.
func (k *Key) names(name string) (found bool) {
	lang.Walk(k.file.Stmts, func(s *lang.Stmt) {
		if n, ok := s.Node.(*lang.Layer); ok && slices.ContainsFunc(n.Words, func(w lang.Word) bool { return w.Name.Text == name }) {
			found = true
		}
	})
	return found || k.let(name) != nil
}

// Lets lists the names that the key's lets give.
func (k *Key) Lets() (names []string) {
	for i := range k.file.Stmts {
		if let, ok := k.file.Stmts[i].Node.(*lang.Let); ok {
			names = append(names, let.Name.Text)
		}
	}
	return names
}

// letsSaid lists the key's lets in a sentence.
func (k *Key) letsSaid() string {
	if names := k.Lets(); len(names) > 0 {
		return "the key's lets are: " + strings.Join(names, ", ")
	}
	return "the key has no lets"
}

// With is the key in another reading.
func (k *Key) With(r reading.Reading) (*Key, lang.Diagnostics) {
	opts := k.opts
	opts.Reading = opts.Reading.And(r)
	other, diags := newKey(k.file, opts)
	other.Question, other.Version = k.Question, k.Version
	return other, diags
}

// complain refuses the key for something that stands in it.
func (k *Key) complain(diags *lang.Diagnostics, span lang.Span, summary, detail, hint string) {
	k.tell(diags, lang.Error, span, summary, detail, hint)
}

// warn tells of something that the teacher may not have meant.
func (k *Key) warn(diags *lang.Diagnostics, span lang.Span, summary, detail, hint string) {
	k.tell(diags, lang.Warning, span, summary, detail, hint)
}

// tell makes every diagnostic of marking.
func (k *Key) tell(diags *lang.Diagnostics, severity lang.Severity, span lang.Span, summary, detail, hint string) {
	diags.Add(lang.Diagnostic{Severity: severity, Code: lang.Marking, Source: k.file.Source, Span: span, Summary: summary, Detail: detail, Hint: hint})
}

// readMarks reads the mark lines; a key without any is marked on its total,
// its shapes and its parameters.
func (k *Key) readMarks(diags *lang.Diagnostics) {
	k.refuseInner(diags)
	titles := map[string]bool{}
	for i := range k.file.Stmts {
		n, ok := k.file.Stmts[i].Node.(*lang.Mark)
		if !ok {
			continue
		}
		m, ok := k.readMark(diags, n, k.file.Stmts[i].Span)
		if titles[m.title] {
			k.complain(diags, n.Title.Span(), "two marks are called "+lang.Quote(m.title), "reports tell marks apart by their titles", "choose another title")
		}
		titles[m.title] = true
		if ok {
			k.marks = append(k.marks, m)
			k.max.Add(k.max, m.points)
		}
	}
	if len(k.marks) == 0 && !diags.Failed() {
		k.marks = []mark{
			{title: "Total", points: big.NewRat(4, 1), how: quantity, refs: []*lang.Ref{{Head: lang.Key{Text: "total"}}}},
			{title: "Output shapes", points: big.NewRat(3, 1), how: shapes}, {title: "Parameters per layer", points: big.NewRat(3, 1), how: params},
		}
		k.max.SetInt64(10)
	}
	k.compares = slices.ContainsFunc(k.marks, func(m mark) bool { return ways[m.how].compares })
}

// refuseInner refuses what belongs to a key and stands in braces: it would be
// passed over.
func (k *Key) refuseInner(diags *lang.Diagnostics) {
	for i := range k.file.Stmts {
		for _, body := range lang.Bodies(k.file.Stmts[i].Node) {
			lang.Walk(body.Stmts, func(s *lang.Stmt) {
				what, detail := ofKey(s.Node)
				if what != "" {
					k.complain(diags, s.Span, what+" stands in braces", detail, "move it outside all braces")
				}
			})
		}
	}
}

// ofKey names a statement that only keys have, and says why it stands outside
// all braces; "": it is another.
func ofKey(node lang.Node) (what, why string) {
	switch n := node.(type) {
	case *lang.Mark:
		return "mark " + lang.Quote(n.Title.Value()), "marks look at the whole network"
	case *lang.Accept:
		return "accept " + lang.Quote(n.Title.Value()), "it is another reading of the whole key"
	case *lang.Misconception:
		return "misconception " + lang.Quote(n.Title.Value()), "it is a mistake in the whole key"
	case *lang.Slips:
		return "slips", "it is of the whole key"
	case *lang.Differs:
		return "differs", "it is of the whole key"
	case *lang.Title:
		return "title", "it is of the whole key"
	case *lang.Due:
		return "due", "it is of the whole key"
	case *lang.Late:
		return "late", "it is of the whole key"
	}
	return "", ""
}

func (k *Key) readMark(diags *lang.Diagnostics, n *lang.Mark, span lang.Span) (m mark, ok bool) {
	m = mark{title: n.Title.Value(), points: new(big.Rat), span: span, claim: n.Claim, hidden: Hidden(n.Hidden.Text)}
	if word := n.Hidden.Text; word != "" && k.names(word) {
		k.complain(diags, span, lang.Quote(word)+" hides a mark, and it is a name of this key", "the mark could mean either", "call what the key names otherwise")
	}
	if n.Within != nil {
		within := k.amount(diags, n.Within)
		m.within = &within
	}
	if _, fits := m.points.SetString(number(n.Points.Text)); !fits || m.points.Sign() <= 0 {
		k.complain(diags, n.Points.Span(), "points are a number above 0", "found "+n.Points.Text, `as in mark 4 "Total" total`)
		return m, false
	}
	if m.title == "" {
		k.complain(diags, n.Title.Span(), "a mark needs a title", "", `as in mark 4 "Total" total`)
		return m, false
	}
	if n.Claim != nil {
		m.how = expect
		return m, true
	}
	for i := range n.What {
		m.refs = append(m.refs, &n.What[i])
	}
	ok = k.readWhat(diags, &m)
	if m.within != nil && m.how != answers {
		k.complain(diags, m.span, "only answers can be within something of a value", "this mark looks at "+ways[m.how].name, "leave it out")
	}
	return m, ok
}

// readWhat reads what a mark is for.
func (k *Key) readWhat(diags *lang.Diagnostics, m *mark) bool {
	first := m.refs[0]
	how, word := wayOf(first.Head.Text)
	if !word || len(first.Path) > 0 {
		return true // quantities
	}
	m.how, m.refs = how, m.refs[1:]
	if len(m.refs) > 0 && len(m.refs[0].Path) == 0 {
		switch word := m.refs[0].Head.Text; {
		case word == "strict" && how == shapes:
			m.strict, m.refs = true, m.refs[1:]
		case word == "each" && (how == shapes || how == params):
			m.each, m.refs = true, m.refs[1:]
		case word == "carried" && how == answers:
			m.carry, m.refs = true, m.refs[1:]
		}
	}
	if last := len(m.refs) - 1; how == answers && last >= 0 && m.refs[last].Head.Text == "exact" && len(m.refs[last].Path) == 0 {
		m.exact, m.refs = true, m.refs[:last]
	}
	switch {
	case (how == shapes || how == params || how == runs) && len(m.refs) > 0:
		k.complain(diags, m.refs[0].Span, first.Head.Text+" stands alone", "found "+lang.Quote(k.text(m.refs[0].Span)), "")
	case how == shares && len(m.refs) < 2:
		k.complain(diags, first.Span, "shares needs the names of two layers or more", fmt.Sprintf("found %d", len(m.refs)), `as in mark 2 "c3 and c5 share" shares c3 c5`)
	default:
		return true
	}
	return false
}

func (k *Key) text(span lang.Span) string { return k.file.Source.Text[span.Start:span.End] }

// number is a literal's text without its separators.
func number(text string) string {
	var digits []rune
	for _, r := range text {
		if r != '_' && r != ',' {
			digits = append(digits, r)
		}
	}
	return string(digits)
}
