package grade

import (
	"crypto/sha256"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cnnl/eval"
	"cnnl/eval/reading"
	"cnnl/lang"
)

// Keys are the keys of one homework: one for each question, each with other
// numbers for those students of a roster that have their own.
type Keys struct {
	List   []*Key
	Roster *Roster // or nil
}

// Questions are the keys' names where there are several.
func (ks *Keys) Questions() (names []string) {
	if len(ks.List) > 1 {
		for _, k := range ks.List {
			names = append(names, k.Question)
		}
	}
	return names
}

// Title is what the homework is called: as its one key says, or as all of them do.
func (ks *Keys) Title() (title string) {
	for i, k := range ks.List {
		if i > 0 && k.Title != title {
			return ""
		}
		title = k.Title
	}
	return title
}

// Max is what can be earned in all questions.
func (ks *Keys) Max() *big.Rat {
	sum := new(big.Rat)
	for _, k := range ks.List {
		sum.Add(sum, k.max)
	}
	return sum
}

// Prove refuses keys that do not hold for somebody's own numbers. Every set
// of numbers is tried once.
func (ks *Keys) Prove() (diags lang.Diagnostics) {
	if ks.Roster == nil {
		return diags
	}
	tried := map[string]bool{}
	for _, s := range ks.Roster.Students {
		for _, k := range ks.List {
			variant := ks.variant(k, s)
			if variant == k.Question || tried[variant] {
				continue
			}
			tried[variant] = true
			_, failed := ks.of(k, s)
			for _, d := range failed.List {
				if d.Severity == lang.Error {
					d.Summary = fmt.Sprintf("with the numbers of %s (line %d of the roster): %s", s.ID, s.Line, d.Summary)
					diags.Add(d)
				}
			}
			if diags.Failed() {
				return diags // others would mostly say the same
			}
		}
	}
	return diags
}

// A Grader grades one submission after another. Each worker has its own.
type Grader struct {
	keys    *Keys
	parser  lang.Parser
	scratch eval.Scratch
	own     map[string]*Key
	known   map[known]Record
}

// known is what a record is made of: which key, and a script's essence.
type known struct{ variant, text string }

// Grader makes a grader, which shares nothing with others that it writes.
func (ks *Keys) Grader() *Grader {
	return &Grader{keys: ks, own: map[string]*Key{}, known: map[known]Record{}}
}

// mostVariants and mostKnown bound what a grader remembers.
const (
	mostVariants = 256
	mostKnown    = 4096
)

// key is the one for a student and question, and what tells it from others.
// Nil: there is none, and why.
func (g *Grader) key(id, question string) (own *Key, variant, why string) {
	k := g.keys.named(question)
	if k == nil {
		return nil, "", "there is no key of this name"
	}
	var student Student
	if r := g.keys.Roster; r != nil {
		listed := false
		if student, listed = r.Student(id); !listed && len(r.Lets) > 0 {
			return nil, "", "it is in no row of the roster, so its own numbers are not known"
		}
	}
	variant = g.keys.variant(k, student)
	if own := g.own[variant]; own != nil {
		return own, variant, ""
	}
	own, diags := g.keys.of(k, student)
	if diags.Failed() {
		return nil, "", "the key does not hold for its numbers: " + diags.List[0].Summary
	}
	if len(g.own) >= mostVariants {
		clear(g.own)
	}
	g.own[variant] = own
	return own, variant, ""
}

// NameOf is a student's name, as the roster has it; "": it does not say.
func (ks *Keys) NameOf(id string) string {
	if ks.Roster == nil {
		return ""
	}
	s, _ := ks.Roster.Student(id)
	return s.Name
}

// SubmittedBy is when a student handed in, as the roster has it; "": it does not say.
func (ks *Keys) SubmittedBy(id string) string {
	if ks.Roster == nil {
		return ""
	}
	s, _ := ks.Roster.Student(id)
	return s.Submitted
}

// dueOf is when somebody has to hand in who has a time of their own; "": when all have.
func (ks *Keys) dueOf(id string) string {
	if ks.Roster == nil {
		return ""
	}
	s, _ := ks.Roster.Student(id)
	return s.Due
}

