package grade

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A Roster lists the students, and the numbers that each has of their own.
type Roster struct {
	file     string
	due      string // the column of times to hand in by; "": there is none
	Students []Student
	Lets     []string // the columns that are lets of the key
	Unused   []string // the others
	Sections bool     // the class has some
	Encoding string   // what is to be told of how it is written; "": nothing
	byID     map[string]int
	byEmail  map[string]int // -1: several have it
	byName   map[string]int
}

// A Student is one row.
type Student struct {
	ID, Name string
	Email    string
	Due      string // by when to hand in, where that is their own; "": when all have
	// Submitted is when what they handed in came; "": the roster does not say.
	Submitted string
	Section   string   // of the class
	Values    []string // of the lets; empty: the key's own
	Line      int
}

// ReadRoster reads a CSV file with the columns id, name and any that are
// called like lets. It refuses two rows with one id.
func ReadRoster(file string, r io.Reader, lets []string) (*Roster, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	id, err := t.needs("id")
	if err != nil {
		return nil, err
	}
	name, err := t.column("name", "student")
	if err != nil {
		return nil, err
	}
	email, err := t.column("email", "e-mail", "mail", "email address")
	if err != nil {
		return nil, err
	}
	due, err := t.own(lets, "due")
	if err != nil {
		return nil, err
	}
	submitted, err := t.own(lets, "submitted")
	if err != nil {
		return nil, err
	}
	section, err := t.own(lets, "section")
	if err != nil {
		return nil, err
	}
	roster := &Roster{file: file, byID: map[string]int{}, byEmail: map[string]int{}, byName: map[string]int{}}
	if due >= 0 {
		roster.due = t.header[due]
	}
	var columns []int
	for i, h := range t.header {
		switch {
		case i == id || i == name || i == email || i == due || i == submitted || i == section:
		case slices.Contains(lets, h):
			if slices.Contains(roster.Lets, h) {
				return nil, fmt.Errorf("two columns are called %s", h)
			}
			roster.Lets, columns = append(roster.Lets, h), append(columns, i)
		default:
			roster.Unused = append(roster.Unused, h)
		}
	}
	for {
		row, line, err := t.next()
		if err == io.EOF {
			roster.Encoding = t.encoding("the roster")
			if section >= 0 {
				roster.readSections(t.header[section])
			}
			return roster, nil
		} else if err != nil {
			return nil, err
		}
		s := Student{ID: NormalID(row[id]), Line: line}
		if name >= 0 {
			s.Name = strings.TrimSpace(row[name])
		}
		if email >= 0 {
			s.Email = strings.TrimSpace(row[email])
		}
		if s.Due, err = t.moment(row, due, line); err != nil {
			return nil, err
		}
		if submitted >= 0 {
			s.Submitted = said(row[submitted])
		}
		if section >= 0 {
			s.Section = strings.TrimSpace(row[section])
		}
		for _, c := range columns {
			s.Values = append(s.Values, strings.TrimSpace(row[c]))
		}
		if err := roster.add(s); err != nil {
			return nil, err
		}
	}
}

// own finds a column that is not called like a let of the key; -1: there is none.
func (t *table) own(lets []string, name string) (int, error) {
	at, err := t.column(name)
	if at >= 0 && slices.Contains(lets, t.header[at]) {
		at = -1
	}
	return at, err
}

// moment is the time in a cell of a column, as it is written; "": there is none.
func (t *table) moment(row []string, at, line int) (string, error) {
	if at < 0 || said(row[at]) == "" {
		return "", nil
	}
	if _, ok := MomentIn(row[at], time.UTC); !ok {
		return "", fmt.Errorf("line %d: %s is no time, found %q; as in 2026-12-03 23:59, with a zone behind it if you like", line, t.header[at], Shortened(row[at]))
	}
	return row[at], nil
}

func (r *Roster) add(s Student) error {
	if s.ID == "" {
		return fmt.Errorf("line %d has no id", s.Line)
	}
	if other, taken := r.byID[s.ID]; taken {
		return fmt.Errorf("lines %d and %d have one id, %s", r.Students[other].Line, s.Line, s.ID)
	}
	r.byID[s.ID] = len(r.Students)
	once(r.byEmail, strings.ToLower(s.Email), len(r.Students))
	once(r.byName, nameKey(s.Name), len(r.Students))
	for _, joined := range joinedNames(s.Name) {
		once(r.byName, joined, len(r.Students))
	}
	r.Students = append(r.Students, s)
	return nil
}

// once enters a row under a key that it alone has.
func once(rows map[string]int, key string, row int) {
	if key == "" {
		return
	}
	if other, taken := rows[key]; taken && other != row {
		row = -1
	}
	rows[key] = row
}

// nameKey is a name as names are compared: its words, whatever their order, their
// capitals and what stands between them.
func nameKey(name string) string {
	words := nameWords(name)
	slices.Sort(words)
	return strings.Join(words, " ")
}

func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(NormalID(name)), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) })
}

// joinedNames are a name in one word, as Canvas calls files, from whichever of its words
// the last name begins with: doeannmarie.
func joinedNames(name string) (list []string) {
	words := nameWords(name)
	for i := range words {
		list = append(list, strings.Join(words[i:], "")+strings.Join(words[:i], ""))
	}
	return list
}

// Whose is the id of the one student to whom some ids or e-mail addresses belong,
// or else a name that nobody else has; "": there is none, or there are two.
func (r *Roster) Whose(ids []string, name string) (id string) {
	for _, text := range ids {
		row, ok := r.byID[NormalID(text)]
		if !ok {
			row, ok = r.byEmail[strings.ToLower(strings.TrimSpace(text))]
		}
		if !ok || row < 0 || strings.TrimSpace(text) == "" {
			continue
		}
		if found := r.Students[row].ID; id == "" || id == found {
			id = found
		} else {
			return ""
		}
	}
	if key := nameKey(name); id == "" && key != "" {
		if row, ok := r.byName[key]; ok && row >= 0 {
			return r.Students[row].ID
		}
	}
	return id
}

// Student finds a row.
func (r *Roster) Student(id string) (s Student, ok bool) {
	i, ok := r.byID[id]
	if ok {
		s = r.Students[i]
	}
	return s, ok
}

// An own value is that which a student has for a let.
type ownValue struct{ let, value string }

// own lists a student's values of some lets, by the names of these.
func (r *Roster) own(s Student, lets []string) (list []ownValue) {
	for i, value := range s.Values {
		if value != "" && slices.Contains(lets, r.Lets[i]) {
			list = append(list, ownValue{r.Lets[i], value})
		}
	}
	slices.SortFunc(list, func(a, b ownValue) int { return strings.Compare(a.let, b.let) })
	return list
}
