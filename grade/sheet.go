package grade

import (
	"fmt"
	"io"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cnnl/lang"
)

// Answers without a network: a sheet to fill in, and rows of a table that are
// read as such sheets.

// wantedTargets are what the key's marks of answers ask for, each once.
func (k *Key) wantedTargets() (list []target) {
	seen := map[string]bool{}
	for _, targets := range k.readings[0].targets {
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
	b.WriteString("# Write each answer behind its sign: a number, or a size such as 28x28x6.\n")
	seen := map[string]bool{}
	for i, targets := range k.readings[0].targets {
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
	Unused  []string // columns that answer nothing
	Unasked []string // targets without a column
	t       *table
	id      int
	name    int
	attempt int // columns, or -1
	columns []column
}

// A column answers a target; of several in one cell, the part.
type column struct {
	at, part, of int
	target       target
}

// OpenTable reads the header of a table of answers: id, perhaps name, and
// columns called like targets, or named by maps: 1234567=c1.out,c1.weights.
func (k *Key) OpenTable(r io.Reader, maps []string) (*Table, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	a := &Table{t: t, name: t.column("name", "student"), attempt: t.column("attempt")}
	if a.id, err = t.needs("id"); err != nil {
		return nil, err
	}
	wanted := map[string]target{}
	for _, t := range k.wantedTargets() {
		wanted[t.name] = t
	}
	used := map[int]bool{a.id: true, a.name: true, a.attempt: true}
	for _, m := range maps {
		if err := a.mapped(k, m, wanted, used); err != nil {
			return nil, err
		}
	}
	for i, h := range t.header {
		if t, ok := k.targetOf(h, wanted); ok && !used[i] {
			a.columns = append(a.columns, column{at: i, of: 1, target: t})
			used[i] = true
		}
		if !used[i] {
			a.Unused = append(a.Unused, h)
		}
	}
	for _, t := range k.wantedTargets() {
		if !slices.ContainsFunc(a.columns, func(c column) bool { return c.target.name == t.name }) {
			a.Unasked = append(a.Unasked, shortTarget(t.said))
		}
	}
	switch {
	case len(wanted) == 0:
		return nil, fmt.Errorf("the key has no mark of answers, so that a table cannot earn anything; write for example mark 6 \"The table\" answers all.out all.params")
	case len(a.columns) == 0:
		return nil, fmt.Errorf("no column is called like what the key asks for: %s; --map names columns", strings.Join(k.Columns(), ", "))
	}
	return a, nil
}

// mapped reads one --map.
func (a *Table) mapped(k *Key, text string, wanted map[string]target, used map[int]bool) error {
	name, list, ok := strings.Cut(text, "=")
	if !ok || name == "" || list == "" {
		return fmt.Errorf("write --map COLUMN=TARGET, or COLUMN=TARGET,TARGET where a cell has several; found %s", text)
	}
	at := slices.IndexFunc(a.t.header, func(h string) bool { return h == name || strings.HasPrefix(h, name+":") })
	if at < 0 {
		return fmt.Errorf("--map: no column is called %s; the columns are %s", name, strings.Join(a.t.header, ", "))
	}
	targets := strings.Split(list, ",")
	for i, word := range targets {
		t, ok := k.targetOf(word, wanted)
		if !ok {
			return fmt.Errorf("--map: the key does not ask for %s", strings.TrimSpace(word))
		}
		a.columns = append(a.columns, column{at: at, part: i, of: len(targets), target: t})
	}
	used[at] = true
	return nil
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
	return targetIn(k.readings[0].v, e.First.Ref, src)
}

// Next reads a row as a sheet; io.EOF at the end.
func (a *Table) Next() (s Submission, err error) {
	row, _, err := a.t.next()
	if err != nil {
		return s, err
	}
	s.ID = NormalID(row[a.id])
	if a.name >= 0 {
		s.Name = strings.TrimSpace(row[a.name])
	}
	if a.attempt >= 0 {
		s.Attempt = whole(strings.TrimSpace(row[a.attempt]))
	}
	s.Row = true
	var text strings.Builder
	for _, c := range a.columns {
		cell, ok := c.cell(row[c.at])
		if cell == "" && ok {
			continue
		}
		answer, readable := normalAnswer(cell, strings.Count(c.target.value.String(), "x")+1)
		switch {
		case !ok || !readable:
			s.Notes = append(s.Notes, fmt.Sprintf("%s: %s is no number and no size", shortTarget(c.target.name), lang.Quote(shortened(row[c.at]))))
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
	for _, sign := range [...]string{";", ","} {
		if parts := strings.Split(text, sign); len(parts) == c.of {
			return strings.TrimSpace(parts[c.part]), true
		}
	}
	return "", false
}

func shortened(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return text
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Spellings of numbers in the cells of a table.
var (
	betweenSizes = regexp.MustCompile(`\s*[x*,;]\s*|\s+`)
	grouped      = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(?:[,' ]\d{3})+$|^[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}$`)
	commaDecimal = regexp.MustCompile(`^[+-]?\d+,\d+$`)
	plainNumber  = regexp.MustCompile(`^[+-]?\d+(?:\.\d+)?(?:[eE][+]?\d{1,2})?$`)
	arithmetic   = regexp.MustCompile(`^[\d\s+\-*/^()]+$`)
	withUnit     = regexp.MustCompile(`^([\d,.'_ +-]*\d)\s*(?i:params|parameters|weights|biases|bytes|macs)\.?$`)
)

// normalAnswer writes a cell as the language does: 7,271,940 as 7271940, and
// (28, 28, 6) as 28x28x6, if sizes are so many. False: it is no number.
func normalAnswer(cell string, sizes int) (string, bool) {
	text := strings.Map(plainRune, norm.NFKC.String(cell))
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "="))
	if len(text) > 200 {
		return "", false
	}
	if sizes > 1 {
		return normalSizes(text, sizes)
	}
	if m := withUnit.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	text = strings.ReplaceAll(text, "_", "")
	if grouped.MatchString(text) {
		text = strings.Map(func(r rune) rune {
			if strings.ContainsRune(",'. ", r) {
				return -1
			}
			return r
		}, text)
	}
	if commaDecimal.MatchString(text) {
		text = strings.Replace(text, ",", ".", 1)
	}
	if plainNumber.MatchString(text) {
		n, _ := new(big.Rat).SetString(text)
		return n.RatString(), true
	}
	return text, arithmetic.MatchString(text) && strings.ContainsAny(text, "0123456789")
}

// normalSizes writes (None, 28, 28, 6) and 28 × 28 × 6 as 28x28x6.
func normalSizes(text string, sizes int) (string, bool) {
	text = strings.TrimSpace(strings.Trim(strings.ToLower(text), "()[]{}"))
	parts := betweenSizes.Split(text, -1)
	if len(parts) == sizes+1 && (parts[0] == "none" || parts[0] == "?" || parts[0] == "-1") {
		parts = parts[1:] // the batch
	}
	for _, p := range parts {
		if strings.Trim(p, "0123456789") != "" || p == "" {
			return "", false
		}
	}
	return strings.Join(parts, "x"), len(parts) > 0
}

// plainRune writes digits of all scripts, and signs that look like ours, in
// ASCII; NFKC has done so for wide ones.
func plainRune(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		return r
	case r == '×' || r == '✕' || r == '·':
		if r == '·' {
			return '*'
		}
		return 'x'
	case r == '\u2212' || r == '\u2013':
		return '-'
	case r == '\u2019':
		return '\''
	case unicode.Is(unicode.Nd, r):
		zero := r
		for unicode.Is(unicode.Nd, zero-1) {
			zero--
		}
		return '0' + (r-zero)%10
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}
