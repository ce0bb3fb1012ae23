package lms

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cnnl/internal/cells"
)

// canvas writes name_LATE_user_attachment_original, flat, of what is no file
// name_LATE_user_text.html or _link.html, and where graders may not know whom
// they grade LATE_anon_user_attachment_original.
var canvas = Platform{
	Name:  "canvas",
	File:  canvasFile,
	Typed: canvasTyped,
	Feedback: func(file string) []string {
		if _, ok := canvasUpload(file); !ok {
			return nil
		}
		return []string{file}
	},
	Gradebook: &Gradebook{
		Doc:    "gradebook that Canvas exported, to be filled",
		Column: "HW3 (98765)",
		Rows:   canvasRows,
		Fill:   fillCanvas,
	},
}

// canvasFile reads any of the names.
func canvasFile(name string) (n Name, ok bool) {
	if !oneLine(name) {
		return n, false
	}
	if n, ok = canvasAnonymous(name); ok {
		return n, true
	}
	if n, ok = canvasPage(name); ok {
		return n, true
	}
	return canvasUpload(name)
}

// canvasAnonymous reads the names that do not tell whose they are.
func canvasAnonymous(name string) (n Name, ok bool) {
	rest, late := strings.CutPrefix(name, "LATE_")
	if rest, ok = strings.CutPrefix(rest, "anon_"); !ok {
		return n, false
	}
	n.Late, n.At = late, len(name)-len(rest)
	if n.ID, n.File, ok = cutNumber(rest); !ok {
		return n, false
	}
	if n.Link = n.File == canvasLink; n.Link || n.File == canvasTyped {
		return n, true
	}
	attempt, file, ok := cutNumber(n.File)
	n.Attempt, n.File = whole(attempt), file
	return n, ok && file != ""
}

// What is handed in in place of a file: a text that was typed in, or a link.
const (
	canvasTyped = "text.html"
	canvasLink  = "link.html"
)

// canvasPage reads the name of what is no file.
func canvasPage(name string) (n Name, ok bool) {
	for _, page := range [...]string{canvasLink, canvasTyped} {
		rest, isPage := strings.CutSuffix(name, "_"+page)
		if !isPage {
			continue
		}
		if rest, n.ID, ok = cutLastNumber(rest); !ok {
			return n, false
		}
		n.At = len(rest) + len("_")
		n.Student, n.Late = strings.CutSuffix(rest, "_LATE")
		n.File, n.Link = page, page == canvasLink
		return n, true
	}
	return n, false
}

// canvasUpload reads the name of a file: the student's name ends where the
// first two numbers stand one behind the other.
func canvasUpload(name string) (n Name, ok bool) {
	for i := range len(name) {
		if name[i] != '_' {
			continue
		}
		rest, late := strings.CutPrefix(name[i:], "_LATE_")
		if !late {
			rest = name[i+1:]
		}
		id, behind, isNumber := cutNumber(rest)
		attempt, file, isFile := cutNumber(behind)
		if isNumber && isFile && file != "" && oneLine(name) {
			return Name{ID: id, At: len(name) - len(rest), Student: name[:i], Late: late, Attempt: whole(attempt), File: file}, true
		}
	}
	return n, false
}

// canvasIDs are what Canvas calls the columns of ids; canvasOwn are those that
// stand before the scores beside them.
var (
	canvasIDs = []string{"ID", "SIS User ID", "SIS Login ID", "Integration ID"}
	canvasOwn = []string{"Student", "Root Account", "Section"}
)

// isCanvasSum reports what Canvas puts into the headers of its own sums: it
// drops a column whose title has that.
func isCanvasSum(title string) bool {
	for _, which := range [...]string{"Current", "Final", "Override"} {
		for _, what := range [...]string{"Score", "Grade", "Points"} {
			if strings.Contains(title, which+" "+what) {
				return true
			}
		}
	}
	return false
}

// fillCanvas fills one column of a gradebook that Canvas exported.
func fillCanvas(text []byte, file, column string, scores Scores) (filled []byte, notes []string, err error) {
	s, err := readWorksheet(text)
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
	notes = s.recoded(file)
	if isCanvasSum(s.at(0, at)) {
		notes = append(notes, file+": Canvas drops columns called like "+s.at(0, at))
	}
	ids := s.canvasIDColumns()
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

// matchCanvas finds whose the rows are, and the points that a gradebook has for
// the work.
func (s *worksheet) matchCanvas(at int, ids []int, scores Scores) (m match, possible *big.Rat, err error) {
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
			number, texts := s.canvasIDs(i, ids)
			if err := m.take(scores, i, label, number, texts...); err != nil {
				return m, nil, err
			}
		}
	}
	return m, possible, scores.fits("the column "+s.at(0, at), possible)
}

// canvasIDs are Canvas' own number of a row, and all its ids.
func (s *worksheet) canvasIDs(row int, columns []int) (number string, ids []string) {
	for _, c := range columns {
		if ids = append(ids, s.at(row, c)); s.at(0, c) == canvasIDs[0] {
			number = s.at(row, c)
		}
	}
	return number, ids
}

// canvasRows reads whose the rows of a gradebook are.
func canvasRows(text []byte, _ string) (rows []Row, err error) {
	s, err := readWorksheet(text)
	if err != nil {
		return nil, err
	}
	columns := s.canvasIDColumns()
	for i := 1; i < len(s.rows); i++ {
		if number, ids := s.canvasIDs(i, columns); number != "" {
			rows = append(rows, Row{Number: number, IDs: ids[1:], Name: s.at(i, 0)})
		}
	}
	return rows, nil
}

// canvasIDColumns are the columns of ids.
func (s *worksheet) canvasIDColumns() (columns []int) {
	for i := range s.rows[0] {
		if slices.Contains(canvasIDs, s.at(0, i)) {
			columns = append(columns, i)
		}
	}
	return columns
}

// aside reports a row in which Canvas says how columns are posted: it has
// nothing else, and so no id.
func (s *worksheet) aside(row int) bool {
	return !slices.ContainsFunc(s.rows[row], func(c cells.Cell) bool { return !isCanvasRemark(c.Text) })
}

func isCanvasRemark(text string) bool {
	return text == "" || text == "(read only)" || strings.HasPrefix(text, "Muted") || strings.HasPrefix(text, "Manual Posting")
}
