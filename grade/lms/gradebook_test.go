package lms

import (
	"math/big"
	"strings"
	"testing"
)

// TestGradebooks: what is filled, and what is refused.
func TestGradebooks(t *testing.T) {
	scores := Scores{Max: big.NewRat(10, 1), ByID: map[string]string{"12": "7", "500": "8", "ann": "9.5"}, Participants: map[string]bool{"12": true, "500": true}}
	for _, test := range []struct {
		what         func([]byte, string, string, Scores) ([]byte, []string, error)
		column       string
		text, want   string // the file, filled
		notes, wrong string
	}{
		{what: fillCanvas, column: "HW", text: "Student;ID;HW\nPoints Possible;;10,0\nAnn;ann;\n", want: "Student;ID;HW\nPoints Possible;;10,0\nAnn;ann;9.5\n"},
		{what: fillCanvas, column: "HW", text: "Student;ID;HW\nPoints Possible;;20,0\nAnn;ann;\n", wrong: "the column HW has 20 points, the key 10"},
		{what: fillCanvas, column: "HW", text: "Student,ID,HW\nPoints Possible,,\"1,010\"\nAnn,ann,\n", wrong: "the column HW has 1010 points, the key 10"},
		{what: fillCanvas, column: "HW", text: "Student,ID,HW\nPoints Possible,,many\n", wrong: "the points possible are no number above 0: many"},
		{what: fillCanvas, column: "HW (1)", text: "Student,ID,HW (1),HW (1)\nAnn,ann,,\n", wrong: "two columns are called HW (1); give one of them another name"},
		{what: fillCanvas, column: "HW", text: "Student,ID,HW (1),HW (2)\nAnn,ann,,\n", wrong: "two columns are called HW (...); name one as a whole: HW (1)"},
		{what: fillCanvas, column: "HW", text: "Student,ID,HW,HW (2)\nAnn,ann,,\n", want: "Student,ID,HW,HW (2)\nAnn,ann,9.5,\n"},
		{what: fillCanvas, column: "ID", text: "Student,ID,HW\nAnn,ann,\n", wrong: "the column ID says whose a row is; --column names that of the scores"},
		{what: fillCanvas, column: "Student", text: "Student,ID,HW\nAnn,ann,\n", wrong: "the column Student says whose a row is"},
		{what: fillCanvas, column: "Section", text: "Student,ID,Section,HW\nAnn,ann,,\n", wrong: "the column Section says whose a row is"},
		{what: fillCanvas, column: "HW", text: "Student,ID,HW,Lab\n,,Manual Posting,\n    Points Possible,,10,(read only)\nAnn,ann,,\n", want: "Student,ID,HW,Lab\n,,Manual Posting,\n    Points Possible,,10,(read only)\nAnn,ann,9.5,\n"},
		{what: fillCanvas, column: "HW", text: "Student,ID,HW,Lab,Sum\n    Manual Posting,,Manual Posting,,(read only)\nAnn,ann,,,\n", want: "Student,ID,HW,Lab,Sum\n    Manual Posting,,Manual Posting,,(read only)\nAnn,ann,9.5,,\n"},
		{what: fillMoodle, text: "Identifier;ID number;Grade;Maximum grade\nParticipant 12;500;;10,00\nParticipant 500;12;;10,00\n", want: "Identifier;ID number;Grade;Maximum grade\nParticipant 12;500;7;10,00\nParticipant 500;12;8;10,00\n"},
		{what: fillMoodle, text: "Identifier,ID number,Grade\nParticipant 7,500,\nParticipant 8,ann,\n", want: "Identifier,ID number,Grade\nParticipant 7,500,\nParticipant 8,ann,9.5\n", notes: "m: no submission for Participant 7 500"},
		{what: fillMoodle, column: "ID number", text: "Identifier,ID number,Grade\nParticipant 7,500,\n", wrong: "the column ID number says whose a row is"},
		{what: fillMoodle, column: "Identifier", text: "Identifier,ID number,Punkte\nParticipant 7,500,\n", wrong: "the column Identifier says whose a row is"},
		{what: fillMoodle, column: "Punkte", text: "Identifier,ID number,Punkte\nParticipant 7,ann,\n", want: "Identifier,ID number,Punkte\nParticipant 7,ann,9.5\n"},
	} {
		filled, notes, err := test.what([]byte(test.text), "m", test.column, scores)
		switch {
		case test.wrong != "":
			if err == nil || !strings.Contains(err.Error(), test.wrong) {
				t.Errorf("%q: %v, want %s", test.text, err, test.wrong)
			}
		case err != nil || string(filled) != test.want || !strings.Contains(strings.Join(notes, "\n"), test.notes):
			t.Errorf("%q: %q %q %v, want %q", test.text, filled, notes, err, test.want)
		case strings.Contains(strings.Join(notes, "\n"), "Manual"):
			t.Errorf("%q: a row of remarks is taken for a student: %q", test.text, notes)
		}
	}
}
