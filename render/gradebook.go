package render

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"cnnl/grade"
	"cnnl/grade/report"
)

// A gradebook that a platform exported gets one column filled; every other
// byte of it stays.

// Scores are what goes into a gradebook.
type Scores struct {
	Max  *big.Rat
	ByID map[string]string // "": no score
	// Participants are the ids that are Moodle's numbers of participants, and
	// nothing else that is called alike.
	Participants map[string]bool
	// Scale turns points into those of the gradebook, where it has another
	// number of them.
	Scale bool
}

// ScoresOf takes the scores of a class.
func ScoresOf(c *report.Class, scale bool) (Scores, error) {
	s := Scores{Max: c.Max(), ByID: map[string]string{}, Participants: map[string]bool{}, Scale: scale}
	for student, err := range c.Students() {
		if err != nil {
			return s, err
		}
		first := student[0]
		s.ByID[first.ID], s.Participants[first.ID] = student.Score(), grade.Participant(first)
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
		id = grade.NormalID(id)
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

// Canvas puts these into the headers of its own sums, and drops a column whose
// title has one.
var canvasSums = regexp.MustCompile(`(?:Current|Final|Override|Unposted Current|Unposted Final) (?:Score|Grade|Points)`)

// canvasIDs are what Canvas calls the columns of ids; canvasOwn are those that
// stand before the scores beside them.
var (
	canvasIDs = []string{"ID", "SIS User ID", "SIS Login ID", "Integration ID"}
	canvasOwn = []string{"Student", "Root Account", "Section"}
)

func listed(names []string) string {
	n := grade.NamesOf(names)
	return n.String()
}

// FillCanvas fills one column of a gradebook that Canvas exported.
func FillCanvas(text []byte, file, column string, scores Scores) (filled []byte, notes []string, err error) {
	s, err := readSheet(text)
	if err != nil {
		return nil, nil, err
	}
	at, err := s.column(column)
	if err != nil {
		return nil, nil, err
	}
	if name := s.at(0, at); at == 0 || slices.Contains(canvasIDs, name) || slices.Contains(canvasOwn, name) {
		return nil, nil, notOfScores(name)
	}
	if canvasSums.MatchString(s.at(0, at)) {
		notes = append(notes, file+": Canvas drops columns called like "+s.at(0, at))
	}
	var ids []int
	for i := range s.rows[0] {
		if slices.Contains(canvasIDs, s.at(0, i)) {
			ids = append(ids, i)
		}
	}
	if len(ids) == 0 {
		return nil, nil, fmt.Errorf("it has no column called ID")
	}
	m, possible, err := s.matchCanvas(at, ids, scores)
	if err != nil {
		return nil, nil, err
	}
	texts, kept := s.texts(m, at, scores, possible)
	if len(kept) > 0 {
		notes = append(notes, file+": excused, and left so: "+listed(kept))
	}
	return s.fill(at, texts), append(notes, m.notes(scores, file)...), nil
}

func notOfScores(column string) error {
	return fmt.Errorf("the column %s says whose a row is; --column names that of the scores", column)
}

// matchCanvas finds whose the rows are, and the points that a gradebook has for
// the work.
func (s *sheet) matchCanvas(at int, ids []int, scores Scores) (m match, possible *big.Rat, err error) {
	m = match{rows: map[int]string{}, taken: map[string]int{}}
	for i := 1; i < len(s.rows); i++ {
		switch label := s.at(i, 0); {
		case strings.HasPrefix(label, "Points Possible"):
			if strings.Contains(strings.ToLower(s.at(i, at)), "read only") {
				return m, nil, fmt.Errorf("the column %s is read only: Canvas does not take it", s.at(0, at))
			}
			if possible, err = possiblePoints(s.at(i, at)); err != nil {
				return m, nil, err
			}
		case s.aside(i):
		default:
			var texts []string
			for _, c := range ids {
				texts = append(texts, s.at(i, c))
			}
			if err := m.take(scores, i, label, "", texts...); err != nil {
				return m, nil, err
			}
		}
	}
	return m, possible, scores.fits("the column "+s.at(0, at), possible)
}

// canvasRemark is a cell of a row in which Canvas says how columns are posted.
var canvasRemark = regexp.MustCompile(`^$|^Muted|^Manual Posting|^\(read only\)$`)

// aside reports a row of remarks: it has nothing else, and so no id.
func (s *sheet) aside(row int) bool {
	return !slices.ContainsFunc(s.rows[row], func(c cell) bool { return !canvasRemark.MatchString(c.text) })
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
func (s *sheet) texts(m match, column int, scores Scores, possible *big.Rat) (texts map[int]string, kept []string) {
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

// moodleGrades are what Moodle calls the column of grades, in some languages.
var moodleGrades = []string{"Grade", "Bewertung", "Note", "Calificación", "Valutazione", "Nota", "Avaliação", "Cijfer", "Beoordeling", "Betyg", "Karakter", "Arvosana", "Ocena", "Hodnocení", "Оценка", "成绩", "評定", "成績"}

var lastNumber = regexp.MustCompile(`\d+$`)

// FillMoodle fills the grades of a worksheet that Moodle exported. Column
// names that of grades; "": as Moodle calls it.
func FillMoodle(text []byte, file, column string, scores Scores) (filled []byte, notes []string, err error) {
	s, err := readSheet(text)
	if err != nil {
		return nil, nil, err
	}
	at, err := s.moodleColumn(column)
	if err != nil {
		return nil, nil, err
	}
	m := match{rows: map[int]string{}, taken: map[string]int{}}
	var fixed []string
	var possible *big.Rat
	for i := 1; i < len(s.rows); i++ {
		if s.at(i, 0) == "" {
			continue
		}
		var ids []string
		for c := range at {
			ids = append(ids, s.at(i, c))
		}
		label := strings.TrimSuffix(s.at(i, 0)+" "+s.at(i, 1), " ")
		if err := m.take(scores, i, label, lastNumber.FindString(s.at(i, 0)), ids...); err != nil {
			return nil, nil, err
		}
		if p, err := grade.ReadPoints(s.at(i, at+1)); err == nil {
			if err := scores.fits("row "+s.at(i, 0), p); err != nil {
				return nil, nil, err
			}
			possible = p
		}
		if s.at(0, at+2) == "Grade can be changed" && s.at(i, at+2) == "No" {
			fixed = append(fixed, label)
			delete(m.rows, i)
		}
	}
	if len(fixed) > 0 {
		notes = append(notes, file+": not to be changed, and left so: "+listed(fixed))
	}
	texts, _ := s.texts(m, at, scores, possible)
	return s.fill(at, texts), append(notes, m.notes(scores, file)...), nil
}

// moodleColumn finds the column of grades. What stands before the one that
// Moodle calls so says whose a row is.
func (s *sheet) moodleColumn(column string) (int, error) {
	own := slices.IndexFunc(s.rows[0], func(c cell) bool { return slices.Contains(moodleGrades, c.text) })
	if column == "" {
		if own < 0 {
			return 0, fmt.Errorf("no column is called Grade, or as Moodle says it in other languages; --column names it")
		}
		return own, nil
	}
	at, err := s.column(column)
	if err == nil && (at == 0 || at < own) {
		err = notOfScores(s.at(0, at))
	}
	return at, err
}
