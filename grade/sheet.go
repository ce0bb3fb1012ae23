package grade

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cnnl/lang"
)

// Answers without a network: a sheet to fill in, and rows of a table that are
// read as such sheets.

// wantedTargets are what the key's marks of answers ask for, each once.
func (k *Key) wantedTargets() (list []target) {
	seen := map[string]bool{}
	for _, targets := range k.solutions[0].targets {
		for _, t := range targets {
			if !seen[t.name] {
				seen[t.name] = true
				list = append(list, t)
			}
		}
	}
	return list
}

// isLet reports a target that a sheet states by a let.
func (t *target) isLet() bool { return !strings.Contains(t.name, ".") }

// Columns names what a table of answers has columns for.
func (k *Key) Columns() (names []string) {
	for _, t := range k.wantedTargets() {
		names = append(names, shortTarget(t.said))
	}
	return names
}

// shortTarget writes total for total.params, as people do.
func shortTarget(name string) string {
	if name == "total.params" {
		return "total"
	}
	return name
}

// Sheet is an answer sheet to be filled in. It names what is asked and says
// no number of the key.
func (k *Key) Sheet() string {
	var b strings.Builder
	if k.Title != "" {
		b.WriteString("# " + k.Title + "\n")
	}
	b.WriteString("# Write each answer behind its sign: a number, or a size with x between its sides.\n")
	seen := map[string]bool{}
	for i, targets := range k.solutions[0].targets {
		if len(targets) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n# %s\n", oneLine(k.marks[i].title))
		for _, t := range targets {
			switch {
			case seen[t.name]:
				fmt.Fprintf(&b, "# %s: as above\n", shortTarget(t.said))
			case t.isLet():
				fmt.Fprintf(&b, "let %s =\n", t.name)
			default:
				fmt.Fprintf(&b, "expect %s ==\n", shortTarget(t.said))
			}
			seen[t.name] = true
		}
	}
	return b.String()
}

// A Table reads answers, one row for each student.
type Table struct {
	Unused    []string // columns that answer nothing
	Unasked   []string // targets without a column
	Line      int      // of the row that was read last
	Whose     string   // the column that says whose a row is, where nobody named it; else ""
	roster    *Roster  // or nil
	t         *table
	id        int
	name      int
	attempt   int // columns, or -1
	submitted int
	columns   []column
}

// A column answers a target; of several in one cell, the part.
type column struct {
	at, part, of int
	target       target
}

// OpenTable reads the header of a table of answers: who answers, perhaps name, and
// columns called like targets, or named by maps: 1234567=c1.out,c1.weights. Whose a
// row is says the column of the name id; "": the one that is called id or has the
// students of a roster, which may be nil.
func (k *Key) OpenTable(r io.ReadSeeker, id string, maps []string, roster *Roster) (*Table, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	a := &Table{t: t, roster: roster}
	wanted := map[string]target{}
	for _, t := range k.wantedTargets() {
		wanted[t.name] = t
	}
	if id == "" {
		isAnswer := func(header string) bool { return k.answers(header, wanted, maps) }
		if err := a.findWhose(r, isAnswer); err != nil {
			return nil, err
		}
	} else if a.id, err = t.needs(id); err != nil {
		return nil, err
	}
	if err := a.findStudents(); err != nil {
		return nil, err
	}
	if a.submitted, err = t.column("submitted", "timestamp", "completed"); err != nil {
		return nil, err
	}
	if a.submitted >= 0 {
		if _, asked := k.targetOf(t.header[a.submitted], wanted); asked {
			a.submitted = -1 // it is an answer that is called so
		}
	}
	used := map[int]bool{a.id: true, a.name: true, a.attempt: true, a.submitted: true}
	for _, m := range maps {
		if err := a.mapped(k, m, wanted, used); err != nil {
			return nil, err
		}
	}
	if err := a.findAnswers(k, wanted, used); err != nil {
		return nil, err
	}
	for _, t := range k.wantedTargets() {
		if a.answering(t) < 0 {
			a.Unasked = append(a.Unasked, shortTarget(t.said))
		}
	}
	switch {
	case len(wanted) == 0:
		return nil, fmt.Errorf("the key has no mark of answers, so that a table cannot earn anything; as in mark 6 \"The table\" answers all.out all.params")
	case len(a.columns) == 0:
		return nil, fmt.Errorf("no column is called like what the key asks for: %s; --map names columns", strings.Join(k.Columns(), ", "))
	}
	return a, nil
}

// findStudents finds the columns that say more of whose a row is.
func (a *Table) findStudents() (err error) {
	if a.name, err = a.t.column("name", "student"); err != nil {
		return err
	}
	a.attempt, err = a.t.column("attempt")
	return err
}

