package grade

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Whose the rows of a form are: forms call the column that says so as they like.

// A formSurvey is what stands in the columns of a table.
type formSurvey struct {
	header  []string
	rows    int
	found   []map[int]string  // for each column the students of the roster, by rows
	numbers []map[string]bool // for each column its numbers; nil: it has something else, or one twice
}

// surveyForm reads a whole table.
func surveyForm(r io.Reader, roster *Roster) (*formSurvey, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	s := &formSurvey{header: t.header}
	for range t.header {
		s.found, s.numbers = append(s.found, map[int]string{}), append(s.numbers, map[string]bool{})
	}
	for {
		row, _, err := t.next()
		if err == io.EOF {
			return s, nil
		} else if err != nil {
			return nil, err
		}
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			s.take(row, roster)
		}
	}
}

func (s *formSurvey) take(row []string, roster *Roster) {
	for i, cell := range row {
		if id := roster.rowOf(cell); id != "" {
			s.found[i][s.rows] = id
		}
		s.takeNumber(i, strings.TrimSpace(cell))
	}
	s.rows++
}

// takeNumber keeps what a column has while that is another number in every row.
func (s *formSurvey) takeNumber(i int, cell string) {
	if s.numbers[i] == nil || cell == "" || strings.Trim(cell, "0123456789") != "" || s.numbers[i][cell] {
		s.numbers[i] = nil
		return
	}
	s.numbers[i][cell] = true
}

// nineInTen reports a column whose values are the roster's in nine rows of ten.
func (s *formSurvey) nineInTen(i int) bool { return s.rows > 0 && 10*len(s.found[i]) >= 9*s.rows }

// whose is the column that says whose a row is: the one that has the roster's students in
// nine rows of ten, first of all the one that is called so; -1: none has. Two that mean
// different students are for the teacher to tell apart.
func (s *formSurvey) whose(called int) (at int, err error) {
	if called >= 0 && s.nineInTen(called) {
		return called, nil
	}
	at = -1
	for i := range s.header {
		switch {
		case !s.nineInTen(i):
		case at < 0:
			at = i
		case s.differ(at, i):
			return -1, fmt.Errorf("the columns %s and %s both have students of the roster, and not the same; --id names the one that says whose a row is", s.header[at], s.header[i])
		case len(s.found[i]) > len(s.found[at]):
			at = i
		}
	}
	return at, nil
}

// differ reports two columns that have different students in one row.
func (s *formSurvey) differ(a, b int) bool {
	for row, id := range s.found[a] {
		if other := s.found[b][row]; other != "" && other != id {
			return true
		}
	}
	return false
}

// offer says which column could be meant where none is known; isAnswer tells those that
// are not.
func (s *formSurvey) offer(roster *Roster, isAnswer func(header string) bool) string {
	if roster != nil && s.rows > 0 {
		best := 0
		for i := range s.header {
			if len(s.found[i]) > len(s.found[best]) {
				best = i
			}
		}
		if n := len(s.found[best]); n > 0 {
			return fmt.Sprintf("; %s has students of the roster in %d of %d rows: --id %q takes it", s.header[best], n, s.rows, s.header[best])
		}
	}
	for i, h := range s.header {
		if s.rows > 1 && s.numbers[i] != nil && !isAnswer(h) {
			return fmt.Sprintf("; %s has another number in every row: if it says whose a row is, write --id %q", h, h)
		}
	}
	return "; --id names the one that says whose a row is"
}

// rowOf is the student whose id or e-mail address a cell has; "": nobody's.
func (r *Roster) rowOf(cell string) string {
	if r == nil {
		return ""
	}
	return r.Whose([]string{cell}, "")
}

// findWhose finds the column that says whose a row is where nobody names it, for which
// it may read the table twice.
func (a *Table) findWhose(r io.ReadSeeker, isAnswer func(header string) bool) (err error) {
	called, err := a.t.column("id")
	if err != nil || a.roster == nil && called >= 0 {
		a.id = called
		return err
	}
	s, err := a.survey(r)
	if err != nil {
		return err
	}
	switch a.id, err = s.whose(called); {
	case err != nil:
		return err
	case a.id >= 0 && a.id != called:
		a.Whose = s.header[a.id]
	case a.id < 0:
		a.id = called // whose students the roster lacks
	}
	if a.id < 0 {
		err = fmt.Errorf("it has no column called id; its columns are %s%s", strings.Join(s.header, ", "), s.offer(a.roster, isAnswer))
	}
	return err
}

// survey reads the table to its end, and begins it anew.
func (a *Table) survey(r io.ReadSeeker) (s *formSurvey, err error) {
	if _, err = r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if s, err = surveyForm(r, a.roster); err != nil {
		return nil, err
	}
	if _, err = r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	a.t, err = openTable(r)
	return s, err
}

// answers reports a column that is called like what the key asks for, or that a map names.
func (k *Key) answers(header string, wanted map[string]target, maps []string) bool {
	_, asked := k.targetOf(header, wanted)
	return asked || slices.ContainsFunc(maps, func(m string) bool {
		name, _, _ := strings.Cut(m, "=")
		return isMapped(header, name)
	})
}
