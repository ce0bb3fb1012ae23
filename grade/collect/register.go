package collect

import (
	"cnnl/grade"
	"cnnl/grade/lms"
)

// Platforms call students by numbers of their own, which no roster has. A register
// tells whose they are: by what the platform's gradebook says of each, otherwise
// by a name that one student of the roster alone has.

// A Register knows the students of a roster by what a platform calls them.
type Register struct {
	Unknown  grade.Names       // of the gradebook, and nobody of the roster
	Numbers  map[string]string // the roster's ids, by the platform's numbers
	roster   *grade.Roster
	disputed map[string]bool // ids that two rows could have
}

// NewRegister joins the rows of a gradebook, of which there may be none, to a
// roster. A row that could be of two students, or one of two that could be of
// one, is nobody's.
func NewRegister(roster *grade.Roster, rows []lms.Row) *Register {
	g := &Register{Numbers: map[string]string{}, roster: roster, disputed: map[string]bool{}}
	taken := map[string]string{} // numbers, by ids
	for _, row := range rows {
		id := roster.Whose(row.IDs, row.Name)
		if id == "" || row.Number == "" {
			g.Unknown.Add(row.Name)
			continue
		}
		if other, known := taken[id]; known {
			g.disputed[id] = true
			delete(g.Numbers, other)
			g.Unknown.Add(row.Name)
			continue
		}
		taken[id], g.Numbers[row.Number] = row.Number, id
	}
	return g
}

// Whose is the roster's id of somebody whom a platform calls by a number and a
// name; "": the number itself has to do.
func (g *Register) Whose(number, student string) string {
	if id := g.Numbers[number]; id != "" {
		return id
	}
	if _, listed := g.roster.Student(number); listed {
		return ""
	}
	id := g.roster.Whose(nil, student)
	if g.disputed[id] {
		return ""
	}
	return id
}

// ReadRoll reads whose each folder is, by the ids of a roster where there is one
// that has them.
func ReadRoll(text string, roster *grade.Roster) (map[string][]Person, error) {
	folders, err := lms.ReadRoll(text)
	if err != nil {
		return nil, err
	}
	persons := map[string][]Person{}
	for folder, list := range folders {
		for _, m := range list {
			p := Person{Name: m.Name, Submitted: m.Submitted}
			if roster != nil {
				p.ID = roster.Whose([]string{m.Number, m.Email}, m.Name)
			}
			for _, id := range [...]string{m.Number, m.Email, m.Name, folder} {
				if p.ID == "" {
					p.ID = grade.NormalID(id)
				}
			}
			persons[folder] = append(persons[folder], p)
		}
	}
	return persons, nil
}