// findAnswers finds the columns that are called like targets. A target has one
// column, and a map knows better.
func (a *Table) findAnswers(k *Key, wanted map[string]target, used map[int]bool) error {
	mapped := len(a.columns)
	for i, h := range a.t.header {
		if used[i] {
			continue
		}
		t, ok := k.targetOf(h, wanted)
		other := -1
		if ok {
			other = a.answering(t)
		}
		switch {
		case other >= mapped:
			return fmt.Errorf("two columns answer %s, %s and %s; leave one out", shortTarget(t.said), a.t.header[a.columns[other].at], h)
		case !ok, other >= 0:
			a.Unused = append(a.Unused, h)
		default:
			a.columns = append(a.columns, column{at: i, of: 1, target: t})
		}
	}
	return nil
}

// answering is which of the columns answers a target; -1: none.
func (a *Table) answering(t target) int {
	return slices.IndexFunc(a.columns, func(c column) bool { return c.target.name == t.name })
}

// mapped reads one --map.
func (a *Table) mapped(k *Key, text string, wanted map[string]target, used map[int]bool) error {
	name, list, ok := strings.Cut(text, "=")
	if !ok || name == "" || list == "" {
		return fmt.Errorf("write --map COLUMN=TARGET, or COLUMN=TARGET,TARGET where a cell has several; found %s", text)
	}
	at := slices.IndexFunc(a.t.header, func(h string) bool { return isMapped(h, name) })
	if at < 0 {
		return fmt.Errorf("--map: no column is called %s; the columns are %s", name, strings.Join(a.t.header, ", "))
	}
	targets := strings.Split(list, ",")
	for i, word := range targets {
		t, ok := k.targetOf(word, wanted)
		switch {
		case !ok:
			return fmt.Errorf("--map: the key does not ask for %s", strings.TrimSpace(word))
		case a.answering(t) >= 0:
			return fmt.Errorf("--map: %s is to be answered twice; leave one out", strings.TrimSpace(word))
		}
		a.columns = append(a.columns, column{at: at, part: i, of: len(targets), target: t})
	}
	used[at] = true
	return nil
}

// isMapped reports a column that a map means by a name.
func isMapped(header, name string) bool {
	return header == name || strings.HasPrefix(header, name+":")
}

// targetOf finds what the name of a column stands for: total, c1.params, ram.
func (k *Key) targetOf(name string, wanted map[string]target) (t target, ok bool) {
	name = strings.TrimSpace(name)
	if t, ok = wanted[name]; ok {
		return t, true
	}
	t, ok = wanted[k.normalTarget(name)]
	return t, ok
}

// normalTarget is a quantity in its one spelling; what is none stays.
func (k *Key) normalTarget(text string) string {
	src := lang.NewSource("", "")
	e, _ := new(lang.Parser).ParseExpr(src, text, lang.Limits{})
	if e == nil || e.First.Ref == nil || len(e.Rest) > 0 {
		return text
	}
	return targetIn(k.solutions[0].v, e.First.Ref, src)
}

// Encoding is what is to be told of how the table is written, as far as it was
// read; "": nothing.
func (a *Table) Encoding() string { return a.t.encoding("the table of answers") }

// Next reads a row as a sheet, which has no ID where the row has none; io.EOF
// at the end.
func (a *Table) Next() (s Submission, err error) {
	row, line, err := a.t.next()
	if err != nil {
		return s, err
	}
	a.Line = line
	s.ID = cmp.Or(a.roster.rowOf(row[a.id]), NormalID(row[a.id]))
	if a.name >= 0 {
		s.Name = strings.TrimSpace(row[a.name])
	}
	if a.attempt >= 0 {
		s.Attempt, _ = strconv.ParseInt(strings.TrimSpace(row[a.attempt]), 10, 64) // too many digits count as the most
	}
	if a.submitted >= 0 {
		s.Submitted = said(row[a.submitted])
	}
	s.Row = true
	var text strings.Builder
	for _, c := range a.columns {
		cell, ok := c.cell(row[c.at])
		if cell == "" && ok {
			continue
		}
		answer, readable := normalAnswer(withoutUnit(c.target.name, cell), strings.Count(c.target.value.String(), "x")+1)
		if oneComma().MatchString(cell) {
			answer = cell // it is read as a script's is
		}
		switch {
		case !ok || !readable:
			s.Notes = append(s.Notes, fmt.Sprintf("%s: %s is no number and no size", shortTarget(c.target.name), lang.Quote(Shortened(row[c.at]))))
		case c.target.isLet():
			fmt.Fprintf(&text, "let %s = %s\n", c.target.name, answer)
		default:
			fmt.Fprintf(&text, "expect %s == %s\n", c.target.name, answer)
		}
	}
	s.Text = text.String()
	return s, nil
}

// cell takes a column's part of a cell. False: the cell has another number of
// parts.
func (c *column) cell(text string) (string, bool) {
	if c.of == 1 || strings.TrimSpace(text) == "" {
		return strings.TrimSpace(text), true
	}
	for _, sign := range [...]byte{';', ','} {
		if parts := splitOutside(text, sign); len(parts) == c.of {
			return strings.TrimSpace(parts[c.part]), true
		}
	}
	return "", false
}

// splitOutside splits at a sign where no bracket is open: (28, 28, 6), 48000.
func splitOutside(text string, sign byte) (parts []string) {
	depth, from := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == sign && depth == 0:
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
