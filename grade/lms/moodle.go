package lms

import (
	"fmt"
	"html"
	"math/big"
	"slices"
	"strings"
	"time"

	"cnnl/grade"
	"cnnl/internal/cells"
)

// moodle writes a folder name_number_assignsubmission_file for each student or,
// where its archives have no folders, that in front of the file's name. Its
// numbers are those of participants, and no ids that a teacher knows.
var moodle = Platform{
	Name:     "moodle",
	File:     moodleFile,
	Folder:   moodleFolder,
	Typed:    "onlinetext.html",
	Feedback: moodleFeedback,
	Gradebook: &Gradebook{
		Doc:  "grading worksheet that Moodle exported, to be filled",
		Rows: moodleRows,
		Fill: fillMoodle,

		Comments: true,
	},
}

// moodlePlugin stands behind a participant's number, in front of what was
// handed in: a file, or a text that was typed in.
const moodlePlugin = "_assignsubmission_"

func moodleFolder(name string) (n Name, ok bool) {
	of, plugin, ok := cutLast(strings.TrimSuffix(name, "_"), moodlePlugin)
	if !ok || plugin != "file" && plugin != "onlinetext" {
		return n, false
	}
	return participantOf(of)
}

func moodleFile(name string) (n Name, ok bool) {
	for of := name; ; {
		if of, _, ok = cutLast(of, moodlePlugin); !ok {
			return n, false
		}
		plugin, file, _ := strings.Cut(name[len(of)+len(moodlePlugin):], "_")
		if n, ok = participantOf(of); ok && file != "" && (plugin == "file" || plugin == "onlinetext") && oneLine(file) {
			n.File = file
			return n, true
		}
	}
}

// cutLast cuts a text where something stands in it for the last time.
func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// participantOf reads a name and a number.
func participantOf(text string) (n Name, ok bool) {
	student, number, ok := cutLastNumber(text)
	return Name{ID: number, At: len(student) + len("_"), Student: student}, ok && oneLine(student)
}

// moodleFeedback goes into the student's folder or, where there is none, into a
// file of the same name.
func moodleFeedback(file string) []string {
	first, _, inFolder := strings.Cut(file, "/")
	if _, ok := moodleFolder(first); ok && inFolder {
		return []string{first, "feedback"}
	}
	if _, ok := moodleFile(file); ok && !inFolder {
		return []string{file}
	}
	return nil
}

// participant reports a record whose id is the number that Moodle gave a
// participant, in the name of a file.
func participant(r *grade.Record) bool {
	first, _, _ := strings.Cut(r.File, "/")
	n, ok := moodleFolder(first)
	if !ok {
		n, ok = moodleFile(first)
	}
	return ok && n.ID == r.ID
}

// moodleGrades are what Moodle calls the column of grades, in some languages.
var moodleGrades = []string{"Grade", "Bewertung", "Note", "Calificación", "Valutazione", "Nota", "Avaliação", "Cijfer", "Beoordeling", "Betyg", "Karakter", "Arvosana", "Ocena", "Hodnocení", "Оценка", "成绩", "評定", "成績"}

// fillMoodle fills the grades of a worksheet that Moodle exported. Column
// names that of grades; "": as Moodle calls it.
func fillMoodle(text []byte, file, column string, scores Scores) (filled []byte, notes []string, err error) {
	s, err := readWorksheet(text)
	if err != nil {
		return nil, nil, err
	}
	at, err := s.moodleColumn(column)
	if err != nil {
		return nil, nil, err
	}
	m := match{rows: map[int]string{}, taken: map[string]int{}}
	notes = s.recoded(file)
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
		if err := m.take(scores, i, label, trailingNumber(s.at(i, 0)), ids...); err != nil {
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
	if filled, err = s.commented(s.fill(at, texts), at, m, scores); err != nil {
		return nil, nil, err
	}
	return filled, append(notes, m.notes(scores, file)...), nil
}

// commented fills the column of comments, if one is named, in a worksheet whose scores
// are filled.
func (s *worksheet) commented(filled []byte, scored int, m match, scores Scores) ([]byte, error) {
	if scores.Comments == "" {
		return filled, nil
	}
	at, err := s.column(scores.Comments)
	if err != nil {
		return nil, err
	}
	if at <= scored {
		return nil, fmt.Errorf("the column %s is none for comments; Moodle's stands behind that of the scores", scores.Comments)
	}
	texts := map[int]string{}
	for row, id := range m.rows {
		texts[row] = scores.comments[id]
	}
	again, err := readWorksheet(filled)
	if err != nil {
		return nil, err
	}
	return again.fill(at, texts), nil
}

// comment is a cell of lines. Moodle reads what is in it as HTML.
func comment(lines []string) string {
	for i := range lines {
		lines[i] = html.EscapeString(lines[i])
	}
	return `"` + strings.Join(lines, "<br>") + `"`
}

// moodleRows reads whose the rows of a worksheet are.
func moodleRows(text []byte, column string) (rows []Row, err error) {
	s, err := readWorksheet(text)
	if err != nil {
		return nil, err
	}
	at, err := s.moodleColumn(column)
	if err != nil {
		return nil, err
	}
	times := s.moodleTimes(at)
	for i := 1; i < len(s.rows); i++ {
		row := Row{Number: trailingNumber(s.at(i, 0)), Name: s.at(i, 1)}
		if text := s.at(i, times); text != "-" {
			row.Submitted = text
		}
		for c := 2; c < at; c++ {
			row.IDs = append(row.IDs, s.at(i, c))
		}
		if row.Number != "" {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// moodleColumn finds the column of grades. What stands before the one that
// Moodle calls so says whose a row is.
func (s *worksheet) moodleColumn(column string) (int, error) {
	own := slices.IndexFunc(s.rows[0], func(c cells.Cell) bool { return slices.Contains(moodleGrades, c.Text) })
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

// moodleTimes is the column that says when something was handed in; -1: none does. Its
// name is in the teacher's language. It is the first one behind the grades that has
// moments; the next says when a grade was given.
func (s *worksheet) moodleTimes(grades int) int {
	for c := grades + 1; c < len(s.rows[0]); c++ {
		for i := 1; i < len(s.rows); i++ {
			if _, ok := grade.MomentIn(s.at(i, c), time.UTC); ok {
				return c
			}
		}
	}
	return -1
}

// trailingNumber is the number of a participant in Moodle's first column.
func trailingNumber(text string) string { return text[len(strings.TrimRight(text, digits)):] }