// Unused lists the columns of the roster that say nothing: due is one where no key says
// when it is due.
func (ks *Keys) Unused() []string {
	due := slices.ContainsFunc(ks.List, func(k *Key) bool { return !k.late.due.IsZero() })
	if ks.Roster.due == "" || due {
		return ks.Roster.Unused
	}
	return append(slices.Clone(ks.Roster.Unused), ks.Roster.due)
}

func (ks *Keys) named(question string) *Key {
	for _, k := range ks.List {
		if len(ks.List) == 1 || k.Question == question {
			return k
		}
	}
	return nil
}

// own are a student's own values of the key's lets.
func (ks *Keys) own(k *Key, s Student) []ownValue {
	if ks.Roster == nil {
		return nil
	}
	return ks.Roster.own(s, k.Lets())
}

// of is the key for a student.
func (ks *Keys) of(k *Key, s Student) (*Key, lang.Diagnostics) {
	var all reading.Reading
	for _, own := range ks.own(k, s) {
		from := fmt.Sprintf("%s, line %d, column %s", ks.Roster.file, s.Line, own.let)
		all = all.And(reading.Set(own.let, own.value, from))
	}
	return k.With(all)
}

// variant tells apart keys with other numbers.
func (ks *Keys) variant(k *Key, s Student) string {
	text := k.Question
	for _, own := range ks.own(k, s) {
		text += fmt.Sprintf(" %q %q", own.let, own.value)
	}
	return text
}

// Version tells by content all that decides the score of a student.
func (ks *Keys) Version(id, question string) string {
	k := ks.named(question)
	if k == nil {
		return ""
	}
	var s Student
	if ks.Roster != nil {
		s, _ = ks.Roster.Student(id)
	}
	sum := sha256.Sum256([]byte(k.Version + "\x00" + ks.variant(k, s) + "\x00" + s.Due))
	return fmt.Sprintf("%x", sum[:8])
}

// Absent is the record of somebody who handed nothing in.
func (g *Grader) Absent(s Submission) Record { return g.without(s, Missing, "nothing was handed in") }

// Refused is the record of a submission that cannot be graded, and why.
func (g *Grader) Refused(s Submission, why string) Record { return g.without(s, Ungradable, why) }

func (g *Grader) without(s Submission, outcome Outcome, why string) Record {
	k := g.keys.named(s.Question)
	s.Due = g.keys.dueOf(s.ID)
	if k == nil || k.max == nil {
		k = &Key{Question: s.Question, max: none()}
	}
	return k.without(s, outcome, why)
}

// Grade grades a submission. A fault of the program's own is a record too.
func (g *Grader) Grade(s Submission) (r Record) {
	defer func() {
		if fault := recover(); fault != nil {
			g.parser, g.scratch, r = lang.Parser{}, eval.Scratch{}, g.without(s, Internal, fmt.Sprint(fault))
			clear(g.own) // what was interrupted may be of two minds
		}
	}()
	k, variant, why := g.key(s.ID, s.Question)
	s.Due = g.keys.dueOf(s.ID)
	if k == nil {
		return g.Refused(s, why)
	}
	text, ok := essence(s)
	if !ok {
		return k.mark(&g.parser, &g.scratch, s)
	}
	same := known{variant, text}
	if r, ok := g.known[same]; ok {
		r.ID, r.Name, r.File, r.SHA256 = s.ID, s.Name, s.File, s.SHA256
		k.time(&r, s)
		return r
	}
	r = k.mark(&g.parser, &g.scratch, s)
	if len(g.known) >= mostKnown {
		clear(g.known)
	}
	g.known[same] = r
	return r
}

// essence is all of a script that its record is made of: comments and blanks
// at the ends of lines tell nothing. False: look at the whole.
func essence(s Submission) (string, bool) {
	if len(s.Text) > 1<<14 || len(s.Notes) > 0 || s.Row || strings.IndexByte(s.Text, '"') >= 0 {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(s.Text))
	for line := range strings.Lines(s.Text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.IndexByte(line, '\r') >= 0 {
			return "", false // it ends lines too
		}
		line, _, _ = strings.Cut(line, "#")
		b.WriteString(strings.TrimRight(line, " \t"))
		b.WriteByte('\n')
	}
	return b.String(), true
}
