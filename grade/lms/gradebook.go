package lms

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
)

// A Row is how a gradebook calls one student.
type Row struct {
	Number    string   // the platform's own, which is in the names of files
	IDs       []string // by which a teacher may know the student, e-mail addresses too
	Name      string
	Submitted string // when, as the platform writes it; "": it does not say
}

// A Gradebook is a table of scores that a platform exports and takes back. One
// column of it is filled, and every other byte stays.
type Gradebook struct {
	Doc    string // help for the flag that names one
	Column string // an example of a column's title where it has to be named; "": it is known
	Rows   func(text []byte, column string) ([]Row, error)
	// Comments reports that a column of comments is taken as well.
	Comments bool
	Fill     func(text []byte, file, column string, scores Scores) (filled []byte, notes []string, err error)
}

// Scores are what goes into a gradebook.
type Scores struct {
	Max  *big.Rat
	ByID map[string]string // "": no score
	// Participants are the ids that are Moodle's numbers of participants, and
	// nothing else that is called alike.
	Participants map[string]bool
	// Numbers are the ids of those whom the platform calls by a number, where the
	// class calls them otherwise.
	Numbers map[string]string
	// Scale turns points into those of the gradebook, where it has another
	// number of them.
	Scale bool
	// Comments is the column for what was found; "": none is filled.
	Comments string
	comments map[string]string // by id, where they are asked for
}

// ScoresOf takes the scores of a class, and where comments names a column for it what
// was found.
func ScoresOf(c *report.Class, scale bool, comments string) (Scores, error) {
	s := Scores{Max: c.Max(), ByID: map[string]string{}, Participants: map[string]bool{}, Scale: scale, Comments: comments, comments: map[string]string{}}
	for student, err := range c.Students() {
		if err != nil {
			return s, err
		}
		first := student[0]
		s.ByID[first.ID], s.Participants[first.ID] = student.Score(), participant(first)
		if comments != "" {
			s.comments[first.ID] = comment(c.Comment(student))
		}
	}
	return s, nil
}

// in is a score in the points of a gradebook.
func (s Scores) in(score string, possible *big.Rat) string {
	p, ok := grade.Points(score)
	if !ok || !s.Scale || possible == nil || s.Max.Sign() == 0 {
		return score
	}
	return grade.Rounded(p.Mul(p, new(big.Rat).Quo(possible, s.Max)))
}

// fits holds the points that a gradebook has for the work to those of the key.
func (s Scores) fits(what string, possible *big.Rat) error {
	if possible == nil || s.Scale || possible.Cmp(s.Max) == 0 {
		return nil
	}
	return fmt.Errorf("%s has %s points, the key %s; --scale turns them into those", what, grade.Rounded(possible), grade.Rounded(s.Max))
}

// A match tells which row is whose.
type match struct {
	rows    map[int]string // the id of each row
	without []string       // rows that are nobody's
	taken   map[string]int
}

// take finds whose a row is: the participant's of a number, if there is one, or
// whose id is among some texts. Two answers are none.
func (m *match) take(scores Scores, row int, label, participant string, ids ...string) error {
	var whose []string
	for i, id := range append([]string{participant}, ids...) {
		if id = grade.NormalID(id); i == 0 && scores.Numbers[id] != "" {
			id = scores.Numbers[id]
		}
		_, ok := scores.ByID[id]
		if i > 0 && participant != "" && scores.Participants[id] {
			continue // somebody's number, and the row's is another
		}
		if ok && id != "" && !slices.Contains(whose, id) {
			whose = append(whose, id)
		}
	}
	switch {
	case len(whose) == 0:
		m.without = append(m.without, label)
		return nil
	case len(whose) > 1:
		return fmt.Errorf("the row of %s can be that of %s", label, strings.Join(whose, " and of "))
	}
	if other, taken := m.taken[whose[0]]; taken {
		return fmt.Errorf("rows %d and %d can both be those of %s", other+1, row+1, whose[0])
	}
	m.taken[whose[0]], m.rows[row] = row, whose[0]
	return nil
}

// notes lists who was not matched on either side.
func (m *match) notes(scores Scores, file string) (notes []string) {
	if len(m.without) > 0 {
		notes = append(notes, file+": no submission for "+listed(m.without))
	}
	var left []string
	for id := range scores.ByID {
		if _, ok := m.taken[id]; !ok {
			left = append(left, id)
		}
	}
	if len(left) > 0 {
		slices.Sort(left)
		notes = append(notes, file+": no row for "+listed(left))
	}
	return notes
}

func listed(names []string) string {
	n := grade.NamesOf(names)
	return n.String()
}

func notOfScores(column string) error {
	return fmt.Errorf("the column %s says whose a row is; --column names that of the scores", column)
}

func possiblePoints(text string) (*big.Rat, error) {
	if text == "" {
		return nil, nil
	}
	p, err := grade.ReadPoints(text)
	if err != nil || p.Sign() == 0 {
		return nil, fmt.Errorf("the points possible are no number above 0: %s", text)
	}
	return p, nil
}

// texts are the new texts of a column; who is excused stays so, and who has no
// score keeps what stands there.
func (s *worksheet) texts(m match, column int, scores Scores, possible *big.Rat) (texts map[int]string, kept []string) {
	texts = map[int]string{}
	for row, id := range m.rows {
		score := scores.ByID[id]
		switch {
		case strings.EqualFold(s.at(row, column), "EX"):
			kept = append(kept, id)
		case score != "":
			texts[row] = scores.in(score, possible)
		}
	}
	slices.Sort(kept)
	return texts, kept
}
